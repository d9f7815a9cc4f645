"""Undeclared: an object that requires what it does not describe goes in, the properties it means come out."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.errors import shown
from apiscribe.lower.registry import Registry

REASON = "the schema requires it and does not describe it"


def undeclared(
    node: Node, required: Sequence[str], further: ir.Schema | bool | None, registry: Registry
) -> tuple[ir.Property, ...]:
    """Give the properties that are required of an object and not among its own, typed as its further keys are.

    Where further keys are forbidden there is no such property: no object is what the document demands then.
    """
    listed = ", ".join(map(shown, required))
    if further is False:
        if listed:
            said = f"left out of what is required, which is neither described nor allowed as a further key: {listed}"
            registry.diagnostics.append(node.warning("required", said))
        return ()
    schema = further if isinstance(further, ir.Schema) else ir.AnySchema(origin=node.origin, reason=REASON)
    found = tuple(ir.Property(name=name, schema=schema, required=True) for name in required)
    if found and schema is not further:
        said = f"required and not described, so that any value is accepted: {listed}"
        registry.diagnostics.append(node.warning("required", said))
    return found


def is_bare(node: Node) -> bool:
    """Tell whether an object says of its members no more than which are required."""
    names, further = node.get("required"), node.get("additionalProperties")
    combined = any(word in node for word in ("properties", "allOf", "oneOf", "anyOf"))
    return not combined and names is not None and len(names) > 0 and (further is None or further.plain is not False)

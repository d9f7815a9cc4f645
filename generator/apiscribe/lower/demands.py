"""Demands: an object that says which properties go together goes in, what that asks of requests comes out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from apiscribe.document.node import Node
from apiscribe.errors import shown
from apiscribe.ir_demands import Demand
from apiscribe.lower.merge import only_requires
from apiscribe.lower.reading import count, texts
from apiscribe.lower.registry import Registry

# What a type cannot say, and nothing here checks but for the forms that are demands.
UNCHECKED = (
    "not", "if", "then", "else", "contains", "dependentSchemas", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip
_REMARKS = frozenset({"title", "description"})


def restrictions(node: Node, known: Collection[str], registry: Registry, *, within: Node) -> dict[str, Any]:
    """Read what an object says besides its properties, by the names that the ir has for it.

    The object may be a part of the one that it is read `within`; what is odd about one with a name is told there.
    """
    reports = node is within or not registry.component(node)
    return {
        "demands": _met_by(node, known, registry, reports=reports),
        "min_properties": count(node, "minProperties"),
        "max_properties": count(node, "maxProperties"),
        "unchecked": unchecked(node),
    }


def together(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Bring together what the parts of an object say besides their properties."""
    low = [part["min_properties"] for part in parts if part["min_properties"] is not None]
    high = [part["max_properties"] for part in parts if part["max_properties"] is not None]
    return {
        "demands": tuple(dict.fromkeys(demand for part in parts for demand in part["demands"])),
        "min_properties": max(low, default=None),
        "max_properties": min(high, default=None),
        "unchecked": tuple(dict.fromkeys(word for part in parts for word in part["unchecked"])),
    }


def _met_by(node: Node, known: Collection[str], registry: Registry, *, reports: bool) -> tuple[Demand, ...]:
    """Give the demands that speak of `known` properties; one of others no model can meet, so the service checks it."""
    found = []
    for word, demand in _demands(node):
        unknown = sorted(demand.names - set(known))
        if not unknown:
            found.append(demand)
        elif reports:
            said = f"{word}: not checked, since it speaks of what is not described: {', '.join(map(shown, unknown))}"
            registry.diagnostics.append(node.warning("unchecked", said))
    return tuple(found)


def unchecked(node: Node) -> tuple[str, ...]:
    """Name the keywords that restrict what a schema accepts, and of which nothing is checked."""
    understood = {word for word, _ in _demands(node)}
    further = node.get("unevaluatedProperties")
    if further is not None and further.plain is not True and "additionalProperties" not in node:
        understood.add("unevaluatedProperties")  # read as additionalProperties
    return tuple(word for word in node.keys() if word in UNCHECKED and word not in understood)  # noqa: SIM118


def _demands(node: Node) -> Iterator[tuple[str, Demand]]:
    for word in ("anyOf", "oneOf"):
        members = node.get(word) if only_requires(node, word) else None
        parts = members.elements() if members is not None else ()
        sets = tuple(dict.fromkeys(texts(part, "required") for part in parts))
        if sets and all(sets):
            is_one = word == "oneOf" and not any("not" in part for part in parts) and not _overlap(sets)
            yield word, Demand(sets=sets, most=1 if is_one else None)
    dependent = node.get("dependentRequired")
    for name, listed in dependent.items() if dependent is not None else ():
        names = tuple(item.string or "" for item in listed.elements())
        if names:
            yield "dependentRequired", Demand(when=name, sets=(names,))
    schemas = node.get("dependentSchemas")
    entries = schemas.items() if schemas is not None else ()
    if all(_requires(part) for _, part in entries):
        for name, part in entries:
            yield "dependentSchemas", Demand(when=name, sets=(texts(part, "required"),))
    excluded = node.get("not")
    if excluded is not None and (sets := _excluded(excluded)):
        yield "not", Demand(sets=sets, least=0, most=0)


def _excluded(node: Node) -> tuple[tuple[str, ...], ...]:
    """List the sets of properties that must not be there together: one, or those of a choice of nothing else."""
    members = node.get("anyOf")
    if members is None:
        return (texts(node, "required"),) if _requires(node) else ()
    parts = members.elements()
    is_plain = set(node.keys()) <= {"anyOf", *_REMARKS} and all(_requires(part) for part in parts)
    return tuple(texts(part, "required") for part in parts) if is_plain else ()


def _requires(node: Node) -> bool:
    """Tell whether a schema says nothing but which properties are required."""
    return node.is_mapping and set(node.keys()) <= {"required", *_REMARKS} and bool(texts(node, "required"))


def _overlap(sets: Collection[tuple[str, ...]]) -> bool:
    # Of `a` and `a and b` exactly one cannot be had with b: who writes that means any of both.
    return any(set(one) < set(other) for one in sets for other in sets)

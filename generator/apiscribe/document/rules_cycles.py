"""Rules for cycles: every schema comes in, one that consists of nothing but itself goes out as an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.errors import ApiscribeError, Diagnostic

_WHITE, _OPEN, _DONE = 0, 1, 2


def check_cycles(schemas: Sequence[Node], resolver: Resolver) -> Iterator[Diagnostic]:
    """Find cycles that pass no object and no array: through `allOf` alone, or through `anyOf` and `oneOf` alone.

    A base whose `oneOf` names its variants, each with the base in its `allOf`, is no such cycle.
    """
    yield from _cycles(schemas, ("allOf",), resolver)
    yield from _cycles([schema for schema in schemas if _is_bare(schema)], ("anyOf", "oneOf"), resolver)


def _is_bare(schema: Node) -> bool:
    return "properties" not in schema and "type" not in schema


def _cycles(schemas: Sequence[Node], keys: tuple[str, ...], resolver: Resolver) -> Iterator[Diagnostic]:
    state: dict[Node, int] = {}
    for start in schemas:
        if state.get(start, _WHITE) != _WHITE:
            continue
        state[start] = _OPEN
        stack = [(start, iter(_parts(start, keys, resolver)))]
        while stack:
            node, rest = stack[-1]
            part = next(rest, None)
            if part is None:
                state[node] = _DONE
                stack.pop()
            elif state.get(part, _WHITE) == _OPEN:
                named = " and ".join(f"'{key}'" for key in keys)
                yield node.error("schema.cycle", f"the schema consists of itself, through {named} or '$ref' alone")
            elif state.get(part, _WHITE) == _WHITE:
                state[part] = _OPEN
                stack.append((part, iter(_parts(part, keys, resolver))))


def _parts(schema: Node, keys: tuple[str, ...], resolver: Resolver) -> Iterator[Node]:
    for key in keys:
        held = schema.get(key)
        yield from held.elements() if held is not None and (key == "allOf" or _is_bare(schema)) else ()
    if "$ref" in schema:
        try:
            yield resolver.follow(schema, "schema")
        except ApiscribeError:
            return  # the walk reports it, at the same place

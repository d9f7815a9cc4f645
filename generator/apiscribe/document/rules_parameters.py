"""Rules for parameters: each operation comes in, what its path and its parameters contradict goes out as errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.document.rules_http import variables_of
from apiscribe.document.walk import Operation
from apiscribe.errors import ApiscribeError, Diagnostic, shown

MAX_PARAMETERS = 1_000_000


class _Parameter(NamedTuple):
    location: str | None
    name: str | None
    node: Node


def check_parameters(operations: Sequence[Operation], root: Node, resolver: Resolver) -> Iterator[Diagnostic]:
    """Check each operation's path parameters against its path, and that it declares none twice.

    Parameters of a shared path item count for each of its operations, and all of them together have a budget.
    """
    held = {holder: _parameters(holder, resolver) for operation in operations for holder in _holders(operation)}
    total = sum(len(held[holder]) for operation in operations for holder in _holders(operation))
    if total > MAX_PARAMETERS:
        message = f"{total} parameters of operations are over the limit of {MAX_PARAMETERS}"
        yield root.error("document.parameters", message)
        return
    for operation in operations:
        if operation.holder == "paths":
            yield from _check_variables(operation, held)
        yield from _doubled(operation, held[operation.node])
    for parameter in dict.fromkeys(parameter for holder in held.values() for parameter in holder):
        if parameter.location == "querystring":
            yield from _check_query_string(resolver.follow(parameter.node, "parameter"), resolver)


def _holders(operation: Operation) -> tuple[Node, ...]:
    return (*operation.items, operation.node)


def _parameters(holder: Node, resolver: Resolver) -> tuple[_Parameter, ...]:
    member = holder.get("parameters")
    found: list[_Parameter] = []
    for written in member.elements() if member is not None else ():
        try:
            node = resolver.follow(written, "parameter")
        except ApiscribeError:
            continue  # the walk reports it, at the same place
        found.append(_Parameter(_text(node, "in"), _text(node, "name"), written))
    return tuple(found)


def _text(node: Node, key: str) -> str | None:
    member = node.get(key)
    return member.string if member is not None else None


def _check_variables(operation: Operation, held: dict[Node, tuple[_Parameter, ...]]) -> Iterator[Diagnostic]:
    wanted = variables_of(operation.path)
    declared = {
        parameter.name: parameter.node
        for holder in _holders(operation)
        for parameter in held[holder]
        if parameter.location == "path" and parameter.name is not None
    }
    for name in wanted:
        if name not in declared:
            what = f"the path's variable '{shown(name)}' has no parameter with 'in: path'"
            yield operation.node.error("path.variable", what)
    for name, node in declared.items():
        if name not in wanted:
            what = f"the path parameter '{shown(name)}' is not in the path '{shown(operation.path)}'"
            is_own = node.parent is not None and node.parent.parent is operation.node
            yield (node if is_own else operation.node).error("path.variable", what)


def query_string_fields(node: Node, resolver: Resolver) -> Node | None:
    """Give the properties that a parameter `in: querystring` is made of, if it is a form of known fields.

    Raises:
        ApiscribeError: a reference on the way leads nowhere.
    """
    content = node.get("content")
    media, entry = content.items()[0] if content is not None and len(content) else ("", None)
    schema = entry.get("schema") if entry is not None else None
    if media != "application/x-www-form-urlencoded" or schema is None:
        return None
    fields = resolver.follow(schema, "schema").get("properties")
    return fields if fields is not None and len(fields) else None


def _check_query_string(node: Node, resolver: Resolver) -> Iterator[Diagnostic]:
    try:
        fields = query_string_fields(node, resolver)
    except ApiscribeError:
        return  # the walk reports it, at the same place
    if fields is None:
        what = (
            "a query string is sent as application/x-www-form-urlencoded, of an object with 'properties'; no other is"
        )
        yield node.error("parameter.querystring", what)


def _doubled(operation: Operation, parameters: Sequence[_Parameter]) -> Iterator[Diagnostic]:
    seen: set[tuple[str | None, str | None]] = set()
    for parameter in parameters:
        key = parameter.location, parameter.name
        if key in seen and None not in key:
            what = f"the {key[0]} parameter '{shown(key[1])}' is declared twice"
            yield operation.node.error("parameter.twice", what)
        seen.add(key)

"""The walk: a document comes in, every object of OpenAPI that it reaches goes out once, with its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from apiscribe.document.fields import FIELDS, METHODS, SECTIONS
from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.errors import ApiscribeError, Diagnostic

OPERATION_HOLDERS = ("paths", "webhooks")
_KNOWN_PLACES = (("paths",), ("components",), ("webhooks",))


class Visit(NamedTuple):
    """One object of the document, what it is, and what is wrong with its reference if it is one."""

    kind: str
    node: Node
    faults: tuple[Diagnostic, ...] = ()
    is_apart: bool = False  # reached by reference only: in another file, or where OpenAPI defines nothing


def visits(root: Node, resolver: Resolver) -> Iterator[Visit]:
    """Visit each object once, in document order, following references into other files and unnamed places."""
    stack: list[tuple[str, Node]] = [("document", root)]
    apart: set[Node] = set()
    seen: set[tuple[str, Node]] = set()
    while stack:
        item = stack.pop()
        if item in seen:
            continue
        seen.add(item)
        kind, node = item
        faults: tuple[Diagnostic, ...] = ()
        following: list[tuple[str, Node]] = []
        if "$ref" in node and kind in SECTIONS:
            try:
                target = resolver.target(node, kind)
                following.append((kind, target.node))
                if target.document is not resolver.document or target.node.path[:1] not in _KNOWN_PLACES:
                    apart.add(target.node)
            except ApiscribeError as error:
                faults = error.diagnostics
        yield Visit(kind, node, faults, node in apart)
        stack.extend(reversed([*members(kind, node), *following]))


def members(kind: str, node: Node) -> list[tuple[str, Node]]:
    """List the objects directly inside an object, each with its kind."""
    if kind == "callback":
        return [("path item", member) for key, member in node.items() if key != "$ref" and not key.startswith("x-")]
    found: list[tuple[str, Node]] = []
    fields = FIELDS.get(kind)
    if fields is None or not node.is_mapping:
        return found
    for key, member in node.items():
        shape, inner = fields.get(key, ("", ""))
        if shape == "one":
            found.append((inner, member))
        elif shape == "list":
            found.extend((inner, element) for element in member.elements())
        elif shape == "map":
            found.extend((inner, child) for name, child in member.items() if not _is_extension(kind, key, name))
    return found


def _is_extension(kind: str, field: str, name: str) -> bool:
    # Paths and responses take extensions beside their members; in all other maps a name is a name.
    return name.startswith("x-") and (kind, field) in (("document", "paths"), ("operation", "responses"))


class Operation(NamedTuple):
    """An operation in its place: the field that holds its path, the path, the method, its path items and its node.

    There are two path items if that of the path refers to another one.
    """

    holder: str
    path: str
    method: str
    items: tuple[Node, ...]
    node: Node


def operations(root: Node, resolver: Resolver) -> Iterator[Operation]:
    """List the operations of paths and webhooks; a path item whose reference is broken has none of its own."""
    for holder in OPERATION_HOLDERS:
        paths = root.get(holder)
        for path, item in paths.items() if paths is not None else ():
            if holder == "paths" and path.startswith("x-"):
                continue
            items = _path_items(item, resolver)
            for place in items:
                for method, node in operations_of(place):
                    yield Operation(holder, path, method, items, node)


def _path_items(item: Node, resolver: Resolver) -> tuple[Node, ...]:
    if "$ref" not in item:
        return (item,)
    try:
        return (item, resolver.follow(item, "path item"))
    except ApiscribeError:
        return (item,)  # the walk reports it, at the same place


def operations_of(item: Node) -> Iterator[tuple[str, Node]]:
    """List the operations of a path item, each with its method; those that OpenAPI has a field for come first."""
    more = item.get("additionalOperations")
    fixed = ((method, item.get(method)) for method in METHODS)
    for method, node in (*fixed, *(more.items() if more is not None else ())):
        if node is not None and node.is_mapping:
            yield method, node

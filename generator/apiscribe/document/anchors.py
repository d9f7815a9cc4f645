"""Anchors: a document comes in, the places of the schemas that an `$anchor` or `$id` names go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from apiscribe.document.node import Document, Node, Plain

ANCHOR = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
# What stands below these is data, whatever its keys are.
_DATA = frozenset({"example", "examples", "default", "const", "enum", "value"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "schemas"})

Path = tuple[str | int, ...]


def anchors_of(document: Document) -> dict[str, list[Path]]:
    """List the places of each anchor of a document, in document order."""
    found: dict[str, list[Path]] = {}
    for path, schema in _schemas(document):
        anchor = schema.get("$anchor")
        if isinstance(anchor, str):
            found.setdefault(anchor, []).append(path)
    return found


def identifiers_of(document: Document, address: str) -> dict[str, Path]:
    """List the places of the schemas with an `$id`, by the address that it is, in a document of that address."""
    found: dict[str, Path] = {}
    for path, schema in _schemas(document):
        if isinstance(schema.get("$id"), str):
            node = document.root.at(path)
            found.setdefault(base_of(node, address) if node is not None else "", path)
    return {identifier: path for identifier, path in found.items() if identifier}


def base_of(node: Node | None, address: str) -> str:
    """Give the address that references in a node are relative to: that of the document, as the `$id`s around it say."""
    stated: list[str] = []
    while node is not None:
        identifier = node.get("$id") if node.is_mapping else None
        if identifier is not None and isinstance(identifier.plain, str):
            stated.append(identifier.plain)
        node = node.parent
    for identifier_text in reversed(stated):
        try:
            address = urldefrag(urljoin(address, identifier_text)).url
        except ValueError:  # no address at all
            return ""
    return address


def embedded_in(place: Node, path: tuple[str, ...]) -> Node | None:
    """Find the schema around a place that a reference such as `#/$defs/Item` was written for, before it was embedded.

    A schema that was made to stand alone has definitions of its own, and references that take it for the document.
    """
    if path[:1] not in (("$defs",), ("definitions",)):
        return None
    node = place.parent
    while node is not None and node.at(path[:2]) is None:
        node = node.parent
    return node


def _schemas(document: Document) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """Give every mapping that may be a schema, and no data, in document order."""
    stack: list[tuple[Path, Plain]] = [((), document.root.plain)]
    while stack:
        path, plain = stack.pop()
        members: Iterable[tuple[str | int, Plain]] = ()
        if isinstance(plain, dict):
            # Below properties a name is only a name, and so is one that is spelled as a keyword.
            is_named = len(path) > 0 and path[-1] in _NAMED
            if not is_named:
                yield path, plain
            members = [item for item in plain.items() if is_named or not _is_data(item[0])]
        elif isinstance(plain, list):
            members = list(enumerate(plain))
        stack.extend(((*path, key), value) for key, value in reversed(list(members)) if isinstance(value, dict | list))


def _is_data(key: str) -> bool:
    return key in _DATA or key.startswith("x-")

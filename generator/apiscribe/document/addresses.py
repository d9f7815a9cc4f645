"""Addresses: what people write to name a fact of a document comes in, the path to it goes out, or what they meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from apiscribe.document import walk
from apiscribe.document.node import Document, Node, path_of, pointer_of
from apiscribe.errors import ApiscribeError, Origin, refusal, shown

_LISTED: Final = 5

Path = tuple[str | int, ...]


def resolve(documents: Sequence[Document], address: str) -> Path:
    """Find the path of a fact in the first of several states of one document that has it.

    An address is a JSON pointer, an operationId, the name of a schema, or `Schema.property`; an operation's parameter
    is `operationId.parameter`.

    Raises:
        ApiscribeError: nothing is there; the message names what is nearest.
    """
    path: Path | None
    if address.startswith(("/", "#")) or not address:
        path = path_of(address.removeprefix("#"))
        if path is None:
            raise _unknown(documents[0], address, "is no JSON pointer: '~' is written ~0, and '/' in a name ~1")
    else:
        path = next((found for document in documents if (found := _named(document.root, address)) is not None), None)
        if path is None:
            raise _unknown(documents[0], address, f"is no operationId and no schema{_nearest(documents[0], address)}")
    for document in documents:
        node = document.root.at(path)
        if node is not None:
            return node.path
    raise _missing(documents[0], path)


def _named(root: Node, address: str) -> Path | None:
    names = dict(_names(root))
    if address in names:
        return names[address]
    # Both names may hold dots, so the longest one that is known counts.
    for head in sorted((name for name in names if address.startswith(f"{name}.")), key=len, reverse=True):
        rest = address[len(head) + 1 :]
        holder = root.at(names[head])
        if holder is None:
            continue
        if rest in (holder.get("properties") or holder):
            return (*names[head], "properties", rest) if "properties" in holder else (*names[head], rest)
        for parameter in (holder.get("parameters") or holder).elements():
            if (name := parameter.get("name")) is not None and name.plain == rest:
                return parameter.path
    return None


def _names(root: Node) -> Iterator[tuple[str, Path]]:
    for name, schema in (root.at(("components", "schemas")) or root).items() if "components" in root else ():
        yield name, schema.path
    for operation in operations_of(root):
        name_of = operation.get("operationId")
        if name_of is not None and isinstance(name_of.plain, str):
            yield name_of.plain, operation.path


def operations_of(root: Node) -> Iterator[Node]:
    """List the operations of a document."""
    paths = root.get("paths")
    for item in paths or ():
        yield from (operation for _, operation in walk.operations_of(item))


def _nearest(document: Document, address: str) -> str:
    head = address.split(".")[0]
    names = dict(_names(document.root))
    if address != head and head in names:
        holder = document.root.at(names[head]) or document.root
        members = [*(holder.get("properties") or ()), *(holder.get("parameters") or ())]
        known = {str(name.plain) if (name := item.get("name")) else str(item.key): head for item in members}
        close = get_close_matches(address[len(head) + 1 :], list(known), 1, 0.5)
        return f"; the nearest is '{head}.{shown(close[0])}'" if close else f" ({shown(head)} has no such member)"
    close = get_close_matches(address, list(names), 1, 0.5)
    return f"; the nearest is '{shown(close[0])}'" if close else ""


def _missing(document: Document, path: Path) -> ApiscribeError:
    """Tell how far a pointer leads, and what would have gone on."""
    node = document.root
    for depth, step in enumerate(path):
        inner = node.at((step,))
        if inner is None:
            rest = [str(item) for item in path[depth:]]
            return _unknown(
                document, pointer_of(path), f"{_place(node)} has no {shown(repr(rest[0]))}{_hint(node, rest)}"
            )
        node = inner
    return _unknown(document, pointer_of(path), "is not there")


def _place(node: Node) -> str:
    return shown(node.pointer, 200) if node.pointer else "the document"


def _hint(node: Node, rest: Sequence[str]) -> str:
    if node.is_sequence:
        last = len(node) - 1
        return f": its elements are 0 to {last}" if last >= 0 else ": it is an empty list"
    keys = list(node.keys())
    # A name with slashes that was written without ~1 reads as several steps, an empty one first.
    for end in range(len(rest), 1, -1):
        joined = "/".join(rest[:end])
        if joined in keys:
            return f"; write {shown(pointer_of((joined, *rest[end:])), 200)} ('/' in a name is ~1)"
    close = get_close_matches(rest[0], keys, 1, 0.5)
    if close:
        return f"; the nearest is {shown(pointer_of((*node.path, close[0])), 200)}"
    listed = ", ".join(shown(key, 40) for key in keys[:_LISTED])
    return f": it has {listed}{', …' if len(keys) > _LISTED else ''}" if keys else ": it has no members"


def _unknown(document: Document, address: str, message: str) -> ApiscribeError:
    return refusal("address", message, Origin(file=document.file, pointer=address or None))

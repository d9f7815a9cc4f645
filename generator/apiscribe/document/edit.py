"""Edits: a node and changes by path come in, a value with its marks that shares all that did not change goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from apiscribe.document.node import Branch, Document, Foreign, Mark, Node, Noted, Plain, path_of

Path: TypeAlias = "tuple[str | int, ...]"


class Part(NamedTuple):
    """A value together with its mark, as an edit passes it on."""

    plain: Plain
    mark: Mark


Change: TypeAlias = "Callable[[Part], Part | None]"


class _Branching:
    """What is to be changed below one value, and at the value itself."""

    __slots__ = ("changes", "members")

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.members: dict[str | int, _Branching] = {}


def changed(node: Node, changes: Iterable[tuple[Path, Change]]) -> Part | None:
    """Apply changes by path to a node's value, members before what holds them; None if the root was removed."""
    top = _Branching()
    for path, change in changes:
        place = top
        for step in path:
            place = place.members.setdefault(step, _Branching())
        place.changes.append(change)
    return _rebuilt(Part(node.plain, node.mark), top)


def _rebuilt(part: Part, edits: _Branching) -> Part | None:
    # A loaded document's depth is bounded, so this recursion is as well.
    if edits.members:
        part = _with_members(part, edits.members)
    result: Part | None = part
    for change in edits.changes:
        result = change(result) if result is not None else None
    return result


def _with_members(part: Part, edits: Mapping[str | int, _Branching]) -> Part:
    plain = part.plain
    source, mark = _unfolded(part.mark)
    marks = mark.children if isinstance(mark, Branch) else ()
    if isinstance(plain, dict):
        kept = [
            (key, _member(Part(value, child), edits.get(key)))
            for (key, value), child in zip(plain.items(), marks, strict=True)
        ]
        pairs = [(key, member) for key, member in kept if member is not None]
        new_mark = Branch(_start(mark), [member.mark for _, member in pairs])
        return Part({key: member.plain for key, member in pairs}, _folded(source, new_mark))
    if isinstance(plain, list):
        items = [
            _member(Part(value, child), edits.get(index))
            for index, (value, child) in enumerate(zip(plain, marks, strict=True))
        ]
        members = [item for item in items if item is not None]
        return Part(
            [member.plain for member in members],
            _folded(source, Branch(_start(mark), [member.mark for member in members])),
        )
    return part


def _member(part: Part, edits: _Branching | None) -> Part | None:
    return part if edits is None else _rebuilt(part, edits)


def _unfolded(mark: Mark) -> tuple[list[Foreign], Mark]:
    around: list[Foreign] = []
    while isinstance(mark, Foreign):
        around.append(mark)
        mark = mark.mark
    return around[-1:], mark


def _folded(around: list[Foreign], mark: Mark) -> Mark:
    return Foreign(around[0].source, mark) if around else mark


def _start(mark: Mark) -> int:
    if isinstance(mark, int):
        return mark
    return _start(mark.mark) if isinstance(mark, Foreign) else mark.offset


def merged(part: Part, update: Part) -> Part:
    """Merge a mapping into a mapping: common members merge in turn, sequences are joined, the rest is replaced."""
    if isinstance(part.plain, dict) and isinstance(update.plain, dict):
        return _merged_mappings(part, part.plain, update, update.plain)
    if isinstance(part.plain, list) and isinstance(update.plain, list):
        around, mark = _unfolded(part.mark)
        marks = [*_children(mark), *_foreign_children(update)]
        return Part([*part.plain, *update.plain], _folded(around, Branch(_start(mark), marks)))
    return update


def _merged_mappings(part: Part, old: dict[str, Plain], update: Part, new: dict[str, Plain]) -> Part:
    around, mark = _unfolded(part.mark)
    members = {key: Part(value, child) for (key, value), child in zip(old.items(), _children(mark), strict=True)}
    for (key, value), child in zip(new.items(), _foreign_children(update), strict=True):
        addition = Part(value, child)
        members[key] = merged(members[key], addition) if key in members else addition
    marks = [member.mark for member in members.values()]
    plain = {key: member.plain for key, member in members.items()}
    return Part(plain, _folded(around, Branch(_start(mark), marks)))


def appended(part: Part, update: Part) -> Part:
    """Append a value to a sequence."""
    around, mark = _unfolded(part.mark)
    old = part.plain if isinstance(part.plain, list) else []
    return Part([*old, update.plain], _folded(around, Branch(_start(mark), [*_children(mark), update.mark])))


def placed(node: Node, place: Node) -> Part:
    """Take a node's value, with all of it standing at another place; scalars keep their source text."""
    _, at = _unfolded(place.mark)
    return Part(node.plain, Foreign(place.mark.source, _at(node.mark, _start(at))))


def _at(mark: Mark, offset: int) -> Mark:
    _, own = _unfolded(mark)
    if isinstance(own, Branch):
        return Branch(offset, [_at(child, offset) for child in own.children])
    return Noted(offset, own.text) if isinstance(own, Noted) else offset


def _children(mark: Mark) -> list[Mark]:
    return list(mark.children) if isinstance(mark, Branch) else []


def _foreign_children(part: Part) -> list[Mark]:
    """List the marks of a value's members so that each still names the file it came from."""
    around, mark = _unfolded(part.mark)
    return [_folded([] if isinstance(child, Foreign) else around, child) for child in _children(mark)]


def root_of(part: Part, file: str) -> Document:
    """Make a document of an edited root."""
    around, mark = _unfolded(part.mark)
    return Document(file=file, root=Node(part.plain, mark, around[0].source))


def prune(document: Document, pointers: Iterable[str]) -> Document:
    """Leave out what stands at the given JSON pointers, such as refused operations; the rest keeps its places.

    >>> from apiscribe.document.load import load
    >>> document = load(b"paths: {/x: {get: {}, put: {}}}", file="api.yaml")
    >>> prune(document, ["/paths/~1x/get"]).root.plain
    {'paths': {'/x': {'put': {}}}}
    """
    paths: list[Path] = []
    for pointer in pointers:
        node = document.root.at(path_of(pointer) or ())
        if node is not None and node.parent is not None:
            paths.append(node.path)
    part = changed(document.root, [(path, lambda _: None) for path in paths])
    return document if part is None else root_of(part, document.file)

"""Members: a loaded document goes in, the places of its operations and components in the text come out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apiscribe.delta.unsure import UnsureError
from apiscribe.document.fields import METHODS
from apiscribe.document.node import Document, Node, Source, offset_of

Path = tuple[str, ...]
# How deep the members of the parts of a document are told apart.
_DEPTHS = {"paths": 3, "components": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a document: its path, and where its key stands."""

    path: Path
    offset: int
    line: int
    column: int

    @property
    def is_operation(self) -> bool:
        """Whether this is an operation of a path."""
        return len(self.path) == 3 and self.path[0] == "paths" and self.path[2] in METHODS


def members_of(document: Document) -> tuple[Member, ...]:
    """List the members down to operations and components, in the order of the text.

    Raises:
        UnsureError: the text is not simply what the document says, because of aliases, merges or overlays.
    """
    source = document.root.mark.source
    found = tuple(_members(document.root, source, (), 1))
    if any(later.offset <= earlier.offset for earlier, later in pairwise(found)):
        raise UnsureError("aliases or merges")
    return found


def _members(node: Node, source: Source, path: Path, depth: int) -> Iterator[Member]:
    for key, member in node.items():
        if member.mark.source is not source:
            raise UnsureError("parts of the document come from another file")
        own, place = (*path, key), member.origin
        offset = offset_of(member.mark)
        yield Member(path=own, offset=offset, line=place.line or 1, column=place.column or 1)
        if depth < _DEPTHS.get(own[0], 1):
            yield from _members(member, source, own, depth + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What differs between two texts: they are equal before `start`, and from `before` and `after` on."""

    start: int
    before: int
    after: int


def regions_of(before: str, after: str) -> tuple[Region, ...]:
    """Find the one region in which two texts differ; where it may as well lie elsewhere, the first and the last.

    >>> regions_of("one two four", "one three four")
    (Region(start=5, before=7, after=9),)
    >>> regions_of("1 2 ", "1 2 2 ")
    (Region(start=1, before=1, after=3), Region(start=4, before=4, after=6))
    """
    most = min(len(before), len(after))
    end = _common(before, after, most, from_end=True)
    start = _common(before, after, most, from_end=False)
    first = _region(before, after, _common(before, after, most - end, from_end=False), end)
    last = _region(before, after, start, _common(before, after, most - start, from_end=True))
    return tuple(dict.fromkeys((first, last)))


def _region(before: str, after: str, start: int, end: int) -> Region:
    return Region(start=start, before=len(before) - end, after=len(after) - end)


def _common(one: str, other: str, most: int, *, from_end: bool) -> int:
    """Count the characters that two texts have in common, by halves."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if from_end:
            same = one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]
        else:
            same = one.startswith(other[low:middle], low)
        low, most = (middle, most) if same else (low, middle - 1)
    return low


def holder_of(members: Sequence[Member], region: Region) -> int:
    """Find the one operation in whose value a region lies.

    Raises:
        UnsureError: something else changed, or more than that.
    """
    number = bisect_left([member.offset for member in members], region.start) - 1
    if number < 0 or not members[number].is_operation:
        raise UnsureError("something else than an operation changed")
    if number + 1 < len(members) and region.before > members[number + 1].offset:
        raise UnsureError("more than one operation changed")
    return number

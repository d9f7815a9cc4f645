"""Diagnostics: what was noticed in the whole document and in both slices goes in, what is noticed now comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apiscribe.delta.members import Member, Region
from apiscribe.delta.unsure import UnsureError
from apiscribe.errors import Diagnostic

_LINE_END = re.compile(r"\r\n|\r|\n")
# A message that tells another place is right for one text only.
_PLACE = re.compile(r"\bline \d|:\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How places move that are not before `end`: lines for all, columns for those on the line of `end`; and offsets."""

    end: tuple[int, int]
    lines: int
    columns: int
    offset: int

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Move a place."""
        if (line, column) < self.end:
            return line, column
        return line + self.lines, column + (self.columns if line == self.end[0] else 0)


def shift_of(member: Member, region: Region, texts: tuple[str, str]) -> Shift:
    """Find how the places behind a region, which lies in a member, move from one text to the other.

    Raises:
        UnsureError: it begins or ends between the two characters of a line's end.
    """
    old, new = texts
    halves = (old[region.before - 1 : region.before + 1], new[region.after - 1 : region.after + 1])
    if "\r\n" in halves:
        raise UnsureError("a line's end that is cut")
    before, after = _place(old, member, region.before), _place(new, member, region.after)
    return Shift(
        end=before,
        lines=after[0] - before[0],
        columns=after[1] - before[1],
        offset=region.after - region.before,
    )


def _place(text: str, member: Member, offset: int) -> tuple[int, int]:
    ends = [match.end() for match in _LINE_END.finditer(text, member.offset, offset)]
    if not ends:
        return member.line, member.column + offset - member.offset
    return member.line + len(ends), offset - ends[-1] + 1


def moved(members: Sequence[Member], number: int, shift: Shift) -> tuple[Member, ...]:
    """Move all members behind the one that changed."""
    behind = []
    for member in members[number + 1 :]:
        line, column = shift.place(member.line, member.column)
        behind.append(replace(member, offset=member.offset + shift.offset, line=line, column=column))
    return (*members[: number + 1], *behind)


def noticed(
    whole: Sequence[Diagnostic], was: Sequence[Diagnostic], now: Sequence[Diagnostic], shift: Shift, pointer: str
) -> tuple[Diagnostic, ...]:
    """Tell what is noticed in the whole document now, in the order in which it was.

    Raises:
        UnsureError: something else is noticed of the operation than was, or a message tells a place.
    """
    if [_said(item) for item in was] != [_said(item) for item in now]:
        raise UnsureError("other diagnostics")
    own = {one: other for one, other in zip(was, now, strict=True) if _is_in(one, pointer)}
    if own.keys() != {item for item in whole if _is_in(item, pointer)}:
        raise UnsureError("diagnostics that are not of the operation alone")
    if any(_PLACE.search(item.message) for item in whole):
        raise UnsureError("diagnostics that tell places")
    return tuple(own.get(item) or _moved(item, shift) for item in whole)


def _said(item: Diagnostic) -> Diagnostic:
    return replace(item, origin=replace(item.origin, line=None, column=None))


def _is_in(item: Diagnostic, pointer: str) -> bool:
    place = item.origin.pointer or ""
    return place == pointer or place.startswith(f"{pointer}/")


def _moved(item: Diagnostic, shift: Shift) -> Diagnostic:
    place = item.origin
    if place.line is None or place.column is None:
        return item
    line, column = shift.place(place.line, place.column)
    return replace(item, origin=replace(place, line=line, column=column))

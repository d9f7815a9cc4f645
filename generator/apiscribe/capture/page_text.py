"""The plain-text reader: lines to the blocks of a neutral page, along a layout that the profile supplies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from apiscribe.capture.page import Block, Code, Fault, Heading, Paragraph, Row, Table, unindented

_NUMBERED = re.compile(r"(\d+(?:\.\d+)*) - \S.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, its number, and the text as it is written, no-break spaces included."""

    text: str
    number: int
    written: str = ""


Split = Callable[[Sequence[Line]], tuple[tuple[Row, ...], tuple[Fault, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """How a table stands in plain text: its columns, whether a row spans lines, and how lines become rows."""

    columns: tuple[str, ...]
    spans_lines: bool
    split: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What plain text does not show: which lines are headings, which of them code follows, and tables by header row.

    After one of the flags and a blank line a row goes on, even if the next line reads like a heading.
    """

    headings: frozenset[str]
    heading_pattern: re.Pattern[str]
    code: re.Pattern[str]
    tables: Mapping[str, TextTable]
    row_flags: frozenset[str] = frozenset()


def read_text(text: str, layout: Layout) -> tuple[Block, ...]:
    """Cut plain text into blocks.

    A heading is a line of its own, blank lines around it, that the layout knows or that carries a rising number.
    """
    lines = [
        Line(text=line.replace("\xa0", " ").rstrip(), number=number, written=line.rstrip())
        for number, line in enumerate(_lines(text), 1)
    ]
    headings = _headings(lines, layout)
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        index = _block(lines, index, headings, layout, blocks)
    return tuple(blocks)


def _lines(text: str) -> list[str]:
    return re.split("\r\n|\n|\r", text)


def _headings(lines: Sequence[Line], layout: Layout) -> frozenset[int]:
    found = []
    last: tuple[int, ...] = ()
    for index, line in enumerate(lines):
        if not _alone(lines, index):
            continue
        numbered = _NUMBERED.fullmatch(line.text)
        if numbered:
            number = tuple(int(part[:9]) for part in numbered[1].split("."))
            if number > last:
                last = number
                found.append(index)
        elif index > 1 and lines[index - 2].text in layout.row_flags:
            continue
        elif line.text in layout.headings or layout.heading_pattern.fullmatch(line.text):
            found.append(index)
    return frozenset(found)


def _alone(lines: Sequence[Line], index: int) -> bool:
    if not lines[index].text:
        return False
    before = index == 0 or not lines[index - 1].text
    return before and (index + 1 == len(lines) or not lines[index + 1].text)


def _block(lines: Sequence[Line], index: int, headings: frozenset[int], layout: Layout, blocks: list[Block]) -> int:
    line = lines[index]
    if not line.text:
        return index + 1
    if index in headings:
        blocks.append(Heading(text=line.text, line=line.number))
        if layout.code.fullmatch(line.text):
            return _code(lines, index + 1, headings, blocks)
        return index + 1
    shape = layout.tables.get(line.text)
    if shape is not None:
        end = _end(lines, index + 1, headings, blank=not shape.spans_lines)
        body = _trimmed(lines[index + 1 : end])
        rows, faults = shape.split(body)
        faults += tuple(
            Fault(message="the header row of a table inside another table: its heading is lost", line=inner.number)
            for inner in body
            if inner.text in layout.tables
        )
        blocks.append(Table(columns=shape.columns, rows=rows, line=line.number, faults=faults))
        return end
    end = _end(lines, index + 1, headings, blank=True)
    end = next((at for at in range(index + 1, end) if lines[at].text in layout.tables), end)
    blocks.append(Paragraph(text="\n".join(part.text.strip() for part in lines[index:end]), line=line.number))
    return end


def _code(lines: Sequence[Line], start: int, headings: frozenset[int], blocks: list[Block]) -> int:
    end = _end(lines, start, headings, blank=False)
    body = _trimmed(lines[start:end])
    if body:
        blocks.append(Code(text="\n".join(unindented(line.written) for line in body), line=body[0].number))
    return end


def _end(lines: Sequence[Line], start: int, headings: frozenset[int], *, blank: bool) -> int:
    for index in range(start, len(lines)):
        if index in headings or (blank and not lines[index].text):
            return index
    return len(lines)


def _trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    start, end = 0, len(lines)
    while start < end and not lines[start].text:
        start += 1
    while end > start and not lines[end - 1].text:
        end -= 1
    return lines[start:end]

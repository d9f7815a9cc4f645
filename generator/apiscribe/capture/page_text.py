"""The plain-text reader: lines to the blocks of a neutral page, along a layout that the profile supplies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from apiscribe.capture.page import MAX_TABLE_LINES, Block, Code, Fault, Heading, Paragraph, Row, Table, unindented

_NEVER = re.compile(r"(?!)")
_NUMBERED = re.compile(r"(\d+(?:\.\d+){0,7}) - \S.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, its number, and the text as it is written: no-break spaces stay, but for the indentation."""

    text: str
    number: int
    written: str = ""


Split = Callable[[Sequence[Line]], tuple[tuple[Row, ...], tuple[Fault, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """How a table stands in plain text: its columns, whether a row spans lines, and how lines become rows.

    `split` takes glued lines of plain text, `split_cells` lines of Markdown, whose cells pipes divide.
    """

    columns: tuple[str, ...]
    spans_lines: bool
    split: Split
    split_cells: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What plain text does not show: which lines are headings, which of them code follows, and tables by header row.

    After one of the flags and a blank line a row goes on, even if the next line reads like a heading. Of Markdown it
    tells below which headings text runs over lines and which labels end it, which labels a lossy page tears from
    their value, and which headings it may lose, by what always stands in their first line. A portal whose pages are
    ordinary Markdown `is_commonmark`: then only the headings count, in lower case, for pages that lost their marks.
    """

    headings: frozenset[str]
    heading_pattern: re.Pattern[str]
    code: re.Pattern[str]
    tables: Mapping[str, TextTable]
    row_flags: frozenset[str] = frozenset()
    prose: frozenset[str] = frozenset()
    label: re.Pattern[str] = _NEVER
    labelled: re.Pattern[str] = _NEVER
    lost_headings: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    is_commonmark: bool = False


def read_text(text: str, layout: Layout) -> tuple[Block, ...]:
    """Cut plain text into blocks.

    A heading is a line of its own, blank lines around it, that the layout knows or that carries a rising number.
    """
    lines = text_lines(text)
    headings = _headings(lines, layout)
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        index = _block(lines, index, headings, layout, blocks)
    return tuple(blocks)


def text_lines(text: str) -> list[Line]:
    """Cut text into lines, counted from 1."""
    return [
        Line(text=line.replace("\xa0", " ").rstrip(), number=number, written=unindented(line.rstrip()))
        for number, line in enumerate(re.split("\r\n|\n|\r", text), 1)
    ]


def rising() -> Callable[[str], bool]:
    """Make a test that takes the lines of a page in order, and tells those with a number higher than all before.

    >>> number = rising()
    >>> number("1 - A"), number("1.1 - B"), number("1 - text"), number("2 - C")
    (True, True, False, True)
    """
    last: tuple[int, ...] = ()

    def is_next(text: str) -> bool:
        nonlocal last
        numbered = _NUMBERED.fullmatch(text)
        number = tuple(int(part[:9]) for part in numbered[1].split(".")) if numbered else ()
        if number <= last:
            return False
        last = number
        return True

    return is_next


def shape_of(layout: Layout, columns: Sequence[str]) -> TextTable | None:
    """Find the table that has these columns."""
    return layout.tables.get("".join(columns))


def table_of(shape: TextTable, split: Split, body: Sequence[Line], layout: Layout, line: int) -> Table:
    """Make a table of the lines below its header row; a further header row among them is a fault."""
    rows, faults = split(body[:MAX_TABLE_LINES])
    if len(body) > MAX_TABLE_LINES:
        message = f"a table of more than {MAX_TABLE_LINES} lines"
        faults = (Fault(message=message, line=body[MAX_TABLE_LINES].number), *faults)
    faults += tuple(
        Fault(message="the header row of a table inside another table: its heading is lost", line=inner.number)
        for inner in body[:MAX_TABLE_LINES]
        if inner.text in layout.tables
    )
    return Table(columns=shape.columns, rows=rows, line=line, faults=faults)


def _headings(lines: Sequence[Line], layout: Layout) -> frozenset[int]:
    found = []
    number = rising()
    for index, line in enumerate(lines):
        if not _alone(lines, index):
            continue
        if _NUMBERED.fullmatch(line.text):
            if number(line.text):
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
        blocks.append(table_of(shape, shape.split, trimmed(lines[index + 1 : end]), layout, line.number))
        return end
    end = _end(lines, index + 1, headings, blank=True)
    end = next((at for at in range(index + 1, end) if lines[at].text in layout.tables), end)
    blocks.append(Paragraph(text="\n".join(part.text.strip() for part in lines[index:end]), line=line.number))
    return end


def _code(lines: Sequence[Line], start: int, headings: frozenset[int], blocks: list[Block]) -> int:
    end = _end(lines, start, headings, blank=False)
    body = trimmed(lines[start:end])
    if body:
        blocks.append(Code(text="\n".join(line.written for line in body), line=body[0].number))
    return end


def _end(lines: Sequence[Line], start: int, headings: frozenset[int], *, blank: bool) -> int:
    for index in range(start, len(lines)):
        if index in headings or (blank and not lines[index].text):
            return index
    return len(lines)


def trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out the blank lines around."""
    start, end = 0, len(lines)
    while start < end and not lines[start].text:
        start += 1
    while end > start and not lines[end - 1].text:
        end -= 1
    return lines[start:end]

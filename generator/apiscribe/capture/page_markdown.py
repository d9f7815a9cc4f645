"""The Markdown reader: lines to the blocks of a neutral page, along a layout that the profile supplies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apiscribe.capture.page import Block, Code, Heading, Item, Paragraph, Row, Table
from apiscribe.capture.page_text import Layout, Line, rising, shape_of, table_of, text_lines, trimmed

_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_HASHES = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t]*#*")
_BULLET = re.compile(r"[-*+][ \t]+(\S.*)")
_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w+-]*")
_CELL_BREAK = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")


def is_rule(text: str) -> bool:
    """Tell the line of dashes below a table's header."""
    return _RULE.fullmatch(text) is not None


def cells_of(text: str) -> tuple[str, ...]:
    r"""Split a row into cells; only a pipe between blanks divides, since none inside a cell is escaped.

    >>> cells_of("| kind optional | a Pattern : ^a$|^b$ | string | |"), cells_of("|a|b|")
    (('kind optional', 'a Pattern : ^a$|^b$', 'string', ''), ('a', 'b'))
    """
    body = text.strip().removeprefix("|")
    if body[:1].strip() and body.endswith("|"):
        return tuple(cell.strip() for cell in body[:-1].split("|"))
    if body.endswith("|") and body[:-1] != body[:-1].rstrip():
        body = body[:-1]
    return tuple(cell.strip() for cell in _CELL_BREAK.split(body))


def is_lossy(text: str, layout: Layout) -> bool:
    """Tell the form that loses parts: its rules are too short for the header above, or a label stands alone."""
    before = ""
    for line in map(str.strip, text.splitlines()):
        if is_rule(line) and line.count("|") == 2 and len(cells_of(before)) > 1:
            return True
        if layout.label.fullmatch(line):
            return True
        before = line
    return False


def read_markdown(text: str, layout: Layout) -> tuple[Block, ...]:
    """Cut Markdown into blocks; headings are lines that the layout knows, that hashes mark, or with a rising number.

    A heading that a lossy page left out is put back where the layout tells what always follows it.
    """
    return _Reader(text_lines(text), layout).read()


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self._lines = lines
        self._layout = layout
        self._headings = self._found_headings()
        self._blocks: list[Block] = []
        self._at = 0

    def read(self) -> tuple[Block, ...]:
        """Give the blocks."""
        while self._at < len(self._lines):
            self._step()
        return tuple(self._blocks)

    def _found_headings(self) -> dict[int, str]:
        found: dict[int, str] = {}
        number = rising()
        for index, line in enumerate(self._lines):
            marked = _HASHES.fullmatch(line.text)
            text = marked[1] if marked else line.text
            if marked or text in self._layout.headings or self._layout.heading_pattern.fullmatch(text) or number(text):
                found[index] = text
        return found

    def _step(self) -> None:
        line = self._lines[self._at]
        heading = self._headings.get(self._at)
        bullet = _BULLET.fullmatch(line.text)
        if heading is not None:
            self._heading(heading, line)
        elif (columns := self._columns()) is not None:
            self._table(columns)
        elif bullet:
            self._at += 1
            self._blocks.append(Item(text=bullet[1], line=line.number))
        elif line.text:
            self._paragraph(line)
        else:
            self._at += 1

    def _heading(self, text: str, line: Line) -> None:
        self._at += 1
        self._blocks.append(Heading(text=text, line=line.number))
        if self._layout.code.fullmatch(text):
            self._code(text)
        elif text in self._layout.prose:
            self._prose()

    def _code(self, heading: str) -> None:
        """Read code up to the next heading, or to what tells that a heading is lost."""
        start, lost = self._at, None
        while self._at < len(self._lines) and self._at not in self._headings:
            lost = next(
                (name for name, pattern in self._layout.lost_headings.items() if pattern.fullmatch(self._text())), None
            )
            if lost == heading:
                lost = None
            elif lost is not None:
                break
            self._at += 1
        body = trimmed([line for line in self._lines[start : self._at] if not _FENCE.fullmatch(line.text)])
        if body:
            self._blocks.append(Code(text="\n".join(line.written for line in body), line=body[0].number))
        if lost is not None:
            self._blocks.append(Heading(text=lost, line=self._lines[self._at].number))
            self._code(lost)

    def _prose(self) -> None:
        """Read running text up to the next label, heading, bullet or table as one paragraph."""
        start = self._at
        while self._at < len(self._lines) and self._at not in self._headings and self._columns() is None:
            if self._layout.labelled.match(self._text()) or _BULLET.fullmatch(self._text()):
                break
            self._at += 1
        body = trimmed(self._lines[start : self._at])
        if body:
            text = re.sub("\n{3,}", "\n\n", "\n".join(line.text.strip() for line in body))
            self._blocks.append(Paragraph(text=text, line=body[0].number))

    def _paragraph(self, line: Line) -> None:
        self._at += 1
        text = line.text.strip()
        following = self._at < len(self._lines) and self._at not in self._headings
        if self._layout.label.fullmatch(text) and following and self._text():
            text = f"{text} {self._text()}"  # a lossy page breaks the line behind the label
            self._at += 1
        self._blocks.append(Paragraph(text=text, line=line.number))

    def _text(self) -> str:
        return self._lines[self._at].text.strip()

    def _columns(self) -> tuple[str, ...] | None:
        """Give the columns if a table starts here: a header that the layout knows, or one with a rule below."""
        text = self._text()
        if not text.startswith("|") or is_rule(text):
            return None
        cells = cells_of(text)
        ruled = self._at + 1 < len(self._lines) and is_rule(self._lines[self._at + 1].text.strip())
        return cells if ruled or shape_of(self._layout, cells) is not None else None

    def _table(self, columns: tuple[str, ...]) -> None:
        header = self._lines[self._at]
        self._at += 1
        if self._at < len(self._lines) and is_rule(self._text()):
            self._at += 1
        start = self._at
        self._skip_rows()
        body = self._lines[start : self._at]
        shape = shape_of(self._layout, columns)
        if shape is not None:
            self._blocks.append(table_of(shape, shape.split_cells, body, self._layout, header.number))
            return
        rows = tuple(Row(cells=cells_of(line.text), line=line.number) for line in body)
        self._blocks.append(Table(columns=columns, rows=rows, line=header.number))

    def _skip_rows(self) -> None:
        """Go past the rows: a line that does not end with a pipe goes on, perhaps in lines that start with none."""
        is_open = False
        while self._at < len(self._lines) and self._at not in self._headings:
            text = self._text()
            if not text or (not text.startswith("|") and not is_open) or self._columns() is not None:
                return
            is_open = not text.endswith("|")
            self._at += 1

"""The HTML reader: the main part of an HTML page to the blocks of a neutral page, by a tokenizer alone."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from apiscribe.capture.page import (
    MAX_BLOCKS,
    Block,
    Code,
    Heading,
    Item,
    Paragraph,
    Row,
    Table,
    check_lines,
    unindented,
)
from apiscribe.capture.page_tags import UNENDED, attributes, main_start, tags
from apiscribe.errors import Origin, refusal, shown

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BREAKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "ul",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template", "title"})
_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*+")
_END_OF_HEAD = re.compile(r"</head\s*>|<body(?=[\s>])", re.IGNORECASE)
_LISTS = frozenset({"ol", "ul"})
# What marks code and bullets inside a cell until its end is known; text is rid of them first.
_CODE, _BULLET = "\ufdd0", "\ufdd1"
_UNMARKED = str.maketrans({_CODE: None, _BULLET: None})
MAX_HEAD = 256 * 1024
MAX_TAGS = 400_000
MAX_LISTS = 40
MAX_MENU_TAGS = 1_000_000
# What may hide an element; other tags need not be looked into.
_HIDING = re.compile(r"hidden|style|d-none", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """What an HTML page says: its content as blocks, its canonical address and its language."""

    blocks: tuple[Block, ...]
    address: str | None
    language: str | None


def read_html(text: str, file: str) -> HtmlPage:
    """Read the part from the title heading to the end of the main element; nothing is read of the menus before it.

    Raises: ApiscribeError if the page has no such part, or ends before it does.
    """
    start, end = content_span(text, file)
    first_line = _line(text, start)
    check_lines(text[start:end], file, first_line)
    reader = _Reader(file, first_line)
    at = start
    for name, begun, ended in tags(text, start):
        reader.text(text[at : min(begun, end)])
        if begun >= end:
            break
        if name.startswith("/"):
            reader.end(name[1:])
        elif name != "!":
            reader.start(name, text[begun:ended])
        reader.passed(text.count("\n", begun, ended))
        at = ended
    address, language = _head(text)
    return HtmlPage(blocks=reader.finish(), address=address, language=language)


def content_span(text: str, file: str) -> tuple[int, int]:
    """Find the first title heading of the main element, or the last one before its end, and that end.

    Raises: ApiscribeError if the page has no such part, or ends before it does.
    """
    title: int | None = None
    opened = False
    first = main_start(text)
    limit = MAX_MENU_TAGS if first is None else MAX_TAGS
    for count, (name, start, _) in enumerate(tags(text, first or 0)):
        if count >= limit:
            raise refusal("page-size", f"more than {limit} tags", Origin(file=file, line=_line(text, start)))
        if name == "/main" and title is not None:
            return title, start
        if name == "main" and not opened:
            title, opened = None, True
        elif name == "h1" and (title is None or not opened):
            title = start
        elif name == UNENDED:
            message = f"the page is cut: its main element does not end, nor does {shown(text[start : start + 20])!r}"
            raise refusal("page-cut", message, Origin(file=file, line=_line(text, start)))
    if title is None:
        raise refusal("page-html", "no content: the page has no title heading (h1)", Origin(file=file, line=1))
    last_line = _line(text, len(text))
    raise refusal("page-cut", "the page is cut: its main element does not end", Origin(file=file, line=last_line))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _head(text: str) -> tuple[str | None, str | None]:
    """Find the canonical address and the language."""
    address = language = None
    ended = _END_OF_HEAD.search(text, 0, MAX_HEAD)
    for name, start, end in tags(text[: ended.start()]) if ended is not None else ():
        if name == "link" and address is None:
            found = attributes(text[start:end])
            address = (found.get("href") or None) if found.get("rel", "").lower() == "canonical" else None
        elif name == "html":
            language = attributes(text[start:end]).get("lang", "").split("-")[0].lower() or None
    return address, language


class _Reader:
    """Turns tags and text into blocks; nothing hidden becomes content."""

    def __init__(self, file: str, first_line: int) -> None:
        self._file = file
        self._line = first_line
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._text_line: int | None = None
        self._kind = "p"
        self._level = 0
        self._hidden: tuple[str, int] | None = None
        self._table: _TableReader | None = None

    def passed(self, lines: int) -> None:
        """Count lines that end inside of markup."""
        self._line += lines

    def start(self, tag: str, written: str) -> None:
        """Begin a block, a cell or something hidden."""
        if self._hidden is not None:
            if tag == self._hidden[0]:
                self._hidden = (tag, self._hidden[1] + 1)
        elif tag not in _VOID and (tag in _UNSEEN or (_HIDING.search(written) and _is_hidden(attributes(written)))):
            self._hidden = (tag, 1)
        elif self._kind == "pre":
            self._text += ["\n"] if tag == "br" else []
        elif self._table is not None:
            self._in_table(self._table, tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._flush()
            self._table = _TableReader(self._line)
        elif tag in _HEADINGS or tag in _BREAKS or tag in ("li", "pre"):
            self._flush()
            self._kind = "h" if tag in _HEADINGS else tag if tag in ("li", "pre") else "p"
            self._level = int(tag[1]) if tag in _HEADINGS else 0
            self._text_line = self._line if self._kind == "pre" else None

    def end(self, tag: str) -> None:
        """End a block, a table or something hidden."""
        if self._hidden is not None:
            if tag == self._hidden[0]:
                name, depth = self._hidden
                self._hidden = (name, depth - 1) if depth > 1 else None
        elif self._kind == "pre":
            if tag == "pre":
                self._flush()
        elif self._table is not None:
            if tag == "table":
                self._blocks.append(self._table.finish())
                self._table = None
            else:
                self._table.end(tag)
        elif tag in _HEADINGS or tag in _BREAKS or tag == "li":
            self._flush()

    def text(self, written: str) -> None:
        """Add text to the open block or cell."""
        if written and self._hidden is None:
            self._add(html.unescape(written))
        self._line += written.count("\n")

    def _add(self, data: str) -> None:
        if self._table is not None:
            data = data.translate(_UNMARKED)
        if self._kind != "pre":
            data = _LINE_BREAK.sub(" ", data)  # only a tag breaks a line
        if self._table is not None:
            if not self._table.text(data):
                raise refusal(
                    "page-table", "text between the cells of a table", Origin(file=self._file, line=self._line)
                )
            return
        if self._text_line is None and data.strip():
            self._text_line = self._line
        self._text.append(data)

    def finish(self) -> tuple[Block, ...]:
        """Give the blocks once everything was read.

        Raises: ApiscribeError if a table does not end.
        """
        if self._table is not None or self._kind == "pre":
            what = "a table" if self._table is not None else "a code sample"
            raise refusal("page-cut", f"the page is cut: {what} does not end", Origin(file=self._file, line=self._line))
        self._flush()
        return tuple(self._blocks)

    def _in_table(self, table: _TableReader, tag: str) -> None:
        if tag == "table":
            raise refusal("page-table", "a table inside a table", Origin(file=self._file, line=self._line))
        if tag in ("tr", "th", "td"):
            table.open(tag, self._line)
        elif not table.start(tag):
            message = f"lists in a cell that are nested deeper than {MAX_LISTS}"
            raise refusal("page-table", message, Origin(file=self._file, line=self._line))

    def _flush(self) -> None:
        raw, line = "".join(self._text), self._text_line or self._line
        kind, self._kind = self._kind, "p"
        self._text, self._text_line = [], None
        if kind == "pre":
            self._blocks.append(Code(text=_code(raw), line=line))
            return
        text = tidy(raw) if raw else ""
        if not text:
            return
        if len(self._blocks) >= MAX_BLOCKS:
            raise refusal("page-size", f"more than {MAX_BLOCKS} blocks", Origin(file=self._file, line=line))
        if kind == "h":
            self._blocks.append(Heading(text=text, line=line, level=self._level))
        elif kind == "li":
            self._blocks.append(Item(text=text, line=line))
        else:
            self._blocks.append(Paragraph(text=text, line=line))


class _TableReader:
    """Collects one table; end tags of rows and cells may be missing, as minifiers leave them out."""

    def __init__(self, line: int) -> None:
        self._at = line
        self._columns: tuple[str, ...] | None = None
        self._rows: list[Row] = []
        self._cells: list[list[str]] = []
        self._lists = 0
        self._header = False
        self._row_line = line

    def open(self, tag: str, line: int) -> None:
        """Begin a row or a cell."""
        if tag == "tr":
            self._end_row()
            self._row_line = line
            return
        self._header = tag == "th"
        self._cells.append([])
        self._lists = 0

    def start(self, tag: str) -> bool:
        """Note a break, a bullet or the start of code in the open cell; false if lists are nested too deep."""
        self._lists += tag in _LISTS
        if tag == "code":
            self.text(_CODE)
        elif tag == "li":
            self.text("\n" + _BULLET * max(self._lists, 1))
        elif tag == "br" or tag in _BREAKS:
            self.text("\n")
        return self._lists <= MAX_LISTS

    def end(self, tag: str) -> None:
        """Note the end of a block or of code in the open cell."""
        self._lists = max(0, self._lists - (tag in _LISTS))
        if tag == "code":
            self.text(_CODE)
        elif tag in _BREAKS or tag == "li":
            self.text("\n")

    def text(self, data: str) -> bool:
        """Add text to the open cell; false if there is none to take it."""
        if not self._cells:
            return not data.strip()
        self._cells[-1].append(data)
        return True

    def finish(self) -> Table:
        """Give the table."""
        self._end_row()
        return Table(columns=self._columns or (), rows=tuple(self._rows), line=self._at)

    def _end_row(self) -> None:
        if not self._cells:
            return
        marked = [tidy("".join(parts)) for parts in self._cells]
        cells = tuple(tidy(text.translate(_UNMARKED)) for text in marked)
        if self._header and self._columns is None:
            self._columns = cells
        else:
            self._rows.append(Row(cells=cells, line=self._row_line, marked=tuple(map(_as_markdown, marked))))
        self._cells = []
        self._header = False


def tidy(text: str) -> str:
    r"""Trim every line, and the blank lines around; line breaks inside stay.

    >>> tidy(" a \n b\n")
    'a\nb'
    """
    return "\n".join(line.strip() for line in text.replace("\xa0", " ").split("\n")).strip("\n")


def _as_markdown(text: str) -> str:
    lines = text.replace(_CODE, "`").split("\n")
    bullets = [len(line) - len(line.lstrip(_BULLET)) for line in lines]
    return "\n".join(
        f"{'  ' * (level - 1)}- {line[level:].strip()}" if level else line
        for level, line in zip(bullets, lines, strict=True)
    )


def _code(text: str) -> str:
    lines = [unindented(line.rstrip()) for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _is_hidden(found: Mapping[str, str]) -> bool:
    if "hidden" in found or found.get("aria-hidden") == "true":
        return True
    style = re.sub(r"\s", "", found.get("style", "")).lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    classes = found.get("class", "").split()
    return "d-none" in classes and not any(name.startswith("d-") and name != "d-none" for name in classes)

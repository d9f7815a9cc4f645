"""The HTML reader: the main part of an HTML page to the blocks of a neutral page, by a tokenizer alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from apiscribe.capture.page import Block, Code, Heading, Item, Paragraph, Row, Table, check_lines, unindented
from apiscribe.errors import Origin, refusal

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
# A comment's start, or a whole tag: only a value after "=" is quoted. The last way out is a tag that never ends.
_TAG = re.compile(
    r"""<!--|<(/?[a-z][a-z0-9-]*)(?=[\s/>])(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>|<(?=[a-z/])""",
    re.IGNORECASE,
)
# What is no markup inside, up to its end.
_ENDS = {
    "<!--": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "title", "textarea")},
}
_LINE_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_END_OF_HEAD = re.compile(r"</head\s*>|<body(?=[\s>])", re.IGNORECASE)
_LISTS = frozenset({"ol", "ul"})
# What marks code and bullets inside a cell until its end is known; text is rid of them first.
_CODE, _BULLET = "\ufdd0", "\ufdd1"
_UNMARKED = str.maketrans({_CODE: None, _BULLET: None})
MAX_HEAD = 256 * 1024
MAX_TAGS = 1_000_000

_Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """What an HTML page says: its content as blocks, its canonical address and its language."""

    blocks: tuple[Block, ...]
    address: str | None
    language: str | None


def read_html(text: str, file: str) -> HtmlPage:
    """Read the part from the title heading to the end of the main element; of menus before it only the tags are seen.

    Raises: ApiscribeError if the page has no such part, or ends before it does.
    """
    start, end = content_span(text, file)
    first_line = _line(text, start)
    content = text[start:end]
    check_lines(content, file, first_line)
    reader = _Reader(file, first_line)
    try:
        reader.feed(content)
        reader.close()
    except AssertionError:  # what the standard tokenizer says to a broken declaration
        raise refusal("page-html", "a broken markup declaration", Origin(file=file, line=first_line)) from None
    address, language = _head(text)
    return HtmlPage(blocks=reader.finish(), address=address, language=language)


def content_span(text: str, file: str) -> tuple[int, int]:
    """Find the first title heading of the main element, or the last one before its end, and that end.

    Raises: ApiscribeError if the page has no such part, or ends before it does.
    """
    title: int | None = None
    opened = False
    for count, (name, start) in enumerate(_tags(text)):
        if count >= MAX_TAGS:
            raise refusal("page-size", f"more than {MAX_TAGS} tags", Origin(file=file, line=_line(text, start)))
        if name == "/main" and title is not None:
            return title, start
        if name == "main" and not opened:
            title, opened = None, True
        elif name == "h1" and (title is None or not opened):
            title = start
    if title is None:
        raise refusal("page-html", "no content: the page has no title heading (h1)", Origin(file=file, line=1))
    last_line = _line(text, len(text))
    raise refusal("page-cut", "the page is cut: its main element does not end", Origin(file=file, line=last_line))


def _tags(text: str) -> Iterator[tuple[str, int]]:
    """List the tags of a page and where they start; none stands inside a comment, a script or an attribute."""
    tag = _TAG.search(text)
    while tag is not None and tag[0] != "<":
        end = tag.end()
        if tag[1]:
            yield tag[1].lower(), tag.start()
        hidden = _ENDS.get((tag[1] or tag[0]).lower())
        if hidden is not None:
            closed = hidden.search(text, end)
            if closed is None:
                return
            end = closed.end()
        tag = _TAG.search(text, end)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _head(text: str) -> tuple[str | None, str | None]:
    ended = _END_OF_HEAD.search(text, 0, MAX_HEAD)
    if ended is None:
        return None, None
    reader = _HeadReader()
    try:
        reader.feed(text[: ended.start()])
        reader.close()
    except AssertionError:
        return None, None
    return reader.address, reader.language


class _HeadReader(HTMLParser):
    """Finds the canonical address and the language of a page's head."""

    def __init__(self) -> None:
        super().__init__()
        self.address: str | None = None
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """Note the canonical address and the language."""
        found = dict(attrs)
        if tag == "link" and (found.get("rel") or "").lower() == "canonical" and self.address is None:
            self.address = found.get("href") or None
        elif tag == "html":
            self.language = (found.get("lang") or "").split("-")[0].lower() or None


class _Reader(HTMLParser):
    """Turns tags and text into blocks; nothing hidden becomes content."""

    def __init__(self, file: str, first_line: int) -> None:
        super().__init__()
        self._file = file
        self._first_line = first_line
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._text_line: int | None = None
        self._kind = "p"
        self._level = 0
        self._hidden: tuple[str, int] | None = None
        self._table: _TableReader | None = None

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """Begin a block, a cell or something hidden."""
        if self._hidden is not None:
            if tag == self._hidden[0]:
                self._hidden = (tag, self._hidden[1] + 1)
        elif tag not in _VOID and (tag in _UNSEEN or _is_hidden(dict(attrs))):
            self._hidden = (tag, 1)
        elif self._kind == "pre":
            self._text += ["\n"] if tag == "br" else []
        elif self._table is not None:
            self._in_table(self._table, tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._flush()
            self._table = _TableReader(self._line())
        elif tag in _HEADINGS or tag in _BREAKS or tag in ("li", "pre"):
            self._flush()
            self._kind = "h" if tag in _HEADINGS else tag if tag in ("li", "pre") else "p"
            self._level = int(tag[1]) if tag in _HEADINGS else 0
            self._text_line = self._line() if self._kind == "pre" else None

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        """Add text to the open block or cell."""
        if self._hidden is not None:
            return
        if self._table is not None:
            data = data.translate(_UNMARKED)
        if self._kind != "pre":
            data = _LINE_BREAK.sub(" ", data)  # only a tag breaks a line
        if self._table is not None:
            if not self._table.text(data):
                raise refusal(
                    "page-table", "text between the cells of a table", Origin(file=self._file, line=self._line())
                )
            return
        if self._text_line is None and data.strip():
            self._text_line = self._line()
        self._text.append(data)

    def finish(self) -> tuple[Block, ...]:
        """Give the blocks once everything was fed.

        Raises: ApiscribeError if a table does not end.
        """
        if self._table is not None or self._kind == "pre":
            what = "a table" if self._table is not None else "a code sample"
            raise refusal(
                "page-cut", f"the page is cut: {what} does not end", Origin(file=self._file, line=self._line())
            )
        self._flush()
        return tuple(self._blocks)

    def _in_table(self, table: _TableReader, tag: str) -> None:
        if tag == "table":
            raise refusal("page-table", "a table inside a table", Origin(file=self._file, line=self._line()))
        if tag in ("tr", "th", "td"):
            table.open(tag, self._line())
        else:
            table.start(tag)

    def _line(self) -> int:
        return self.getpos()[0] - 1 + self._first_line

    def _flush(self) -> None:
        raw, line = "".join(self._text), self._text_line or self._line()
        kind, self._kind = self._kind, "p"
        self._text, self._text_line = [], None
        if kind == "pre":
            self._blocks.append(Code(text=_code(raw), line=line))
            return
        text = tidy(raw)
        if not text:
            return
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

    def start(self, tag: str) -> None:
        """Note a break, a bullet or the start of code in the open cell."""
        self._lists += tag in _LISTS
        if tag == "code":
            self.text(_CODE)
        elif tag == "li":
            self.text("\n" + _BULLET * max(self._lists, 1))
        elif tag == "br" or tag in _BREAKS:
            self.text("\n")

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


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = re.sub(r"\s", "", attributes.get("style") or "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    classes = (attributes.get("class") or "").split()
    return "d-none" in classes and not any(name.startswith("d-") and name != "d-none" for name in classes)

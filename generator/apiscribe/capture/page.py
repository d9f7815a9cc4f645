"""The page room: the neutral form of a captured page, and the checks every page's bytes pass first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from apiscribe.errors import Origin, refusal

MAX_PAGE = 16 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_LINES = 250_000
MAX_ROWS = 10_000
MAX_BLOCKS = 100_000
MAX_TABLE_LINES = 50_000


class Form(StrEnum):
    """How a page is written down."""

    TEXT = "text"
    MARKDOWN = "markdown"
    LOSSY = "lossy-markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A page as handed in: the path to show in errors, its bytes, and its path below the pages folder.

    The bytes may come from a function, so that of many pages only the one that is being read is held.
    """

    path: str
    data: bytes | Callable[[], bytes]
    name: str | None = None

    def read(self) -> bytes:
        """Give the bytes.

        Raises: ApiscribeError if they come from somewhere and cannot be read.
        """
        return self.data if isinstance(self.data, bytes) else self.data()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and its line; the level is 0 where the form does not show it."""

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; its own line breaks are kept."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One bullet of a list."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code sample, exactly as printed."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What could not be read inside a block, and where."""

    message: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its cells as text, line breaks kept.

    `marked` are the cells as Markdown, in forms that show this: bullets as "- ", two blanks for each level more, and
    code between backticks.
    """

    cells: tuple[str, ...]
    line: int
    marked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: header cells, rows, and the rows that could not be split into cells."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    faults: tuple[Fault, ...] = ()


Block = Heading | Paragraph | Item | Code | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A captured page, neutral: where it is from, and its blocks in order."""

    file: str
    name: str
    form: Form
    sha256: str
    blocks: tuple[Block, ...]
    last_line: int
    address: str | None = None
    language: str | None = None

    @property
    def source(self) -> str:
        """The canonical address when the page shows one, else the path below the pages folder."""
        return self.address or self.name


def check_size(data: bytes, file: str) -> None:
    """Refuse an empty or oversized page before anything reads it.

    Raises: ApiscribeError.
    """
    if len(data) > MAX_PAGE:
        raise refusal(
            "page-size", f"the page has {len(data)} bytes; at most {MAX_PAGE} are read", Origin(file=file, line=1)
        )
    if not data or data.isspace():
        raise refusal("page-empty", "the page is empty", Origin(file=file, line=1))


def decode(data: bytes, file: str) -> str:
    """Decode a page strictly as UTF-8 text; a byte order mark is dropped.

    Raises: ApiscribeError with the byte offset of what is not text.
    """
    zero = data.find(b"\0")
    if zero >= 0:
        raise refusal("page-binary", f"byte {zero} is NUL: a binary file, not a page", Origin(file=file))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        message = f"byte {offset} is not UTF-8 text: a binary file or another encoding"
        raise refusal("page-encoding", message, Origin(file=file)) from None


def unindented(line: str) -> str:
    """Indent a line of code with plain blanks, whatever kind of blank it is printed with; its text stays as it is."""
    text = line.lstrip(" \t\xa0")
    return line[: len(line) - len(text)].replace("\xa0", " ") + text


def check_lines(text: str, file: str, first_line: int = 1) -> None:
    """Refuse lines that no page has, and more lines than any page has.

    Raises: ApiscribeError at the long line, or at the first that is too many.
    """
    for number, line in enumerate(re.split("\r\n|\n|\r", text), first_line):
        if len(line) > MAX_LINE or (len(line) * 4 > MAX_LINE and len(line.encode("utf-8", "replace")) > MAX_LINE):
            raise refusal("page-line", f"a line of more than {MAX_LINE} bytes", Origin(file=file, line=number))
        if number - first_line >= MAX_LINES:
            raise refusal("page-size", f"more than {MAX_LINES} lines", Origin(file=file, line=number))

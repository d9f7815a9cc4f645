"""The CommonMark reader: ordinary Markdown with tables and front matter to the blocks of a neutral page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from apiscribe.capture.page import Block, Code, Fault, Heading, Item, Paragraph, Row, Table

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ENTRY: Final = re.compile(r"^(canonical|slug):[ \t]*[\"']?([^\"'\r\n]+?)[\"']?[ \t]*$", re.MULTILINE)
_BREAK: Final = re.compile(r"</?(?:br|p|div|ul|ol)\b[^>]*>", re.IGNORECASE)
_LIST_ITEM: Final = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:a|b|code|em|font|i|img|s|small|span|strong|su[bp]|u)\b[^<>]*>", re.IGNORECASE)
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_MARKED: Final = re.compile(r"#{1,6} \S")
_TORN: Final = re.compile(r"\|?[^|]*[^|\s][^|]*\|[ \t]*")
_RULE: Final = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*")
_NO_ROW: Final = re.compile(r"[ \t]*(?:[-*+>#]|`{3}|$)")

_Lines = list[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownPage:
    """What a page of ordinary Markdown says: its content as blocks, and the address that its front matter gives.

    One that `is_lossy` breaks its rows behind the first cell; it loses the bullets in its cells as well.
    """

    blocks: tuple[Block, ...]
    address: str | None
    is_lossy: bool


def read_commonmark(text: str, headings: frozenset[str] = frozenset()) -> MarkdownPage:
    r"""Cut ordinary Markdown into blocks; of HTML in it only breaks and bullets inside cells count.

    On a page without any mark of a heading, the first line is one, and every line that is one of the headings (in
    lower case).

    >>> page = read_commonmark("---\nslug: a-b\n---\n# A\n\n| B |\n|---|\n| `c` \\| d |\n")
    >>> page.address, page.blocks[1].rows[0].marked
    ('a-b', ('`c` | d',))
    """
    front = _FRONT.match(text)
    entries = dict(_ENTRY.findall(front[1])) if front is not None else {}
    first = front[0].count("\n") if front is not None else 0
    lines = [(line, number) for number, line in enumerate(text.splitlines(), 1) if number > first]
    joined = _joined(lines)
    mended = list(_ruled(_headed(joined, headings)))
    # Pages are bounded in bytes and lines before, and the parser needs linear time for them.
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(line for line, _ in mended))
    return MarkdownPage(
        blocks=tuple(_blocks(tokens, mended)),
        address=entries.get("canonical") or entries.get("slug"),
        is_lossy=len(joined) < len(lines),
    )


def _joined(lines: _Lines) -> _Lines:
    """Join rows that break behind their first cell."""
    joined: _Lines = []
    is_torn = is_code = False
    for line, number in lines:
        is_code ^= line.lstrip().startswith("```")
        if is_torn and line.strip() and not is_code:
            joined[-1] = (f"{joined[-1][0]} {line.strip()}", joined[-1][1])
            is_torn = False
            continue
        joined.append((line, number))
        is_torn = not is_code and _TORN.fullmatch(line) is not None and not line.lstrip().startswith("|")
    return joined


def _headed(lines: _Lines, headings: frozenset[str]) -> _Lines:
    """Mark the headings of a page that marks none."""
    if any(_MARKED.match(line) for line, _ in lines):
        return lines
    title = next((number for line, number in lines if line.strip()), 0)
    marks = {number: "## " for line, number in lines if line.strip().lower() in headings} | {title: "# "}
    return [(marks.get(number, "") + line, number) for line, number in lines]


def _ruled(lines: _Lines) -> Iterator[tuple[str, int]]:
    """Put a rule below the header of a table that has none."""
    is_table = is_code = False
    for at, (line, number) in enumerate(lines):
        is_code ^= line.lstrip().startswith("```")
        cells = 0 if is_code or _NO_ROW.match(line) else _count(line)
        following = lines[at + 1][0] if at + 1 < len(lines) else ""
        yield line, number
        if cells > 1 and not is_table and not _RULE.fullmatch(following) and _count(following) > 1:
            yield "|" + " --- |" * cells, number
        is_table = cells > 1


def _count(row: str) -> int:
    return len(_CELL_END.split(row.strip().removeprefix("|").removesuffix("|")))


def _blocks(tokens: Sequence[Token], lines: _Lines) -> Iterator[Block]:
    holder, lists, quotes, at = "", 0, 0, 0
    while at < len(tokens):
        token = tokens[at]
        line = _line(token, lines)
        if token.type == "table_open":
            end = next(index for index in range(at, len(tokens)) if tokens[index].type == "table_close")
            yield _table(tokens[at:end], line, lines)
            at = end
        elif token.type in ("fence", "code_block"):
            yield Code(text=token.content.rstrip("\n"), line=line + (token.type == "fence"))
        elif token.type in ("heading_open", "paragraph_open"):
            holder = token.tag
        elif token.type in ("list_item_open", "list_item_close"):
            lists += token.nesting
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif token.type == "inline" and (text := _tidy(_marked(token), code=False)):
            yield _block("p" if quotes else holder, text, line, is_item=lists > 0)
        at += 1


def _line(token: Token, lines: _Lines) -> int:
    return lines[token.map[0]][1] if token.map and token.map[0] < len(lines) else 1


def _block(holder: str, text: str, line: int, *, is_item: bool) -> Block:
    if holder.startswith("h"):
        return Heading(text=text, line=line, level=int(holder[1]))
    return Item(text=text, line=line) if is_item else Paragraph(text=text, line=line)


def _table(tokens: Sequence[Token], line: int, lines: _Lines) -> Table:
    columns: tuple[str, ...] = ()
    rows, faults = [], []
    cells: list[str] = []
    written, row_line = "", line
    for token in tokens:
        if token.type == "tr_open":
            cells, written, row_line = [], lines[token.map[0]][0] if token.map else "", _line(token, lines)
        elif token.type == "inline":
            cells.append(_marked(token))
        elif token.type == "tr_close" and not columns:
            columns = tuple(_tidy(cell, code=False) for cell in cells)
        elif token.type == "tr_close" and (count := _count(written)) > len(columns):
            # The parser leaves out what is too much: a pipe that should have been escaped is no reason to lose it.
            faults.append(Fault(message=f"a row of {count} cells instead of {len(columns)}", line=row_line))
        elif token.type == "tr_close":
            plain, marked = (tuple(_tidy(cell, code=code) for cell in cells) for code in (False, True))
            rows.append(Row(cells=plain, line=row_line, marked=marked))
    return Table(columns=columns, rows=tuple(rows), line=line, faults=tuple(faults))


def _marked(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type == "code_inline":
            parts.append(f"`{child.content}`")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline" and _LIST_ITEM.fullmatch(child.content):
            parts.append("\n- ")
        elif child.type == "html_inline" and _BREAK.fullmatch(child.content):
            parts.append("\n")
        elif child.type == "text" or (child.type == "html_inline" and not _TAG.fullmatch(child.content)):
            parts.append(child.content)
    return "".join(parts)


def _tidy(text: str, *, code: bool) -> str:
    kept = text if code else text.replace("`", "")
    return "\n".join(line.strip() for line in kept.split("\n")).strip("\n")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownPage:
    """What a page of ordinary Markdown says: its content as blocks, and the address that its front matter gives."""

    blocks: tuple[Block, ...]
    address: str | None


def read_commonmark(text: str) -> MarkdownPage:
    """Cut ordinary Markdown into blocks; of HTML in it only breaks and bullets inside cells count.

    >>> page = read_commonmark("---\\nslug: a-b\\n---\\n# A\\n\\n| B |\\n|---|\\n| `c` \\\\| d |\\n")
    >>> page.address, page.blocks[1].rows[0].marked
    ('a-b', ('`c` | d',))
    """
    front = _FRONT.match(text)
    address = None
    if front is not None:
        entries = dict(_ENTRY.findall(front[1]))
        address = entries.get("canonical") or entries.get("slug")
        text = "\n" * front[0].count("\n") + text[front.end() :]
    # Long tables are no attack here: pages are bounded before, and what the parser fills up is checked with them.
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return MarkdownPage(blocks=tuple(_blocks(tokens, text.split("\n"))), address=address)


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Block]:
    holder, lists, at = "", 0, 0
    while at < len(tokens):
        token = tokens[at]
        line = token.map[0] + 1 if token.map else 1
        if token.type == "table_open":
            end = next(index for index in range(at, len(tokens)) if tokens[index].type == "table_close")
            yield _table(tokens[at:end], line, lines)
            at = end
        elif token.type in ("fence", "code_block"):
            yield Code(text=token.content.rstrip("\n"), line=line)
        elif token.type in ("heading_open", "paragraph_open"):
            holder = token.tag
        elif token.type in ("list_item_open", "list_item_close"):
            lists += 1 if token.nesting > 0 else -1
        elif token.type == "inline" and (text := _plain(_marked(token), code=False)):
            yield _block(holder, text, line, is_item=lists > 0)
        at += 1


def _block(holder: str, text: str, line: int, *, is_item: bool) -> Block:
    if holder.startswith("h"):
        return Heading(text=text, line=line, level=int(holder[1]))
    return Item(text=text, line=line) if is_item else Paragraph(text=text, line=line)


def _table(tokens: Sequence[Token], line: int, lines: Sequence[str]) -> Table:
    columns: tuple[str, ...] = ()
    rows = []
    faults = []
    cells: list[str] = []
    row_line = line
    for token in tokens:
        if token.type == "tr_open":
            cells, row_line = [], token.map[0] + 1 if token.map else row_line
        elif token.type == "inline":
            cells.append(_marked(token))
        elif token.type == "tr_close":
            plain = tuple(_plain(cell, code=False) for cell in cells)
            if columns and (count := _count(lines[row_line - 1])) > len(columns):
                # The parser leaves out what is too much; a pipe that should have been escaped is no reason to lose it.
                faults.append(Fault(message=f"a row of {count} cells instead of {len(columns)}", line=row_line))
            elif columns:
                rows.append(Row(cells=plain, line=row_line, marked=tuple(_plain(cell, code=True) for cell in cells)))
            else:
                columns = plain
    return Table(columns=columns, rows=tuple(rows), line=line, faults=tuple(faults))


def _count(row: str) -> int:
    return len(_CELL_END.split(row.strip().removeprefix("|").removesuffix("|")))


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


def _plain(text: str, *, code: bool) -> str:
    kept = text if code else text.replace("`", "")
    return "\n".join(line.strip() for line in kept.split("\n")).strip("\n")

"""The forms room: the bytes of a page to a neutral page, by the reader of the form that it is found to have."""

from __future__ import annotations

import hashlib
import re

from apiscribe.capture.page import MAX_ROWS, Block, Form, Page, PageSource, Table, check_lines, check_size, decode
from apiscribe.capture.page_commonmark import read_commonmark
from apiscribe.capture.page_html import read_html
from apiscribe.capture.page_markdown import is_lossy, read_markdown
from apiscribe.capture.page_text import Layout, read_text
from apiscribe.errors import Origin, refusal

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|div|h1)\b", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"^[ \t]*\|[ :]*-{3,}[-| :]*$", re.MULTILINE)
_LINE_END = re.compile("\r\n|\n|\r")
_BLANK = re.compile(r"[\r\n][ \t]*[\r\n]")


def read_page(source: PageSource, layout: Layout) -> Page:
    """Read one page into its neutral form.

    Raises: ApiscribeError if the bytes are no page, or one in a form that cannot be read.
    """
    file = source.path
    name = (source.name if source.name is not None else source.path).replace("\\", "/")
    data = source.read()
    check_size(data, file)
    text = decode(data, file)
    digest = hashlib.sha256(data).hexdigest()
    form = _form(text, name, layout)
    address = language = None
    if form is Form.HTML:
        html = read_html(text, file)
        blocks, address, language = html.blocks, html.address, html.language
    elif layout.is_commonmark:
        check_lines(text, file)
        page = read_commonmark(text, layout.headings)
        form, blocks, address = Form.LOSSY if page.is_lossy else Form.MARKDOWN, page.blocks, page.address
    else:
        check_lines(text, file)
        blocks = read_text(text, layout) if form is Form.TEXT else read_markdown(text, layout)
    _check_rows(blocks, file)
    return Page(
        file=file,
        name=name,
        form=form,
        sha256=digest,
        blocks=blocks,
        last_line=_last_line(text),
        address=address,
        language=language,
    )


def _check_rows(blocks: tuple[Block, ...], file: str) -> None:
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) > MAX_ROWS:
            line = block.rows[MAX_ROWS].line
            raise refusal("page-size", f"a table of more than {MAX_ROWS} rows", Origin(file=file, line=line))


def _form(text: str, name: str, layout: Layout) -> Form:
    """Tell the form by what a page holds; only what could be either is told by its name."""
    if _HTML.match(text[:4096]) or name.lower().endswith((".html", ".htm")):
        return Form.HTML
    if not _RULE.search(text) and any(line.rstrip() in layout.tables for line in text.splitlines()):
        return Form.TEXT
    # Without a table, Markdown has no blank lines to speak of where plain text has one around every heading.
    if _RULE.search(text) or name.lower().endswith((".md", ".markdown")) or not _BLANK.search(text.strip()):
        return Form.LOSSY if is_lossy(text, layout) else Form.MARKDOWN
    return Form.TEXT


def _last_line(text: str) -> int:
    breaks = len(_LINE_END.findall(text)) if "\r" in text else text.count("\n")
    return breaks + (not text.endswith(("\n", "\r")))

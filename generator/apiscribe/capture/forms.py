"""The forms room: the bytes of a page to a neutral page, by the reader of its form; other forms are refused by name."""

from __future__ import annotations

import hashlib
import re

from apiscribe.capture.page import MAX_ROWS, Block, Form, Page, PageSource, Table, check_lines, check_size, decode
from apiscribe.capture.page_html import read_html
from apiscribe.capture.page_text import Layout, read_text
from apiscribe.errors import Origin, refusal

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|div|h1)\b", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"^\|[ :]*-{3,}[-| :]*$", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)


def read_page(source: PageSource, layout: Layout) -> Page:
    """Read one page into its neutral form.

    Raises: ApiscribeError if the bytes are no page, or one in a form that cannot be read.
    """
    file = source.path
    name = (source.name if source.name is not None else source.path).replace("\\", "/")
    check_size(source.data, file)
    text = decode(source.data, file)
    digest = hashlib.sha256(source.data).hexdigest()
    if _HTML.match(text[:4096]) or name.lower().endswith((".html", ".htm")):
        html = read_html(text, file)
        form, blocks, address, language = Form.HTML, html.blocks, html.address, html.language
    else:
        check_lines(text, file)
        _refuse_markdown(text, file, name)
        form, blocks, address, language = Form.TEXT, read_text(text, layout), None, None
    _check_rows(blocks, file)
    return Page(
        file=file,
        name=name,
        form=form,
        sha256=digest,
        blocks=blocks,
        last_line=len(text.splitlines()) or 1,
        address=address,
        language=language,
    )


def _check_rows(blocks: tuple[Block, ...], file: str) -> None:
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) > MAX_ROWS:
            line = block.rows[MAX_ROWS].line
            raise refusal("page-size", f"a table of more than {MAX_ROWS} rows", Origin(file=file, line=line))


def _refuse_markdown(text: str, file: str, name: str) -> None:
    rules = list(_RULE.finditer(text))
    if not rules and not name.lower().endswith((".md", ".markdown")):
        return
    lossy = any(rule[0].count("|") == 2 and _columns_before(text, rule.start()) > 1 for rule in rules)
    form = "lossy Markdown page (form C)" if lossy else "Markdown page (form B)"
    line = text.count("\n", 0, rules[0].start()) + 1 if rules else 1
    raise refusal(
        "page-form", f"{form}: not readable yet; capture the plain text or the HTML", Origin(file=file, line=line)
    )


def _columns_before(text: str, offset: int) -> int:
    line = text[:offset].rstrip("\n").rpartition("\n")[2]
    return line.count("|") - 1 if _ROW.match(line) else 0

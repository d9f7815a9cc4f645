"""The content room: the bytes of a fetched page to the part that is kept, cut and written in one way only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from apiscribe.capture.fetch.links import Head, read_head
from apiscribe.capture.page import check_size, decode
from apiscribe.capture.page_html import content_span
from apiscribe.errors import Origin, refusal

_TYPES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md"}
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a page: its bytes, the ending of its file name, its language."""

    data: bytes
    suffix: str
    language: str | None


def page_text(data: bytes, address: str) -> str:
    """Decode a page strictly as UTF-8, whatever the server or the page call it.

    Raises: ApiscribeError at the line of what is not UTF-8 text.
    """
    check_size(data, address)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is not UTF-8 text: the page is in another encoding, or damaged"
        raise refusal("page-encoding", message, Origin(file=address, line=line)) from None
    return decode(data, address)


def kept_part(text: str, media_type: str | None, address: str) -> Kept:
    """Cut out what is kept of a page: of HTML its head's words, and its title heading up to the end of the main part.

    A kept page reads like the whole one, and cutting it again gives the same bytes.

    Raises: ApiscribeError if there is no such part, or the page is of no kind that is read.
    """
    suffix = _TYPES.get(media_type) if media_type else ".txt"
    if _HTML.match(text[:4096]):
        suffix = ".html"
    if suffix is None:
        raise refusal("page-form", f"is {media_type}, which is no page", Origin(file=address))
    if suffix != ".html":
        return Kept(data=text.encode(), suffix=suffix, language=None)
    start, end = content_span(text, address)
    head = read_head(text)
    return Kept(data=_written(head, text[start:end]).encode(), suffix=suffix, language=head.language)


def _written(head: Head, content: str) -> str:
    language = f' lang="{escape(head.language)}"' if head.language else ""
    lines = ["<!doctype html>", f"<html{language}>", "<head>", '<meta charset="utf-8">']
    if head.title:
        lines.append(f"<title>{escape(head.title, quote=False)}</title>")
    if head.description:
        lines.append(f'<meta name="description" content="{escape(head.description)}">')
    if head.base:
        lines.append(f'<base href="{escape(head.base)}">')
    if head.canonical:
        lines.append(f'<link rel="canonical" href="{escape(head.canonical)}">')
    for language, address in head.alternates:
        lines.append(f'<link rel="alternate" hreflang="{escape(language)}" href="{escape(address)}">')
    lines += ["</head>", "<body>", "<main>", content.rstrip(), "</main>", "</body>", "</html>", ""]
    return "\n".join(lines)

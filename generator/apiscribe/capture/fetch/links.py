"""The links room: HTML and sitemaps to the links they hold; text is scanned once, and nothing is run or fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

MAX_HEAD = 256 * 1024
# What hides links is passed over whole, up to its end or the end of the page. The parts of a tag are bounded, so that
# no text makes the scan slow.
_ANCHOR = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(script|style|template|textarea|title)\b.*?(?:</\1\s*>|\Z)"""
    r"""|<a(?=\s)((?:[^<>"']{1,4096}+|"[^"]{0,4096}+"|'[^']{0,4096}+'){0,64}+)>""",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"""(?:^|[\s"'])href\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOCATION = re.compile(r"<loc>\s*+([^<]{1,4096}+)</loc>", re.IGNORECASE)
_END_OF_HEAD = re.compile(r"</head\s*>|<body(?=[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page says: language, title, description, addresses of the page and of its twins."""

    language: str | None = None
    title: str | None = None
    description: str | None = None
    canonical: str | None = None
    base: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()


def anchors(text: str) -> Iterator[str]:
    """List where the anchors of a page lead, as written.

    >>> list(anchors('<a id=x href=/a/>A</a><!-- <a href="/b/"> --><script>"<a href=/c/>"</script><a href="d&amp;y">'))
    ['/a/', 'd&y']
    """
    for match in _ANCHOR.finditer(text):
        href = _HREF.search(match[2]) if match[2] else None
        if href is not None:
            yield html.unescape(href[1] or href[2] or href[3] or "")


def sitemap_links(text: str) -> Iterator[str]:
    """List the addresses of a sitemap, or the sitemaps of a sitemap index."""
    for match in _LOCATION.finditer(text):
        yield html.unescape(match[1].strip())


def read_head(text: str) -> Head:
    """Read the head of a page; one that does not end within 256 KiB says nothing."""
    ended = _END_OF_HEAD.search(text, 0, MAX_HEAD)
    if ended is None:
        return Head()
    reader = _HeadReader()
    try:
        reader.feed(text[: ended.start()])
        reader.close()
    except AssertionError:  # what the standard tokenizer says to a broken declaration
        return Head()
    return Head(
        language=reader.said.get("language"),
        title=" ".join("".join(reader.title).split()) or None,
        description=reader.said.get("description"),
        canonical=reader.said.get("canonical"),
        base=reader.said.get("base"),
        alternates=tuple(reader.alternates),
    )


class _HeadReader(HTMLParser):
    """Collects what the head says; of what is said twice the first counts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag of the head says."""
        found = {name: value or "" for name, value in attrs}
        href, rel = found.get("href", "").strip(), found.get("rel", "").lower().split()
        if tag == "html":
            self._say("language", found.get("lang", "").split("-")[0].lower())
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "base":
            self._say("base", href)
        elif tag == "meta" and found.get("name", "").lower() == "description":
            self._say("description", " ".join(found.get("content", "").split()))
        elif tag == "link" and "canonical" in rel:
            self._say("canonical", href)
        elif tag == "link" and "alternate" in rel and href and found.get("hreflang"):
            self.alternates.append((found["hreflang"].split("-")[0].lower(), href))

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        """Collect the title."""
        if self._in_title:
            self.title.append(data)

    def _say(self, name: str, value: str) -> None:
        if value:
            self.said.setdefault(name, value)

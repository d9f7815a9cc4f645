"""Addresses that a response names: what it says of the next page comes in, where to ask for it goes out, checked."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from .errors import PaginationError

MAX_ADDRESS = 64 * 1024
_SAFE = "%:/?#[]@!$&'()*+,;=-._~"
_PORTS = {"http": 80, "https": 443}
_LINK = re.compile(
    r"\s*<([^<>]*)>((?:\s*;\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*(?:=\s*(?:\"(?:[^\"\\]|\\.)*\"|[^\",;\s]+))?)*)"
)
_PARAMETER = re.compile(r";\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\",;\s]+)))?")


def next_link(header: str | None) -> str | None:
    """Find the address whose relation is `next` in a header Link (RFC 8288); None if there is none.

    >>> next_link('</a?page=1>; rel="prev", </a?page=3>; title="x, y"; rel="last next"')
    '/a?page=3'
    """
    position, text = 0, header or ""
    while position < len(text):
        match = _LINK.match(text, position)
        if match is None:
            return None  # what cannot be read leads nowhere
        relations = [quoted or plain for name, quoted, plain in _PARAMETER.findall(match[2]) if name.lower() == "rel"]
        if relations and "next" in relations[0].lower().split():
            return match[1].strip()
        comma = text.find(",", match.end())
        position = len(text) if comma < 0 else comma + 1
    return None


def next_address(here: str, found: str, operation: str) -> str:
    """Give the whole address of the next page, which lies on the server that named it: there credentials are sent.

    Raises:
        PaginationError: it lies on another server, or is no address.
    """
    if len(found) > MAX_ADDRESS or re.search(r"[\x00-\x1f\x7f-\x9f\\]", found.strip(" ")):
        raise PaginationError(f"{operation}: the address of the next page is no address", operation=operation)
    try:
        own, target = urlsplit(here), urlsplit(urljoin(here, found.strip(" ")))
        places = [(url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)) for url in (own, target)]
    except ValueError:
        raise PaginationError(f"{operation}: the address of the next page is no address", operation=operation) from None
    if places[0] != places[1] or target.username is not None or target.password is not None:
        shown = f"{target.scheme}://{target.hostname or ''}"[:200]
        raise PaginationError(
            f"{operation}: the next page is at {shown!r}, not at {own.scheme}://{own.netloc}; it is not asked for",
            operation=operation,
        )
    query = f"?{quote(target.query, safe=_SAFE)}" if target.query else ""
    return f"{own.scheme}://{own.netloc}{quote(target.path, safe=_SAFE) or '/'}{query}"

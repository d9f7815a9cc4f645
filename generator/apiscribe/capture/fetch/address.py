"""The address room: which addresses are a portal's own, what a page is called on disk, which pages are wanted."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from urllib.parse import quote, unquote, urljoin, urlsplit

from apiscribe.errors import Origin, refusal, shown

MAX_ADDRESS = 2000
MAX_SEGMENT = 150
_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_HOSTLESS = re.compile(r"///|https?:(?!//[^/])", re.IGNORECASE)
_ESCAPE = re.compile(r"%(?:([0-9A-Fa-f]{2})|)")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# What an escape may not hide: a separator of segments on some system, or a control character.
_HIDDEN = re.compile(r"%(?:2F|5C|7F|[01][0-9A-F])")
_SAFE_NAME = "-._~"
_PAGE_ENDING = re.compile(r"html?|txt|md|markdown|\d+", re.IGNORECASE)
_LOCAL_NAMES = ("localhost",)


class Alien(StrEnum):
    """Why a link is not followed."""

    ODD = "malformed"
    HOST = "to another host"
    SCHEME = "with another scheme"
    QUERY = "with a query"
    FILE = "to a file that is no page"
    MORE = "beyond the first 200,000 of a page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The one origin that is ever asked: scheme, host in ASCII, port."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """The origin as it stands at the start of an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def local(self) -> bool:
        """Whether the host is this machine."""
        return _is_loopback(self.host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """Where the reference begins in one language: a path that ends in a slash."""

    language: str | None
    path: str

    def below(self, path: str) -> str | None:
        """Give the part of a path below this root, without a slash at its end; None if it is not below."""
        whole = path if path.endswith("/") else f"{path}/"
        return whole[len(self.path) :].strip("/") if whole.startswith(self.path) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pages are wanted: shell patterns on the path below the root, and the forms of a portal's addresses."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    forms: tuple[re.Pattern[str], ...] = ()

    def takes(self, below: str) -> bool:
        """Tell whether a page is wanted; one that a pattern names to its end is, whatever its form.

        >>> Choice(include=("storage/*",), exclude=("*/models",)).takes("storage/disk/apis/show/1.0")
        True
        >>> Choice(include=("storage/*",), exclude=("*/models",)).takes("storage/disk/models/disk")
        False
        """
        if any(_matches(below, pattern) for pattern in self.exclude):
            return False
        if self.include and not any(_matches(below, pattern) for pattern in self.include):
            return False
        named = any(not pattern.endswith("*") and fnmatchcase(below, pattern) for pattern in self.include)
        return named or not self.forms or any(form.fullmatch(below) for form in self.forms)

    @property
    def named(self) -> tuple[str, ...]:
        """Pages that are named outright, without any wildcard: they need not be discovered."""
        return tuple(pattern.strip("/") for pattern in self.include if not re.search(r"[*?\[]", pattern))


def _matches(below: str, pattern: str) -> bool:
    # A folder's pattern means its own page too: "storage/*" and "storage" both take the page "storage".
    folder = pattern.removesuffix("/*").rstrip("/")
    return fnmatchcase(below, pattern) or fnmatchcase(below, folder) or fnmatchcase(below, f"{folder}/*")


def open_site(address: str) -> tuple[Site, str]:
    """Split the address of a portal into its origin and the path of its root.

    Raises:
        ApiscribeError: it is no such address, names a user, or is http to another machine than this one.
    """
    origin = Origin(file=address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise refusal("fetch-address", f"is not an address: {shown(error)}", origin) from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host or _UNFIT.search(address):
        raise refusal("fetch-address", "is not an address: https://HOST/PATH/ is meant", origin)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise refusal("fetch-address", "an address with a user, a query or a fragment is not taken", origin)
    site = Site(scheme=parts.scheme, host=_ascii(host, origin), port=port or _PORTS[parts.scheme])
    if site.scheme == "http" and not site.local:
        raise refusal("fetch-address", "http is for this machine only: pages are fetched by https", origin)
    path = resolve(parts.path or "/", "/", site)
    if isinstance(path, Alien):
        raise refusal("fetch-address", f"the path is {path.value}", origin)
    return site, path if path.endswith("/") else f"{path}/"


def _ascii(host: str, origin: Origin) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise refusal("fetch-address", "the host is not a name", origin) from error


def _is_loopback(host: str) -> bool:
    if host in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def resolve(link: str, base: str, site: Site) -> str | Alien:
    """Resolve a link of a page to a path of the site, or tell why it is not followed.

    >>> here = Site(scheme="https", host="docs.example", port=443)
    >>> resolve("../b/?#top", "/api/a/", here)
    '/api/b/'
    >>> resolve("//docs.example.evil/", "/api/", here).value
    'to another host'
    """
    link = link.strip(" \t\r\n\f")
    # What browsers take for a host, and the standard library for a path, is neither here.
    if len(link) > MAX_ADDRESS or _UNFIT.search(link) or _HOSTLESS.match(link):
        return Alien.ODD
    try:
        whole = urljoin(base if "://" in base else f"{site.origin}{base}", link)
        parts = urlsplit(whole)
        port = parts.port
    except ValueError:
        return Alien.ODD
    if parts.scheme not in _PORTS:
        return Alien.SCHEME
    if "@" in parts.netloc:
        return Alien.ODD
    # A name in other letters is another name, even where a browser would fold it into this one.
    if (parts.hostname or "").rstrip(".") != site.host:
        return Alien.HOST
    if parts.scheme != site.scheme:
        return Alien.SCHEME
    if (port if port is not None else _PORTS[parts.scheme]) != site.port:
        return Alien.HOST
    return Alien.QUERY if parts.query else _path(parts.path or "/")


def _path(raw: str) -> str | Alien:
    """Write a path in one way: escapes where they must be, dots resolved; nothing hidden in an escape."""
    if any(match[1] is None for match in _ESCAPE.finditer(raw)):
        return Alien.ODD
    path = _ESCAPE.sub(_unescaped, quote(raw, safe="/%:@!$&'()*+,;=-._~"))
    if _HIDDEN.search(path) or "//" in path:
        return Alien.ODD
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return Alien.ODD
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            segments[-1:] = []
        elif segment != ".":
            segments.append(segment)
    if any(len(segment) > MAX_SEGMENT for segment in segments):
        return Alien.ODD
    path = "/" + "/".join(segments)
    if path.endswith("/") or raw.endswith(("/.", "/..")):
        return path if path.endswith("/") else f"{path}/"
    return path


def is_file(path: str) -> bool:
    """Tell whether a path ends like a file that is no page, such as a style sheet."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    return bool(dot and stem) and _PAGE_ENDING.fullmatch(ending) is None


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else f"%{match[1].upper()}"


def root_of(path: str, roots: Iterable[Root]) -> tuple[Root, str] | None:
    """Find the root that a path lies below, the longest of several, and the path below it."""
    found = [(root, below) for root in roots if (below := root.below(path)) is not None]
    return max(found, key=lambda item: len(item[0].path)) if found else None


def page_name(root: Root, below: str) -> str:
    """Name a page below the pages folder, without the ending that tells its form.

    >>> page_name(Root(language="en", path="/en/ref/"), "storage/disk/apis/show/1.0/index.html")
    'en/storage/disk/apis/show/1.0'
    """
    stem = re.sub(r"(?:(?:^|/)index)?\.(?:html?|txt|md|markdown)$", "", below) or "_index"
    # A name that starts with a dot would be hidden; what file systems cannot hold stays escaped.
    segments = ("%2E" + segment[1:] if segment.startswith(".") else segment for segment in stem.split("/"))
    safe = "/".join(quote(segment, safe=_SAFE_NAME + "%") for segment in segments)
    return f"{root.language}/{safe}" if root.language else safe


def twin_paths(path: str, own: str | None, wanted: str, known: Sequence[str]) -> tuple[str, ...]:
    """Guess where the reference is in another language when its index does not tell: language folders come or go."""
    first, _, rest = path[1:].partition("/")
    bare = f"/{rest}" if first in known or first == own else path
    return tuple(dict.fromkeys(other for other in (f"/{wanted}{bare}", bare) if other != path))

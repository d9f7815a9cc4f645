"""The discovery room: robots.txt, sitemaps and indexes of a portal to the paths of its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from protego import Protego

from apiscribe.capture.fetch.address import Alien, Choice, Root, is_file, resolve, twin_paths
from apiscribe.capture.fetch.content import page_text
from apiscribe.capture.fetch.links import Head, anchors, read_head, sitemap_links
from apiscribe.capture.fetch.portal import Answer, FetchError, Portal
from apiscribe.capture.fetch.store import Index, Store
from apiscribe.errors import Diagnostic, Origin, Severity, refusal

ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
MAX_ROBOTS = 500 * 1024
MAX_SITEMAPS = 100
MAX_LINKS = 200_000
ALL_LANGUAGES = "both"
LANGUAGES = ("en", "ko", "ja")
# Pages so near to the root list others in their menus, as the root does: categories and services.
INDEX_DEPTH = 2
# Stands for every base that is not on the portal; the name is reserved and belongs to nobody.
ELSEWHERE = "https://elsewhere.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """The roots asked for, all known roots, the paths that they list, and how many links were left alone and why."""

    wanted: tuple[Root, ...]
    roots: tuple[Root, ...]
    paths: tuple[str, ...]
    alien: tuple[tuple[str, int], ...]


async def read_robots(portal: Portal, store: Store) -> tuple[str, ...]:
    """Ask what robots.txt allows, and let the portal keep to it; give the sitemaps that it names.

    Raises:
        ApiscribeError: it cannot be had, so nothing may be asked for.
    """
    address = portal.address(ROBOTS)
    known = store.index(address)
    etag, modified = (known.etag, known.last_modified) if known is not None else (None, None)
    try:
        answer = await portal.get(ROBOTS, etag=etag, last_modified=modified)
    except FetchError as error:
        raise refusal(
            "fetch-robots", f"cannot be read, so nothing is fetched: {error}", Origin(file=address)
        ) from error
    if answer.status == 304 and known is not None:
        text = known.text
    else:
        text = answer.data[:MAX_ROBOTS].decode("utf-8", "replace") if answer.status == 200 else ""
        store.put_index(Index(address=address, etag=answer.etag, last_modified=answer.last_modified, text=text))
    robots = Protego.parse(text)
    portal.robots = robots
    delay = robots.crawl_delay(portal.user_agent)
    portal.pace.delay = max(portal.pace.delay, float(delay or 0))
    return tuple(robots.sitemaps)


class Indexes:
    """The indexes and sitemaps of a portal, each asked for once in a run."""

    def __init__(self, portal: Portal, store: Store) -> None:
        self._portal = portal
        self._store = store
        self._read: dict[str, Index | None] = {}
        self.found: list[Diagnostic] = []

    async def discover(self, start: str, language: str | None, choice: Choice, sitemaps: Iterable[str]) -> Discovered:
        """Find the roots in the languages asked for, and every page that their indexes and the sitemaps list.

        Raises:
            ApiscribeError: an index cannot be read, or there is none in the language asked for.
        """
        first = await self.read(start)
        if first is None:
            message = "is not there: no page can be found"
            raise refusal("fetch-index", message, Origin(file=self._portal.address(start)))
        own = Root(language=first.language, path=start)
        twins = _twins(first, own)
        wanted = await self._wanted(own, twins, language)
        roots = tuple(dict.fromkeys((own, *twins, *wanted)))
        indexes = [index for root in wanted if (index := await self.read(root.path)) is not None]
        return _discovered(wanted, roots, (*indexes, *await self._sitemaps(sitemaps)), choice)

    async def _wanted(self, own: Root, twins: tuple[Root, ...], language: str | None) -> tuple[Root, ...]:
        if language is None or language == own.language:
            return (own,)
        if language == ALL_LANGUAGES:
            guesses = () if twins else LANGUAGES
            return (own, *twins, *[root for code in guesses if (root := await self._guessed(own, code)) is not None])
        told = next((twin for twin in twins if twin.language == language), None)
        named = told or await self._guessed(own, language)
        if named is None:
            origin = Origin(file=self._portal.address(own.path))
            raise refusal("fetch-language", f"there is no index in language {language}", origin)
        return (named,)

    async def _guessed(self, own: Root, language: str) -> Root | None:
        """Look for the index in another language where portals usually have it."""
        if language == own.language:
            return None
        for path in twin_paths(own.path, own.language, language, LANGUAGES):
            index = await self.read(path)
            if index is not None and index.language == language:
                return Root(language=language, path=path)
        return None

    async def read(self, path: str) -> Index | None:
        """Read where the links of an index lead, or know it from the last time; None if it is not there.

        Raises:
            ApiscribeError: it cannot be had, or is no page.
        """
        if path not in self._read:
            self._read[path] = await self._ask(path)
        return self._read[path]

    async def _ask(self, path: str) -> Index | None:
        address = self._portal.address(path)
        known = self._store.index(address)
        etag, modified = (known.etag, known.last_modified) if known is not None else (None, None)
        try:
            answer = await self._portal.get(path, etag=etag, last_modified=modified)
        except FetchError as error:
            raise refusal("fetch-index", str(error), Origin(file=address)) from error
        if answer.status == 304 and known is not None:
            return known
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise refusal("fetch-index", f"answered {answer.status}", Origin(file=address))
        index = index_of(self._portal, answer, page_text(answer.data, address), address)
        self._store.put_index(index)
        return index

    async def _sitemaps(self, named: Iterable[str]) -> list[Index]:
        """Read the sitemaps that robots.txt names, else the usual one."""
        site = self._portal.site
        waiting = [path for one in named if not isinstance(path := resolve(one, "/", site), Alien)] or [SITEMAP]
        seen: set[str] = set()
        found = []
        while waiting and len(seen) < MAX_SITEMAPS:
            path = waiting.pop(0)
            index = await self._sitemap(path) if path not in seen else None
            seen.add(path)
            if index is not None:
                waiting += [link for link in index.links if link.endswith(".xml")]
                found.append(index)
        rest = set(waiting) - seen
        if rest:
            self._warn(
                f"{len(rest)} sitemaps beyond the first {MAX_SITEMAPS} were not read", self._portal.address(min(rest))
            )
        return found

    def _warn(self, message: str, address: str) -> None:
        origin = Origin(file=address)
        self.found.append(Diagnostic(rule="fetch-sitemap", message=message, origin=origin, severity=Severity.WARNING))

    async def _sitemap(self, path: str) -> Index | None:
        address = self._portal.address(path)
        known = self._store.index(address)
        if known is not None and known.status != 200:
            return None
        etag, modified = (known.etag, known.last_modified) if known is not None else (None, None)
        try:
            answer = await self._portal.get(path, etag=etag, last_modified=modified)
        except FetchError as error:
            self._warn(f"the sitemap was not read: {error}", address)
            return None
        if answer.status == 304 and known is not None:
            return known
        index = Index(address=address, status=answer.status)
        if answer.status == 200:
            links = sitemap_links(answer.data.decode("utf-8", "replace"))
            paths, alien = _resolved(self._portal, links, path, pages=False)
            index = replace(index, links=paths, alien=alien, etag=answer.etag, last_modified=answer.last_modified)
        self._store.put_index(index)
        return index if answer.status == 200 else None


def _discovered(
    wanted: tuple[Root, ...], roots: tuple[Root, ...], indexes: Iterable[Index], choice: Choice
) -> Discovered:
    alien: Counter[str] = Counter()
    paths: dict[str, None] = {}
    for index in indexes:
        alien.update(dict(index.alien))
        paths.update(dict.fromkeys(index.links))
    named = [f"{root.path}{below}/" for root in wanted for below in choice.named]
    return Discovered(wanted=wanted, roots=roots, paths=(*paths, *named), alien=tuple(sorted(alien.items())))


def _twins(index: Index, own: Root) -> tuple[Root, ...]:
    roots = [
        Root(language=code, path=path if path.endswith("/") else f"{path}/")
        for code, path in index.twins
        if code not in (own.language, "x")
    ]
    return tuple(root for root in dict.fromkeys(roots) if root.path != own.path)


def index_of(portal: Portal, answer: Answer, text: str, address: str) -> Index:
    """Say where the links of a page lead."""
    head = read_head(text)
    paths, alien = _resolved(portal, anchors(text), _base(portal, head, answer.path))
    twins = [(code, resolve(link, answer.path, portal.site)) for code, link in head.alternates]
    return Index(
        address=address,
        etag=answer.etag,
        last_modified=answer.last_modified,
        language=head.language,
        twins=tuple((code, path) for code, path in twins if not isinstance(path, Alien)),
        links=paths,
        alien=alien,
    )


def content_paths(portal: Portal, text: str, path: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """List where the links of a kept page lead, and how many were left alone and why."""
    return _resolved(portal, anchors(text), _base(portal, read_head(text), path))


def _base(portal: Portal, head: Head, path: str) -> str:
    """Find what links are relative to; a base on another host makes all of them lead there, and so nowhere."""
    if head.base is None:
        return path
    base = resolve(head.base, path, portal.site)
    return base if not isinstance(base, Alien) else f"{ELSEWHERE}{path}"


def _resolved(
    portal: Portal, links: Iterator[str], base: str, *, pages: bool = True
) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    paths: dict[str, None] = {}
    alien: Counter[str] = Counter()
    for link in dict.fromkeys(islice(links, MAX_LINKS)):
        path = resolve(link, base, portal.site)
        if not isinstance(path, Alien) and pages and is_file(path):
            path = Alien.FILE
        if isinstance(path, Alien):
            alien[path.value] += 1
        else:
            paths[path] = None
    alien.update({Alien.MORE.value: rest} if (rest := sum(1 for _ in links)) else {})
    return tuple(paths), tuple(sorted(alien.items()))

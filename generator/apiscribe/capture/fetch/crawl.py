"""The crawl room: every page of a choice asked for once, kept as it comes, and told of at the end."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from apiscribe.capture.fetch.address import Alien, Choice, Root, Site, is_file, open_site, page_name, root_of
from apiscribe.capture.fetch.content import kept_part, page_text
from apiscribe.capture.fetch.discovery import INDEX_DEPTH, Discovered, Indexes, content_paths, index_of, read_robots
from apiscribe.capture.fetch.pace import Pace
from apiscribe.capture.fetch.portal import Answer, FetchError, Limits, Portal, open_client
from apiscribe.capture.fetch.store import Store, digest
from apiscribe.capture.lock import Fetched
from apiscribe.errors import ApiscribeError, Diagnostic, Origin, Severity, refusal, shown

# Where so many pages in a row cannot be had, the portal is down or wants no more of it.
MAX_FAILURES_IN_A_ROW = 20
_GONE = (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to fetch, and how: where the reference begins, which pages, in which language, at what pace."""

    address: str
    user_agent: str
    choice: Choice = field(default_factory=Choice)
    language: str | None = None
    concurrency: int = 4
    delay: float | None = None
    prune: bool = False
    max_pages: int = 20_000
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: pages done and known of, bytes received."""

    done: int
    total: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did: pages by what became of them, failures and warnings, bytes that came over the wire."""

    new: int
    changed: int
    unchanged: int
    resumed: int
    gone: int
    pruned: int
    received: int
    alien: tuple[tuple[str, int], ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether a page that is listed could not be had."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def fetch(order: Order, store: Store, show: Callable[[Progress], None] = lambda progress: None) -> Outcome:
    """Fetch what is ordered into the store. Pages that fail are told in the outcome; the others are kept all the same.

    Raises:
        ApiscribeError: nothing can be fetched: the address is not taken, robots.txt or the index cannot be had.
    """
    site, start = open_site(order.address)
    return asyncio.run(_fetch(order, store, site, start, show))


async def _fetch(order: Order, store: Store, site: Site, start: str, show: Callable[[Progress], None]) -> Outcome:
    delay = order.delay if order.delay is not None else 0.0 if site.local else 0.1
    pace = Pace(concurrency=order.concurrency, delay=delay)
    async with open_client(site, user_agent=order.user_agent, limits=order.limits, context=order.tls) as client:
        portal = Portal(site, client, pace, order.limits)
        asked = (order.choice.include, order.choice.exclude)
        store.begin({"address": order.address, "language": order.language, "choice": [list(one) for one in asked]})
        sitemaps = await read_robots(portal, store)
        indexes = Indexes(portal, store)
        discovered = await indexes.discover(start, order.language, order.choice, sitemaps)
        run = _Run(order, store, portal, indexes, discovered, show)
        await run.work()
        return run.outcome()


class _Run:
    """One run over the pages of a portal."""

    def __init__(
        self,
        order: Order,
        store: Store,
        portal: Portal,
        indexes: Indexes,
        discovered: Discovered,
        show: Callable[[Progress], None],
    ) -> None:
        self._order = order
        self._store = store
        self._portal = portal
        self._indexes = indexes
        self._discovered = discovered
        self._show = show
        self._waiting: asyncio.Queue[tuple[str, str, Root]] = asyncio.Queue()
        self._seen: dict[str, str] = {}
        self._before = frozenset(store.addresses())
        self._listed = frozenset(discovered.paths)
        self._counts: Counter[str] = Counter()
        self._found: list[Diagnostic] = []
        self._in_a_row = 0
        self._done = 0
        self._not_asked = 0

    async def work(self) -> None:
        """Ask for every page, and for those that they lead to."""
        self._add(self._discovered.paths)
        if not self._seen:
            place = self._portal.address(self._discovered.wanted[0].path)
            raise refusal("page-none", "lists no page that was asked for", Origin(file=place))
        try:
            async with asyncio.TaskGroup() as group:
                workers = [group.create_task(self._worker()) for _ in range(self._order.concurrency)]
                await self._waiting.join()
                for worker in workers:
                    worker.cancel()
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        if not self._failed():
            self._miss()
            self._store.complete()

    def outcome(self) -> Outcome:
        """Tell what became of the pages."""
        return Outcome(
            **{name: self._counts[name] for name in ("new", "changed", "unchanged", "resumed", "gone", "pruned")},
            received=self._portal.received,
            alien=self._discovered.alien,
            diagnostics=(*self._found, *self._indexes.found, *self._notes()),
        )

    def _add(self, paths: tuple[str, ...]) -> None:
        for path in paths:
            place = root_of(path, self._discovered.roots)
            if place is None or place[0] not in self._discovered.wanted or is_file(path):
                continue
            root, below = place
            stem = page_name(root, below)
            if below and stem not in self._seen and self._order.choice.takes(below):
                if len(self._seen) >= self._order.max_pages:
                    message = f"more than {self._order.max_pages} pages; --max-pages allows more"
                    raise refusal("fetch-pages", message, Origin(file=self._portal.address(root.path)))
                self._seen[stem] = path
                self._waiting.put_nowait((stem, path, root))

    async def _worker(self) -> None:
        while True:
            stem, path, root = await self._waiting.get()
            try:
                if self._in_a_row >= MAX_FAILURES_IN_A_ROW:
                    self._not_asked += 1
                elif self._store.done(stem):
                    self._counts["resumed"] += 1
                    self._follow(stem)
                else:
                    await self._page(stem, path, root)
                self._done += 1
                self._show(Progress(done=self._done, total=len(self._seen), received=self._portal.received))
            finally:
                self._waiting.task_done()

    async def _page(self, stem: str, path: str, root: Root) -> None:
        known = self._store.known(stem)
        # A page that once led to this address by a redirect is asked for where it was found.
        path = known.address.removeprefix(self._portal.site.origin) if known is not None else path
        address = self._portal.address(path)
        etag, modified = (known.etag, known.last_modified) if known is not None else (None, None)
        try:
            answer = await self._portal.get(path, etag=etag, last_modified=modified)
            self._answered(stem, path, root, answer, known)
        except (FetchError, ApiscribeError) as error:
            self._fail(error, address)
            return
        self._in_a_row = 0

    def _answered(self, stem: str, path: str, root: Root, answer: Answer, known: Fetched | None) -> None:
        if answer.status in _GONE:
            self._gone(stem, self._portal.address(path), answer.status)
        elif answer.status == 304 and known is not None:
            self._counts["unchanged"] += 1
            self._store.unchanged(stem, replace(known, status=200))
            self._follow(stem)
        elif answer.status != 200:
            raise FetchError(f"answered {answer.status}")
        elif answer.path == path or not self._moved(stem, path, answer.path):
            self._keep(stem, root, answer)
            self._follow(stem)

    def _keep(self, stem: str, root: Root, answer: Answer) -> None:
        address = self._portal.address(answer.path)
        text = page_text(answer.data, address)
        kept = kept_part(text, answer.media_type, address)
        if answer.charset not in (None, "utf-8", "utf8", "us-ascii"):
            message = f"calls its text {shown(answer.charset)}; it was read as the UTF-8 that it is"
            self._warn("page-encoding", message, address)
        fetched = Fetched(
            address=address,
            sha256=digest(kept.data),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )
        changed = self._store.put(stem, kept.suffix, kept.data, fetched)
        self._counts["new" if stem not in self._before else "changed" if changed else "unchanged"] += 1
        if (root.below(answer.path) or "").count("/") < INDEX_DEPTH:
            index = index_of(self._portal, answer, text, address)
            # Its menu is mostly that of the root: what is left is what only this page lists.
            self._store.put_index(replace(index, links=tuple(set(index.links) - self._listed)))

    def _moved(self, stem: str, asked: str, path: str) -> bool:
        """Tell whether a page is now another page; one that is only written in another way stays the page it is."""
        place = root_of(path, self._discovered.roots)
        if place is None:
            raise FetchError(f"redirects out of the reference, which is not followed: {shown(path)}")
        if page_name(*place) == stem:
            return False
        self._warn("fetch-moved", f"redirects to {shown(path)}: the page has moved", self._portal.address(asked))
        self._add((path,))
        return True

    def _gone(self, stem: str, address: str, status: int) -> None:
        self._counts["gone"] += 1
        self._in_a_row = 0
        if stem not in self._before:
            self._warn("page-gone", f"is listed, but not there ({status})", address)
            return
        self._store.mark(stem, status)
        self._leave(stem, address, f"is gone ({status})")

    def _miss(self) -> None:
        """Tell of kept pages that the portal no longer lists."""
        origin = self._portal.site.origin
        for stem, address in sorted(self._store.addresses().items()):
            path = address.removeprefix(origin)
            place = root_of(path, self._discovered.roots) if path != address and stem not in self._seen else None
            if place is not None and place[0] in self._discovered.wanted and self._order.choice.takes(place[1]):
                self._counts["gone"] += 1
                self._leave(stem, address, "is no longer listed")

    def _leave(self, stem: str, address: str, what: str) -> None:
        if self._order.prune:
            self._store.remove(stem)
            self._counts["pruned"] += 1
            self._warn("page-gone", f"{what}; its kept page was removed", address)
        else:
            self._warn("page-gone", f"{what}; its kept page stays until --prune", address)

    def _follow(self, stem: str) -> None:
        """Go on to where a kept page leads: by its content, and by its menu if it is a category or a service."""
        address = self._store.address(stem)
        text = self._store.data(stem).decode()
        paths, alien = content_paths(self._portal, text, address.removeprefix(self._portal.site.origin))
        index = self._store.index(address)
        self._add((*paths, *(index.links if index is not None else ())))
        rest = max(dict(found).get(Alien.MORE, 0) for found in (alien, index.alien if index is not None else ()))
        if rest:
            self._warn("fetch-links", _dropped(rest), address)

    def _fail(self, error: FetchError | ApiscribeError, address: str) -> None:
        self._in_a_row += 1
        if isinstance(error, ApiscribeError):
            self._found += error.diagnostics
        else:
            self._found.append(Diagnostic(rule="fetch-page", message=str(error), origin=Origin(file=address)))

    def _failed(self) -> bool:
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self._found)

    def _warn(self, rule: str, message: str, address: str) -> None:
        origin = Origin(file=address)
        self._found.append(Diagnostic(rule=rule, message=message, origin=origin, severity=Severity.WARNING))

    def _notes(self) -> Iterator[Diagnostic]:
        place = Origin(file=self._portal.address(self._discovered.wanted[0].path))
        if self._not_asked:
            message = f"stopped: {MAX_FAILURES_IN_A_ROW} pages in a row failed, {self._not_asked} were not asked for"
            yield Diagnostic(rule="fetch-stopped", message=message, origin=place)
        rest = dict(self._discovered.alien).get(Alien.MORE, 0)
        if rest:
            yield Diagnostic(rule="fetch-links", message=_dropped(rest), origin=place, severity=Severity.WARNING)


def _dropped(rest: int) -> str:
    return f"{rest} links {Alien.MORE} were not looked at"

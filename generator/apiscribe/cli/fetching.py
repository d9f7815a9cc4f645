"""Fetching for commands: the options, the progress, and the lines that tell what came of it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from apiscribe import __version__
from apiscribe.cli.console import counted, fetch_progress, say
from apiscribe.cli.pages import Found, find_pages, locked
from apiscribe.errors import Diagnostic, Origin, Severity, line_of, refusal

if TYPE_CHECKING:
    from apiscribe.capture import Profile
    from apiscribe.capture.fetch import Outcome, Store
    from apiscribe.capture.lock import Fetched
    from apiscribe.project import Api

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
USER_AGENT: Final = f"apiscribe/{__version__}"
MAX_CONCURRENCY: Final = 32
BOTH: Final = "both"
DEFAULT_CONCURRENCY: Final = 4
DEFAULT_MAX_PAGES: Final = 20_000

_OPTIONS: Final = (
    click.option(
        "--include",
        multiple=True,
        metavar="PATTERN",
        help="With an address: pages below it to take, such as 'storage/*'. Repeatable.",
    ),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="With an address: pages to leave. Repeatable."),
    click.option("--prune", is_flag=True, help="Remove kept pages that the portal no longer has."),
    click.option("--user-agent", default=USER_AGENT, metavar="TEXT", help=f"[default: {USER_AGENT}]"),
    click.option(
        "--concurrency",
        type=click.IntRange(1, MAX_CONCURRENCY),
        default=DEFAULT_CONCURRENCY,
        help="Requests at a time.  [default: 4]",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(0, 3600),
        metavar="SECONDS",
        help="Between the starts of two requests; robots.txt may ask for more.  [default: 0.1]",
    ),
    click.option(
        "--max-pages",
        type=click.IntRange(min=1),
        default=DEFAULT_MAX_PAGES,
        help="Refuse to fetch more.  [default: 20000]",
    ),
    click.option(
        "--ca-file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="Authorities to trust instead of the usual ones, as PEM.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How pages are to be fetched, as the options say; what is None or empty is left to the defaults."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    user_agent: str = USER_AGENT
    concurrency: int = DEFAULT_CONCURRENCY
    delay: float | None = None
    max_pages: int = DEFAULT_MAX_PAGES
    prune: bool = False
    ca_file: Path | None = None
    language: str | None = None

    def for_api(self, api: Api, language: str | None) -> Fetching:
        """Complete what the options leave open with what the project says of one portal."""
        include, exclude = self.include or api.include, self.exclude or api.exclude
        return replace(self, include=include, exclude=exclude, language=language or api.language)


# What options say under their own names.
FETCHING: Final = tuple(field.name for field in fields(Fetching) if field.name != "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Pages to read, and how those were fetched that came from a portal: as a lock says, or just `now`."""

    found: Found
    fetched: Callable[[], Mapping[str, Fetched]]
    now: tuple[tuple[str, Fetched], ...] = ()
    settle: Callable[[], None] = lambda: None


def fetch_options(function: Decorated) -> Decorated:
    """Add the options of fetching."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def is_address(name: str) -> bool:
    """Tell whether something named is an address and not a path."""
    return "://" in name


def bring(
    address: str,
    profile: Profile,
    fetching: Fetching,
    *,
    folder: Path | None,
    lock: Path | None,
    skip_invalid: bool = False,
) -> Brought:
    """Fetch the pages at an address into a folder, or without one into memory, and give them all.

    `lock` is the folder whose pages.lock says how pages were fetched before.

    Raises:
        ApiscribeError: pages could not be had, unless those are to be left out; the others are kept all the same.
    """
    from apiscribe.capture.fetch import Store

    store = Store(folder, locked(lock) if lock is not None else {}, write=True)
    outcome = _fetch(address, profile, fetching, store)
    _report(address, outcome, skip_invalid=skip_invalid)
    found = find_pages((folder,), folder) if folder is not None else Found(pages=tuple(store.sources()), skipped=())
    now = tuple(sorted(store.fetched().items()))
    return Brought(found=found, fetched=store.fetched, now=now, settle=store.settle)


def pages_at(
    address: str,
    profile: Profile,
    fetching: Fetching = Fetching(),
    *,
    language: str | None = None,
    folder: Path | None = None,
    lock: Path | None = None,
) -> Found:
    """Give the pages at an address as they are now, and write nothing.

    `folder` and `lock` are those of an earlier fetch: a page that has not changed since is then not sent again.

    Raises:
        ApiscribeError: a page could not be had.
    """
    from apiscribe.capture.fetch import Store

    store = Store(folder, locked(lock) if lock is not None else {}, write=False)
    outcome = _fetch(address, profile, replace(fetching, prune=True, language=language or fetching.language), store)
    _report(address, outcome, skip_invalid=False)
    return Found(pages=tuple(store.sources()), skipped=())


def _fetch(address: str, profile: Profile, fetching: Fetching, store: Store) -> Outcome:
    from apiscribe.capture.fetch import Choice, Order, fetch

    choice = Choice(include=fetching.include, exclude=fetching.exclude, forms=profile.page_forms)
    order = Order(
        address=address,
        user_agent=fetching.user_agent,
        choice=choice,
        language=fetching.language,
        concurrency=fetching.concurrency,
        delay=fetching.delay,
        prune=fetching.prune,
        max_pages=fetching.max_pages,
        tls=_context(fetching.ca_file),
    )
    with fetch_progress() as show:
        return fetch(order, store, lambda progress: show(progress.done, progress.total, progress.received))


def _context(file: Path | None) -> ssl.SSLContext | None:
    try:
        return ssl.create_default_context(cafile=file) if file is not None else None
    except (ssl.SSLError, OSError) as error:
        raise refusal("fetch-authorities", "is not a PEM file of certificates", Origin(file=str(file))) from error


def _report(address: str, outcome: Outcome, *, skip_invalid: bool) -> None:
    """Tell what came of a run: a line for each page that failed, however many, and one for the whole."""
    for diagnostic in outcome.diagnostics:
        click.echo(line_of(_left_out(diagnostic) if skip_invalid else diagnostic), err=True)
    numbers = ("new", "changed", "unchanged", "resumed", "gone", "pruned")
    parts = [f"{number} {name}" for name in numbers if (number := getattr(outcome, name))]
    say(f"{address}: {', '.join(parts) or 'no page'}; {outcome.received:,} bytes received")
    if outcome.alien:
        links = ", ".join(f"{number} {reason}" for reason, number in outcome.alien)
        say(f"{address}: links not followed: {links}")
    failed = sum(diagnostic.severity is Severity.ERROR for diagnostic in outcome.diagnostics)
    if failed and not skip_invalid:
        message = f"{counted(failed, 'page')} could not be fetched; the same command fetches only what is missing"
        raise refusal("fetch-failed", message, Origin(file=address))


def _left_out(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.severity is Severity.WARNING:
        return diagnostic
    return replace(diagnostic, severity=Severity.WARNING, message=f"left out: {diagnostic.message}")

"""What people read: tables and progress on a terminal, plain lines elsewhere; diagnostics on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import click

from apiscribe.errors import ApiscribeError, Diagnostic, Severity, report

SECONDS_BETWEEN_LINES = 5.0


def say(line: str = "") -> None:
    """Print one line of the result."""
    click.echo(line)


def counted(number: int, word: str) -> str:
    """Say a number of things.

    >>> counted(1, "page"), counted(3, "page")
    ('1 page', '3 pages')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def warn(diagnostics: Iterable[Diagnostic], *, strict: bool) -> None:
    """Print warnings on stderr.

    Raises:
        ApiscribeError: there are any, and warnings are to be errors.
    """
    found = tuple(diagnostics)
    if strict and found:
        raise ApiscribeError([replace(diagnostic, severity=Severity.ERROR) for diagnostic in found])
    for line in report(found):
        click.echo(line, err=True)


def say_table(titles: Sequence[str], rows: Sequence[Sequence[str]], *, titled: bool = False) -> None:
    """Print a table; on anything but a terminal, aligned columns without a frame, and their titles on demand."""
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD)
        for column, title in enumerate(titles):
            numeric = bool(rows) and all(row[column].isdigit() for row in rows)
            table.add_column(title, justify="right" if numeric else "left")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    lines = [titles, *rows] if titled else rows
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))] if lines else []
    for line in lines:
        cells = (
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        )
        say("  ".join(cells).rstrip())


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done; the given function names the step. Nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    # No refreshing thread: worker processes are forked while this is shown.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as shown:
        task = shown.add_task(title, total=None)

        def show(step: str) -> None:
            shown.update(task, description=f"{title}: {step}")
            shown.refresh()

        yield show


@contextmanager
def fetch_progress() -> Iterator[Callable[[int, int, int], None]]:
    """Show how far a fetch is, given pages done, pages known of, and bytes received: rate and time that is left.

    On a terminal it is a bar; elsewhere a plain line on stderr, every few seconds.
    """
    if not sys.stderr.isatty():
        yield _plain_progress(time.monotonic())
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        *(TextColumn("fetching"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}")),
        *(TextColumn("{task.fields[received]}"), TimeRemainingColumn()),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task, begun = shown.add_task("", total=None, rate="", received=""), time.monotonic()

        def show(done: int, total: int, received: int) -> None:
            rate = f"{done / max(time.monotonic() - begun, 0.001):.1f} pages/s"
            shown.update(task, completed=done, total=total, rate=rate, received=f"{received / 1e6:,.1f} MB")

        yield show


def _plain_progress(begun: float) -> Callable[[int, int, int], None]:
    told = begun

    def show(done: int, total: int, received: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < SECONDS_BETWEEN_LINES and done < total:
            return
        told = now
        rate = done / max(now - begun, 0.001)
        left = f", {(total - done) / rate:.0f} s left" if done < total else ""
        click.echo(f"fetched {done} of {total} pages, {rate:.1f} pages/s, {received / 1e6:,.1f} MB{left}", err=True)

    return show

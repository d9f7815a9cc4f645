"""The part of `check` that recaptures: the documents and pages.lock of a project against its pages, or others."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from apiscribe.cli.console import counted, say, say_table, warn
from apiscribe.cli.diff import key_of
from apiscribe.cli.fetching import Fetching, is_address, pages_at
from apiscribe.cli.inputs import read_input
from apiscribe.cli.jobs import Request, documents_of, find_project
from apiscribe.cli.options import MAX_DOCUMENT_BYTES
from apiscribe.cli.pages import MAX_LOCK, PAGES_LOCK, Found, captured_files, find_pages, locked
from apiscribe.errors import Diagnostic, Origin, line_of, refusal, shown
from apiscribe.output.compare import Comparison, compare
from apiscribe.project import Api

if TYPE_CHECKING:
    from apiscribe.capture import Captured
    from apiscribe.cli.drift import Row
    from apiscribe.diff import Side

KEPT: Final = ""


def check_pages(request: Request, source: str) -> bool:
    """Tell whether the documents of the project equal a recapture of its pages, or of those at a folder or address.

    `source` is KEPT for the pages that the project keeps.

    Raises:
        ApiscribeError: pages or documents are refused.
    """
    root, project = find_project(request.project_file)
    apis = [api for api in project.apis if api.pages is not None or source]
    if source and len(apis) != 1:
        known = ", ".join(api.name for api in apis) or "none"
        raise click.UsageError(f"--pages {source} needs a project with one api; {project.file} has {known}")
    steps = [_check_api(root, api, request, source) for api in apis]
    return all(steps)


def _check_api(root: Path, api: Api, request: Request, source: str) -> bool:
    from apiscribe import capture

    specs = root / api.specs
    found = _pages(root, api, source)
    if not found.pages:
        raise refusal("page-none", "holds no page", Origin(file=source or str(root / (api.pages or ""))))
    captured, contradictions = capture.settle(
        found.pages,
        capture.open_profile(api.profile),
        language=api.language or capture.DEFAULT_LANGUAGE,
        skip_invalid=request.skip_invalid,
    )
    if not captured.documents:
        raise refusal("page-none", "no page of an operation was found", Origin(file=found.pages[0].path))
    warn((*found.skipped, *captured.diagnostics), strict=request.strict)
    comparison = compare(captured_files(captured, locked(specs)), specs, whole=False)
    kept = _kept(root, api, captured, only_same_services=bool(source))
    surplus = [side.document.file for side in kept if Path(side.document.file).name not in _names(captured)]
    is_same = comparison.same and not surplus and not contradictions
    found_rows = (
        []
        if is_same
        else _rows(specs, captured, kept, contradicted=_contradicted(found, contradictions), is_moved=bool(source))
    )
    if is_same or (source and not found_rows and not contradictions):
        pages, documents = counted(len(found.pages), "page"), counted(len(captured.documents), "document")
        say(f"{specs}: in step with {pages} ({documents})")
        return True
    say(f"{specs}: out of step with {source or 'its pages'}")
    _tell(found_rows, contradictions, comparison if not source else Comparison())
    if contradictions:
        say("capture refuses pages that contradict each other: bring in the newer one of each first")
    for line in _mending(request, api, root, source, surplus):
        say(line)
    return False


def _pages(root: Path, api: Api, source: str) -> Found:
    """Read the pages of the project, or those that are named in their place."""
    from apiscribe import capture

    kept, specs = root / (api.pages or ""), root / api.specs
    if not source:
        return find_pages((kept,), kept)
    if is_address(source):
        folder = kept if api.pages is not None and kept.is_dir() else None
        fetching = Fetching().for_api(api, None)
        return pages_at(source, capture.open_profile(api.profile), fetching, folder=folder, lock=specs)
    return find_pages((Path(source),), Path(source))


def _names(captured: Captured) -> set[str]:
    return {document.name for document in captured.documents}


def _kept(root: Path, api: Api, captured: Captured, *, only_same_services: bool) -> list[Side]:
    """Load the captured documents on disk: those whose operations say from which page they are.

    Pages of a part of the portal tell nothing of the other services: with `only_same_services` these are left aside.
    """
    services = {document.service for document in captured.documents}
    sides = [_side(path, read_input(path, limit=MAX_DOCUMENT_BYTES)) for path in documents_of(root, api)]
    return [side for side in sides if _is_captured(side) and (key_of(side)[0] in services or not only_same_services)]


def _is_captured(side: Side) -> bool:
    info = side.document.root.get("info")
    paths = side.document.root.get("paths")
    operations = [operation for item in paths or () for operation in item]
    return info is not None and "x-service" in info and any("x-source" in operation for operation in operations)


def _contradicted(found: Found, contradictions: Sequence[Diagnostic]) -> list[str]:
    """Name the pages that contradictions stand on, on either side."""
    return [
        page.name or page.path
        for page in found.pages
        if any(page.path == one.origin.file or f" {page.path}:" in one.message for one in contradictions)
    ]


def _rows(
    specs: Path, captured: Captured, kept: Sequence[Side], *, contradicted: Sequence[str], is_moved: bool
) -> list[Row]:
    from apiscribe.capture.lock import locked_pages
    from apiscribe.cli.drift import page_changes, rows

    lock = specs / PAGES_LOCK
    text = read_input(lock, limit=MAX_LOCK).decode("utf-8", "replace") if lock.is_file() else ""
    before, now = locked_pages(text), locked_pages(captured.lock_text)
    if is_moved:
        services = {page.service for page in now}
        before = tuple(page for page in before if page.service in services)
    pages = page_changes(before, now, moved=is_moved)
    new = [_side(specs / document.name, document.text.encode()) for document in captured.documents]
    return rows(kept, new, pages, contradicted)


def _side(path: Path, data: bytes) -> Side:
    """Load a document as it is: whether it is valid is told elsewhere, and overlays may be needed for that."""
    from apiscribe.diff import Side
    from apiscribe.document import load, resolve

    limits = load.Limits(size=MAX_DOCUMENT_BYTES)
    document = load.load(data, file=str(path), limits=limits)
    return Side(document=document, resolver=resolve.Resolver(document, None, limits))


def _tell(rows: Sequence[Row], contradictions: Sequence[Diagnostic], comparison: Comparison) -> None:
    from apiscribe.cli.drift import tally

    for name in comparison.names():
        say(f"  {name}")
    # Bytes that differ without any difference in what the documents say: how they are written, or the lock alone.
    for line in comparison.diff() if not (rows or contradictions) else ():
        say(line)
    for contradiction in contradictions:
        say(f"  pages contradict each other: {line_of(contradiction).removeprefix('error: ')}")
    if rows:
        say(tally(rows))
        told = [(f"  {row.state}", row.subject, row.changed, row.where) for row in rows]
        say_table(("state", "operation", "change", "where"), told)


def _mending(request: Request, api: Api, root: Path, source: str, surplus: Sequence[str]) -> list[str]:
    """Say how to mend it; a document that no page gives any more is the user's to remove."""
    given = () if request.project_file is None else ("--project", str(request.project_file))
    command = ("apiscribe", "capture", *given)
    if source:
        keep = ("--pages", str(root / api.pages)) if api.pages else ()
        command = ("apiscribe", "capture", source, "--profile", api.profile, "--out", str(root / api.specs), *keep)
    lines = [f"no page gives {shown(name, 400)} any more: remove it if that is meant" for name in surplus]
    return [*lines, f"mend it with: {shlex.join(command)}"]

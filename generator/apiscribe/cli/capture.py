"""The command `capture`: documentation pages to OpenAPI documents on disk."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from apiscribe.cli.console import counted, progress, say, say_table, warn
from apiscribe.cli.fetching import BOTH, FETCHING, Brought, Fetching, bring, fetch_options, is_address
from apiscribe.cli.inputs import resolved
from apiscribe.cli.jobs import DOCUMENT_SUFFIXES, find_project
from apiscribe.cli.options import debug_option, project_option, skip_option, strict_option
from apiscribe.cli.pages import PAGES_LOCK, Contents, Found, captured_files, find_pages, is_kept, locked, newest
from apiscribe.cli.recapture import Result, recall, remember, stamp_key
from apiscribe.errors import ApiscribeError, Origin, refusal, shown

if TYPE_CHECKING:
    from apiscribe.capture import Captured, Profile

DEFAULT_PROFILE = "samsungcloud"


@click.command("capture")
@click.argument("pages", nargs=-1, metavar="[PAGE|DIR|ADDRESS]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.yaml|DIR",
    help="One service: a file for its newest version. A folder: SERVICE-VERSION.yaml for each, and pages.lock if it "
    "has one or --pages is given.",
)
@click.option("--profile", metavar="NAME", help="The portal the pages are from.  [default: samsungcloud]")
@click.option("--service", metavar="NAME", help="The service of model pages that do not tell theirs.")
@click.option(
    "--pages",
    "keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the pages as they are in this folder too, and write pages.lock beside the documents.",
)
@click.option(
    "--language",
    metavar="en|ko|both",
    help="The language of descriptions; what pages in others say is kept beside them.  [default: en]  With an address: "
    "the pages to fetch.  [default: those of the address]",
)
@click.option("--list", "-v", "listed", is_flag=True, help="List every page: its kind, form, language and service.")
@click.option("--fetch", is_flag=True, help="Fetch from the portals that apiscribe.toml names, and capture that.")
@fetch_options
@strict_option
@skip_option
@project_option
@debug_option
def command(
    pages: tuple[str, ...],
    out: Path | None,
    profile: str | None,
    keep: Path | None,
    project_file: Path | None,
    **wanted: Any,
) -> None:
    """Capture documentation pages into OpenAPI documents.

    PAGE is a saved page, as text, Markdown or HTML, in Korean or English; a DIR is searched for pages; the pages below
    an ADDRESS are fetched. All pages of a service belong into one capture. No document is written if a page is refused.

    \b
    One page, or all pages of a service, into one document:
      apiscribe capture updatedataopsservice.txt --out data-ops.yaml
      apiscribe capture pages/data-ops --out data-ops.yaml
    \b
    All pages into a document for each service and version:
      apiscribe capture pages --out spec
    \b
    A portal's pages into a folder, and from there into documents; again, and only what changed is sent:
      apiscribe capture https://docs.example/api/ --include 'storage/*' --pages pages --out spec
    \b
    Again, all pages that apiscribe.toml names; with --fetch, as their portals have them now:
      apiscribe capture
      apiscribe capture --fetch
    """
    fetching = Fetching(**{name: wanted.pop(name) for name in FETCHING})
    reading = _Wanted(fetching=replace(fetching, language=wanted["language"]), **wanted)
    _refuse_mixture(pages, fetching, fetch=reading.fetch)
    if not pages:
        _capture_project(project_file, {"--out": out, "--pages": keep, "--profile": profile}, reading)
    elif out is None:
        raise click.UsageError("--out FILE.yaml or --out DIR is needed with PAGE")
    else:
        _capture(pages, out, profile or DEFAULT_PROFILE, keep, reading)


def _capture_project(project_file: Path | None, options: Mapping[str, object], reading: _Wanted) -> None:
    given = {**options, "--service": reading.service, "--language": None if reading.fetch else reading.language}
    for option in (name for name, value in given.items() if value is not None):
        raise click.UsageError(f"{option} needs at least one PAGE or DIR")
    root, project = find_project(project_file)
    if reading.fetch and not any(api.portal for api in project.apis):
        raise refusal("project-portal", "names no portal to fetch from: [api.NAME] portal", Origin(file=project.file))
    for api in project.apis:
        if api.pages is not None:
            folder, specs = root / api.pages, root / api.specs
            named = api.portal if reading.fetch and api.portal else str(folder)
            fetching = reading.fetching.for_api(api, reading.language)
            _capture((named,), specs, api.profile, folder, replace(reading, language=api.language, fetching=fetching))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """How pages are to be read and, from an address, to be fetched, as the options say."""

    service: str | None
    language: str | None
    strict: bool
    skip_invalid: bool
    listed: bool
    fetch: bool
    fetching: Fetching


def _refuse_mixture(pages: tuple[str, ...], fetching: Fetching, *, fetch: bool) -> None:
    addresses = [name for name in pages if is_address(name)]
    if addresses and len(pages) > 1:
        raise click.UsageError("an ADDRESS is fetched alone: keep its pages with --pages DIR, and capture that folder")
    if fetch and pages:
        raise click.UsageError("--fetch is for the portals of apiscribe.toml; with an ADDRESS it is not needed")
    if not (addresses or fetch) and fetching != Fetching():
        raise click.UsageError("options of fetching, such as --include, need an ADDRESS or --fetch")


def _capture(named: tuple[str, ...], out: Path, profile: str, keep: Path | None, wanted: _Wanted) -> None:
    from apiscribe import capture

    chosen = capture.open_profile(profile)
    folder = out.parent if out.suffix in DOCUMENT_SUFFIXES else out
    brought = _brought(named, folder, chosen, keep, wanted)
    found = brought.found
    cache = platformdirs.user_cache_path("apiscribe") / "captured"
    language = wanted.language if wanted.language != BOTH else None
    key = _stamp_key(found, keep, (resolved(out), profile, language, wanted.service, wanted.skip_invalid, brought.now))
    past = recall(key, folder, cache) if key is not None and not wanted.listed else None
    if past is not None:
        brought.settle()
        _tell(past, wanted, f"{out}: unchanged ({counted(len(found.pages), 'page')} not read again)")
        return
    captured = _read(found, chosen, language, wanted)
    files = captured_files(captured, brought.fetched())
    documents = list(captured.documents)
    if out.suffix in DOCUMENT_SUFFIXES:
        documents = [newest(captured.documents)]
        files = {out.name: documents[0].text.encode(), PAGES_LOCK: files[PAGES_LOCK]}
    if keep is None and (folder != out or not (out / PAGES_LOCK).is_file()):
        del files[PAGES_LOCK]
    result = Result(
        rows=tuple(_row(document.service, document.version, document.data) for document in documents),
        diagnostics=(*found.skipped, *captured.diagnostics),
    )
    if wanted.strict:
        warn(result.diagnostics, strict=True)
    touched = _write(files, folder, found, keep)
    brought.settle()
    if wanted.listed:
        _list(captured.lock_text)
    done = f"{counted(touched, 'file')} written" if touched else "unchanged"
    _tell(result, wanted, f"{out}: {done} ({counted(len(found.pages), 'page')} read)")
    if key is not None:
        remember(key, files, result, cache)


def _read(found: Found, profile: Profile, language: str | None, wanted: _Wanted) -> Captured:
    from apiscribe import capture

    with progress("capturing") as show:
        show(f"understanding {len(found.pages)} pages")
        try:
            return capture.read(
                found.pages,
                profile,
                service=wanted.service,
                language=language or capture.DEFAULT_LANGUAGE,
                skip_invalid=wanted.skip_invalid,
            )
        except ApiscribeError:
            capture.refuse_other_portal(found.pages, profile)
            raise


def _stamp_key(found: Found, keep: Path | None, options: tuple[object, ...]) -> str | None:
    """Give the key of this capture's stamp; there is none where pages are held in memory, or to be kept elsewhere."""
    if keep is not None and not all(is_kept(page, keep) for page in found.pages):
        return None
    return stamp_key(found, (*options, keep))


def _tell(result: Result, wanted: _Wanted, done: str) -> None:
    warn(result.diagnostics, strict=wanted.strict)
    say_table(("service", "version", "operations", "schemas"), result.rows)
    say(done)


def _list(lock: str) -> None:
    """Say of every page that was read what it was found to be."""
    columns = ("path", "kind", "form", "language", "service")
    pages = tomllib.loads(lock).get("page", [])
    say_table(columns, [tuple(shown(page.get(column, "-"), 200) for column in columns) for page in pages])


def _brought(named: tuple[str, ...], folder: Path, profile: Profile, keep: Path | None, wanted: _Wanted) -> Brought:
    """Give the pages that are named, fetched from an address or read from disk."""
    if is_address(named[0]):
        return bring(
            named[0],
            profile,
            wanted.fetching,
            folder=keep,
            lock=folder if keep is not None else None,
            skip_invalid=wanted.skip_invalid,
        )
    with progress("capturing") as show:
        show("reading pages")
        found = find_pages([Path(name) for name in named], keep)
    if not found.pages:
        raise refusal("page-none", "holds no page", Origin(file=named[0]))
    return Brought(found=found, fetched=lambda: locked(folder))


def _write(files: dict[str, bytes], folder: Path, found: Found, keep: Path | None) -> int:
    """Write the documents, and the pages if they are kept, in one step where one folder holds both."""
    from apiscribe.output.staging import write_files

    if keep is None:
        return len(write_files(files, folder))
    pages = {page.name or page.path: page for page in found.pages if not is_kept(page, keep)}
    if resolved(keep).is_relative_to(resolved(folder)):
        below = Path(os.path.relpath(resolved(keep), resolved(folder)))
        kept = {(below / name).as_posix(): page for name, page in pages.items()}
        return len(write_files(Contents({**files, **kept}), folder))
    return len(write_files(Contents(pages), keep)) + len(write_files(files, folder))


def _row(service: str, version: str, data: Mapping[str, object]) -> tuple[str, str, str, str]:
    paths, components = data.get("paths"), data.get("components")
    operations = sum(len(item) for item in paths.values()) if isinstance(paths, dict) else 0
    schemas = components.get("schemas", {}) if isinstance(components, dict) else {}
    return service, version, counted(operations, "operation"), counted(len(schemas), "schema")

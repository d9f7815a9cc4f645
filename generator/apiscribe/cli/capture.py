"""The command `capture`: documentation pages to OpenAPI documents on disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from apiscribe.cli.console import counted, progress, say, say_table, warn
from apiscribe.cli.inputs import resolved
from apiscribe.cli.jobs import DOCUMENT_SUFFIXES, find_project
from apiscribe.cli.options import debug_option, project_option, skip_option, strict_option
from apiscribe.cli.pages import PAGES_LOCK, Found, captured_files, find_pages, newest
from apiscribe.errors import Origin, refusal

DEFAULT_PROFILE = "samsungcloud"


@click.command("capture")
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path), metavar="[PAGE|DIR]...")
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
    metavar="en|ko",
    help="The language of descriptions; what pages in others say is kept beside them.  [default: en]",
)
@strict_option
@skip_option
@project_option
@debug_option
def command(
    pages: tuple[Path, ...],
    out: Path | None,
    profile: str | None,
    keep: Path | None,
    project_file: Path | None,
    **wanted: Any,
) -> None:
    """Capture saved documentation pages into OpenAPI documents.

    PAGE is a saved page, as text, Markdown or HTML, in Korean or English; a DIR is searched for pages. All pages of a
    service belong into one capture. Nothing is written if a page is refused.

    \b
    One page, or all pages of a service, into one document:
      apiscribe capture updatedataopsservice.txt --out data-ops.yaml
      apiscribe capture pages/data-ops --out data-ops.yaml
    \b
    All pages into a document for each service and version:
      apiscribe capture pages --out spec
    \b
    Again, all pages that apiscribe.toml names:
      apiscribe capture
    """
    reading = _Wanted(**wanted)
    if pages and out is None:
        raise click.UsageError("--out FILE.yaml or --out DIR is needed with PAGE")
    if pages and out is not None:
        _capture(pages, out, profile or DEFAULT_PROFILE, keep, reading)
        return
    given = {"--out": out, "--pages": keep, "--profile": profile}
    given |= {"--service": reading.service, "--language": reading.language}
    for option in (name for name, value in given.items() if value is not None):
        raise click.UsageError(f"{option} needs at least one PAGE or DIR")
    root, project = find_project(project_file)
    for api in project.apis:
        if api.pages is not None:
            folder, specs = root / api.pages, root / api.specs
            _capture((folder,), specs, api.profile, folder, replace(reading, language=api.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """How pages are to be read, as the options say."""

    service: str | None
    language: str | None
    strict: bool
    skip_invalid: bool


def _capture(named: tuple[Path, ...], out: Path, profile: str, keep: Path | None, wanted: _Wanted) -> None:
    from apiscribe import capture

    chosen = capture.open_profile(profile)
    with progress("capturing") as show:
        show("reading pages")
        found = find_pages(named, keep)
        if not found.pages:
            raise refusal("page-none", "holds no page", Origin(file=str(named[0])))
        show(f"understanding {len(found.pages)} pages")
        captured = capture.read(
            found.pages,
            chosen,
            service=wanted.service,
            language=wanted.language or capture.DEFAULT_LANGUAGE,
            skip_invalid=wanted.skip_invalid,
        )
    warn((*found.skipped, *captured.diagnostics), strict=wanted.strict)
    if out.suffix in DOCUMENT_SUFFIXES:
        documents = [newest(captured.documents)]
        files, folder = {out.name: documents[0].text.encode()}, out.parent
        if keep is not None:
            files[PAGES_LOCK] = captured.lock_text.encode()
    else:
        documents = list(captured.documents)
        files, folder = captured_files(captured), out
        if keep is None and not (out / PAGES_LOCK).is_file():
            del files[PAGES_LOCK]
    touched = _write(files, folder, found, keep)
    rows = [_row(document.service, document.version, document.data) for document in documents]
    say_table(("service", "version", "operations", "schemas"), rows)
    done = f"{counted(touched, 'file')} written" if touched else "unchanged"
    say(f"{out}: {done} ({counted(len(found.pages), 'page')} read)")


def _write(files: dict[str, bytes], folder: Path, found: Found, keep: Path | None) -> int:
    """Write the documents, and the pages if they are kept, in one step where one folder holds both."""
    from apiscribe.output.staging import write_files

    if keep is None:
        return len(write_files(files, folder))
    pages = {page.name or page.path: page.data for page in found.pages}
    if resolved(keep).is_relative_to(resolved(folder)):
        below = Path(os.path.relpath(resolved(keep), resolved(folder)))
        kept = {(below / name).as_posix(): data for name, data in pages.items()}
        return len(write_files({**files, **kept}, folder))
    return len(write_files(pages, keep)) + len(write_files(files, folder))


def _row(service: str, version: str, data: Mapping[str, object]) -> tuple[str, str, str, str]:
    paths, components = data.get("paths"), data.get("components")
    operations = sum(len(item) for item in paths.values()) if isinstance(paths, dict) else 0
    schemas = components.get("schemas", {}) if isinstance(components, dict) else {}
    return service, version, counted(operations, "operation"), counted(len(schemas), "schema")

"""The command `coverage`: a table on the terminal and one HTML page about what pages give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from apiscribe.cli.console import counted, progress, say, say_table
from apiscribe.cli.inputs import read_input
from apiscribe.cli.jobs import find_project
from apiscribe.cli.options import debug_option, project_option
from apiscribe.cli.pages import Found, find_pages
from apiscribe.cli.specs import DEFAULT_PROFILE
from apiscribe.errors import Origin, refusal, shown

if TYPE_CHECKING:
    from apiscribe.capture.coverage import Coverage, ServiceCoverage

PAGE: Final = Path("coverage.html")
MAX_PAGE_BYTES: Final = 1024 * 1024 * 1024
_TITLES: Final = (
    *("service", "pages", "parsed", "refused", "operations", "stated", "inferred", "unknown"),
    *("missing models", "warnings"),
)


@click.command("coverage")
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PAGE|DIR]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=PAGE,
    metavar="FILE.html",
    help="The page to write.  [default: coverage.html]",
)
@click.option("--profile", metavar="NAME", help="The portal the pages are from.  [default: samsungcloud]")
@click.option("--service", metavar="NAME", help="The service of model pages that do not tell theirs.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and write no page.")
@project_option
@debug_option
def command(
    pages: tuple[Path, ...],
    out: Path,
    profile: str | None,
    service: str | None,
    as_json: bool,
    project_file: Path | None,
) -> None:
    """Tell how much of the pages is understood: a table here, and all of it in one HTML page.

    For each service: pages seen, parsed and refused, operations, fields stated, inferred and unknown, models that are
    referred to but described nowhere, and warnings. The page lists every warning with its place. It loads nothing.

    \b
      apiscribe coverage                     the kept pages that apiscribe.toml names
      apiscribe coverage pages --out docs/coverage.html
    """
    counts = _counted(pages, profile, service, project_file)
    if as_json:
        say(json.dumps(_as_json(counts), ensure_ascii=False, indent=2))
        return
    _write(counts, out)
    total = counts.total
    rows = [_row(one.service or "(no service)", one) for one in counts.services]
    say_table(_TITLES, [*rows, _row("all", total)], titled=True)
    errors = sum(one.is_error for one in counts.findings)
    say(f"{out}: written ({counted(errors, 'error')}, {counted(len(counts.findings) - errors, 'warning')})")


def _counted(pages: tuple[Path, ...], profile: str | None, service: str | None, project_file: Path | None) -> Coverage:
    from apiscribe import capture
    from apiscribe.capture.capturing import survey
    from apiscribe.capture.coverage import coverage, merged

    wanted: list[tuple[tuple[Path, ...], Path | None, str, str]] = []
    if pages:
        wanted.append((pages, None, profile or DEFAULT_PROFILE, capture.DEFAULT_LANGUAGE))
    else:
        root, project = find_project(project_file)
        kept = [api for api in project.apis if api.pages is not None]
        for api in kept:
            kept_pages = root / (api.pages or "")
            wanted.append(((kept_pages,), kept_pages, api.profile, api.language or capture.DEFAULT_LANGUAGE))
    counts = []
    for named, folder, portal, language in wanted:
        with progress("counting") as show:
            show("reading pages")
            found = _found(named, folder)
            show(f"understanding {len(found.pages)} pages")
            surveyed = survey(found.pages, capture.open_profile(portal), service=service, language=language)
            counts.append(coverage(found.pages, surveyed, found.skipped))
    return merged(counts)


def _found(named: Sequence[Path], folder: Path | None) -> Found:
    found = find_pages(named, folder)
    if not found.pages:
        raise refusal("page-none", "holds no page", Origin(file=str(named[0])))
    return found


def _row(name: str, one: ServiceCoverage) -> tuple[str, ...]:
    numbers = (one.seen, one.parsed, one.refused, one.operations, one.stated, one.inferred, one.unknown)
    return (shown(name, 60), *map(str, (*numbers, one.missing, one.warnings)))


def _write(counts: Coverage, out: Path) -> None:
    from apiscribe.capture.coverage_page import MARK, page
    from apiscribe.location import read_templates
    from apiscribe.output.staging import write_files

    text = page(counts, read_templates()[0])
    if out.exists() and MARK.encode() not in read_input(out, limit=MAX_PAGE_BYTES)[:2000]:
        raise refusal(
            "output-foreign", "is there, and apiscribe did not write it: give --out FILE", Origin(file=str(out))
        )
    write_files({out.name: text.encode()}, out.parent)


def _as_json(counts: Coverage) -> dict[str, Any]:
    return {
        "services": [{**asdict(one), "parsed": one.parsed} for one in counts.services],
        "total": {**asdict(counts.total), "parsed": counts.total.parsed},
        "pages": [asdict(page) for page in counts.pages],
        "missing": [asdict(model) for model in counts.missing],
        "kinds": [{"rule": rule, "errors": errors, "warnings": warnings} for rule, errors, warnings in counts.kinds],
        "findings": [
            {
                "service": one.service,
                "severity": one.diagnostic.severity.value,
                "rule": one.diagnostic.rule,
                "file": one.diagnostic.origin.file,
                "line": one.diagnostic.origin.line,
                "message": one.diagnostic.message,
                "fact": one.diagnostic.fact,
            }
            for one in counts.findings
        ],
    }

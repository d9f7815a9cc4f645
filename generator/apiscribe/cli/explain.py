"""The command `explain`: where a fact of a document comes from, down to the cell of the kept page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

import click

from apiscribe.cli.console import say
from apiscribe.cli.options import debug_option, project_option
from apiscribe.cli.pages import find_pages
from apiscribe.cli.specs import Opened, find_snapshot, find_spec, find_twin, open_spec, split_address
from apiscribe.document.addresses import resolve
from apiscribe.document.node import Plain, pointer_of
from apiscribe.document.provenance import Change, Fact, Path, Source, fact
from apiscribe.errors import ApiscribeError, line_of, shown

if TYPE_CHECKING:
    from apiscribe.capture.witness import Quoted, Witness

TRANSLATED: Final = "x-description-"
MAX_VALUE: Final = 600
MAX_CHANGES: Final = 20


@click.command("explain")
@click.argument("spec", metavar="SPEC")
@click.argument("pointer", required=False, metavar="[POINTER]")
@click.option(
    "--pages",
    type=click.Path(path_type=FilePath, exists=True, file_okay=False),
    metavar="DIR",
    help="The kept pages.  [default: what apiscribe.toml says]",
)
@click.option("--profile", metavar="NAME", help="The portal the pages are from.  [default: as apiscribe.toml says]")
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=click.Path(path_type=FilePath),
    metavar="FILE",
    help="An overlay to apply, in place of the project's. Repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@project_option
@debug_option
def command(
    spec: str,
    pointer: str | None,
    pages: FilePath | None,
    profile: str | None,
    overlays: tuple[FilePath, ...],
    as_json: bool,
    project_file: FilePath | None,
) -> None:
    """Show where a fact of a document comes from.

    SPEC is a document, or the file name of one in the project. POINTER is a JSON pointer; an operationId, the name of
    a schema, Schema.property and operationId.parameter do as well. SPEC#POINTER, as warnings print it, is one argument.

    A fact is stated by a page, inferred (from an example, from a name, by convention), or corrected by an overlay.
    The quoted cell is read again from the kept page.

    \b
      apiscribe explain data-ops-1.1.yaml UpdateDataOpsService
      apiscribe explain data-ops-1.1.yaml DataOpsServiceShowResponse.created_dt
      apiscribe explain 'data-ops-1.1.yaml#/components/schemas/ClusterResourceCheckResponse/properties/cpu/type'
    """
    name, address = split_address(spec, pointer)
    found = find_spec(name, project_file, overlays)
    opened = open_spec(replace(found, pages=pages or found.pages, profile=profile or found.profile))
    path = resolve((opened.corrected.document, opened.captured), address)
    told = _translated(opened, fact(opened.captured, opened.corrected, path))
    seen, problem = _look(opened, told)
    if as_json:
        say(json.dumps(_as_json(opened, told, seen, problem), ensure_ascii=False, indent=2))
        return
    for title, text in _lines(opened, told, seen, problem):
        say(f"{title:<9} {text}".rstrip())


def _translated(opened: Opened, told: Fact) -> Fact:
    """Point at the page in the language of a translated text; the operation or schema itself names another."""
    language = next((str(step)[len(TRANSLATED) :] for step in told.path if str(step).startswith(TRANSLATED)), None)
    if language is None or told.source is None:
        return told
    twin = find_twin(opened.spec, told.source.page, language)
    return replace(told, source=Source(page=twin[0], sha256=twin[1], section=None) if twin is not None else None)


def _look(opened: Opened, told: Fact) -> tuple[Witness | None, str]:
    """Read the fact's page again; say why not, where that cannot be."""
    source = told.source
    if source is None:
        return None, ""
    snapshot = find_snapshot(opened.spec, source.page, source.sha256)
    if snapshot.path is None:
        return None, snapshot.missing
    try:
        return _read(opened, told.path, source, snapshot.path)
    except ApiscribeError as error:
        return None, f"the kept page is refused now: {line_of(error.diagnostics[0])}"


def _read(opened: Opened, path: Path, source: Source, file: FilePath) -> tuple[Witness, str]:
    from apiscribe.capture import open_profile
    from apiscribe.capture.witness import witness

    (page,) = find_pages((file,), opened.spec.pages).pages
    document: Any = opened.captured.root.plain
    seen = witness(page, open_profile(opened.spec.profile), document, path, source.section)
    changed = seen.sha256 != source.sha256
    return seen, "the kept page has changed since the capture (another sha256)" if changed else ""


def _value(told: Fact) -> Plain:
    return told.node.plain if told.node is not None else None


def _lines(opened: Opened, told: Fact, seen: Witness | None, problem: str) -> list[tuple[str, str]]:
    lines = [
        ("fact", f"{shown(opened.spec.path, 400)}#{shown(pointer_of(told.path), 400)}"),
        ("value", _printed(_value(told)) if told.node is not None else "(removed)"),
        ("standing", told.standing.value + (f": {shown(told.why, 400)}" if told.why and told.change is None else "")),
    ]
    if told.change is not None:
        lines += _correction(told.change)
    if told.source is not None:
        section = f", section {shown(told.source.section, 200)}" if told.source.section else ""
        lines.append(("page", shown(told.source.page, 400) + section))
    if seen is not None:
        lines.append(("line", f"{shown(seen.file, 400)}:{seen.line}"))
        lines += _quotation(seen)
    if problem:
        lines.append(("snapshot", shown(problem, 600)))
    for change in told.changes_inside[:MAX_CHANGES]:
        reason = f": {shown(change.reason, 200)}" if change.reason else ""
        lines.append(("inside", f"{change.kind} {shown(change.pointer, 300)} by {_place(change)}{reason}"))
    if (rest := len(told.changes_inside) - MAX_CHANGES) > 0:
        lines.append(("", f"and {rest} more"))
    return lines


def _correction(change: Change) -> list[tuple[str, str]]:
    lines = [("overlay", f"{change.kind} by {_place(change)}")]
    lines.append(("reason", shown(change.reason, 600) or "(none given)"))
    return [*lines, ("was", _printed(change.was))] if change.was_there else lines


def _place(change: Change) -> str:
    return f"{shown(change.origin.file, 400)}:{change.origin.line}"


def _quotation(seen: Witness) -> list[tuple[str, str]]:
    if seen.cell is not None:
        return [("cell", _cell(seen.cell)), ("row", _row(seen.row))]
    if seen.row:
        return [("row", _row(seen.row))]
    return [("text", shown(" ".join(seen.text.split()), MAX_VALUE))] if seen.text else []


def _row(cells: tuple[Quoted, ...]) -> str:
    return " | ".join(map(_cell, cells))


def _cell(cell: Quoted) -> str:
    return f"{shown(cell.column, 60)}: {shown(' / '.join(cell.text.splitlines()), 300)}".rstrip()


def _printed(value: Plain) -> str:
    return shown(json.dumps(value, ensure_ascii=False), MAX_VALUE)


def _as_json(opened: Opened, told: Fact, seen: Witness | None, problem: str) -> dict[str, Any]:
    source, change = told.source, told.change
    return {
        "document": str(opened.spec.path),
        "pointer": pointer_of(told.path),
        "value": _value(told),
        "removed": told.node is None,
        "standing": told.standing.value,
        "why": told.why or None,
        "page": {"address": source.page, "sha256": source.sha256, "section": source.section} if source else None,
        "quoted": _quoted_json(seen) if seen else None,
        "snapshot": problem or None,
        "correction": _change_json(change) if change else None,
        "inside": [_change_json(one) for one in told.changes_inside],
    }


def _quoted_json(seen: Witness) -> dict[str, Any]:
    return {
        "file": seen.file,
        "line": seen.line,
        "sha256": seen.sha256,
        "column": seen.cell.column if seen.cell else None,
        "cell": seen.cell.text if seen.cell else None,
        "row": {cell.column: cell.text for cell in seen.row},
        "text": seen.text,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "pointer": change.pointer,
        "kind": change.kind,
        "overlay": change.origin.file,
        "line": change.origin.line,
        "reason": change.reason or None,
        **({"was": change.was} if change.was_there else {}),
    }

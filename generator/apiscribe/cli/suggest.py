"""The command `suggest`: proposes pagination and waiters for documents; overlays hold them until they are accepted."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import click

from apiscribe.cli.console import counted, say, say_table
from apiscribe.cli.inputs import References, read_input
from apiscribe.cli.jobs import documents_of, find_project
from apiscribe.cli.options import MAX_DOCUMENT_BYTES, debug_option, project_option
from apiscribe.cli.specs import Spec, find_spec, open_spec
from apiscribe.document import load, resolve, rules
from apiscribe.document.node import Document
from apiscribe.document.overlay_form import ACCEPTED, OPEN, REJECTED
from apiscribe.errors import ApiscribeError, Severity, shown
from apiscribe.suggest import Confidence, Proposal, proposals_of
from apiscribe.suggest.overlay import accepted, action_of, appended, overlay_of, proposed_in, state_of

_HEAD: Final = """\
# Nothing here counts before it is accepted: make `open` into `accepted`, or into `rejected` so that it is not proposed
# again. `apiscribe suggest SPEC --into THIS --accept ID` does the same.
"""
_SUFFIXES: Final = (".overlay.yaml", ".overlay.yml")
_ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One document: what is proposed now, and the proposals that its overlays hold already, each with its state."""

    spec: Spec
    into: Path | None
    proposals: tuple[Proposal, ...]
    known: dict[str, str]


@click.command("suggest")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option(
    "--into",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Write the proposals into an overlay, each waiting to be accepted.  [default: in the project's overlays]",
)
@click.option("--accept", "ids", multiple=True, metavar="ID", help="Accept one of them, or 'all'. Repeatable.")
@click.option(
    "--confidence",
    type=click.Choice([str(level) for level in Confidence]),
    help="Only proposals as sure as that, or surer.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@project_option
@debug_option
def command(specs: tuple[str, ...], into: str | None, ids: tuple[str, ...], **options: Any) -> None:
    """Propose x-pagination and x-waiter from what documents say; nothing counts before a person accepts it.

    Without SPEC: the documents of the project. Each proposal has its reasons, how sure it is, and its place.

    \b
      apiscribe suggest spec/shop.yaml
      apiscribe suggest spec/shop.yaml --into shop.overlay.yaml
      apiscribe suggest spec/shop.yaml --into shop.overlay.yaml --accept pagination:listOrders
    """
    names = specs or _all(options["project_file"])
    if ids and into is None:
        raise click.UsageError("--accept needs --into: the overlay that holds what is accepted")
    if into and len(names) != 1:
        raise click.UsageError("--into FILE is for one SPEC; --into alone writes to the project's folder of overlays")
    found = [_suggested(name, into, options["project_file"], options["confidence"]) for name in names]
    _refuse_unknown(ids, found)
    if options["as_json"]:
        say(json.dumps([_data(item, one) for item in found for one in _new(item)], indent=2, ensure_ascii=False))
    elif not ids:
        _tell(found)
    for item in found:
        if item.into is not None:
            _write(item, item.into, ids)


def _all(project_file: Path | None) -> tuple[str, ...]:
    root, project = find_project(project_file)
    return tuple(str(path) for api in project.apis for path in documents_of(root, api))


def _suggested(name: str, into: str | None, project_file: Path | None, confidence: str | None) -> Suggested:
    spec = find_spec(name, project_file)
    target = _target(spec, into) if into is not None else None
    if target is not None and target.exists() and target.resolve() not in {path.resolve() for path in spec.overlays}:
        spec = find_spec(name, project_file, (*spec.overlays, target))
    document = open_spec(spec).corrected.document
    resolver = resolve.Resolver(
        document, References(spec.path.parent, limit=MAX_DOCUMENT_BYTES).reader(spec.path.parent)
    )
    wrong = [item for item in rules.check(document, resolver) if item.severity is Severity.ERROR]
    if wrong:
        raise ApiscribeError(wrong)
    known = {key: state_of(node) for key, node in proposed_in(_loaded(path) for path in spec.overlays).items()}
    proposals = proposals_of(document, resolver)
    sure = [item for item in proposals if confidence != Confidence.HIGH or item.confidence is Confidence.HIGH]
    return Suggested(spec=spec, into=target, proposals=tuple(sure), known=known)


def _loaded(path: Path) -> Document:
    return load.load(read_input(path, limit=MAX_DOCUMENT_BYTES), file=str(path))


def _target(spec: Spec, into: str) -> Path:
    if not into:
        if spec.overlays_folder is None:
            raise click.UsageError("--into FILE.overlay.yaml is needed: no project says where overlays of this lie")
        return spec.overlays_folder / f"{spec.path.stem}.suggested.overlay.yaml"
    target = Path(into)
    if not target.name.endswith(_SUFFIXES) or not target.name.startswith(f"{spec.path.stem}."):
        wanted = f"{spec.path.stem}.overlay.yaml or {spec.path.stem}.WORD.overlay.yaml"
        raise click.UsageError(f"--into {shown(into)}: an overlay of this document is called {wanted}")
    return target


def _new(item: Suggested) -> list[Proposal]:
    return [one for one in item.proposals if one.id not in item.known]


def _tell(found: Sequence[Suggested]) -> None:
    rows, rejected = [], 0
    for item in found:
        for one in item.proposals:
            state = item.known.get(one.id, "new")
            rejected += state == REJECTED
            if state != REJECTED:
                rows.append((one.id, state, str(one.confidence), _place(one), _flow(one), "; ".join(one.reasons)))
    if rows:
        say_table(("id", "state", "confidence", "where", "proposes", "because"), rows, titled=True)
    more = f" ({rejected} more rejected before)" if rejected else ""
    say(f"{counted(len(rows), 'proposal')} for {counted(len(found), 'document')}{more}")


def _place(one: Proposal) -> str:
    origin = one.operation.origin
    return f"{shown(origin.file, 400)}:{origin.line} {shown(origin.pointer or '', 200)}"


def _flow(one: Proposal) -> str:
    pairs = ", ".join(f"{key}: {shown(_flat(value), 200)}" for key, value in one.value.items())
    return f"{one.kind.extension}: {{{pairs}}}"


def _flat(value: object) -> str:
    return f"[{', '.join(str(part) for part in value)}]" if isinstance(value, list) else str(value)


def _data(item: Suggested, one: Proposal) -> dict[str, Any]:
    origin = one.operation.origin
    return {
        "id": one.id,
        "document": str(item.spec.path),
        "line": origin.line,
        "pointer": origin.pointer,
        "confidence": one.confidence,
        one.kind.extension: one.value,
        "reasons": list(one.reasons),
    }


def _refuse_unknown(ids: Collection[str], found: Sequence[Suggested]) -> None:
    open_ = {one.id for item in found for one in item.proposals}
    done = {key for item in found for key, state in item.known.items() if state == ACCEPTED}
    for name in ids:
        if name not in open_ | done | {_ALL}:
            close = get_close_matches(name, sorted(open_ | done), 1, 0.5)
            hint = f"; the nearest is {shown(close[0], 200)}" if close else ""
            raise click.UsageError(f"--accept {shown(name)}: nothing of this id is proposed{hint}")


def _write(item: Suggested, target: Path, ids: Collection[str]) -> None:
    """Write new proposals, open; or with ids those alone, accepted. What is there already keeps its place and text."""
    from apiscribe.capture.emit import to_yaml
    from apiscribe.output.staging import write_files

    here = proposed_in([_loaded(target)]) if target.exists() else {}
    chosen = {one.id for one in item.proposals if not ids or _ALL in ids or one.id in ids}
    fresh = [action_of(one, ACCEPTED if ids else OPEN) for one in _new(item) if one.id in chosen]
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    waiting = [key for key in here if ids and (key in ids or _ALL in ids) and state_of(here[key]) == OPEN]
    result = accepted(text, waiting, str(target)) if waiting else text
    whole: Any = overlay_of(item.spec.path.name, fresh)
    if fresh and not text:
        result = _HEAD + to_yaml(whole)
    elif fresh:
        printed = to_yaml({"actions": whole["actions"]}).partition("\n")[2]
        result = appended(result, printed, fresh, str(target))
    if result != text:
        write_files({target.name: result.encode()}, target.parent)
    did = f"{len(fresh) + len(waiting)} accepted" if ids else f"{counted(len(fresh), 'proposal')} added"
    say(f"{shown(target, 400)}: {did}")

"""The command `diff`: two documents, or two folders of documents, and what changed between them for callers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apiscribe.cli import DONE, OUT_OF_STEP
from apiscribe.cli.console import counted, say, say_table
from apiscribe.cli.inputs import References, read_input
from apiscribe.cli.jobs import DOCUMENT_SUFFIXES, is_overlay
from apiscribe.cli.options import MAX_DOCUMENT_BYTES, debug_option
from apiscribe.errors import ApiscribeError, Origin, Severity, refusal, shown

if TYPE_CHECKING:
    from apiscribe.diff import Change, Comparison, Impact, Side

_FAIL_ON = ("breaking", "additive", "any")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One document on both sides: its service and version, what differs, and the version to give it next."""

    service: str
    version: str
    comparison: Comparison | None
    impact: Impact | None
    next_version: str | None


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--fail-on", type=click.Choice(_FAIL_ON), help="Exit with 1 on a change of this impact or a graver one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@debug_option
def command(old: Path, new: Path, fail_on: str | None, as_json: bool) -> int:
    """Tell what changed between two documents for those who call the API, and propose the next version.

    OLD and NEW are documents, or folders of documents, which are matched by service and version. Every change is
    breaking, additive or editorial, and stands with its place in the new document (what is gone: in the old one).

    \b
      apiscribe diff old/data-ops-1.1.yaml spec/data-ops-1.1.yaml
      apiscribe diff old spec --fail-on breaking
    """
    from apiscribe.diff import Impact

    found = compared(_sides(old), _sides(new), together=not old.is_dir() and not new.is_dir())
    if as_json:
        say(json.dumps({"documents": [_data(one) for one in found]}, indent=2, ensure_ascii=False))
    else:
        for one in found:
            _tell(one)
    gravest = min((one.impact.rank for one in found if one.impact), default=None)
    limit = {"breaking": Impact.BREAKING, "additive": Impact.ADDITIVE, "any": Impact.EDITORIAL}
    failed = fail_on is not None and gravest is not None and gravest <= limit[fail_on].rank
    return OUT_OF_STEP if failed else DONE


def open_side(path: Path, data: bytes) -> Side:
    """Load and check one document.

    Raises:
        ApiscribeError: the document is refused.
    """
    from apiscribe.diff import Side
    from apiscribe.document import load, resolve, rules

    limits = load.Limits(size=MAX_DOCUMENT_BYTES)
    document = load.load(data, file=str(path), limits=limits)
    resolver = resolve.Resolver(document, References(path.parent, limit=MAX_DOCUMENT_BYTES).reader(path.parent), limits)
    found = rules.check(document, resolver)
    if any(one.severity is Severity.ERROR for one in found):
        raise ApiscribeError(found)
    return Side(document=document, resolver=resolver)


def _sides(path: Path) -> list[Side]:
    if not path.is_dir():
        return [open_side(path, read_input(path, limit=MAX_DOCUMENT_BYTES))]
    files = sorted(file for file in path.iterdir() if file.suffix in DOCUMENT_SUFFIXES and not is_overlay(file))
    if not files:
        raise refusal("diff-none", "holds no document (.yaml, .yml, .json)", Origin(file=str(path)))
    return [open_side(file, read_input(file, limit=MAX_DOCUMENT_BYTES)) for file in files]


def compared(old: Sequence[Side], new: Sequence[Side], *, together: bool = False) -> list[Compared]:
    """Compare documents, matched by service and version; `together` compares the only one of each side as they are.

    Raises:
        ApiscribeError: two documents of one side have the same service and version.
    """
    from apiscribe.diff import Impact, compare, next_version

    if together:
        pairs: list[tuple[Key, Side | None, Side | None]] = [(key_of(old[0]), old[0], new[0])]
    else:
        before, now = _by_key(old), _by_key(new)
        pairs = [(key, before.get(key), now.get(key)) for key in sorted({*before, *now})]
    found = []
    for (service, version), one, other in pairs:
        comparison = compare(one, other) if one is not None and other is not None else None
        impact = comparison.impact if comparison else Impact.ADDITIVE if one is None else Impact.BREAKING
        proposed = next_version(version, impact) if comparison else None
        found.append(
            Compared(service=service, version=version, comparison=comparison, impact=impact, next_version=proposed)
        )
    return found


def key_of(side: Side) -> Key:
    """Give the service and the version of a document."""
    info = side.document.root.get("info")
    words = [info.get(word) if info is not None else None for word in ("x-service", "title", "version")]
    service, title, version = ((node.string or "") if node is not None else "" for node in words)
    return service or title, version


def _by_key(sides: Sequence[Side]) -> Mapping[Key, Side]:
    found: dict[Key, Side] = {}
    for side in sides:
        key = key_of(side)
        if key in found:
            message = f"is {' '.join(key)} too, like {found[key].document.file}"
            raise refusal("diff-double", message, Origin(file=side.document.file))
        found[key] = side
    return found


def _tell(one: Compared) -> None:
    name = shown(f"{one.service} {one.version}", 200)
    if one.comparison is None:
        say(f"{name}: the document is {'new' if one.impact == 'additive' else 'gone'} ({one.impact})")
        return
    changes = one.comparison.changes
    proposed = f"; next version: {one.next_version}" if one.next_version and changes else ""
    say(f"{name}: {tally(changes)}{proposed}")
    say_table(("impact", "change", "where"), list(_rows(changes)))


def _rows(changes: Sequence[Change]) -> Iterator[tuple[str, str, str]]:
    """Give the rows of a table: what is editorial, and the same in many places, takes one."""
    prose: dict[str, list[str]] = {}
    for item in changes:
        if item.impact == "editorial":
            prose.setdefault(item.message, []).append(item.pointer or "/")
        else:
            yield f"  {item.impact}", item.message, item.pointer or "/"
    for message, places in prose.items():
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        yield "  editorial", message, f"{places[0]}{more}"


def tally(changes: Sequence[Change]) -> str:
    """Count changes by impact.

    >>> tally(())
    'no change'
    """
    if not changes:
        return "no change"
    counts: dict[str, int] = {}
    for item in changes:
        counts[item.impact] = counts.get(item.impact, 0) + 1
    return f"{counted(len(changes), 'change')} ({', '.join(f'{count} {impact}' for impact, count in counts.items())})"


def change_data(item: Change) -> dict[str, Any]:
    """Give a change as JSON."""
    origin = item.origin
    place = {"file": origin.file, "line": origin.line}
    return {"impact": item.impact, "pointer": item.pointer, "message": item.message, **place}


def _data(one: Compared) -> dict[str, Any]:
    changes = one.comparison.changes if one.comparison else ()
    return {
        "service": one.service,
        "version": one.version,
        "impact": one.impact,
        "next-version": one.next_version,
        "document": "compared" if one.comparison else "new" if one.impact == "additive" else "gone",
        "changes": [change_data(item) for item in changes],
    }

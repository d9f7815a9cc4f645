"""One document as people name it: found on disk or in the project, loaded, its overlays applied, its pages known."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from apiscribe.cli.inputs import read_input, resolved
from apiscribe.cli.jobs import documents_of, find_project, match_overlays, overlays_of
from apiscribe.cli.options import MAX_DOCUMENT_BYTES
from apiscribe.cli.pages import PAGES_LOCK
from apiscribe.document.load import load
from apiscribe.document.node import Document
from apiscribe.document.overlay import Corrected, correct
from apiscribe.errors import ApiscribeError, Origin, refusal, shown
from apiscribe.project import Api

DEFAULT_PROFILE: Final = "samsungcloud"
MAX_LOCK_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A document on disk, with its overlays, the folder of its pages and their profile, as far as they are known."""

    path: Path
    overlays: tuple[Path, ...]
    overlays_folder: Path | None
    pages: Path | None
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document as captured, and as its overlays correct it."""

    spec: Spec
    captured: Document
    corrected: Corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The kept file of a page, or why there is none."""

    path: Path | None
    missing: str = ""


def split_address(spec: str, pointer: str | None) -> tuple[str, str]:
    """Take `FILE#POINTER`, as diagnostics print it, apart; a pointer of its own stays as it is.

    >>> split_address("data-ops-1.1.yaml#/info", None)
    ('data-ops-1.1.yaml', '/info')
    """
    if pointer is None and "#" in spec:
        spec, _, pointer = spec.partition("#")
    if pointer is None:
        raise click.UsageError("a POINTER is needed, after SPEC or as SPEC#POINTER")
    return spec, pointer


def find_spec(name: str, project_file: Path | None, overlays: Sequence[Path] = ()) -> Spec:
    """Find a document: the file of that path, or the project's document of that file name.

    Raises:
        ApiscribeError: there is none, or an overlay does not belong to it.
    """
    known = _project(project_file)
    given = Path(name)
    owned = [(root, api, path) for root, api in known for path in documents_of(root, api)]
    found = [one for one in owned if resolved(one[2]) == resolved(given)]
    if not given.exists():
        found = [one for one in owned if one[2].name == name or one[2].stem == name]
    if not found:
        if owned and not given.exists():
            names = ", ".join(sorted({path.name for *_, path in owned}))
            raise refusal("input-unreadable", f"there is no such document; the project has {names}", Origin(file=name))
        own = match_overlays(overlays, [given]).get(resolved(given), ())
        return Spec(path=given, overlays=own, overlays_folder=None, pages=None, profile=DEFAULT_PROFILE)
    root, api, path = found[0]
    own = match_overlays(overlays, [path]).get(resolved(path), ()) if overlays else _own_overlays(root, api, path)
    return Spec(
        path=given if given.exists() else path,
        overlays=own,
        overlays_folder=root / api.overlays if api.overlays else None,
        pages=root / api.pages if api.pages else None,
        profile=api.profile,
    )


def _project(given: Path | None) -> list[tuple[Path, Api]]:
    try:
        root, project = find_project(given)
    except click.UsageError:
        return []
    return [(root, api) for api in project.apis]


def _own_overlays(root: Path, api: Api, path: Path) -> tuple[Path, ...]:
    return overlays_of(root, api).get(resolved(path), ())


def open_spec(spec: Spec) -> Opened:
    """Load a document and apply its overlays.

    Raises:
        ApiscribeError: one of the files is refused, or an overlay no longer matches.
    """
    captured = _load(spec.path)
    return Opened(spec=spec, captured=captured, corrected=correct(captured, [_load(path) for path in spec.overlays]))


def _load(path: Path) -> Document:
    return load(read_input(path, limit=MAX_DOCUMENT_BYTES), file=str(path))


def find_snapshot(spec: Spec, page: str, sha256: str) -> Snapshot:
    """Find the kept file of a page: as pages.lock says, else at the page's own path below the pages folder."""
    if spec.pages is None:
        return Snapshot(path=None, missing="the folder of kept pages is not known: give --pages DIR")
    entries = [
        entry for entry in _locked(spec.path.parent / PAGES_LOCK) if page in (entry["path"], entry.get("address"))
    ]
    entries.sort(key=lambda entry: entry.get("sha256") != sha256)
    for name in (*(entry["path"] for entry in entries), page):
        file = spec.pages / name
        if resolved(file).is_relative_to(resolved(spec.pages)) and file.is_file():
            return Snapshot(path=file)
    return Snapshot(path=None, missing=f"no kept page below {shown(spec.pages, 200)}")


def find_twin(spec: Spec, page: str, language: str) -> tuple[str, str] | None:
    """Find the page in another language that gave most of what a page gave: its address or path, and its sha256."""
    entries = _locked(spec.path.parent / PAGES_LOCK)
    gave = {item for entry in entries if page in (entry["path"], entry.get("address")) for item in _gave(entry)}
    twins = [entry for entry in entries if entry.get("language") == language and gave & _gave(entry)]
    best = max(twins, key=lambda entry: (len(gave & _gave(entry)), -len(_gave(entry))), default=None)
    return None if best is None else (str(best.get("address") or best["path"]), str(best.get("sha256", "")))


def _gave(entry: dict[str, Any]) -> set[str]:
    listed = entry.get("gave")
    return {item for item in listed if isinstance(item, str)} if isinstance(listed, list) else set()


def _locked(path: Path) -> list[dict[str, Any]]:
    try:
        pages = tomllib.loads(read_input(path, limit=MAX_LOCK_BYTES).decode("utf-8")).get("page", [])
    except (ApiscribeError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return []  # without a lock a page is looked for at its own path
    listed = pages if isinstance(pages, list) else []
    return [entry for entry in listed if isinstance(entry, dict) and isinstance(entry.get("path"), str)]

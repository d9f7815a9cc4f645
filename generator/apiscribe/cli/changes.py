"""What changed since a package was generated last: its contract and changelog on disk, and the ones that follow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from apiscribe.changelog import Entry, begun, updated
from apiscribe.cli.jobs import Job
from apiscribe.document.contract import (
    Contract,
    print_contract,
    read_contract,
    stripped,
    with_operation,
    without_equal,
)
from apiscribe.errors import ApiscribeError, Origin, refusal
from apiscribe.output.tree import read_regular
from apiscribe.project import CHANGELOG_FILE, LOCK_FILE, parse_lock

if TYPE_CHECKING:
    from apiscribe.diff import Change, Side
    from apiscribe.document.node import Document, Plain

CONTRACT_FILE: Final = "apiscribe.contract.json"
_LOST: Final = "The documents changed; what they said before can no longer be compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changelog and the contract as they should be, and what to say of the version; nothing if it fits."""

    files: Mapping[str, bytes]
    hint: str = ""


def changes_of(job: Job, documents: Mapping[str, Document], references: Mapping[str, bytes]) -> Changes:
    """Compare documents with the contract of the package as it is on disk.

    Raises:
        ApiscribeError: the changelog on disk is no text.
    """
    contract = Contract(
        documents={name: stripped(document.root.plain) for name, document in documents.items()},
        references={name: stripped(_loaded(name, data)) for name, data in references.items()},
    )
    now = print_contract(contract).encode()
    before, text = read_regular(job.out, CONTRACT_FILE), _changelog(job.out)
    if text is None:
        text = begun(job.package.version, [_title(plain) for plain in contract.documents.values()])
    entry = _entry(read_contract(before), contract) if before is not None and before != now else Entry()
    return _noted(job, text, entry, now)


def changes_of_operation(
    job: Job, contract: str, operation: Sequence[str], values: tuple[Plain, Plain], slices: tuple[Document, Document]
) -> Changes | None:
    """Tell what the change of one operation changes; None where that is not certain.

    `contract` is that of the package as it is, `slices` hold the operation as it was and is, with all it leads to.
    """
    text = _changelog(job.out)
    now = with_operation(contract, operation[1], operation[2], *values)
    if text is None or now is None:
        return None
    (name,) = (document.name for document in job.documents)
    old, new = (Contract(documents={name: stripped(item.root.plain)}, references={}) for item in slices)
    return _noted(job, text, Entry() if contract == now else _entry(old, new), now.encode())


def _noted(job: Job, text: str, entry: Entry, contract: bytes) -> Changes:
    result = updated(text, job.package.version, entry)
    return Changes(files={CHANGELOG_FILE: result.encode(), CONTRACT_FILE: contract}, hint=_hint(job, entry))


def _changelog(out: Path) -> str | None:
    place = out / CHANGELOG_FILE
    data = read_regular(out, CHANGELOG_FILE)
    if data is None:
        if place.is_symlink() or place.exists():
            raise refusal("changelog", "is no regular file: move it away first", Origin(file=str(place)))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refusal("changelog", f"is not UTF-8 at byte offset {error.start}", Origin(file=str(place))) from error


def _loaded(name: str, data: bytes) -> Plain:
    from apiscribe.document import load

    return load.load(data, file=name).root.plain


def _entry(old: Contract | None, new: Contract) -> Entry:
    from apiscribe.cli.diff import compared

    if old is None:
        return Entry()
    try:
        both = _sides(old, new)
        found = compared(*both)
    except (ApiscribeError, ValueError, RecursionError):
        return Entry(breaking=(_LOST,))
    breaking: list[str] = []
    additive: list[str] = []
    several = len(found) > 1
    for one in found:
        name = f"{one.service} {one.version}"
        if one.comparison is None:
            gone = one.impact == "breaking"
            (breaking if gone else additive).append(f"{name} is {'gone' if gone else 'new'}")
            continue
        for item in one.comparison.changes:
            if item.impact != "editorial":
                said = _said(item, name if several else "")
                (breaking if item.impact == "breaking" else additive).append(said)
    return Entry(breaking=tuple(dict.fromkeys(breaking)), additive=tuple(dict.fromkeys(additive)))


def _said(item: Change, service: str) -> str:
    """Say what changed and where; an operation by its path and method, a schema by its name."""
    from apiscribe.document.node import path_of

    path = path_of(item.pointer) or ()
    where = f"{path[2].upper()} {path[1]}" if path[:1] == ("paths",) and len(path) > 2 else ""
    where = where or (path[2] if path[:2] == ("components", "schemas") and len(path) > 2 else "")
    return ": ".join(part for part in (service, where, item.message) if part)


def _sides(old: Contract, new: Contract) -> tuple[Sequence[Side], Sequence[Side]]:
    left, right = dict(old.documents), dict(new.documents)
    if old.references == new.references:
        for name in left.keys() & right.keys():
            left[name], right[name] = without_equal(left[name], right[name])
    return _opened(left, old.references), _opened(right, new.references)


def _opened(documents: Mapping[str, Plain], references: Mapping[str, Plain]) -> list[Side]:
    from apiscribe.diff import Side
    from apiscribe.document import load, resolve

    sides = []
    for name, plain in documents.items():
        document = load.load(json.dumps(plain).encode(), file=name)
        folder = name.rpartition("/")[0]

        def read(path: str, folder: str = folder) -> bytes:
            return json.dumps(references[f"{folder}/{path}" if folder else path]).encode()

        sides.append(Side(document=document, resolver=resolve.Resolver(document, read)))
    return sides


def _title(plain: Plain) -> str:
    from apiscribe.cli.console import counted
    from apiscribe.document.fields import METHODS

    document = plain if isinstance(plain, dict) else {}
    info, paths = document.get("info"), document.get("paths")
    words = [str(info.get(key, "")) for key in ("title", "version")] if isinstance(info, dict) else []
    items = paths.values() if isinstance(paths, dict) else ()
    number = sum(1 for item in items if isinstance(item, dict) for key in item if key in METHODS)
    return f"{' '.join(words)} ({counted(number, 'operation')})"


def _hint(job: Job, entry: Entry) -> str:
    """Say which version follows from what changed, as long as the package still has the one it had."""
    from apiscribe.diff import Impact, next_version

    if entry.is_empty:
        return ""
    lock = parse_lock(read_regular(job.out, LOCK_FILE) or b"")
    had = lock.options.get("version", "") if lock is not None else ""
    if had != job.package.version:
        return ""
    impact = Impact.BREAKING if entry.breaking else Impact.ADDITIVE
    return f"{CHANGELOG_FILE}: what changed is {impact}; after {had} comes {next_version(had, impact)}"

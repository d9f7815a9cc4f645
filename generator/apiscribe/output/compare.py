"""Artifacts against what a directory holds: every changed, missing and surplus file by name, and a readable diff."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from apiscribe.errors import shown
from apiscribe.output.tree import read_regular, read_tree
from apiscribe.project import CHANGELOG_FILE, LOCK_FILE, parse_lock

LINES_PER_FILE: Final = 40
LINES_IN_ALL: Final = 200
_LINE_LENGTH: Final = 240
_MAX_DIFF_BYTES: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A file whose bytes differ: what is there (None for a link or folder in its place) and what should be."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a directory differs from the artifacts; every tuple is sorted by path."""

    changed: tuple[Changed, ...] = ()
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether there is nothing to do."""
        return not (self.changed or self.missing or self.surplus)

    def names(self) -> tuple[str, ...]:
        """Name every file out of step, one line each."""
        return (
            *(f"changed  {shown(change.path, 400)}" for change in self.changed),
            *(f"missing  {path}" for path in self.missing),
            *(f"surplus  {shown(path, 400)}" for path in self.surplus),
        )

    def diff(self, *, per_file: int = LINES_PER_FILE, in_all: int = LINES_IN_ALL) -> tuple[str, ...]:
        """Print a unified diff of the changed files: `-` is what is there, `+` what is generated; long ones are cut."""
        lines: list[str] = []
        for position, change in enumerate(self.changed):
            if len(lines) >= in_all:
                lines.append(f"… and {len(self.changed) - position} more changed files")
                break
            lines += _diff(change, per_file)
        return tuple(lines)


def compare(
    artifacts: Mapping[str, bytes], directory: Path, *, kept: Collection[str] = (), whole: bool = True
) -> Comparison:
    """Compare artifacts with a directory, byte for byte; tool caches and `kept` folders do not count.

    With `whole` the directory may hold nothing else.
    """
    present = read_tree(directory, kept=kept)
    changed, missing = [], []
    for path in sorted(artifacts):
        if path not in present:
            missing.append(path)
            continue
        before = present[path]
        if before != artifacts[path]:
            changed.append(Changed(path=path, before=before, after=artifacts[path]))
    surplus = sorted(present.keys() - artifacts.keys()) if whole else []
    return Comparison(changed=tuple(changed), missing=tuple(missing), surplus=tuple(surplus))


def foreign_in(found: Comparison, directory: Path) -> tuple[str, ...]:
    """Name what would have to be replaced or removed although the lock file in the directory does not list it."""
    lock = parse_lock(read_regular(directory, LOCK_FILE) or b"")
    # A changelog keeps all its text, whoever wrote it.
    ours = {LOCK_FILE, CHANGELOG_FILE, *(lock.files if lock else ())}
    present = (*(change.path for change in found.changed), *found.surplus)
    return tuple(sorted(path for path in present if path not in ours))


def _diff(change: Changed, limit: int) -> Iterator[str]:
    name = shown(change.path, 400)
    yield f"--- {name} (as it is)"
    yield f"+++ {name} (as generated)"
    if change.before is None:
        yield "  a link or another thing that is no regular file stands in its place"
        return
    before, after = _lines(change.before), _lines(change.after)
    if before is None or after is None:
        yield "  not a text file that can be compared"
        return
    if before == after:
        yield "  line endings or the end of the file differ"
        return
    body = islice(difflib.unified_diff(before, after, n=2, lineterm=""), 2, None)
    for line in islice(body, limit):
        yield shown(line, _LINE_LENGTH)
    if rest := sum(1 for _ in body):
        yield f"… and {rest} more lines of {name}"


def _lines(data: bytes) -> list[str] | None:
    if len(data) > _MAX_DIFF_BYTES:
        return None
    try:
        return data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None

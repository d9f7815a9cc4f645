"""What need not be captured again: a stamp in the user's cache tells what documents were last captured from.

Pages are known by path, size, times and inode, never read; `check --pages` promises the truth and does not look here.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from apiscribe.cli.inputs import resolved
from apiscribe.errors import Diagnostic, Origin, Severity
from apiscribe.location import fingerprint
from apiscribe.output.tree import read_regular
from apiscribe.project import digest

if TYPE_CHECKING:
    from apiscribe.cli.pages import Found

# A file that changed this shortly before might change again without another time: clocks of file systems are coarse.
_TOO_YOUNG: Final = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a capture told: the rows of its table, and its diagnostics."""

    rows: tuple[tuple[str, ...], ...]
    diagnostics: tuple[Diagnostic, ...]


def stamp_key(found: Found, options: Sequence[object]) -> str | None:
    """Digest all that decides what is captured: tool, options, and the pages as files; none if that is not sure."""
    states = []
    youngest = 0
    for page in found.pages:
        if isinstance(page.data, bytes):
            return None  # not from a file
        try:
            status = os.stat(page.path)
        except OSError:
            return None  # what cannot be read is told when it is read
        youngest = max(youngest, status.st_mtime_ns, status.st_ctime_ns)
        path = str(resolved(Path(page.path)))
        states.append((path, page.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    if time.time_ns() - youngest < _TOO_YOUNG:
        return None
    parts = (sys.version_info[:2], fingerprint(None), [str(option) for option in options], sorted(states))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def recall(key: str, folder: Path, cache: Path) -> Result | None:
    """Give what the last capture of the same pages told, if the folder still holds just what it wrote."""
    try:
        data = read_regular(cache, key)
        stamp = json.loads(data) if data is not None else None
        if stamp is None or any(_digest(folder, path) != wanted for path, wanted in stamp["files"].items()):
            return None
        rows = tuple(tuple(row) for row in stamp["rows"])
        return Result(rows=rows, diagnostics=tuple(map(_diagnostic, stamp["diagnostics"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # a stamp of another hand is none


def remember(key: str, files: Mapping[str, bytes], result: Result, cache: Path) -> None:
    """Write the stamp; where the cache cannot be written the next run captures again, and nothing else."""
    import tempfile

    stamp = {
        "files": {path: digest(data) for path, data in files.items()},
        "rows": result.rows,
        "diagnostics": [asdict(diagnostic) for diagnostic in result.diagnostics],
    }
    try:
        cache.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=cache)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(stamp, stream)
        Path(name).replace(cache / key)
    except OSError:
        return


def _digest(folder: Path, path: str) -> str | None:
    data = read_regular(folder, path)
    return None if data is None else digest(data)


def _diagnostic(stored: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(**{**stored, "origin": Origin(**stored["origin"]), "severity": Severity(stored["severity"])})

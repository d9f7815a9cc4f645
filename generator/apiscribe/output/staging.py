"""Writing files among others: all staged and synced, then moved; the next run finishes what a killed one left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from apiscribe.errors import Origin, refusal
from apiscribe.output.alone import alone
from apiscribe.output.tree import paths_in, read_regular, sync, write_new

_NEW: Final = ".apiscribe-new"
_READY: Final = ".apiscribe-ready"
_RUNNING: Final = ".apiscribe-running"


def write_files(
    files: Mapping[str, bytes],
    root: Path,
    *,
    remove: Iterable[str] = (),
    reached: Callable[[str], None] = lambda stage: None,
) -> tuple[str, ...]:
    """Write files below a folder that holds others, and remove some; return the paths that were touched.

    The mapping may read what it gives when it is asked, so that many files need not be held at once.

    Nothing is touched before everything is staged on the same file system. A run killed while it moves the staged files
    is finished by the next run on the same folder.

    Raises:
        ApiscribeError: the folder cannot be written, or a link stands on the way to a file.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with alone(root / _RUNNING):
            _finish(root)
            changed = [path for path, data in files.items() if read_regular(root, path) != data]
            gone = [path for path in remove if os.path.lexists(root / path)]
            _refuse_links(root, (*changed, *gone))
            if changed or gone:
                _stage(files, changed, gone, root, reached)
                _finish(root)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise refusal("output-unwritable", message, Origin(file=str(error.filename or root))) from error
    return tuple(sorted((*changed, *gone)))


def _refuse_links(root: Path, paths: Iterable[str]) -> None:
    for path in paths:
        place = root
        for part in path.split("/"):
            place = place / part
            if place.is_symlink():
                raise refusal("output-link", "is a symbolic link and is not followed", Origin(file=str(place)))


def _stage(
    files: Mapping[str, bytes],
    changed: Iterable[str],
    gone: Iterable[str],
    root: Path,
    reached: Callable[[str], None],
) -> None:
    staging = root / _NEW
    staging.mkdir(mode=0o700)
    try:
        (staging / "files").mkdir()
        (staging / "gone").mkdir()
        for path in changed:
            (staging / "files" / path).parent.mkdir(parents=True, exist_ok=True)
            write_new(staging / "files" / path, files[path])
        for path in gone:
            (staging / "gone" / path).mkdir(parents=True)
        for path in changed:
            sync(staging / "files" / path)
        sync(staging)
        reached("staged")
        staging.rename(root / _READY)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    reached("ready")


def _finish(root: Path) -> None:
    """Move what a complete staging folder holds to its places; one that is not complete is removed."""
    if _is_ours(root / _NEW):
        shutil.rmtree(root / _NEW)
    ready = root / _READY
    if _is_ours(ready):
        for path in paths_in(ready / "files"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (ready / "files" / path).replace(root / path)
        for folder, names, _ in os.walk(ready / "gone"):
            if not names and folder != str(ready / "gone"):
                (root / Path(folder).relative_to(ready / "gone")).unlink(missing_ok=True)
        shutil.rmtree(ready)
        sync(root)


def _is_ours(path: Path) -> bool:
    """Tell whether a staging folder was left by this user: in a shared folder anybody can use the name."""
    return path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.geteuid()

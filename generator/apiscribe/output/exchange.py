"""Writing a tree: built whole beside the old one, synced, and exchanged with it in one step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal
from apiscribe.output.alone import alone
from apiscribe.output.compare import Comparison, compare, foreign_in
from apiscribe.output.tree import check_paths, give_second_name, linked, sync, write_new

FOLDER_MODE: Final = 0o755
_NO_EXCHANGE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})
_RENAME_EXCHANGE: Final = 2
_AT_FDCWD: Final = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """The directory and its siblings: the tree being built, the tree set aside, and the file that runs lock."""

    target: Path
    new: Path
    old: Path
    running: Path


def write(
    artifacts: Mapping[str, bytes],
    directory: Path,
    *,
    kept: Collection[str] = (),
    exchange: bool = True,
    reached: Callable[[str], None] = lambda stage: None,
) -> Comparison:
    """Make a directory hold exactly these artifacts and its `kept` folders; return how it differed before.

    The directory is untouched until one exchange of names, and whatever an interrupted run left is repaired first.
    `exchange=False` takes the two renames of systems that cannot exchange; `reached` is told each stage.

    Raises:
        ApiscribeError: the directory holds files that apiscribe did not write, or cannot be written.
        ValueError: an output path is not plain.
    """
    check_paths(artifacts, kept=kept)
    try:
        places = _places(directory)
        if (before := compare(artifacts, places.target, kept=kept)).same and places.target.is_dir():
            return before
        places.target.parent.mkdir(parents=True, exist_ok=True)
        with alone(places.running):
            _repair(places)
            before = compare(artifacts, places.target, kept=kept)
            _refuse_foreign(before, places.target, directory)
            if not before.same or not places.target.is_dir():
                _replace(artifacts, places, kept, exchange, reached, before)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; it is as it was"
        raise refusal("output-unwritable", message, Origin(file=str(directory))) from error
    return before


def _places(directory: Path) -> _Places:
    """Name the siblings; a directory that is a link, or that holds the current folder, is refused."""
    origin = Origin(file=str(directory))
    if directory.is_symlink():
        raise refusal("output-link", "is a symbolic link; name the folder it leads to", origin)
    if directory.exists() and not directory.is_dir():
        raise refusal("output-not-folder", "is not a folder", origin)
    try:
        target = directory.resolve()
    except RuntimeError as error:
        raise refusal("output-link", "is a symbolic link that leads only to itself", origin) from error
    if Path.cwd().is_relative_to(target):
        raise refusal("output-current", "holds the current folder and would be replaced; run from outside it", origin)
    sibling = f".{target.name}.apiscribe-"
    return _Places(
        target=target,
        new=target.with_name(f"{sibling}new"),
        old=target.with_name(f"{sibling}old"),
        running=target.with_name(f"{sibling}running"),
    )


def _repair(places: _Places) -> None:
    """Undo what a killed run left: the tree set aside comes back if it is the only one, the rest is removed."""
    if not places.target.exists() and places.old.is_dir():
        places.old.rename(places.target)
    for leftover in (places.new, places.old):
        _remove(leftover)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _refuse_foreign(before: Comparison, target: Path, named: Path) -> None:
    """Refuse to replace or remove anything that the lock file in the directory does not list."""
    if foreign := foreign_in(before, target):
        what = "was not written by apiscribe; move it away, or generate into another folder"
        raise ApiscribeError(
            [Diagnostic(rule="output-foreign", message=what, origin=Origin(file=str(named / path))) for path in foreign]
        )


def _replace(
    artifacts: Mapping[str, bytes],
    places: _Places,
    kept: Collection[str],
    exchange: bool,
    reached: Callable[[str], None],
    before: Comparison,
) -> None:
    try:
        _build(artifacts, places, kept, reached, before)
        reached("built")
        if not places.target.exists():
            places.new.rename(places.target)
        elif not (exchange and _exchange(places.new, places.target)):
            places.target.rename(places.old)
            reached("set aside")
            places.new.rename(places.target)
        reached("exchanged")
    except BaseException:
        _repair(places)
        raise
    sync(places.target.parent)
    for leftover in (places.new, places.old):
        shutil.rmtree(leftover, ignore_errors=True)


def _build(
    artifacts: Mapping[str, bytes],
    places: _Places,
    kept: Collection[str],
    reached: Callable[[str], None],
    before: Comparison,
) -> None:
    """Write the whole new tree, the user's folders included, and make it durable before it takes its place.

    A file that is as it should be gets a second name there.
    """
    fresh = {*before.missing, *(change.path for change in before.changed)}
    folders = _folders(artifacts)
    for folder in folders:
        _make_folder(places.new / folder)
    for path in sorted(artifacts):
        if path in fresh or not give_second_name(f"{places.target}/{path}", f"{places.new}/{path}"):
            write_new(f"{places.new}/{path}", artifacts[path])
            fresh.add(path)
    for path in kept:
        _carry_over(places.target / path, places.new / path)
    reached("filled")
    for path in sorted(fresh):
        sync(f"{places.new}/{path}")
    for folder in reversed(folders):
        sync(f"{places.new}/{folder}")


def _folders(paths: Iterable[str]) -> list[str]:
    """List the folders that hold some paths, each after the one that holds it; the first is the directory itself."""
    found = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def _make_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(FOLDER_MODE)


def _carry_over(source: Path, target: Path) -> None:
    """Give the new tree a folder of the user's: the same files under a second name, copies where that is impossible."""
    if not os.path.lexists(source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_link)
    else:
        _link(str(source), str(target))


def _link(source: str, target: str) -> None:
    if not linked(source, target):
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    import ctypes

    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False
    if function(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))

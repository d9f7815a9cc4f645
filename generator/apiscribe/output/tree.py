"""What lies in an output directory: its paths, without following a link and without tool caches."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

CACHES: Final = frozenset({"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"})
FILE_MODE: Final = 0o644
_CACHE_SUFFIX: Final = ".egg-info"
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS})
_PATH: Final = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


def paths_in(directory: Path, *, kept: Collection[str] = ()) -> tuple[str, ...]:
    """List everything in a directory that is not itself a directory, sorted, as relative POSIX paths.

    A symbolic link is listed and not followed. Tool caches and the `kept` folders are left out. A directory that does
    not exist holds nothing.
    """
    return tuple(sorted(_walk(directory, "", frozenset(kept))))


def _walk(directory: Path, prefix: str, kept: frozenset[str]) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if path not in kept and entry.name not in CACHES and not entry.name.endswith(_CACHE_SUFFIX):
                yield from _walk(directory / entry.name, f"{path}/", kept)
        elif path not in kept:
            yield path


def read_regular(directory: Path, path: str) -> bytes | None:
    """Read a file below a directory; None when no regular file is there, or a link stands on the way."""
    place = directory
    for part in path.split("/"):
        place = place / part
        if place.is_symlink():
            return None
    try:
        return place.read_bytes() if place.is_file() else None
    except FileNotFoundError:
        return None


def read_tree(directory: Path, *, kept: Collection[str] = ()) -> dict[str, bytes | None]:
    """Read every file that `paths_in` lists, by its path; what is no regular file has no bytes."""
    return {path: read_listed(f"{directory}/{path}") for path in paths_in(directory, kept=kept)}


def read_listed(place: str) -> bytes | None:
    """Read a file that `paths_in` listed: the folders on the way are no links then; None if it is no regular file."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOENT, errno.ENXIO):
            return None
        raise
    try:
        status = os.fstat(descriptor)
        # Without a stream: a package has thousands of small files.
        return b"".join(_blocks(descriptor, status.st_size + 1)) if stat.S_ISREG(status.st_mode) else None
    finally:
        os.close(descriptor)


def _blocks(descriptor: int, size: int) -> Iterator[bytes]:
    while block := os.read(descriptor, size):
        yield block


def check_paths(paths: Iterable[str], *, kept: Collection[str] = ()) -> None:
    """Refuse output paths that could leave the directory, meet each other or reach what is the user's.

    >>> check_paths(["a.py", "b/c.py"])
    >>> check_paths(["../a.py"])
    Traceback (most recent call last):
    ValueError: output path '../a.py' is not plain

    Raises:
        ValueError: a path is not plain, is taken twice on a file system without case, or lies in a kept folder.
    """
    taken: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        parts = path.split("/")
        if not _PATH.fullmatch(path) or {".", ".."} & set(parts):
            raise ValueError(f"output path {path!r} is not plain")
        if any(path == folder or path.startswith(f"{folder}/") for folder in kept):
            raise ValueError(f"output path {path!r} lies in a folder that is the user's")
        if (other := taken.setdefault(path.casefold(), path)) != path:
            raise ValueError(f"output paths {path!r} and {other!r} are one file where case is ignored")
        folders.update("/".join(parts[:end]).casefold() for end in range(1, len(parts)))
    if both := sorted(folders & taken.keys()):
        raise ValueError(f"output path {both[0]!r} is a file and a folder")


def write_new(path: Path | str, data: bytes) -> None:
    """Write a file that must not exist yet, readable by all whatever the umask says."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fchmod(descriptor, FILE_MODE)
    finally:
        os.close(descriptor)


def give_second_name(source: str, target: str) -> bool:
    """Give a file that `write_new` made a second name; False if it is another's, or not as it was made."""
    status = os.stat(source, follow_symlinks=False)
    is_ours = stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) == FILE_MODE
    return is_ours and status.st_uid == os.geteuid() and linked(source, target)


def linked(source: str, target: str) -> bool:
    """Link a file to a second name; False where that is impossible."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True


def sync(path: Path | str) -> None:
    """Make a file or folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

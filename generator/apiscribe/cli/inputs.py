"""Reading what the user names: regular files only, their size known before a byte is read, nothing outside followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from apiscribe.errors import Origin, refusal


def read_input(path: Path, *, limit: int) -> bytes:
    """Read one input file.

    Raises:
        ApiscribeError: it is missing, not a regular file, or larger than the limit.
    """
    origin = Origin(file=str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise refusal("input-not-file", "is not a regular file", origin)
            data = _read(descriptor, limit + 1) if status.st_size <= limit else None
        finally:
            os.close(descriptor)
    except OSError as error:
        raise refusal("input-unreadable", f"cannot be read: {error.strerror}", origin) from error
    except ValueError as error:
        raise refusal("input-unreadable", "is not a path", origin) from error
    if data is None or len(data) > limit:
        raise refusal("input-too-large", f"is larger than {_size(limit)}", origin)
    return data


def resolved(path: Path) -> Path:
    """Make a path absolute, without links; one that leads in circles stays as it is, since nobody can read it.

    >>> resolved(Path("/tmp/../etc"))
    PosixPath('/etc')
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python 3.13 no longer raises
        return path.absolute()


def _size(limit: int) -> str:
    mebibytes, rest = divmod(limit, 1024 * 1024)
    return f"{limit} bytes" if rest else f"{mebibytes} MiB"


def _read(descriptor: int, most: int) -> bytes:
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return stream.read(most)


class References:
    """Reads the further files of a multi-file document, only below its own folder, and remembers what was read."""

    def __init__(self, base: Path, *, limit: int) -> None:
        self._base = base
        self._limit = limit
        self.read: dict[str, bytes] = {}

    def reader(self, folder: Path) -> Callable[[str], bytes]:
        """Make the reader of the documents in one folder; it takes paths relative to that folder."""

        def read(path: str) -> bytes:
            target = folder / path
            if not resolved(target).is_relative_to(resolved(folder)):
                raise refusal("reference-outside", "leads out of the document's folder", Origin(file=str(target)))
            data = read_input(target, limit=self._limit)
            self.read[os.path.relpath(target, self._base)] = data
            return data

        return read

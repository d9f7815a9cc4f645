"""Pages on disk: found below what the user names, read, captured, and turned into the files to write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from apiscribe.cli.inputs import read_input, resolved
from apiscribe.errors import Diagnostic, Origin, Severity, refusal, shown

if TYPE_CHECKING:
    from apiscribe.capture import Captured, CapturedDocument, PageSource
    from apiscribe.capture.lock import Fetched

PAGES_LOCK: Final = "pages.lock"
MAX_LOCK: Final = 64 * 1024 * 1024
_SUFFIXES: Final = frozenset({"", ".txt", ".html", ".htm", ".md", ".markdown"})
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The pages below what the user named, and the files among them that no page is called like."""

    pages: tuple[PageSource, ...]
    skipped: tuple[Diagnostic, ...]


def find_pages(named: Sequence[Path], pages_folder: Path | None = None) -> Found:
    """Find every page that is named or lies in a folder that is named; hidden files are not looked at.

    A page is known by its path below the pages folder, else below the folder that was named. Pages named one by one
    are known by their paths below the folder that holds them all. Its bytes are read when they are asked for.

    Raises:
        ApiscribeError: a folder cannot be read, or something in it is a link.
    """
    from apiscribe.capture.page import MAX_PAGE, PageSource

    single = [resolved(path).parent for path in named if not path.is_dir()]
    above = Path(os.path.commonpath(single)) if single else Path()
    pages: dict[Path, PageSource] = {}
    skipped = []
    for path in named:
        folder = resolved(path) if path.is_dir() else above
        for file in _files(path):
            full = resolved(file)
            if path.is_dir() and file.suffix.lower() not in _SUFFIXES:
                skipped.append(_skipped(file))
            elif full not in pages:
                base = resolved(pages_folder) if pages_folder else folder
                name = full.relative_to(base if full.is_relative_to(base) else folder).as_posix()
                pages[full] = PageSource(path=str(file), data=partial(read_input, file, limit=MAX_PAGE), name=name)
    return Found(pages=tuple(pages.values()), skipped=tuple(skipped))


def _files(path: Path) -> Iterable[Path]:
    """List a file, or the files below a folder; links in a folder are refused, since they may lead anywhere."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path, onerror=_refuse_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted((*names, *folders)):
            file = Path(folder, name)
            if file.is_symlink():
                raise refusal("page-link", "is a symbolic link and is not followed", Origin(file=str(file)))
            if name in names and not name.startswith("."):
                yield file


def _refuse_unreadable(error: OSError) -> None:
    # Left alone, os.walk passes over a folder that it cannot read, and its pages would be missing without a word.
    raise refusal("page-unreadable", f"cannot be read: {error.strerror}", Origin(file=str(error.filename))) from error


def _skipped(file: Path) -> Diagnostic:
    message = "is not called like a page (.txt, .html, .htm, .md, .markdown) and was not read"
    return Diagnostic(rule="page-name", message=message, origin=Origin(file=str(file)), severity=Severity.WARNING)


def document_name(document: CapturedDocument) -> str:
    """Name the file of a captured document.

    Raises:
        ApiscribeError: service or version cannot be part of a file name.
    """
    if not _FILE_NAME.fullmatch(document.name):
        raise refusal("page-service", f"cannot be a file name: {shown(document.name)}", Origin(file="--out"))
    return document.name


def is_kept(page: PageSource, folder: Path) -> bool:
    """Tell whether a page is the very file that keeping it in this folder would write."""
    return resolved(Path(page.path)) == resolved(folder / (page.name or page.path))


class Contents(Mapping[str, bytes]):
    """The contents of files by path; those of a page are read when they are asked for, and not held."""

    def __init__(self, files: Mapping[str, bytes | PageSource]) -> None:
        self._files = files

    def __getitem__(self, path: str) -> bytes:
        """Give the content of a file."""
        found = self._files[path]
        return found if isinstance(found, bytes) else found.read()

    def __iter__(self) -> Iterator[str]:
        """List the paths."""
        return iter(self._files)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._files)


def locked(folder: Path) -> dict[str, Fetched]:
    """Read how the pages of the lock in a folder were fetched, by path; nothing if there is no lock."""
    from apiscribe.capture.lock import fetched_pages

    file = folder / PAGES_LOCK
    data = read_input(file, limit=MAX_LOCK) if file.is_file() else b""
    return fetched_pages(data.decode("utf-8", "replace"))


def captured_files(captured: Captured, fetched: Mapping[str, Fetched]) -> dict[str, bytes]:
    """List the files that a capture into a folder writes there, given how the pages were fetched."""
    from apiscribe.capture.lock import with_fetched

    files = {document_name(document): document.text.encode() for document in captured.documents}
    return {**files, PAGES_LOCK: with_fetched(captured.lock_text, fetched).encode()}


def newest(documents: Sequence[CapturedDocument]) -> CapturedDocument:
    """Find the newest version of one service.

    Raises:
        ApiscribeError: the documents are of several services.
    """
    services = sorted({document.service for document in documents})
    if len(services) > 1:
        message = f"one file takes one service, and the pages are of {', '.join(services)}: give a folder"
        raise refusal("page-services", message, Origin(file="--out"))
    return max(documents, key=lambda document: _version_order(document.version))


def _version_order(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.-]", version))

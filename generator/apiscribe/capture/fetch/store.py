"""The store room: kept pages in their folder, and a journal of the run, so that one that was killed goes on."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from apiscribe.capture.lock import Fetched
from apiscribe.capture.page import PageSource
from apiscribe.errors import Origin, refusal

JOURNAL: Final = ".apiscribe-fetch.jsonl"
# An unfinished run that is older is begun anew: its pages are then asked for on condition that they changed.
RESUMABLE_SECONDS: Final = 24 * 60 * 60
MAX_JOURNAL: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What an index, a sitemap or robots.txt said the last time, and the validators of that answer."""

    address: str
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    language: str | None = None
    twins: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    alien: tuple[tuple[str, int], ...] = ()
    text: str = ""
    asked: float = 0.0


class Store:
    """Kept pages by name. What is put is in the folder at once and whole; without a folder it stays in memory.

    With `write` false the folder is only looked into, for validators and for pages that did not change.
    """

    def __init__(self, folder: Path | None, locked: Mapping[str, Fetched], *, write: bool) -> None:
        self._folder = folder
        self._write = write and folder is not None
        self._fetched = dict(locked)
        self._indexes: dict[str, Index] = {}
        self._memory: dict[str, bytes] = {}
        self._done: set[str] = set()
        self._journal: Path | None = folder / JOURNAL if folder is not None else None
        self._last_run: dict[str, Any] = {}
        self._last_at = 0.0
        self._ended = True
        for line in self._read_journal():
            self._replay(line)
        self._names = {name.rpartition(".")[0]: name for name in self._fetched}

    def begin(self, run: Mapping[str, Any]) -> None:
        """Begin a run, or go on with an unfinished one that asked for the same."""
        fresh = time.time() - self._last_at < RESUMABLE_SECONDS
        if not (self._write and fresh and self._last_run == run):
            self._done.clear()
            self._log({"run": dict(run)})

    def complete(self) -> None:
        """Note that the run asked for everything it wanted."""
        self._log({"complete": True})

    def settle(self) -> None:
        """Shorten the journal to what pages.lock does not say: the indexes."""
        if self._write and self._journal is not None and self._journal.is_file():
            lines = (json.dumps({"index": asdict(index)}) for index in self._indexes.values())
            _replace(self._journal, "".join(f"{line}\n" for line in lines).encode())

    def done(self, stem: str) -> bool:
        """Tell whether the unfinished run has the page already, and it is still there."""
        return stem in self._done and self.known(stem) is not None

    def known(self, stem: str) -> Fetched | None:
        """Say how a page was fetched; None unless it is here exactly as it was then."""
        name = self._names.get(stem)
        fetched = self._fetched.get(name) if name is not None else None
        if name is None or fetched is None:
            return None
        data = self._data(name)
        return fetched if data is not None and digest(data) == fetched.sha256 else None

    def addresses(self) -> dict[str, str]:
        """List the addresses of all pages that were ever fetched, by page."""
        return {stem: self._fetched[name].address for stem, name in self._names.items()}

    def address(self, stem: str) -> str:
        """Give the address of a page that was fetched."""
        return self._fetched[self._names[stem]].address

    def data(self, stem: str) -> bytes:
        """Give the bytes of a page that is known."""
        return self._data(self._names[stem]) or b""

    def put(self, stem: str, suffix: str, data: bytes, fetched: Fetched) -> bool:
        """Keep a page; tell whether its bytes are others than before."""
        name, before = f"{stem}{suffix}", self._names.get(stem)
        changed = before != name or self._data(name) != data
        if changed:
            self._place(name, data)
            if before is not None and before != name:
                self._drop(before)
        self._names[stem] = name
        self._note(stem, fetched)
        return changed

    def mark(self, stem: str, status: int) -> None:
        """Note that the portal answered otherwise than with the page; what is kept stays."""
        self._note(stem, replace(self._fetched[self._names[stem]], status=status), done=False)

    def unchanged(self, stem: str, fetched: Fetched) -> None:
        """Note that a page was asked for and has not changed."""
        self._note(stem, fetched)

    def remove(self, stem: str) -> None:
        """Remove a page that the portal no longer has."""
        self._drop(self._names.pop(stem))

    def index(self, address: str) -> Index | None:
        """Say what an index held the last time; that there was none is forgotten after a day."""
        index = self._indexes.get(address)
        stale = index is not None and index.status != 200 and time.time() - index.asked > RESUMABLE_SECONDS
        return None if stale else index

    def put_index(self, index: Index) -> None:
        """Note what an index holds, and when."""
        index = replace(index, asked=time.time())
        self._indexes[index.address] = index
        self._log({"index": asdict(index)})

    def fetched(self) -> dict[str, Fetched]:
        """Give how every page was fetched, by its path below the folder."""
        return dict(self._fetched)

    def sources(self) -> Iterator[PageSource]:
        """Give the pages that were fetched, new ones from memory."""
        for name in sorted(self._fetched):
            data = self._data(name)
            if data is not None:
                path = self._fetched[name].address if name in self._memory else str((self._folder or Path()) / name)
                yield PageSource(path=path, data=data, name=name)

    def _note(self, stem: str, fetched: Fetched, *, done: bool = True) -> None:
        name = self._names[stem]
        self._fetched[name] = fetched
        if done:
            self._done.add(stem)
        self._log({"page": name, "done": done, **asdict(fetched)})

    def _data(self, name: str) -> bytes | None:
        if name in self._memory:
            return self._memory[name]
        if self._folder is None:
            return None
        path = self._folder / name
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None

    def _place(self, name: str, data: bytes) -> None:
        if not self._write or self._folder is None:
            self._memory[name] = data
            return
        _refuse_links(self._folder, name)
        (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
        _replace(self._folder / name, data)

    def _drop(self, name: str) -> None:
        self._fetched.pop(name, None)
        self._memory.pop(name, None)
        if self._write and self._folder is not None:
            _refuse_links(self._folder, name)
            (self._folder / name).unlink(missing_ok=True)
        self._log({"removed": name})

    def _log(self, line: Mapping[str, Any]) -> None:
        if not self._write or self._journal is None:
            return
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(
            self._journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644
        )
        # The line before may be one that a killed run did not end.
        text = f"{json.dumps(line, ensure_ascii=False)}\n".encode()
        try:
            os.write(descriptor, text if self._ended else b"\n" + text)
        finally:
            os.close(descriptor)
        self._ended = True

    def _read_journal(self) -> Iterator[dict[str, Any]]:
        if self._journal is None or not self._journal.is_file() or self._journal.is_symlink():
            return
        if self._journal.stat().st_size > MAX_JOURNAL:
            raise refusal("fetch-journal", "is larger than any journal: remove it", Origin(file=str(self._journal)))
        self._last_at = self._journal.stat().st_mtime
        data = self._journal.read_bytes()
        self._ended = data.endswith(b"\n") or not data
        for line in data.split(b"\n"):
            try:
                value = json.loads(line)
            except ValueError:  # the line that a killed run did not end
                continue
            if isinstance(value, dict):
                yield value

    def _replay(self, line: dict[str, Any]) -> None:
        try:
            if "index" in line:
                index = Index(**{**line["index"], **_tuples(line["index"])})
                self._indexes[index.address] = index
            elif "page" in line:
                name, done = line.pop("page"), line.pop("done")
                self._fetched[name] = Fetched(**line)
                if done:
                    self._done.add(name.rpartition(".")[0])
            elif "removed" in line:
                self._fetched.pop(line["removed"], None)
            else:
                self._last_run = line.get("run", {})
                self._done.clear()
        except (TypeError, KeyError, AttributeError):
            return  # a line of another version says nothing: the page is fetched anew


def _tuples(index: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "twins": tuple((str(one), str(two)) for one, two in index["twins"]),
        "links": tuple(map(str, index["links"])),
        "alien": tuple((str(one), int(two)) for one, two in index["alien"]),
    }


def _refuse_links(folder: Path, name: str) -> None:
    place = folder
    for part in name.split("/"):
        place = place / part
        if place.is_symlink():
            raise refusal("output-link", "is a symbolic link and is not followed", Origin(file=str(place)))


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: under another name that is hidden, then moved.

    It is not synced: what a power cut damages no longer has the digest that was noted, and is fetched anew.
    """
    part = path.with_name(f".{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    part.replace(path)


def digest(data: bytes) -> str:
    """Digest the bytes of a page as pages.lock writes it."""
    return hashlib.sha256(data).hexdigest()

"""Bodies to files: pieces are written beside the target, checked, and take its place when all of it is there."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from .errors import APIConnectionError, APIError, APIStatusError, RequestValidationError, ResponseValidationError
from .headers import Headers

Progress = Callable[[int, int | None], object]
_PIECE = 1024 * 1024
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
_DIGESTS = {"sha-256": "sha256", "sha-512": "sha512", "md5": "md5"}


class Checksum(Protocol):
    """What is told every byte of a file in order, as the objects of `hashlib` are."""

    def update(self, data: bytes, /) -> object:
        """Take the next bytes."""
        ...


class _Mark(NamedTuple):
    """What of a file is there already: its validator and how long the whole is, kept beside it."""

    validator: str
    total: int


class Download:
    """One file on its way: what is asked for next, and what is done with the answer."""

    def __init__(
        self, path: str | os.PathLike[str], *, progress: Progress | None, checksum: Checksum | None, sha256: str | None
    ) -> None:
        self._path = os.fspath(path)
        self._part, self._note = f"{self._path}.part", f"{self._path}.part.json"
        self._progress, self._checksum = progress, checksum
        if sha256 is not None and re.fullmatch("[0-9a-fA-F]{64}", sha256) is None:
            raise RequestValidationError("sha256 is 64 hexadecimal digits")
        self._wanted = {} if sha256 is None else {"sha256": bytes.fromhex(sha256)}
        self._told: dict[str, bytes] = {}
        self._total: int | None = None
        self._file: Any = None
        self._size = 0
        self._is_wrong = self._restarted = False

    def request(self) -> dict[str, str]:
        """Give the headers that ask for what is missing, under the condition that it is still the same file."""
        headers = {"Accept-Encoding": "identity"}  # ranges count bytes as they are stored
        mark, size = self._marked()
        if mark is not None and 0 < size < mark.total:
            headers |= {"Range": f"bytes={size}-", "If-Range": mark.validator}
        return headers

    def begin(self, status: int, headers: Headers) -> None:
        """Open the partial file at the place where the answer goes on, or anew.

        Raises:
            ResponseValidationError: the answer is another part than was asked for.
        """
        coded = headers.get("content-encoding", "identity").strip().lower() != "identity"
        self._told = _digests(headers, whole=status != 206)
        if status == 206:
            self._go_on(headers, coded=coded)
            return
        self._forget()
        length = headers.get("content-length", "")
        self._total = int(length) if not coded and re.fullmatch("[0-9]{1,18}", length) else None
        validator = "" if self._total is None else _validator(headers)
        self._told = {} if coded else self._told
        self._file = open(self._part, "wb")  # noqa: SIM115  (`pause` closes it)
        self._size = 0
        if validator:
            with open(self._note, "w", encoding="utf-8") as note:
                json.dump({"validator": validator, "total": self._total}, note)

    def _go_on(self, headers: Headers, *, coded: bool) -> None:
        mark, size = self._marked()
        found = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
        first, last, total = (int(text) for text in found.groups()) if found else (-1, -1, -1)
        wrong = ""
        if mark is None or (first, last + 1, total) != (size, mark.total, mark.total) or coded:
            wrong = "the answer is not the part of the file that was asked for"
        elif _validator(headers) not in ("", mark.validator):
            wrong = "the answer is a part of another version of the file"
        if wrong:
            self._is_wrong = mark is not None
            self._forget()  # or every later call would ask for the same part again
            raise ResponseValidationError(wrong)
        self._size, self._total = size, total
        self._file = open(self._part, "ab")  # noqa: SIM115  (`pause` closes it)

    def write(self, piece: bytes) -> None:
        """Write the next bytes, and tell how far it is."""
        self._file.write(piece)
        self._size += len(piece)
        if self._progress is not None:
            self._progress(self._size, self._total)

    def pause(self) -> None:
        """Close the partial file; what is in it stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self) -> int:
        """Check the file and put it in its place; give its length in bytes.

        Raises:
            ResponseValidationError: it is of another length or has another digest than told; nothing of it is kept.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self.pause()
        if self._total is not None and self._size != self._total:
            self._forget()
            raise ResponseValidationError(f"the file has {self._size} bytes, {self._total} were told")
        self._check()
        os.replace(self._part, self._path)
        self._forget()
        return self._size

    def may_go_on(self, error: APIError) -> bool:
        """Say whether another request can mend this: what is there can be continued, or has to be thrown away."""
        self.pause()  # what has not been written yet is there as well
        is_refused = isinstance(error, APIStatusError) and error.status_code == 416
        if (is_refused or self._is_wrong) and not self._restarted:
            self._restarted = True
            self._forget()
            return True
        return isinstance(error, APIConnectionError) and "Range" in self.request()

    def _check(self) -> None:
        hashes = {name: hashlib.new(name, usedforsecurity=False) for name in {*self._wanted, *self._told}}
        if hashes or self._checksum is not None:
            with open(self._part, "rb") as file:
                while piece := file.read(_PIECE):
                    for each in (*hashes.values(), *([] if self._checksum is None else [self._checksum])):
                        each.update(piece)
        for name, digest in (*self._told.items(), *self._wanted.items()):
            if hashes[name].digest() != digest:
                self._forget()
                raise ResponseValidationError(f"the {name} of the file is not the one that was told")

    def _marked(self) -> tuple[_Mark | None, int]:
        try:
            with open(self._note, encoding="utf-8") as note:
                data = json.loads(note.read(4096))
            mark = _Mark(str(data["validator"]), int(data["total"]))
            size = os.path.getsize(self._part)
        except (OSError, ValueError, KeyError, TypeError):
            return None, 0
        return (mark, size) if _is_validator(mark.validator) and size <= mark.total else (None, 0)

    def _forget(self) -> None:
        for name in (self._part, self._note):
            try:
                os.remove(name)
            except FileNotFoundError:
                continue


def _validator(headers: Headers) -> str:
    """Give what says that a later part belongs to the same file: a strong entity tag, or else when it was modified."""
    tag = headers.get("etag", "").strip()
    found = tag if tag and not tag.startswith("W/") else headers.get("last-modified", "").strip()
    return found if _is_validator(found) else ""


def _is_validator(text: str) -> bool:
    return re.fullmatch(r"[\x20-\x7e]{1,512}", text) is not None


def _digests(headers: Mapping[str, str] | Headers, *, whole: bool) -> dict[str, bytes]:
    """Give the digests of the whole file that an answer tells and that are known here."""
    told = {"md5": headers.get("content-md5", "") or ""} if whole else {}
    for header in ("digest", "repr-digest", *(["content-digest"] if whole else [])):
        for item in (headers.get(header, "") or "").split(","):
            name, _, value = item.strip().partition("=")
            told[_DIGESTS.get(name.lower(), "")] = value.strip(":")
    found: dict[str, bytes] = {}
    for name, value in told.items():
        try:
            digest = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            continue
        if name and len(digest) == hashlib.new(name, usedforsecurity=False).digest_size:
            found[name] = digest
    return found

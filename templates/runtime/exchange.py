"""The words in which the flow of a call and a transport talk: commands go out, answers come back, without I/O."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from .credentials import CredentialsBase, CredentialsSource, Wanted
from .headers import Headers

MAX_BODY = 32 * 1024 * 1024
MAX_HEADERS = 100
MAX_HEADER_BYTES = 64 * 1024
_PIECE = 1024 * 1024

FailureKind = Literal["connect", "broken", "timeout", "local", "too-large", "encoding"]


class Send(NamedTuple):
    """Send this to the exact address, whose query `hidden` keeps out of logs; answered by a Head or a Failure."""

    method: str
    url: str
    headers: Sequence[tuple[str, str]]
    body: bytes
    deadline: float | None
    hidden: bool = False


class Read(NamedTuple):
    """Read the body of the response that came last; answered by bytes or a Failure. `cut` just stops at the limit."""

    limit: int
    cut: bool = False


class Sleep(NamedTuple):
    """Wait this many seconds."""

    seconds: float


class Head(NamedTuple):
    """Status and headers of a response whose body is still to be read."""

    status: int
    headers: Headers


class Failure(NamedTuple):
    """What kept a request from being answered; `text` may still hold what must not be shown."""

    kind: FailureKind
    text: str
    error: type[Exception]


class Renew(NamedTuple):
    """Get the credentials of the next attempt from where they come; answered by them."""

    source: CredentialsSource
    wanted: Wanted
    deadline: float | None


Command = Send | Read | Sleep | Renew
Answer = Head | bytes | Failure | CredentialsBase | None


class TooLargeError(Exception):
    """A body beyond the limit."""


class BadCodingError(Exception):
    """A body in a coding that was not asked for, or that is broken."""


class Decoder:
    """Decodes a body in pieces of bounded size: a small compressed body can be a very large one."""

    __slots__ = ("_inflater", "_plain", "_raw_deflate")

    def __init__(self, headers: Headers) -> None:
        coding = headers.get("content-encoding", "").strip().lower()
        self._plain = coding in ("", "identity")
        self._raw_deflate = coding == "deflate"
        if not self._plain and coding not in ("gzip", "x-gzip", "deflate"):
            raise BadCodingError("content coding that was not asked for")
        self._inflater = None if self._plain else zlib.decompressobj(zlib.MAX_WBITS | 32)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode the next bytes, in pieces of at most one MiB.

        Raises:
            BadCodingError: the bytes are not what the coding says.
        """
        if self._inflater is None:
            yield data
            return
        while data:
            try:
                piece = self._inflater.decompress(data, _PIECE)
            except zlib.error:
                if not self._raw_deflate:
                    raise BadCodingError("the compressed body is broken") from None
                # "deflate" should be zlib's format, and some servers send the bare one.
                self._raw_deflate = False
                self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._raw_deflate = False
            data = self._inflater.unconsumed_tail
            if self._inflater.eof and self._inflater.unused_data:
                data = self._inflater.unused_data
                self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
            if piece:
                yield piece


class Collector:
    """Collects a decoded body up to a limit; with `cut` it stops there quietly, else it refuses what is longer."""

    __slots__ = ("_cut", "_decoder", "_limit", "_pieces", "_size")

    def __init__(self, headers: Headers, limit: int, cut: bool) -> None:
        self._decoder = Decoder(headers)
        self._limit = limit
        self._cut = cut
        self._pieces: list[bytes] = []
        self._size = 0
        length = headers.get("content-length", "")
        if not cut and length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit):
            raise TooLargeError

    def add(self, data: bytes) -> bool:
        """Take the next bytes; say whether more are wanted.

        Raises:
            TooLargeError: the body is beyond the limit.
            BadCodingError: see `Decoder`.
        """
        for piece in self._decoder.feed(data):
            self._pieces.append(piece)
            self._size += len(piece)
            if self._size > self._limit:
                if not self._cut:
                    raise TooLargeError
                return False
        return True

    def body(self) -> bytes:
        """Give what was collected."""
        whole = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        return whole[: self._limit] if self._cut else whole

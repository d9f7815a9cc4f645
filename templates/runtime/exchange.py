"""The words in which the flow of a call and a transport talk: commands go out, answers come back, without I/O."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from .credentials import CredentialsBase, CredentialsSource, Wanted
from .headers import Headers
from .record import Record

if TYPE_CHECKING:
    from .authorizer import Gate
    from .files import Content
    from .redact import Redactor

MAX_BODY = 32 * 1024 * 1024
MAX_HEADERS = 100
MAX_HEADER_BYTES = 64 * 1024
_PIECE = 1024 * 1024
_LARGE = 4 * 1024

FailureKind = Literal["connect", "untrusted", "broken", "malformed", "timeout", "local", "too-large", "encoding"]
"""`untrusted`: a certificate that does not verify. `broken`: it ended before an answer began. `malformed`: no HTTP.
`local`: not even sent."""


class Send(NamedTuple):
    """Send this to the exact address, whose query `hidden` keeps out of logs; answered by a Head or a Failure.

    `redactor` gives what takes secrets out of whatever is logged on the way. `again` signs the request anew: one
    that had to wait for its place carries a time that is past. `idle` are the seconds for each wait for more of a body
    that is read piece by piece, instead of the deadline of the whole.
    """

    method: str
    url: str
    headers: Sequence[tuple[str, str]]
    body: bytes | Content
    deadline: float | None
    hidden: bool = False
    redactor: Callable[[], Redactor] | None = None
    again: Callable[[], Send] | None = None
    idle: float | None = None

    def __repr__(self) -> str:
        return f"<Send {self.method}>"


class Read(NamedTuple):
    """Read the body of the response that came last; answered by bytes or a Failure. `cut` just stops at the limit."""

    limit: int
    cut: bool = False


class Sleep(Record):
    """Wait this many seconds."""

    seconds: float


class Head(NamedTuple):
    """Status and headers of a response whose body is still to be read."""

    status: int
    headers: Headers

    def __repr__(self) -> str:
        return f"<Head {self.status}>"


class Failure(Record):
    """What kept a request from being answered; `text` may still hold what must not be shown."""

    kind: FailureKind
    text: str
    error: type[Exception]

    def __repr__(self) -> str:
        return f"<Failure {self.kind}>"


class Renew(Record):
    """Get the credentials of the next attempt from where they come; answered by them."""

    source: CredentialsSource
    wanted: Wanted
    deadline: float | None


class Enter(Record):
    """Wait until nobody else is behind this gate; answered by what lets the next one pass, or a Failure."""

    gate: Gate
    deadline: float | None


Command = Send | Read | Sleep | Renew | Enter
Answer = Head | bytes | Failure | CredentialsBase | Callable[[], None] | None


class TooLargeError(Exception):
    """A body beyond the limit."""


class BadCodingError(Exception):
    """A body in a coding that was not asked for, or that is broken."""


class Decoder:
    """Decodes a body in pieces of bounded size: a small compressed body can be a very large one."""

    __slots__ = ("_coding", "_inflater", "_raw_deflate")

    def __init__(self, headers: Headers) -> None:
        coding = headers.get("content-encoding", "").strip().lower()
        self._coding = "" if coding == "identity" else coding
        self._raw_deflate = coding == "deflate"
        self._inflater: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode the next bytes, in pieces of at most one MiB.

        Raises:
            BadCodingError: a coding that was not asked for, or bytes that are not what the coding says.
        """
        if not self._coding:
            yield data
            return
        while data:
            inflater = self._inflater = self._inflater or self._new()
            try:
                piece = inflater.decompress(data, _PIECE)
            except zlib.error:
                if not self._raw_deflate:
                    raise BadCodingError("the compressed body is broken") from None
                # "deflate" should be zlib's format, and some servers send the bare one.
                self._raw_deflate = False
                self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._raw_deflate = False
            data = inflater.unconsumed_tail
            if inflater.eof:
                data = inflater.unused_data
                self._inflater = None
            if piece:
                yield piece

    def finish(self) -> None:
        """Take note that the body is over.

        Raises:
            BadCodingError: it ended in the middle of what was compressed.
        """
        if self._inflater is not None:
            raise BadCodingError("the compressed body is cut")

    def _new(self) -> zlib._Decompress:
        if self._coding not in ("gzip", "x-gzip", "deflate"):
            raise BadCodingError("content coding that was not asked for")
        return zlib.decompressobj(zlib.MAX_WBITS | 32)


class Collector:
    """Collects a decoded body up to a limit; with `cut` it stops there quietly, else it refuses what is longer."""

    __slots__ = ("_cut", "_decoder", "_left", "_limit", "_pieces", "_raw", "_rest", "_stopped")

    def __init__(self, headers: Headers, limit: int, cut: bool) -> None:
        self._decoder = Decoder(headers)
        self._limit = limit
        self._cut = cut
        self._left = limit
        # Large pieces are copied once, when all are there, and a single one never. From the first small one on that
        # follows, all is gathered in one buffer: many tiny pieces take no more memory than large ones.
        self._pieces: list[bytes] = []
        self._rest = bytearray()
        self._raw = 0
        self._stopped = False
        length = headers.get("content-length", "")
        if not cut and length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit):
            raise TooLargeError

    def add(self, data: bytes) -> bool:
        """Take the next bytes; say whether more are wanted.

        Raises:
            TooLargeError: the body is beyond the limit, as it came or as it becomes.
            BadCodingError: see `Decoder`.
        """
        self._raw += len(data)
        for piece in self._decoder.feed(data):
            if self._rest or (self._pieces and len(piece) < _LARGE):
                self._rest += piece
            else:
                self._pieces.append(piece)
            self._left -= len(piece)
            if self._left < 0:
                return self._full()
        return self._raw <= self._limit or self._full()

    def _full(self) -> bool:
        if not self._cut:
            raise TooLargeError
        self._stopped = True
        return False

    def body(self) -> bytes:
        """Give what was collected.

        Raises:
            BadCodingError: the body ended in the middle of what was compressed.
        """
        if not self._stopped:
            self._decoder.finish()
        whole = b"".join([*self._pieces, self._rest] if self._rest else self._pieces)
        return whole[: self._limit] if self._cut else whole

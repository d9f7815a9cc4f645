"""Header names and values: what may be sent, and what a response brought, whatever the case of its names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, Self

from .errors import RequestValidationError

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

_NAME = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_REFUSED = r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]"
# Framing and routing belong to the transport: a caller who could set them could split or redirect a signed request.
_RESERVED = frozenset({"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"})


@lru_cache(maxsize=256)
def _is_token(name: str) -> bool:
    return re.fullmatch(_NAME, name) is not None


def check_header(name: str, value: str) -> None:
    """Refuse a header that is not one line of text under a token.

    Raises:
        RequestValidationError: a control character (CR, LF, NUL, …) or a name that is no token; no value is shown.
    """
    if not _is_token(name):
        raise RequestValidationError(f"header name {name[:80]!r} is not a token")
    if not isinstance(value, str):
        raise RequestValidationError(f"the value of header {name} is not text")
    if value.isascii() and value.isprintable() and value[:1] != " " != value[-1:]:
        return
    if re.search(_REFUSED, value) is not None:
        raise RequestValidationError(f"the value of header {name} has a control character")
    if value != value.strip(" \t"):
        raise RequestValidationError(f"the value of header {name} begins or ends with a blank")


def check_caller_header(name: str, value: str) -> None:
    """Refuse what `check_header` refuses, and the headers that frame or route a request.

    Raises:
        RequestValidationError: see `check_header`.
    """
    check_header(name, value)
    if name.lower() in _RESERVED:
        raise RequestValidationError(f"header {name} belongs to the transport and cannot be set")


class Headers(Mapping[str, str]):
    """Response headers: lookup ignores case, values of a repeated header are joined, `pairs` keeps what came."""

    __slots__ = ("_index", "pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs = tuple(pairs)
        self._index: dict[str, str] | None = None

    @property
    def _by_name(self) -> dict[str, str]:
        index = self._index
        if index is None:
            index = {}
            for name, value in self.pairs:
                lower = name.lower()
                index[lower] = f"{index[lower]}, {value}" if lower in index else value
            self._index = index
        return index

    def __getitem__(self, name: str) -> str:
        return self._by_name[name.lower()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return f"Headers({list(self.pairs)!r})"

    def __reduce__(self) -> tuple[type[Headers], tuple[tuple[tuple[str, str], ...]]]:
        return (Headers, (self.pairs,))


class _Answer(Protocol):
    @property
    def headers(self) -> Headers | None: ...


class ResponseHeaders:
    """The headers of one response as its operation documents them: an attribute for each, read when it is asked for.

    `headers` has all that came, documented or not. Those of errors come without what must not be shown.
    """

    __slots__ = ("_status", "headers", "operation")

    def __init__(self, headers: Headers, operation: str = "response", status: int = 0) -> None:
        self.headers = headers
        self.operation = operation
        self._status = status

    @classmethod
    def of(cls, answer: _Answer) -> Self:
        """Give the headers of a raw or streamed response, or of an error."""
        operation = str(getattr(answer, "operation", None) or "response")
        return cls(answer.headers or Headers(), operation, getattr(answer, "status_code", 0))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(self.headers)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.headers, self.operation, self._status))


H_co = TypeVar("H_co", bound=ResponseHeaders, default=ResponseHeaders, covariant=True)
"""The documented headers of an operation; of most there are none."""
Place = tuple[str, str]
"""A module, and the class of an operation in the module `headers` beside it, which is imported when it is asked for."""


def documented(place: Place | None, headers: Headers | None, operation: str, status: int) -> ResponseHeaders:
    """Give headers as the class at a place, or without one as those of which nothing is documented."""
    kind = (
        ResponseHeaders if place is None else getattr(import_module(".headers", place[0].rpartition(".")[0]), place[1])
    )
    made: ResponseHeaders = kind(headers or Headers(), operation, status)
    return made

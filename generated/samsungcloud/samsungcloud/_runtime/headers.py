"""Header names and values: what may be sent, and what a response brought, whatever the case of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from .errors import RequestValidationError

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

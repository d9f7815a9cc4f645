"""Keeping secrets out of sight: the values not to be shown go in, texts, headers and bodies without them come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

MASK = "***"
_LONGEST_LINE = 2000
# Controls, separators, bidi and zero-width characters, surrogates: none of them belongs in a message.
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
_ALWAYS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-auth-token"})
_SHORTEST_SECRET = 4
_SHORTEST_VALUE = 8


def one_line(text: str) -> str:
    """Make one line of moderate length out of text from a server."""
    return re.sub(_CONTROL, " ", text[: 4 * _LONGEST_LINE]).strip()[:_LONGEST_LINE]


def _spellings(value: str) -> set[str]:
    encoded = quote(value, safe="")
    return {value, value.replace("/", "\\/"), encoded, encoded.lower(), quote(value)}


class Redactor:
    """Takes the values of credentials and of emitted headers out of whatever is shown.

    Secrets are taken out from four characters on; values not secret by themselves (a timestamp) from eight on,
    so that a constant such as a client type does not eat words of an error message.
    """

    __slots__ = ("_names", "_values", "longest")

    def __init__(self, secrets: Iterable[str], values: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        wanted = {value for value in secrets if len(value) >= _SHORTEST_SECRET}
        wanted |= {value for value in values if len(value) >= _SHORTEST_VALUE}
        spellings = {spelling for value in wanted for spelling in _spellings(value)}
        self._values = sorted(spellings, key=lambda value: (-len(value), value))
        self._names = _ALWAYS | {name.lower() for name in names}
        self.longest = max((len(value.encode("utf-8")) for value in self._values), default=0)

    def text(self, text: str) -> str:
        """Take the values out of a text."""
        for value in self._values:
            if value in text:
                text = text.replace(value, MASK)
        return text

    def data(self, data: bytes) -> bytes:
        """Take the values out of bytes."""
        for value in self._values:
            raw = value.encode("utf-8")
            if raw in data:
                data = data.replace(raw, MASK.encode())
        return data

    def tree(self, value: object) -> object:
        """Take the values out of what JSON gave; depth is bounded by whoever read the JSON."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.tree(item) for item in value]
        if isinstance(value, dict):
            return {self.text(str(key)): self.tree(item) for key, item in value.items()}
        return value

    def headers(self, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Mask the headers that prove who is calling, and take the values out of the others."""
        return tuple((name, MASK if name.lower() in self._names else self.text(value)) for name, value in pairs)

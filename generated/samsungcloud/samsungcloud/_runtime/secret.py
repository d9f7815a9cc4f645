"""Secrets in memory: text goes in, and comes out only through `reveal` and `key`."""

from __future__ import annotations

import hmac
from typing import NoReturn, final


@final
class Secret:
    """A text that does not show itself: not in repr, str, format, vars, comparison timing, copies or pickles."""

    __slots__ = ("_value", "key")

    key: bytes

    def __init__(self, value: str) -> None:
        if not isinstance(value, str):
            raise TypeError("a secret is a str")
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "key", value.encode("utf-8"))

    def reveal(self) -> str:
        """Give the text itself."""
        value: str = object.__getattribute__(self, "_value")
        return value

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret cannot be changed")

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.key)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.key, other.key)

    def __hash__(self) -> int:
        return hash((Secret, self.key))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: read it again where it is needed")

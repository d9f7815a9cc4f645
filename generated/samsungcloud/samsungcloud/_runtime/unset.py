"""The value that means "not given": arguments come through it, and what still is it is not sent."""

from __future__ import annotations

from typing import Final, final


@final
class Unset:
    """The type of `UNSET`: falsy, one instance, apart from None because None is sent as null."""

    __slots__ = ()
    _instance: Unset | None = None

    def __new__(cls) -> Unset:
        """Give the one instance."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: object) -> Unset:
        return self


UNSET: Final = Unset()

"""Thing: models of Enums 1."""

from typing import Literal
from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        color: one of red, green, optional.
        number: one of 1, 2, optional.
        ratio: one of 0.5, 1, optional.
        flag: always True, optional.
        mixed: one of a, 1, False or null, optional.
        fixed: always always, optional.
        empty: one of \"", "none", default \"", optional.
    """

    color: Literal["red", "green"] | str | None = None
    number: Literal[1, 2] | int | None = None
    ratio: int | float | None = None
    flag: Literal[True] | bool | None = None
    mixed: Literal["a", 1, False] | str | int | bool | None = None
    fixed: Literal["always"] | str | None = None
    empty: Literal["", "none"] | str | None = None

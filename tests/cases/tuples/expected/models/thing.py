"""Thing: models of Tuples 1."""

from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        pair: array of string or integer, optional.
        rest: array of string or number, optional.
        sized: array of string, 1 to 2 items, no two alike, optional.
    """

    pair: list[str | int] | None = None
    rest: list[str | float] | None = None
    sized: list[str] | None = None

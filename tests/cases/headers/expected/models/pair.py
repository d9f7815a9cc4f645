"""Pair: models of Headers 1."""

from ...._runtime import formats as _formats
from ...._runtime.model import Model


class Pair(Model):
    """Pair.

    Fields:
        one: integer, optional.
        when: string (date), optional.
    """

    one: int | None = None
    when: _formats.Date | None = None

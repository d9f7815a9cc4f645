"""Shelf: models of Directions 1."""

from ...._runtime.model import DateTime
from ...._runtime.model import Model
from .owner import Owner
from .thing import Thing


class Shelf(Model):
    """Shelf.

    Fields:
        things: array of Thing.
        first: Thing or Owner, optional.
        within: Shelf, optional.
        made: string (date-time), optional, read only.
    """

    _read_only = frozenset(("made",))

    things: list[Thing]
    first: Thing | Owner | None = None
    within: "Shelf | None" = None
    made: DateTime | None = None

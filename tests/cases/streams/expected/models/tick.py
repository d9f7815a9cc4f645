"""Tick: models of Streams 1."""

from ...._runtime.model import Model


class Tick(Model):
    """Tick.

    Fields:
        at: integer.
    """

    at: int

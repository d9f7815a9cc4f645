"""Closed: models of Additional 1."""

from ...._runtime.model import Model


class Closed(Model):
    """Closed.

    Fields:
        a: string, optional.
    """

    a: str | None = None

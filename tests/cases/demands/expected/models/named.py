"""Named: models of Demands 1."""

from ...._runtime.model import Model


class Named(Model):
    """Named.

    Fields:
        reason: string, optional.
        up: integer, optional.
        down: integer, optional.
        by: string, optional.
    """

    reason: str | None = None
    up: int | None = None
    down: int | None = None
    by: str | None = None

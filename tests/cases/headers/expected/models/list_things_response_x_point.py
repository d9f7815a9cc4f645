"""ListThingsResponseXPoint: models of Headers 1."""

from ...._runtime.model import Model


class ListThingsResponseXPoint(Model):
    """ListThingsResponseXPoint.

    Fields:
        x: integer, optional.
        y: integer, optional.
    """

    x: int | None = None
    y: int | None = None

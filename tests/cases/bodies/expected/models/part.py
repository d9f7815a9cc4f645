"""Part: models of Bodies 1."""

from ...._runtime.model import Model


class Part(Model):
    """Part.

    Fields:
        a: string, optional.
        b: array of integer or null, optional.
    """

    a: str | None = None
    b: list[int] | None = None

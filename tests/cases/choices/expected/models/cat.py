"""Cat: models of Choices 1."""

from ...._runtime.model import Model


class Cat(Model):
    """Cat.

    Fields:
        kind: string.
        lives: integer, optional.
    """

    kind: str
    lives: int | None = None

"""Dog: models of Choices 1."""

from ...._runtime.model import Model


class Dog(Model):
    """Dog.

    Fields:
        kind: string.
        tail: string, optional.
    """

    kind: str
    tail: str | None = None

"""Thing: models of Answers 1."""

from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        name: string.
    """

    name: str

"""Other: models of Nullable 1."""

from ...._runtime.model import Model


class Other(Model):
    """Other.

    Fields:
        name: string.
    """

    name: str

"""LeafOf: models of Files 1."""

from ...._runtime.model import Model


class LeafOf(Model):
    """LeafOf.

    Fields:
        green: boolean, optional.
    """

    green: bool | None = None

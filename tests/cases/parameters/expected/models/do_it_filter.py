"""DoItFilter: models of Parameters 1."""

from ...._runtime.model import Model


class DoItFilter(Model):
    """DoItFilter.

    Fields:
        a: integer, optional.
    """

    a: int | None = None

"""Missing: models of Answers 1."""

from ...._runtime.model import Model


class Missing(Model):
    """Missing.

    Fields:
        what: string, optional.
    """

    what: str | None = None

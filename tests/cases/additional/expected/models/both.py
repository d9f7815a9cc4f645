"""Both: models of Additional 1."""

from ...._runtime.model import Model


class Both(Model, extra="allow"):
    """Both.

    Fields:
        a: string.
    """

    a: str

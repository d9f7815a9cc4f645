"""Copy: models of Pages 1."""

from ...._runtime.model import Model


class Copy(Model):
    """Copy.

    Fields:
        source: string, optional.
    """

    source: str | None = None

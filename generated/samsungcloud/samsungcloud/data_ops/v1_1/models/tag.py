"""Tag: models of Data Ops 1.1."""

from ...._runtime.model import Model


class Tag(Model):
    """Tag.

    Fields:
        key: string.
        value: string or null, optional.
    """

    key: str
    value: str | None = None

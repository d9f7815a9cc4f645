"""Thing: models of Notes 1."""

from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        name: string.
        count: integer, 1 to 9, default 3, optional.
        tags: array of string, default ["a"], optional.
        gone: string, deprecated, optional. Ask for name.
    """

    name: str
    count: int | None = None
    tags: list[str] | None = None
    gone: str | None = None

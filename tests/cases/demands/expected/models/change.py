"""Change: models of Demands 1."""

from ...._runtime.model import Model
from ...._runtime.needs import needs as _needs


class Change(Model):
    """Change.

    Needs exactly one of up, down; with down needs by; needs at least 2 fields; takes at most 3
    fields. Requests are checked for that.

    The service accepts less than that: `if`, `then` of its schema is not checked here.

    Fields:
        reason: string, optional.
        up: integer, optional.
        down: integer, optional.
        by: string, optional.
    """

    _checked = _needs(
        ("needs exactly one of up, down", None, (("up",), ("down",)), 1, 1),
        ("with down needs by", "down", (("by",),), 1, None),
        least=2,
        most=3,
    )

    reason: str | None = None
    up: int | None = None
    down: int | None = None
    by: str | None = None

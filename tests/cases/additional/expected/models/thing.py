"""Thing: models of Additional 1."""

from typing import Any
from pydantic import Field
from ...._runtime.model import Model
from .both import Both
from .closed import Closed
from .marked import Marked
from .thing_nested_value import ThingNestedValue


class Thing(Model):
    """Thing.

    Fields:
        open_: object, optional (`open` on the wire).
        closed: Closed, optional.
        typed: object, optional.
        both: Both, optional.
        patterned: object, optional.
        nested: object, optional.
        marked: Marked, optional.
    """

    open_: dict[str, Any] | None = Field(
        default=None, validation_alias="open", serialization_alias="open"
    )
    closed: Closed | None = None
    typed: dict[str, int] | None = None
    both: Both | None = None
    patterned: dict[str, str] | None = None
    nested: dict[str, ThingNestedValue] | None = None
    marked: Marked | None = None

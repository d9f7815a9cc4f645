"""Thing: models of Nullable 1."""

from typing import Literal
from pydantic import Field
from ...._runtime.model import Model
from .other import Other


class Thing(Model):
    """Thing.

    Fields:
        typed: string or null.
        chosen: integer or null.
        listed: one of a, b or null.
        open_: one of a, b or null (`open` on the wire).
        linked: Other or null, optional.
        several: string or integer or null, optional.
        members: array of number, optional.
        values: object, optional.
        never: null, optional.
    """

    typed: str | None
    chosen: int | None
    listed: Literal["a", "b"] | str | None
    open_: Literal["a", "b"] | str | None = Field(
        validation_alias="open", serialization_alias="open"
    )
    linked: Other | None = None
    several: str | int | None = None
    members: list[float | None] | None = None
    values: dict[str, bool | None] | None = None
    never: None = None

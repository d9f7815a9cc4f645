"""Things: models of Pages 1."""

from pydantic import Field
from ...._runtime.model import Model
from .thing import Thing


class Things(Model):
    """Things.

    Fields:
        data: array of Thing, optional.
        next_: string, optional (`next` on the wire).
    """

    data: list[Thing] | None = None
    next_: str | None = Field(default=None, validation_alias="next", serialization_alias="next")

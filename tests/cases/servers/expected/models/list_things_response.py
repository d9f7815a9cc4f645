"""ListThingsResponse: models of Servers 1."""

from pydantic import Field
from ...._runtime.model import Model


class ListThingsResponse(Model):
    """ListThingsResponse.

    Fields:
        items: array of string, optional.
        next_: string, optional (`next` on the wire).
    """

    items: list[str] | None = None
    next_: str | None = Field(default=None, validation_alias="next", serialization_alias="next")

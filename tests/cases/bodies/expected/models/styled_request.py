"""StyledRequest: models of Bodies 1."""

from pydantic import Field
from ...._runtime.model import Model


class StyledRequest(Model):
    """StyledRequest.

    Fields:
        joined: array of string, optional.
        deep: object, optional.
        json_: array of integer, optional (`json` on the wire).
    """

    joined: list[str] | None = None
    deep: dict[str, str] | None = None
    json_: list[int] | None = Field(
        default=None, validation_alias="json", serialization_alias="json"
    )

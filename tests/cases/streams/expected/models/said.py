"""Said: models of Streams 1."""

from typing import Literal
from pydantic import Field
from ...._runtime.model import Model


class Said(Model):
    """Said.

    Fields:
        type_: always said (`type` on the wire).
        text: string.
    """

    type_: Literal["said"] = Field(validation_alias="type", serialization_alias="type")
    text: str

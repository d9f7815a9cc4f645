"""Failed: models of Streams 1."""

from typing import Literal
from pydantic import Field
from ...._runtime.model import Model


class Failed(Model):
    """Failed.

    Fields:
        type_: always error (`type` on the wire).
        why: string.
    """

    type_: Literal["error"] = Field(validation_alias="type", serialization_alias="type")
    why: str

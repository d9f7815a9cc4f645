"""Thing: models of Pages 1."""

from pydantic import Field
from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        id_: integer, optional (`id` on the wire).
    """

    id_: int | None = Field(default=None, validation_alias="id", serialization_alias="id")

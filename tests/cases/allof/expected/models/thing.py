"""Thing: models of AllOf 1."""

from pydantic import Field
from ...._runtime.model import Model
from .tag import Tag


class Thing(Model):
    """A thing with all it inherits.

    Fields:
        id_: string (`id` on the wire).
        note: string.
        size: integer.
        tag: Tag, optional. what it is
    """

    id_: str = Field(validation_alias="id", serialization_alias="id")
    note: str
    size: int
    tag: Tag | None = None

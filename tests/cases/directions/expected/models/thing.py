"""Thing: models of Directions 1."""

from pydantic import Field
from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        id_: string, read only (`id` on the wire).
        name: string.
        secret: string, optional, write only.
    """

    _read_only = frozenset(("id",))

    id_: str = Field(validation_alias="id", serialization_alias="id")
    name: str
    secret: str | None = Field(default=None, repr=False)

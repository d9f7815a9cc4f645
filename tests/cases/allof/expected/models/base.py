"""Base: models of AllOf 1."""

from pydantic import Field
from ...._runtime.model import Model


class Base(Model):
    """Base.

    Fields:
        id_: string (`id` on the wire).
        note: string, optional.
    """

    id_: str = Field(validation_alias="id", serialization_alias="id")
    note: str | None = None

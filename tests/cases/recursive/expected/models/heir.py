"""Heir: models of Recursive 1."""

from pydantic import Field
from ...._runtime.model import Model
from .json_ import Json
from .partner import Partner, Thing


class Heir(Model):
    """Heir.

    Fields:
        parent: Thing, optional.
        children: array of Thing, optional.
        named: object, optional.
        partner: Partner, optional.
        json_: Json, optional (`json` on the wire).
        heirs: array of Heir, optional.
    """

    parent: Thing | None = None
    children: list[Thing] | None = None
    named: dict[str, Thing] | None = None
    partner: Partner | None = None
    json_: Json | None = Field(default=None, validation_alias="json", serialization_alias="json")
    heirs: "list[Heir] | None" = None

"""Partner, Thing: models of Recursive 1."""

from pydantic import Field
from ...._runtime.model import Model
from .json_ import Json


class Partner(Model):
    """Partner.

    Fields:
        thing: Thing, optional.
    """

    thing: "Thing | None" = None


class Thing(Model):
    """Thing.

    Fields:
        parent: Thing, optional.
        children: array of Thing, optional.
        named: object, optional.
        partner: Partner, optional.
        json_: Json, optional (`json` on the wire).
    """

    parent: "Thing | None" = None
    children: "list[Thing] | None" = None
    named: "dict[str, Thing] | None" = None
    partner: Partner | None = None
    json_: Json | None = Field(default=None, validation_alias="json", serialization_alias="json")


Partner.model_rebuild()

Thing.model_rebuild()

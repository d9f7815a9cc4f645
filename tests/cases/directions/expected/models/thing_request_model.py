"""ThingRequestModel: models of Directions 1."""

from pydantic import Field
from ...._runtime.model import Model


class ThingRequestModel(Model):
    """ThingRequestModel.

    What requests send of Thing: it has nothing that is read only.

    Fields:
        name: string.
        secret: string, write only.
    """

    name: str
    secret: str = Field(repr=False)

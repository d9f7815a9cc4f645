"""Box: models of Directions 1."""

from ...._runtime import sent as _sent
from ...._runtime.model import Model
from .thing import Thing
from .thing_request_model import ThingRequestModel


class Box(Model):
    """Box.

    Fields:
        thing: ThingRequestModel, optional.
    """

    thing: _sent.Given[ThingRequestModel, Thing] | None = None

"""Box: models of Directions 1."""

from ...._runtime.model import Model
from .thing_request_model import ThingRequestModel


class Box(Model):
    """Box.

    Fields:
        thing: ThingRequest, optional.
    """

    thing: ThingRequestModel | None = None

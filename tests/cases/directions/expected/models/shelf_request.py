"""ShelfRequest: models of Directions 1."""

from ...._runtime import sent as _sent
from ...._runtime.model import Model
from .owner import Owner
from .shelf import Shelf
from .thing import Thing
from .thing_request_model import ThingRequestModel


class ShelfRequest(Model):
    """ShelfRequest.

    What requests send of Shelf: it has nothing that is read only.

    Fields:
        things: array of ThingRequestModel.
        first: ThingRequestModel or Owner, optional.
        within: ShelfRequest, optional.
    """

    things: _sent.Sequence[_sent.Given[ThingRequestModel, Thing]]
    first: _sent.Given[ThingRequestModel, Thing] | Owner | None = None
    within: "_sent.Given[ShelfRequest, Shelf] | None" = None

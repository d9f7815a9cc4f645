"""ShelfRequest: models of Directions 1."""

from ...._runtime.model import Model
from .owner import Owner
from .thing_request_model import ThingRequestModel


class ShelfRequest(Model):
    """ShelfRequest.

    What requests send of Shelf: it has nothing that is read only.

    Fields:
        things: array of ThingRequest.
        first: ThingRequest or Owner, optional.
        within: ShelfRequest, optional.
    """

    things: list[ThingRequestModel]
    first: ThingRequestModel | Owner | None = None
    within: "ShelfRequest | None" = None

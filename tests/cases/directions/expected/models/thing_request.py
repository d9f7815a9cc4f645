"""ThingRequest: models of Directions 1."""

from ...._runtime.model import Model


class ThingRequest(Model):
    """ThingRequest.

    Fields:
        why: string, optional.
    """

    why: str | None = None

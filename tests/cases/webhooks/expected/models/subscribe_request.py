"""SubscribeRequest: models of Webhooks 1."""

from ...._runtime.model import Model


class SubscribeRequest(Model):
    """SubscribeRequest.

    Fields:
        url: string, optional.
    """

    url: str | None = None

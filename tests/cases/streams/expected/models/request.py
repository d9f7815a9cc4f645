"""Request: models of Streams 1."""

from ...._runtime.model import Model


class Request(Model):
    """Request.

    Fields:
        prompt: string.
        stream: boolean or null, default false, optional.
    """

    prompt: str
    stream: bool | None = None

"""Event: models of Webhooks 1."""

from pydantic import Field
from ...._runtime.model import Model


class Event(Model):
    """Event.

    Fields:
        id_: string (`id` on the wire).
    """

    id_: str = Field(validation_alias="id", serialization_alias="id")

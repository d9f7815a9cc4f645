"""Job: models of Pages 1."""

from pydantic import Field
from ...._runtime.model import Model


class Job(Model):
    """Job.

    Fields:
        job: string, optional.
        next_: string, optional (`next` on the wire).
    """

    job: str | None = None
    next_: str | None = Field(default=None, validation_alias="next", serialization_alias="next")

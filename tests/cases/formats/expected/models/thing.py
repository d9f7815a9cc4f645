"""Thing: models of Formats 1."""

from pydantic import Field
from ...._runtime import formats as _formats
from ...._runtime.model import DateTime
from ...._runtime.model import Model


class Thing(Model):
    """Thing.

    Fields:
        moment: string (date-time), optional.
        day: string (date), optional.
        clock: string (time), optional.
        span: string (duration), optional.
        id_: string (uuid), optional (`id` on the wire).
        exact: string (decimal), optional.
        octets: string (byte), optional.
        raw: string (binary), optional.
        address: string (uri), optional.
        mail: string (email), optional.
        big: integer, optional.
        small: number, optional.
        unknown: string (something-else), optional.
        hidden: string (password), optional.
    """

    moment: DateTime | None = None
    day: _formats.Date | None = None
    clock: str | None = None
    span: _formats.Duration | None = None
    id_: _formats.Uuid | None = Field(default=None, validation_alias="id", serialization_alias="id")
    exact: _formats.Number | None = None
    octets: _formats.Base64 | None = None
    raw: str | None = None
    address: str | None = None
    mail: str | None = None
    big: int | None = None
    small: float | None = None
    unknown: str | None = None
    hidden: str | None = Field(default=None, repr=False)

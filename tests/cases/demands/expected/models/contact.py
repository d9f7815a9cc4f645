"""Contact: models of Demands 1."""

from pydantic import Field
from ...._runtime.model import Model
from ...._runtime.needs import needs as _needs


class Contact(Model):
    """Contact.

    Needs e_mail or (phone and code); with card needs address; takes no card together with code.
    Requests are checked for that.

    Fields:
        e_mail: string, optional (`e-mail` on the wire).
        phone: string, optional.
        code: string, optional.
        card: string, optional.
        address: string, optional.
        tags: array of string, no two alike, optional.
    """

    _checked = _needs(
        ("needs e_mail or (phone and code)", None, (("e_mail",), ("phone", "code")), 1, None),
        ("with card needs address", "card", (("address",),), 1, None),
        ("takes no card together with code", None, (("card", "code"),), 0, 0),
    )

    e_mail: str | None = Field(
        default=None, validation_alias="e-mail", serialization_alias="e-mail"
    )
    phone: str | None = None
    code: str | None = None
    card: str | None = None
    address: str | None = None
    tags: list[str] | None = None

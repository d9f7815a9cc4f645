"""Labels: models of Undeclared 1."""

from pydantic import Field
from ...._runtime.model import Model


class Labels(Model, extra="allow"):
    """Labels.

    Fields:
        name: string, optional.
        team: string.

    Further keys, in `model_extra`: string.
    """

    __pydantic_extra__: dict[str, str] = Field(init=False)
    name: str | None = None
    team: str

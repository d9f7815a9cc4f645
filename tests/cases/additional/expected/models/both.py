"""Both: models of Additional 1."""

from pydantic import Field
from ...._runtime.model import Model


class Both(Model, extra="allow"):
    """Both.

    Fields:
        a: string.

    Further keys, in `model_extra`: integer.
    """

    __pydantic_extra__: dict[str, int] = Field(init=False)
    a: str

"""Marked: models of Additional 1."""

from pydantic import Field
from ...._runtime.model import Model


class Marked(Model, extra="allow"):
    """Marked.

    Fields:
        a: string, optional.

    Further keys, in `model_extra`: string or integer.
    """

    __pydantic_extra__: dict[str, str | int] = Field(init=False)
    a: str | None = None

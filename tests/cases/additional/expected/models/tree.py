"""Tree: models of Additional 1."""

from pydantic import Field
from ...._runtime import formats as _formats
from ...._runtime.model import Model


class Tree(Model, extra="allow"):
    """Tree.

    Fields:
        planted: string (date).

    Further keys, in `model_extra`: Tree.
    """

    __pydantic_extra__: dict[str, "Tree"] = Field(init=False)
    planted: _formats.Date

"""Shape: models of Choices 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice, OrUnknown as _OrUnknown
from .circle import Circle
from .square import Square

Shape: TypeAlias = Annotated[
    _OrUnknown[Circle | Square], _Choice("form", {"circle": "Circle", "square": "Square"})
]
"""Shape."""

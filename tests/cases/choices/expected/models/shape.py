"""Shape: models of Choices 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice
from .circle import Circle
from .square import Square

Shape: TypeAlias = Annotated[
    Circle | Square, _Choice("form", {"circle": "Circle", "square": "Square"})
]
"""Shape."""

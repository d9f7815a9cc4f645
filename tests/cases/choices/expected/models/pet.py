"""Pet: models of Choices 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice, OrUnknown as _OrUnknown
from .cat import Cat
from .dog import Dog

Pet: TypeAlias = Annotated[
    _OrUnknown[Cat | Dog],
    _Choice("kind", {"meow": "Cat", "wuff": "Dog", "Cat": "Cat", "Dog": "Dog"}),
]
"""Pet."""

"""Pet: models of Choices 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice
from .cat import Cat
from .dog import Dog

Pet: TypeAlias = Annotated[
    Cat | Dog, _Choice("kind", {"meow": "Cat", "wuff": "Dog", "Cat": "Cat", "Dog": "Dog"})
]
"""Pet."""

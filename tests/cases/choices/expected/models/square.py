"""Square: models of Choices 1."""

from typing import Literal
from ...._runtime.model import Model


class Square(Model):
    """Square.

    Fields:
        form: always square.
        side: number, optional.
    """

    form: Literal["square"]
    side: float | None = None

"""Circle: models of Choices 1."""

from typing import Literal
from ...._runtime.model import Model


class Circle(Model):
    """Circle.

    Fields:
        form: always circle.
        radius: number, optional.
    """

    form: Literal["circle"]
    radius: float | None = None

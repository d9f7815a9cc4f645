"""Owner: models of Directions 1."""

from typing import Literal
from ...._runtime.model import Model


class Owner(Model):
    """Owner.

    Fields:
        name: string, optional.
        size: one of s, m, optional.
    """

    name: str | None = None
    size: Literal["s", "m"] | str | None = None

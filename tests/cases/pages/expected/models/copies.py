"""Copies: models of Pages 1."""

from ...._runtime.model import Model
from .copy_ import Copy


class Copies(Model):
    """Copies.

    Fields:
        data: array of Copy, optional.
    """

    data: list[Copy] | None = None

"""Pet: models of Files 1."""

from ...._runtime.model import Model
from .owner import Owner


class Pet(Model):
    """Pet.

    Fields:
        name: string.
        owner: Owner, optional.
    """

    name: str
    owner: Owner | None = None

"""Thing: models of Choices 1."""

from ...._runtime import formats as _formats
from ...._runtime.model import Model
from .pet import Pet
from .shape import Shape


class Thing(Model):
    """Thing.

    Fields:
        mapped: Pet.
        inferred: Shape.
        plain: integer or string (date) or array of string, optional.
    """

    mapped: Pet
    inferred: Shape
    plain: int | _formats.Date | list[str] | None = None

"""The models room: schemas with final names go in, their Python types by datamodel-code-generator come out."""

from apiscribe.models.types import recursive_aliases, types_of

__all__ = ["recursive_aliases", "types_of"]

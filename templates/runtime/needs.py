"""Needs: a model that a caller gives goes in, and is refused where the document asks for fields to go together.

What a service answers is taken as it comes.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from .model import SENT

Need = tuple[str, str | None, tuple[tuple[str, ...], ...], int, int | None]
"""What to say, the field that asks for it (None: always), sets of fields, how many of these at least and at most."""


def needs(*rules: Need, least: int = 0, most: int | None = None) -> Any:
    """Make the validator of a model: of its rules, and of how many fields are given."""

    def check(self: BaseModel, info: ValidationInfo) -> BaseModel:
        if info.mode == "json" and info.context is not SENT:
            return self
        given = {*self.model_fields_set, *(self.model_extra or ())}
        for said, when, sets, low, high in rules:
            if when is not None and when not in given:
                continue
            had = sum(given.issuperset(names) for names in sets)
            if had < low or (high is not None and had > high):
                raise _refused(said)
        if len(given) < least:
            raise _refused(f"needs at least {least} field{'s' * (least != 1)}")
        if most is not None and len(given) > most:
            raise _refused(f"takes at most {most} field{'s' * (most != 1)}")
        return self

    return model_validator(mode="after")(check)


def _refused(said: str) -> PydanticCustomError:
    return PydanticCustomError("needs", "{said}", {"said": said})

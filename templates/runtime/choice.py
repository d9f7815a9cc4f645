"""Choices: a union of models and a value go in, the member that a property of the value names takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_ANY = ""


class Choice:
    """Stands beside a union: the property that tells its members apart, and the class that each of its values means.

    The empty text means any value that is not listed, and none at all. Without it, such a value is tried against every
    member, since services know more than they document.
    """

    __slots__ = ("classes", "field")

    def __init__(self, field: str, classes: Mapping[str, str]) -> None:
        self.field = field
        self.classes = classes

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        members = {kind.__name__: handler.generate_schema(kind) for kind in _models(source)}
        choices: dict[Any, CoreSchema] = {name: members[name] for name in self.classes.values() if name in members}
        return core_schema.tagged_union_schema({**choices, _ANY: handler(source)}, self._tag)

    def _tag(self, value: Any) -> str:
        if isinstance(value, BaseModel):
            name = type(value).__name__
            return name if name in self.classes.values() else _ANY
        told = value.get(self.field) if isinstance(value, Mapping) else None
        other = self.classes.get("", _ANY)
        return self.classes.get(told, other) if isinstance(told, str) else other

    def member(self, union: Any, value: Mapping[str, Any]) -> type[BaseModel] | None:
        """Find the member of a union that a JSON object says it is."""
        name = self._tag(value)
        return next((kind for kind in _models(union) if kind.__name__ == name), None)


def _models(union: Any) -> list[type[BaseModel]]:
    members = (get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in get_args(union))
    return [kind for kind in members if isinstance(kind, type) and issubclass(kind, BaseModel)]

"""Choices: a union of models and a value go in, the member that a property of the value names takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .model import Model

_ANY = ""
_UNKNOWN = "unknown member"
"""What no class is called."""
_SHOWN = 10
AGAIN = object()
"""The context in which an object of a member that is not known is taken: it is sent again, or stands in a header."""


class UnknownMember(Model):
    """An object of a union that says it is a member which the document does not know: all that came is an attribute.

    It can be sent, one that a caller makes as well.
    """

    model_config = ConfigDict(extra="allow")

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Choice:
    """Stands beside a union: the property that tells its members apart, and the class that each of its values means.

    The empty text means any value that is not listed, and none at all; the class of no name is whichever member fits.
    Without it, a value that is not listed means no member: of an answer an `UnknownMember` is read. An object that says
    nothing is tried against every member.
    """

    __slots__ = ("classes", "field")

    def __init__(self, field: str, classes: Mapping[str, str]) -> None:
        self.field = field
        self.classes = classes

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        members = {kind.__name__: handler.generate_schema(kind) for kind in _models(source)}
        choices: dict[Any, CoreSchema] = {name: members[name] for name in self.classes.values() if name in members}
        further = {
            _ANY: handler(source),
            _UNKNOWN: core_schema.with_info_plain_validator_function(self._again),
        }
        return core_schema.tagged_union_schema({**further, **choices}, self._tag)

    def _again(self, value: Any, info: core_schema.ValidationInfo) -> UnknownMember:
        if isinstance(value, UnknownMember):
            return value
        if info.context is not AGAIN:
            raise PydanticCustomError("choice", "{wrong}", {"wrong": self.unknown})
        return UnknownMember.model_validate(value)

    @property
    def unknown(self) -> str:
        """What is wrong with an object whose value means no member."""
        known = [value for value in self.classes if value]
        further = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        return f"{self.field} is none of {', '.join(known[:_SHOWN])}{further}"

    def _tag(self, value: Any) -> str:
        if isinstance(value, BaseModel):
            name = _UNKNOWN if isinstance(value, UnknownMember) else type(value).__name__
            return name if name == _UNKNOWN or name in self.classes.values() else _ANY
        told = value.get(self.field) if isinstance(value, Mapping) else None
        if not isinstance(told, str):
            return self.classes.get("", _ANY)
        return self.classes.get(told, self.classes.get("", _UNKNOWN))

    def member(self, union: Any, value: Mapping[str, Any]) -> type[BaseModel] | None:
        """Find the member of a union that a JSON object says it is; None where it says nothing."""
        name = self._tag(value)
        if name == _UNKNOWN:
            return UnknownMember
        return next((kind for kind in _models(union) if kind.__name__ == name), None)


def holds_unknown(value: object) -> bool:
    """Say whether there is an object of a member that is not known in a value."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case UnknownMember():
                return True
            case BaseModel() as model:
                waiting += [*vars(model).values(), *(model.__pydantic_extra__ or {}).values()]
            case Mapping() as held:
                waiting += held.values()
            case list() | tuple() as items:
                waiting += items
    return False


def _models(union: Any) -> list[type[BaseModel]]:
    members = (get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in get_args(union))
    return [kind for kind in members if isinstance(kind, type) and issubclass(kind, BaseModel)]

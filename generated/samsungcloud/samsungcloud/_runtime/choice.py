"""Choices: a union of models and a value go in, the member that a property of the value names takes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .model import Model, parts_of

_ANY = ""
"""Stands for whichever member fits; no class is called so, nor as what follows."""
_UNKNOWN = "unknown member"
_BETWEEN = " or "
_SHOWN = 10
AGAIN = object()
"""The context in which an object of a member that is not known is taken: it is sent again, or stands in a header."""


class UnknownMember(Model):
    """An object of a union that says it is a member which the document does not know: all that came is an attribute.

    It can be sent, one that a caller makes as well.
    """

    model_config = ConfigDict(extra="allow")

    if TYPE_CHECKING:

        def __init__(self, **values: Any) -> None: ...

        def __getattr__(self, name: str) -> Any: ...


Members = TypeVar("Members")

if TYPE_CHECKING:
    OrUnknown = Union[Members, UnknownMember]  # noqa: UP007 - what is subscripted is an alias of its own
else:

    class OrUnknown:
        """The members of a union as pydantic sees them; type checkers see the unknown one as well."""

        def __class_getitem__(cls, members):
            return members


class Choice:
    """Stands beside a union: the property that tells its members apart, and the class that each of its values means.

    Of several classes that a value means, one takes it; where it means none, whichever member fits. `other` is the
    class that any value means which is not listed, and none at all; of no name, it is whichever member fits. Without
    it, a value that is not listed means no member: of an answer an `UnknownMember` is read. An object that says nothing
    is tried against every member.
    """

    __slots__ = ("classes", "field", "other")

    def __init__(self, field: str, classes: Mapping[str, str | tuple[str, ...]], *, other: str | None = None) -> None:
        self.field = field
        self.classes = classes
        self.other = other

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        members = {kind.__name__: handler.generate_schema(kind) for kind in _models(source)}
        choices: dict[Any, CoreSchema] = {name: members[name] for name in self._named() if name in members}
        choices |= {
            _BETWEEN.join(names): core_schema.union_schema([members[name] for name in names])
            for names in self.classes.values()
            if isinstance(names, tuple) and names
        }
        further = {
            _ANY: handler(source),
            _UNKNOWN: core_schema.with_info_plain_validator_function(self._again),
        }
        return core_schema.tagged_union_schema({**further, **choices}, self._tag)

    def _named(self) -> list[str]:
        told = [(names,) if isinstance(names, str) else names for names in self.classes.values()]
        return [*dict.fromkeys(name for names in told for name in names), *([self.other] if self.other else [])]

    def _again(self, value: Any, info: core_schema.ValidationInfo) -> UnknownMember:
        if isinstance(value, UnknownMember):
            return value
        if info.context is not AGAIN:
            raise PydanticCustomError("choice", "{wrong}", {"wrong": self.unknown})
        return UnknownMember.model_validate(value)

    @property
    def unknown(self) -> str:
        """What is wrong with an object whose value means no member."""
        known = list(self.classes)
        further = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        return f"{self.field} is none of {', '.join(known[:_SHOWN])}{further}"

    def _tag(self, value: Any) -> str:
        if isinstance(value, BaseModel):
            name = _UNKNOWN if isinstance(value, UnknownMember) else type(value).__name__
            return name if name == _UNKNOWN or name in self._named() else _ANY
        told = value.get(self.field) if isinstance(value, Mapping) else None
        if not isinstance(told, str):
            return self.other or _ANY
        names = self.classes.get(told, _UNKNOWN if self.other is None else self.other)
        return names if isinstance(names, str) else _BETWEEN.join(names)

    def member(self, union: Any, value: Mapping[str, Any]) -> type[BaseModel] | None:
        """Find the member of a union that a JSON object says it is; None where it says nothing."""
        name = self._tag(value)
        if name == _UNKNOWN:
            return UnknownMember
        return next((kind for kind in _models(union) if kind.__name__ == name), None)


def holds_unknown(value: object) -> bool:
    """Say whether there is an object of a member that is not known in a value."""
    return any(isinstance(part, UnknownMember) for part in parts_of(value))


def _models(union: Any) -> list[type[BaseModel]]:
    """List the models of a union, and of those within it."""
    found = []
    for kind in get_args(union):
        member = get_args(kind)[0] if get_origin(kind) is Annotated else kind
        if isinstance(member, type) and issubclass(member, BaseModel):
            found.append(member)
        elif get_origin(member) in (Union, UnionType):
            found += _models(member)
    return found

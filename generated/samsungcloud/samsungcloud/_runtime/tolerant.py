"""Responses that differ from what is documented: JSON and a type go in, as much of the type as fits comes out."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from .choice import Choice

Report = Callable[[str, str], None]
"""Takes a place (`Model.field`) and what is unusual there."""

_SEQUENCES = (list, tuple, set, frozenset, Sequence)
_MAPPINGS = (dict, Mapping)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Give the one adapter of a type."""
    return TypeAdapter(kind)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, FieldInfo, Any], ...]:
    if not model.__pydantic_fields_complete__:
        model.model_rebuild()
    found = []
    for name, field in model.model_fields.items():
        alias = (
            field.validation_alias
            if isinstance(field.validation_alias, str)
            else field.alias or name
        )
        found.append((name, alias, field, _plain_type(field)))
    return tuple(found)


def _plain_type(field: FieldInfo) -> Any:
    kind: Any = field.annotation
    for extra in field.metadata:
        kind = Annotated[kind, extra]
    return kind


def fit(kind: Any, value: Any, place: str, report: Report) -> Any:
    """Build as much of a type as a JSON value allows; what does not fit stays as it came, and is reported."""
    if _is_model(kind) and isinstance(value, dict):
        return _fit_model(kind, value, report)
    try:
        return adapter(kind).validate_json(json.dumps(value), strict=True, extra="allow")
    except ValidationError:
        pass
    fitted = _fit_parts(kind, value, place, report)
    if fitted is _MISFIT:
        report(place, f"{_json_name(value)} is not what is documented")
        return value
    return fitted


class _Misfit:
    """Says that a value has nothing of a type; None and False are values."""


_MISFIT = _Misfit()


def _fit_model(model: type[BaseModel], data: Mapping[str, Any], report: Report) -> BaseModel:
    rest = dict(data)
    values: dict[str, Any] = {}
    given: set[str] = set()
    for name, alias, field, kind in _fields(model):
        place = f"{model.__name__}.{name}"
        key = alias if alias in rest else name
        if key in rest:
            values[name] = fit(kind, rest.pop(key), place, report)
            given.add(name)
        elif field.is_required():
            values[name] = None
            report(place, "missing")
        else:
            values[name] = field.get_default(call_default_factory=True, validated_data=values)
    built = model.__new__(model)
    object.__setattr__(built, "__dict__", values)
    object.__setattr__(built, "__pydantic_fields_set__", given)
    object.__setattr__(built, "__pydantic_extra__", rest)
    object.__setattr__(built, "__pydantic_private__", None)
    return built


def _fit_parts(kind: Any, value: Any, place: str, report: Report) -> Any:
    chosen = _chosen(kind, value)
    if chosen is not None:
        return _fit_model(chosen, value, report)
    kind = _bare(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _fit_union(arguments, value, place, report)
    if origin in _SEQUENCES and isinstance(value, list) and arguments:
        return [fit(arguments[0], item, place, report) for item in value]
    if origin in _MAPPINGS and isinstance(value, dict) and len(arguments) == 2:
        return {key: fit(arguments[1], item, place, report) for key, item in value.items()}
    if _is_model(kind) and isinstance(value, dict):
        return _fit_model(kind, value, report)
    return _MISFIT


def _chosen(kind: Any, value: Any) -> type[BaseModel] | None:
    """Find the member that an object says it is, where the type has a discriminator."""
    if get_origin(kind) is not Annotated or not isinstance(value, dict):
        return None
    union, *notes = get_args(kind)
    return next((note.member(union, value) for note in notes if isinstance(note, Choice)), None)


def _fit_union(arms: tuple[Any, ...], value: Any, place: str, report: Report) -> Any:
    """Take the arm of which most is there; only its differences are reported."""
    best: tuple[Any, list[tuple[str, str]]] | None = None
    for arm in arms:
        fitted, notes = _noted(arm, value, place)
        if fitted is not _MISFIT and (best is None or len(notes) < len(best[1])):
            best = (fitted, notes)
    if best is None:
        return _MISFIT
    for where, what in best[1]:
        report(where, what)
    return best[0]


def _noted(arm: Any, value: Any, place: str) -> tuple[Any, list[tuple[str, str]]]:
    notes: list[tuple[str, str]] = []

    def note(where: str, what: str) -> None:
        notes.append((where, what))

    return _fit_parts(arm, value, place, note), notes


def of_kind(kind: Any, value: Any) -> bool:
    """Say whether a JSON value is of the right kind (object, list, text, …) for a type, whatever is in it."""
    kind = _bare(kind)
    origin = get_origin(kind)
    if kind is Any or kind is object or isinstance(kind, TypeVar):
        return True
    if origin in (Union, types.UnionType):
        return any(of_kind(arm, value) for arm in get_args(kind))
    if _is_model(kind) or kind in _MAPPINGS or origin in _MAPPINGS:
        return isinstance(value, dict)
    if kind in _SEQUENCES or origin in _SEQUENCES:
        return isinstance(value, list)
    if kind is None or kind is type(None):
        return value is None
    return not isinstance(value, dict | list) and _validates(kind, value)


def _validates(kind: Any, value: Any) -> bool:
    try:
        adapter(kind).validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _bare(kind: Any) -> Any:
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif hasattr(kind, "__value__"):  # a `type` alias
            kind = kind.__value__
        else:
            return kind


def _json_name(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")

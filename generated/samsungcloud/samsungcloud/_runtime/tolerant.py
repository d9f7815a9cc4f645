"""Responses that differ from what is documented: JSON and a type go in, as much of the type as fits comes out."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from inspect import get_annotations
from itertools import islice
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from .choice import Choice, UnknownMember
from .direct import adapter, read

Report = Callable[[str, str], None]
"""Takes a place (`Model.field`) and what is unusual there."""

_LARGE = 64 * 1024  # values of more bytes are checked in parts
_CHUNK = 256
_MOST_DIFFERENCES = 10_000
_DIFFERENCE = 10
"""As how many objects of members that are not known a difference counts: nothing in those is looked at."""

_SEQUENCES = (list, tuple, set, frozenset, Sequence)
_MAPPINGS = (dict, Mapping)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, FieldInfo, Any], ...]:
    if not model.__pydantic_fields_complete__:
        model.model_rebuild()
    found = []
    for name, field in model.model_fields.items():
        alias = field.validation_alias if isinstance(field.validation_alias, str) else field.alias or name
        found.append((name, alias, field, _plain_type(field)))
    return tuple(found)


@cache
def _further_type(model: type[BaseModel]) -> Any:
    """Give the type of what the unknown keys of a model hold, None where it says nothing of them."""
    for kind in model.__mro__[: model.__mro__.index(BaseModel)]:
        declared = get_annotations(kind).get("__pydantic_extra__")
        if declared is not None:
            holder = types.SimpleNamespace(__annotations__={"further": declared})
            told = get_type_hints(holder, vars(sys.modules[kind.__module__]), include_extras=True)
            return get_args(told["further"])[1]
    return None


def _plain_type(field: FieldInfo) -> Any:
    kind: Any = field.annotation
    for extra in field.metadata:
        kind = Annotated[kind, extra]
    return kind


def fit(kind: Any, value: Any, place: str, report: Report) -> Any:
    """Build as much of a type as a JSON value allows; what does not fit stays as it came, and is reported.

    After many differences the rest stays as it came, too: a body of nothing else would take hours and all memory.
    """
    return _Fit(report, [_DIFFERENCE * _MOST_DIFFERENCES]).value(kind, value, place)


class _Misfit:
    """Says that a value has nothing of a type; None and False are values."""


_MISFIT = _Misfit()


class _Fit:
    """One fitting: where differences are told, and how much may still be looked at one by one."""

    __slots__ = ("_left", "_report")

    def __init__(self, report: Report, left: list[int]) -> None:
        self._report = report
        self._left = left

    def value(self, kind: Any, value: Any, place: str) -> Any:
        if self._left[0] <= 0:
            self._report(place, "not looked at: the response differs in too many places")
            return value
        if _is_model(kind) and isinstance(value, dict):
            return self._model(kind, value)
        raw = to_json(value)
        # A list of wrong items makes a fault for each, which takes a thousand times the item's memory.
        if len(raw) <= _LARGE or not isinstance(value, list | dict):
            try:
                return read(kind, raw)
            except ValueError:
                self._left[0] -= _DIFFERENCE
        fitted = self._parts(kind, value, place)
        if fitted is _MISFIT:
            self._report(place, f"{json_name(value)} is not what is documented")
            return value
        return fitted

    def _model(self, model: type[BaseModel], data: Mapping[str, Any]) -> BaseModel:
        self._left[0] -= _DIFFERENCE
        rest = dict(data)
        values: dict[str, Any] = {}
        given: set[str] = set()
        for name, alias, field, kind in _fields(model):
            place = f"{model.__name__}.{name}"
            key = alias if alias in rest else name
            if key in rest:
                values[name] = self.value(kind, rest.pop(key), place)
                given.add(name)
            elif field.is_required():
                values[name] = None
                self._report(place, "missing")
            else:
                values[name] = field.get_default(call_default_factory=True, validated_data=values)
        further = _further_type(model) if rest else None
        if further is not None:
            rest = {key: self.value(further, item, f"{model.__name__}.*") for key, item in rest.items()}
        built = model.__new__(model)
        object.__setattr__(built, "__dict__", values)
        object.__setattr__(built, "__pydantic_fields_set__", {*given, *rest})
        object.__setattr__(built, "__pydantic_extra__", rest)
        object.__setattr__(built, "__pydantic_private__", None)
        return built

    def _parts(self, kind: Any, value: Any, place: str) -> Any:
        chosen, wrong = _chosen(kind, value)
        if chosen is UnknownMember:
            self._left[0] += 2 * _DIFFERENCE - 1  # that it is read and made is all that it takes
            self._report(place, wrong)
        if chosen is not None:
            return self._model(chosen, value)
        kind = _bare(kind)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self._union(arguments, value, place)
        if origin in _SEQUENCES and isinstance(value, list) and arguments:
            return self._list(arguments[0], value, place)
        if origin in _MAPPINGS and isinstance(value, dict) and len(arguments) == 2:
            return self._mapping(arguments[1], value, place)
        if _is_model(kind) and isinstance(value, dict):
            return self._model(kind, value)
        free = kind in (Any, object) or (kind in _MAPPINGS and isinstance(value, dict))
        return value if free or (kind in _SEQUENCES and isinstance(value, list)) else _MISFIT

    def _list(self, kind: Any, items: list[Any], place: str) -> list[Any]:
        if len(items) <= _CHUNK:
            return [self.value(kind, item, place) for item in items]
        found: list[Any] = []
        for begin in range(0, len(items), _CHUNK):
            found += self.value(list[kind], items[begin : begin + _CHUNK], place)
        return found

    def _mapping(self, kind: Any, data: Mapping[str, Any], place: str) -> dict[str, Any]:
        if len(data) <= _CHUNK:
            return {key: self.value(kind, item, place) for key, item in data.items()}
        found: dict[str, Any] = {}
        pairs = iter(data.items())
        while chunk := dict(islice(pairs, _CHUNK)):
            found |= self.value(dict[str, kind], chunk, place)
        return found

    def _union(self, arms: tuple[Any, ...], value: Any, place: str) -> Any:
        """Take the arm of which most is there, of equals one that the value says it is; only it is reported."""
        best: tuple[Any, list[tuple[str, str]]] | None = None
        for arm in sorted(arms, key=lambda arm: not _is_told(arm, value)):
            fitted, notes = self._noted(arm, value, place)
            if fitted is not _MISFIT and (best is None or len(notes) < len(best[1])):
                best = (fitted, notes)
        if best is None:
            return _MISFIT
        for where, what in best[1]:
            self._report(where, what)
        return best[0]

    def _noted(self, arm: Any, value: Any, place: str) -> tuple[Any, list[tuple[str, str]]]:
        notes: list[tuple[str, str]] = []

        def note(where: str, what: str) -> None:
            notes.append((where, what))

        return _Fit(note, self._left)._parts(arm, value, place), notes


def _chosen(kind: Any, value: Any) -> tuple[type[BaseModel] | None, str]:
    """Find the member that an object says it is, where the type has a discriminator, and what is wrong with that."""
    choice = _choice(kind)
    if choice is None or not isinstance(value, dict):
        return None, ""
    chosen = choice.member(get_args(kind)[0], value)
    return chosen, choice.unknown if chosen is UnknownMember else ""


def _is_told(kind: Any, value: Any) -> bool:
    """Say whether an object has the property that tells the members of a union apart."""
    choice = _choice(kind)
    return choice is not None and isinstance(value, dict) and isinstance(value.get(choice.field), str)


def _choice(kind: Any) -> Choice | None:
    notes = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((note for note in notes if isinstance(note, Choice)), None)


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


def json_name(value: Any) -> str:
    """Say what a JSON value is, as in a sentence."""
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), "null")

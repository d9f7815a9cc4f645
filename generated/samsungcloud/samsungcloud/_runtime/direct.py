"""Answers that are as documented: JSON and a type go in, its value comes out after one pass of the parser.

Whatever is unusual, or only might be, is left to the careful reading, which can say why. That takes several times
as long: it looks at every byte before the parser does.
"""

from __future__ import annotations

import gc
import os
from bisect import bisect_left
from functools import cache
from threading import get_ident
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, core_schema, from_json

from .depth import MAX_DEPTH
from .record import Record

UNUSUAL: Any = object()
"""What stands for a value that is to be read with care."""
_LONG = 1024 * 1024
_MANY_VALUES = 2 * 1024
_TOO_MANY_VALUES = 32 * 1024
_HIGHEST_LIMIT = 1024
_HOPS = 1024
_MANY_ITEMS = ("list", "set", "frozenset", "dict")
_NO_SCHEMAS = {"cls", "config", "default", "expected", "function", "metadata", "serialization"}


class _Reader(Record):
    validator: SchemaValidator
    has_few_faults: bool


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Give the one adapter of a type."""
    return TypeAdapter(kind)


def is_large(body: bytes, most: int = _MANY_VALUES) -> bool:
    """Whether JSON is to be checked in parts: many hostile values make more faults than there is memory for."""
    return len(body) > most and sum(map(body.count, (b",", b"[", b"{"))) > most


def direct(kind: Any, body: bytes) -> Any:
    """Give the value of JSON that is strictly of a type, at most 100 levels deep, and holds numbers only.

    Lists stand around the body, so many that the parser's own limit refuses what is too deep. A body that closes them
    and opens others makes a list of more than one item.

    Meanwhile the garbage collector, if it is on, stays off. It looks for cycles whenever some hundreds of objects were
    made: all that the parser makes is in use, and those looks would take a quarter of the time of a hundred objects.
    """
    if not gc.isenabled():  # by choice of the program, or by a call in another thread
        return _direct(kind, body)
    reading = get_ident()
    try:  # around all: an interrupt may come after any of these lines
        _waiting.add(reading)
        gc.disable()
        return _direct(kind, body)
    finally:
        gc.enable()
        _waiting.discard(reading)


_waiting: set[int] = set()
"""The threads for which the garbage collector is off."""


def _collect_in_child() -> None:
    """Turn the collector on in a process forked while another thread was reading, which nobody would do there."""
    if _waiting:
        _waiting.clear()
        gc.enable()


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_collect_in_child)


def _direct(kind: Any, body: bytes) -> Any:
    levels = _levels()
    if not levels or may_hold(body, b"NaN") or may_hold(body, b"Infinity"):
        return UNUSUAL
    if (len(body) > _LONG or not _reader(kind, levels).has_few_faults) and is_large(body, _TOO_MANY_VALUES):
        return UNUSUAL
    try:
        return read(kind, body, levels)
    except ValueError:
        return UNUSUAL


def read(kind: Any, body: bytes, levels: int = 1) -> Any:
    """Give the value of JSON that is strictly of a type, read inside so many lists.

    Raises:
        ValueError: it is not; few of its faults are told.
    """
    nested = b"".join((b"[" * levels, body, b"]" * levels))
    value = _reader(kind, levels).validator.validate_json(nested, strict=True, extra="allow")
    for _ in range(levels):
        (value,) = value
    return value


def may_hold(body: bytes, word: bytes) -> bool:
    """Look for a word by its first letter, which is several times faster as long as that letter is rare.

    >>> may_hold(b'"No, NaN"', b"NaN"), may_hold(b'"No, Nan"', b"NaN"), may_hold(b"N" * 9_999 + b"aN", b"NaN")
    (True, False, True)
    """
    first, second, at, last = word[:1], word[1], -1, len(body) - 1
    for _ in range(_HOPS):
        at = body.find(first, at + 1)
        if at < 0 or at == last:
            return False
        if body[at + 1] == second and body.startswith(word, at):
            return True
    return body.find(word, at) >= 0


@cache
def _levels() -> int:
    """Give how many lists let the parser refuse what is deeper than `MAX_DEPTH`; 0 if it has no such limit."""
    refused = bisect_left(range(_HIGHEST_LIMIT), 1, key=_is_refused)
    return max(0, refused - 1 - MAX_DEPTH) if refused < _HIGHEST_LIMIT else 0


def _is_refused(depth: int) -> bool:
    try:
        from_json(b"[" * depth + b"0" * (not depth) + b"]" * depth)
    except ValueError:
        return True
    return False


@cache
def _reader(kind: Any, levels: int) -> _Reader:
    built: list[type[Any]] = []
    # Of a model alone there would be no schema yet: it is built late.
    items: Any = list[kind]
    schema: Any = _with_few_faults(TypeAdapter(items).core_schema, built)
    for _ in range(levels - 1):
        schema = core_schema.list_schema(schema)
    return _Reader(SchemaValidator(schema), not built)


def _with_few_faults(schema: Any, built: list[type[Any]]) -> Any:
    """Give a schema that keeps one fault of a model and stops at the first of a list: that there is one is enough.

    A model that was built before is validated by what was built then, and is told in `built`.
    """
    if isinstance(schema, list | tuple):
        return type(schema)(_with_few_faults(part, built) for part in schema)
    if not isinstance(schema, dict):
        return schema
    changed: Any = {
        name: part if name in _NO_SCHEMAS else _with_few_faults(part, built) for name, part in schema.items()
    }
    if schema.get("type") in _MANY_ITEMS:
        changed["fail_fast"] = True
    if schema.get("type") != "model":
        return changed
    if vars(schema["cls"]).get("__pydantic_complete__"):
        built.append(schema["cls"])
    name: str | None = changed.pop("ref", None)
    return core_schema.custom_error_schema(changed, "unusual", custom_error_message="unusual", ref=name)

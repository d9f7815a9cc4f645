"""The literals room: JSON samples and Python literals of pages to plain values, within bounds."""

from __future__ import annotations

import ast
import json
import math
import re
import warnings

from apiscribe.capture.cells import ArrayOf, Cell, Enumeration, Null, Primitive, Reference, alternatives
from apiscribe.capture.readings import Json

MAX_DEPTH = 100
MAX_DIGITS = 400
MAX_LITERAL = 20_000


class LiteralError(ValueError):
    """A sample or literal that cannot be read; `line` counts from 0 inside it."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read_json(text: str) -> Json:
    """Read a JSON sample.

    Raises: LiteralError with the line inside the sample.
    """
    _check_depth(text)
    try:
        value: Json = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_integer, parse_float=_number
        )
    except json.JSONDecodeError as error:
        raise LiteralError(f"{error.msg} (column {error.colno})", error.lineno - 1) from None
    if re.search(r"\\u[dD][89a-fA-F]", text) and not _is_plain(value):
        raise LiteralError("half of a surrogate pair")
    return value


def _check_depth(text: str) -> None:
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise LiteralError(f"nested deeper than {MAX_DEPTH}", text.count("\n", 0, token.start()))
        elif token[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise LiteralError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> Json:
    raise LiteralError(f"{name} is not JSON")


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise LiteralError(f"an integer of {len(text)} digits")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise LiteralError("a number too large")
    return value


_MISSING = object()


def read_default(text: str, cell: Cell) -> tuple[bool, Json]:
    """Read a default or example as written against its type: whether it fits, and its value, else the text.

    >>> from apiscribe.capture.cells import Primitive
    >>> read_default("False", Primitive(name="boolean")), read_default("CPU", Primitive(name="object"))
    ((True, False), (False, 'CPU'))
    """
    literal = _literal(text)
    kinds = sorted(alternatives(cell), key=_text_last)
    for kind in kinds:
        value = _fitting(text, literal, kind)
        if value is not _MISSING:
            return True, value  # type: ignore[return-value]
    return False, text


def fits(value: Json, cell: Cell) -> bool:
    """Tell whether a value is of the type a cell states; the text of a model is not looked into."""
    return any(_is_of(value, kind) for kind in alternatives(cell))


def _text_last(cell: Cell) -> int:
    return 1 if isinstance(cell, Primitive) and cell.name == "string" else 0


def _fitting(text: str, literal: object, kind: Cell) -> object:
    if isinstance(kind, Enumeration):
        unquoted = literal if isinstance(literal, str) else text
        return unquoted if unquoted in kind.values else _MISSING
    if isinstance(kind, Primitive) and kind.name == "string":
        return _MISSING if isinstance(literal, (list, dict)) else text
    if literal is _MISSING or not _is_plain(literal):
        return _MISSING
    return literal if _is_of(literal, kind) else _MISSING  # type: ignore[arg-type]


def _is_of(value: Json, kind: Cell) -> bool:
    if isinstance(kind, Null):
        return value is None
    if isinstance(kind, Enumeration):
        return value in kind.values
    if isinstance(kind, ArrayOf):
        return isinstance(value, list) and all(fits(item, kind.item) for item in value)
    if isinstance(kind, Reference):
        return isinstance(value, dict)
    if not isinstance(kind, Primitive):
        return True
    if kind.name == "boolean":
        return isinstance(value, bool)
    if kind.name in ("integer", "number"):
        return isinstance(value, int if kind.name == "integer" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, dict if kind.name == "object" else str)


def _literal(text: str) -> object:
    word = {"true": True, "false": False, "null": None}.get(text, _MISSING)
    if word is not _MISSING or len(text) > MAX_LITERAL or re.search(rf"\d{{{MAX_DIGITS}}}", text):
        return word
    if max((text.count(bracket) for bracket in "([{"), default=0) > MAX_DEPTH or re.search(r"[-+~]{20}", text):
        return _MISSING
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return _MISSING


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(_is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_plain(name) and _is_plain(item) for name, item in value.items())
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    return value is None or isinstance(value, (bool, int))

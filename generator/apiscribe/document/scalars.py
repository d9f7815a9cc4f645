"""Scalars: the source text of a plain scalar comes in, the value of YAML's core schema (JSON's types) goes out."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
NULLS = frozenset(word for word, value in _WORDS.items() if value is None)
_FIRST = frozenset("~nNtTfF+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The budgets of one document, spent before any work is done on what exceeds them."""

    size: int = 64 * MEBIBYTE
    depth: int = 100
    alias_nodes: int = 10_000
    nodes: int = 3_000_000
    integer_digits: int = 400


class NumberError(ValueError):
    """A number that no JSON text may hold, or that is larger than the budget."""


def plain_scalar(text: str, limits: Limits) -> Scalar:
    """Resolve an unquoted YAML scalar by the core schema: null, true, false, numbers; all else is a string.

    >>> [plain_scalar(text, Limits()) for text in ("no", "2024-01-01", "12:30:00", "1.0", "0x1f", "~", "1_000")]
    ['no', '2024-01-01', '12:30:00', 1.0, 31, None, '1_000']

    Raises:
        NumberError: infinity, not-a-number, or too many digits.
    """
    if text and text[0] not in _FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return integer(text, limits)
    if _FLOAT.fullmatch(text):
        return finite(text)
    if _BASED.fullmatch(text):
        return int(_within(text, limits), 0)
    if _NOT_FINITE.fullmatch(text):
        raise NumberError("JSON has no infinity and no not-a-number")
    return text


def integer(text: str, limits: Limits) -> int:
    """Read a decimal integer.

    Raises:
        NumberError: more digits than the budget.
    """
    return int(_within(text, limits))


def _within(text: str, limits: Limits) -> str:
    digits = len(text.lstrip("+-"))
    if digits > limits.integer_digits:
        raise NumberError(f"an integer of {digits} digits is over the limit of {limits.integer_digits}")
    return text


def finite(text: str) -> float:
    """Read a decimal fraction.

    Raises:
        NumberError: too large for a double.
    """
    number = float(text)
    if not math.isfinite(number):
        raise NumberError("the number is too large for a double")
    return number

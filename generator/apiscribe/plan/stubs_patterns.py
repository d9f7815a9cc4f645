"""Patterns of the stubs: a regular expression goes in, a text that it matches by construction comes out.

Expressions of documents are not run here, since some take ages, but for those of few repeats on a short text. The text
is put together along the parsed expression, of literals, classes, repeats, groups and alternatives; what holds anything
else has no text.
"""

from __future__ import annotations

import re
import string
import warnings
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from apiscribe.document.patterns import pattern_fault
from apiscribe.plan.pattern_tree import kind, tree_of

_POOLS = (string.ascii_lowercase, "123456789", string.ascii_uppercase, "0-_.~ ", string.punctuation)
_USUAL = 8
_MAX_TEXT = 1_000
_MAX_DEPTH = 50
_START, _END = object(), object()
_CATEGORIES = {
    kind.CATEGORY_DIGIT: (string.digits, True),
    kind.CATEGORY_NOT_DIGIT: (string.digits, False),
    kind.CATEGORY_SPACE: (" ", True),
    kind.CATEGORY_NOT_SPACE: (" ", False),
    kind.CATEGORY_WORD: (string.ascii_letters + string.digits + "_", True),
    kind.CATEGORY_NOT_WORD: (string.ascii_letters + string.digits + "_", False),
}
# What stands for one character, and how many repeats of those take no time on a short text.
_SINGLE = (kind.LITERAL, kind.NOT_LITERAL, kind.IN, kind.ANY)
_FEW = 3
_SHORT = 60
_STARTS = (kind.AT_BEGINNING, kind.AT_BEGINNING_STRING)
_ENDS = (kind.AT_END, kind.AT_END_STRING)


class _UnknownError(Exception):
    """The expression holds what no text is made for."""


@lru_cache(maxsize=4096)
def matching(pattern: str, low: int, high: float, name: str) -> str | None:
    r"""Give a text of `low` to `high` characters that a pattern matches, another one for another `name`, or None.

    >>> matching("^[0-9]{3}-(?:eu|us)$", 0, 99, "zone"), matching("^[A-Z][a-z]*$", 0, 3, ""), matching("x", 3, 3, "")
    ('891-eu', 'Bcd', 'xaa')
    >>> matching(r"^(?=a)b$", 0, 99, ""), matching(r"^\p{L}+$", 0, 99, ""), matching("^a{500}{500}$", 0, 99, "")
    (None, None, None)
    """
    if pattern_fault(pattern) is not None:
        return None
    try:
        tree = tree_of(pattern)
        shortest = _text(_Writer(name, 0).written(tree), 0)
        wanted = min(max(low, _USUAL), high) - len(shortest)
        for more in (wanted, low - len(shortest), 0):
            text = _text(_Writer(name, max(int(more), 0)).written(tree), low)
            if text and low <= len(text) <= high:
                return text
    except (_UnknownError, RecursionError):
        pass
    return None


def _text(pieces: Sequence[Any], low: int) -> str:
    """Join the pieces, whose starts come before all characters and whose ends after them."""
    places = [number for number, piece in enumerate(pieces) if isinstance(piece, str)]
    first, last = (places[0], places[-1]) if places else (len(pieces), -1)
    if any((piece is _START and at > first) or (piece is _END and at < last) for at, piece in enumerate(pieces)):
        raise _UnknownError
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return text if _END in pieces else text.ljust(min(low, _MAX_TEXT), "a")


def surely_matches(pattern: str, text: str) -> bool:
    r"""Tell whether a text is matched by a pattern that is simple enough to be run: of characters and a few repeats.

    >>> surely_matches("^[a-z]+-[0-9]{2,}$", "eu-10"), surely_matches("^[a-z]*$", "EU"), surely_matches("^(a+)+$", "a")
    (True, False, False)
    >>> surely_matches("^[a-z]*[a-z]*[a-z]*$", "a" * 61), surely_matches("a*a*a*a*", "a")
    (False, False)
    """
    if len(text) > _SHORT or pattern_fault(pattern) is not None:
        return False
    tree = tree_of(pattern)
    repeats = [item for op, item in tree if op is kind.MAX_REPEAT]
    plain = all(op in _SINGLE or op in (kind.AT, kind.MAX_REPEAT) for op, _ in tree)
    if not plain or len(repeats) > _FEW or any(op not in _SINGLE for _, _, held in repeats for op, _ in held):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.search(pattern, text) is not None


class _Writer:
    """Writes the pieces of one text, with about `more` characters beyond the fewest."""

    def __init__(self, name: str, more: int) -> None:
        self._turn = zlib.crc32(name.encode("utf-8", "replace"))
        self._more = more
        self._left = _MAX_TEXT

    def written(self, tree: Iterable[tuple[Any, Any]], depth: int = 0) -> list[Any]:
        if depth > _MAX_DEPTH:
            raise _UnknownError
        return [piece for code, value in tree for piece in self._pieces(code, value, depth)]

    def _pieces(self, code: Any, value: Any, depth: int) -> list[Any]:
        self._left -= 1
        if self._left < 0:
            raise _UnknownError
        if code is kind.AT and value in _STARTS:
            return [_START]
        if code is kind.AT and value in _ENDS:
            return [_END]
        if code is kind.LITERAL:
            return [_character(value)]
        if code is kind.ANY:
            return [self._one_of([(kind.NEGATE, None)])]
        if code is kind.NOT_LITERAL:
            return [self._one_of([(kind.NEGATE, None), (kind.LITERAL, value)])]
        if code is kind.IN:
            return [self._one_of(value)]
        if code is kind.BRANCH:
            return self.written(value[1][0], depth + 1)
        if code is kind.SUBPATTERN:
            return self.written(value[-1], depth + 1)
        if code in (kind.MAX_REPEAT, kind.MIN_REPEAT):
            return self._repeated(value, depth)
        raise _UnknownError

    def _repeated(self, value: tuple[int, int, Any], depth: int) -> list[Any]:
        least, most, tree = value
        found: list[Any] = []
        for _ in range(least):
            unit = self.written(tree, depth + 1)
            found += unit
            if not unit:
                break  # nothing, however often
        count = least
        while self._more > 0 and count < most:
            unit = self.written(tree, depth + 1)
            if not any(isinstance(piece, str) for piece in unit):
                break
            self._more -= len(unit)
            found += unit
            count += 1
        return found

    def _one_of(self, items: Sequence[tuple[Any, Any]]) -> str:
        self._turn += 1
        for pool in _POOLS:
            fitting = [one for one in pool if _is_in(items, one)]
            if fitting:
                return fitting[self._turn % len(fitting)]
        for code, value in items:
            if code in (kind.LITERAL, kind.RANGE) and items[0][0] is not kind.NEGATE:
                return _character(value[0] if code is kind.RANGE else value)
        raise _UnknownError


def _is_in(items: Sequence[tuple[Any, Any]], one: str) -> bool:
    is_negated = items[0][0] is kind.NEGATE
    return is_negated != any(_is_told(code, value, one) for code, value in items)


def _is_told(code: Any, value: Any, one: str) -> bool:
    if code is kind.LITERAL:
        return bool(ord(one) == value)
    if code is kind.RANGE:
        low, high = value
        return ord(one) in range(low, high + 1)
    if code is kind.CATEGORY:
        told, holds = _CATEGORIES[value]
        return bool((one in told) is holds)
    return False


def _character(code: int) -> str:
    if not chr(code).isprintable():
        raise _UnknownError
    return chr(code)

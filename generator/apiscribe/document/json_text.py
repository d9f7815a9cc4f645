"""JSON text comes in, one plain value with the marks of its text goes out, within the same budgets as YAML."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from apiscribe.document.node import Branch, Mark, Noted, Plain, Source, canonical, pointer_of
from apiscribe.document.scalars import Limits, NumberError, Scalar, finite, integer
from apiscribe.errors import refusal, shown

_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r'"([^"\\\x00-\x1f]*+)"[ \t\r\n]*+:[ \t\r\n]*+')
_COLON = re.compile(r"[ \t\r\n]*+:[ \t\r\n]*+")
_STRING = re.compile(r'"([^"\\\x00-\x1f]*+)"')
_LITERAL = re.compile(r"(-?(?:0|[1-9][0-9]*+))((?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)|(true|false|null)")
_NEXT = re.compile(r"[ \t\r\n]*+([,}\]])[ \t\r\n]*+")
_NOT_JSON = re.compile(r"-?(?:NaN|Infinity)")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_STRINGS = JSONDecoder()
_WORDS = {"true": True, "false": False, "null": None}

_HABITS = (
    ("//", "it has no comments"),
    ("/*", "it has no comments"),
    ("#", "it has no comments"),
    ("'", "its texts stand in double quotes"),
)


class _Open:
    """An object or array whose end has not been read yet."""

    __slots__ = ("children", "key", "plain")

    def __init__(self, plain: dict[str, Plain] | list[Plain]) -> None:
        self.plain = plain
        self.children: list[Mark] = []
        self.key: str | None = None


class _Reader:
    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.text = source.text
        self.limits = limits
        self.stack: list[_Open] = []
        self.position = 0
        self.nodes = 0
        self.has_surrogates = _SURROGATE.search(source.text) is not None

    def run(self) -> tuple[Plain, Mark]:
        self.skip_space()
        offset = self.position
        result = self.value(offset)
        while self.stack:
            self.step()
        self.skip_space()
        if self.position < len(self.text):
            self.refuse("document.syntax", "not JSON: text after the end of the document")
        return result

    def refuse(self, rule: str, message: str, offset: int | None = None) -> NoReturn:
        keys = [frame.key if isinstance(frame.plain, dict) else len(frame.plain) for frame in self.stack]
        path = [key for key in keys if key is not None]
        place = self.position if offset is None else offset
        raise refusal(rule, message, self.source.origin(place, pointer_of(path)))

    def expected(self, what: str) -> NoReturn:
        """Refuse what stands here instead of what is expected, by its name where it is a habit of other languages."""
        self.skip_space()
        habit = next((said for start, said in _HABITS if self.text.startswith(start, self.position)), "")
        self.refuse("document.syntax", f"not JSON: {habit or f'expected {what}'}")

    def skip_space(self) -> None:
        match = _SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def step(self) -> None:
        """Read one member of the innermost object or array, and its end if it ends there."""
        frame = self.stack[-1]
        plain = frame.plain
        depth = len(self.stack)
        if isinstance(plain, dict):
            mark_at = self.position
            frame.key = None
            key = frame.key = self.key(plain)
            value, mark = self.value(mark_at)
            plain[key] = value
        else:
            value, mark = self.value(self.position)
            plain.append(value)
        frame.children.append(mark)
        if len(self.stack) == depth:  # else the member was opened, and the next steps fill it
            self.after()

    def after(self) -> None:
        """Read what follows a member: a comma, or the ends of what it was the last member of."""
        while self.stack:
            is_mapping = isinstance(self.stack[-1].plain, dict)
            match = _NEXT.match(self.text, self.position)
            if match is None or match[1] == ("]" if is_mapping else "}"):
                self.expected(f"',' or '{'}' if is_mapping else ']'}'")
            self.position = match.end()
            if match[1] == ",":
                return
            self.stack.pop()

    def key(self, plain: dict[str, Plain]) -> str:
        start = self.position
        match = _KEY.match(self.text, start)
        if match is not None:
            key = match[1]
            self.position = match.end()
        else:
            if not self.text.startswith('"', start):
                self.expected("a key in double quotes")
            key = self.escaped()
            colon = _COLON.match(self.text, self.position)
            if colon is None:
                self.expected("':' after a key")
            self.position = colon.end()
        if key in plain:
            self.stack[-1].key = key
            self.refuse("document.duplicate-key", f"the key '{shown(key)}' is already in this object", start)
        return key

    def value(self, mark_at: int) -> tuple[Plain, Mark]:
        """Read a scalar, or open an object or array."""
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.refuse("document.nodes", f"more than {self.limits.nodes} values")
        text, start = self.text, self.position
        match = _STRING.match(text, start)
        if match is not None:
            self.position = match.end()
            return match[1], mark_at
        first = text[start : start + 1]
        if first == '"':
            return self.escaped(), mark_at
        if first in ("{", "["):
            return self.open(first, mark_at)
        return self.literal(mark_at)

    def open(self, first: str, mark_at: int) -> tuple[Plain, Mark]:
        if len(self.stack) >= self.limits.depth:
            self.refuse("document.depth", f"nested deeper than {self.limits.depth} levels")
        plain: dict[str, Plain] | list[Plain] = {} if first == "{" else []
        self.position += 1
        self.skip_space()
        frame = _Open(plain)
        if self.text.startswith("}" if first == "{" else "]", self.position):
            self.position += 1
        else:
            self.stack.append(frame)
        return plain, Branch(mark_at, frame.children)

    def literal(self, mark_at: int) -> tuple[Plain, Mark]:
        match = _LITERAL.match(self.text, self.position)
        if match is None:
            if _NOT_JSON.match(self.text, self.position):
                self.refuse("document.number", "JSON has no infinity and no not-a-number")
            self.expected("a value")
        value: Scalar
        try:
            if match[3]:
                value = _WORDS[match[3]]
            elif match[2]:
                value = finite(match[0])
            else:
                value = integer(match[0], self.limits)
        except NumberError as error:
            self.refuse("document.number", str(error))
        self.position = match.end()
        return value, mark_at if match[3] or canonical(value) == match[0] else Noted(mark_at, match[0])

    def escaped(self) -> str:
        """Read a string that holds escapes, or is broken."""
        start = self.position
        try:
            value, self.position = _STRINGS.raw_decode(self.text, start)
        except JSONDecodeError as error:
            self.refuse("document.syntax", f"not JSON: {_complaint(error)}", error.pos)
        if not isinstance(value, str):
            raise AssertionError("a quote begins a string")
        if self.has_surrogates and any("\ud800" <= char <= "\udfff" for char in value):
            self.refuse("document.encoding", "a string holds half of a surrogate pair", start)
        return value


def _complaint(error: JSONDecodeError) -> str:
    return error.msg[0].lower() + error.msg[1:].removesuffix(" starting at").removesuffix(" at")


def parse_json(source: Source, limits: Limits) -> tuple[Plain, Mark]:
    """Read JSON text into a plain value and the marks of its members.

    Raises:
        ApiscribeError: text that is not JSON by its grammar, a key that is there twice, or over a budget.
    """
    return _Reader(source, limits).run()

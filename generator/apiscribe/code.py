"""The code room: the only makers of Python source text; a template prints nothing that did not pass through here."""

from __future__ import annotations

import ast
import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Self

from apiscribe.naming import is_identifier

_ANNOTATION_NODES = (
    ast.Expression, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.BinOp, ast.BitOr,
    ast.Constant, ast.UnaryOp, ast.USub,
)  # fmt: skip


_ESCAPES = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}

_PLAIN_WORDS = re.compile(r"[!-~]+(?: [!-~]+)*")
# A quote that a reader could take for part of the docstring's own quotes.
_AMBIGUOUS_QUOTE = re.compile(r'"(?="|\Z)|\A"')


class Code(str):
    """Python source text that is safe to print; made only by the functions of this module.

    `neutral` is the same code with harmless texts in its literals: the final gate compares the structure of both.
    """

    __slots__ = ("neutral",)
    neutral: str

    def __new__(cls, text: str, neutral: str | None = None) -> Self:
        """Take text that is known to be code."""
        made = super().__new__(cls, text)
        made.neutral = text if neutral is None else neutral
        return made


class Docstring(Code):
    """A docstring, as a string expression over several lines."""

    __slots__ = ()


@lru_cache(maxsize=1 << 15)
def identifier(name: str) -> Code:
    """Make an identifier, dotted for modules; private ones may start with an underscore.

    Raises:
        ValueError: a part is not an ASCII identifier of at most 80 characters.
    """
    for part in name.split("."):
        if not is_identifier(part.removeprefix("_")):
            msg = f"not an identifier: {part!r}"
            raise ValueError(msg)
    return Code(name)


def relative_module(dots: int, name: str) -> Code:
    """Make the name of a module for a relative import: so many dots, then an identifier or nothing."""
    return Code("." * dots + (identifier(name) if name else ""))


def literal(value: object) -> Code:
    r"""Print a JSON value, tuple or mapping as a Python literal, non-printable and bidirectional characters escaped.

    >>> literal({"a": [1, None, "\u202e"]})
    '{"a": [1, None, "\\u202e"]}'

    Raises:
        TypeError: the value is of another type, or a number that is not finite.
    """
    if isinstance(value, str):
        return Code(_quoted(value), '""')
    if value is None or value is True or value is False:
        return Code(repr(value))
    if type(value) is int:
        return Code(repr(value), "-1" if value < 0 else "1")
    if isinstance(value, float) and math.isfinite(value):
        return Code(repr(value), "-1.0" if repr(value).startswith("-") else "1.0")
    if isinstance(value, list):
        return fill("[{}]", joined(", ", [literal(item) for item in value]))
    if isinstance(value, tuple):
        return tuple_of(literal(item) for item in value)
    if isinstance(value, Mapping):
        return dict_of((literal(key), literal(item)) for key, item in value.items())
    msg = f"no literal for {type(value).__name__}"
    raise TypeError(msg)


def octets_literal(value: bytes) -> Code:
    r"""Print bytes as a Python literal in printable ASCII.

    >>> octets_literal(b'a"\n')
    'b"a\\"\\n"'
    """
    body = "".join(
        (
            f"\\{chr(octet)}"
            if octet in b'"\\'
            else chr(octet) if 0x20 <= octet < 0x7F else _ESCAPES.get(octet, f"\\x{octet:02x}")
        )
        for octet in value
    )
    return Code(f'b"{body}"', 'b""')


def docstring(lines: Iterable[str]) -> Docstring:
    r'''Print lines as a docstring: real lines, printable Unicode kept, everything else escaped.

    >>> docstring(["Say \"hi\"", "", "more"])
    '"""Say "hi"\n\nmore\n"""'
    >>> docstring(['"quoted"'])
    '"""\\"quoted\\""""'
    '''
    text = "\n".join(_docline(line) for line in "\n".join(lines).replace("\r\n", "\n").split("\n")).strip()
    text = _AMBIGUOUS_QUOTE.sub('\\\\"', text)
    return Docstring(f'"""{text}\n"""' if "\n" in text else f'"""{text}"""', '"""x"""')


def wrapped(text: str, width: int = 96, indent: str = "") -> list[str]:
    """Fold prose into lines of at most `width`, keeping its own line breaks."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if _PLAIN_WORDS.fullmatch(line):
            lines.extend(indent + part for part in _folded(line, width - len(indent)))
            continue
        folded = textwrap.wrap(
            line, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        lines.extend(folded or [""])
    return lines


def _folded(line: str, width: int) -> Iterator[str]:
    """Fold plain words with single spaces, as most prose is: `textwrap` takes ten times as long for the same."""
    start = 0
    while len(line) - start > width:
        end = line.rfind(" ", start, start + width + 1)
        if end < 0:  # a word longer than a line
            end = line.find(" ", start + width)
        if end < 0:
            break
        yield line[start:end]
        start = end + 1
    yield line[start:]


def annotation(node: ast.expr) -> Code:
    """Print a type expression after checking that it holds nothing but names, subscripts, unions and literals.

    Raises:
        ValueError: the expression holds something else.
    """
    for part in ast.walk(node):
        if not isinstance(part, _ANNOTATION_NODES):
            msg = f"not a type expression: {type(part).__name__}"
            raise ValueError(msg)
        if isinstance(part, ast.Constant) and not isinstance(part.value, str | int | float | bool | None):
            msg = f"not a type expression: {part.value!r}"
            raise ValueError(msg)
        if isinstance(part, ast.Name):
            identifier(part.id)
    return _unparse(node)


@lru_cache(maxsize=1 << 12)
def type_expression(text: str) -> Code:
    """Parse and print a type expression that we wrote ourselves out of identifiers and literals.

    >>> type_expression("list[Foo] | None")
    'list[Foo] | None'
    """
    return annotation(ast.parse(text, mode="eval").body)


def call(function: str, arguments: Iterable[tuple[str, Code]]) -> Code:
    """Print a call with keyword arguments.

    >>> call("Field", [("default", literal(None))])
    'Field(default=None)'
    """
    given = [fill("{}={}", identifier(name), value) for name, value in arguments]
    return fill("{}({})", identifier(function), joined(", ", given))


def fill(pattern: str, *parts: Code) -> Code:
    """Put code into the `{}` of a pattern of our own; nothing that is not code yet gets through.

    >>> fill("{}.lower()", literal("A"))
    '"A".lower()'

    Raises:
        TypeError: a part is plain text, or there are more or fewer parts than places.
    """
    head, *tails = pattern.split("{}")
    if len(tails) != len(parts):
        msg = f"{len(tails)} pieces of code wanted"
        raise TypeError(msg)
    text = neutral = head
    for part, tail in zip(parts, tails, strict=True):
        if not isinstance(part, Code):
            msg = f"{len(tails)} pieces of code wanted"
            raise TypeError(msg)
        text += part + tail
        neutral += part.neutral + tail
    return Code(text, neutral)


def joined(separator: str, parts: Iterable[Code]) -> Code:
    """Join pieces of code with a separator of our own."""
    pieces = tuple(parts)
    return Code(separator.join(pieces), separator.join(piece.neutral for piece in pieces))


def tuple_of(items: Iterable[Code]) -> Code:
    """Print a tuple of expressions that are code already."""
    parts = tuple(items)
    return fill("({},)" if len(parts) == 1 else "({})", joined(", ", parts))


def dict_of(items: Iterable[tuple[Code, Code]]) -> Code:
    """Print a dictionary whose keys and values are code already."""
    inner = joined(", ", [fill("{}: {}", key, value) for key, value in items])
    return Code("{" + inner + "}", "{" + inner.neutral + "}")


def _unparse(node: ast.expr) -> Code:
    # ast.unparse would print string constants with repr, which leaves bidirectional characters as they are.
    match node:
        case ast.Constant(value=value):
            return literal(value)
        case ast.BinOp(left=left, right=right):
            # Unions lean to the left: a long one is unwound, since each operator is a level deeper.
            parts = [right]
            while isinstance(left, ast.BinOp):
                parts.append(left.right)
                left = left.left
            return joined(" | ", [_unparse(part) for part in (left, *reversed(parts))])
        case ast.Subscript(value=value, slice=ast.Tuple(elts=parts)):
            return fill("{}[{}]", _unparse(value), joined(", ", [_unparse(part) for part in parts]))
        case ast.Subscript(value=value, slice=inner):
            return fill("{}[{}]", _unparse(value), _unparse(inner))
        case ast.List(elts=parts):
            return fill("[{}]", joined(", ", [_unparse(part) for part in parts]))
    return Code(ast.unparse(node))


def _quoted(text: str) -> str:
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_printable(body)}"'


def _docline(line: str) -> str:
    return _printable(line.expandtabs(4).replace("\\", "\\\\")).rstrip()


def _printable(text: str) -> str:
    # Most text is plain: then there is nothing to look at character by character.
    return text if text.isascii() and text.isprintable() else "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    if char == " " or "!" <= char <= "~":
        return char
    if char == "\n":
        return "\\n"
    if unicodedata.category(char)[0] in "LNPSM" and unicodedata.bidirectional(char) not in _BIDI_CONTROLS:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_BIDI_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

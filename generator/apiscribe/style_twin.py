"""Where ruff parts from black: the parentheses that black gives to long unions and conditions, given before ruff."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Final

# What every union or condition over several lines leaves in a formatted text; parsing it costs more than formatting it.
# Each begins with a character that is quick to find.
_WORTH_PARSING: Final = (
    re.compile(r"\n[ ]*(?:\||else\b(?!:)|[\])}].* (?:\||else\b(?!:)))"),
    re.compile(r"\|[^=\n]*[\[({]$", re.MULTILINE),
    re.compile(r" else .*[\[({]$", re.MULTILINE),
)
_BOUNDARY: Final = re.compile(r"\n\n(?=(?: {4})?[^\s])")
_BELOW: Final = "if 1:\n"
_QUOTES: Final = '"""'


def with_parentheses(text: str) -> str:
    """Put parentheses around what black would parenthesize, in a text that ruff has formatted once.

    Ruff keeps parentheses it finds, so formatting the result again gives the bytes of black.

    >>> print(with_parentheses("def f(a: int\\n| None = None): ...\\n"), end="")
    def f(a: (int
    | None) = None): ...
    """
    found = sorted(match.end() - 1 for pattern in _WORTH_PARSING for match in pattern.finditer(text))
    if not found:
        return text
    try:
        return "".join(_in_parts(text, found))
    except SyntaxError:  # a part was no statement of its own
        return _parenthesized(text)


def _in_parts(text: str, found: Sequence[int]) -> Iterator[str]:
    """Give a text with parentheses in parts, and parse only the statements in which something was found.

    Raises:
        SyntaxError: a part is cut wrongly, within a text that holds three quotes for instance.
    """
    done = 0
    for place in found:
        if place < done:
            continue
        # A blank line within a text over several lines is no boundary.
        above = [match.end() for match in _BOUNDARY.finditer(text, done, place)]
        start = next((end for end in reversed(above) if text.count(_QUOTES, done, end) % 2 == 0), done)
        below = (match.end() for match in _BOUNDARY.finditer(text, place))
        end = next((end for end in below if text.count(_QUOTES, start, end) % 2 == 0), len(text))
        yield text[done:start]
        yield _parenthesized(text[start:end])
        done = end
    yield text[done:]


def _parenthesized(text: str) -> str:
    below = _BELOW if text.startswith(" ") else ""
    lines = (below + text).encode().split(b"\n")
    found = _split(ast.parse(below + text))
    for expression in sorted(found, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        last, end = (expression.end_lineno or 0) - 1, expression.end_col_offset or 0
        lines[last] = lines[last][:end] + b")" + lines[last][end:]
        first, start = expression.lineno - 1, expression.col_offset
        lines[first] = lines[first][:start] + b"(" + lines[first][start:]
    return b"\n".join(lines).decode().removeprefix(below)


def _split(tree: ast.Module) -> Iterator[ast.expr]:
    """Find unions as annotations and conditions as keyword arguments that stretch over lines."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.BinOp(op=ast.BitOr()) as expression) if _is_bare(expression, node):
                yield expression
            case ast.keyword(value=ast.IfExp() as expression) if _is_bare(expression, node):
                yield expression


def _is_bare(expression: ast.expr, owner: ast.arg | ast.keyword) -> bool:
    """Tell whether an expression stretches over lines and has no parentheses, which would start it on a new line."""
    return expression.end_lineno != expression.lineno and expression.lineno == owner.lineno

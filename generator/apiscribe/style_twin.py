"""Where ruff parts from black: the parentheses that black gives to long unions and conditions, given before ruff."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

# What every union or condition over several lines leaves in a formatted text; parsing it costs more than formatting it.
_WORTH_PARSING: Final = re.compile(r"^[ ]*(?:\||[\])}].* \|)|\|.*[\[({]$|\belse\b(?!:)", re.MULTILINE)


def with_parentheses(text: str) -> str:
    """Put parentheses around what black would parenthesize, in a text that ruff has formatted once.

    Ruff keeps parentheses it finds, so formatting the result again gives the bytes of black.

    >>> print(with_parentheses("def f(a: int\\n| None = None): ...\\n"), end="")
    def f(a: (int
    | None) = None): ...
    """
    if _WORTH_PARSING.search(text) is None:
        return text
    lines = text.encode().split(b"\n")
    for expression in sorted(_split(ast.parse(text)), key=lambda node: (node.lineno, node.col_offset), reverse=True):
        last, end = (expression.end_lineno or 0) - 1, expression.end_col_offset or 0
        lines[last] = lines[last][:end] + b")" + lines[last][end:]
        first, start = expression.lineno - 1, expression.col_offset
        lines[first] = lines[first][:start] + b"(" + lines[first][start:]
    return b"\n".join(lines).decode()


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

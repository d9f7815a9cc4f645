"""Statements: the text of a program goes in, its statements and those one level below come out, one after the other.

A module of ten thousand operations is a tree of millions of nodes, so it is parsed in pieces, cut where a statement of
the first or second level may begin. A piece that is complete for Python is complete wherever it stands: then all
pieces together are the statements of the whole. A piece that is not complete grows until it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = 65_536
_BOUNDARY = re.compile(r"\n\n(?=(?: {4})?[^\s])")
_BELOW = "if 1:\n    pass\n"
_HOLDERS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.If)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement without those inside of it; the parent of one on the second level is the kind of what it is in."""

    node: ast.stmt
    parent: type[ast.stmt] | None
    line: int


def statements(text: str) -> Iterator[Statement]:
    """List the statements of the first two levels of a program.

    Raises:
        SyntaxError: the text is no program.
        ValueError: it holds a null character.
    """
    parent: type[ast.stmt] | None = None
    line, start = 0, 0
    while start < len(text):
        end, below, level = _piece(text, start)
        # Lines of ours stood before a piece that begins below.
        first = line - (_BELOW.count("\n") if text.startswith("    ", start) else 0)
        if below and parent is None:
            raise IndentationError("indented below nothing")
        for node in below:
            yield Statement(node=node, parent=parent, line=first + node.lineno)
        for node in level:
            parent = type(node) if isinstance(node, _HOLDERS) else None
            yield from _opened(node, first)
        line += text.count("\n", start, end)
        start = end


def _piece(text: str, start: int) -> tuple[int, list[ast.stmt], list[ast.stmt]]:
    """Find where the next piece ends; give what continues the statement before it, and what is on the first level."""
    size = _PIECE
    while True:
        found = _BOUNDARY.search(text, start + size)
        end = found.end() if found is not None else len(text)
        is_below = text.startswith("    ", start)
        try:
            body = ast.parse(_BELOW + text[start:end] if is_below else text[start:end]).body
        except SyntaxError:
            if end == len(text):
                raise
            size *= 4
            continue
        if not is_below:
            return end, [], body
        holder = body[0]
        if not isinstance(holder, ast.If) or holder.orelse:
            raise SyntaxError("a branch of nothing")
        return end, holder.body[1:], body[1:]


def _opened(node: ast.stmt, line: int) -> Iterator[Statement]:
    inner: list[ast.stmt] = []
    if isinstance(node, _HOLDERS):
        inner, node.body = node.body, []
    yield Statement(node=node, parent=None, line=line + node.lineno)
    for child in inner:
        yield Statement(node=child, parent=type(node), line=line + child.lineno)

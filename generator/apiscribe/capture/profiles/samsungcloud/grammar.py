"""The grammar room: a schema cell of the portal to a tree and back, whole or as the start of a glued line."""

from __future__ import annotations

import re

from apiscribe.capture.cells import AnyOf, ArrayOf, Cell, Enumeration, Null, Primitive, Reference, Unstated

MAX_DEPTH = 30
_PRIMITIVE = re.compile(r"(string|integer|number|boolean|object)(?: \(([A-Za-z0-9][A-Za-z0-9_.+/-]*)\))?")
_ARRAY = "array["
_ANY = "any of ["
_ENUM = "enum ("
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORD = re.compile(r"[A-Za-z0-9_]")


def parse_cell(text: str) -> Cell | None:
    """Read a whole schema cell; none if it is not one.

    >>> parse_cell("any of [integer, null]")
    AnyOf(items=(Primitive(name='integer', format=None), Null()))
    """
    if text in ("", "None"):
        return Unstated()
    found = _item(text, 0, 0)
    if found is None or found[1] != len(text):
        name = _NAME.fullmatch(text)
        return Reference(name=text) if name else None
    return found[0]


def split_cell(text: str) -> tuple[str, str] | None:
    """Split a line into the longest schema cell it starts with and the rest; none if it starts with no cell.

    >>> split_cell("array[any of [string, null]][]"), split_cell("string0.000"), split_cell("a b")
    (('array[any of [string, null]]', '[]'), ('string', '0.000'), None)
    """
    found = _item(text, 0, 0, prefix=True)
    if found is None:
        return None
    cell, end = found
    rest = text[end:]
    if rest.startswith(" "):
        return None
    if isinstance(cell, Reference) and rest and rest[0] not in "[{('\"":
        return None
    return text[:end], rest


def print_cell(cell: Cell) -> str:
    """Print a tree as the portal would."""
    if isinstance(cell, Primitive):
        return f"{cell.name} ({cell.format})" if cell.format else cell.name
    if isinstance(cell, Null):
        return "null"
    if isinstance(cell, Enumeration):
        return f"{_ENUM}{', '.join(cell.values)})"
    if isinstance(cell, Reference):
        return cell.name
    if isinstance(cell, ArrayOf):
        return f"{_ARRAY}{print_cell(cell.item)}]"
    if isinstance(cell, AnyOf):
        return f"{_ANY}{', '.join(print_cell(item) for item in cell.items)}]"
    return "None"


def _item(text: str, at: int, depth: int, *, prefix: bool = False) -> tuple[Cell, int] | None:
    if depth > MAX_DEPTH:
        return None
    if text.startswith(_ARRAY, at):
        return _array(text, at + len(_ARRAY), depth)
    if text.startswith(_ANY, at):
        return _any_of(text, at + len(_ANY), depth)
    if text.startswith(_ENUM, at):
        return _enum(text, at + len(_ENUM))
    primitive = _PRIMITIVE.match(text, at)
    # Glued text may follow a type directly ("stringNone"); anywhere else a longer word is the name of a model.
    if primitive and (prefix or not _WORD.match(text, primitive.end())):
        return Primitive(name=primitive[1], format=primitive[2]), primitive.end()
    name = _NAME.match(text, at)
    if name is None:
        return None
    return (Null() if name[0] == "null" else Reference(name=name[0])), name.end()


def _array(text: str, at: int, depth: int) -> tuple[Cell, int] | None:
    inner = _item(text, at, depth + 1)
    if inner is None or not text.startswith("]", inner[1]):
        return None
    return ArrayOf(item=inner[0]), inner[1] + 1


def _any_of(text: str, at: int, depth: int) -> tuple[Cell, int] | None:
    items: list[Cell] = []
    while True:
        inner = _item(text, at, depth + 1)
        if inner is None:
            return None
        items.append(inner[0])
        at = inner[1]
        if text.startswith("]", at):
            return AnyOf(items=tuple(items)), at + 1
        if not text.startswith(", ", at):
            return None
        at += 2


def _enum(text: str, at: int) -> tuple[Cell, int] | None:
    depth = 0
    for end in range(at, len(text)):
        char = text[end]
        if char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif char == ")":
            values = _values(text[at:end])
            return (Enumeration(values=values), end + 1) if values else None
    return None


def _values(text: str) -> tuple[str, ...]:
    values: list[str] = []
    depth = start = 0
    for index, char in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(char, 0)
        if depth <= 0 and text.startswith(", ", index):
            values.append(text[start:index])
            start = index + 2
    values.append(text[start:])
    return tuple(values) if any(values) else ()

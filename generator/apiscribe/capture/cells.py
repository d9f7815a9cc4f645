"""The cells room: what a schema cell says, as a small tree that names no portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Primitive:
    """A JSON type with an optional format."""

    name: str
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """The JSON null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A closed list of values, as printed."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A model by its name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayOf:
    """An array of one kind of item."""

    item: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Several alternatives."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstated:
    """No schema is given."""


Cell = Primitive | Null | Enumeration | Reference | ArrayOf | AnyOf | Unstated


def alternatives(cell: Cell) -> Iterator[Cell]:
    """List what a value may be: the members of an any-of, or the cell itself."""
    if isinstance(cell, AnyOf):
        for item in cell.items:
            yield from alternatives(item)
    else:
        yield cell


def described(cell: Cell) -> str:
    """Say what a cell means, for messages.

    >>> described(AnyOf(items=(ArrayOf(item=Reference(name="Tag")), Null())))
    'array of Tag or null'
    """
    if isinstance(cell, Primitive):
        return f"{cell.name} ({cell.format})" if cell.format else cell.name
    if isinstance(cell, Enumeration):
        return f"one of {', '.join(cell.values)}"
    if isinstance(cell, Reference):
        return cell.name
    if isinstance(cell, ArrayOf):
        return "array" if isinstance(cell.item, Unstated) else f"array of {described(cell.item)}"
    if isinstance(cell, AnyOf):
        return " or ".join(described(item) for item in cell.items)
    return "null" if isinstance(cell, Null) else "not stated"


def references(cell: Cell) -> Iterator[str]:
    """List the models a cell mentions, in order."""
    if isinstance(cell, Reference):
        yield cell.name
    elif isinstance(cell, ArrayOf):
        yield from references(cell.item)
    elif isinstance(cell, AnyOf):
        for item in cell.items:
            yield from references(item)

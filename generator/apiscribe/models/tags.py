"""Tags: properties by whose value the members of a union are told apart, which then have no other value."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.plan.uses import Request


def tags_of(named: Iterable[ir.NamedSchema], asked: Iterable[Request]) -> frozenset[tuple[str, str]]:
    """Name the properties, with their schemas, whose every value means that schema in some union.

    An object with another value is read as another member, or as an `UnknownMember`; so a program that compares the
    property has the member, for type checkers too.
    """
    schemas = {item.name: item.schema for item in named}
    found: set[tuple[str, str]] = set()
    for union in _unions([*schemas.values(), *(item.schema for item in asked)]):
        told = union.discriminator
        if told is None or told.supposed:
            continue
        for name in {name for _, name in told.tags}:
            values = {value for value, meant in told.tags if meant == name}
            target = schemas.get(name)
            members = target.properties if isinstance(target, ir.ObjectSchema) else ()
            own = next((item.schema for item in members if item.name == told.property), None)
            if isinstance(own, ir.EnumSchema) and values.issuperset(own.values):
                found.add((name, told.property))
    return frozenset(found)


def _unions(roots: Iterable[ir.Schema]) -> Iterable[ir.UnionSchema]:
    stack = [*roots]
    while stack:
        match stack.pop():
            case ir.UnionSchema(members=members) as union:
                yield union
                stack.extend(members)
            case ir.ArraySchema(items=items):
                stack.append(items)
            case ir.ObjectSchema(properties=properties, additional=additional):
                stack.extend(item.schema for item in properties)
                stack.extend([additional] if isinstance(additional, ir.Schema) else [])

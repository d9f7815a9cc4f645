"""Trees: schemas as a fresh JSON Schema that holds nothing of the document but its shape.

Names are the final ASCII ones, and what only Python can say (enums, date-times) stands as a reference to a placeholder,
so that no text of a document reaches the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiscribe import ir
from apiscribe.code import Code, literal, type_expression

PLACEHOLDER = "Placeholder"
_LARGEST = 2**63 - 1
FORMATS = {
    "date-time": "DateTime",
    "uuid": "_formats.Uuid",
    "date": "_formats.Date",
    "decimal": "_formats.Number",
    "duration": "_formats.Duration",
    "byte": "_formats.Base64",
    ir.FILE: "_formats.Binary",
}
"""The types of texts that have one of their own, by format."""
_FORMATS = {name: f"{PLACEHOLDER}Format{number}" for number, name in enumerate(FORMATS)}


class TreeMaker:
    """Turns schemas into trees, and remembers which placeholder stands for which type."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self.placeholders: dict[str, Code] = {_FORMATS[name]: type_expression(FORMATS[name]) for name in FORMATS}
        self._classes = classes
        self._enums: dict[Code, str] = {}

    def tree(self, schema: ir.Schema, *, open_enums: bool, unusable: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Give the tree of a schema; in responses enums are open, so that a value nobody wrote down passes.

        References to the names in `unusable` are references to anything.
        """
        inner = self._kind(schema, open_enums, unusable)
        return {"anyOf": [inner, {"type": "null"}]} if schema.nullable and inner else inner

    def _kind(self, schema: ir.Schema, open_enums: bool, unusable: frozenset[str]) -> dict[str, Any]:
        match schema:
            case ir.RefSchema(name=name):
                return {} if name in unusable else reference(self._classes[name])
            case ir.EnumSchema():
                return reference(self._enum(schema, open_enums))
            case ir.StringSchema(format=told) if told in _FORMATS:
                return reference(_FORMATS[told])
            case ir.StringSchema():
                return {"type": "string"}
            case ir.NumberSchema(integer=integer):
                return {"type": "integer" if integer else "number"}
            case ir.BooleanSchema():
                return {"type": "boolean"}
            case ir.NullSchema():
                return {"type": "null"}
            case ir.ArraySchema(items=items):
                return {"type": "array", "items": self.tree(items, open_enums=open_enums, unusable=unusable)}
            case ir.UnionSchema(members=members):
                trees = [self.tree(member, open_enums=open_enums, unusable=unusable) for member in members]
                # A union with "anything" is anything.
                return {"anyOf": trees} if all(trees) else {}
            case ir.ObjectSchema(additional=ir.Schema() as additional):
                inner = self.tree(additional, open_enums=open_enums, unusable=unusable)
                return {"type": "object", "additionalProperties": inner or True}
            case ir.ObjectSchema():
                return {"type": "object", "additionalProperties": True}
        return {}

    def _enum(self, schema: ir.EnumSchema, open_enums: bool) -> str:
        kinds = {type(value) for value in schema.values}
        names = {str: "str", int: "int", float: "float", bool: "bool"}
        base = " | ".join(names[kind] for kind in names if kind in kinds)
        values = ", ".join(literal(value) for value in schema.values)
        # typing.Literal holds no floats, and type checkers no integers of more than 64 bits.
        is_large = any(isinstance(value, int) and abs(value) > _LARGEST for value in schema.values)
        closed = base if float in kinds or is_large else f"Literal[{values}]"
        code = type_expression(f"{closed} | {base}" if open_enums and closed != base else closed)
        if code not in self._enums:
            name = f"{PLACEHOLDER}Enum{len(self._enums)}"
            self._enums[code] = name
            self.placeholders[name] = code
        return self._enums[code]


def reference(name: str) -> dict[str, Any]:
    """Give the reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def referred(tree: Mapping[str, Any]) -> str | None:
    """Give the name of the definition that a tree refers to; None if it is no reference."""
    return str(tree["$ref"]).removeprefix("#/$defs/") if "$ref" in tree else None

"""Rules for values: the default, enum and examples of a schema come in, those of another type go out as warnings."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.document.node import Node, Plain
from apiscribe.errors import Diagnostic, shown

_FALLBACK = {
    "default": "no default is used",
    "enum": "it is kept as it is written",
    "const": "it is kept as it is written",
    "example": "the example is left out",
    "examples": "the example is left out",
}


def types_of(schema: Node) -> frozenset[str] | None:
    """Find the JSON types that a schema allows by its own `type` and `nullable`; None if it says nothing."""
    member = schema.get("type")
    if member is None or member.is_mapping:
        return None
    words = {word.text for word in (member.elements() if member.is_sequence else (member,))}
    nullable = schema.get("nullable")
    if nullable is not None and nullable.plain is True:
        words.add("null")
    return frozenset(word for word in words if word is not None)


def fits(node: Node, types: frozenset[str]) -> bool:
    """Whether a value is of one of the types; a plain scalar of YAML is also the text that its source writes."""
    if _type_of(node.plain) in types or ("number" in types and _type_of(node.plain) == "integer"):
        return True
    if "integer" in types and isinstance(node.plain, float) and node.plain.is_integer():
        return True
    return "string" in types and node.string is not None


def _type_of(value: Plain) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if isinstance(value, int) else "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, dict) else "array"


def check_values(schema: Node) -> Iterator[Diagnostic]:
    """Check the values that a schema writes beside its type, and its default against its enum."""
    types = types_of(schema)
    for key in ("default", "const", "example"):
        member = schema.get(key)
        if member is not None and types is not None:
            yield from check_value(member, types, key)
    for key in ("enum", "examples"):
        held = schema.get(key)
        for member in held.elements() if held is not None and types is not None else ():
            # A null among the values is how 3.0 lists it beside `nullable`, and says the same in 3.1.
            if types is not None and not (key == "enum" and member.plain is None):
                yield from check_value(member, types, key)
    yield from _check_choice(schema, types)


def check_value(member: Node, types: frozenset[str], key: str) -> Iterator[Diagnostic]:
    """Check one value against the types it may have."""
    if not fits(member, types):
        wanted = " or ".join(sorted(types))
        kind = f"is {_type_of(member.plain)}, not {wanted}; {_FALLBACK[key]}"
        yield member.warning(f"value.{key}", f"the {key.removesuffix('s')} {_seen(member)} {kind}", kind)


def _check_choice(schema: Node, types: frozenset[str] | None) -> Iterator[Diagnostic]:
    default, enum = schema.get("default"), schema.get("enum")
    if default is None or enum is None or not len(enum) or (types is not None and not fits(default, types)):
        return
    if default.plain is None or default.is_mapping:
        return
    members = default.elements() if default.is_sequence else (default,)
    choices = {(_type_of(choice.plain), choice.text) for choice in enum}
    texts = {choice.string for choice in enum}
    for member in members:
        if (_type_of(member.plain), member.text) not in choices and (
            member.string is None or member.string not in texts
        ):
            yield member.warning("value.default", f"the default {_seen(member)} is not in the enum; no default is used")


def _seen(node: Node) -> str:
    if node.is_mapping:
        return "(a mapping)"
    return "(a list)" if node.is_sequence else f"'{shown(node.text)}'"

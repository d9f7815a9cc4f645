"""Rules for schemas: each schema object comes in, the meaningless goes out as errors, the ignored as warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from apiscribe.document.anchors import embedded_in
from apiscribe.document.fields import FIELDS, kind_at
from apiscribe.document.node import Node, path_of
from apiscribe.document.patterns import pattern_fault
from apiscribe.document.resolve import Resolver, is_lent
from apiscribe.document.rules_values import check_values
from apiscribe.document.walk import Visit
from apiscribe.errors import ApiscribeError, Diagnostic, Severity, shown

TYPES = frozenset(("null", "boolean", "object", "array", "number", "string", "integer"))
FORMATS = frozenset(
    {
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float",
        "double",
        "decimal",
        "decimal128",
    }
    | {
        "byte",
        "base64",
        "base64url",
        "binary",
        "date",
        "date-time",
        "time",
        "duration",
        "password",
        "email",
        "idn-email",
    }
    | {"hostname", "idn-hostname", "ipv4", "ipv6", "ip", "uri", "uri-reference", "uri-template", "url", "iri"}
    | {"iri-reference", "uuid", "json-pointer", "relative-json-pointer", "regex", "unix-time", "timestamp", "char"}
    | {"commonmark", "html", "media-range", "sf-string", "sf-integer", "sf-boolean", "sf-decimal", "sf-token"}
)
_NUMBERS = frozenset(("minimum", "maximum", "multipleOf"))
_EXCLUSIVE = frozenset(("exclusiveMinimum", "exclusiveMaximum"))
_LENGTHS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"}
)
_FLAGS = frozenset(("nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"))
_PROSE = frozenset(("title", "description", "format", "$comment", "contentEncoding", "contentMediaType", "$schema"))
_VALUES = frozenset(("default", "example", "const", "examples", "enum", "required", "type", "pattern", "discriminator"))
# `definitions` is no keyword of OpenAPI: what lies there counts where a reference leads to it.
_REST = frozenset(("$ref", "$anchor", "externalDocs", "xml", "dependentRequired", "$vocabulary", "definitions"))
_ADDRESSING = {
    "$id": "names this schema; references that begin with '#' stay relative to this file",
    "$dynamicAnchor": "is not understood: references name their target by JSON pointer",
    "$dynamicRef": "is not understood: any value is accepted here",
    "$recursiveRef": "is not understood: any value is accepted here",
    "$recursiveAnchor": "is not understood: references name their target by JSON pointer",
}
_SCHEMAS = FIELDS["schema"]
_NOT_PATTERNED = _NUMBERS | _EXCLUSIVE | _LENGTHS | _FLAGS | _PROSE | _VALUES | _REST


def check_schema(visit: Visit, resolver: Resolver) -> Iterator[Diagnostic]:
    """Check one schema object: the form of each keyword, then what its values say about each other."""
    node = visit.node
    if visit.kind != "schema" or isinstance(node.plain, bool):
        return
    if not node.is_mapping:
        yield node.error("schema.form", "a schema is a mapping (or true or false)")
        return
    if "in" in node and is_lent("schema", kind_at(node.path), node.path):
        yield node.warning("reference.kind", "a schema refers to this parameter; any value is accepted there")
        return
    for key, member in node.items():
        if key == "type" and "$ref" in node:
            yield from _beside_reference(_check_type(key, member))
        else:
            yield from _check_keyword(key, member)
    yield from check_values(node)
    yield from _check_embedded(node.get("$ref"))
    yield from _check_discriminator(node, resolver)
    if _texts(node.get("type")) == ["array"] and not any(key in node for key in ("items", "prefixItems", "$ref")):
        yield node.warning("schema.items", "an array without 'items': its members may be anything")


def _beside_reference(found: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """Give what is wrong with a keyword that nobody reads, since a `$ref` stands beside it."""
    for item in found:
        yield replace(item, severity=Severity.WARNING, message=f"{item.message}; only the $ref beside it counts")


def _check_embedded(reference: Node | None) -> Iterator[Diagnostic]:
    path = path_of((reference.string or "").removeprefix("#")) if reference is not None else None
    around = embedded_in(reference, path) if reference is not None and path else None
    if reference is not None and around is not None and around.parent is not None:
        message = f"'{shown(reference.string)}' is read as a definition of the schema around it, as if that stood alone"
        yield reference.warning("reference.embedded", message)


def _texts(node: Node | None) -> list[str | None]:
    if node is None:
        return []
    return [member.text for member in (node.elements() if node.is_sequence else (node,))]


def _check_keyword(key: str, member: Node) -> Iterator[Diagnostic]:
    if key in _SCHEMAS:
        yield from _check_shape(key, member)
    elif key in _ADDRESSING:
        yield member.warning("schema.address", f"'{key}' {_ADDRESSING[key]}")
    elif key not in _NOT_PATTERNED:
        if not key.startswith("x-"):
            yield member.warning("schema.unknown", f"the keyword '{shown(key)}' is unknown and ignored")
    else:
        check = _CHECKS.get(key)
        if check is not None:
            yield from check(key, member)


def _check_shape(key: str, member: Node) -> Iterator[Diagnostic]:
    shape = _SCHEMAS[key][0]
    if shape == "map" and not member.is_mapping:
        yield member.error("schema.form", f"'{key}' is a mapping of names to schemas")
    elif shape == "list" and not (member.is_sequence and len(member)):
        if key == "items" or (member.is_sequence and key != "prefixItems"):
            yield member.warning("schema.form", f"'{key}' is empty and ignored")
        else:
            yield member.error("schema.form", f"'{key}' is a list of schemas")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check_number(key: str, member: Node) -> Iterator[Diagnostic]:
    value = member.plain
    if key in _EXCLUSIVE and isinstance(value, bool):
        return
    if not _is_number(value):
        yield member.error("schema.number", f"'{key}' is no number: {_seen(member)}")
    elif key == "multipleOf" and isinstance(value, (int, float)) and value <= 0:
        yield member.error("schema.number", f"'{key}' is not above zero: {_seen(member)}")


def _check_length(key: str, member: Node) -> Iterator[Diagnostic]:
    value = member.plain
    is_whole = _is_number(value) and isinstance(value, (int, float)) and value >= 0 and value == int(value)
    if not is_whole:
        yield member.error("schema.number", f"'{key}' is no whole number from zero up: {_seen(member)}")


def _check_flag(key: str, member: Node) -> Iterator[Diagnostic]:
    if not isinstance(member.plain, bool):
        yield member.warning("schema.form", f"'{key}' is neither true nor false and ignored: {_seen(member)}")


def _check_prose(key: str, member: Node) -> Iterator[Diagnostic]:
    if member.string is None:
        yield member.warning("schema.form", f"'{key}' is no text and ignored: {_seen(member)}")
    elif key == "format" and member.string not in FORMATS:
        yield member.warning("schema.format", f"the format '{shown(member.string)}' is unknown; the type alone counts")


def _check_required(key: str, member: Node) -> Iterator[Diagnostic]:
    if not member.is_sequence:
        yield member.warning("schema.form", f"'{key}' is no list of names and ignored: {_seen(member)}")
        return
    for name in member:
        if name.string is None:
            yield name.error("schema.form", f"a required name is no text: {_seen(name)}")


def _check_type(key: str, member: Node) -> Iterator[Diagnostic]:
    if member.is_mapping or (member.is_sequence and not len(member)):
        yield member.error("schema.type", "a type is a word, or a list of words")
        return
    for word in member.elements() if member.is_sequence else (member,):
        if word.text not in TYPES:
            yield word.error("schema.type", f"{_seen(word)} is none of JSON's types: {', '.join(sorted(TYPES))}")


def _check_pattern(key: str, member: Node) -> Iterator[Diagnostic]:
    text = member.string
    fault = pattern_fault(text) if text is not None else "it is no text"
    if fault is not None:
        yield member.warning("schema.pattern", f"the pattern is not checked: {fault}")


def _check_list(key: str, member: Node) -> Iterator[Diagnostic]:
    if member.is_sequence and len(member):
        return
    if key == "enum" and not member.is_sequence:
        yield member.error("schema.form", f"'enum' is no list of values: {_seen(member)}")
    elif not member.is_sequence:
        yield member.warning("schema.form", f"'{key}' is no list and ignored")
    elif key == "enum":
        yield member.warning("schema.form", "'enum' is empty and ignored")


def _check_mapping(key: str, member: Node) -> Iterator[Diagnostic]:
    if not member.is_mapping:
        yield member.warning("schema.form", f"'{key}' is no mapping and ignored")


_CHECKS: dict[str, Callable[[str, Node], Iterator[Diagnostic]]] = {
    **dict.fromkeys(_NUMBERS | _EXCLUSIVE, _check_number),
    **dict.fromkeys(_LENGTHS, _check_length),
    **dict.fromkeys(_FLAGS, _check_flag),
    **dict.fromkeys(_PROSE, _check_prose),
    **dict.fromkeys(("externalDocs", "xml", "dependentRequired"), _check_mapping),
    **dict.fromkeys(("enum", "examples"), _check_list),
    "required": _check_required,
    "type": _check_type,
    "pattern": _check_pattern,
}


def _check_discriminator(node: Node, resolver: Resolver) -> Iterator[Diagnostic]:
    discriminator = node.get("discriminator")
    if discriminator is None:
        return
    name = discriminator.get("propertyName")
    if name is None or name.string is None:
        yield discriminator.error("schema.discriminator", "a discriminator has a 'propertyName'")
    mapping, fallback = discriminator.get("mapping"), discriminator.get("defaultMapping")
    targets = [target for _, target in mapping.items()] if mapping is not None else []
    for target in targets if fallback is None else [*targets, fallback]:
        if target.string is None:
            yield target.error("schema.discriminator", f"a mapping leads to a schema's name: {_seen(target)}")
            continue
        try:
            resolver.named_schema(target)
        except ApiscribeError as error:
            yield target.warning(
                "schema.discriminator", f"{error.diagnostics[0].message}; this value is left out of the choice"
            )


def _seen(node: Node) -> str:
    if node.is_mapping:
        return "a mapping"
    return "a list" if node.is_sequence else f"'{shown(node.text)}'"

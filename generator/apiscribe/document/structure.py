"""Structure: a document comes in, what the official OpenAPI schema finds wrong with it goes out in a person's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import jsonschema_rs

from apiscribe.document.edit import Part, Path, changed
from apiscribe.document.node import Node, Plain
from apiscribe.errors import Diagnostic, shown

_TEXTS = frozenset(
    {"title", "description", "summary", "version", "name", "url", "email", "identifier", "termsOfService"}
    | {"operationId", "$ref", "operationRef", "in", "style", "type", "scheme", "bearerFormat", "contentType"}
    | {"openIdConnectUrl", "authorizationUrl", "tokenUrl", "refreshUrl"}
)
_PROSE = frozenset(("description", "summary"))
_TEXT_LISTS = frozenset(("tags", "enum"))
_NOT_ENTERED = frozenset(("schema", "schemas", "example", "value", "itemSchema"))
_WORDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "number": "a number",
    "integer": "an integer",
    "null": "null",
}
_IGNORED_RULES = ("additionalProperties", "unevaluatedProperties")
_COST = {"type": 6, "enum": 4, "const": 4, "additionalProperties": 2, "unevaluatedProperties": 2}
_OTHER_FORM = 100
_NONE: Mapping[Path, tuple[object, ...]] = MappingProxyType({})
_SCHEMA_OBJECT = {"type": "object", "not": {"required": ["$ref"]}}


@cache
def _validator(version: str, kind: str) -> Any:
    text = files("apiscribe").joinpath(f"document/schemas/openapi-{version}.json").read_text("utf-8")
    schema = json.loads(text)
    if version == "3.0":
        # As in 3.1, the structure is one matter and the schemas in it another, which rules_schema checks for both.
        schema["definitions"]["Schema"] = _SCHEMA_OBJECT
    if kind != "document":
        schema = _for_kind(schema, version, kind)
    return jsonschema_rs.validator_for(schema)


def _for_kind(schema: dict[str, Any], version: str, kind: str) -> dict[str, Any]:
    """Make the schema of one object out of that of a whole document."""
    section = "definitions" if version == "3.0" else "$defs"
    name = "".join(word.capitalize() for word in kind.split()) if version == "3.0" else kind.replace(" ", "-")
    name = {"callback": "callbacks"}.get(name, name)
    kept = {key: schema[key] for key in ("id", "$id", "$schema", section) if key in schema}
    return {**kept, "allOf": [{"$ref": f"#/{section}/{name}"}]} if name in schema[section] else kept


def check_structure(root: Node, version: str, kind: str = "document") -> Iterator[Diagnostic]:
    """Check an object, by default a whole document, against the official schema of a version (`3.0`, `3.1`, `3.2`)."""
    texts = list(_expected_texts(root))
    yield from (node.warning("structure.empty", "is null; read as no text") for node in texts if node.plain is None)
    plain = _with_texts(root, texts)
    validator = _validator(version, kind)
    if validator.is_valid(plain):
        return
    leaves = [leaf for error in validator.iter_errors(plain) for leaf in _leaves(error)]
    broken = {leaf.path for leaf in leaves if leaf.rule not in _IGNORED_RULES}
    prefixes = {path[:length] for path in broken for length in range(len(path) + 1)}
    reported: set[tuple[Path, str]] = set()
    for leaf in leaves:
        # A member that failed counts as unknown for the schema around it; its own error says more.
        if leaf.rule == "unevaluatedProperties" and leaf.path in prefixes:
            continue
        for diagnostic in _diagnostics(root.at(leaf.path) or root, leaf):
            key = (leaf.path, diagnostic.message)
            if key not in reported:
                reported.add(key)
                yield diagnostic


def _expected_texts(root: Node) -> Iterator[Node]:
    """Find scalars that stand where OpenAPI expects text: YAML's `version: 1.0` is the text '1.0'."""
    stack: list[tuple[Plain, Path]] = [(root.plain, ())]
    while stack:
        plain, path = stack.pop()
        members: Iterable[tuple[str | int, Plain]] = ()
        if isinstance(plain, dict):
            members = plain.items()
        elif isinstance(plain, list):
            members = enumerate(plain)
        for key, member in members:
            if isinstance(member, (dict, list)):
                if key not in _NOT_ENTERED and not (isinstance(key, str) and key.startswith("x-")):
                    stack.append((member, (*path, key)))
            elif not isinstance(member, str) and _is_text_place(key, path, member):
                node = root.at((*path, key))
                if node is not None and (node.string is not None or node.plain is None):
                    yield node


def _is_text_place(key: str | int, path: Path, member: Plain) -> bool:
    if member is None:
        return key in _PROSE
    if isinstance(key, int):
        return len(path) > 0 and (path[-1] in _TEXT_LISTS or "security" in path[-3:])
    return key in _TEXTS or (key == "default" and path[-2:-1] == ("variables",))


def _with_texts(root: Node, texts: Sequence[Node]) -> Plain:
    part = changed(root, [(node.path, _becomes(node.string or "")) for node in texts])
    return part.plain if part is not None else None


def _becomes(text: str) -> Any:
    return lambda part: Part(text, part.mark)


class _Leaf(NamedTuple):
    """An error that says what is wrong, with the values that any of the possible forms would have allowed."""

    error: Any
    path: Path
    options: tuple[object, ...] = ()

    @property
    def rule(self) -> str:
        return str(self.error.kind.name)


def _leaves(error: Any, allowed: Mapping[Path, tuple[object, ...]] = _NONE) -> Iterator[_Leaf]:
    """Find the errors that say what is wrong: below a choice of forms, those of the form that was meant."""
    path = tuple(error.instance_path)
    branches = [branch for branch in getattr(error.kind, "context", None) or () if branch]
    if error.kind.name not in ("oneOf", "anyOf") or not branches:
        yield _Leaf(error, path, allowed.get(path) or tuple(getattr(error.kind, "options", ())))
        return
    instance = error.instance
    is_reference = isinstance(instance, dict) and "$ref" in instance
    fitting = [branch for branch in branches if _is_reference_form(branch) == is_reference] or branches
    options: dict[Path, tuple[object, ...]] = {}
    for inner in (inner for branch in fitting for inner in branch if inner.kind.name == "enum"):
        place = tuple(inner.instance_path)
        options[place] = options.get(place, ()) + tuple(inner.kind.options)
    for inner in min(fitting, key=_cost):
        yield from _leaves(inner, options)


def _is_reference_form(branch: Sequence[Any]) -> bool:
    return any("Reference" in error.schema_path[-4:] for error in branch)


def _cost(branch: Sequence[Any]) -> int:
    return sum(_OTHER_FORM if _is_other_form(error) else _COST.get(error.kind.name, 1) for error in branch)


def _is_other_form(error: Any) -> bool:
    """Whether the form was not meant, since what says so names another: `type: oauth2` is no API key."""
    return error.kind.name in ("enum", "const") and tuple(error.instance_path)[-1:] == ("type",)


def _diagnostics(node: Node, leaf: _Leaf) -> Iterator[Diagnostic]:
    kind = leaf.error.kind
    if leaf.rule in _IGNORED_RULES:
        for field in kind.unexpected:
            yield from _unknown(node, str(field))
    elif leaf.rule == "required" and kind.property == "description":
        yield node.warning("structure.missing", "'description' is missing; read as empty")
    elif _is_optional_in_path(node, leaf):
        yield node.warning("structure.path", "a parameter in a path is always required, and read so")
    elif node.key == "scopes" and node.plain is None:
        yield node.warning("structure.empty", "is null; read as no scopes")
    elif _is_without_responses(node, leaf):
        yield node.warning("structure.responses", "no response is described; what is answered is not read")
    elif leaf.rule == "required":
        yield node.error("structure.missing", f"'{shown(kind.property)}' is missing")
    elif leaf.rule != "propertyNames" or node.path[:1] != ("components",):  # rules_names says it better
        yield node.error("structure.invalid", _message(leaf))


def _is_without_responses(node: Node, leaf: _Leaf) -> bool:
    """Whether an operation says nothing of its answers, as frameworks write it for handlers without a type."""
    if leaf.rule == "required" and leaf.error.kind.property == "responses":
        return True
    return node.key == "responses" and leaf.rule in ("required", "minProperties")


def _is_optional_in_path(node: Node, leaf: _Leaf) -> bool:
    if leaf.rule == "required":
        return bool(leaf.error.kind.property == "required")
    place = node.parent.get("in") if node.parent is not None and node.key == "required" else None
    return node.plain is False and place is not None and place.plain == "path"


def _unknown(node: Node, field: str) -> Iterator[Diagnostic]:
    """Report a field that is ignored; names of paths, statuses and components have rules of their own."""
    is_name = (
        node.path == ("paths",) or node.key == "responses" or (node.path[:1] == ("components",) and len(node.path) == 2)
    )
    if not is_name:
        member = node.get(field) or node
        yield member.warning("structure.unknown", f"the field '{shown(field)}' is unknown and ignored")


def _message(leaf: _Leaf) -> str:
    error, rule = leaf.error, leaf.rule
    seen = _described(error.instance)
    if rule == "type":
        wanted = " or ".join(_WORDS.get(kind, kind) for kind in sorted(map(str, error.kind.types)))
        return f"{seen} where {wanted} is expected"
    if rule == "enum":
        return f"{seen} is none of {', '.join(repr(option) for option in dict.fromkeys(leaf.options))}"
    if rule == "const":
        return f"{seen} where only {error.kind.expected_value!r} is allowed"
    if rule in ("oneOf", "anyOf", "not"):
        return "its fields contradict each other, or one of them is missing"
    if rule == "minProperties":
        return "a mapping without members"
    if rule == "pattern":
        return f"{seen} does not have the right form"
    return str(shown(error.message, 200))


def _described(instance: object) -> str:
    if isinstance(instance, dict):
        return "a mapping"
    if isinstance(instance, list):
        return "a list"
    return f"'{shown(instance)}'" if isinstance(instance, str) else shown(json.dumps(instance))

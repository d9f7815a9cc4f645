"""Schemas: one node of JSON Schema goes in, one of the ir's kinds of schema comes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from apiscribe import ir
from apiscribe.document.node import Node, Plain, to_plain
from apiscribe.document.rules_values import fits, types_of
from apiscribe.lower.demands import UNCHECKED, restrictions, together, unchecked
from apiscribe.lower.discriminators import choice, discriminator_of, family, property_names
from apiscribe.lower.merge import Member, choice_of, further_of, is_null, merged, only_annotates, only_requires
from apiscribe.lower.reading import bounds, count, flag, text
from apiscribe.lower.registry import Registry
from apiscribe.lower.undeclared import is_bare, undeclared

_PRIMITIVES = frozenset({"string", "integer", "number", "boolean", "null", "array", "object"})
_OBJECT_WORDS = ("properties", "additionalProperties", "required", "patternProperties")
_OBJECT_HINTS = ("properties", "additionalProperties", "patternProperties")
_SECRET_WORDS = frozenset({"password", "passwd", "secret"})
# What would have to be combined with the schema that a reference beside it leads to.
_SHAPING = frozenset({
    "properties", "items", "prefixItems", "allOf", "oneOf", "anyOf", "enum", "const", "additionalProperties",
    "required", "patternProperties", *UNCHECKED,
})  # fmt: skip


class SchemaReader:
    """Lowers schema nodes; objects without a name are hoisted, and named ones are read once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        # A property that many schemas inherit is read once, and what is odd about it said once.
        self._read: dict[tuple[Node, str], ir.Schema] = {}

    def read(self, node: Node, hint: str) -> ir.Schema:
        """Lower a schema where it is used; `hint` names the object should it have no name of its own."""
        if not node.is_mapping:
            if node.plain is not False:
                return ir.AnySchema(origin=node.origin)
            self._warn(node, "schema.false", "a schema that accepts nothing has no type: any value is accepted")
            return ir.AnySchema(origin=node.origin, reason="the schema accepts nothing")
        node = self._registry.meant(node)
        if "$ref" in node:
            words = [word for word in node.keys() if word in _SHAPING]  # noqa: SIM118
            self._say_unused(node, words, "ref-siblings", "not combined with the $ref beside it")
            return self._reference(node)
        if _is_object(node) and (_has_members(node) or is_bare(node)):
            return self._hoisted(node, hint)
        if "allOf" in node and _merges_to_object(self._registry, node):
            return self._hoisted(node, hint)
        if self._is_told_apart(node):
            # A choice with a discriminator has a name, so that the choosing is written once.
            return self._hoisted(node, hint)
        return self.read_named(node, hint)

    def read_family(self, node: Node, name: str) -> ir.Schema:
        """Lower a schema that others extend to the choice among all of them."""
        members, told = family(node, self._registry)
        kinds = [ir.RefSchema(name=self._registry.hoisted(member, name), origin=node.origin) for member in members]
        notes = {**_notes(node, ""), "default": ir.ABSENT}
        return ir.UnionSchema(members=tuple(kinds), discriminator=discriminator_of(told, kinds), **notes)

    def _is_told_apart(self, node: Node) -> bool:
        word = next((word for word in ("oneOf", "anyOf") if word in node and not only_requires(node, word)), "")
        members = node.get(word) if word and "enum" not in node and "const" not in node else None
        parts = self._not_null(members.elements() if members is not None else ())
        return len(parts) > 1 and bool(choice(node, parts, self._registry).tags)

    def _not_null(self, parts: Iterable[Node]) -> list[Node]:
        return [part for part in parts if not is_null(self._registry.follow(part))]

    def read_named(self, node: Node, name: str) -> ir.Schema:
        """Lower a schema that has the name `name`."""
        if not node.is_mapping or "$ref" in node:
            return self.read(node, name)
        self._say_unchecked(node)
        if "enum" in node or "const" in node:
            return self._enum(node)
        if "allOf" in node:
            return self._all_of(node, name)
        for word in ("oneOf", "anyOf"):
            if word in node and not only_requires(node, word):
                return (self._combined(node, name) if self._adds(node) else None) or self._union(node, word, name)
        return self._typed(node, name)

    def _adds(self, node: Node) -> bool:
        """Tell whether there are properties beside a choice that not every member of it has itself."""
        members = node.get("properties") if _is_object(node) else None
        own = set(members.keys()) if members is not None else set()
        targets = [self._registry.follow(part) for part in choice_of(node)]
        return any(own - set(property_names(target, self._registry)) for target in targets)

    def _reference(self, node: Node) -> ir.Schema:
        notes = _notes(node, "")
        target = self._registry.follow(node)
        if is_null(target):
            return ir.NullSchema(**{**notes, "nullable": False})
        # A class cannot say that null may stand in its place, or that only one direction has it: every use of it does.
        notes["nullable"] = notes["nullable"] or _says_null(target) or "null" in _types(node)
        for key, word in (("read_only", "readOnly"), ("write_only", "writeOnly")):
            notes[key] = notes[key] or flag(target, word)
        if self._registry.heirs(target):
            return ir.RefSchema(name=self._registry.family(target), **notes)
        return ir.RefSchema(name=self._registry.referred(node), **notes)

    def _hoisted(self, node: Node, hint: str) -> ir.Schema:
        notes = _notes(node, hint)
        return ir.RefSchema(name=self._registry.hoisted(node, hint), **{**notes, "nullable": _says_null(node)})

    def _enum(self, node: Node) -> ir.Schema:
        listed, const = node.get("enum"), node.get("const")
        values = [_value(item, node) for item in (listed.elements() if listed is not None else (const,)) if item]
        notes = {**_notes(node, ""), "nullable": _says_null(node) or None in values}
        if values and all(value is None for value in values):
            return ir.NullSchema(**{**notes, "nullable": False})
        kept = tuple(value for value in values if value is not None and not isinstance(value, dict | list))
        if not kept or any(isinstance(value, dict | list) for value in values):
            reason = "an enum of objects or arrays" if values else "an enum without values"
            self._warn(node, "enum", f"{reason} has no Python type: any value is accepted")
            return ir.AnySchema(reason=reason, **notes)
        distinct = dict.fromkeys((type(value), value) for value in kept)
        return ir.EnumSchema(values=tuple(value for _, value in distinct), **notes)

    def _all_of(self, node: Node, name: str) -> ir.Schema:
        parts, remarks = _parts(node)
        if not parts:
            return self._typed(node, name)
        if len(parts) == 1 and not any(word in node for word in _OBJECT_WORDS) and not choice_of(node):
            said = [_said(_notes(part, "")) for part in (*reversed(remarks), node)]
            return replace(self.read(parts[0], name), **{key: fact for facts in said for key, fact in facts.items()})
        return self._combined(node, name) or self._first_typed([*parts, node], node, name)

    def _combined(self, node: Node, name: str) -> ir.Schema | None:
        """Lower an allOf, or properties beside a choice, to one object; None where a part is none."""
        combined = merged(node, self._registry)
        if combined is None:
            return None
        if combined.has_choice:
            said = "its choices are combined to one object: which properties go together is not checked"
            self._warn(node, "combined", said)
        properties = tuple(self._member(item, name) for item in combined.properties)
        additional = self._additional(combined.additional, name)
        properties += undeclared(node, combined.undeclared, additional, self._registry)
        names = [item.name for item in properties]
        for part in combined.sure:
            if part is not node and not self._registry.component(part):
                self._say_unchecked(part)
        told = together([restrictions(part, names, self._registry, within=node) for part in combined.sure])
        return ir.ObjectSchema(properties=properties, additional=additional, **told, **_notes(node, name))

    def _member(self, item: Member, name: str) -> ir.Property:
        found = [self._property(item.name, node, item.required, item.owner or name) for node in item.nodes]
        kinds: list[ir.Schema] = []  # a default may be a list, which has no hash
        for one in found:
            kinds += [] if one.schema in kinds else [one.schema]
        return replace(found[0], schema=self._either(kinds, item.nodes[0]))

    def _first_typed(self, parts: Iterable[Node], node: Node, name: str) -> ir.Schema:
        """Take the first part of an allOf that has a type: what the others demand is left to the service."""
        for part in parts:
            kind = self._typed(part, name) if part is node else self.read(part, name)
            if not isinstance(kind, ir.AnySchema):
                self._warn(node, "all-of", "allOf of parts that are not all objects: the first with a type counts")
                return replace(kind, **_said(_notes(node, "")))
        self._warn(node, "all-of", "allOf of parts that have no type: any value is accepted")
        return ir.AnySchema(reason="allOf of parts that have no type", **_notes(node, ""))

    def _union(self, node: Node, word: str, name: str) -> ir.Schema:
        members = node.get(word)
        parts = members.elements() if members is not None else ()
        lowered = [self.read(part, f"{name}/{index}") for index, part in enumerate(parts, 1)]
        kinds = [schema for schema in lowered if not isinstance(schema, ir.NullSchema)]
        notes = {**_notes(node, ""), "nullable": _says_null(node) or len(kinds) < len(lowered)}
        if len(kinds) == 1:
            return replace(kinds[0], **_said(notes))
        if not kinds:
            return ir.NullSchema(**{**notes, "nullable": False})
        if self._adds(node):
            self._warn(node, word, f"properties beside {word} are not combined with it: its members alone count")
        told = choice(node, self._not_null(parts), self._registry)
        return ir.UnionSchema(members=tuple(kinds), discriminator=discriminator_of(told, kinds), **notes)

    def _typed(self, node: Node, name: str) -> ir.Schema:
        kinds = [kind for kind in _types(node) if kind != "null"]
        notes = {**_notes(node, name), "nullable": _says_null(node)}
        if not kinds:
            if "null" in _types(node):
                return ir.NullSchema(**{**notes, "nullable": False})
            kinds = ["object"] if _is_object(node) else ["array"] if "items" in node else []
        if len(kinds) > 1:
            if "object" in kinds and _has_members(node):
                self._warn(node, "type", "the properties of an object among several types have no type")
            members = tuple(self._one(node, kind, f"{name}/{kind}", _notes(node, "")) for kind in kinds)
            return ir.UnionSchema(members=members, **notes)
        return self._one(node, kinds[0], name, notes) if kinds else ir.AnySchema(**notes)

    def _one(self, node: Node, kind: str, name: str, notes: dict[str, Any]) -> ir.Schema:
        if kind == "string":
            return ir.StringSchema(
                format=_format(node), min_length=count(node, "minLength"), max_length=count(node, "maxLength"),
                pattern=text(node, "pattern") or None, **notes,
            )  # fmt: skip
        if kind in ("integer", "number"):
            return ir.NumberSchema(integer=kind == "integer", format=text(node, "format"), **bounds(node), **notes)
        if kind == "boolean":
            return ir.BooleanSchema(**notes)
        if kind == "array":
            return ir.ArraySchema(
                items=self._items(node, name), min_items=count(node, "minItems"), max_items=count(node, "maxItems"),
                unique=flag(node, "uniqueItems"), **notes,
            )  # fmt: skip
        if kind == "object":
            return self._object(node, name, notes)
        self._warn(node, "type", f"unknown type {kind}: any value is accepted")
        return ir.AnySchema(reason=f"unknown type {kind}", **notes)

    def _items(self, node: Node, name: str) -> ir.Schema:
        items, first = node.get("items"), node.get("prefixItems")
        if first is None:
            return self.read(items, f"{name}/item") if items is not None else ir.AnySchema(origin=node.origin)
        parts = first.elements()
        limit = count(node, "maxItems")
        if items is not None and items.plain is not False:
            parts = (*parts, items)
        elif items is None and (limit is None or limit > len(parts)):
            return ir.AnySchema(origin=node.origin)
        self._warn(node, "prefix-items", "which of the types in prefixItems stands where in the list is not checked")
        return self._either([self.read(part, f"{name}/item {number}") for number, part in enumerate(parts, 1)], node)

    def _either(self, kinds: Sequence[ir.Schema], node: Node) -> ir.Schema:
        return kinds[0] if len(kinds) == 1 else ir.UnionSchema(members=tuple(kinds), origin=node.origin)

    def _object(self, node: Node, name: str, notes: dict[str, Any]) -> ir.Schema:
        required = [item.string or "" for item in (node.get("required") or ())]
        members = node.get("properties")
        properties = tuple(
            self._property(key, child, key in required, name)
            for key, child in (members.items() if members is not None else ())
        )
        further = self._further(node, name)
        known = members.keys() if members is not None else ()
        missing = [key for key in dict.fromkeys(required) if key not in known]
        properties += undeclared(node, missing, further, self._registry)
        if is_bare(node) and further is None:
            further = True  # an object of which nothing is described holds what it likes
        told = restrictions(node, [item.name for item in properties], self._registry, within=node)
        return ir.ObjectSchema(properties=properties, additional=further, **told, **notes)

    def _further(self, node: Node, name: str) -> ir.Schema | bool | None:
        """Give the schema of the keys that are no properties: those of patterns, and all others."""
        others = self._additional(further_of(node), name)
        patterns = node.get("patternProperties")
        if patterns is None or others is True:
            return others
        kinds = [self.read(part, f"{name}/value {number}") for number, (_, part) in enumerate(patterns.items(), 1)]
        if kinds:
            self._warn(node, "pattern-properties", "the patterns of further keys are not checked, only what they hold")
        kinds += [others] if isinstance(others, ir.Schema) else []
        return self._either(kinds, node) if kinds else others

    def _additional(self, node: Node | None, name: str) -> ir.Schema | bool | None:
        if node is None:
            return None
        return node.plain if isinstance(node.plain, bool) else self.read(node, f"{name}/value")

    def _property(self, key: str, node: Node, required: bool, parent: str) -> ir.Property:
        hint = f"{parent}/{key}"
        if (node, hint) not in self._read:
            self._read[node, hint] = self.read(node, hint)
        schema = self._read[node, hint]
        if not schema.secret and ((_is_secret(key) and _is_text(schema)) or _shows_secrets(node)):
            schema = replace(schema, secret=True)
        return ir.Property(name=key, schema=schema, required=required)

    def _say_unchecked(self, node: Node) -> None:
        self._say_unused(node, unchecked(node), "unchecked", "not checked: more is accepted than this schema allows")

    def _say_unused(self, node: Node, words: Collection[str], rule: str, what: str) -> None:
        if words:
            self._warn(node, rule, f"{', '.join(words)}: {what}")

    def _warn(self, node: Node, rule: str, message: str) -> None:
        self._registry.diagnostics.append(node.warning(rule, message))


def _notes(node: Node, name: str) -> dict[str, Any]:
    return {
        "origin": node.origin,
        "description": text(node, "description") or (text(node, "title") if not name else ""),
        "default": _default(node),
        "deprecated": flag(node, "deprecated"),
        "secret": flag(node, "x-secret") or text(node, "format") == "password",
        "read_only": flag(node, "readOnly"),
        "write_only": flag(node, "writeOnly"),
        "nullable": flag(node, "nullable"),
    }


def _said(notes: dict[str, Any]) -> dict[str, Any]:
    """Keep what a schema says of itself, so that it can be laid over what another one says."""
    return {key: value for key, value in notes.items() if (value is not ir.ABSENT if key == "default" else value)}


def _default(node: Node) -> ir.JsonValue | ir.Absent:
    # The rules have said so where a default is not used: it is of another type, or not among the choices.
    default, choices, types = node.get("default"), node.get("enum"), types_of(node)
    if default is None or (types is not None and not fits(default, types)):
        return ir.ABSENT
    value: ir.JsonValue = _value(default, node)
    is_scalar = value is not None and not isinstance(value, dict | list)
    if is_scalar and choices is not None and len(choices):
        listed = [_value(choice, node) for choice in choices]
        return value if value in listed else ir.ABSENT
    return value


def _value(node: Node, schema: Node) -> Any:
    """Give a value as its schema reads it: where only a string can be meant, a scalar of YAML is its text."""
    text_wanted = [kind for kind in _types(schema) if kind != "null"] == ["string"]
    if text_wanted and node.plain is not None and not node.is_mapping and not node.is_sequence:
        return node.string if node.string is not None else node.plain
    return to_plain(node)


def _types(node: Node) -> list[str]:
    kind = node.get("type")
    if kind is None:
        return []
    return [kind.string or ""] if not kind.is_sequence else [item.string or "" for item in kind]


def _is_object(node: Node) -> bool:
    kinds = [kind for kind in _types(node) if kind != "null"]
    return kinds == ["object"] or (not kinds and any(word in node for word in _OBJECT_HINTS))


def _has_members(node: Node) -> bool:
    members = node.get("properties")
    return members is not None and len(members) > 0


def _parts(node: Node) -> tuple[list[Node], list[Node]]:
    """Give the parts of an allOf that restrict something, and those that only describe."""
    members = node.get("allOf")
    parts = members.elements() if members is not None else ()
    return [part for part in parts if not only_annotates(part)], [part for part in parts if only_annotates(part)]


def _merges_to_object(registry: Registry, node: Node) -> bool:
    parts, _ = _parts(node)
    is_one = len(parts) == 1 and not any(word in node for word in _OBJECT_WORDS) and not choice_of(node)
    if not parts or is_one:
        return False
    return merged(node, registry) is not None


def _says_null(node: Node) -> bool:
    return flag(node, "nullable") or "null" in _types(node)


def _is_text(schema: ir.Schema) -> bool:
    if isinstance(schema, ir.UnionSchema):
        return any(_is_text(member) for member in schema.members)
    return isinstance(schema, ir.StringSchema | ir.AnySchema)


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET_WORDS)


def _shows_secrets(node: Node) -> bool:
    # What an untyped object holds is known from its examples only.
    stack: list[Plain] = (
        [node.plain.get(key) for key in ("example", "examples")] if isinstance(node.plain, dict) else []
    )
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if any(_is_secret(key) for key in part):
                return True
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return False


def _format(node: Node) -> str:
    # OpenAPI 3.1 says base64, and octets, with words of JSON Schema.
    told, coding = text(node, "contentMediaType"), text(node, "contentEncoding")
    octets = "binary" if told and not coding and not told.startswith("text/") and "json" not in told else ""
    return text(node, "format") or ("byte" if coding == "base64" else octets)

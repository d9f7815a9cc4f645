"""The schema part of assembly: cells, fields and models to JSON Schema as OpenAPI 3.1 writes it."""

from __future__ import annotations

from collections.abc import Mapping

from apiscribe.capture.cells import (
    AnyOf,
    ArrayOf,
    Cell,
    Enumeration,
    Null,
    Primitive,
    Reference,
    alternatives,
)
from apiscribe.capture.checks import quoted
from apiscribe.capture.inference import IsSecret, without_secrets
from apiscribe.capture.literals import read_default
from apiscribe.capture.readings import FieldReading, Json, ModelReading, Place
from apiscribe.capture.translations import described
from apiscribe.errors import Diagnostic, Severity

EXAMPLE_AS_WRITTEN = "x-example-as-written"
_KEPT = "kept as written"
_ITEMS = {"minLength": "minItems", "maxLength": "maxItems"}


def schema_of(cell: Cell) -> dict[str, Json]:
    """Turn a cell into a schema.

    >>> schema_of(AnyOf(items=(Primitive(name="string"), Null())))
    {'type': ['string', 'null']}
    """
    if isinstance(cell, Primitive):
        return {"type": cell.name, **({"format": cell.format} if cell.format else {})}
    if isinstance(cell, Null):
        return {"type": "null"}
    if isinstance(cell, Enumeration):
        return {"type": "string", "enum": list(dict.fromkeys(cell.values))}
    if isinstance(cell, Reference):
        return {"$ref": f"#/components/schemas/{cell.name}"}
    if isinstance(cell, ArrayOf):
        return {"type": "array", "items": schema_of(cell.item)}
    if isinstance(cell, AnyOf):
        return _any_of(cell)
    return {}


def _any_of(cell: AnyOf) -> dict[str, Json]:
    kinds = list(dict.fromkeys(alternatives(cell)))
    others = [kind for kind in kinds if not isinstance(kind, Null)]
    if len(others) == 1 and len(kinds) == 2 and isinstance(others[0], Primitive | ArrayOf):
        schema = schema_of(others[0])
        return {**schema, "type": [schema["type"], "null"]}
    if len(kinds) == 1:
        return schema_of(kinds[0])
    return {"anyOf": [schema_of(kind) for kind in kinds]}


def field_schema(field: FieldReading, place: Place, is_secret: IsSecret, found: list[Diagnostic]) -> dict[str, Json]:
    """Give the schema of a field or parameter; a default that contradicts its type is kept aside and reported."""
    schema = {**schema_of(field.cell), **_constraints(field)}
    if field.prose.item_constraints and isinstance(items := schema.get("items"), dict):
        schema["items"] = {**items, **dict(field.prose.item_constraints)}
    secret = is_secret(field.name) and _may_be_text(field.cell)
    if field.default is not None and not secret:
        fits, value = read_default(field.default, field.cell)
        schema["default" if fits else "x-default-as-written"] = without_secrets(value, is_secret)
        if not fits:
            message = f"the default {quoted(field.default)} of {quoted(field.name)} contradicts its type; " + _KEPT
            found.append(_warning("page-default", message, field.place or place, field.line))
    if secret:
        schema["x-secret"] = True
    return schema


def example_of(field: FieldReading, place: Place, is_secret: IsSecret, found: list[Diagnostic]) -> tuple[str, Json]:
    """Give the example of a field or parameter and the keyword it goes by; null if there is none or it is a secret.

    One that contradicts its type is kept aside and reported, as a default is.
    """
    if field.prose.example is None or (is_secret(field.name) and _may_be_text(field.cell)):
        return "example", None
    fits, value = read_default(field.prose.example, field.cell)
    if not fits and any(isinstance(kind, Primitive) and kind.name == "string" for kind in alternatives(field.cell)):
        fits = True  # a text may well look like a list
    if not fits:
        message = f"the example {quoted(field.prose.example)} of {quoted(field.name)} contradicts its type; " + _KEPT
        found.append(_warning("page-example", message, field.place or place, field.line))
    return "example" if fits else EXAMPLE_AS_WRITTEN, without_secrets(value, is_secret)


def source(place: Place) -> dict[str, Json]:
    """Give the x-source of what stands at a place; everything below it in the document is from there as well."""
    return {"page": place.page, "sha256": place.sha256, **({"section": place.section} if place.section else {})}


def own_source(place: Place | None) -> dict[str, Json]:
    """Give the x-source of what stands on another page than what it belongs to; there is none otherwise."""
    return {"x-source": source(place)} if place is not None else {}


def notes_of(field: FieldReading) -> dict[str, Json]:
    """Give the extensions of a field or parameter."""
    return {name: list(note) if isinstance(note, tuple) else note for name, note in field.notes}


def model_schema(model: ModelReading, is_secret: IsSecret, found: list[Diagnostic]) -> dict[str, Json]:
    """Give the schema of a model."""
    schema: dict[str, Json] = {"type": "object", **described(model.description, model.translations)}
    schema["x-source"] = source(model.place)
    required: list[Json] = [field.name for field in model.fields if field.required]
    if required:
        schema["required"] = required
    if model.fields:
        schema["properties"] = {field.name: _property(field, model.place, is_secret, found) for field in model.fields}
    return schema


def _property(field: FieldReading, place: Place, is_secret: IsSecret, found: list[Diagnostic]) -> dict[str, Json]:
    schema = field_schema(field, place, is_secret, found)
    schema = _after_type(schema, described(field.prose.text, field.prose.translations))
    keyword, example = example_of(field, place, is_secret, found)
    if example is not None:
        schema.update({"examples": [example]} if keyword == "example" else {keyword: example})
    return {**schema, **notes_of(field)}


def _after_type(schema: Mapping[str, Json], more: Mapping[str, Json]) -> dict[str, Json]:
    head = {name: schema[name] for name in ("$ref", "type", "format", "enum", "items", "anyOf") if name in schema}
    return {**head, **more, **{name: value for name, value in schema.items() if name not in head}}


def _constraints(field: FieldReading) -> dict[str, Json]:
    kinds = list(alternatives(field.cell))
    lists = any(isinstance(kind, ArrayOf) for kind in kinds)
    texts = any(isinstance(kind, Primitive) and kind.name == "string" for kind in kinds)
    counted = lists and not texts
    return {_ITEMS.get(name, name) if counted else name: value for name, value in field.prose.constraints}


def _may_be_text(cell: Cell) -> bool:
    # "use_password: boolean" is a switch, not a secret.
    kinds = [kind for kind in alternatives(cell) if not isinstance(kind, Null)]
    return not all(isinstance(kind, Primitive) and kind.name in ("boolean", "integer", "number") for kind in kinds)


def _warning(rule: str, message: str, place: Place, line: int) -> Diagnostic:
    return Diagnostic(rule=rule, message=message, origin=place.origin(line), severity=Severity.WARNING)

"""The operation part of assembly: one operation reading to the OpenAPI operation it states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apiscribe.capture.assembly_schema import (
    EXAMPLE_AS_WRITTEN,
    example_of,
    field_schema,
    notes_of,
    own_source,
    schema_of,
    source,
)
from apiscribe.capture.cells import Cell, Reference, Unstated
from apiscribe.capture.inference import IsSecret, infer, without_secrets
from apiscribe.capture.literals import fits
from apiscribe.capture.profile import Conventions, Pagination
from apiscribe.capture.readings import (
    BodyReading,
    FieldReading,
    Json,
    ModelReading,
    OperationReading,
    Part,
    ResponseReading,
    Sample,
)
from apiscribe.capture.translations import described
from apiscribe.errors import Diagnostic

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")

# What x-unknown says of a part that no page has.
_UNKNOWN = {Part.SUPPORT: ("supported-until",), Part.BULLETS: ("values", "bounds", "defaults")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationName:
    """The name of an operation: operationId, where that is from, and a Python name if none follows from it."""

    operation_id: str
    origin: str
    python_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What all operations of a document share."""

    conventions: Conventions
    is_secret: IsSecret
    models: Mapping[str, ModelReading]
    scheme: str


def operation_object(
    reading: OperationReading, name: OperationName, context: Context, found: list[Diagnostic]
) -> dict[str, Json]:
    """Give the OpenAPI operation object of a reading, keys in their one order."""
    stated: dict[str, Json] = {
        "operationId": name.operation_id,
        "x-operation-id-from": name.origin,
        "x-python-name": name.python_name,
        "x-display-name": reading.display_name,
        "x-slug": reading.slug,
        "summary": reading.title,
        **described(reading.description, reading.translations),
        "deprecated": reading.status in context.conventions.deprecated_states or None,
        "x-api-version": reading.version,
        "x-api-status": reading.status,
        "x-supported-until": reading.supported_until,
        "x-unknown": [name for part in reading.unknown for name in _UNKNOWN.get(part, ())] or None,
        "x-status-note": reading.note,
        "x-source": source(reading.place),
        "x-alternatives": [dict(pairs) for pairs in reading.alternatives] or None,
        "security": [{reading.scheme: []}] if reading.scheme not in (None, context.scheme) else None,
        "parameters": _parameters(reading, context, found) or None,
        "requestBody": _body(reading.body, reading, context),
        "responses": {
            response.code: _response(response, reading, context)
            for response in sorted(reading.responses, key=lambda item: item.code)
        },
        "x-pagination": _pagination(reading, context),
    }
    return {key: value for key, value in stated.items() if value is not None}


def _parameters(reading: OperationReading, context: Context, found: list[Diagnostic]) -> list[Json]:
    conventions = context.conventions
    parameters: list[Json] = [{"$ref": f"#/components/parameters/{name}"} for name in conventions.shared_parameters]
    for header, template in conventions.constant_headers:
        value = template.format(service=reading.service, version=reading.version)
        constant: Json = {"type": "string", "const": value}
        parameters.append({"name": header, "in": "header", "required": True, "schema": constant})
    for field in reading.parameters:
        if field.location == "header" and field.name.lower() in conventions.dropped_headers:
            continue
        parameters.append(_parameter(field, reading, context, found))
    return parameters


def _parameter(
    field: FieldReading, reading: OperationReading, context: Context, found: list[Diagnostic]
) -> dict[str, Json]:
    parameter: dict[str, Json] = {
        "name": field.name,
        "in": field.location,
        "required": field.required or field.location == "path",
    }
    parameter.update(described(field.prose.text, field.prose.translations))
    parameter["schema"] = field_schema(field, reading.place, context.is_secret, found)
    keyword, example = example_of(field, reading.place, context.is_secret, found)
    if example is not None:
        parameter[keyword] = example
    return {**parameter, **notes_of(field), **own_source(field.place)}


def _body(body: BodyReading | None, reading: OperationReading, context: Context) -> dict[str, Json] | None:
    if body is None:
        return None
    what = f"example of the request body of {reading.method.upper()} {reading.path} {reading.version}"
    content: Json = {_media_type(reading, "content-type", context): _media(body.cell, body.sample, what, context)}
    stated = {**described(body.prose.text, body.prose.translations), **own_source(body.place)}
    return {**stated, "required": body.required, "content": content}


def _response(response: ResponseReading, reading: OperationReading, context: Context) -> dict[str, Json]:
    stated = {**described(response.reason, response.translations), **own_source(response.place)}
    if response.assumed:
        stated["x-assumed"] = True
    if isinstance(response.cell, Unstated) and response.sample is None:
        return stated
    what = f"example of response {response.code} of {reading.method.upper()} {reading.path} {reading.version}"
    media = _media(response.cell, response.sample, what, context)
    return {**stated, "content": {_media_type(reading, "accept", context): media}}


def _media(cell: Cell, sample: Sample | None, what: str, context: Context) -> dict[str, Json]:
    if isinstance(cell, Unstated) and sample is not None:
        schema: dict[str, Json] = {
            **infer([sample.value], context.is_secret),
            "x-inferred": True,
            "x-evidence": what,
        }
    else:
        schema = schema_of(cell)
    return {"schema": schema, **_example(cell, sample, context)}


def _example(cell: Cell, sample: Sample | None, context: Context) -> dict[str, Json]:
    """Give an example; that one of another type is kept aside is no news, since all examples are compared before."""
    fitting = sample is not None and (isinstance(cell, Unstated) or fits(sample.value, cell))
    if sample is None or (sample.value == "" and not fitting):
        return {}
    return {"example" if fitting else EXAMPLE_AS_WRITTEN: without_secrets(sample.value, context.is_secret)}


def _media_type(reading: OperationReading, header: str, context: Context) -> str:
    # The page says which media type it means by the default of a header that OpenAPI itself ignores.
    for field in reading.parameters:
        if field.location == "header" and field.name.lower() == header and field.default:
            return field.default if _MEDIA_TYPE.fullmatch(field.default) else context.conventions.media_type
    return context.conventions.media_type


def _pagination(reading: OperationReading, context: Context) -> dict[str, Json] | None:
    if reading.method != "get":
        return None
    queries = {field.name for field in reading.parameters if field.location == "query"}
    for response in reading.responses:
        if not response.code.startswith("2"):
            continue
        names = _list_names(response, context)
        for way in context.conventions.pagination:
            if {way.page, way.size} <= queries and {way.items, way.total} <= names:
                return _paged(way)
    return None


def _paged(way: Pagination) -> dict[str, Json]:
    return {
        "style": way.style,
        "page": way.page,
        "size": way.size,
        "first": way.first,
        "items": way.items,
        "total": way.total,
    }


def _list_names(response: ResponseReading, context: Context) -> frozenset[str]:
    """List the fields of a response: off its model, or off its example where no page describes the model."""
    if isinstance(response.cell, Reference) and response.cell.name in context.models:
        return frozenset(field.name for field in context.models[response.cell.name].fields)
    value = response.sample.value if response.sample else None
    return frozenset(value) if isinstance(value, dict) else frozenset()

"""Directions: what only requests or only responses carry is demanded only where a model serves that direction alone."""

from __future__ import annotations

from dataclasses import replace

from apiscribe import ir
from apiscribe.plan.twins import twinned
from apiscribe.plan.uses import reached_by_requests, reached_by_responses


def directed(api: ir.Api) -> ir.Api:
    """Let required properties be optional where a model serves a direction that does not carry them.

    What serves both directions has a twin for requests. A `readOnly` property is demanded of responses alone, a
    `writeOnly` one of requests alone; a schema that nothing reaches may be built for either.
    """
    api = twinned(api)
    sent, read, forms = reached_by_requests(api), reached_by_responses(api), _forms(api)
    relaxed = (
        replace(named, schema=_relaxed(named.schema, is_sent=named.name in sent, is_read=named.name in read))
        for named in api.schemas
    )
    return replace(
        api,
        schemas=tuple(
            replace(named, schema=_with_files(named.schema)) if named.name in forms else named for named in relaxed
        ),
    )


def _forms(api: ir.Api) -> frozenset[str]:
    """Name the schemas that are the fields of a form with files."""
    schemas = {named.name: named.schema for named in api.schemas}
    bodies = (item.body for item in api.operations if item.body is not None)
    roots = (content.schema for body in bodies for content in body.contents if content.name.startswith("multipart/"))
    found: set[str] = set()
    for schema in roots:
        step = schema
        while isinstance(step, ir.RefSchema) and step.name not in found:
            found.add(step.name)
            step = schemas.get(step.name)
    return frozenset(found)


def _with_files(schema: ir.Schema) -> ir.Schema:
    """Say of the octets among a form's fields that they are files."""
    match schema:
        case ir.ObjectSchema(properties=properties):
            fields = (replace(item, schema=_with_files(item.schema)) for item in properties)
            return replace(schema, properties=tuple(fields))
        case ir.ArraySchema(items=ir.StringSchema() as items):
            return replace(schema, items=_with_files(items))
        case ir.StringSchema(format="binary"):
            return replace(schema, format=ir.FILE)
    return schema


def _relaxed(schema: ir.Schema, *, is_sent: bool, is_read: bool) -> ir.Schema:
    if not isinstance(schema, ir.ObjectSchema):
        return schema
    is_unused = not is_sent and not is_read
    return replace(
        schema,
        properties=tuple(
            replace(
                item,
                required=item.required
                and not (item.schema.read_only and (is_sent or is_unused))
                and not (item.schema.write_only and (is_read or is_unused)),
            )
            for item in schema.properties
        ),
    )

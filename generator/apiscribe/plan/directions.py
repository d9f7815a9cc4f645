"""Directions: what only requests or only responses carry is demanded only where a model serves that direction alone."""

from __future__ import annotations

from dataclasses import replace

from apiscribe import ir
from apiscribe.plan.uses import reached_by_requests, reached_by_responses


def directed(api: ir.Api) -> ir.Api:
    """Let required properties be optional where a model serves a direction that does not carry them.

    One class serves both directions. A `readOnly` property is demanded of responses alone, a `writeOnly` one of
    requests alone; a schema that nothing reaches may be built for either.
    """
    sent, read = reached_by_requests(api), reached_by_responses(api)
    return replace(
        api,
        schemas=tuple(
            replace(named, schema=_relaxed(named.schema, is_sent=named.name in sent, is_read=named.name in read))
            for named in api.schemas
        ),
    )


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

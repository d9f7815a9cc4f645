"""Streams: what the method gives that has the items of a stream, and how a request asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apiscribe import ir
from apiscribe.plan.uses import Types, TypeUse, followed, stream_key, streams_of

_SWITCH = "stream"
"""The field or parameter by which, so called, many services are asked for a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The field of a body or parameter of a query that is true where a stream is wanted: its place and name."""

    place: str
    name: str


def method_key(operation: ir.Operation) -> str:
    """Give the key of the method that gives the items of a stream."""
    return f"{operation.id}\nstream"


def asked_by(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> Asked | None:
    """Find what a request asks for a stream by: a boolean field or parameter called `stream`."""
    body = operation.body.content.schema if operation.body is not None else None
    target = followed(body, schemas)
    for item in target.properties if isinstance(target, ir.ObjectSchema) else ():
        if item.name == _SWITCH and _is_switch(item.schema, schemas):
            return Asked(place="body", name=item.name)
    for parameter in operation.parameters:
        is_query = parameter.location is ir.Location.QUERY and parameter.constant is None
        if is_query and parameter.name == _SWITCH and _is_switch(parameter.schema, schemas):
            return Asked(place="query", name=parameter.name)
    return None


def item_use(types: Types, operation: ir.Operation) -> TypeUse:
    """Give the type of the items of the stream that a method asks for."""
    name, _ = streams_of(operation)[0]
    return types.asked[stream_key(operation, name)]


def errors_are_items(stream: ir.Stream, schemas: Mapping[str, ir.Schema]) -> bool:
    """Say whether the document describes what an event called `error` holds among the items."""
    target = followed(stream.item, schemas)
    told = target.discriminator if isinstance(target, ir.UnionSchema) else None
    return told is not None and any(value == "error" for value, _ in told.tags)


def _is_switch(schema: ir.Schema, schemas: Mapping[str, ir.Schema]) -> bool:
    target = followed(schema, schemas)
    if isinstance(target, ir.EnumSchema):
        return any(value is True for value in target.values)
    return isinstance(target, ir.BooleanSchema)

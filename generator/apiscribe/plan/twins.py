"""Twins: a schema that is sent and read, and holds what only one direction carries, gets a second one for requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from apiscribe import ir
from apiscribe.plan.uses import reached_by_requests, reached_by_responses, references

_OWN = "request"
"""What names the twin: of `Thing` it is `Thing/request`, which becomes the class `ThingRequest`."""


def twinned(api: ir.Api) -> ir.Api:
    """Let requests send twins, which have no `readOnly` properties, of what responses bring as well.

    Only what is used in both directions has one, and of that only what leads to such a property, or to one that is
    `writeOnly`: a twin demands it, and what is read does not.
    """
    schemas = {named.name: named.schema for named in api.schemas}
    twins = {name: _free(name, schemas) for name in _split(api, schemas)}
    if not twins:
        return api
    operations = (
        replace(item, body=_body(item.body, twins), parameters=tuple(_parameter(one, twins) for one in item.parameters))
        for item in api.operations
    )
    sent_alone = reached_by_requests(api) - reached_by_responses(api)
    return replace(api, operations=tuple(operations), schemas=tuple(_both(api.schemas, twins, sent_alone)))


def _split(api: ir.Api, schemas: Mapping[str, ir.Schema]) -> list[str]:
    """Name the schemas of both directions that lead to what only one carries, in document order."""
    both = reached_by_requests(api) & reached_by_responses(api)
    leading: dict[str, list[str]] = {}
    for name in both:
        for other in references(schemas[name]):
            leading.setdefault(other, []).append(name)
    found: set[str] = set()
    waiting = [name for name in both if _is_marked(schemas[name])]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += leading.get(name, ())
    return [name for name in schemas if name in found]


def _is_marked(schema: ir.Schema) -> bool:
    members = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    return any(item.schema.read_only or item.schema.write_only for item in members)


def _free(name: str, taken: Mapping[str, ir.Schema]) -> str:
    own = f"{name}/{_OWN}"
    while own in taken:
        own += "/"
    return own


def _both(
    schemas: Iterable[ir.NamedSchema], twins: Mapping[str, str], sent_alone: frozenset[str]
) -> Iterator[ir.NamedSchema]:
    for named in schemas:
        # What is sent alone leads to twins as well.
        yield replace(named, schema=_sent(named.schema, twins)) if named.name in sent_alone else named
        if named.name in twins:
            schema = _sent(_without_read_only(named.schema), twins)
            yield ir.NamedSchema(name=twins[named.name], schema=schema, twin_of=named.name)


def _without_read_only(schema: ir.Schema) -> ir.Schema:
    if not isinstance(schema, ir.ObjectSchema):
        return schema
    sent = tuple(item for item in schema.properties if not item.schema.read_only)
    names = {item.name for item in sent}
    return replace(schema, properties=sent, demands=tuple(item for item in schema.demands if item.names <= names))


def _sent(schema: ir.Schema, twins: Mapping[str, str]) -> ir.Schema:
    """Give a schema as requests send it: with twins where there are any."""
    match schema:
        case ir.RefSchema(name=name):
            return replace(schema, name=twins.get(name, name))
        case ir.ArraySchema(items=items):
            return replace(schema, items=_sent(items, twins))
        case ir.UnionSchema(members=members, discriminator=told):
            tags = tuple((value, twins.get(name, name)) for value, name in told.tags) if told is not None else ()
            return replace(
                schema,
                members=tuple(_sent(member, twins) for member in members),
                discriminator=replace(told, tags=tags, other=twins.get(told.other, told.other)) if told else None,
            )
        case ir.ObjectSchema(properties=properties, additional=additional):
            return replace(
                schema,
                properties=tuple(replace(item, schema=_sent(item.schema, twins)) for item in properties),
                additional=_sent(additional, twins) if isinstance(additional, ir.Schema) else additional,
            )
    return schema


def _body(body: ir.RequestBody | None, twins: Mapping[str, str]) -> ir.RequestBody | None:
    if body is None:
        return None
    return replace(
        body, content=_content(body.content, twins), others=tuple(_content(item, twins) for item in body.others)
    )


def _content(content: ir.MediaType, twins: Mapping[str, str]) -> ir.MediaType:
    return replace(content, schema=_sent(content.schema, twins) if content.schema is not None else None)


def _parameter(parameter: ir.Parameter, twins: Mapping[str, str]) -> ir.Parameter:
    return replace(parameter, schema=_sent(parameter.schema, twins)) if parameter.media_type else parameter

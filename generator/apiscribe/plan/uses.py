"""Uses: which types a service version needs, asked by key, and what the models room answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.code import Code
from apiscribe.plan.text import shape


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeUse:
    """A Python type: its code, the classes it names, and the other names it needs."""

    code: Code
    classes: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One schema that needs a type, and whether it is read from a response."""

    schema: ir.Schema
    open_enums: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The types of a service version: of the fields and further keys of classes, of aliases, of what is asked for."""

    fields: Mapping[str, Mapping[str, TypeUse]]
    further: Mapping[str, TypeUse]
    aliases: Mapping[str, TypeUse]
    asked: Mapping[str, TypeUse]


def parameter_key(operation: ir.Operation, parameter: ir.Parameter) -> str:
    """Give the key of a parameter's type; no name of a document holds the line break that keeps keys apart."""
    return f"{operation.id}\n{parameter.location}:{parameter.name}"


def body_key(operation: ir.Operation) -> str:
    """Give the key of a request body's type."""
    return f"{operation.id}\nbody"


def content_key(operation: ir.Operation, media_type: str) -> str:
    """Give the key of the type of a request body in one of its further media types."""
    return f"{operation.id}\nbody {media_type}"


def again_key(operation: ir.Operation, media_type: str) -> str:
    """Give the key of the type of what is read and may be sent again, where a body has another one for requests."""
    return f"{operation.id}\nagain {media_type}"


def response_key(operation: ir.Operation, status: str, media_type: str = "") -> str:
    """Give the key of a response's type, in one of its further media types if one is named."""
    return f"{operation.id}\nresponse {status} {media_type}".rstrip()


def item_key(operation: ir.Operation) -> str:
    """Give the key of the type of the items that a paged operation lists."""
    return f"{operation.id}\nitem"


def stream_key(operation: ir.Operation, media_type: str, event: str = "") -> str:
    """Give the key of the type of a stream's items, or of what its events of one name hold."""
    return f"{operation.id}\nstream {media_type} {event}".rstrip()


def streams_of(operation: ir.Operation) -> tuple[tuple[str, ir.Stream], ...]:
    """List the streams that an operation answers with, by media type: those of its first success that has any."""
    for response in operation.responses:
        found = [(item.name, item.stream) for item in response.contents if item.stream is not None]
        if found and response.status.startswith(("2", "d")):
            return tuple(found)
    return ()


def header_key(operation: ir.Operation, name: str, status: str = "") -> str:
    """Give the key of the type of a header of an operation's responses, or of one of them; its case is nothing."""
    return f"{operation.id}\nheader {name.lower()} {status}".rstrip()


def headers_of(operation: ir.Operation) -> tuple[ir.ResponseHeader, ...]:
    """List the headers of all responses of an operation; one that is not the same everywhere may be all it is.

    Of several spellings the one with more capitals counts, whichever response comes first: it says where words begin.
    """
    found: dict[str, dict[str, ir.ResponseHeader]] = {}
    for response in operation.responses:
        for item in response.headers:
            found.setdefault(item.name.lower(), {})[response.status] = item
    return tuple(map(_combined, found.values()))


def _combined(told: dict[str, ir.ResponseHeader]) -> ir.ResponseHeader:
    first = next(iter(told.values()))
    name = min(item.name for item in told.values())
    header = replace(first, name=name) if name != first.name else first
    if not _differ(told.values()):
        return header
    members = {shape(item.schema): item.schema for item in reversed(told.values())}
    either = ir.UnionSchema(members=tuple(reversed(members.values())), origin=header.schema.origin)
    return replace(header, schema=either if len(members) > 1 else header.schema, media_type="", explode=False)


def header_answers(operation: ir.Operation, name: str) -> dict[str, ir.ResponseHeader]:
    """Give a header by the statuses of the responses that describe it, if they do so differently; else nothing."""
    wanted = name.lower()
    found = {
        response.status: item
        for response in operation.responses
        for item in response.headers
        if item.name.lower() == wanted
    }
    return found if _differ(found.values()) else {}


def _differ(headers: Iterable[ir.ResponseHeader]) -> bool:
    """Tell whether headers mean different things; most are one that several responses refer to."""
    distinct = {id(header): header for header in headers}
    return len(distinct) > 1 and len(set(map(_meaning, distinct.values()))) > 1


def _meaning(header: ir.ResponseHeader) -> tuple[str, bool, str]:
    return shape(replace(header.schema, default=ir.ABSENT, deprecated=False)), header.explode, header.media_type


def webhook_key(item: ir.Webhook) -> str:
    """Give the key of what a webhook carries, which no operation has."""
    return "\n".join(("webhook", *item.names, item.method))


def requests_of(api: ir.Api) -> dict[str, Request]:
    """List every schema of the operations that needs a type."""
    schemas = {named.name: named.schema for named in api.schemas}
    twins = {named.name: named.twin_of for named in api.schemas if named.twin_of}
    found: dict[str, Request] = {}
    for operation in api.operations:
        for parameter in operation.parameters:
            found[parameter_key(operation, parameter)] = Request(schema=parameter.schema, open_enums=False)
        body = operation.body
        if body is not None and body.content.schema is not None:
            found[body_key(operation)] = Request(schema=body.content.schema, open_enums=False)
        for further in body.others if body is not None else ():
            if further.schema is not None:
                found[content_key(operation, further.name)] = Request(schema=further.schema, open_enums=False)
        for sent in body.contents if body is not None else ():
            read = original(sent.schema, twins)
            if read is not None:
                found[again_key(operation, sent.name)] = Request(schema=read, open_enums=True)
        for response in operation.responses:
            content = response.content
            if content is not None and content.schema is not None:
                found[response_key(operation, response.status)] = Request(schema=content.schema, open_enums=True)
            for other in response.others:
                if other.schema is not None:
                    key = response_key(operation, response.status, other.name)
                    found[key] = Request(schema=other.schema, open_enums=True)
        for name, stream in streams_of(operation):
            found[stream_key(operation, name)] = Request(schema=stream.item, open_enums=True)
            for event, schema in stream.events:
                found[stream_key(operation, name, event)] = Request(schema=schema, open_enums=True)
        for header in headers_of(operation):
            found[header_key(operation, header.name)] = Request(schema=header.schema, open_enums=True)
            for status, one in header_answers(operation, header.name).items():
                found[header_key(operation, header.name, status)] = Request(schema=one.schema, open_enums=True)
        item = item_schema(operation, schemas)
        if item is not None:
            found[item_key(operation)] = Request(schema=item, open_enums=True)
    found |= {webhook_key(item): Request(schema=item.schema, open_enums=True) for item in api.webhooks}
    return found


def original(schema: ir.Schema | None, twins: Mapping[str, str]) -> ir.RefSchema | None:
    """Give what is read where a schema refers to a twin; None where it does not."""
    if isinstance(schema, ir.RefSchema) and schema.name in twins:
        return replace(schema, name=twins[schema.name])
    return None


def item_schema(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> ir.Schema | None:
    """Give the schema of the items of a paged operation, read off its successes: a choice where they differ."""
    distinct: dict[str, ir.Schema] = {}
    for items in _listed(operation, schemas).values():
        distinct.setdefault(shape(items), items)
    members = tuple(distinct.values())
    return ir.UnionSchema(members=members, origin=members[0].origin) if len(members) > 1 else next(iter(members), None)


def page_answers(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> tuple[str, ...]:
    """Name the statuses whose answers are pages, where a paged operation has several successes, else none."""
    successes = [item.status for item in operation.responses if item.status.startswith("2")]
    return (tuple(_listed(operation, schemas)) or (successes[0],)) if len(successes) > 1 else ()


def _listed(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> dict[str, ir.Schema]:
    """Give the schema of the items in each success that has any where `x-pagination` says, by status."""
    if operation.pagination is None:
        return {}
    found = {}
    for response in operation.responses:
        schema = response.content.schema if response.content is not None else None
        for name in ir.steps_of(operation.pagination.items):
            target = followed(schema, schemas)
            members = target.properties if isinstance(target, ir.ObjectSchema) else ()
            schema = next((item.schema for item in members if item.name == name), None)
        listed = followed(schema, schemas)
        if response.status.startswith("2") and isinstance(listed, ir.ArraySchema):
            found[response.status] = listed.items
    return found


def followed(schema: ir.Schema | None, schemas: Mapping[str, ir.Schema]) -> ir.Schema | None:
    """Follow references by name to the schema they end at."""
    seen: set[str] = set()
    while isinstance(schema, ir.RefSchema) and schema.name not in seen:
        seen.add(schema.name)
        schema = schemas.get(schema.name)
    return schema


def is_class(schema: ir.Schema) -> bool:
    """Tell whether a named schema becomes a class; every other one becomes an alias."""
    return isinstance(schema, ir.ObjectSchema) and bool(schema.properties)


def reached_by_responses(api: ir.Api) -> frozenset[str]:
    """Name the schemas that some response, or a request of the service, leads to: their enums are open."""
    return _reached(api, (*_answered(api), *(item.schema for item in api.webhooks)))


def _answered(api: ir.Api) -> Iterator[ir.Schema]:
    for operation in api.operations:
        for response in operation.responses:
            for content in response.contents:
                yield from content.schemas
            yield from (header.schema for header in response.headers)


def open_names(api: ir.Api) -> frozenset[str]:
    """Name the schemas whose enums are open, and whose bounds do not count: what was read can be sent again."""
    return reached_by_responses(api) | {named.name for named in api.schemas if named.twin_of}


def reached_by_requests(api: ir.Api) -> frozenset[str]:
    """Name the schemas that some request body leads to."""
    return _reached(api, _asked(api))


def _asked(api: ir.Api) -> Iterator[ir.Schema]:
    for operation in api.operations:
        contents = operation.body.contents if operation.body is not None else ()
        yield from (content.schema for content in contents if content.schema is not None)
        yield from (item.schema for item in operation.parameters if item.media_type)


def users_of(api: ir.Api) -> Mapping[str, int]:
    """Count the operations that refer to a schema outside of themselves, by direction and name."""
    own = {item.name: item.schema for item in api.schemas if (item.schema.origin.pointer or "").startswith("/paths/")}
    found: Counter[str] = Counter()
    for operation in api.operations:
        alone = replace(api, operations=(operation,))
        for direction, roots in (("sent", _asked(alone)), ("read", _answered(alone))):
            found.update({f"{direction}\n{name}": 1 for name in _named(own, roots)})
    return dict(found)


def _reached(api: ir.Api, roots: Iterable[ir.Schema]) -> frozenset[str]:
    schemas = {named.name: named.schema for named in api.schemas}
    return _named(schemas, roots) & schemas.keys()


def _named(schemas: Mapping[str, ir.Schema], roots: Iterable[ir.Schema]) -> frozenset[str]:
    """Name what schemas refer to, directly or through some that have names."""
    stack = [name for root in roots for name in references(root)]
    seen: set[str] = set()
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack.extend(references(schemas[name]) if name in schemas else ())
    return frozenset(seen)


def references(schema: ir.Schema) -> Iterable[str]:
    """Name the schemas that a schema refers to, at any depth of its own text."""
    stack = [schema]
    while stack:
        match stack.pop():
            case ir.RefSchema(name=name):
                yield name
            case ir.ArraySchema(items=items):
                stack.append(items)
            case ir.UnionSchema(members=members):
                stack.extend(members)
            case ir.ObjectSchema(properties=properties, additional=additional):
                stack.extend(item.schema for item in properties)
                if isinstance(additional, ir.Schema):
                    stack.append(additional)

"""Operations: one method of one path goes in, an ir Operation with its parameters, body and responses comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from apiscribe import ir
from apiscribe.document.fields import METHODS
from apiscribe.document.node import Node, to_plain
from apiscribe.document.rules_names import media_type_of
from apiscribe.document.rules_parameters import query_string_fields
from apiscribe.ir_security import Alternative
from apiscribe.lower.extensions import pagination, source_of, waiter
from apiscribe.lower.listed import gives_many
from apiscribe.lower.reading import flag, own_group, own_name, text
from apiscribe.lower.registry import Registry
from apiscribe.lower.response_headers import HeaderReader
from apiscribe.lower.schemas import SchemaReader
from apiscribe.lower.streams import StreamReader
from apiscribe.naming import derived_name
from apiscribe.naming_made import person_name

_ANY_JSON = ("*/*", "application/*+json")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_PLAIN = re.compile(r"[^A-Za-z0-9]+")
_WITHOUT_BODY = frozenset({"204", "205", "304"})
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_ID_SOURCES = {"slug": ir.IdSource.SLUG, "derived": ir.IdSource.DERIVED}


class OperationReader:
    """Lowers the operations of one document."""

    def __init__(self, registry: Registry, schemas: SchemaReader) -> None:
        self._registry = registry
        self._schemas = schemas
        self._streams = StreamReader(registry, schemas)
        self._headers = HeaderReader(registry, schemas)

    def read(self, path: str, item: Node, method: str, node: Node, security: tuple[Alternative, ...]) -> ir.Operation:
        """Lower one operation; `item` is the path item whose parameters it shares."""
        stated = text(node, "operationId")
        many = gives_many(node.get("responses"), path, self._registry.resolver) if method == "get" else None
        derived = derived_name(method, path, many=many)
        hint = stated or derived
        source = _ID_SOURCES.get(text(node, "x-operation-id-from"), ir.IdSource.STATED)
        parameters = self._parameters(item, node, hint)
        return ir.Operation(
            # Without an operationId only method and path are sure to be its own.
            id=stated or f"{method.upper()} {path}",
            id_source=source if stated else ir.IdSource.DERIVED,
            method=method.upper() if method in METHODS else method,
            path=path,
            origin=node.origin,
            python_name=own_name(node, "x-python-name", self._registry.diagnostics)
            or (person_name(stated, method, path) if stated else derived),
            gives_many=many,
            summary=text(node, "summary"),
            description=text(node, "description"),
            deprecated=flag(node, "deprecated"),
            tags=tuple(tag.string or "" for tag in (node.get("tags") or ())),
            group=own_group(node, self._registry.diagnostics),
            parameters=_in_path_order(parameters, path),
            body=self.body(node.get("requestBody"), hint),
            responses=self._responses(node.get("responses"), hint),
            security=security,
            api_version=text(node, "x-api-version"),
            api_status=text(node, "x-api-status"),
            supported_until=text(node, "x-supported-until"),
            source=source_of(node),
            pagination=pagination(node, method, self._asking(node, parameters), self._registry.diagnostics),
            waiter=waiter(node, self._registry.diagnostics),
        )

    def _parameters(self, item: Node, node: Node, hint: str) -> tuple[ir.Parameter, ...]:
        found: dict[tuple[str, str], Node] = {}
        for holder in (item, node):
            for entry in holder.get("parameters") or ():
                target = self._registry.resolver.follow(entry)
                found[text(target, "in"), text(target, "name")] = target
        names = Counter(name for _, name in found)
        read: list[ir.Parameter] = []
        for (location, name), target in found.items():
            if location == "querystring":
                read += self._query_string(target, hint)
            elif location != "header" or name.lower() not in _IGNORED_HEADERS:
                own = f"{hint}/{name}" if names[name] == 1 else f"{hint}/{location} {name}"
                read.append(self._parameter(target, own))
        return tuple(read)

    def _query_string(self, node: Node, hint: str) -> Iterator[ir.Parameter]:
        """Lower the fields of a whole query string: each is a parameter of its own."""
        fields = query_string_fields(node, self._registry.resolver)
        holder = fields.parent if fields is not None else None
        demanded = {item.string for item in (holder.get("required") or ())} if holder is not None else set()
        for name, field in fields.items() if fields is not None else ():
            yield ir.Parameter(
                name=name,
                location=ir.Location.QUERY,
                required=name in demanded and flag(node, "required"),
                schema=self._schemas.read(field, f"{hint}/{name}"),
                style="form",
                explode=True,
                origin=field.origin,
                description=text(self._registry.resolver.follow(field), "description"),
                deprecated=flag(field, "deprecated"),
                python_name=own_name(field, "x-python-name", self._registry.diagnostics),
            )

    def _parameter(self, node: Node, hint: str) -> ir.Parameter:
        name, location = text(node, "name"), text(node, "in")
        content = node.get("content")
        media = content.items()[0] if content is not None and len(content) else None
        schema = self._parameter_schema(node, media, hint)
        style = _style(node, ir.Location(location))
        explode, example = node.get("explode"), node.get("example")
        return ir.Parameter(
            name=name,
            location=ir.Location(location),
            required=flag(node, "required") or location == "path",
            schema=schema,
            style=style,
            explode=explode.plain is True if explode is not None else style == "form",
            origin=node.origin,
            description=text(node, "description"),
            deprecated=flag(node, "deprecated"),
            python_name=own_name(node, "x-python-name", self._registry.diagnostics),
            allow_reserved=flag(node, "allowReserved"),
            media_type=media_type_of(media[0]) if media is not None else "",
            constant=_constant(node, schema),
            client_option=text(node, "x-client-option"),
            example=to_plain(example) if example is not None else ir.ABSENT,
        )

    def _parameter_schema(self, node: Node, media: tuple[str, Node] | None, hint: str) -> ir.Schema:
        schema = node.get("schema") if media is None else media[1].get("schema")
        if media is not None and not is_json(media[0]):
            self._warn(node, "parameter-content", f"a parameter of {media[0]} is given as text, written as it is sent")
            return ir.StringSchema(origin=node.origin)
        return self._schemas.read(schema, hint) if schema is not None else ir.AnySchema(origin=node.origin)

    def body(self, entry: Node | None, owner: str) -> ir.RequestBody | None:
        """Lower a request body; `owner` begins the names of what it holds."""
        if entry is None:
            return None
        node = self._registry.resolver.follow(entry)
        content = node.get("content")
        read = self._contents(content, f"{owner}/request") if content is not None else []
        if not read:
            return None
        chosen, *others = (found for _, found in read)
        if chosen.name in _ANY_JSON:
            self._warn(node, "media-type", f"a body of {chosen.name} is sent as application/json")
            chosen = replace(chosen, name="application/json")
        return ir.RequestBody(
            required=flag(node, "required"),
            content=chosen,
            origin=node.origin,
            description=text(node, "description"),
            others=tuple(item for item in others if item.name not in (*_ANY_JSON, chosen.name)),
        )

    def _responses(self, node: Node | None, owner: str) -> tuple[ir.Response, ...]:
        responses = []
        successes = [status for status in (node.keys() if node is not None else ()) if status.startswith("2")]
        for status, entry in node.items() if node is not None else ():
            if status.startswith("x-"):
                continue
            response = self._registry.resolver.follow(entry)
            content = self._content(status, response)
            hint = f"{owner}/response" if successes == [status] else f"{owner}/response {status}"
            read = self._contents(content, hint, streams=True) if content is not None else []
            responses.append(
                ir.Response(
                    status=status.upper() if status != "default" else status,
                    description=text(response, "description"),
                    content=read[0][1] if read else None,
                    others=self._further(read),
                    headers=self._headers.read(response, hint),
                )
            )
        return tuple(responses)

    def _asking(self, node: Node, parameters: tuple[ir.Parameter, ...]) -> frozenset[str]:
        """Name what may ask for a page: parameters of the query, headers, fields of a body that is an object."""
        if "x-pagination" not in node:
            return frozenset()
        named = {item.name for item in parameters if item.location in (ir.Location.QUERY, ir.Location.HEADER)}
        written = node.get("requestBody")
        content = self._registry.resolver.follow(written).get("content") if written is not None else None
        pending = [schema for media in (content or ()) if (schema := media.get("schema")) is not None]
        seen: set[tuple[str, str]] = set()
        while pending:
            schema = self._registry.follow(pending.pop())
            if (place := (schema.file, schema.pointer)) not in seen:
                seen.add(place)
                pending += schema.get("allOf") or ()
                fields = schema.get("properties")
                named |= {*(fields.keys() if fields is not None else ())}
        return frozenset(named)

    def _content(self, status: str, response: Node) -> Node | None:
        content = response.get("content")
        if content is not None and status in _WITHOUT_BODY:
            self._warn(content, "response-content", f"a response {status} has no body: this content is not read")
            return None
        return content

    def _contents(self, content: Node, hint: str, *, streams: bool = False) -> list[tuple[Node, ir.MediaType]]:
        """Read the media types of a body or response, the preferred one first: JSON, or what stands first."""
        entries = sorted(
            ((media_type_of(name), entry) for name, entry in content.items()), key=lambda entry: _rank(entry[0])
        )
        seen: set[str] = set()
        read: list[tuple[Node, ir.MediaType]] = []
        for name, entry in entries:
            node = self._registry.resolver.follow(entry)
            if name.lower() not in seen:
                own = hint if not read else f"{hint} {_PLAIN.sub(' ', name.partition(';')[0]).strip()}"
                stream = self._streams.read(name, node, own) if streams else None
                read.append((node, self._media(name, node, own) if stream is None else _streamed(name, stream)))
            seen.add(name.lower())
        return read

    def _media(self, name: str, node: Node, hint: str) -> ir.MediaType:
        schema, example = node.get("schema"), _example(self._registry, node)
        for unused in ("itemSchema", "itemEncoding", "prefixEncoding"):
            if unused in node:
                self._warn(node, "media-type", f"'{unused}' of {name} is not used")
        if schema is None or is_json(name) or is_form(name):
            lowered = self._schemas.read(schema, hint) if schema is not None else None
            if is_form(name) and isinstance(lowered, ir.ObjectSchema):
                lowered = None  # an object that says nothing of its fields
            encodings = self._encodings(node.get("encoding")) if is_form(name) else ()
            return ir.MediaType(name=name, schema=lowered, example=example, encodings=encodings)
        if text(self._registry.follow(schema), "type") != "string":
            self._warn(schema, "media-type", f"the schema of {name} is not used: what is sent and read is not checked")
        return ir.MediaType(name=name, schema=None, example=example)

    def _encodings(self, node: Node | None) -> tuple[ir.Encoding, ...]:
        return tuple(
            ir.Encoding(
                property=name,
                media_type=text(entry, "contentType"),
                style=text(entry, "style"),
                explode=flag(entry, "explode") if "explode" in entry else None,
                allow_reserved=flag(entry, "allowReserved"),
                headers=self._fixed_headers(entry.get("headers")),
            )
            for name, entry in (node.items() if node is not None else ())
        )

    def _fixed_headers(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        found = []
        for name, entry in node.items() if node is not None else ():
            schema = self._registry.resolver.follow(entry).get("schema")
            fixed = schema.get("const") or schema.get("default") if schema is not None else None
            if fixed is not None and fixed.string is not None and name.lower() != "content-type":
                found.append((name, fixed.string))
        return tuple(found)

    def _further(self, read: list[tuple[Node, ir.MediaType]]) -> tuple[ir.MediaType, ...]:
        """Give the media types that are not another spelling of what the preferred one says."""
        if not read:
            return ()
        own = self._meaning(read[0][0])
        return tuple(
            found
            for node, found in read[1:]
            if found.stream is not None or (found.name != "*/*" and self._meaning(node) != own)
        )

    def _meaning(self, node: Node) -> object:
        schema = node.get("itemSchema") or node.get("schema")
        return to_plain(self._registry.resolver.follow(schema)) if schema is not None else None

    def _warn(self, node: Node, rule: str, message: str) -> None:
        self._registry.diagnostics.append(node.warning(rule, message))


def _streamed(name: str, stream: ir.Stream) -> ir.MediaType:
    return ir.MediaType(name=name, schema=None, stream=stream)


def _rank(media_type: str) -> int:
    """Order media types: JSON as such, its kinds, ranges of them, what is no JSON, and last what may be anything."""
    if "*" in media_type:
        return 4 if media_type == "*/*" else 2 if is_json(media_type) else 3
    plain = media_type.partition(";")[0].strip().lower()
    return 0 if plain == "application/json" else 1 if is_json(media_type) else 3


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON, by name or by its `+json` suffix.

    >>> is_json("application/problem+json; charset=utf-8"), is_json("text/plain")
    (True, False)
    """
    plain = media_type.partition(";")[0].strip().lower()
    return plain in ("application/json", "text/json", "*/*") or plain.endswith("+json")


def is_form(media_type: str) -> bool:
    """Tell whether a media type is a form, with files or without.

    >>> is_form("multipart/form-data"), is_form("multipart/mixed")
    (True, False)
    """
    return media_type.partition(";")[0].strip().lower() in _FORMS


def _example(registry: Registry, node: Node) -> ir.JsonValue | ir.Absent:
    single = node.get("example")
    if single is not None:
        return to_plain(single)
    several = node.get("examples")
    for _, entry in several.items() if several is not None else ():
        shown = registry.resolver.follow(entry)
        value = shown.get("value") or shown.get("dataValue")
        if value is not None:
            return to_plain(value)
    return ir.ABSENT


def _style(node: Node, location: ir.Location) -> str:
    """Give the style; `x-style: indexed` is one for lists in a query that OpenAPI has no word for."""
    if location is ir.Location.QUERY and text(node, "x-style") == ir.INDEXED:
        return ir.INDEXED
    return text(node, "style") or ir.DEFAULT_STYLE[location]


def _constant(node: Node, schema: ir.Schema) -> str | None:
    fixed = isinstance(schema, ir.EnumSchema) and len(schema.values) == 1 and not schema.nullable
    sent = text(node, "in") in ("header", "query") and flag(node, "required")
    schema_node = node.get("schema")
    stated = schema_node is not None and "const" in schema_node
    if fixed and sent and stated and isinstance(schema, ir.EnumSchema) and isinstance(schema.values[0], str):
        return schema.values[0]
    return None


def _in_path_order(parameters: tuple[ir.Parameter, ...], path: str) -> tuple[ir.Parameter, ...]:
    in_path = [parameter for parameter in parameters if parameter.location is ir.Location.PATH]
    in_path.sort(key=lambda parameter: path.find("{" + parameter.name + "}"))
    return (*in_path, *(parameter for parameter in parameters if parameter.location is not ir.Location.PATH))

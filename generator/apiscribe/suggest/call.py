"""Calls: an operation of a document comes in, what callers give and get goes out, references followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.document.walk import Operation

MAX_FIELDS = 400
MAX_DEPTH = 3
_MAX_COMPOSED = 8
_PLAIN = re.compile(r"[^a-z0-9]")


def plain(name: str) -> str:
    """Write a name without what spellings differ in.

    >>> plain("page[size]"), plain("nextPageToken"), plain("@odata.nextLink")
    ('pagesize', 'nextpagetoken', 'odatanextlink')
    """
    return _PLAIN.sub("", name.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A parameter, a header or a field of a response: its place, its schema, and what is said of it."""

    path: tuple[str, ...]
    schema: Node | None
    types: frozenset[str]
    description: str
    is_closed: bool

    @property
    def name(self) -> str:
        """Its name on the wire."""
        return self.path[-1]

    @property
    def plain(self) -> str:
        """Its name without what spellings differ in."""
        return plain(self.name)

    @property
    def parents(self) -> tuple[str, ...]:
        """The objects around it, outermost first, as `plain` writes names."""
        return tuple(plain(step) for step in self.path[:-1])

    @property
    def place(self) -> str:
        """Its place as extensions write it."""
        if any("." in step or step.startswith("/") or step == "$" for step in self.path):
            return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in self.path)
        return ".".join(self.path)

    @property
    def is_counted(self) -> bool:
        """Whether it is a whole number."""
        return bool(self.types) and self.types <= {"integer", "number"}

    def says(self, pattern: str) -> bool:
        """Tell whether its description matches a pattern, whatever the case."""
        return re.search(pattern, self.description, re.IGNORECASE) is not None

    def fact(self, key: str) -> object:
        """Give a member of its schema, such as `default`, if that is a plain value."""
        node = self.schema.get(key) if self.schema is not None else None
        return node.plain if node is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One operation: what it takes in query, headers and the top of a JSON body, and its first success in JSON."""

    path: str
    method: str
    node: Node
    parameters: tuple[Value, ...]
    sent: tuple[Value, ...]
    body: Node | None
    headers: Mapping[str, Value]
    fields: tuple[Value, ...]

    @property
    def label(self) -> str:
        """Name it as people do: by its operationId, else by method and path."""
        named = self.node.get("operationId")
        text = named.string if named is not None else None
        return text or f"{self.method.upper()} {self.path}"

    @property
    def reads_one(self) -> bool:
        """Whether the path ends in a variable, as that of a single thing does."""
        return re.search(r"\}(\.\w+)?/?$", self.path) is not None

    def children(self, path: tuple[str, ...] = ()) -> tuple[Value, ...]:
        """List the fields directly inside an object of the response."""
        return tuple(item for item in self.fields if item.path[:-1] == path)


class Reader:
    """Reads the operations of one document."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def call(self, found: Operation) -> Call:
        """Read one operation."""
        body, headers = self._success(found.node)
        return Call(
            path=found.path,
            method=found.method,
            node=found.node,
            parameters=tuple(self._parameters(found)),
            sent=tuple(self._sent(found.node)),
            body=self.schema(body),
            headers=headers,
            fields=tuple(self._fields(body)),
        )

    def schema(self, node: Node | None) -> Node | None:
        """Follow a schema to what it says: through references, and through a choice whose others are null."""
        for _ in range(_MAX_COMPOSED):
            if node is None or not node.is_mapping:
                return None
            node = self._resolver.follow(node)
            several = node.get("anyOf") or node.get("oneOf") or node.get("allOf")
            if several is None or "properties" in node or ("type" in node and node.get("allOf") is None):
                return node
            real = [item for item in several.elements() if _type_of(item) != "null" and not _only_tells(item)]
            if len(real) != 1:
                return node
            node = real[0]
        return node

    def types(self, schema: Node | None) -> frozenset[str]:
        """Name the types that a schema allows, null apart."""
        found = schema.get("type") if schema is not None else None
        if found is None:
            if schema is not None and self.members(schema):
                return frozenset({"object"})
            return frozenset({"array"}) if schema is not None and "items" in schema else frozenset()
        listed = [found.string or ""] if not found.is_sequence else [item.string or "" for item in found]
        return frozenset(name for name in listed if name and name != "null")

    def members(self, schema: Node | None, depth: int = 0) -> dict[str, Node]:
        """List the properties of a schema, those of all its parts together."""
        found: dict[str, Node] = {}
        if schema is None or depth > _MAX_COMPOSED:
            return found
        for part in schema.get("allOf") or ():
            found |= self.members(self.schema(part), depth + 1)
        own = schema.get("properties")
        return found | dict(own.items() if own is not None else ())

    def _parameters(self, found: Operation) -> Iterator[Value]:
        read: dict[tuple[str, str], Value] = {}
        for holder in (*found.items, found.node):
            for entry in holder.get("parameters") or ():
                node = self._resolver.follow(entry)
                name, place = (_text(node, key) for key in ("name", "in"))
                if place in ("query", "header"):
                    read[place, name] = self._value((name,), node.get("schema"), _text(node, "description"))
        yield from read.values()

    def _sent(self, operation: Node) -> Iterator[Value]:
        """Read the fields at the top of a body, if JSON is all that it may be."""
        written = operation.get("requestBody")
        media = _items(self._resolver.follow(written).get("content")) if written is not None else ()
        if len(media) == 1 and "json" in media[0][0].lower():
            for name, node in self.members(self.schema(media[0][1].get("schema"))).items():
                yield self._value((name,), node)

    def _value(self, path: tuple[str, ...], node: Node | None, description: str = "") -> Value:
        schema = self.schema(node)
        parts = (_text(holder, "description") for holder in (node, schema) if holder is not None)
        return Value(
            path=path,
            schema=schema,
            types=self.types(schema),
            description=" ".join(part for part in (description, *parts) if part),
            is_closed=schema is not None and "enum" in schema,
        )

    def _success(self, operation: Node) -> tuple[Node | None, dict[str, Value]]:
        responses = operation.get("responses")
        for status, entry in responses.items() if responses is not None else ():
            if not status.startswith("2"):
                continue
            response = self._resolver.follow(entry)
            content, headers = response.get("content"), response.get("headers")
            read = {
                name.lower(): self._value((name,), header.get("schema"), _text(header, "description"))
                for name, header in ((key, self._resolver.follow(item)) for key, item in _items(headers))
            }
            for name, media in _items(content):
                if "json" in name.lower() or name == "*/*":
                    return media.get("schema"), read
            if content is not None:
                return None, read
        return None, {}

    def _fields(self, body: Node | None) -> Iterator[Value]:
        level: list[tuple[tuple[str, ...], Node | None]] = [((), self.schema(body))]
        count = 0
        for _ in range(MAX_DEPTH):
            deeper: list[tuple[tuple[str, ...], Node | None]] = []
            for path, holder in level:
                for name, node in self.members(holder).items():
                    value = self._value((*path, name), node)
                    count += 1
                    if count > MAX_FIELDS:
                        return
                    yield value
                    if "array" not in value.types:
                        deeper.append((value.path, value.schema))
            level = deeper


def _items(node: Node | None) -> tuple[tuple[str, Node], ...]:
    return tuple(node.items()) if node is not None else ()


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return (found.string or "") if found is not None else ""


def _only_tells(node: Node) -> bool:
    """Tell a part of a schema that describes and requires nothing, as documents write it beside a reference."""
    return node.is_mapping and set(node.keys()) <= {"description", "title"}


def _type_of(node: Node) -> str:
    return _text(node, "type")

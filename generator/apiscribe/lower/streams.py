"""Streams: a media type whose body is many items goes in, what one item is and what ends them comes out.

OpenAPI 3.2 says it with `itemSchema`: of JSON lines it is the schema of a line, of server-sent events that of an event,
whose `data` is a text that may hold JSON (`contentSchema`). Before 3.2, `schema` says it: the type of the JSON in
`data`, a list of it, or an event with its `data` as the JSON itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.lower.reading import text
from apiscribe.lower.registry import Registry
from apiscribe.lower.schemas import SchemaReader

EVENTS = "text/event-stream"
_TEXTS = frozenset({
    "application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines",
    "application/jsonlines", "application/x-jsonl", "application/json-lines", "application/json-seq",
    "application/geo+json-seq",
})  # fmt: skip
_EVENT_FIELDS = frozenset({"data", "event", "id", "retry"})
_END = ("x-stream-end", "x-speakeasy-sse-sentinel")
"""Extensions of a media type that name the data that ends a stream: ours, and one that is in use."""
DONE = "[DONE]"
_MAX_DEPTH = 16
"""Choices within choices; what is deeper describes no event."""


_Fields = Mapping[str, tuple[Node, ...]]
"""The fields of an event, each with all that is said of it, the nearest first."""


class _Event(NamedTuple):
    """An event as a document describes it: its names, none for any, and its data."""

    names: tuple[str, ...]
    data: Node
    is_text: bool


class StreamReader:
    """Lowers the media types whose bodies are read item by item."""

    def __init__(self, registry: Registry, schemas: SchemaReader) -> None:
        self._registry = registry
        self._schemas = schemas

    def read(self, name: str, node: Node, hint: str) -> ir.Stream | None:
        """Lower a media type of a response; None where it is no stream."""
        plain = name.partition(";")[0].strip().lower()
        if plain != EVENTS and plain not in _TEXTS:
            return None
        item = node.get("itemSchema") or self._listed(node.get("schema"))
        until = next(filter(None, (text(node, key) for key in _END)), "")
        if plain == EVENTS:
            return self._events(node, item, f"{hint} event", until)
        schema = self._schemas.read(item, f"{hint} item") if item is not None else ir.AnySchema(origin=node.origin)
        return ir.Stream(item=schema, until=until)

    def _listed(self, schema: Node | None) -> Node | None:
        """Give the items of a list: `schema` may stand for all of a body, as 3.2 says, or for each item."""
        target = self._registry.follow(schema) if schema is not None else None
        if target is not None and text(target, "type") == "array":
            return target.get("items")
        return schema

    def _events(self, node: Node, item: Node | None, hint: str, until: str) -> ir.Stream:
        stated = "itemSchema" in node
        told = self._told(item, stated=stated) if item is not None else []
        if item is None or (not told and self._is_text(item)):
            return _text(node, until)
        if not told:
            return ir.Stream(item=self._schemas.read(item, hint), until=until)
        ends = [end for event in told if event.is_text and (end := self._constant(event.data))]
        kept = [event for event in told if not (event.is_text and self._constant(event.data) == DONE)]
        until = until or (DONE if DONE in ends else "")
        if all(event.is_text for event in kept):
            return _text(node, until)
        read = [(event, self._data(event, f"{hint}/{'_'.join(event.names) or 'data'}")) for event in kept]
        return ir.Stream(
            item=_either([schema for _, schema in read]),
            events=tuple((name, schema) for event, schema in read for name in event.names),
            until=until,
        )

    def _told(self, item: Node, *, stated: bool) -> list[_Event]:
        """List the events that a schema describes; none where it describes what their data holds."""
        found: list[_Event] = []
        waiting: deque[tuple[Node, _Fields, int]] = deque([(item, {}, 0)])
        seen: set[Node] = set()
        while waiting:
            entry, inherited, depth = waiting.popleft()
            node = self._registry.resolver.follow(entry)
            fields, choices = self._fields(node, inherited), node.get("oneOf") or node.get("anyOf")
            if node in seen or depth > _MAX_DEPTH or not fields.keys() <= _EVENT_FIELDS:
                return []
            seen.add(node)
            if choices is not None:
                waiting.extendleft((choice, fields, depth + 1) for choice in reversed(choices.elements()))
            elif "data" not in fields or not (stated or fields.keys() > {"data"}):
                return []
            else:
                found.append(self._event(fields))
        return found

    def _fields(self, node: Node, inherited: _Fields) -> _Fields:
        """Give the fields of an event: its own, and those beside the choice that it is a member of."""
        found = dict(inherited)
        parts = node.get("allOf")
        for part in (*(parts.elements() if parts is not None else ()), node):
            own = self._registry.follow(part).get("properties")
            for name, field in own.items() if own is not None else ():
                found[name] = (self._registry.follow(field), *found.get(name, ()))
        return found

    def _event(self, fields: _Fields) -> _Event:
        data = fields["data"]
        content = next((found for node in data if (found := node.get("contentSchema")) is not None), None)
        is_json = content is not None or any("json" in text(node, "contentMediaType") for node in data)
        is_text = not is_json and any(text(node, "type") == "string" for node in data)
        names = (name for node in fields.get("event", ()) for name in _scalars(node))
        return _Event(names=tuple(dict.fromkeys(names)), data=content or data[0], is_text=is_text)

    def _data(self, event: _Event, hint: str) -> ir.Schema:
        if event.is_text:
            return ir.StringSchema(origin=event.data.origin)
        if text(event.data, "contentMediaType"):
            return ir.AnySchema(origin=event.data.origin)  # JSON of which nothing is said
        return self._schemas.read(event.data, hint)

    def _is_text(self, item: Node) -> bool:
        target = self._registry.follow(item)
        return text(target, "type") == "string" and "contentSchema" not in target

    def _constant(self, data: Node) -> str:
        return next(iter(_scalars(data)), "")


def _scalars(node: Node) -> Iterable[str]:
    const, listed = node.get("const"), node.get("enum")
    values = (const,) if const is not None else listed.elements() if listed is not None else ()
    return (value.string for value in values if value.string is not None)


def _text(node: Node, until: str) -> ir.Stream:
    return ir.Stream(item=ir.StringSchema(origin=node.origin), until=until)


def _either(kinds: list[ir.Schema]) -> ir.Schema:
    """Give what any event may hold: each schema once."""
    distinct: dict[object, ir.Schema] = {}
    for kind in kinds:
        distinct.setdefault(kind.name if isinstance(kind, ir.RefSchema) else id(kind), kind)
    members = tuple(distinct.values())
    return members[0] if len(members) == 1 else ir.UnionSchema(members=members, origin=members[0].origin)

"""Listings: the response of an operation comes in, the place of its list goes out, or nothing where it is unsure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apiscribe.document.node import Node
from apiscribe.naming import singular
from apiscribe.suggest.call import Call, Reader, Value, plain

_LISTS: Final = frozenset({
    "items", "data", "results", "result", "value", "values", "records", "entries", "list", "content", "contents",
    "objects", "rows", "elements", "hits", "resources", "collection", "entities", "documents", "nodes",
})  # fmt: skip
_NO_LISTS: Final = frozenset({
    "errors", "warnings", "messages", "links", "link", "unreachable", "included", "schemas", "fields", "sort",
    "facets", "aggregations", "notices", "metadata", "meta", "pagination", "paging", "columns", "headers",
    "violations", "deprecations", "suggestions", "filters", "warningmessages", "errormessages",
})  # fmt: skip
_WRAPPERS: Final = frozenset(
    {"data", "result", "results", "response", "payload", "body", "content", "embedded", "page", "collection", "output"}
)
# What stands beside a list without making the response more than a list.
_BESIDE: Final = frozenset({
    "total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalelements", "totalpages",
    "totalsize", "count", "pages", "page", "pagesize", "perpage", "pagenumber", "limit", "offset", "size", "start",
    "skip", "take", "next", "previous", "prev", "first", "last", "cursor", "cursors", "pagination", "paging",
    "pageinfo", "meta", "metadata", "links", "link", "self", "href", "object", "kind", "apiversion", "etag", "id",
    "selflink", "url", "uri", "status", "success", "code", "message", "requestid", "error", "errors", "warnings",
    "responsemetadata", "listmeta", "ok", "type", "included", "jsonapi", "unreachable", "odatacontext",
    "odatacount", "context", "version", "number", "sort", "empty", "numberofelements", "pageable", "query",
    "timestamp", "facets", "aggregations", "incompleteresults", "maxresults", "startat",
})  # fmt: skip
_MAX_OTHERS: Final = 4
_FLOWS: Final = ("next", "prev", "total", "more", "cursor", "token", "page", "last", "first", "has", "continu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list of a response: its place, its items' schema, and in words what it is."""

    place: str
    items: Node | None
    fields: frozenset[str]
    reason: str


def listing_of(call: Call, reader: Reader) -> Listing | None:
    """Find the one list that a response is about."""
    body = call.body
    if body is None:
        return None
    if "array" in reader.types(body):
        return _listing("$", body, reader, "the response is a list")
    top = call.children()
    found = _chosen(_arrays(top), call) if _is_about_a_list(call, top) else None
    if found is None and not _arrays(top):
        wrappers = [item for item in top if item.plain in _WRAPPERS and call.children(item.path)]
        inner = call.children(wrappers[0].path) if len(wrappers) == 1 else ()
        found = _chosen(_arrays(inner), call) if _is_about_a_list(call, inner) else None
    if found is None or found.schema is None:
        return None
    return _listing(found.place, found.schema, reader, f"'{found.place}' is a list")


def _listing(place: str, schema: Node, reader: Reader, reason: str) -> Listing:
    items = reader.schema(schema.get("items"))
    return Listing(place=place, items=items, fields=frozenset(reader.members(items)), reason=reason)


def _arrays(values: tuple[Value, ...]) -> list[Value]:
    return [item for item in values if "array" in item.types and item.plain not in _NO_LISTS]


def _chosen(arrays: list[Value], call: Call) -> Value | None:
    if len(arrays) == 1:
        return arrays[0]
    named = [item for item in arrays if _is_resource(item, call.path)]
    known = [item for item in arrays if item.plain in _LISTS]
    for group in (named, known):
        if len(group) == 1:
            return group[0]
    return None


def _is_resource(item: Value, path: str) -> bool:
    segments = [part for part in path.strip("/").split("/") if "{" not in part]
    resource = plain(segments[-1]) if segments else ""
    return bool(resource) and singular(item.plain) == singular(resource)


def _is_about_a_list(call: Call, values: tuple[Value, ...]) -> bool:
    """Tell a list from a thing that has lists: beside its list there is little that is not about pages."""
    others = [
        item for item in values
        if "array" not in item.types and item.plain not in _BESIDE and not any(word in item.plain for word in _FLOWS)
    ]  # fmt: skip
    limit = 1 if call.reads_one else _MAX_OTHERS
    return len(others) <= limit

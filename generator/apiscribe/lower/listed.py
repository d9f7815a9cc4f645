"""Listed: whether an answer is one thing or a list of many, as its schema shows; it decides what a GET is called."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.lower.reading import text
from apiscribe.naming import singular, words

# What documents call the list of an answer, and what they call the whole that an answer is wrapped in.
_LISTS = frozenset({
    "collection", "content", "contents", "data", "documents", "edges", "elements", "entities", "entries", "hits",
    "items", "list", "nodes", "objects", "records", "resources", "result", "results", "rows", "value", "values",
})  # fmt: skip
# What only one thing has.
_IDENTITY = frozenset({"id", "key", "name", "uuid"})
# What stands beside a list, which may itself not be described.
_PAGES = frozenset({"count", "cursor", "limit", "next", "offset", "page", "total"})
_MAX_DEPTH = 2
_COMPOSED = ("allOf", "anyOf", "oneOf")
_WRAPPERS = frozenset({"body", "data", "embedded", "payload", "response", "result", "results"})


def gives_many(responses: Node | None, path: str, resolver: Resolver) -> bool | None:
    """Tell whether the first success is a list, or an object around one; None where its schema does not show it."""
    for status, entry in responses.items() if responses is not None else ():
        content = resolver.follow(entry).get("content") if status.startswith("2") else None
        for media_type, media in content.items() if content is not None else ():
            schema = resolver.follow(media).get("schema")
            if "json" in media_type.lower() and schema is not None:
                told = words(path.rpartition("/")[2])[-1:]
                return _is_many(schema, told[0] if told else "", resolver, depth=0)
    return None


def _is_many(schema: Node, resource: str, resolver: Resolver, *, depth: int) -> bool | None:
    parts = _parts(schema, resolver)
    types = {kind for node in parts for kind in _types(node)}
    members = dict(member for node in parts for member in _properties(node))
    if "array" in types:
        return True if types <= {"array", "null"} else None
    is_plural = singular(resource) != resource
    if not is_plural and not _IDENTITY.isdisjoint(members):
        return False
    lists = {name for name, member in members.items() if _is_list(member, resolver)}
    if (len(members) == 1 and lists) or any(name in _LISTS or _says(name, resource) for name in lists):
        return True
    inner = [member for name, member in members.items() if name in _WRAPPERS or _says(name, resource)]
    inner = [*members.values()] if len(members) == 1 else inner
    if len(inner) == 1 and depth < _MAX_DEPTH:
        told = _is_many(inner[0], resource, resolver, depth=depth + 1)
        if told is not False:
            return told
    if not members:
        return False if types and "object" not in types else None
    return None if is_plural and (lists or not _PAGES.isdisjoint(members)) else False


def _is_list(schema: Node, resolver: Resolver) -> bool:
    return any("array" in _types(node) for node in _parts(schema, resolver))


def _says(name: str, resource: str) -> bool:
    """Tell whether a member is called as the end of the path is, in the plural: `users` of `/users`."""
    last = (words(name) or ("",))[-1]
    return last != singular(last) == singular(resource)


def _parts(schema: Node, resolver: Resolver) -> tuple[Node, ...]:
    """Give a schema and all that it is made of, each once: what it refers to, extends or chooses from."""
    found: dict[tuple[str, str], Node] = {}
    pending = [schema]
    while pending:
        node = resolver.follow(pending.pop())
        if (place := (node.file, node.pointer)) not in found:
            found[place] = node
            pending += (member for keyword in _COMPOSED for member in node.get(keyword) or ())
    return tuple(found.values())


def _types(node: Node) -> tuple[str, ...]:
    stated = node.get("type")
    several = tuple(item.string or "" for item in stated or ()) if stated is not None and stated.string is None else ()
    return several or ((text(node, "type"),) if stated is not None else ()) or (("array",) if "items" in node else ())


def _properties(node: Node) -> Iterator[tuple[str, Node]]:
    properties = node.get("properties")
    yield from properties.items() if properties is not None else ()

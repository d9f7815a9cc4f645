"""Response headers: what a document says of the headers of a response goes in, as ir headers it comes out."""

from __future__ import annotations

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.lower.reading import flag, text
from apiscribe.lower.registry import Registry
from apiscribe.lower.schemas import SchemaReader

# What the media type of a response says already; OpenAPI has tools ignore it here.
_IGNORED = "content-type"


class HeaderReader:
    """Lowers the headers of responses; one that several responses refer to is read once."""

    def __init__(self, registry: Registry, schemas: SchemaReader) -> None:
        self._registry = registry
        self._schemas = schemas
        self._known: dict[tuple[Node, str], ir.ResponseHeader] = {}

    def read(self, response: Node, hint: str) -> tuple[ir.ResponseHeader, ...]:
        """Read the headers of a response, each once, whatever the case of its name."""
        listed = response.get("headers")
        found: dict[str, ir.ResponseHeader] = {}
        for name, entry in listed.items() if listed is not None else ():
            if name.lower() != _IGNORED:
                node = self._registry.resolver.follow(entry)
                if (node, name) not in self._known:
                    self._known[node, name] = self._header(node, name, hint)
                found[name.lower()] = self._known[node, name]
        return tuple(found.values())

    def _header(self, node: Node, name: str, hint: str) -> ir.ResponseHeader:
        content = node.get("content")
        media = content.items()[0] if content is not None and len(content) else None
        schema = node.get("schema") if media is None else self._registry.resolver.follow(media[1]).get("schema")
        is_json = media is None or "json" in media[0].lower()
        read = self._schemas.read(schema, f"{hint} {name}") if schema is not None and is_json else None
        return ir.ResponseHeader(
            name=name,
            schema=read or ir.StringSchema(origin=node.origin),
            explode=flag(node, "explode"),
            media_type=media[0] if media is not None else "",
            description=text(node, "description"),
        )

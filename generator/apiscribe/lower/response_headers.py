"""Response headers: what a document says of the headers of a response goes in, as ir headers it comes out."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.lower.reading import flag, text
from apiscribe.lower.registry import Registry
from apiscribe.lower.schemas import SchemaReader

# What the media type of a response says already; OpenAPI has tools ignore it here.
_IGNORED = "content-type"


def read_headers(response: Node, registry: Registry, schemas: SchemaReader, hint: str) -> tuple[ir.ResponseHeader, ...]:
    """Read the headers of a response, each once, whatever the case of its name."""
    found = {item.name.lower(): item for item in _headers(response, registry, schemas, hint)}
    return tuple(found.values())


def _headers(response: Node, registry: Registry, schemas: SchemaReader, hint: str) -> Iterator[ir.ResponseHeader]:
    listed = response.get("headers")
    for name, entry in listed.items() if listed is not None else ():
        if name.lower() == _IGNORED:
            continue
        node = registry.resolver.follow(entry)
        content = node.get("content")
        media = content.items()[0] if content is not None and len(content) else None
        schema = node.get("schema") if media is None else registry.resolver.follow(media[1]).get("schema")
        is_json = media is None or "json" in media[0].lower()
        read = schemas.read(schema, f"{hint} {name}") if schema is not None and is_json else None
        yield ir.ResponseHeader(
            name=name,
            schema=read or ir.StringSchema(origin=node.origin),
            explode=flag(node, "explode"),
            media_type=media[0] if media is not None else "",
            description=text(node, "description"),
        )

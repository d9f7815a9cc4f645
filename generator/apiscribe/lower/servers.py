"""Servers: what a document, its paths and operations name as addresses goes in, as ir servers it comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from apiscribe.document.node import Node
from apiscribe.document.rules_http import is_placeholder
from apiscribe.ir_servers import Server, ServerVariable
from apiscribe.lower.reading import flag, text


def read_servers(node: Node | None) -> tuple[Server, ...]:
    """Read a list of servers."""
    return tuple(_server(entry) for entry in (node or ()))


def own_servers(item: Node, operation: Node, common: Iterable[Server]) -> tuple[Server, ...]:
    """Read the servers of an operation, or else of its path; none where they are the document's `common` ones."""
    for holder in (operation, item):
        found = read_servers(holder.get("servers"))
        if found:
            return () if _addresses(found) == _addresses(common) else found
    return ()


def _addresses(servers: Iterable[Server]) -> list[Server]:
    return [replace(server, description="", assumed=False, url=server.url.rstrip("/")) for server in servers]


def _server(node: Node) -> Server:
    variables, url = node.get("variables"), text(node, "url").partition("?")[0]
    return Server(
        # Without a scheme, an address takes over that of the document's own; what is safe is taken here.
        url=f"https:{url}" if url.startswith("//") else url,
        description=text(node, "description"),
        variables=tuple(_variable(name, entry) for name, entry in (variables.items() if variables is not None else ())),
        allowed=tuple(
            tuple((name, value.string or "") for name, value in pair.items()) for pair in (node.get("x-allowed") or ())
        ),
        assumed=flag(node, "x-assumed"),
    )


def _variable(name: str, node: Node) -> ServerVariable:
    default = text(node, "default")
    return ServerVariable(
        name=name,
        default=default,
        values=tuple(item.string or "" for item in (node.get("enum") or ())),
        required=flag(node, "x-required") or is_placeholder(default),
        description=text(node, "description"),
    )

"""Webhooks: the requests that a service sends of its own accord, or calls back, go in; what they carry comes out."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.document.walk import operations_of
from apiscribe.lower.operations import OperationReader, is_json
from apiscribe.lower.reading import own_name, text
from apiscribe.lower.registry import Registry
from apiscribe.naming import derived_name


def read_webhooks(root: Node, registry: Registry, reader: OperationReader) -> tuple[ir.Webhook, ...]:
    """Read the webhooks of a document, then the callbacks of its operations, in document order."""
    found = []
    for names, node in (*_webhooks(root, registry), *_callbacks(root, registry)):
        body = reader.body(node.get("requestBody"), "/".join(names))
        if body is None:
            continue
        if not is_json(body.content.name):
            registry.diagnostics.append(node.warning("webhooks", f"{body.content.name} has no function that reads it"))
            continue
        found.append(
            ir.Webhook(
                names=names,
                method=node.path[-1].upper() if isinstance(node.path[-1], str) else "",
                schema=body.content.schema or ir.AnySchema(origin=node.origin),
                origin=node.origin,
                python_name=own_name(node, "x-python-name", registry.diagnostics),
                summary=text(node, "summary"),
                description=text(node, "description"),
            )
        )
    return tuple(found)


def _webhooks(root: Node, registry: Registry) -> Iterator[tuple[tuple[str, ...], Node]]:
    webhooks = root.get("webhooks")
    for name, entry in webhooks.items() if webhooks is not None else ():
        yield from _requests((name,), entry, registry)


def _callbacks(root: Node, registry: Registry) -> Iterator[tuple[tuple[str, ...], Node]]:
    paths = root.get("paths")
    for path, entry in paths.items() if paths is not None else ():
        item = registry.resolver.follow(entry) if not path.startswith("x-") else entry
        for method, operation in operations_of(item):
            callbacks = operation.get("callbacks")
            if callbacks is None:
                continue
            owner = text(operation, "operationId") or derived_name(method, path)
            for name, callback in callbacks.items():
                requests = registry.resolver.follow(callback).items()
                addresses = [(told, sent) for told, sent in requests if not told.startswith("x-")]
                for number, (_, sent) in enumerate(addresses, 1):
                    own = (owner, name) if len(addresses) == 1 else (owner, name, str(number))
                    yield from _requests(own, sent, registry)


def _requests(names: tuple[str, ...], entry: Node, registry: Registry) -> Iterator[tuple[tuple[str, ...], Node]]:
    item = registry.resolver.follow(entry)
    found = list(operations_of(item))
    for method, node in found:
        yield (names if len(found) == 1 else (*names, method)), node

"""The whole document: information, servers, security, operations and schemas, brought together into one Api."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.document.node import Document, Node
from apiscribe.document.resolve import Resolver
from apiscribe.document.walk import operations_of
from apiscribe.errors import ApiscribeError, Diagnostic, Severity, shown
from apiscribe.lower.operations import OperationReader
from apiscribe.lower.reading import own_name, text
from apiscribe.lower.registry import Registry
from apiscribe.lower.schemas import SchemaReader
from apiscribe.lower.security import read_requirements, read_scheme, recipe_nodes, scheme_nodes, unused_schemes
from apiscribe.lower.servers import own_servers, read_servers
from apiscribe.lower.webhooks import read_webhooks
from apiscribe.naming_services import service_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """What a document means, the nodes of its security schemes and of their recipes, and what was noticed."""

    api: ir.Api
    schemes: tuple[tuple[str, Node], ...]
    recipes: Mapping[str, Node]
    diagnostics: tuple[Diagnostic, ...]


def lower(document: Document, resolver: Resolver) -> Lowered:
    """Read what a checked document means.

    Raises:
        ApiscribeError: an extension of ours is not understood, or a reference leads nowhere.
    """
    root = document.root
    registry = Registry(root, resolver)
    schemas = SchemaReader(registry)
    components, info = root.get("components"), root.get("info")
    listed = components.get("schemas") if components is not None else None
    named = [registry.hoisted(node, name) for name, node in (listed.items() if listed is not None else ())]
    schemes = scheme_nodes(registry, components)
    reader = OperationReader(registry, schemas)
    operations = _operations(root, registry, reader)
    webhooks = read_webhooks(root, registry, reader)
    read = _named_schemas(registry, schemas)
    prefix = own_name(info, "x-environment-prefix", registry.diagnostics)
    errors = [found for found in registry.diagnostics if found.severity is Severity.ERROR]
    if errors:
        raise ApiscribeError(registry.diagnostics)
    registry.diagnostics.extend(unused_schemes(root, registry, schemes, operations))
    title, recipes = text(info, "title"), recipe_nodes(schemes, registry)
    servers = read_servers(root.get("servers"))
    api = ir.Api(
        file=document.file,
        title=title,
        version=text(info, "version"),
        service=text(info, "x-service") or service_of(title, [server.url for server in servers]),
        description=text(info, "description"),
        environment_prefix=prefix,
        servers=servers,
        operations=operations,
        schemas=tuple(read[name] for name in dict.fromkeys([*named, *read])),
        client_options=_client_options(operations),
        webhooks=webhooks,
        security_schemes=tuple(read_scheme(name, node) for name, node in schemes),
    )
    noticed = tuple(registry.diagnostics)
    return Lowered(api=_without_options(api), schemes=schemes, recipes=recipes, diagnostics=noticed)


def _operations(root: Node, registry: Registry, reader: OperationReader) -> tuple[ir.Operation, ...]:
    paths = root.get("paths")
    inherited, common = read_requirements(root, ()), read_servers(root.get("servers"))
    found = []
    for path, entry in paths.items() if paths is not None else ():
        if path.startswith("x-"):
            continue
        item = registry.resolver.follow(entry)
        for method, node in operations_of(item):
            security, servers = read_requirements(node, inherited), own_servers(item, node, common)
            found.append(replace(reader.read(path, item, method, node, security), servers=servers))
    _refuse_doubles(found, registry)
    return tuple(found)


def _refuse_doubles(found: list[ir.Operation], registry: Registry) -> None:
    # Method and path stand for a missing operationId: then no other operation may be called so.
    seen: set[str] = set()
    for operation in sorted(found, key=lambda operation: operation.id_source is ir.IdSource.DERIVED):
        if operation.id in seen:
            message = f"the operationId '{shown(operation.id)}' stands for this operation, and another one has it"
            registry.diagnostics.append(Diagnostic(rule="operation.id", message=message, origin=operation.origin))
        seen.add(operation.id)


def _named_schemas(registry: Registry, schemas: SchemaReader) -> dict[str, ir.NamedSchema]:
    read: dict[str, ir.NamedSchema] = {}
    while (pending := registry.pending()) is not None:
        read_one = schemas.read_family if pending.is_family else schemas.read_named
        schema = read_one(pending.node, pending.name)
        read[pending.name] = ir.NamedSchema(name=pending.name, schema=schema)
    return read


def _client_options(operations: tuple[ir.Operation, ...]) -> tuple[ir.Parameter, ...]:
    options = {
        parameter.client_option: parameter
        for operation in operations
        for parameter in operation.parameters
        if parameter.client_option
    }
    return tuple(options.values())


def _without_options(api: ir.Api) -> ir.Api:
    # A header that is an option of the client is no argument of its operations.
    operations = tuple(
        replace(operation, parameters=tuple(item for item in operation.parameters if not item.client_option))
        for operation in api.operations
    )
    return replace(api, operations=operations)

"""Rules: a document comes in with its resolver, everything wrong with it goes out as located errors and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from apiscribe.document.edit import prune
from apiscribe.document.node import Document, Node
from apiscribe.document.resolve import Resolver
from apiscribe.document.rules_cycles import check_cycles
from apiscribe.document.rules_http import check_paths, check_server
from apiscribe.document.rules_names import check_names
from apiscribe.document.rules_parameters import check_parameters
from apiscribe.document.rules_schema import check_schema
from apiscribe.document.rules_values import check_value, types_of
from apiscribe.document.structure import check_structure
from apiscribe.document.walk import Operation, Visit, operations, visits
from apiscribe.errors import ApiscribeError, Diagnostic, shown

__all__ = ["MAX_OPERATIONS", "check", "prune", "version_of"]

MAX_OPERATIONS = 20_000
_VERSION = re.compile(r"(3\.[012])\.[0-9]+(?:-.+)?")


def check(document: Document, resolver: Resolver) -> tuple[Diagnostic, ...]:
    """Check a document: its version, its structure, and the rules that no schema can say.

    A finding inside an operation has a pointer that begins with the operation's, `/paths/~1things/get`.
    """
    root = document.root
    version, faults = _version(root)
    if version is None:
        return tuple(faults)
    held = list(operations(root, resolver))
    if len(held) > MAX_OPERATIONS:
        message = f"{len(held)} operations are over the limit of {MAX_OPERATIONS}; split the document"
        return (root.error("document.operations", message),)
    found = [*faults, *check_structure(root, version)]
    found.extend(_check_operation_ids(held))
    found.extend(check_paths(root))
    found.extend(check_parameters(held, root, resolver))
    schemas: list[Node] = []
    for visit in visits(root, resolver):
        found.extend(_check_visit(visit, version, resolver))
        if visit.kind == "schema":
            schemas.append(visit.node)
    found.extend(check_cycles(schemas, resolver))
    return tuple(dict.fromkeys(found))


def version_of(document: Document) -> str | None:
    """Tell which OpenAPI a document is written for: `3.0`, `3.1`, `3.2`, or None."""
    return _version(document.root)[0]


def _version(root: Node) -> tuple[str | None, list[Diagnostic]]:
    rule = "document.version"
    if not root.is_mapping:
        return None, [root.error(rule, "an OpenAPI document is a mapping")]
    swagger, openapi = root.get("swagger"), root.get("openapi")
    if openapi is None and swagger is not None:
        advice = "Swagger 2.0 is not read; convert it first, for example with 'npx swagger2openapi'"
        return None, [swagger.error(rule, advice)]
    if openapi is None:
        return None, [root.error(rule, f"{_kind(root)}: the field 'openapi' is missing")]
    if openapi.string is None:
        return None, [openapi.error(rule, "the version is text such as 3.1.0")]
    match = _VERSION.fullmatch(openapi.string)
    if match is None:
        known = "3.0.x, 3.1.x and 3.2.x are read, written like 3.1.0"
        return None, [openapi.error(rule, f"unknown OpenAPI version '{shown(openapi.text)}'; {known}")]
    return match[1], []


def _kind(root: Node) -> str:
    """Say what a document is that is none of OpenAPI."""
    for field, name in (("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("overlay", "an overlay"), ("raml", "RAML")):
        if field in root:
            return f"this is {name}, no OpenAPI document"
    info = root.get("info")
    if info is not None and "_postman_id" in info:
        return "this is a Postman collection, no OpenAPI document; export it as OpenAPI"
    return "no OpenAPI document"


def _check_operation_ids(held: Sequence[Operation]) -> Iterator[Diagnostic]:
    first: dict[str, Node] = {}
    for operation in held:
        node = operation.node.get("operationId")
        text = node.string if node is not None else None
        if node is None or text is None:
            continue
        if text in first:
            other = first[text].origin
            place = f"line {other.line}" if other.file == node.file else f"{other.file}:{other.line}"
            yield node.error("operation.id", f"the operationId '{shown(text)}' is already taken at {place}")
        else:
            first[text] = node


def _check_visit(visit: Visit, version: str, resolver: Resolver) -> Iterator[Diagnostic]:
    yield from visit.faults
    if visit.is_apart and visit.kind != "schema":
        yield from check_structure(visit.node, version, visit.kind)
    if visit.node.is_mapping:
        yield from check_names(visit)
    yield from check_server(visit)
    yield from check_schema(visit, resolver)
    if visit.kind in ("document", "operation"):
        yield from _check_security(visit.node, resolver)
    if visit.kind in ("parameter", "header", "media type"):
        yield from _check_example(visit.node, resolver)


def _check_security(node: Node, resolver: Resolver) -> Iterator[Diagnostic]:
    security = node.get("security")
    components = resolver.document.root.get("components")
    schemes = components.get("securitySchemes") if components is not None else None
    for requirement in security.elements() if security is not None else ():
        for name, member in requirement.items():
            if schemes is None or name not in schemes:
                yield member.error("security.unknown", f"there is no security scheme '{shown(name)}'")


def _check_example(node: Node, resolver: Resolver) -> Iterator[Diagnostic]:
    """Check the example beside a schema, which may be a reference, for its type."""
    example, schema = node.get("example"), node.get("schema")
    if example is None or schema is None:
        return
    try:
        types = types_of(resolver.follow(schema, "schema"))
    except ApiscribeError:
        return  # the walk reports it, at the same place
    if types is not None:
        yield from check_value(example, types, "example")

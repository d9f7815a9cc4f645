"""Security: the schemes of a document as data, and the alternatives that each operation is sent with."""

from __future__ import annotations

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.document.walk import operations_of
from apiscribe.errors import Diagnostic, Severity, shown
from apiscribe.ir_security import Alternative, OAuthFlow, SchemeKind, SchemeUse, SecurityScheme
from apiscribe.lower.reading import text
from apiscribe.lower.registry import Registry

_HTTP_KINDS = {"basic": SchemeKind.BASIC, "bearer": SchemeKind.BEARER, "digest": SchemeKind.DIGEST}
_TYPES = {kind.value: kind for kind in SchemeKind}


def scheme_nodes(registry: Registry, components: Node | None) -> tuple[tuple[str, Node], ...]:
    """List the nodes of components.securitySchemes by name, references followed."""
    schemes = components.get("securitySchemes") if components is not None else None
    return tuple(
        (name, registry.resolver.follow(entry)) for name, entry in (schemes.items() if schemes is not None else ())
    )


def recipe_nodes(schemes: tuple[tuple[str, Node], ...], registry: Registry) -> dict[str, Node]:
    """List the recipes of security schemes by the scheme's name, references followed."""
    written = ((name, node.get("x-signing")) for name, node in schemes)
    return {name: registry.resolver.follow(recipe) for name, recipe in written if recipe is not None}


def read_scheme(name: str, node: Node) -> SecurityScheme:
    """Read what a document says of one scheme."""
    flows = node.get("flows")
    kind = _TYPES.get(text(node, "type"), SchemeKind.HTTP)
    if node.get("x-signing") is not None:
        kind = SchemeKind.SIGNING
    elif kind is SchemeKind.HTTP:
        kind = _HTTP_KINDS.get(text(node, "scheme").lower(), kind)
    return SecurityScheme(
        name=name,
        kind=kind,
        origin=node.origin,
        description=text(node, "description"),
        location=text(node, "in"),
        parameter=text(node, "name"),
        open_id_url=text(node, "openIdConnectUrl"),
        metadata_url=text(node, "oauth2MetadataUrl"),
        flows=tuple(_flow(kind, entry) for kind, entry in (flows.items() if flows is not None else ())),
    )


def _flow(name: str, node: Node) -> OAuthFlow:
    scopes = node.get("scopes")
    return OAuthFlow(
        name=name,
        authorization_url=text(node, "authorizationUrl"),
        token_url=text(node, "tokenUrl"),
        refresh_url=text(node, "refreshUrl"),
        device_authorization_url=text(node, "deviceAuthorizationUrl"),
        scopes=tuple((scope, told.string or "") for scope, told in (scopes.items() if scopes is not None else ())),
    )


def unused_schemes(
    root: Node, registry: Registry, schemes: tuple[tuple[str, Node], ...], operations: tuple[ir.Operation, ...]
) -> tuple[Diagnostic, ...]:
    """Warn of schemes that no operation names where others say nothing of security: they are called without any."""
    used = {use.scheme for operation in operations for alternative in operation.security for use in alternative}
    paths = root.get("paths")
    items = [registry.resolver.follow(entry) for path, entry in (paths or root).items() if path.startswith("/")]
    silent = sum("security" not in node for item in items for _, node in operations_of(item))
    return tuple(
        Diagnostic(
            rule="security",
            message=f"no operation names the security scheme '{shown(name)}': nothing is sent for it, and {silent} of "
            f"{len(operations)} operations say nothing of security; an overlay can add 'security' to the document",
            origin=node.origin,
            severity=Severity.WARNING,
        )
        for name, node in schemes
        if name not in used and silent and "security" not in root
    )


def read_requirements(node: Node, inherited: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    """Give the alternatives of an operation (or of the document), in order, each once; none: nothing is needed."""
    entry = node.get("security")
    return inherited if entry is None else tuple(dict.fromkeys(_alternative(item) for item in entry))


def _alternative(node: Node) -> Alternative:
    return tuple(
        SchemeUse(scheme=name, scopes=tuple(scope.string or "" for scope in scopes)) for name, scopes in node.items()
    )

"""Security: the schemes of a document, and which of them each operation uses."""

from __future__ import annotations

from apiscribe.document.node import Node
from apiscribe.lower.registry import Registry


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


def read_requirements(
    registry: Registry, node: Node, inherited: tuple[str, ...], known: frozenset[str]
) -> tuple[str, ...]:
    """Give the schemes that an operation (or the document) is signed with: the first alternative that names any."""
    entry = node.get("security")
    if entry is None:
        return inherited
    alternatives = [tuple(alternative.keys()) for alternative in entry]
    for name in sorted({name for names in alternatives for name in names} - known):
        registry.diagnostics.append(entry.error("security", f"no security scheme is named {name}"))
    chosen = next((names for names in alternatives if names), ())
    if len(alternatives) > 1 and chosen:
        others = ", ".join(" with ".join(names) or "none" for names in alternatives if names != chosen)
        registry.diagnostics.append(
            entry.warning("security", f"of several alternatives {' with '.join(chosen)} is used; not offered: {others}")
        )
    return chosen

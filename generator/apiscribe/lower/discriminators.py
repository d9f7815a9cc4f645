"""Discriminators: the members of a choice go in, which value of which property means which member comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError
from apiscribe.lower.reading import text
from apiscribe.lower.registry import Registry

Tags = dict[str, int]
"""The position of a member by the value that means it; the empty text stands for every value that is not listed."""

ANY_VALUE = ""
ANY_MEMBER = -1
"""The position that stands for whichever member fits."""
_MAX_DEPTH = 8


def choice(node: Node, parts: Sequence[Node], registry: Registry) -> tuple[str, Tags]:
    """Find the property that tells the members of a union apart, and what its values mean; nothing if none does.

    A stated discriminator counts with its mapping and with the names of its members. Services often send others than
    those names, so that where nothing else says a value, any other means the member that fits. Without a discriminator,
    a property is taken that every member has with constants of its own.
    """
    targets = [registry.resolver.follow(part) for part in parts]
    stated = node.get("discriminator")
    if stated is None:
        return _inferred(targets, registry)
    name = text(stated, "propertyName")
    tags: Tags = {}
    mapping = stated.get("mapping")
    for value, place in mapping.items() if mapping is not None else ():
        position = _position(place, targets, registry)
        if position is not None:
            tags[value] = position
    listed = [constants(target, name, registry) for target in targets]
    for position, target in enumerate(targets):
        for value in listed[position] or [registry.component(target)]:
            if value:
                tags.setdefault(value, position)
    fallback = stated.get("defaultMapping")
    position = _position(fallback, targets, registry) if fallback is not None else None
    if position is None and tags and mapping is None and not any(listed):
        position = ANY_MEMBER
    return name, tags if position is None else {**tags, ANY_VALUE: position}


def family(node: Node, registry: Registry) -> tuple[str, Sequence[Node], Tags]:
    """Give the property, the members and the values of a schema that others extend, itself the last.

    Itself it is what any other value means: heirs may come that the document does not know.
    """
    members = [*registry.heirs(node), node]
    name, tags = choice(node, members, registry)
    return name, members, {ANY_VALUE: len(members) - 1, **_listed(tags)} if tags else tags


def _listed(tags: Tags) -> Tags:
    return {value: position for value, position in tags.items() if position != ANY_MEMBER}


def _position(place: Node, targets: Sequence[Node], registry: Registry) -> int | None:
    try:
        wanted = registry.resolver.named_schema(place)
    except ApiscribeError:
        return None  # the rules have said so, at the same place
    if wanted in targets:
        return targets.index(wanted)
    message = "this value leads to a schema that is none of the choice; it is left out"
    registry.diagnostics.append(place.warning("discriminator", message))
    return None


def _inferred(targets: Sequence[Node], registry: Registry) -> tuple[str, Tags]:
    first = targets[0] if targets else None
    for name in property_names(first, registry) if len(targets) > 1 else ():
        tags: Tags = {}
        for position, target in enumerate(targets):
            values = constants(target, name, registry)
            if not values or any(value in tags for value in values):
                break
            tags.update(dict.fromkeys(values, position))
        else:
            return name, tags
    return "", {}


def constants(node: Node, name: str, registry: Registry) -> list[str]:
    """List the texts that a property of an object can only be; empty where it may be others."""
    for schema in _declarations(node, registry):
        members = schema.get("properties")
        declared = members.get(name) if members is not None else None
        if declared is None:
            continue
        declared = registry.resolver.follow(declared)
        const, listed = declared.get("const"), declared.get("enum")
        values = [const] if const is not None else listed.elements() if listed is not None else []
        texts = [value.string for value in values if value.string is not None]
        if texts and len(texts) == len(values):
            return texts
    return []


def property_names(node: Node | None, registry: Registry) -> Iterator[str]:
    """Name the properties of an object, those of what it is composed of as well."""
    if node is not None:
        for schema in _declarations(node, registry):
            members = schema.get("properties")
            yield from members.keys() if members is not None else ()


def _declarations(node: Node, registry: Registry, depth: int = 0) -> Iterator[Node]:
    """Give a schema and what it is composed of, the own words first."""
    if not node.is_mapping or depth > _MAX_DEPTH:
        return
    yield node
    parts = node.get("allOf")
    for part in reversed(parts.elements() if parts is not None else ()):
        yield from _declarations(registry.resolver.follow(part), registry, depth + 1)

"""Discriminators: the members of a choice go in, which value of which property means which member comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError
from apiscribe.lower.merge import choice_of, is_null
from apiscribe.lower.reading import text
from apiscribe.lower.registry import Registry

ANY_MEMBER = -1
"""The position that stands for whichever member fits."""
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The property that tells members apart: the positions of the members that say a value, one as a rule.

    `other` is the position that every value means which is not listed, None where such a value means no member. A
    member that is a choice itself says what its own members say.
    """

    property: str = ""
    tags: dict[str, tuple[int, ...]]
    other: int | None = None


def choice(node: Node, parts: Sequence[Node], registry: Registry) -> Told:
    """Find the property that tells the members of a union apart, and what its values mean; nothing if none does.

    A stated discriminator counts with its mapping and with the names of its members. Services often send others than
    those names, so that where nothing else says a value, any other means the member that fits. Without a discriminator,
    a property is taken that every member has with constants of its own.
    """
    targets = [registry.follow(part) for part in parts]
    stated = node.get("discriminator")
    if stated is None:
        return _inferred(targets, registry)
    name = text(stated, "propertyName")
    tags: dict[str, tuple[int, ...]] = {}
    mapping = stated.get("mapping")
    for value, place in mapping.items() if mapping is not None else ():
        position = _position(place, targets, registry)
        if position is not None:
            tags[value] = (position,)
    stated_values = frozenset(tags)
    listed = [constants(target, name, registry) for target in targets]
    is_open, said = False, list[list[str]]()
    for position, target in enumerate(targets):
        is_choice = not listed[position] and bool(choice_of(target))
        values = _inner_values(target, name, registry) if is_choice else listed[position]
        is_open = is_open or (is_choice and not values) or (target is not node and bool(registry.heirs(target)))
        said.append(values)
        for value in values or ([] if is_choice else [registry.component(target)]):
            if value and value not in stated_values:
                tags[value] = (*tags.get(value, ()), position)
    fallback = stated.get("defaultMapping")
    position = _position(fallback, targets, registry) if fallback is not None else None
    if position is None and tags and (is_open or (mapping is None and not all(said))):
        position = ANY_MEMBER
    return Told(property=name, tags=tags, other=position)


def family(node: Node, registry: Registry) -> tuple[Sequence[Node], Told]:
    """Give the members of a schema that others extend, itself the last, and what tells them apart.

    Itself it is what any other value means: heirs may come that the document does not know.
    """
    members = [*registry.heirs(node), node]
    told = choice(node, members, registry)
    is_open = bool(told.tags) and told.other in (None, ANY_MEMBER)
    return members, replace(told, other=len(members) - 1) if is_open else told


def _inner_values(node: Node, name: str, registry: Registry, depth: int = 0) -> list[str]:
    """List what a property says in the members of a choice; empty where it may say anything."""
    parts = [registry.follow(part) for part in choice_of(node)]
    parts = [part for part in parts if not is_null(part)]
    stated = node.get("discriminator")
    mapping = stated.get("mapping") if stated is not None and text(stated, "propertyName") == name else None
    found = list(mapping.keys()) if mapping is not None else []
    for part in parts if depth <= _MAX_DEPTH else ():
        values = constants(part, name, registry) or _inner_values(part, name, registry, depth + 1)
        if not values and mapping is None:
            return []
        found += values
    return list(dict.fromkeys(found))


def discriminator_of(told: Told, kinds: Sequence[ir.Schema]) -> ir.Discriminator | None:
    """Give what tells the members of a union apart once they are lowered; None where nothing does."""
    named = [(value, kinds[position]) for value, positions in told.tags.items() for position in positions]
    found = tuple((value, kind.name) for value, kind in named if isinstance(kind, ir.RefSchema))
    other = kinds[told.other] if told.other not in (None, ANY_MEMBER) else None
    if not found:
        return None
    return ir.Discriminator(
        property=told.property,
        tags=found,
        other=other.name if isinstance(other, ir.RefSchema) else "",
        supposed=told.other == ANY_MEMBER,
    )


def _position(place: Node, targets: Sequence[Node], registry: Registry) -> int | None:
    try:
        wanted = registry.meant(registry.resolver.named_schema(place))
    except ApiscribeError:
        return None  # the rules have said so, at the same place
    if wanted in targets:
        return targets.index(wanted)
    message = "this value leads to a schema that is none of the choice; it is left out"
    registry.diagnostics.append(place.warning("discriminator", message))
    return None


def _inferred(targets: Sequence[Node], registry: Registry) -> Told:
    first = targets[0] if targets else None
    for name in property_names(first, registry) if len(targets) > 1 else ():
        tags: dict[str, tuple[int, ...]] = {}
        for position, target in enumerate(targets):
            values = constants(target, name, registry)
            if not values or any(value in tags for value in values):
                break
            tags.update(dict.fromkeys(values, (position,)))
        else:
            return Told(property=name, tags=tags)
    return Told(tags={})


def constants(node: Node, name: str, registry: Registry) -> list[str]:
    """List the texts that a property of an object can only be; empty where it may be others."""
    for schema in _declarations(node, registry):
        members = schema.get("properties")
        declared = members.get(name) if members is not None else None
        if declared is None:
            continue
        if values := _texts_of(declared, registry):
            return values
    return []


def _texts_of(node: Node, registry: Registry, depth: int = 0) -> list[str]:
    """List the texts that a schema accepts, null apart, if it accepts nothing else."""
    schema = registry.follow(node)
    const, listed = schema.get("const"), schema.get("enum")
    if const is not None or listed is not None:
        values = [const] if const is not None else listed.elements() if listed is not None else []
        told = [value for value in values if value.plain is not None]
        texts = [value.string for value in told if value.string is not None]
        return texts if len(texts) == len(told) else []
    parts = schema.get("allOf")
    if parts is not None:
        found = (_texts_of(part, registry, depth + 1) for part in parts.elements() if depth < _MAX_DEPTH)
        return next((texts for texts in found if texts), [])
    kinds = [registry.follow(member) for member in choice_of(schema)]
    members = [kind for kind in kinds if not is_null(kind)] if depth < _MAX_DEPTH else []
    several = [_texts_of(member, registry, depth + 1) for member in members]
    return [value for texts in several for value in texts] if all(several) else []


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
        yield from _declarations(registry.follow(part), registry, depth + 1)

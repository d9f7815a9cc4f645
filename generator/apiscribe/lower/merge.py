"""allOf: a node whose parts are all objects goes in, the properties of all of them come out."""

from __future__ import annotations

from dataclasses import dataclass

from apiscribe.document.node import Node
from apiscribe.lower.registry import Registry

_ANNOTATIONS = frozenset({
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "nullable",
    "externalDocs", "xml", "discriminator",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One property of an allOf: whether it is required, and the component it was found in, if it was in one."""

    name: str
    node: Node
    required: bool
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The properties of an allOf, and the schema of further keys."""

    properties: tuple[Member, ...]
    additional: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of an allOf: how many references lead to it, and the component that it is or stands in."""

    node: Node
    distance: int
    owner: str


def merged(node: Node, registry: Registry) -> Merged | None:
    """Combine an allOf, following references; None where a part is not an object.

    What stands nearer wins: the node's own properties over those of what it refers to, and these over theirs.
    """
    parts = _parts(node, registry)
    if parts is None:
        return None
    found: dict[str, tuple[_Part, Node]] = {}
    required: set[str] = set()
    additional: tuple[int, Node] | None = None
    for part in parts:
        members = part.node.get("properties")
        for name, child in members.items() if members is not None else ():
            if name not in found or part.distance < found[name][0].distance:
                found[name] = (part, child)
        listed = part.node.get("required")
        required.update(item.string or "" for item in (listed.elements() if listed is not None else ()))
        further = part.node.get("additionalProperties")
        if further is not None and (additional is None or part.distance < additional[0]):
            additional = (part.distance, further)
    registry.spend(len(found), node)
    properties = tuple(
        Member(name=name, node=child, required=name in required, owner=part.owner)
        for name, (part, child) in found.items()
    )
    return Merged(properties=properties, additional=additional[1] if additional is not None else None)


def only_annotates(node: Node) -> bool:
    """Tell whether a schema describes, and restricts nothing."""
    return node.is_mapping and all(key in _ANNOTATIONS or key.startswith("x-") for key in node.keys())  # noqa: SIM118


def only_requires(node: Node, word: str) -> bool:
    """Tell whether the members of a oneOf or anyOf say no more than which properties are required together."""
    members = node.get(word)
    return members is not None and all(
        set(member.keys()) <= {"required", "not", "title", "description"} for member in members.elements()
    )


def _parts(node: Node, registry: Registry) -> list[_Part] | None:
    """List the parts of an allOf with those of its parts, in document order; None where one is not an object."""
    found: list[_Part] = []
    stack = [_Part(node=node, distance=0, owner=registry.component(node))]
    seen: set[Node] = set()
    while stack:
        part = stack.pop()
        if "$ref" in part.node:
            target = registry.resolver.follow(part.node)
            part = _Part(node=target, distance=part.distance + 1, owner=registry.component(target))
        if part.node in seen:
            continue
        seen.add(part.node)
        if not _is_objectlike(part.node):
            return None
        found.append(part)
        inner = part.node.get("allOf")
        elements = inner.elements() if inner is not None else ()
        stack.extend(_Part(node=item, distance=part.distance, owner=part.owner) for item in reversed(elements))
    registry.spend(len(found), node)
    return found


def _is_objectlike(node: Node) -> bool:
    if not node.is_mapping or any(word in node for word in ("enum", "const", "items")):
        return False
    if any(word in node and not only_requires(node, word) for word in ("oneOf", "anyOf")):
        return False
    kind = node.get("type")
    if kind is not None:
        kinds = {kind.string} if not kind.is_sequence else {item.string for item in kind}
        return kinds <= {"object", "null"}
    shape = {"properties", "required", "allOf", "additionalProperties"}
    return bool(shape & set(node.keys())) or only_annotates(node)

"""allOf: a node whose parts are all objects goes in, the properties of all of them come out.

The members of a oneOf or anyOf in it, or beside properties, are parts as well: what only some of them have is optional.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apiscribe.document.node import Node
from apiscribe.lower.registry import Registry

_ANNOTATIONS = frozenset({
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "nullable",
    "externalDocs", "xml", "discriminator",
})  # fmt: skip


_SHAPE = frozenset({
    "properties", "required", "allOf", "additionalProperties", "minProperties", "maxProperties", "dependentRequired",
    "propertyNames", "unevaluatedProperties",
})  # fmt: skip
_RESTRICTING = frozenset({"if", "then", "else", "not", "dependentSchemas"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One property of an allOf: whether it is required, and the component it was found in, if it was in one.

    It has several nodes where the members of a choice say different things of it.
    """

    name: str
    nodes: tuple[Node, ...]
    required: bool
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The properties of an allOf, the schema of further keys, and whether members of a choice are among its parts.

    `undeclared` are the names that it requires and nothing describes; `sure` are its parts but for those of choices.
    """

    sure: tuple[Node, ...]
    properties: tuple[Member, ...]
    undeclared: tuple[str, ...]
    additional: Node | None
    has_choice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of an allOf: how many references lead to it, and the component that it is or stands in.

    `choice` and `member` say of which choice it is which member, if it is of one; `above` is the part it stands in.
    """

    node: Node
    distance: int
    owner: str
    choice: Node | None = None
    member: int = 0
    above: _Part | None = None


def merged(node: Node, registry: Registry) -> Merged | None:
    """Combine an allOf, following references; None where a part is not an object.

    What stands nearer wins: the node's own properties over those of what it refers to, and these over theirs.
    """
    parts = _parts(node, registry)
    if parts is None:
        return None
    sure = [part for part in parts if part.choice is None]
    found = _declared(sure)
    for name, others in _declared([part for part in parts if part.choice is not None], every=True).items():
        found.setdefault(name, others)
    required = {name for part in sure for name in _required(part.node)} | _required_by_all(parts)
    registry.spend(sum(len(said) for said in found.values()), node)
    properties = tuple(
        Member(name=name, nodes=tuple(child for _, child in said), required=name in required, owner=said[0][0].owner)
        for name, said in found.items()
    )
    return Merged(
        sure=tuple(part.node for part in sure),
        properties=properties,
        undeclared=tuple(sorted(required - found.keys())),
        additional=_additional(parts),
        has_choice=len(sure) < len(parts),
    )


def _declared(parts: Sequence[_Part], *, every: bool = False) -> dict[str, list[tuple[_Part, Node]]]:
    """Find what is said of each property: by the nearest part, or, of the members of choices, by every one."""
    found: dict[str, list[tuple[_Part, Node]]] = {}
    for part in parts:
        members = part.node.get("properties")
        for name, child in members.items() if members is not None else ():
            known = found.setdefault(name, [])
            if every and all(child.plain != other.plain for _, other in known):
                known.append((part, child))
            elif not every and (not known or part.distance < known[0][0].distance):
                known[:] = [(part, child)]
    return found


def _required(node: Node) -> set[str]:
    listed = node.get("required")
    return {item.string or "" for item in (listed.elements() if listed is not None else ())}


def _required_by_all(parts: Sequence[_Part]) -> set[str]:
    """Name the properties that every member of a choice requires."""
    choices: dict[Node, dict[int, set[str]]] = {}
    for part in parts:
        if part.choice is not None:
            choices.setdefault(part.choice, {}).setdefault(part.member, set()).update(_required(part.node))
    return {name for members in choices.values() for name in set.intersection(*members.values())}


def _additional(parts: Sequence[_Part]) -> Node | None:
    """Find what is said of further keys: by the nearest part; a member of a choice closes nothing for the others."""
    said = [(part, further_of(part.node)) for part in parts]
    found = [
        (part.choice is not None, part.distance, further)
        for part, further in said
        if further is not None and (part.choice is None or further.plain is not False)
    ]
    return min(found, key=lambda item: item[:2])[2] if found else None


def further_of(node: Node) -> Node | None:
    """Give what an object says of further keys, those that no other part of it describes."""
    return node.get("additionalProperties") or node.get("unevaluatedProperties")


def only_annotates(node: Node) -> bool:
    """Tell whether a schema describes, and restricts nothing."""
    return node.is_mapping and all(key in _ANNOTATIONS or key.startswith("x-") for key in node.keys())  # noqa: SIM118


def only_requires(node: Node, word: str) -> bool:
    """Tell whether the members of a oneOf or anyOf say no more than which properties are required together."""
    members = node.get(word)
    return members is not None and all(
        set(member.keys()) <= {"required", "not", "title", "description"} for member in members.elements()
    )


def choice_of(node: Node) -> tuple[Node, ...]:
    """List the members of a oneOf or anyOf that says more than which properties are required together."""
    words = [word for word in ("oneOf", "anyOf") if word in node and not only_requires(node, word)]
    lists = [node.get(word) for word in words]
    return tuple(member for members in lists if members is not None for member in members.elements())


def _parts(node: Node, registry: Registry) -> list[_Part] | None:
    """List the parts of an allOf with those of its parts, in document order; None where one is not an object."""
    found: list[_Part] = []
    stack = [_Part(node=node, distance=0, owner=registry.component(node))]
    seen: set[Node] = set()
    is_object = False
    while stack:
        part = stack.pop()
        if "$ref" in part.node:
            target = registry.follow(part.node)
            part = replace(part, node=target, distance=part.distance + 1, owner=registry.component(target))
        if part.node in seen or (part.choice is not None and is_null(part.node)):
            continue
        seen.add(part.node)
        if not _is_objectlike(part.node):
            return None
        found.append(part)
        is_object = is_object or _says_object(part.node)
        inner = part.node.get("allOf")
        elements = inner.elements() if inner is not None else ()
        members = _members(part, registry)
        stack.extend([*reversed(members), *(replace(part, node=item, above=part) for item in reversed(elements))])
    registry.spend(len(found), node)
    return found if is_object else None


def _members(part: _Part, registry: Registry) -> list[_Part]:
    """Give the members of a part's choice as parts; none where it is their heir that the part is a part of."""
    members = choice_of(part.node)
    heirs = {part.node} if members else set()
    above = part.above if members else None
    while above is not None:
        heirs.add(above.node)
        above = above.above
    if any(registry.follow(member) in heirs for member in members):
        return []
    is_inner = part.choice is not None
    return [
        replace(
            part, node=member, above=part, choice=part.choice or part.node, member=part.member if is_inner else number
        )
        for number, member in enumerate(members)
    ]


def _is_objectlike(node: Node) -> bool:
    if not node.is_mapping or any(word in node for word in ("enum", "const", "items")):
        return False
    kind = node.get("type")
    if kind is not None:
        kinds = {kind.string} if not kind.is_sequence else {item.string for item in kind}
        return kinds <= {"object", "null"}
    words = set(node.keys())
    return (
        bool((_SHAPE | _RESTRICTING) & words) or bool(choice_of(node)) or _goes_together(node) or only_annotates(node)
    )


def _says_object(node: Node) -> bool:
    """Tell whether a part says that it is an object; others only restrict whatever they are parts of."""
    return "type" in node or bool(_SHAPE & set(node.keys())) or bool(choice_of(node)) or _goes_together(node)


def _goes_together(node: Node) -> bool:
    return any(word in node and only_requires(node, word) for word in ("oneOf", "anyOf"))


def is_null(node: Node) -> bool:
    """Tell whether a schema accepts null and nothing else."""
    listed, kind, const = node.get("enum"), node.get("type"), node.get("const")
    values = [*(listed.elements() if listed is not None else ()), *filter(None, (const,))]
    kinds = () if kind is None else kind.elements() if kind.is_sequence else (kind,)
    told = {item.string for item in kinds}
    return told == {"null"} or (bool(values) and all(value.plain is None for value in values))

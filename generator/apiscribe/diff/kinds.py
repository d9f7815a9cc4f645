"""Schemas by kind: what values a schema allows, as a list of alternatives that can be matched with another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apiscribe.document.node import Node

UNIONS = ("anyOf", "oneOf")
# What each kind allows is allowed by the other as well.
_PART_OF = frozenset({("integer", "number"), ("enum", "string"), ("enum", "integer"), ("enum", "number")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One alternative of a schema: the type it allows, the name if it is a reference, and the node that says so."""

    name: str
    node: Node
    reference: str = ""

    @property
    def told(self) -> str:
        """Name the alternative in a message."""
        return self.reference.rpartition("/")[2] if self.reference else self.name


def kinds_of(node: Node) -> list[Kind]:
    """List what a schema allows."""
    if not node.is_mapping:
        return [] if node.plain is False else [Kind(name="any", node=node)]
    written = node.get("$ref")
    if written is not None:
        return [Kind(name="object", node=node, reference=written.string or "")]
    found = _members(node)
    if found is None:
        found = [Kind(name=name, node=node) for name in _types(node)]
    nullable = node.get("nullable")
    if nullable is not None and nullable.plain is True and not any(kind.name == "null" for kind in found):
        found.append(Kind(name="null", node=node))
    return found


def _members(node: Node) -> list[Kind] | None:
    for word in UNIONS:
        listed = node.get(word)
        if listed is not None and len(listed) and not any(set(member.keys()) <= {"required"} for member in listed):
            found: list[Kind] = []
            for member in listed:
                for kind in kinds_of(member):
                    if kind.name != "null" or not any(other.name == "null" for other in found):
                        found.append(kind)
            return found
    return None


def _types(node: Node) -> list[str]:
    listed = node.get("enum")
    stated = node.get("type")
    names = [] if stated is None else [item.string or "" for item in (stated if stated.is_sequence else (stated,))]
    if listed is not None or "const" in node:
        const = node.get("const")
        values = list(listed) if listed is not None else [const] if const is not None else []
        has_null = any(value.plain is None for value in values) and (not names or "null" in names)
        return ["enum", *(["null"] if has_null else [])]
    if names:
        return names
    if any(word in node for word in ("properties", "additionalProperties", "required", "patternProperties")):
        return ["object"]
    if "items" in node or "prefixItems" in node:
        return ["array"]
    return ["allOf"] if "allOf" in node else ["any"]


def paired(old: list[Kind], new: list[Kind]) -> tuple[list[tuple[Kind, Kind]], list[Kind], list[Kind]]:
    """Match the alternatives of two schemas: the pairs, what only the old one has, and what only the new one has."""
    tests: tuple[Callable[[Kind, Kind], bool], ...] = (
        lambda one, other: (one.name, one.reference) == (other.name, other.reference)
        and one.node.plain == other.node.plain,
        lambda one, other: (one.name, one.reference) == (other.name, other.reference),
        lambda one, other: one.name == other.name,
        is_part,
        lambda one, other: is_part(other, one),
    )
    pairs: list[tuple[Kind, Kind]] = []
    gone, came = list(old), list(new)
    for test in tests:
        for one in list(gone):
            other = next((candidate for candidate in came if test(one, candidate)), None)
            if other is not None:
                pairs.append((one, other))
                gone.remove(one)
                came.remove(other)
    return pairs, gone, came


def is_part(one: Kind, other: Kind) -> bool:
    """Tell whether the first of two kinds allows only what the second allows, and less."""
    return (one.name, other.name) in _PART_OF or (other.name == "any" and one.name != "any")

"""Schemas against schemas: every difference between two, with its impact in the direction in which values go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apiscribe.diff import keywords
from apiscribe.diff.change import Change, Direction, Impact, change, gravest
from apiscribe.diff.kinds import UNIONS, Kind, is_part, kinds_of, paired
from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.errors import shown

Pair = tuple[Node, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Local:
    """The differences of two schemas without those behind references, and the pairs of schemas behind them."""

    changes: tuple[Change, ...]
    links: tuple[Pair, ...]


class SchemaComparison:
    """Compares schemas of two documents; a pair of schemas that many operations use is compared once."""

    def __init__(self, old: Resolver, new: Resolver) -> None:
        self._resolvers = (old, new)
        self._known: dict[tuple[Node, Node, Direction], _Local] = {}

    def compare(self, old: Node | None, new: Node | None, direction: Direction) -> tuple[Change, ...]:
        """Find the differences between two schemas and all that they refer to; no schema allows every value."""
        if old is None or new is None:
            only = new or old
            if only is None:
                return ()
            impact = direction.narrower if old is None else direction.wider
            return (change(impact, "a schema is stated now" if old is None else "no schema is stated any more", only),)
        found: dict[Change, None] = {}
        seen: set[Pair] = set()
        waiting = [(old, new)]
        while waiting:
            pair = waiting.pop()
            if pair not in seen:
                seen.add(pair)
                local = self._local(*pair, direction)
                found.update(dict.fromkeys(local.changes))
                waiting.extend(local.links)
        return gravest(found)

    def _local(self, old: Node, new: Node, direction: Direction) -> _Local:
        key = (old, new, direction)
        if key not in self._known:
            walk = _Walk(*self._resolvers, direction)
            walk.schema(old, new)
            self._known[key] = _Local(changes=tuple(walk.changes), links=tuple(walk.links))
        return self._known[key]


class _Walk:
    """One comparison of two schemas down to the references in them."""

    def __init__(self, old: Resolver, new: Resolver, direction: Direction) -> None:
        self._old = old
        self._new = new
        self._direction = direction
        self._compared: set[Pair] = set()
        self._worded: set[Pair] = set()
        self.changes: list[Change] = []
        self.links: list[Pair] = []

    def schema(self, old: Node, new: Node) -> None:
        """Compare two schemas where they are used."""
        if "$ref" in old and "$ref" in new:
            self._references(old, new)
            return
        old, new = self._old.follow(old), self._new.follow(new)
        if (old, new) in self._compared or self._is_inferred(old, new):
            return
        self._compared.add((old, new))
        before = len(self.changes)
        pairs, gone, came = paired(kinds_of(old), kinds_of(new))
        self._kinds(new, pairs, gone, came)
        if old.is_mapping and new.is_mapping:
            is_other = any(word in old for word in UNIONS) != any(word in new for word in UNIONS)
            self._keywords(old, new, notes_only=is_other)
        for one, other in pairs:
            if one.reference or other.reference:
                self.schema(one.node, other.node)
            elif (one.node, other.node) != (old, new):
                self._inner(one, other)
        if _says_inferred(old) and _says_inferred(new):
            self.changes[before:] = [_softened(item) for item in self.changes[before:]]

    def _inner(self, one: Kind, other: Kind) -> None:
        if one.name == other.name and one.node.is_mapping and other.node.is_mapping:
            # A list of types shares one node with its other members; a member of a union has its own.
            self._keywords(one.node, other.node, notes_only=False)

    def _references(self, old: Node, new: Node) -> None:
        self._keywords(old, new, notes_only=True)
        names = [(node.get("$ref") or node).string or "" for node in (old, new)]
        if names[0] != names[1]:
            was, now = (name.rpartition("/")[2] for name in names)
            self.changes.append(change(Impact.ADDITIVE, f"the schema is {shown(now)} now, was {shown(was)}", new))
        self.links.append((self._old.follow(old), self._new.follow(new)))

    def _is_inferred(self, old: Node, new: Node) -> bool:
        """Compare no further where only one side is stated by a page: an example is no contract."""
        before, now = _says_inferred(old), _says_inferred(new)
        if before == now:
            return False
        message = (
            "the schema is stated now, it was inferred" if before else "the schema is only inferred now, it was stated"
        )
        self.changes.append(change(Impact.ADDITIVE if before else Impact.BREAKING, message, new))
        return True

    def _kinds(self, node: Node, pairs: list[tuple[Kind, Kind]], gone: list[Kind], came: list[Kind]) -> None:
        for one, other in pairs:
            if one.name != other.name:
                opens = "enum" in (one.name, other.name) and self._direction is Direction.RESPONSE
                impact = self._direction.wider if is_part(one, other) else self._direction.narrower
                impact = Impact.ADDITIVE if opens else impact
                self.changes.append(change(impact, f"the type is {other.told} now, was {one.told}", node))
        if gone and came and [kind.name for kind in came] != ["null"] and [kind.name for kind in gone] != ["null"]:
            was, now = (", ".join(shown(kind.told) for kind in kinds) for kinds in (gone, came))
            self.changes.append(change(Impact.BREAKING, f"the type is {now} now, was {was}", node))
            return
        for kind in gone:
            message = (
                "null is not allowed any more" if kind.name == "null" else f"{shown(kind.told)} is not allowed any more"
            )
            self.changes.append(change(self._direction.narrower, message, node))
        for kind in came:
            message = "null is allowed now" if kind.name == "null" else f"{shown(kind.told)} is allowed now"
            self.changes.append(change(self._direction.wider, message, node))

    def _keywords(self, old: Node, new: Node, *, notes_only: bool) -> None:
        if (old, new) in self._worded:
            return
        self._worded.add((old, new))
        self.changes.extend(keywords.compare(old, new, self._direction, notes_only=notes_only))
        if not notes_only:
            self._properties(old, new)
            for word, what in (("items", "items are"), ("additionalProperties", "further fields are")):
                self._restriction(old, new, word, what)
            self._all_of(old, new)

    def _properties(self, old: Node, new: Node) -> None:
        before, now = _fields(old, self._direction), _fields(new, self._direction)
        was, demanded = _names(old), _names(new)
        for name, node in before.items():
            if name not in now:
                self.changes.append(change(Impact.BREAKING, f"field {shown(name)} is gone", node))
        for name, node in now.items():
            if name not in before:
                is_breaking = name in demanded and self._direction is Direction.REQUEST
                impact = Impact.BREAKING if is_breaking else Impact.ADDITIVE
                said = "required" if name in demanded else "optional"
                self.changes.append(change(impact, f"field {shown(name)} is new, {said}", node))
                continue
            if (name in was) != (name in demanded):
                impact = self._direction.narrower if name in demanded else self._direction.wider
                said = "required now" if name in demanded else "optional now, was required"
                self.changes.append(change(impact, f"field {shown(name)} is {said}", node))
            self.schema(before[name], node)

    def _restriction(self, old: Node, new: Node, word: str, what: str) -> None:
        one, other = old.get(word), new.get(word)
        if one is not None and other is not None:
            self.schema(one, other)
        elif other is not None and other.plain not in (True, {}):
            said = "not allowed any more" if other.plain is False else "restricted now"
            self.changes.append(change(self._direction.narrower, f"{what} {said}", other))
        elif one is not None and one.plain not in (True, {}):
            said = "allowed now" if one.plain is False else "not restricted any more"
            self.changes.append(change(self._direction.wider, f"{what} {said}", one))

    def _all_of(self, old: Node, new: Node) -> None:
        before, now = ((node.get("allOf") or node).elements() for node in (old, new))
        for one, other in zip(before, now, strict=False):
            self.schema(one, other)
        for extra in now[len(before) :]:
            self.changes.append(change(self._direction.narrower, "a part of allOf is new", extra))
        for missing in before[len(now) :]:
            self.changes.append(change(self._direction.wider, "a part of allOf is gone", missing))


def _fields(node: Node, direction: Direction) -> dict[str, Node]:
    """List the properties that go in a direction."""
    members = node.get("properties")
    other_way = "readOnly" if direction is Direction.REQUEST else "writeOnly"
    found = members.items() if members is not None else ()
    return {name: child for name, child in found if (child.get(other_way) or child).plain is not True}


def _names(node: Node) -> set[str]:
    return {item.string or "" for item in (node.get("required") or ()) if item.string}


def _says_inferred(node: Node) -> bool:
    stated = node.get("x-inferred")
    return stated is not None and stated.plain is True


def _softened(item: Change) -> Change:
    return replace(item, impact=Impact.ADDITIVE) if item.impact is Impact.BREAKING else item

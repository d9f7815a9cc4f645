"""Documents against documents: what they say as a whole, their operations one by one, and schemas that none uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from apiscribe.diff.change import Change, Direction, Impact, change, gravest, impact_of, told
from apiscribe.diff.operations import Operation, OperationsComparison, operations_of, paired
from apiscribe.document.node import Document, Node, Plain
from apiscribe.document.resolve import Resolver
from apiscribe.errors import shown

_BREAKING_INFO = frozenset({"x-service", "x-environment-prefix"})
_LIFECYCLE_INFO = frozenset({"x-api-status", "x-supported-until"})
_UNSIGNED = frozenset({"vectors", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two documents to compare, with what follows its references."""

    document: Document
    resolver: Resolver


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationComparison:
    """One operation of two documents: as it was, as it is, either of them absent, and the changes between."""

    old: Operation | None
    new: Operation | None
    changes: tuple[Change, ...]

    @property
    def call(self) -> str:
        """Name the operation as it is called now, or was called last."""
        operation = self.new or self.old
        return operation.call if operation is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All differences of two documents: those of operations, and those that concern the whole document."""

    whole: tuple[Change, ...]
    operations: tuple[OperationComparison, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """List every change once, the gravest first."""
        return gravest([*self.whole, *(item for operation in self.operations for item in operation.changes)])

    @property
    def impact(self) -> Impact | None:
        """Give the gravest impact; None if nothing changed."""
        return impact_of(self.changes)


def compare(old: Side, new: Side) -> Comparison:
    """Find every difference between two documents that were loaded and checked."""
    comparing = OperationsComparison(old.resolver, new.resolver)
    pairs, gone, came = paired(operations_of(old.resolver), operations_of(new.resolver))
    found = []
    for one, other in pairs:
        changes = [*comparing.compare(one, other), *_security(one, other, old, new)]
        found.append(OperationComparison(old=one, new=other, changes=gravest(changes)))
    for one in gone:
        removed = change(Impact.BREAKING, f"operation {shown(one.call)} is gone", one.node)
        found.append(OperationComparison(old=one, new=None, changes=(removed,)))
    for one in came:
        added = change(Impact.ADDITIVE, f"operation {shown(one.call)} is new", one.node)
        found.append(OperationComparison(old=None, new=one, changes=(added,)))
    roots = (old.document.root, new.document.root)
    whole = [*_info(*roots), *_servers(*roots), *_others(*roots), *_unused(old, new, comparing)]
    return Comparison(whole=gravest(whole), operations=tuple(found))


def _info(old: Node, new: Node) -> Iterator[Change]:
    before, now = old.get("info"), new.get("info")
    if before is None or now is None:
        return
    for word in _differing(before, now):
        node = now.get(word) or before.get(word) or now
        impact = Impact.BREAKING if word in _BREAKING_INFO else Impact.EDITORIAL
        impact = Impact.ADDITIVE if word in _LIFECYCLE_INFO else impact
        says_how = impact is not Impact.EDITORIAL or word in ("title", "version")
        yield change(impact, _now(word, before.get(word), now.get(word)) if says_how else f"{word} differs", node)


def _others(old: Node, new: Node) -> Iterator[Change]:
    for word in _differing(old, new):
        if word not in ("info", "servers", "security", "paths", "components"):
            node = new.get(word) or old.get(word) or new
            yield change(Impact.EDITORIAL, f"{word} differs", node)


def _differing(old: Node, new: Node) -> list[str]:
    words = dict.fromkeys([*old.keys(), *new.keys()])
    return [word for word in words if _plain(old.get(word)) != _plain(new.get(word))]


def _servers(old: Node, new: Node) -> Iterator[Change]:
    before = {_text(server, "url"): server for server in old.get("servers") or ()}
    now = {_text(server, "url"): server for server in new.get("servers") or ()}
    for url, server in before.items():
        if url not in now:
            yield change(Impact.BREAKING, f"server {shown(url)} is gone", server)
        else:
            yield from _variables(server, now[url])
            yield from _allowed(server, now[url])
    for url, server in now.items():
        if url not in before:
            yield change(Impact.ADDITIVE, f"server {shown(url)} is new", server)


def _variables(old: Node, new: Node) -> Iterator[Change]:
    before, now = (dict((one.get("variables") or one).items()) for one in (old, new))
    for name in (name for name in before if name in now and "variables" in old and "variables" in new):
        one, other = before[name], now[name]
        if _text(one, "default") != _text(other, "default"):
            yield change(Impact.BREAKING, _now("default", one.get("default"), other.get("default")), other)
        values, others = ([item.string for item in node.get("enum") or ()] for node in (one, other))
        for value in values:
            if others and value not in others:
                yield change(Impact.BREAKING, f"{shown(name)} {told(value)} is not allowed any more", other)
        for value in others:
            if values and value not in values:
                yield change(Impact.ADDITIVE, f"{shown(name)} {told(value)} is allowed now", other)


def _allowed(old: Node, new: Node) -> Iterator[Change]:
    before, now = ([item.plain for item in node.get("x-allowed") or ()] for node in (old, new))
    node = new.get("x-allowed") or new
    for pair in before:
        if now and pair not in now:
            yield change(Impact.BREAKING, f"server at {_pair(pair)} is gone", node)
    for pair in now:
        if before and pair not in before:
            yield change(Impact.ADDITIVE, f"server at {_pair(pair)} is new", node)


def _pair(pair: Plain) -> str:
    return shown(", ".join(f"{name} {value}" for name, value in pair.items()) if isinstance(pair, dict) else pair)


def _security(one: Operation, other: Operation, old: Side, new: Side) -> Iterator[Change]:
    before, now = ([item.plain for item in operation.security or ()] for operation in (one, other))
    node = other.security or other.node
    for alternative in before:
        # Callers that sign stay welcome where nothing is asked for any more.
        if alternative not in now and now and {} not in now:
            yield change(Impact.BREAKING, f"security {_schemes(alternative)} is not accepted any more", node)
    for alternative in now:
        if alternative not in before:
            is_new_demand = not before or {} in before
            impact = Impact.BREAKING if is_new_demand and {} not in now else Impact.ADDITIVE
            yield change(
                impact, f"security {_schemes(alternative)} is {'needed' if is_new_demand else 'accepted'} now", node
            )
    if before and not now:
        yield change(Impact.ADDITIVE, "no security is needed any more", node)
    used = {name for alternative in before for name in (alternative if isinstance(alternative, dict) else ())}
    for name in sorted(used):
        yield from _scheme(name, old, new)


def _schemes(alternative: Plain) -> str:
    return shown(" with ".join(alternative) if isinstance(alternative, dict) and alternative else "none")


def _scheme(name: str, old: Side, new: Side) -> Iterator[Change]:
    one, other = (side.document.root.at(("components", "securitySchemes", name)) for side in (old, new))
    if one is None or other is None:
        return
    one, other = old.resolver.follow(one), new.resolver.follow(other)
    for word in _differing(one, other):
        node = other.get(word) or one.get(word) or other
        before, now = one.get(word), other.get(word)
        if word == "x-signing" and before is not None and now is not None:
            words = [inner for inner in _differing(before, now) if inner not in _UNSIGNED]
            if words:
                yield change(Impact.BREAKING, f"requests are signed otherwise: {', '.join(words)}", node)
            else:
                yield change(Impact.EDITORIAL, "the test vectors of the signing recipe differ", node)
        elif word == "description":
            yield change(Impact.EDITORIAL, "description differs", node)
        else:
            yield change(Impact.BREAKING, _now(word, before, now), node)


def _unused(old: Side, new: Side, comparing: OperationsComparison) -> Iterator[Change]:
    """Compare the schemas that no operation uses: no call meets them, so nothing about them breaks one."""
    before, now = _schemas(old), _schemas(new)
    used = {*_used(old), *_used(new)}
    for name in (name for name in before if name not in used and name not in now):
        yield change(Impact.ADDITIVE, f"schema {shown(name)}, which no operation uses, is gone", before[name])
    for name in (name for name in now if name not in used):
        if name not in before:
            yield change(Impact.ADDITIVE, f"schema {shown(name)}, which no operation uses, is new", now[name])
            continue
        for item in comparing.schemas.compare(before[name], now[name], Direction.RESPONSE):
            pointer = now[name].pointer
            if item.pointer.startswith((pointer, before[name].pointer)):
                yield replace(item, impact=Impact.ADDITIVE) if item.impact is Impact.BREAKING else item


def _schemas(side: Side) -> Mapping[str, Node]:
    found = side.document.root.at(("components", "schemas"))
    return dict(found.items()) if found is not None else {}


def _used(side: Side) -> Iterable[str]:
    """List the schemas that operations use, directly or through others."""
    root = side.document.root
    named = {node: name for name, node in _schemas(side).items()}
    waiting = [node for node in (root.get("paths"), root.at(("components", "parameters"))) if node is not None]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in named:
            yield named[node]
        if "$ref" in node:
            waiting.append(side.resolver.follow(node))
        waiting.extend(child for child in node if child.is_mapping or child.is_sequence)


def _now(word: str, one: Node | None, other: Node | None) -> str:
    if not all(node is None or not (node.is_mapping or node.is_sequence) for node in (one, other)):
        return f"{word} differs"
    was, now = (told(node.plain) if node is not None else "not given" for node in (one, other))
    return f"{word} is {now} now, was {was}"


def _plain(node: Node | None) -> Plain:
    return node.plain if node is not None else None


def _text(node: Node, word: str) -> str:
    value = node.get(word)
    return (value.string or "") if value is not None else ""

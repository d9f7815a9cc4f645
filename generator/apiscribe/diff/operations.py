"""Operations against operations: which is which of two documents, and what differs in parameters, bodies, responses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from apiscribe.diff.change import Change, Direction, Impact, change, told
from apiscribe.diff.keywords import is_editorial
from apiscribe.diff.schemas import SchemaComparison
from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.document.walk import operations_of as requests_of
from apiscribe.errors import shown

_VARIABLE = re.compile(r"\{[^{}]*\}")
# Names by which an operation is known again though it is called elsewhere now.
_NAMES = ("operationId", "x-slug", "x-display-name")
_BREAKING_WORDS = frozenset({"operationId", "x-python-name", "x-api-version", "servers"})
_LIFECYCLE_WORDS = frozenset({"deprecated", "x-api-status", "x-supported-until"})
_FEATURE_WORDS = frozenset({"x-pagination", "x-waiter", "callbacks", "links"})
_ELSEWHERE = frozenset({"parameters", "requestBody", "responses", "security", "servers"})
_SAID = frozenset({"summary", "description", "tags", "externalDocs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a document: how it is called, its node, that of its path, and what its security is."""

    method: str
    path: str
    node: Node
    item: Node
    security: Node | None

    @property
    def call(self) -> str:
        """Name the operation in a message."""
        return f"{self.method.upper()} {self.path}"

    @property
    def of_servers(self) -> Node:
        """The node whose servers the operation has: its own, or that of its path."""
        return self.node if len(self.node.get("servers") or ()) else self.item

    def named(self, word: str) -> str:
        """Give a name of the operation, or nothing."""
        node = self.node.get(word)
        return (node.string or "") if node is not None else ""


def operations_of(resolver: Resolver) -> list[Operation]:
    """List the operations of a document in its order."""
    root = resolver.document.root
    paths, inherited = root.get("paths"), root.get("security")
    found = []
    for path, entry in paths.items() if paths is not None else ():
        if path.startswith("x-"):
            continue
        item = resolver.follow(entry)
        for method, node in requests_of(item):
            own = node.get("security")
            security = own if own is not None else inherited
            found.append(Operation(method=method, path=path, node=node, item=item, security=security))
    return found


def paired(
    old: list[Operation], new: list[Operation]
) -> tuple[list[tuple[Operation, Operation]], list[Operation], list[Operation]]:
    """Match operations: by method and path, by path but for the names of its variables, then by their names."""
    pairs: list[tuple[Operation, Operation]] = []
    gone, came = list(old), list(new)
    keys: list[Callable[[Operation], str]] = [
        lambda one: f"{one.method} {one.path}",
        lambda one: f"{one.method} {_VARIABLE.sub('{}', one.path)}",
        *(partial(Operation.named, word=word) for word in _NAMES),
    ]
    for key in keys:
        waiting: dict[str, list[Operation]] = {}
        for one in came:
            waiting.setdefault(key(one), []).append(one)
        for one in list(gone):
            fitting = waiting.get(key(one)) if key(one) else None
            if fitting:
                other = fitting.pop(0)
                pairs.append((one, other))
                gone.remove(one)
                came.remove(other)
    return pairs, gone, came


class OperationsComparison:
    """Compares pairs of operations of two documents."""

    def __init__(self, old: Resolver, new: Resolver) -> None:
        self._old = old
        self._new = new
        self.schemas = SchemaComparison(old, new)

    def compare(self, old: Operation, new: Operation) -> Iterator[Change]:
        """Find every difference between two versions of an operation, and in the schemas they use."""
        yield from _moved(old, new)
        yield from _words(old.node, new.node)
        if "servers" in old.of_servers or "servers" in new.of_servers:
            yield from _word("servers", old.of_servers, new.of_servers)
        yield from self._parameters(old, new)
        yield from self._bodies(old.node.get("requestBody"), new.node.get("requestBody"))
        yield from self._responses(old.node, new.node)

    def _parameters(self, old: Operation, new: Operation) -> Iterator[Change]:
        before, now = parameters_of(old, self._old), parameters_of(new, self._new)
        renamed = dict(zip(_VARIABLE.findall(old.path), _VARIABLE.findall(new.path), strict=False))
        for (location, name), node in before.items():
            there = (location, renamed.get(f"{{{name}}}", name).strip("{}") if location == "path" else name)
            if there not in now and (location, name) not in now:
                yield change(Impact.BREAKING, f"{location} parameter {shown(name)} is gone", node)
                continue
            key = there if there in now else (location, name)
            other = now.pop(key)
            if key[1] != name:
                message = f"path parameter {shown(name)} is called {shown(key[1])} now"
                yield change(Impact.BREAKING, message, other)
            yield from self._parameter(node, other, f"{location} parameter {shown(key[1])}")
        for (location, name), node in now.items():
            demanded = _is_true(node, "required")
            said = "required" if demanded else "optional"
            impact = Impact.BREAKING if demanded else Impact.ADDITIVE
            yield change(impact, f"{location} parameter {shown(name)} is new, {said}", node)

    def _parameter(self, old: Node, new: Node, what: str) -> Iterator[Change]:
        was, demanded = _is_true(old, "required"), _is_true(new, "required")
        if was != demanded:
            said = "required now" if demanded else "optional now, was required"
            yield change(Impact.BREAKING if demanded else Impact.ADDITIVE, f"{what} is {said}", new)
        for word in dict.fromkeys([*old.keys(), *new.keys()]):
            if word not in ("required", "name", "in", "schema", "content"):
                yield from _word(word, old, new, prefix=f"{what}: ")
        yield from self.schemas.compare(old.get("schema"), new.get("schema"), Direction.REQUEST)
        yield from self._contents(old, new, Direction.REQUEST)

    def _bodies(self, old: Node | None, new: Node | None) -> Iterator[Change]:
        old = self._old.follow(old) if old is not None else None
        new = self._new.follow(new) if new is not None else None
        if old is None or new is None:
            if new is not None:
                demanded = _is_true(new, "required")
                said = "required" if demanded else "optional"
                yield change(Impact.BREAKING if demanded else Impact.ADDITIVE, f"a request body is new, {said}", new)
            elif old is not None:
                yield change(Impact.BREAKING, "the request body is gone", old)
            return
        was, demanded = _is_true(old, "required"), _is_true(new, "required")
        if was != demanded:
            said = "required now" if demanded else "optional now, was required"
            yield change(Impact.BREAKING if demanded else Impact.ADDITIVE, f"the request body is {said}", new)
        yield from _prose(old, new, skip=("required", "content"))
        yield from self._contents(old, new, Direction.REQUEST)

    def _responses(self, old: Node, new: Node) -> Iterator[Change]:
        before, now = (_members(node, "responses") for node in (old, new))
        for status, node in before.items():
            if status in now:
                yield from self._response(self._old.follow(node), self._new.follow(now[status]))
            else:
                # Callers take an error whatever its status; what they wait for is a success.
                impact = Impact.BREAKING if status.startswith("2") else Impact.ADDITIVE
                yield change(impact, f"response {shown(status)} is gone", node)
        for status, node in now.items():
            if status not in before:
                yield change(Impact.ADDITIVE, f"response {shown(status)} is new", node)

    def _response(self, old: Node, new: Node) -> Iterator[Change]:
        yield from _prose(old, new, skip=("content", "headers"))
        before, now = _members(old, "headers"), _members(new, "headers")
        for name, node in before.items():
            if name in now:
                one, other = self._old.follow(node), self._new.follow(now[name])
                yield from self.schemas.compare(one.get("schema"), other.get("schema"), Direction.RESPONSE)
            else:
                yield change(Impact.BREAKING, f"response header {shown(name)} is gone", node)
        for name, node in now.items():
            if name not in before:
                yield change(Impact.ADDITIVE, f"response header {shown(name)} is new", node)
        yield from self._contents(old, new, Direction.RESPONSE)

    def _contents(self, old: Node, new: Node, direction: Direction) -> Iterator[Change]:
        before, now = _members(old, "content"), _members(new, "content")
        for name, node in before.items():
            if name in now:
                one, other = self._old.follow(node), self._new.follow(now[name])
                yield from _prose(one, other, skip=("schema",))
                yield from self.schemas.compare(one.get("schema"), other.get("schema"), direction)
            else:
                yield change(Impact.BREAKING, f"media type {shown(name)} is gone", node)
        for name, node in now.items():
            if name not in before:
                yield change(Impact.ADDITIVE, f"media type {shown(name)} is new", node)


def parameters_of(operation: Operation, resolver: Resolver) -> dict[tuple[str, str], Node]:
    """List an operation's parameters, those of its path among them, by location and name."""
    found: dict[tuple[str, str], Node] = {}
    for holder in (operation.item, operation.node):
        for entry in holder.get("parameters") or ():
            node = resolver.follow(entry)
            location, name = ((node.get(word) or node).string or "" for word in ("in", "name"))
            found[location, name.lower() if location == "header" else name] = node
    return found


def _moved(old: Operation, new: Operation) -> Iterator[Change]:
    if (old.method, _VARIABLE.sub("{}", old.path)) != (new.method, _VARIABLE.sub("{}", new.path)):
        yield change(Impact.BREAKING, f"the operation is {shown(new.call)} now, was {shown(old.call)}", new.node)


def _words(old: Node, new: Node) -> Iterator[Change]:
    for word in dict.fromkeys([*old.keys(), *new.keys()]):
        if word not in _ELSEWHERE:
            yield from _word(word, old, new)


def _word(word: str, old: Node, new: Node, prefix: str = "") -> Iterator[Change]:
    one, other = old.get(word), new.get(word)
    if one is not None and other is not None and one.plain == other.plain:
        return
    node = other or one or new
    if word in _SAID or (is_editorial(word) and word not in _BREAKING_WORDS | _LIFECYCLE_WORDS | _FEATURE_WORDS):
        impact, message = Impact.EDITORIAL, f"{word} differs"
    elif word in _LIFECYCLE_WORDS or (word in _FEATURE_WORDS and one is None):
        impact, message = Impact.ADDITIVE, _now(word, one, other)
    else:
        impact, message = Impact.BREAKING, _now(word, one, other)
    yield change(impact, f"{prefix}{message}", node)


def _now(word: str, one: Node | None, other: Node | None) -> str:
    was = told(one.plain) if one is not None else "not given"
    now = told(other.plain) if other is not None else "not given"
    return f"{word} is {now} now, was {was}"


def _prose(old: Node, new: Node, *, skip: tuple[str, ...]) -> Iterator[Change]:
    for word in dict.fromkeys([*old.keys(), *new.keys()]):
        if word not in skip:
            yield from _word(word, old, new)


def _members(node: Node, word: str) -> Mapping[str, Node]:
    found = node.get(word)
    return dict(found.items()) if found is not None else {}


def _is_true(node: Node, word: str) -> bool:
    value = node.get(word)
    return value is not None and value.plain is True

"""Named schemas while a document is lowered: who refers to what, and what still has to be read."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from apiscribe.document.node import Node
from apiscribe.document.resolve import Resolver
from apiscribe.errors import Diagnostic
from apiscribe.naming import digest

MAX_MERGED = 250_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A named schema that was referred to or hoisted and is still to be lowered."""

    name: str
    node: Node
    is_family: bool = False


class Registry:
    """Gives every named schema of a document its key, in the order in which they are met."""

    def __init__(self, root: Node, resolver: Resolver) -> None:
        self.resolver = resolver
        self.diagnostics: list[Diagnostic] = []
        self._root = root
        self._names: dict[Node, str] = {}
        self._taken: set[str] = set()
        self._queue: deque[Pending] = deque()
        self._merged = 0
        self._meant: dict[Node, Node] = {}
        listed = root.at(("components", "schemas"))
        self._components = {self.meant(member): name for name, member in (listed.items() if listed is not None else ())}
        self._families: dict[Node, str] = {}

    def meant(self, node: Node) -> Node:
        """Give what a schema means: with a `$ref` and keywords that shape it, an allOf of both; any other, itself."""
        if not self.resolver.adds(node):
            return node
        if node not in self._meant:
            self._meant[node] = node.reference_apart()
        return self._meant[node]

    def follow(self, node: Node) -> Node:
        """Follow a chain of `$ref` to the schema that it means."""
        meant = self.meant(node) if "$ref" in node else node
        return meant if "$ref" not in meant else self.meant(self.resolver.follow(meant))

    def referred(self, node: Node) -> str:
        """Give the key of the schema that a `$ref` leads to."""
        target = self.follow(node)
        return self._names.get(target) or self._enter(self._name_of(target), target)

    def hoisted(self, node: Node, name: str) -> str:
        """Give a key to an object: a component's own name, or one such as `Parent/property` where no name is."""
        node = self.meant(node)
        return self._names.get(node) or self._enter(name, node)

    def family(self, node: Node) -> str:
        """Give the key of the union of a schema and all that extend it."""
        if node not in self._families:
            name = self._free(f"{self._name_of(node)}/any", node)
            self._families[node] = name
            self._queue.append(Pending(name=name, node=node, is_family=True))
        return self._families[node]

    def heirs(self, node: Node) -> list[Node]:
        """List the components that extend a schema with a discriminator of its own, at any distance, in document order.

        One with a choice of its own extends nobody: its members do.
        """
        return self._heirs.get(node, [])

    @cached_property
    def _heirs(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for component in self._components:
            for ancestor in self._ancestors(component):
                if "discriminator" in ancestor and "oneOf" not in ancestor and "anyOf" not in ancestor:
                    found.setdefault(ancestor, []).append(component)
        return found

    def _ancestors(self, node: Node) -> list[Node]:
        found: dict[Node, None] = {}
        waiting = [node]
        while waiting:
            parts = waiting.pop().get("allOf")
            for part in parts.elements() if parts is not None else ():
                target = self.follow(part)
                if target not in found and target is not node:
                    found[target] = None
                    waiting.append(target)
        return list(found)

    def component(self, node: Node) -> str:
        """Give the name of a schema that stands in the document's own components; empty for any other."""
        return self._components.get(node, "")

    def pending(self) -> Pending | None:
        """Take the next schema that is to be lowered."""
        return self._queue.popleft() if self._queue else None

    def spend(self, count: int, node: Node) -> None:
        """Count what is merged into others: a chain of allOf can make a large program of a small document.

        Raises:
            ApiscribeError: it is more than any document needs.
        """
        self._merged += count
        if self._merged > MAX_MERGED:
            message = f"allOf brings together more than {MAX_MERGED} parts and properties"
            raise node.refusal("schema.size", message)

    def _enter(self, name: str, node: Node) -> str:
        unique = self._free(name, node)
        self._names[node] = unique
        self._queue.append(Pending(name=unique, node=node))
        return unique

    def _free(self, name: str, node: Node) -> str:
        unique = name if name not in self._taken else f"{name}/{digest(f'{self._file(node)}#{node.pointer}')}"
        self._taken.add(unique)
        return unique

    def _file(self, node: Node) -> str:
        # As seen from the document, so that names do not depend on where it lies; empty for the document itself.
        while node.parent is not None:
            node = node.parent
        folder = dirname(self._root.file)
        return "" if node is self._root else node.file.removeprefix(f"{folder}/" if folder else "")

    def _name_of(self, node: Node) -> str:
        if name := self.component(node):
            return name
        stem = self._file(node).rpartition("/")[2].partition(".")[0]
        last = str(node.path[-1]) if node.path else ""
        return f"{last or stem}/"

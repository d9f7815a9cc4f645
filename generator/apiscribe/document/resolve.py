"""References: a node that holds `$ref` comes in, the object it leads to goes out, never from outside the folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote, urljoin

from apiscribe.document.anchors import ANCHOR, Path, anchors_of, base_of, embedded_in, identifiers_of
from apiscribe.document.fields import SECTIONS, kind_at
from apiscribe.document.load import load
from apiscribe.document.node import Document, Node, path_of, pointer_of
from apiscribe.document.scalars import Limits
from apiscribe.errors import ApiscribeError, Diagnostic, shown

Reader = Callable[[str], bytes]

_PARTS = (("components",), ("paths",), ("webhooks",))
MAX_FILES = 2_000
MAX_REFERENCE = 2_000
MAX_CHAIN = 100
_COMPONENT = re.compile(r"[A-Za-z0-9._-]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\?]")


_SHAPING = frozenset({
    "properties", "required", "allOf", "oneOf", "anyOf", "enum", "const", "additionalProperties", "patternProperties",
    "unevaluatedProperties", "dependentRequired", "minProperties", "maxProperties",
})  # fmt: skip


def _is_shaping(member: tuple[str, Node]) -> bool:
    key, value = member
    return key in _SHAPING and not (key == "required" and not value.is_sequence)  # that of a parameter is a flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a reference leads: the document, the pointer in it, and the node."""

    document: Document
    pointer: str
    node: Node


class Resolver:
    """Follows references inside a document and into the files below its folder, each file read once."""

    def __init__(self, document: Document, reader: Reader | None = None, limits: Limits | None = None) -> None:
        self.document = document
        self._reader = reader
        self._limits = limits or Limits()
        self._budget = self._limits.size
        self._own_name = basename(document.file)
        stated = document.root.get("$self")
        self._address = stated.string or "" if stated is not None else ""
        self._files: dict[str, Document] = {self._own_name: document}
        self._names: dict[Node, str] = {document.root: self._own_name}
        self._targets: dict[Node, Target] = {}
        self._anchors: dict[str, dict[str, list[Path]]] = {}
        self._identifiers: dict[str, dict[str, Path]] = {}
        self._broken: dict[Node, tuple[Diagnostic, ...]] = {}
        stated = document.root.get("openapi")
        self._has_siblings = stated is not None and not (stated.string or "").startswith("3.0")

    @property
    def documents(self) -> tuple[Document, ...]:
        """The document and every further file that a reference has led to so far."""
        return tuple(self._files.values())

    def follow(self, node: Node, kind: str | None = None) -> Node:
        """Follow a chain of `$ref` to the object at its end; a node without `$ref` is its own end.

        Raises:
            ApiscribeError: at the reference, if it leads outside, nowhere, to itself, or to another kind.
        """
        return node if "$ref" not in node else self.target(node, kind).node

    def target(self, node: Node, kind: str | None = None) -> Target:
        """Find the end of a chain of `$ref`, with its document and pointer.

        Raises:
            ApiscribeError: at the reference, if it leads outside, nowhere, to itself, or to another kind.
        """
        target = self._targets.get(node) or self._end_of(node, set())
        if kind is not None:
            _require_kind(node, target, kind)
        return target

    def _end_of(self, node: Node, seen: set[Node]) -> Target:
        """Follow references one by one; what one chain taught, its end or its fault, holds for every member of it."""
        chain: list[Node] = []
        try:
            while "$ref" in node and node not in self._targets and not (chain and self.adds(node)):
                if node in self._broken:
                    raise ApiscribeError(self._broken[node])
                self._refuse_endless(node, seen)
                seen.add(node)
                chain.append(node)
                node = self._step(node, seen)
        except ApiscribeError as error:
            self._broken.update(dict.fromkeys(chain, error.diagnostics))
            raise
        target = None if chain and self.adds(node) else self._targets.get(node)
        if target is None:
            target = Target(document=self._files[self._name_of(node)], pointer=node.pointer, node=node)
        self._targets.update(dict.fromkeys(chain, target))
        return target

    def adds(self, node: Node) -> bool:
        """Tell whether keywords beside a `$ref` shape the schema with it, as they do from OpenAPI 3.1 on."""
        return self._has_siblings and len(node) > 1 and "$ref" in node and any(map(_is_shaping, node.items()))

    def _refuse_endless(self, node: Node, seen: set[Node]) -> None:
        if node in seen:
            raise _at(node).refusal("reference.cycle", f"the reference '{_written(node)}' leads only to itself")
        if len(seen) >= MAX_CHAIN:
            raise _at(node).refusal("reference.chain", f"a chain of more than {MAX_CHAIN} references")

    def named_schema(self, place: Node) -> Node:
        """Find the schema that a discriminator's mapping names: by a component's name, or by a reference.

        Raises:
            ApiscribeError: at the place, if there is none.
        """
        written = place.string or ""
        if _COMPONENT.fullmatch(written):
            found = self.document.root.at(("components", "schemas", written))
            if found is not None:
                return self.follow(found, "schema")
            if not written.endswith((".yaml", ".yml", ".json")):
                raise place.refusal("reference.dangling", f"there is no schema '{shown(written)}'")
        end = self._end_of(self._lookup(place, written, set()), set()).node
        if end.is_mapping or isinstance(end.plain, bool):
            return end
        raise place.refusal("reference.kind", f"'{shown(written)}' leads to no schema")

    def _step(self, node: Node, seen: set[Node]) -> Node:
        """Follow one `$ref`."""
        place = _at(node)
        if not isinstance(place.plain, str):
            raise place.refusal("reference.mangled", "a reference is text")
        return self._lookup(place, place.plain, seen)

    def _lookup(self, place: Node, written: str, seen: set[Node]) -> Node:
        """Find what a reference names that is written at a place."""
        if len(written) > MAX_REFERENCE:
            raise place.refusal("reference.mangled", f"a reference is longer than {MAX_REFERENCE} characters")
        file, _, fragment = written.partition("#")
        named, path = self._identified(place, file) if file else None, path_of(fragment, percent=True)
        if named is not None and path is not None:
            return self._walk(self._files[self._name_of(named)], path, place, seen, named)
        document = self._open(self._locate(place, file), place)
        around = None if file or path is None else embedded_in(place, path)
        if around is not None and path is not None:
            return self._walk(document, path, place, seen, around)
        if ANCHOR.fullmatch(fragment):
            return self._anchored(document, fragment, place)
        if path is None or "#" in fragment:
            example = "one looks like '#/components/schemas/Name'"
            raise place.refusal("reference.mangled", f"'#{shown(fragment)}' is no JSON pointer; {example}")
        return self._walk(document, path, place, seen)

    def _identified(self, place: Node, file: str) -> Node | None:
        """Find the schema of the same document whose `$id` is meant."""
        name = self._name_of(place)
        document = self._files[name]
        address = self._address if name == self._own_name else ""
        if name not in self._identifiers:
            self._identifiers[name] = identifiers_of(document, address)
        known = self._identifiers[name]
        try:
            wanted = urljoin(base_of(place, address), file) if known else ""
        except ValueError:
            return None
        return document.root.at(known[wanted]) if wanted in known else None

    def _anchored(self, document: Document, name: str, place: Node) -> Node:
        """Find the schema with an `$anchor`, each document looked through once."""
        if document.file not in self._anchors:
            self._anchors[document.file] = anchors_of(document)
        places = self._anchors[document.file].get(name, [])
        node = document.root.at(places[0]) if len(places) == 1 else None
        if node is None:
            fault = f"there are {len(places)} schemas with" if places else "no schema has"
            wrong = f"'#{shown(name)}' is no JSON pointer such as '#/components/schemas/Name', and {fault} that $anchor"
            raise place.refusal("reference.mangled", wrong)
        return node

    def _walk(
        self, document: Document, path: tuple[str, ...], place: Node, seen: set[Node], start: Node | None = None
    ) -> Node:
        node = start or document.root
        for step in path:
            found = node.at((step,))
            if found is None and "$ref" in node:  # the pointer goes through another reference
                node = self._end_of(node, seen).node
                found = node.at((step,))
            if found is None:
                nowhere = (
                    f"the reference '{_shown(place)}' leads nowhere: no '{shown(step)}' in {_name(node, document)}"
                )
                raise place.refusal("reference.dangling", nowhere)
            node = found
        return node

    def _name_of(self, node: Node) -> str:
        while node.parent is not None:
            node = node.parent
        return self._names[node]

    def _locate(self, place: Node, file: str) -> str:
        """Turn the file part of a reference into a path below the document's folder."""
        own = self._name_of(place)
        if not file:
            return own
        if file == self._address:
            return self._own_name
        folder = self._address.rpartition("/")[0]
        if folder and file.startswith(f"{folder}/"):  # what lies beside the address of a document lies beside its file
            own, file = self._own_name, file.removeprefix(f"{folder}/")
        try:
            path = unquote(file, errors="strict")
        except UnicodeDecodeError:
            raise place.refusal("reference.mangled", f"'{shown(file)}' is no file name") from None
        if _SCHEME.match(path) or path.startswith("//"):
            raise place.refusal(
                "reference.outside", f"'{shown(path)}' is an address; only files below this folder are read"
            )
        if _UNSAFE.search(path) or path.endswith("/"):
            raise place.refusal("reference.mangled", f"'{shown(path)}' is no file name")
        normal = normpath(join(dirname(own), path))
        if path.startswith("/") or normal == ".." or normal.startswith("../"):
            raise place.refusal("reference.outside", f"'{shown(path)}' is outside the document's folder")
        return normal

    def _open(self, name: str, place: Node) -> Document:
        known = self._files.get(name)
        if known is not None:
            return known
        if self._reader is None:
            raise place.refusal("reference.outside", f"'{shown(name)}' is another file, and none are read here")
        if len(self._files) >= MAX_FILES:
            raise place.refusal("reference.files", f"more than {MAX_FILES} files")
        data = self._read(self._reader, name, place)
        self._budget -= len(data)
        if self._budget < 0:
            raise place.refusal("document.size", "the files of this document are too large together")
        document = load(data, file=join(dirname(self.document.file), name), limits=self._limits)
        self._files[name] = document
        self._names[document.root] = name
        return document

    def _read(self, reader: Reader, name: str, place: Node) -> bytes:
        try:
            return reader(name)
        except ApiscribeError as error:
            reasons = "; ".join(diagnostic.message for diagnostic in error.diagnostics)
            raise place.refusal("reference.unreadable", f"'{shown(name)}' {reasons}") from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise place.refusal("reference.unreadable", f"'{shown(name)}' cannot be read: {reason}") from error


def _at(node: Node) -> Node:
    """The node that holds the reference's text, whose line a message should name."""
    return node.get("$ref") or node


def _shown(place: Node) -> str:
    return shown(place.plain)


def _written(node: Node) -> str:
    return _shown(_at(node))


def _name(node: Node, document: Document) -> str:
    return node.pointer or f"the root of {shown(basename(document.file))}"


def _require_kind(node: Node, target: Target, kind: str) -> None:
    """Refuse a target that is no object, or that stands among the components of another kind."""
    found = target.node
    if not found.is_mapping and not (kind == "schema" and isinstance(found.plain, bool)):
        raise _at(node).refusal(
            "reference.kind", f"the reference '{_written(node)}' leads to no {kind}, but to a value"
        )
    path = found.path
    stated = kind_at(path) if path[:1] in _PARTS or "openapi" in target.document.root else None
    if stated not in (None, kind) and not is_lent(kind, stated, path):
        wrong = f"the reference '{_written(node)}' should lead to a {kind}, not to {_stated(path, stated)}"
        raise _at(node).refusal("reference.kind", f"{wrong}; name a {kind}, such as {_example(kind)}")


def is_lent(kind: str, stated: str | None, path: Path) -> bool:
    """Whether a schema is asked for where an operation has a parameter: a real fault, read as any value."""
    return kind == "schema" and stated == "parameter" and path[:1] == ("paths",)


def _stated(path: Path, kind: str | None) -> str:
    place = pointer_of(path) or "the root"
    return place if kind in (None, "value", "document") else f"{place}, which is of the kind {kind}"


def _example(kind: str) -> str:
    return f"'#/components/{SECTIONS[kind]}/Name'"

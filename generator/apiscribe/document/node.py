"""Nodes of a document: a plain value goes in with the marks of its text, and comes out knowing its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from apiscribe.errors import ApiscribeError, Diagnostic, Origin, Severity, refusal

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"
Value: TypeAlias = "dict[str, Node] | list[Node] | str | int | float | bool | None"
Mark: TypeAlias = "int | Noted | Branch | Foreign"
_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"~(?![01])")


class Noted(NamedTuple):
    """The mark of a scalar whose source text is not the canonical text of its value, such as `~` or `1.10`."""

    offset: int
    text: str


class Branch(NamedTuple):
    """The mark of a mapping or sequence: its offset, and the marks of its members in their order."""

    offset: int
    children: Sequence[Mark]


class Foreign(NamedTuple):
    """The mark of a member that another file brought in, an overlay for instance."""

    source: Source
    mark: Mark


class Source:
    """A file's name and text, from which lines and columns are computed when somebody asks for them."""

    def __init__(self, file: str, text: str, *, keeps_text: bool = True) -> None:
        self.file = file
        self.text = text
        self.keeps_text = keeps_text  # YAML writes `1.0` where a string is meant; in JSON a number is a number

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def origin(self, offset: int, pointer: str | None = None) -> Origin:
        """Turn an offset into the file's text into a line and a column, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return Origin(file=self.file, line=line, column=offset - self._starts[line - 1] + 1, pointer=pointer)


class Excerpt(Source):
    """A piece of a file's text, which knows the line and column of the file at which it begins."""

    def __init__(self, file: str, text: str, *, line: int, column: int, keeps_text: bool = True) -> None:
        super().__init__(file, text, keeps_text=keeps_text)
        self._before = (line - 1, column - 1)

    def origin(self, offset: int, pointer: str | None = None) -> Origin:
        """Turn an offset into the piece into a line and a column of the file."""
        found = super().origin(offset, pointer)
        lines, columns = self._before
        column = (found.column or 0) + (columns if found.line == 1 else 0)
        return Origin(file=self.file, line=(found.line or 0) + lines, column=column, pointer=pointer)


class Node:
    """One value of a document: its kind, its members as nodes, its source text and its origin.

    `plain` is the same value without places; it is shared, and never changed by anyone.
    """

    __slots__ = ("_children", "_mark", "_source", "key", "parent", "plain")

    def __init__(
        self, plain: Plain, mark: Mark, source: Source, parent: Node | None = None, key: str | int = ""
    ) -> None:
        while isinstance(mark, Foreign):
            source, mark = mark
        self.plain = plain
        self.parent = parent
        self.key = key
        self._mark = mark
        self._source = source
        self._children: dict[str, Node] | list[Node] | None = None

    def __repr__(self) -> str:
        return f"Node({self.pointer!r})"

    @property
    def mark(self) -> Foreign:
        """The mark of this node, together with the file that it belongs to."""
        return Foreign(self._source, self._mark)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.plain, dict)

    @property
    def is_sequence(self) -> bool:
        """Whether this is a sequence."""
        return isinstance(self.plain, list)

    @property
    def is_string(self) -> bool:
        """Whether this is a string, as YAML 1.2 and JSON understand it."""
        return isinstance(self.plain, str)

    @property
    def value(self) -> Value:
        """The members as nodes for a mapping or sequence, else the scalar."""
        plain = self.plain
        if not isinstance(plain, (dict, list)):
            return plain
        if self._children is None:
            self._children = self._make(plain)
        return self._children

    def _make(self, plain: dict[str, Plain] | list[Plain]) -> dict[str, Node] | list[Node]:
        marks = self._mark.children if isinstance(self._mark, Branch) else ()
        source = self._source
        if isinstance(plain, dict):
            pairs = zip(plain.items(), marks, strict=True)
            return {key: Node(value, mark, source, self, key) for (key, value), mark in pairs}
        return [
            Node(value, mark, source, self, index) for index, (value, mark) in enumerate(zip(plain, marks, strict=True))
        ]

    @property
    def text(self) -> str | None:
        """A scalar as its source writes it (`1.10`, `0123`, `~`), or None for a mapping or sequence."""
        plain = self.plain
        if isinstance(plain, str):
            return plain
        if isinstance(plain, (dict, list)):
            return None
        return self._mark.text if isinstance(self._mark, Noted) else canonical(plain)

    @property
    def string(self) -> str | None:
        """The text where a string is expected: of a string, and in YAML of any plain scalar but null."""
        if isinstance(self.plain, str):
            return self.plain
        return self.text if self._source.keeps_text and self.plain is not None else None

    @property
    def path(self) -> tuple[str | int, ...]:
        """The keys and indices that lead from the root to this node."""
        keys: list[str | int] = []
        node = self
        while node.parent is not None:
            keys.append(node.key)
            node = node.parent
        return tuple(reversed(keys))

    @property
    def pointer(self) -> str:
        """The RFC 6901 JSON pointer of this node in its document."""
        return pointer_of(self.path)

    @property
    def origin(self) -> Origin:
        """The place of this node: the line of its key, or of the value itself in a sequence."""
        mark = self._mark
        return self._source.origin(mark if isinstance(mark, int) else offset_of(mark), self.pointer)

    @property
    def file(self) -> str:
        """The file that this node was read from."""
        return self._source.file

    @property
    def keeps_text(self) -> bool:
        """Whether the source is YAML, where a plain scalar stands for its text if a string is expected."""
        return self._source.keeps_text

    def get(self, key: str) -> Node | None:
        """Find a member of a mapping; anything else has none."""
        children = self._children
        if children is None:
            # Most questions are for keys that are not there: then no members are made.
            plain = self.plain
            if not isinstance(plain, dict) or key not in plain:
                return None
            children = self._children = self._make(plain)
        return children.get(key) if isinstance(children, dict) else None

    def keys(self) -> Sequence[str]:
        """List the keys of a mapping; anything else has none."""
        return tuple(self.plain) if isinstance(self.plain, dict) else ()

    def items(self) -> Sequence[tuple[str, Node]]:
        """List the members of a mapping with their keys; anything else has none."""
        value = self.value
        return tuple(value.items()) if isinstance(value, dict) else ()

    def elements(self) -> Sequence[Node]:
        """List the members of a sequence; anything else has none."""
        value = self.value
        return tuple(value) if isinstance(value, list) else ()

    def __iter__(self) -> Iterator[Node]:
        value = self.value
        return iter(tuple(value.values()) if isinstance(value, dict) else self.elements())

    def __contains__(self, key: object) -> bool:
        return isinstance(self.plain, dict) and key in self.plain

    def __bool__(self) -> bool:
        return True  # a node is there, however empty it is: `node.get(key) or other` means what it says

    def __len__(self) -> int:
        return len(self.plain) if isinstance(self.plain, (dict, list)) else 0

    def at(self, path: Sequence[str | int]) -> Node | None:
        """Walk down a path of keys and indices, or None where it leads nowhere."""
        node: Node | None = self
        for step in path:
            value = node.value if node is not None else None
            if isinstance(value, dict):
                node = value.get(str(step))
            elif isinstance(value, list):
                index = _index(step)
                node = value[index] if index is not None and index < len(value) else None
            else:
                return None
        return node

    def reference_apart(self) -> Node:
        """Give what a schema with a `$ref` and other keywords means: an allOf of the reference, and the others."""
        marks = {key: child.mark for key, child in self.items()}
        plain = self.plain if isinstance(self.plain, dict) else {}
        parts = self.get("allOf")
        inner = parts.elements() if parts is not None else ()
        rest = [key for key in plain if key not in ("$ref", "allOf")]
        offset = offset_of(self._mark)
        made: dict[str, Plain] = {
            "allOf": [{"$ref": plain["$ref"]}, *(part.plain for part in inner)],
            **{key: plain[key] for key in rest},
        }
        listed = Branch(offset, (Branch(offset, (marks["$ref"],)), *(part.mark for part in inner)))
        mark = Branch(offset, (listed, *(marks[key] for key in rest)))
        return Node(made, mark, self._source, self.parent, self.key)

    def error(self, rule: str, message: str) -> Diagnostic:
        """Make an error at this place."""
        return Diagnostic(rule=rule, message=message, origin=self.origin)

    def warning(self, rule: str, message: str, kind: str = "") -> Diagnostic:
        """Make a warning at this place; `kind` is the message without what is particular to the place."""
        return Diagnostic(rule=rule, message=message, origin=self.origin, severity=Severity.WARNING, kind=kind)

    def refusal(self, rule: str, message: str) -> ApiscribeError:
        """Make the exception for an error at this place."""
        return refusal(rule, message, self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that was loaded: the file it came from and its root."""

    file: str
    root: Node


def offset_of(mark: Mark) -> int:
    """Give the offset of a mark in the text that it belongs to."""
    while isinstance(mark, Foreign):
        mark = mark.mark
    return mark if isinstance(mark, int) else mark.offset


def _index(step: str | int) -> int | None:
    if isinstance(step, int):
        return step if step >= 0 else None
    digits = step.isascii() and step.isdigit() and len(step) < 10 and (step == "0" or step[0] != "0")
    return int(step) if digits else None


def canonical(value: str | int | float | bool | None) -> str:
    """Write a scalar as JSON would.

    >>> [canonical(value) for value in (None, True, 1.5, "a")]
    ['null', 'true', '1.5', 'a']
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def pointer_of(path: Sequence[str | int]) -> str:
    """Write a path as an RFC 6901 JSON pointer.

    >>> pointer_of(("paths", "/a~b", "get", 0))
    '/paths/~1a~0b/get/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def path_of(pointer: str, *, percent: bool = False) -> tuple[str, ...] | None:
    """Read an RFC 6901 JSON pointer, percent-encoded if it stood in a reference; None if it is mangled.

    >>> path_of("/paths/~1a~0b/get")
    ('paths', '/a~b', 'get')
    >>> path_of("/a%2Fb", percent=True)
    ('a', 'b')
    >>> path_of("/a~2") is None
    True
    """
    if percent:
        try:
            pointer = unquote(pointer, errors="strict") if "%" in pointer else pointer
        except UnicodeDecodeError:
            return None
    if not pointer:
        return ()
    if not pointer.startswith("/") or _ESCAPE.search(pointer):
        return None
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))


def objects_in(plain: Plain) -> Iterator[dict[str, Plain]]:
    """Give every object of a plain value, however deep.

    >>> list(objects_in([{"a": [{"b": 1}]}]))
    [{'a': [{'b': 1}]}, {'b': 1}]
    """
    stack = [plain]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
            yield value


def to_plain(node: Node) -> Plain:
    """Copy a node's value without places: dictionaries, lists and scalars that the caller may change."""
    return _copied(node.plain)


def _copied(plain: Plain) -> Plain:
    # The depth of a loaded document is bounded, so this recursion is as well.
    if isinstance(plain, dict):
        return {key: _copied(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_copied(value) for value in plain]
    return plain

"""YAML text comes in as parser events, one plain value with the marks of its text goes out, within budgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from apiscribe.document.node import Branch, Mark, Noted, Plain, Source, canonical, pointer_of
from apiscribe.document.scalars import NULLS, Limits, NumberError, Scalar, finite, plain_scalar
from apiscribe.errors import refusal, shown

_TAG = "tag:yaml.org,2002:"
_BASE_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _EventLoader(_BASE_LOADER):  # type: ignore[misc]  # PyYAML's classes carry no types
    """PyYAML's safe loader, of which only the event stream is used: nothing is ever constructed from a tag."""


class _Open:
    """A mapping or sequence whose end has not been read yet."""

    __slots__ = ("anchor", "children", "height", "key", "key_offset", "mark_at", "merges", "nodes_before", "plain")

    def __init__(self, plain: dict[str, Plain] | list[Plain], anchor: str | None, mark_at: int, nodes: int) -> None:
        self.plain = plain
        self.children: list[Mark] = []
        self.anchor = anchor
        self.mark_at = mark_at
        self.nodes_before = nodes
        self.height = 1
        self.key: str | None = None
        self.key_offset = 0
        self.merges: list[tuple[Plain, Mark]] | None = None


class _Anchored:
    """A value that aliases may repeat, with what each repetition costs."""

    __slots__ = ("height", "mark", "nodes", "plain")

    def __init__(self, plain: Plain, mark: Mark, nodes: int, height: int) -> None:
        self.plain = plain
        self.mark = mark
        self.nodes = nodes
        self.height = height


_SCALAR_TAGS: dict[str, type[object]] = {
    _TAG + "int": int,
    _TAG + "float": float,
    _TAG + "bool": bool,
    _TAG + "null": type(None),
}
_KEY_TAGS = {"!", *(_TAG + name for name in ("str", "int", "float", "bool"))}
_MERGE = "<<"
_MERGING = "\0merge"  # no YAML text can hold NUL, so no key equals this one


class _Composer:
    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.nodes = 0
        self.alias_nodes = 0
        self.result: tuple[Plain, Mark] | None = None

    def run(self) -> tuple[Plain, Mark]:
        handlers: dict[type[Any], Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start_mapping,
            yaml.SequenceStartEvent: self.start_sequence,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        loader = _EventLoader(self.source.text)
        take = loader.get_event
        try:
            while (event := take()) is not None:
                handler = handlers.get(type(event))
                if handler is not None:
                    handler(event)
        finally:
            loader.dispose()
        if self.result is None:
            raise refusal("document.empty", "the file holds no document", self.source.origin(0))
        return self.result

    def refuse(self, rule: str, message: str, offset: int) -> NoReturn:
        path: list[str | int] = []
        for frame in self.stack:
            if isinstance(frame.plain, list):
                path.append(len(frame.plain))
            elif frame.key is not None:
                path.append(_MERGE if frame.key is _MERGING else frame.key)
        raise refusal(rule, message, self.source.origin(offset, pointer_of(path)))

    def document(self, event: Any) -> None:
        if self.result is not None:
            self.refuse("document.several", "a file holds one YAML document, here a second begins", _at(event))

    def count(self, nodes: int, offset: int) -> None:
        self.nodes += nodes
        if self.nodes > self.limits.nodes:
            self.refuse("document.nodes", f"more than {self.limits.nodes} values", offset)

    def scalar(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        offset: int = event.start_mark.index
        if frame is not None and frame.key is None and isinstance(frame.plain, dict):
            self.take_key(frame, frame.plain, event, offset)
            return
        value = self.resolve(event, offset)
        mark_at = offset if frame is None or frame.key is None else frame.key_offset
        is_exact = isinstance(value, str) or event.value == canonical(value)
        mark: Mark = mark_at if is_exact else Noted(mark_at, event.value)
        self.count(1, offset)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, mark, 1, 0)
        self.add(value, mark, offset)

    def take_key(self, frame: _Open, plain: dict[str, Plain], event: Any, offset: int) -> None:
        key: str = event.value
        if event.style is None or event.style == "":
            if key == _MERGE and event.tag is None:
                key = _MERGING
            elif key in NULLS and event.tag is None:
                self.refuse("document.key", "a key is null; quote it if the word is meant", offset)
        if event.tag is not None and event.tag not in _KEY_TAGS:
            self.refuse("document.tag", f"a key has the tag '{shown(event.tag)}'; keys are text", offset)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(key, offset, 1, 0)
        if key in plain or (key is _MERGING and frame.merges is not None):
            frame.key = key
            shown_key = shown(_MERGE if key is _MERGING else key)
            self.refuse("document.duplicate-key", f"the key '{shown_key}' is already in this mapping", offset)
        frame.key = key
        frame.key_offset = offset

    def resolve(self, event: Any, offset: int) -> Scalar:
        """Resolve a scalar by its tag, or by YAML's core schema if it has none and is not quoted."""
        text: str = event.value
        tag: str | None = event.tag
        try:
            if tag is None:
                return plain_scalar(text, self.limits) if event.implicit[0] else text
            if tag in ("!", _TAG + "str"):
                return text
            return self.tagged(tag, text, offset)
        except NumberError as error:
            self.refuse("document.number", str(error), offset)

    def tagged(self, tag: str, text: str, offset: int) -> Scalar:
        kind = _SCALAR_TAGS.get(tag)
        if kind is None:
            self.refuse("document.tag", f"the tag '{shown(tag)}' is not one of YAML's core schema", offset)
        value = plain_scalar(text, self.limits)
        if kind is float and type(value) is int:
            value = finite(text) if text[:2] not in ("0x", "0o") else float(value)
        if type(value) is not kind:
            self.refuse("document.tag", f"'{shown(text)}' is not what its tag says", offset)
        return value

    def start_mapping(self, event: Any) -> None:
        self.start(event, {}, "map")

    def start_sequence(self, event: Any) -> None:
        self.start(event, [], "seq")

    def start(self, event: Any, plain: dict[str, Plain] | list[Plain], kind: str) -> None:
        offset: int = event.start_mark.index
        parent = self.stack[-1] if self.stack else None
        if event.tag is not None and event.tag not in ("!", _TAG + kind):
            self.refuse("document.tag", f"the tag '{shown(event.tag)}' is not one of YAML's core schema", offset)
        if len(self.stack) >= self.limits.depth:
            self.refuse("document.depth", f"nested deeper than {self.limits.depth} levels", offset)
        self.count(1, offset)
        mark_at = offset
        if parent is not None and isinstance(parent.plain, dict):
            if parent.key is None:
                self.refuse("document.key", "a key is a mapping or a sequence; keys are text", offset)
            mark_at = parent.key_offset
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Open(plain, event.anchor, mark_at, self.nodes - 1))

    def end(self, event: Any) -> None:
        frame = self.stack.pop()
        offset: int = event.start_mark.index
        plain: Plain = frame.plain
        children = frame.children
        if frame.merges is not None and isinstance(frame.plain, dict):
            plain, children = _merged(frame.plain, children, frame.merges)
        mark = Branch(frame.mark_at, children)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, frame.height + 1)
        if frame.anchor is not None:
            self.anchors[frame.anchor] = _Anchored(plain, mark, self.nodes - frame.nodes_before, frame.height)
        self.add(plain, mark, offset)

    def alias(self, event: Any) -> None:
        offset: int = event.start_mark.index
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and isinstance(frame.plain, dict):
            self.refuse("document.key", "a key is an alias; keys are text", offset)
        if frame is None or event.anchor not in self.anchors:
            self.refuse("document.alias", f"the alias '*{shown(event.anchor)}' has no anchor before it", offset)
        target = self.anchors[event.anchor]
        if target is None:
            self.refuse("document.alias", f"the alias '*{shown(event.anchor)}' leads to a value around itself", offset)
        self.alias_nodes += target.nodes
        if self.alias_nodes > self.limits.alias_nodes:
            self.refuse("document.alias", f"aliases add more than {self.limits.alias_nodes} values", offset)
        self.count(target.nodes, offset)
        if len(self.stack) + target.height > self.limits.depth:
            self.refuse("document.depth", f"nested deeper than {self.limits.depth} levels", offset)
        frame.height = max(frame.height, target.height + 1)
        self.add(target.plain, _moved(target.mark, offset if frame.key is None else frame.key_offset), offset)

    def add(self, plain: Plain, mark: Mark, offset: int) -> None:
        """Put a finished value where it belongs: into the mapping or sequence around it, or at the root."""
        if not self.stack:
            self.result = plain, mark
            return
        frame = self.stack[-1]
        if isinstance(frame.plain, list):
            frame.plain.append(plain)
            frame.children.append(mark)
            return
        key, frame.key = frame.key, None
        if key is None:  # the parser gives a key before each value
            raise AssertionError("value without a key")
        if key is _MERGING:
            frame.merges = self.merge_sources(plain, mark, offset)
            return
        frame.plain[key] = plain
        frame.children.append(mark)

    def merge_sources(self, plain: Plain, mark: Mark, offset: int) -> list[tuple[Plain, Mark]]:
        sources: list[tuple[Plain, Mark]] = [(plain, mark)]
        if isinstance(plain, list) and isinstance(mark, Branch):
            sources = list(zip(plain, mark.children, strict=True))
        if not all(isinstance(member, dict) for member, _ in sources):
            self.refuse("document.merge", "only mappings can be merged with '<<'", offset)
        return sources


def _merged(
    own: dict[str, Plain], marks: list[Mark], sources: list[tuple[Plain, Mark]]
) -> tuple[dict[str, Plain], list[Mark]]:
    # The first source wins over later ones, and the mapping's own keys over all of them.
    entries: dict[str, tuple[Plain, Mark]] = {}
    for plain, mark in sources:
        if isinstance(plain, dict) and isinstance(mark, Branch):
            for (key, value), child in zip(plain.items(), mark.children, strict=True):
                entries.setdefault(key, (value, child))
    for (key, value), child in zip(own.items(), marks, strict=True):
        entries[key] = value, child
    return {key: value for key, (value, _) in entries.items()}, [mark for _, mark in entries.values()]


def _moved(mark: Mark, offset: int) -> Mark:
    if isinstance(mark, Branch):
        return Branch(offset, mark.children)
    return Noted(offset, mark.text) if isinstance(mark, Noted) else offset


def _at(event: Any) -> int:
    offset: int = event.start_mark.index
    return offset


def parse_yaml(source: Source, limits: Limits) -> tuple[Plain, Mark]:
    """Read YAML text into a plain value of JSON's types and the marks of its members.

    Raises:
        ApiscribeError: anything that is not a single document of plain data, or over a budget.
    """
    try:
        return _Composer(source, limits).run()
    except yaml.reader.ReaderError as error:
        origin = source.origin(min(error.position, len(source.text)))
        raise refusal("document.syntax", f"not YAML: {error.reason}", origin) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or "it cannot be read"
        context = f" {error.context}" if error.context else ""
        origin = source.origin(min(mark.index, len(source.text)) if mark else 0)
        raise refusal("document.syntax", f"not YAML: {what}{context}", origin) from None

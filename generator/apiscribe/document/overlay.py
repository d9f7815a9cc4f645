"""Overlays: a document and OpenAPI Overlays come in, the corrected document goes out, or why one no longer matches."""

from __future__ import annotations

import re
from collections.abc import Sequence

import jsonpath_rfc9535
from jsonpath_rfc9535 import JSONPathError, JSONPathQuery

from apiscribe.document.edit import Change, Part, Path, appended, changed, merged, root_of
from apiscribe.document.node import Document, Node, Plain
from apiscribe.document.scalars import Limits
from apiscribe.errors import ApiscribeError, Diagnostic, shown

MAX_TARGET = 1_000
MAX_CHANGES = 1_000_000
_VERSION = re.compile(r"1\.[01]\.[0-9]+")
_TOP = frozenset(("overlay", "info", "extends", "actions"))
_FIELDS = frozenset(("target", "description", "update", "remove", "copy", "reason"))


class _Budget:
    """What the actions of all overlays together may still add."""

    def __init__(self, limits: Limits, values: int) -> None:
        self.limits = limits
        self.values = values

    def spend(self, place: Node, values: int) -> None:
        self.values -= values
        if self.values < 0:
            raise place.refusal("overlay.size", f"the overlays add more than {MAX_CHANGES} values")


def apply(document: Document, overlays: Sequence[Document], limits: Limits | None = None) -> Document:
    """Apply overlays (OpenAPI Overlay 1.0 or 1.1) in their order; what they bring keeps the overlay's own lines.

    An action may carry `x-expects`, the value that it was written for: the target must equal it, a mapping in the
    members that `x-expects` names.

    Raises:
        ApiscribeError: for every action whose target is not there, or is no longer what the action expects.
    """
    budget = _Budget(limits or Limits(), MAX_CHANGES)
    found: list[Diagnostic] = []
    for overlay in overlays:
        for action in _actions(overlay):
            try:
                document = _applied(document, action, budget)
            except ApiscribeError as error:
                found.extend(error.diagnostics)
            if budget.values < 0:
                raise ApiscribeError(found)
    if found:
        raise ApiscribeError(found)
    return document


def _actions(overlay: Document) -> Sequence[Node]:
    root = overlay.root
    version, actions = root.get("overlay"), root.get("actions")
    if version is None or not _VERSION.fullmatch(version.string or ""):
        raise (version or root).refusal("overlay.form", "an overlay begins with 'overlay: 1.1.0'")
    if actions is None or not actions.is_sequence or not len(actions):
        raise (actions or root).refusal("overlay.form", "an overlay has a list of 'actions'")
    _refuse_unknown(root, _TOP)
    return actions.elements()


def _refuse_unknown(node: Node, known: frozenset[str]) -> None:
    for key, member in node.items():
        if key not in known and not key.startswith("x-"):
            raise member.refusal("overlay.form", f"the field '{shown(key)}' is unknown")


def _applied(document: Document, action: Node, budget: _Budget) -> Document:
    target = action.get("target")
    if target is None or not isinstance(target.plain, str):
        raise action.refusal("overlay.form", "an action has a 'target', a JSONPath")
    _refuse_unknown(action, _FIELDS)
    nodes = _find(document, target, target.plain)
    if not nodes:
        raise target.refusal("overlay.target", f"'{shown(target.plain)}' matches nothing{_reason(action)}")
    expected = action.get("x-expects")
    for node in nodes if expected is not None else ():
        if expected is not None and not _agrees(node.plain, expected.plain):
            now = f"{shown(node.plain, 60)}, not {shown(expected.plain, 60)}"
            raise expected.refusal("overlay.expects", f"{node.pointer or 'the root'} is now {now}{_reason(action)}")
    change = _change(document, action, nodes, budget)
    part = changed(document.root, [(node.path, change) for node in nodes])
    if part is None:
        raise action.refusal("overlay.target", "the action would remove the whole document")
    return root_of(part, document.file)


def _reason(action: Node) -> str:
    for key in ("x-reason", "reason", "description"):
        member = action.get(key)
        if member is not None and member.string:
            return f" (the action's reason: {shown(member.string.strip(), 200)})"
    return ""


def _find(document: Document, place: Node, query: str) -> list[Node]:
    """Find the nodes that a JSONPath (RFC 9535) selects, each once."""
    if len(query) > MAX_TARGET:
        raise place.refusal("overlay.target", f"a target is longer than {MAX_TARGET} characters")
    try:
        compiled = jsonpath_rfc9535.compile(query)
        paths = _paths(compiled, document, place)
    except (JSONPathError, RecursionError) as error:
        what = str(error) if isinstance(error, JSONPathError) else "too deeply nested"
        raise place.refusal("overlay.target", f"'{shown(query)}' is no JSONPath: {what}") from None
    nodes = [document.root.at(path) for path in paths]
    return [node for node in nodes if node is not None]


def _paths(query: JSONPathQuery, document: Document, place: Node) -> list[Path]:
    if len(query.segments) > 100:  # no loaded document is deeper
        raise place.refusal("overlay.target", "a target has more than 100 steps")
    return list(dict.fromkeys(tuple(match.location) for match in query.finditer(document.root.plain)))


def _agrees(value: Plain, expected: Plain) -> bool:
    if isinstance(value, dict) and isinstance(expected, dict):
        return all(key in value and _agrees(value[key], member) for key, member in expected.items())
    if isinstance(value, list) and isinstance(expected, list):
        return len(value) == len(expected) and all(map(_agrees, value, expected))
    return value == expected and isinstance(value, bool) is isinstance(expected, bool)


def _change(document: Document, action: Node, nodes: Sequence[Node], budget: _Budget) -> Change:
    """Make the change that an action asks for: removal first, then update, then copy, as the specification orders."""
    remove, update, copy = action.get("remove"), action.get("update"), action.get("copy")
    if remove is not None and remove.plain is True:
        return lambda _: None
    if update is not None:
        return _updating(update, nodes, budget)
    if copy is None or not isinstance(copy.plain, str):
        raise action.refusal("overlay.form", "an action has 'update', 'remove: true', or 'copy' with a JSONPath")
    sources = _find(document, copy, copy.plain)
    if len(sources) != 1:
        raise copy.refusal("overlay.target", f"'{shown(copy.plain)}' matches {len(sources)} values, one is copied")
    return _updating(sources[0], nodes, budget, copy)


def _updating(update: Node, nodes: Sequence[Node], budget: _Budget, place: Node | None = None) -> Change:
    place = place or update
    values, height = _measure(update.plain)
    budget.spend(place, values * len(nodes))
    if height + max(len(node.path) for node in nodes) + 1 > budget.limits.depth:
        raise place.refusal("overlay.size", f"the document becomes deeper than {budget.limits.depth} levels")
    addition = Part(update.plain, update.mark)

    def change(part: Part) -> Part:
        if isinstance(part.plain, list) and not isinstance(addition.plain, list):
            return appended(part, addition)
        return merged(part, addition)

    return change


def _measure(plain: Plain) -> tuple[int, int]:
    """Count the values of a value, itself included, and its levels."""
    values, height = 0, 0
    level: list[Plain] = [plain]
    while level:
        values += len(level)
        height += 1
        level = [
            member
            for holder in level
            if isinstance(holder, (dict, list))
            for member in (holder.values() if isinstance(holder, dict) else holder)
        ]
        if values > MAX_CHANGES:
            break
    return values, height

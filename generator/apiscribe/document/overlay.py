"""Overlays: a document and OpenAPI Overlays come in, the corrected document goes out, or why one no longer matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from apiscribe.document.edit import Change, Part, Path, appended, changed, merged, placed, root_of
from apiscribe.document.node import Document, Node, Plain
from apiscribe.document.overlay_form import Action, actions_of
from apiscribe.document.scalars import Limits
from apiscribe.errors import ApiscribeError, Diagnostic, shown

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery

MAX_TARGET: Final = 1_000
MAX_CHANGES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an action did: the nodes that it selected, as they were before."""

    action: Action
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A document with its overlays applied, and what each action did on the way."""

    document: Document
    corrections: tuple[Correction, ...]


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
    """Apply overlays in their order; `correct` tells more.

    Raises:
        ApiscribeError: as `correct` does.
    """
    return correct(document, overlays, limits).document


def correct(document: Document, overlays: Sequence[Document], limits: Limits | None = None) -> Corrected:
    """Apply overlays (OpenAPI Overlay 1.0 or 1.1) in their order; what they bring keeps the overlay's own lines.

    An action that is only proposed (`x-proposal: open`, or `rejected`) is read and not done.
    An action may carry `x-expects`, the value that it was written for: the target must equal it, a mapping in the
    members that `x-expects` names.

    Raises:
        ApiscribeError: for every action whose target is not there, or is no longer what the action expects.
    """
    budget = _Budget(limits or Limits(), MAX_CHANGES)
    found: list[Diagnostic] = []
    done: list[Correction] = []
    for action in _actions(document, overlays):
        try:
            nodes = _selected(document, action)
            document = _applied(document, action, nodes, budget)
            done.append(Correction(action=action, nodes=tuple(nodes)))
        except ApiscribeError as error:
            found.extend(error.diagnostics)
        if budget.values < 0:
            break
    if found:
        raise ApiscribeError(found)
    return Corrected(document=document, corrections=tuple(done))


def _actions(document: Document, overlays: Sequence[Document]) -> list[Action]:
    """List the actions of all overlays; nothing is applied while any overlay is malformed."""
    found: list[Diagnostic] = []
    actions: list[Action] = []
    for overlay in overlays:
        try:
            actions += [action for action in actions_of(overlay, document) if action.applies]
        except ApiscribeError as error:
            found.extend(error.diagnostics)
    if found:
        raise ApiscribeError(found)
    return actions


def _selected(document: Document, action: Action) -> list[Node]:
    """Find what an action is for, and make sure that it is still what the action was written for."""
    target, expected = action.target, action.expects
    query = str(target.plain)
    nodes = _find(document, target, query)
    if not nodes:
        raise target.refusal("overlay.target", f"'{shown(query)}' matches nothing{action.because}")
    for node in nodes if expected is not None else ():
        if expected is not None and not _agrees(node.plain, expected.plain):
            now = f"{shown(node.plain, 60)}, not {shown(expected.plain, 60)}"
            raise expected.refusal("overlay.expects", f"{node.pointer or 'the root'} is now {now}{action.because}")
    return nodes


def _applied(document: Document, action: Action, nodes: Sequence[Node], budget: _Budget) -> Document:
    change = _change(document, action, nodes, budget)
    part = changed(document.root, [(node.path, change) for node in nodes])
    if part is None:
        raise action.node.refusal("overlay.target", "the action would remove the whole document")
    return root_of(part, document.file)


def _find(document: Document, place: Node, query: str) -> list[Node]:
    """Find the nodes that a JSONPath (RFC 9535) selects, each once."""
    if len(query) > MAX_TARGET:
        raise place.refusal("overlay.target", f"a target is longer than {MAX_TARGET} characters")
    # Imported here: most documents have no overlay, and its import costs as much as reading a small one.
    from jsonpath_rfc9535 import JSONPathError
    from jsonpath_rfc9535 import compile as compiled

    try:
        paths = _paths(compiled(query), document, place)
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


def _change(document: Document, action: Action, nodes: Sequence[Node], budget: _Budget) -> Change:
    if action.update is not None:
        return _updating(action, action.update, Part(action.update.plain, action.update.mark), nodes, budget)
    if action.copy is None:
        return lambda _: None
    query = str(action.copy.plain)
    sources = _find(document, action.copy, query)
    if len(sources) != 1:
        message = f"'{shown(query)}' matches {len(sources)} values, one is copied{action.because}"
        raise action.copy.refusal("overlay.target", message)
    # What is copied stands where the overlay says so, not where it was copied from.
    return _updating(action, action.copy, placed(sources[0], action.copy), nodes, budget)


def _updating(action: Action, place: Node, addition: Part, nodes: Sequence[Node], budget: _Budget) -> Change:
    values, height = _measure(addition.plain)
    budget.spend(place, values * len(nodes))
    if height + max(len(node.path) for node in nodes) + 1 > budget.limits.depth:
        raise place.refusal("overlay.size", f"the document becomes deeper than {budget.limits.depth} levels")
    for node in nodes:
        if not node.is_sequence and _kind(node.plain) != _kind(addition.plain):
            message = f"{node.pointer or 'the root'} is {_kind(node.plain)} and takes no {_kind(addition.plain)[2:]}"
            raise place.refusal("overlay.update", message + action.because)

    def change(part: Part) -> Part:
        if isinstance(part.plain, list) and not isinstance(addition.plain, list):
            return appended(part, addition)
        return merged(part, addition)

    return change


def _kind(plain: Plain) -> str:
    return "a mapping" if isinstance(plain, dict) else "a list" if isinstance(plain, list) else "a scalar"


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

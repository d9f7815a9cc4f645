"""Provenance: a corrected document and a path come in; out goes whether pages state, infer or overlays correct it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apiscribe.document.node import Document, Node, Plain, path_of, pointer_of
from apiscribe.document.overlay import Corrected, Correction
from apiscribe.document.overlay_form import Action
from apiscribe.errors import Origin

Path = tuple[str | int, ...]

# Members that capture concludes from what stands around them.
_CONCLUDED: Final[Mapping[str, str]] = {
    "x-operation-id-from": "says where the operationId is from",
    "x-python-name": "chosen because the operationId gives no readable name",
    "x-pagination": "concluded from the names of parameters and fields",
    "x-secret": "concluded from the name of the field",
}
_NAMED_BY: Final[Mapping[str, tuple[bool, str]]] = {
    "display-name": (True, "the name that the page's heading shows"),
    "slug": (True, "the name in the page's address"),
    "derived": (False, "no page names the operation: derived from method and path"),
}


class Standing(StrEnum):
    """How a fact came into the document."""

    STATED = "stated"
    INFERRED = "inferred"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The page that a fact stands on, as the nearest `x-source` at or above it says."""

    page: str
    sha256: str
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an overlay did to a fact, or to something inside it: at which pointer, where, why, what was there before."""

    pointer: str
    kind: str
    origin: Origin
    reason: str
    was: Plain
    was_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact and where it comes from; `node` is None for what an overlay removed."""

    path: Path
    node: Node | None
    standing: Standing
    why: str
    source: Source | None
    change: Change | None
    changes_inside: tuple[Change, ...]


def fact(captured: Document, corrected: Corrected, path: Path) -> Fact:
    """Tell where the fact at a path comes from; the path leads somewhere before or after the corrections."""
    node = corrected.document.root.at(path)
    before = captured.root.at(path)
    place = node or before or corrected.document.root
    change = _change(captured, corrected, path, node)
    place = _shared(place)
    standing, why = _standing(place)
    if change is not None:
        standing, why = Standing.CORRECTED, change.reason or "the overlay gives no reason"
    return Fact(
        path=path,
        node=node,
        standing=standing,
        why=why,
        source=source_of(place),
        change=change,
        changes_inside=() if change is not None else tuple(_inside(captured, corrected, path)),
    )


def _shared(node: Node) -> Node:
    """Follow a reference to a parameter that all operations share: it comes from where the parameter is defined."""
    reference = node.get("$ref")
    pointer = str(reference.plain) if reference is not None else ""
    path = path_of(pointer[1:]) if pointer.startswith("#/components/parameters/") else None
    root = list(_upwards(node))[-1]
    return (root.at(path) if path is not None else None) or node


def source_of(node: Node) -> Source | None:
    """Find the nearest `x-source` at or above a node."""
    for holder in _upwards(node):
        entry = holder.get("x-source")
        page = entry.get("page") if entry is not None else None
        if entry is not None and page is not None and page.string:
            digest, section = entry.get("sha256"), entry.get("section")
            return Source(
                page=page.string,
                sha256=(digest.string or "") if digest is not None else "",
                section=section.string if section is not None else None,
            )
    return None


def _upwards(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        yield at
        at = at.parent


def _standing(node: Node) -> tuple[Standing, str]:
    for holder in _upwards(node):
        if holder.parent is not None and (concluded := _CONCLUDED.get(str(holder.key))):
            return Standing.INFERRED, concluded
        if _is_true(holder.get("x-inferred")):
            evidence = holder.get("x-evidence")
            return Standing.INFERRED, f"no table describes it; evidence: {(evidence.string if evidence else '') or '-'}"
        if _is_true(holder.get("x-assumed")):
            return Standing.INFERRED, "no page states it: assumed by the portal's profile"
        if "x-source" in holder:
            return _named(node) if node.key == "operationId" else (Standing.STATED, "")
    if _names_pages(list(_upwards(node))[-1]):
        return Standing.INFERRED, "no page states it: a convention of the portal or of OpenAPI"
    return Standing.STATED, "by the document itself, which names no pages"


def _named(node: Node) -> tuple[Standing, str]:
    origin = node.parent.get("x-operation-id-from") if node.parent is not None else None
    stated, why = _NAMED_BY.get(str(origin.plain) if origin is not None else "", (True, ""))
    return Standing.STATED if stated else Standing.INFERRED, why


def _is_true(node: Node | None) -> bool:
    return node is not None and node.plain is True


def _names_pages(root: Node) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if "x-source" in node:
            return True
        waiting.extend(child for child in node if child.is_mapping or child.is_sequence)
    return False


def _change(captured: Document, corrected: Corrected, path: Path, node: Node | None) -> Change | None:
    before = captured.root.at(path)
    if node is None:
        removal = next((one for one in reversed(corrected.corrections) if _removes(one, path)), None)
        return _told(removal.action, path, before, captured) if removal is not None else None
    if node.file == corrected.document.file:
        return None
    action = _action_at(corrected, node.origin)
    return _told(action, path, before, captured) if action is not None else None


def _removes(correction: Correction, path: Path) -> bool:
    return correction.action.removes and any(_below(node.path, path) for node in correction.nodes)


def _below(above: Path, path: Path) -> bool:
    return tuple(map(str, path[: len(above)])) == tuple(map(str, above))


def _action_at(corrected: Corrected, origin: Origin) -> Action | None:
    """Find the action that a place in an overlay belongs to: the last one that begins before it."""
    place = (origin.line or 0, origin.column or 0)
    actions = [one.action for one in corrected.corrections if one.action.node.file == origin.file]
    begun = [action for action in actions if _start(action) <= place]
    return max(begun, key=_start, default=None)


def _start(action: Action) -> tuple[int, int]:
    origin = action.node.origin
    return origin.line or 0, origin.column or 0


def _told(action: Action, path: Path, before: Node | None, captured: Document) -> Change:
    kind = "updated" if action.update is not None else "copied" if action.copy is not None else "removed"
    if before is None and kind != "removed":
        kind = "added"
    was_there = before is not None and before.file == captured.file
    return Change(
        pointer=pointer_of(path),
        kind=kind,
        origin=action.node.origin,
        reason=action.reason,
        was=before.plain if before is not None and was_there else None,
        was_there=was_there,
    )


def _inside(captured: Document, corrected: Corrected, path: Path) -> Iterator[Change]:
    """List what overlays changed inside a fact, each change at its outermost place."""
    top = corrected.document.root.at(path)
    waiting = [top] if top is not None else []
    while waiting:
        node = waiting.pop()
        change = _change(captured, corrected, node.path, node)
        if change is not None:
            yield change
        elif node.is_mapping or node.is_sequence:
            waiting.extend(reversed(list(node)))
    for correction in corrected.corrections:
        for node in correction.nodes if correction.action.removes else ():
            if _below(path, node.path):
                yield _told(correction.action, node.path, captured.root.at(node.path), captured)

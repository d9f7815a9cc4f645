"""The form of overlays: a loaded overlay comes in, its actions go out, or everything that no overlay may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Final
from urllib.parse import unquote

from apiscribe.document.node import Document, Node
from apiscribe.errors import ApiscribeError, Diagnostic, shown

_VERSION: Final = re.compile(r"1\.([01])\.[0-9]+")
_TOP: Final = frozenset(("overlay", "info", "extends", "actions"))
_INFO: Final = frozenset(("title", "version", "description"))
_FIELDS: Final = frozenset(("target", "description", "update", "remove", "copy"))
PROPOSAL: Final = "x-proposal"
PROPOSAL_ID: Final = "x-id"
OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"
_CHANGES: Final = "an action has 'update', 'remove: true', or 'copy' with a JSONPath"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of an overlay: where it stands, what it selects, and the one thing that it does there."""

    node: Node
    target: Node
    reason: str
    update: Node | None
    copy: Node | None
    expects: Node | None
    proposal: str

    @property
    def applies(self) -> bool:
        """Whether the action is to be done: what was only proposed waits until a person accepts it."""
        return self.proposal in ("", ACCEPTED)

    @property
    def removes(self) -> bool:
        """Whether the action removes what it selects."""
        return self.update is None and self.copy is None

    @property
    def because(self) -> str:
        """The reason as the end of a message."""
        return f" (the action's reason: {shown(self.reason, 200)})" if self.reason else ""


def actions_of(overlay: Document, document: Document) -> tuple[Action, ...]:
    """Read the actions of an overlay (OpenAPI Overlay 1.0 or 1.1) that is to be applied to a document.

    Raises:
        ApiscribeError: with everything that is wrong with the overlay's form.
    """
    root, found = overlay.root, list[Diagnostic]()
    version = root.get("overlay")
    match = _VERSION.fullmatch(version.string or "") if version is not None else None
    if match is None:
        raise (version or root).refusal("overlay.form", "an overlay begins with 'overlay: 1.1.0'")
    _only(root, _TOP, found)
    _check_info(root, found)
    _check_extends(root, document, found)
    actions = root.get("actions")
    if actions is None or not actions.is_sequence or not len(actions):
        found.append((actions or root).error("overlay.form", "an overlay has a list of 'actions'"))
        raise ApiscribeError(found)
    read = [_action(node, found, copies=match[1] == "1") for node in actions.elements()]
    if found:
        raise ApiscribeError(found)
    return tuple(action for action in read if action is not None)


def _check_info(root: Node, found: list[Diagnostic]) -> None:
    info = root.get("info")
    if info is None or not info.is_mapping:
        found.append((info or root).error("overlay.form", "an overlay has an 'info' with 'title' and 'version'"))
        return
    _only(info, _INFO, found)
    for key in ("title", "version"):
        member = info.get(key)
        if member is None or not (member.string or "").strip():
            found.append((member or info).error("overlay.form", f"info has no '{key}'"))


def _check_extends(root: Node, document: Document, found: list[Diagnostic]) -> None:
    """Compare the document that an overlay names with the one it is applied to; addresses are never looked up."""
    extends = root.get("extends")
    if extends is None:
        return
    if not isinstance(extends.plain, str) or not extends.plain.strip():
        found.append(extends.error("overlay.form", "'extends' is the address of a document"))
        return
    named = basename(unquote(re.split(r"[?#]", extends.plain)[0]))
    own = basename(document.file.replace("\\", "/"))
    if named != own:
        message = f"the overlay extends {shown(extends.plain)}, and is applied to {shown(own)}"
        found.append(extends.error("overlay.extends", message))


def _only(node: Node, known: frozenset[str], found: list[Diagnostic]) -> None:
    for key, member in node.items():
        if key not in known and not key.startswith("x-"):
            hint = f"; write 'x-{key}'" if key in ("reason", "expects") else ""
            found.append(member.error("overlay.form", f"the field '{shown(key)}' is unknown{hint}"))


_IS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "target": (lambda value: isinstance(value, str), "an action has a 'target', a JSONPath"),
    "copy": (lambda value: isinstance(value, str), "'copy' is a JSONPath"),
    "remove": (lambda value: isinstance(value, bool), "'remove' is true or false"),
    "description": (lambda value: isinstance(value, str), "'description' is a text"),
    PROPOSAL: (
        lambda value: value in (OPEN, ACCEPTED, REJECTED),
        f"{PROPOSAL} is '{OPEN}', '{ACCEPTED}' or '{REJECTED}'",
    ),
    "x-reason": (
        lambda value: isinstance(value, str) and bool(value.strip()),
        "the action has no reason yet: say in x-reason why the document is wrong here",
    ),
}


def _action(node: Node, found: list[Diagnostic], *, copies: bool) -> Action | None:
    target = node.get("target")
    if target is None:
        found.append(node.error("overlay.form", _IS["target"][1]))
        return None
    _only(node, _FIELDS, found)
    for key, (fits, message) in _IS.items():
        member = node.get(key)
        if member is not None and not fits(member.plain):
            found.append(member.error("overlay.form", message))
    remove, update, copy = node.get("remove"), node.get("update"), node.get("copy")
    removes = remove is not None and remove.plain is True
    if copy is not None and not copies:
        found.append(copy.error("overlay.form", "'copy' needs 'overlay: 1.1.0'"))
    if copy is not None and update is not None and not removes:
        found.append(copy.error("overlay.form", "an action has 'update' or 'copy', not both"))
    if not removes and update is None and copy is None:
        found.append(node.error("overlay.form", _CHANGES))
    return Action(
        node=node,
        target=target,
        reason=_reason(node),
        # What is removed is neither updated nor copied over, as the specification says.
        update=None if removes else update,
        copy=None if removes else copy,
        expects=node.get("x-expects"),
        proposal=str(proposal.plain) if (proposal := node.get(PROPOSAL)) is not None else "",
    )


def _reason(node: Node) -> str:
    members = (node.get(key) for key in ("x-reason", "description"))
    return next((text for member in members if member is not None and (text := (member.string or "").strip())), "")

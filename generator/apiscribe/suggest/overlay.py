"""Overlays of proposals: proposals become actions that wait for a person, and a person's word makes one count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from apiscribe.document.load import load
from apiscribe.document.node import Document, Node, Plain, to_plain
from apiscribe.document.overlay_form import ACCEPTED, OPEN, PROPOSAL, PROPOSAL_ID
from apiscribe.document.overlay_scaffold import target_of
from apiscribe.errors import ApiscribeError, Origin, refusal
from apiscribe.suggest.proposal import Proposal

_EXPECTED: Final = ("operationId", "summary", "description")
_STATE: Final = re.compile(rf"""({PROPOSAL}["']?\s*:\s*["']?){OPEN}""")


def action_of(proposal: Proposal, state: str = OPEN) -> dict[str, Plain]:
    """Make the action that adds an extension; it expects the operation to be the one that was looked at."""
    expected = next((key for key in _EXPECTED if key in proposal.operation), None)
    node = proposal.operation.get(expected) if expected is not None else None
    return {
        "target": target_of(proposal.operation),
        PROPOSAL: state,
        PROPOSAL_ID: proposal.id,
        "x-confidence": str(proposal.confidence),
        "x-reason": "; ".join(proposal.reasons),
        **({"x-expects": {str(expected): to_plain(node)}} if node is not None else {}),
        "update": {proposal.kind.extension: dict(proposal.value)},
    }


def overlay_of(name: str, actions: Sequence[Mapping[str, Plain]]) -> dict[str, Plain]:
    """Make an overlay of actions for the document of a name."""
    listed = list[Plain](dict(action) for action in actions)
    return {
        "overlay": "1.1.0",
        "info": {"title": f"What apiscribe suggest proposes for {name}", "version": "1"},
        "actions": listed,
    }


def proposed_in(overlays: Iterable[Document]) -> dict[str, Node]:
    """Find the actions of overlays that bear the id of a proposal, by id."""
    found: dict[str, Node] = {}
    for overlay in overlays:
        for action in overlay.root.get("actions") or ():
            named = action.get(PROPOSAL_ID)
            if named is not None and isinstance(named.plain, str):
                found.setdefault(named.plain, action)
    return found


def state_of(action: Node) -> str:
    """Give the state of a proposal: `open`, `accepted` or `rejected`."""
    state = action.get(PROPOSAL)
    return str(state.plain) if state is not None else ACCEPTED


def appended(text: str, added: str, actions: Sequence[Mapping[str, Plain]], file: str) -> str:
    """Add actions, printed as the end of a list in YAML, to an overlay's text; nothing else of it changes.

    Raises:
        ApiscribeError: the overlay is not written so that a list of actions can go on at its end.
    """
    before = load(text.encode(), file=file).root.get("actions")
    result = text + ("" if text.endswith("\n") else "\n") + added
    try:
        after = load(result.encode(), file=file).root.get("actions")
    except ApiscribeError:
        after = None
    wanted = [*(to_plain(node) for node in before or ()), *(dict(action) for action in actions)]
    if before is None or after is None or to_plain(after) != wanted:
        message = "actions cannot be added at its end: the list of actions has to come last, and be indented by two"
        raise refusal("overlay.form", message, Origin(file=file))
    return result


def accepted(text: str, ids: Collection[str], file: str) -> str:
    """Turn open proposals of an overlay's text into accepted ones; nothing else of it changes.

    Raises:
        ApiscribeError: an action is written so that its state cannot be found.
    """
    before = proposed_in([load(text.encode(), file=file)])
    chosen = {name: before[name] for name in ids if state_of(before[name]) == OPEN}
    changed = text
    # From the last one to the first: what is changed moves only what comes after it.
    for offset in sorted((_offset(text, node) for node in chosen.values()), reverse=True):
        changed = changed[:offset] + _STATE.sub(rf"\g<1>{ACCEPTED}", changed[offset:], count=1)
    after = proposed_in([load(changed.encode(), file=file)])
    for name, node in chosen.items():
        if to_plain(after[name]) != {**_mapping(node), PROPOSAL: ACCEPTED}:
            raise node.refusal("overlay.form", f"cannot be changed here: write {PROPOSAL}: {ACCEPTED} by hand")
    return changed


def _mapping(node: Node) -> dict[str, Plain]:
    plain = to_plain(node)
    return plain if isinstance(plain, dict) else {}


def _offset(text: str, action: Node) -> int:
    """Find where an action's text begins, in characters."""
    origin = action.origin
    lines = text.splitlines(keepends=True)
    return sum(len(line) for line in lines[: (origin.line or 1) - 1]) + (origin.column or 1) - 1

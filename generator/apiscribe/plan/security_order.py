"""Order: schemes that one request needs all go in, out they come so that each signs what then stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apiscribe.ir_security import SchemeKind
from apiscribe.plan.security_kinds import Draft
from apiscribe.signing.dependencies import takes_header, takes_parameter
from apiscribe.signing.recipe import Place
from apiscribe.signing.words import QUERY_ATOMS, AtomKind

_WHOLE_QUERY = QUERY_ATOMS - {AtomKind.QUERY_PARAMETER}


def in_order(drafts: Sequence[Draft]) -> list[Draft] | None:
    """Put schemes in the order in which they are applied: none signs what a later one adds; None where that cannot be.

    What only sends credentials along comes first, all else in the document's order.
    """
    waiting = sorted(drafts, key=lambda draft: draft.covers)
    found: list[Draft] = []
    while waiting:
        free = next((one for one in waiting if not any(_signs_of(one, other) for other in waiting)), None)
        if free is None:
            return None
        found.append(free)
        waiting.remove(free)
    return found


def _signs_of(draft: Draft, other: Draft) -> bool:
    """Tell whether a scheme signs something that another one adds to the request."""
    if draft is other or not draft.covers:
        return False
    query = {name for kind, name in other.places if kind == "parameter"}
    if draft.recipe is None:  # digest: the address, and not a single header
        return draft.scheme.kind is SchemeKind.DIGEST and bool(query)
    headers = {name if kind == "header" else kind for kind, name in other.places if kind != "parameter"}
    return any(_takes(place, headers, query) for place in draft.recipe.places)


def _takes(place: Place, headers: Iterable[str], query: Iterable[str]) -> bool:
    query = set(query)
    for atom in place.atoms():
        if atom.kind is AtomKind.HEADER and atom.name.lower() in headers:
            return True
        if (atom.kind in _WHOLE_QUERY and query) or (atom.kind is AtomKind.QUERY_PARAMETER and atom.name in query):
            return True
    selection = getattr(place, "selection", None)
    if selection is None:
        return False
    if "headers" in selection.sources and any(takes_header(selection, name) for name in headers):
        return True
    return bool({"query", "form-query"} & set(selection.sources)) and any(takes_parameter(selection, n) for n in query)

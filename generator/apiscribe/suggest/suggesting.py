"""Suggesting: a checked document comes in, every proposal for it goes out, in document order."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.document.node import Document
from apiscribe.document.resolve import Resolver
from apiscribe.document.walk import operations
from apiscribe.suggest.call import Call, Reader
from apiscribe.suggest.pagination import pagination_of
from apiscribe.suggest.proposal import Finding, Kind, Proposal
from apiscribe.suggest.waiters import waiter_of


def proposals_of(document: Document, resolver: Resolver) -> tuple[Proposal, ...]:
    """Propose what the document does not say yet; an operation that has the extension already gets no other."""
    reader = Reader(resolver)
    calls = [reader.call(item) for item in operations(document.root, resolver) if item.holder == "paths"]
    found: list[Proposal] = []
    for call in calls:
        for kind, finding in _findings(call, reader, calls):
            found.append(
                Proposal(
                    kind=kind,
                    label=call.label,
                    operation=call.node,
                    value=finding.value,
                    reasons=finding.reasons,
                    confidence=finding.confidence,
                )
            )
    return tuple(found)


def _findings(call: Call, reader: Reader, calls: list[Call]) -> Iterator[tuple[Kind, Finding]]:
    paged = pagination_of(call, reader) if Kind.PAGINATION.extension not in call.node else None
    if paged is not None:
        yield Kind.PAGINATION, paged
    waited = waiter_of(call, reader, calls) if Kind.WAITER.extension not in call.node else None
    if waited is not None:
        yield Kind.WAITER, waited

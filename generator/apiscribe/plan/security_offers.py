"""Offers: of the alternatives that a document names for its operations, those that can be sent."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from apiscribe import ir
from apiscribe.errors import Diagnostic, Severity, refusal
from apiscribe.ir_security import Alternative, SchemeKind
from apiscribe.plan.security_kinds import Draft
from apiscribe.plan.security_order import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """The schemes that are sent, in the document's order, and the alternatives of each operation in order.

    The schemes of an alternative stand in the order in which they are applied: last what covers the others.
    """

    drafts: tuple[Draft, ...]
    requirements: Mapping[str, tuple[Alternative, ...]]


def offers_of(api: ir.Api, drafts: Mapping[str, Draft], diagnostics: list[Diagnostic]) -> Offers:
    """Hold the alternatives of all operations against the schemes that are understood.

    Raises:
        ApiscribeError: an operation needs two recipes that cannot sign one request.
    """
    of_connections = {item.name for item in api.security_schemes if item.kind is SchemeKind.MUTUAL_TLS} - drafts.keys()
    reader = _Reader(drafts, of_connections, diagnostics)
    requirements = {operation.id: reader.alternatives(operation) for operation in api.operations}
    sent = {use.scheme for found in requirements.values() for uses in found for use in uses}
    return Offers(drafts=tuple(draft for name, draft in drafts.items() if name in sent), requirements=requirements)


class _Reader:
    """Reads the alternatives of one document's operations; what is wrong with one is told once."""

    def __init__(self, drafts: Mapping[str, Draft], of_connections: Set[str], diagnostics: list[Diagnostic]) -> None:
        self._drafts, self._of_connections, self._diagnostics = drafts, of_connections, diagnostics
        self._told: set[Alternative] = set()

    def alternatives(self, operation: ir.Operation) -> tuple[Alternative, ...]:
        """Give the alternatives that can be sent; where none can whole, what can be sent of each."""
        # A certificate proves who connects before there is a request: nothing of it is sent in one.
        security = [tuple(use for use in uses if use.scheme not in self._of_connections) for uses in operation.security]
        whole = [uses for uses in security if all(use.scheme in self._drafts for use in uses)]
        if not any(whole) and any(security):
            missing = dict.fromkeys(use.scheme for uses in security for use in uses if use.scheme not in self._drafts)
            self._warn(operation, f"sent without {', '.join(missing)}")
            parts = [tuple(use for use in uses if use.scheme in self._drafts) for uses in security]
            whole = [part for part, uses in zip(parts, security, strict=True) if part or not uses]
        found = (part for uses in whole for part in self._apart(operation, uses))
        return tuple(dict.fromkeys(self._ordered(operation, uses) for uses in found))

    def _apart(self, operation: ir.Operation, uses: Alternative) -> tuple[Alternative, ...]:
        """Make alternatives of schemes that cannot be sent together, since both fill the same place."""
        clashes = [
            (one, other)
            for one, other in combinations(uses, 2)
            if self._drafts[one.scheme].places & self._drafts[other.scheme].places
        ]
        if not clashes:
            return (uses,)
        for one, other in clashes:
            kind, name = min(self._drafts[one.scheme].places & self._drafts[other.scheme].places)
            message = f"{one.scheme} and {other.scheme} cannot be sent together, both are the {kind} {name}"
            if self._drafts[one.scheme].is_named and self._drafts[other.scheme].is_named:
                wanted = "give them other names in their recipes, or make them alternatives"
                raise refusal("security", f"{message}: {wanted}", operation.origin)
            if uses in self._told:
                continue
            self._told.add(uses)
            self._warn(operation, f"{message}: one of them is sent")
        clashing = {use for pair in clashes for use in pair}
        others = tuple(use for use in uses if use not in clashing)
        return tuple((use, *others) for use in uses if use in clashing)

    def _ordered(self, operation: ir.Operation, uses: Alternative) -> Alternative:
        names = {use.scheme: use for use in uses}
        ordered = in_order([draft for name, draft in self._drafts.items() if name in names])
        if ordered is None:
            listed = " and ".join(use.scheme for use in uses if self._drafts[use.scheme].covers)
            message = f"{listed} cannot be sent together, since each signs what the other adds to the request"
            raise refusal("security", f"{message}: let one of their recipes leave that out", operation.origin)
        return tuple(names[draft.scheme.name] for draft in ordered)

    def _warn(self, operation: ir.Operation, message: str) -> None:
        found = Diagnostic(rule="security", message=message, origin=operation.origin, severity=Severity.WARNING)
        self._diagnostics.append(found)

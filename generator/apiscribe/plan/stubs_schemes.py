"""Security in the stubs: an operation goes in, the schemes that must arrive with each set of credentials come out."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import fill, identifier, literal
from apiscribe.ir_security import Alternative, SchemeUse
from apiscribe.plan.security import Security
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_wire import Values
from apiscribe.view_stubs import CaseView, Check


def sent_schemes(plan: ServicePlan, operation: ir.Operation) -> tuple[str, ...]:
    """Name the schemes that are sent where all credentials are given, as far as a server knows what they send."""
    first: Alternative = next((uses for uses in plan.security.of(operation) if uses), ())
    return _proven(plan, first)


def schemes_check(plan: ServicePlan, operation: ir.Operation, case: CaseView, *, is_free: bool) -> Iterable[Check]:
    """Plan the check of an operation's alternatives, where a client has a choice at all.

    With `is_free` no credential has to be given, so that there can be none.
    """
    alternatives = plan.security.of(operation)
    every = tuple(SchemeUse(scheme=scheme.name) for scheme in plan.security.schemes)
    taken = emitted_places(plan.security, every)
    is_alike = any(item.required and place_of(item) in taken for item in operation.parameters)
    if plan.security.static is not None or not any(alternatives) or is_alike:
        return
    reached = list(_reached(plan, alternatives))
    arguments = [literal(tuple(_proven(plan, uses) for uses in reached))]
    if is_free and () in alternatives:
        arguments.append(fill("anonymous={}", literal(True)))
    elif is_free and not any(not names for uses in reached for names in plan.security.sets(uses)):
        arguments.append(fill("raises={}", identifier("errors.CredentialsError")))
    yield Check(
        says=identifier("sends_the_schemes_that_there_are_credentials_for"),
        function=identifier("check_schemes"),
        case=case.constant,
        arguments=tuple(arguments),
    )


def own_values(plan: ServicePlan, operation: ir.Operation, values: Values) -> Values:
    """Leave out the parameters in whose place a scheme sends something, where all credentials are given."""
    first: Alternative = next((uses for uses in plan.security.of(operation) if uses), ())
    taken = emitted_places(plan.security, first)
    places = {(item.location, item.name): place_of(item) for item in operation.parameters}
    return {key: value for key, value in values.items() if places[key] not in taken}


def emitted_places(security: Security, uses: Alternative) -> frozenset[tuple[str, str]]:
    """Name the headers (in lower case) and query parameters that the schemes of an alternative send."""
    proofs = [proof for use in uses if (proof := security.scheme(use.scheme).proof) is not None]
    headers = [("header", item.name.lower()) for proof in proofs for item in proof.headers]
    return frozenset([*headers, *(("query", item.name) for proof in proofs for item in proof.query)])


def place_of(item: ir.Parameter) -> tuple[str, str]:
    """Name the header (in lower case), query parameter or other place that a parameter is sent in."""
    if item.location is ir.Location.COOKIE:
        return "header", "cookie"
    return str(item.location), item.name.lower() if item.location is ir.Location.HEADER else item.name


def _reached(plan: ServicePlan, alternatives: Iterable[Alternative]) -> Iterable[Alternative]:
    """Give the alternatives that are sent where just their credentials are given: none that needs less is before them.

    One with a scheme of which a server does not know what it sends is left out: which credentials it has is not known.
    """
    before: list[set[str]] = []
    for uses in alternatives:
        if not uses:
            continue
        own = set(next(iter(plan.security.sets(uses))))
        if not any(other <= own for other in before) and len(_proven(plan, uses)) == len(uses):
            yield uses
        before += [set(names) for names in plan.security.sets(uses)]


def _proven(plan: ServicePlan, uses: Alternative) -> tuple[str, ...]:
    return tuple(use.scheme for use in uses if plan.security.scheme(use.scheme).proof is not None)

"""Facts: what the names and directions of one service version are decided to be, as plain data that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apiscribe.plan.reference_parts import places_of
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.uses import reached_by_requests, reached_by_responses, users_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Final names by what they name, modules by class, ids of operations by pointer, schemas by direction.

    `pages` has the page of the reference of every method and class, `users` tells how many operations
    refer to each schema.
    """

    classes: Mapping[str, str]
    modules: Mapping[str, str]
    methods: Mapping[str, str]
    addresses: Mapping[str, str]
    operations: Mapping[str, str]
    sent: frozenset[str]
    read: frozenset[str]
    pages: Mapping[str, str]
    users: Mapping[str, int]


def facts_of(plan: ServicePlan) -> Facts:
    """Gather what all operations of a service version decide together."""
    return Facts(
        classes=plan.names.classes,
        modules=plan.modules,
        methods=plan.names.methods,
        addresses=plan.groups.addresses,
        operations={operation.origin.pointer or "": operation.id for operation in plan.api.operations},
        sent=reached_by_requests(plan.api),
        read=reached_by_responses(plan.api),
        pages=places_of(plan),
        users=users_of(plan.api),
    )

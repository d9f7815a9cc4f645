"""Places in the stubs: an operation with servers of its own goes in, the test of its whole address comes out."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from apiscribe import ir
from apiscribe.code import Code, fill, identifier, literal
from apiscribe.plan.servers import address_of, settings_of
from apiscribe.plan.service import ServicePlan
from apiscribe.view_stubs import Check


def address_check(plan: ServicePlan, operation: ir.Operation, target: str, constant: Code) -> Iterable[Check]:
    """Plan the test that a call with what must be given goes to the operation's own server, and to that target there.

    A server without a host has none where the document names no other; where it has, that is the document's.
    """
    if not operation.servers:
        return
    given = settings_of(plan.api, operation)
    own, common = operation.servers[0], next(iter(plan.api.servers), None)
    if own.is_relative:
        if common is None or common.is_relative:
            return
        whole = "/".join(address_of(common, given).split("/", 3)[:3])
    else:
        whole = address_of(own, given)
    address = _canonical(whole)
    settings = {plan.names.variables[name]: value for name, value in given.items()}
    yield Check(
        says=identifier("goes_to_its_own_server"),
        function=identifier("check_address"),
        case=constant,
        arguments=(
            literal(f"{address}{target}"),
            *((fill("settings={}", literal(settings)),) if settings else ()),
        ),
    )


def _canonical(address: str) -> str:
    """Give an address as it goes on the wire.

    >>> _canonical("HTTPS://API.example.com:443/V1")
    'https://api.example.com/V1'
    """
    parts = urlsplit(address)
    host, is_default = parts.netloc.lower(), {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{host.removesuffix(is_default)}{parts.path}"

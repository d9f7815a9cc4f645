"""Servers: which values programs and tests give to the variables of addresses, and the addresses that come of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apiscribe import ir
from apiscribe.document.rules_http import is_placeholder
from apiscribe.ir_servers import Server, ServerVariable
from apiscribe.naming import snake_case


def values_of(server: Server) -> dict[str, str]:
    """Choose a value for each variable of a server: the defaults, where that combination exists."""
    values = {item.name: _value(item) for item in server.variables}
    pairs = [dict(pair) for pair in server.allowed]
    if pairs and not any(all(values.get(name) == value for name, value in pair.items()) for pair in pairs):
        values.update(pairs[0])
    return values


def address_of(server: Server, given: Mapping[str, str] | None = None) -> str:
    """Give a server's address with its variables filled in, without a slash at its end.

    >>> address_of(Server(url="https://a.example.com/v1/"))
    'https://a.example.com/v1'
    """
    values = {**values_of(server), **(given or {})}
    return re.sub(r"\{([^{}]*)\}", lambda match: values.get(match[1], match[0]), server.url).rstrip("/")


def settings_of(api: ir.Api, operation: ir.Operation) -> dict[str, str]:
    """Choose values for the variables that have to be given so that an operation has an address."""
    servers = (*operation.servers[:1], *api.servers[:1])
    return {item.name: values_of(server)[item.name] for server in servers for item in server.variables if item.required}


def path_before(operation: ir.Operation) -> str:
    """Give what stands before the path of an operation on any server: the address of its own, if that has no host."""
    if not operation.servers or not operation.servers[0].is_relative:
        return ""
    address = address_of(operation.servers[0])
    return f"/{address.removeprefix('/')}" if address else ""


def _value(variable: ServerVariable) -> str:
    if not is_placeholder(variable.default):
        return variable.default
    return variable.values[0] if variable.values else snake_case(variable.name).replace("_", "-")

"""Facts of a service: its servers, options and security as arguments of the runtime's `Service`."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import Code, call, fill, identifier, literal, tuple_of
from apiscribe.ir_servers import Server
from apiscribe.plan.security import PlannedScheme, Security
from apiscribe.plan.service import ServicePlan
from apiscribe.signing import OptionField


def service_facts(plan: ServicePlan) -> tuple[Code, ...]:
    """Give the facts of a service version as arguments."""
    api = plan.api
    facts = [
        fill("name={}", literal(api.service)),
        fill("title={}", literal(api.title)),
        fill("version={}", literal(api.version)),
        fill("servers={}", tuple_of(_server(plan, server) for server in api.servers)),
        fill("options={}", tuple_of(_option(plan, option) for option in api.client_options)),
        fill("environment_prefix={}", literal(plan.environment_prefix)),
        fill("profile_folder={}", literal(plan.package)),
    ]
    if api.elsewhere:
        facts.append(Code("elsewhere=ELSEWHERE"))
    return (*facts, *_security(plan.security))


def elsewhere(plan: ServicePlan) -> tuple[Code, ...]:
    """Give the sets of servers that operations have of their own."""
    return tuple(tuple_of(_server(plan, server) for server in servers) for servers in plan.api.elsewhere)


def _security(security: Security) -> Iterable[Code]:
    if not security.schemes:
        return
    yield fill("credentials_type={}", identifier("Credentials"))
    if security.static is not None:
        yield fill("signer={}", identifier(security.static.signer))
        if security.options:
            yield fill("signing_options={}", _signing_options(security.options))
        return
    yield fill("schemes={}", tuple_of(_scheme(scheme) for scheme in security.schemes))
    yield fill("needs={}", literal(security.needs))
    if security.is_anonymous:
        yield fill("anonymous={}", literal(True))


def _scheme(scheme: PlannedScheme) -> Code:
    facts = [("name", literal(scheme.name)), ("kind", literal(scheme.kind)), ("needs", literal(scheme.needs))]
    facts += [("signer", identifier(scheme.signer))] if scheme.signer else []
    facts += [("options", _signing_options(scheme.options))] if scheme.options else []
    facts += [("facts", literal(dict(scheme.facts)))] if scheme.facts else []
    return call("_security.Scheme", facts)


def _signing_options(options: Iterable[OptionField]) -> Code:
    return tuple_of(
        call("_service.SigningOption", [("name", literal(item.name)), ("default", literal(item.default))])
        for item in options
    )


def _server(plan: ServicePlan, server: Server) -> Code:
    variables = tuple_of(
        call(
            "_service.ServerVariable",
            [
                ("name", literal(item.name)),
                ("argument", literal(plan.names.variables[item.name])),
                ("default", literal(item.default)),
                ("values", literal(item.values)),
                ("required", literal(item.required)),
            ],
        )
        for item in server.variables
    )
    allowed = literal(tuple(dict(pair) for pair in server.allowed))
    return call("_service.Server", [("url", literal(server.url)), ("variables", variables), ("allowed", allowed)])


def _option(plan: ServicePlan, option: ir.Parameter) -> Code:
    default = option.schema.default
    values = option.schema.values if isinstance(option.schema, ir.EnumSchema) else ()
    facts = [
        ("argument", literal(plan.names.options[option.client_option])),
        ("header", literal(option.name)),
        ("default", literal(default if isinstance(default, str) else None)),
        ("values", literal(tuple(str(value) for value in values))),
    ]
    return call("_service.ClientOption", facts)

"""The assembly room: merged readings of a service to its documents, one for each version, as values in one order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apiscribe.capture.assembly_models import model_schemas
from apiscribe.capture.assembly_names import operation_names, version_key
from apiscribe.capture.assembly_operation import Context, operation_object
from apiscribe.capture.assembly_schema import source
from apiscribe.capture.checks import quoted
from apiscribe.capture.profile import Conventions
from apiscribe.capture.readings import Json, ModelReading, OperationReading, OverviewReading
from apiscribe.capture.translations import described
from apiscribe.errors import Diagnostic, Severity, shown
from apiscribe.naming import snake_case

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything that the pages say about one service."""

    name: str
    operations: tuple[OperationReading, ...]
    models: tuple[ModelReading, ...]
    overview: OverviewReading | None = None


def versions(service: Service) -> list[str]:
    """List the versions that operations of the service have, oldest first."""
    return sorted({operation.version for operation in service.operations}, key=version_key)


def document(service: Service, version: str, conventions: Conventions, found: list[Diagnostic]) -> dict[str, Json]:
    """Assemble the document of one version: each operation at its highest version up to this one."""
    operations = _operations_at(service.operations, version, found)
    newest = version == versions(service)[-1]
    context = Context(
        conventions=conventions,
        is_secret=lambda name: _is_secret(name, conventions),
        models={model.name: model for model in service.models},
    )
    components: dict[str, Json] = {
        "parameters": dict(conventions.shared_parameters),
        "schemas": model_schemas(operations, context, everything=newest, found=found),
        "securitySchemes": conventions.security_schemes,
    }
    return {
        "openapi": "3.1.0",
        "info": _info(service, version, conventions),
        "servers": [_server(service, conventions)],
        "security": conventions.security,
        "paths": _paths(operations, context, found),
        "components": {name: part for name, part in components.items() if part},
    }


def _is_secret(name: str, conventions: Conventions) -> bool:
    plain = snake_case(name)
    return conventions.secret.fullmatch(plain) is not None and conventions.not_secret.fullmatch(plain) is None


def _operations_at(
    readings: Sequence[OperationReading], version: str, found: list[Diagnostic]
) -> list[OperationReading]:
    limit = version_key(version)
    by_call: dict[tuple[str, str], OperationReading] = {}
    for reading in sorted(readings, key=lambda item: (version_key(item.version), item.path, item.method)):
        if version_key(reading.version) <= limit:
            by_call[reading.method, reading.path] = reading
    # An operation may have moved to another path: then its newest version is the one that counts.
    by_slug: dict[str, OperationReading] = {}
    kept = []
    for reading in sorted(by_call.values(), key=lambda item: (item.path, _METHODS.index(item.method))):
        if reading.slug is None:
            kept.append(reading)
            continue
        other = by_slug.get(reading.slug)
        if other is None or version_key(other.version) < version_key(reading.version):
            by_slug[reading.slug] = reading
        elif other.version == reading.version:
            message = f"slug {quoted(reading.slug)} has two calls, the other at {other.place.file}:{other.place.line}"
            found.append(Diagnostic(rule="page-contradiction", message=message, origin=reading.place.origin()))
    kept += by_slug.values()
    return sorted(kept, key=lambda item: (item.path, _METHODS.index(item.method)))


def _info(service: Service, version: str, conventions: Conventions) -> dict[str, Json]:
    overview = service.overview
    title = " ".join(part.capitalize() for part in re.split(r"[-_ ]+", service.name) if part)
    info: dict[str, Json] = {"title": overview.title if overview else title, "version": version}
    if overview:
        info.update(described(overview.description, overview.translations))
    info["x-service"] = service.name
    info["x-environment-prefix"] = conventions.environment_prefix
    if overview:
        info["x-source"] = source(overview.place)
    return info


def _server(service: Service, conventions: Conventions) -> dict[str, Json]:
    overview = service.overview
    if overview is not None:
        url, allowed = overview.server, [dict(pairs) for pairs in overview.allowed]
    else:
        everywhere = service.name in conventions.global_services
        template = conventions.global_server_template if everywhere else conventions.server_template
        url = template.replace("{service}", service.name)
        allowed = [dict(pairs) for pairs in conventions.server_values]
    names = _VARIABLE.findall(url)
    pairs: list[dict[str, str]] = []
    for values in allowed:
        pair = {name: values[name] for name in names if name in values}
        if pair and pair not in pairs:
            pairs.append(pair)
    pairs.sort(key=lambda pair: [pair[name] for name in sorted(pair)])
    server: dict[str, Json] = {"url": url}
    if overview is None:
        server["x-assumed"] = True
    if names:
        server["variables"] = {name: _variable(name, pairs, conventions.server_defaults) for name in names}
        server["x-allowed"] = [{name: pair[name] for name in sorted(pair)} for pair in pairs]
    return server


def _variable(name: str, pairs: Sequence[Mapping[str, str]], defaults: Mapping[str, str]) -> dict[str, Json]:
    values = sorted({pair[name] for pair in pairs})
    wanted = defaults.get(name, "")
    return {"default": wanted if wanted in values else values[0], "enum": list(values), "x-required": True}


def _paths(operations: Sequence[OperationReading], context: Context, found: list[Diagnostic]) -> dict[str, Json]:
    paths: dict[str, dict[str, Json]] = {}
    names = operation_names(operations, found)
    templates: dict[str, str] = {}
    for reading, name in zip(operations, names, strict=True):
        twin = templates.setdefault(_VARIABLE.sub("{}", reading.path), reading.path)
        if twin != reading.path:
            message = f"the path {shown(reading.path)} differs from {shown(twin)} only in the names of its variables"
            found.append(
                Diagnostic(rule="page-path", message=message, origin=reading.place.origin(), severity=Severity.WARNING)
            )
        paths.setdefault(reading.path, {})[reading.method] = operation_object(reading, name, context, found)
    return dict(paths)

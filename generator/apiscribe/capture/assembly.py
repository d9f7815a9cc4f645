"""The assembly room: merged readings of a service to its documents, one for each version, as values in one order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apiscribe.capture.assembly_history import check_history, check_versions, history_data
from apiscribe.capture.assembly_models import model_schemas
from apiscribe.capture.assembly_names import operation_names, version_key
from apiscribe.capture.assembly_operation import Context, operation_object
from apiscribe.capture.assembly_schema import source
from apiscribe.capture.assembly_versions import (
    Evidence,
    Listing,
    Selection,
    lineages,
    omitted_data,
    retired_data,
    select,
)
from apiscribe.capture.profile import Conventions
from apiscribe.capture.readings import Json, ModelReading, OmittedReading, OperationReading, OverviewReading
from apiscribe.capture.translations import described
from apiscribe.errors import Diagnostic, Severity, shown

_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything that the pages say about one service."""

    name: str
    operations: tuple[OperationReading, ...]
    models: tuple[ModelReading, ...]
    overview: OverviewReading | None = None
    listings: tuple[Listing, ...] = ()
    omitted: tuple[OmittedReading, ...] = ()


def versions(service: Service) -> list[str]:
    """List the versions that operations of the service have, oldest first."""
    return sorted({operation.version for operation in service.operations}, key=version_key)


def documents(
    service: Service, conventions: Conventions, found: list[Diagnostic]
) -> Iterator[tuple[str, dict[str, Json]]]:
    """Assemble the document of every version, oldest first: each operation at its highest version up to it."""
    groups = lineages(service.operations, found)
    models = {model.name: model for model in service.models}
    overview = service.overview
    history = overview.history if overview else ()
    if overview is not None:
        found.extend(check_versions(overview, versions(service)))
        found.extend(check_history(overview, groups, models, conventions))
    evidence = Evidence(conventions=conventions, history=history, listings=service.listings, omitted=service.omitted)
    context = Context(
        conventions=conventions,
        is_secret=conventions.is_secret,
        models=models,
        scheme=(overview.scheme if overview else None) or conventions.scheme,
    )
    missed: set[str] = set()
    for version in versions(service):
        selection = select(groups, version, evidence, found)
        info = _info(service, version, conventions, selection)
        newest = version == versions(service)[-1]
        schemas = model_schemas(selection.operations, context, everything=newest, missed=missed, found=found)
        components: dict[str, Json] = {
            "parameters": dict(conventions.shared_parameters),
            "schemas": schemas,
            "securitySchemes": _schemes(selection.operations, context),
        }
        yield version, {
            "openapi": "3.1.0",
            "info": info,
            "servers": [_server(service, conventions)],
            "security": [{context.scheme: []}],
            "paths": _paths(selection.operations, context, found),
            "components": {name: part for name, part in components.items() if part},
        }


def _schemes(operations: Sequence[OperationReading], context: Context) -> dict[str, Json]:
    used = {context.scheme, *(operation.scheme for operation in operations)}
    return {name: scheme for name, scheme in context.conventions.security_schemes.items() if name in used}


def _info(service: Service, version: str, conventions: Conventions, selection: Selection) -> dict[str, Json]:
    overview = service.overview
    title = " ".join(part.capitalize() for part in re.split(r"[-_ ]+", service.name) if part)
    info: dict[str, Json] = {"title": overview.title if overview else title, "version": version}
    if overview:
        info.update(described(overview.description, overview.translations))
    info["x-service"] = service.name
    info["x-environment-prefix"] = conventions.environment_prefix
    if overview:
        info["x-source"] = source(overview.place)
        info.update(_version_data(overview, version))
    lists = {"x-retired": retired_data(selection.retired), "x-left-out": omitted_data(selection.omitted)}
    info.update({key: entries for key, entries in lists.items() if entries})
    return info


def _version_data(overview: OverviewReading, version: str) -> dict[str, Json]:
    row = next((row for row in overview.versions if row.version == version), None)
    stated: dict[str, Json] = {
        "x-api-status": row.status if row else None,
        "x-supported-until": row.supported_until if row else None,
        "x-history": history_data(overview.history, version),
    }
    return {key: value for key, value in stated.items() if value}


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
    server.update({"x-assumed": True} if overview is None else {"x-source": source(overview.place)})
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

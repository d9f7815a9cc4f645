"""The belonging room: what a page leaves open and other pages tell: the base of its paths, who shares its models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from apiscribe.capture.cells import Cell, Unstated, references
from apiscribe.capture.checks import quoted
from apiscribe.capture.readings import ModelReading, OperationReading, OverviewReading, PageReading
from apiscribe.errors import Diagnostic, Severity

_Base = tuple[str, str, str]


def rebased(readings: Sequence[PageReading], found: list[Diagnostic]) -> list[PageReading]:
    """Complete paths without their base, from an overview or the other operations of the same folder."""
    bases: dict[str | None, set[_Base]] = {}
    for reading in readings:
        told = [_base_of(operation) for operation in reading.operations if operation.service]
        told += [_overview_base(overview, overview.base) for overview in reading.overviews if overview.base]
        bases.setdefault(reading.folder, set()).update(told)
    return [_completed(reading, bases.get(reading.folder, set()), found) for reading in readings]


def _overview_base(overview: OverviewReading, base: str) -> _Base:
    version = base.rpartition("v")[2]
    return base, overview.service, version if version.isdigit() else "1"


def _base_of(operation: OperationReading) -> _Base:
    mark = f"v{operation.version}"
    head, _, _ = operation.path.partition(f"/{mark}/")
    return f"{head}/{mark}", operation.service, operation.version


def _completed(reading: PageReading, bases: Iterable[_Base], found: list[Diagnostic]) -> PageReading:
    known = sorted(bases)
    operations = []
    for operation in reading.operations:
        if operation.service:
            operations.append(operation)
        elif len(known) == 1:
            base, service, version = known[0]
            operations.append(replace(operation, path=base + operation.path, service=service, version=version))
        else:
            message = f"the path {quoted(operation.path)} is without its base, and no overview beside the page tells it"
            found.append(Diagnostic(rule="page-path", message=message, origin=operation.place.origin()))
    return replace(reading, operations=tuple(operations))


def with_shared_models(readings: Sequence[PageReading], found: list[Diagnostic]) -> list[PageReading]:
    """Give every service the models of its family that it mentions, and those that they mention."""
    families: dict[str, dict[str, str | None]] = {}
    for operation in (operation for reading in readings for operation in reading.operations):
        families.setdefault(operation.family or "", {})[operation.service] = operation.family
    shared = [model for reading in readings for model in reading.models if model.family]
    wanted = {
        (family, service): _mentioned(readings, service, [model for model in shared if model.family == family])
        for family, services in families.items()
        for service in services
    }
    completed = []
    for reading in readings:
        models: list[ModelReading] = []
        for model in reading.models:
            takers = sorted(
                service for (family, service), names in wanted.items() if family == model.family and model.name in names
            )
            if model.family is None:
                models.append(model)
            elif takers:
                models += [replace(model, service=service) for service in takers]
            else:
                message = f"no operation mentions the shared model {quoted(model.name)}: it is in no document"
                origin = model.place.origin()
                found.append(Diagnostic(rule="page-model", message=message, origin=origin, severity=Severity.WARNING))
        completed.append(replace(reading, models=tuple(models)))
    return completed


def with_common_responses(reading: OperationReading, overview: OverviewReading | None) -> OperationReading:
    """Add the responses that the overview says every operation may give; what the page says of one counts first."""
    common = {response.code: response for response in (overview.responses if overview else ())}
    own = []
    for response in reading.responses:
        bare = isinstance(response.cell, Unstated) and response.sample is None
        own.append(replace(response, cell=common[response.code].cell) if bare and response.code in common else response)
    codes = {response.code for response in own}
    return replace(reading, responses=(*own, *(common[code] for code in common if code not in codes)))


def _mentioned(readings: Iterable[PageReading], service: str, shared: Iterable[ModelReading]) -> set[str]:
    by_name: Mapping[str, ModelReading] = {model.name: model for model in shared}
    cells: list[Cell] = []
    for reading in readings:
        for operation in reading.operations:
            if operation.service == service:
                cells += [field.cell for field in operation.parameters]
                cells += [response.cell for response in operation.responses]
                cells += [operation.body.cell] if operation.body else []
        cells += [field.cell for model in reading.models if model.service == service for field in model.fields]
    names: set[str] = set()
    while cells:
        for name in references(cells.pop()):
            if name not in names:
                names.add(name)
                cells += [field.cell for field in by_name[name].fields] if name in by_name else []
    return names

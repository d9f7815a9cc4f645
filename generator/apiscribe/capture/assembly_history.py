"""The history part of assembly: a service's change log as data of its documents, and against what its pages say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apiscribe.capture.assembly_names import version_key
from apiscribe.capture.assembly_versions import tells_of
from apiscribe.capture.cells import references
from apiscribe.capture.checks import quoted
from apiscribe.capture.profile import Conventions
from apiscribe.capture.readings import ChangeReading, Json, ModelReading, OperationReading, OverviewReading
from apiscribe.errors import Diagnostic, Origin, Severity, shown

Groups = Sequence[tuple[OperationReading, ...]]
Models = Mapping[str, ModelReading]


def history_data(history: Sequence[ChangeReading], version: str) -> list[Json]:
    """Give the entries of a change log up to a version, in the order of the page."""
    entries: list[Json] = []
    for entry in history:
        if version_key(entry.version) <= version_key(version):
            stated: dict[str, Json] = {
                "version": entry.version,
                "kind": entry.kind,
                "method": entry.method,
                "path": entry.path,
                "models": list(entry.models),
                "fields": list(entry.fields),
                "text": entry.text,
            }
            entries.append({key: value for key, value in stated.items() if value})
    return entries


def check_versions(overview: OverviewReading, versions: Sequence[str]) -> Iterator[Diagnostic]:
    """Compare the overview's table of versions with the versions that pages of operations have; it may be empty."""
    listed = {row.version: row for row in overview.versions}
    for version, row in listed.items():
        if version not in versions:
            message = f"the overview lists version {version}, which no captured page of an operation has"
            yield _warning(overview, message, row.line)
    for version in versions if listed else ():
        if version not in listed:
            yield _warning(overview, f"the overview's table of versions has no version {version}", overview.place.line)


def check_history(
    overview: OverviewReading, groups: Groups, models: Models, conventions: Conventions
) -> Iterator[Diagnostic]:
    """Find lines of the change log without an effect on pages, and effects on pages without a line."""
    for entry in overview.history:
        yield from _without_effect(entry, overview, groups, models)
    told = sorted({entry.version for entry in overview.history}, key=version_key)
    if not told:
        return
    versions = sorted({reading.version for group in groups for reading in group}, key=version_key)
    for version in versions:
        entries = [entry for entry in overview.history if entry.version == version]
        if version in told:
            yield from _without_line(version, entries, overview, groups, models, conventions)
        elif version_key(version) > version_key(told[0]):
            yield _warning(overview, f"the change log tells nothing of version {version}", overview.history[0].line)


def _without_effect(
    entry: ChangeReading, overview: OverviewReading, groups: Groups, models: Models
) -> Iterator[Diagnostic]:
    where = f"the change log of version {entry.version}"
    about = [group for group in groups if tells_of(entry, group)]
    if entry.path is not None and not about:
        call = f"{entry.method or ''} {shown(entry.path)}".strip()
        yield _warning(overview, f"{where} names {call}, which no captured page documents", entry.line)
    for group in about:
        versions = [reading.version for reading in group]
        name = f"{group[-1].method} {shown(group[-1].path)}"
        if entry.kind == "removed":
            if version_key(versions[-1]) >= version_key(entry.version):
                yield _warning(overview, f"{where} removes {name}, which has version {versions[-1]}", entry.line)
        elif entry.version not in versions:
            yield _warning(overview, f"{where} names {name}, of which no page has that version", entry.line)
        elif entry.kind == "new" and versions[0] != entry.version:
            yield _warning(overview, f"{where} calls {name} new, which has version {versions[0]}", entry.line)
    for model in entry.models:
        if model not in models and model not in _mentioned(groups, models):
            yield _warning(overview, f"{where} names model {quoted(model)}, which no page describes", entry.line)
    reached = {field for name in _reached(entry, about, models) for field in _field_names(models[name])}
    reached |= {field.name for group in about for reading in group for field in reading.parameters}
    for field in entry.fields if reached else ():
        if field not in reached:
            yield _warning(overview, f"{where} names field {quoted(field)}, which its models do not have", entry.line)


def _without_line(
    version: str,
    entries: Sequence[ChangeReading],
    overview: OverviewReading,
    groups: Groups,
    models: Models,
    conventions: Conventions,
) -> Iterator[Diagnostic]:
    for group in groups:
        for reading in group:
            if reading.version == version and not any(tells_of(entry, group) for entry in entries):
                message = (
                    f"{reading.method} {shown(reading.path)} has version {version}, of which the change log is silent"
                )
                yield _warning(overview, message, reading.place.line, reading.place.file)
    named = {name for entry in entries for name in entry.models}
    for name, model in models.items():
        if conventions.version_of_model(name) == version and name not in named:
            message = f"model {quoted(name)} is of version {version}, whose change log does not name it"
            yield _warning(overview, message, model.place.line, model.place.file)


def _mentioned(groups: Groups, models: Models) -> set[str]:
    cells = [field.cell for model in models.values() for field in model.fields]
    for reading in (reading for group in groups for reading in group):
        cells += [field.cell for field in reading.parameters]
        cells += [response.cell for response in reading.responses]
        cells += [reading.body.cell] if reading.body else []
    return {name for cell in cells for name in references(cell)}


def _reached(entry: ChangeReading, about: Groups, models: Models) -> set[str]:
    """List the models an entry is about: those it names, else those its operations reach, through other models too."""
    waiting = [name for name in entry.models if name in models]
    if not waiting:
        waiting = [name for name in _mentioned(about, {}) if name in models]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [inner for inner in _mentioned((), {name: models[name]}) if inner in models]
    return reached


def _field_names(model: ModelReading) -> set[str]:
    return {field.name for field in model.fields}


def _warning(overview: OverviewReading, message: str, line: int, file: str | None = None) -> Diagnostic:
    origin = Origin(file=file or overview.place.file, line=line)
    return Diagnostic(rule="page-history", message=message, origin=origin, severity=Severity.WARNING)

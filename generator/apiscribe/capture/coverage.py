"""The coverage room: pages in, counts out of what was read, stated, inferred, unknown, missing and complained about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from posixpath import dirname

from apiscribe.capture.capturing import CapturedDocument, Survey
from apiscribe.capture.page import PageSource
from apiscribe.capture.readings import Json, PageReading
from apiscribe.errors import Diagnostic, Severity

# What a schema says a value is; without any of these it says nothing.
_TYPED = frozenset({"type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf"})
NO_SERVICE = ""


class Standing(StrEnum):
    """What is known of a field: a page states it, an example suggests it, or nothing tells."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCoverage:
    """One page that was seen: of which service, of which kind, and whether it was parsed or refused."""

    name: str
    file: str
    service: str
    kind: str
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingModel:
    """A model that is referred to and that no page describes; evidence is empty if nothing at all is known of it."""

    service: str
    name: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A warning or an error, the service of its page, and its place."""

    service: str
    diagnostic: Diagnostic

    @property
    def is_error(self) -> bool:
        """Whether it refuses a page."""
        return self.diagnostic.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCoverage:
    """The counts of one service; the service without a name has the pages that belong to none."""

    service: str
    versions: tuple[str, ...]
    seen: int
    refused: int
    operations: int
    stated: int
    inferred: int
    unknown: int
    missing: int
    warnings: int

    @property
    def parsed(self) -> int:
        """How many pages were parsed."""
        return self.seen - self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What pages give, by service, with everything that is missing or was complained about."""

    services: tuple[ServiceCoverage, ...]
    pages: tuple[PageCoverage, ...]
    missing: tuple[MissingModel, ...]
    findings: tuple[Finding, ...]

    @property
    def total(self) -> ServiceCoverage:
        """The sums over all services."""
        numbers = ("seen", "refused", "operations", "stated", "inferred", "unknown", "missing", "warnings")
        return ServiceCoverage(
            service="", versions=(), **{name: sum(getattr(one, name) for one in self.services) for name in numbers}
        )

    @property
    def kinds(self) -> tuple[tuple[str, int, int], ...]:
        """The rules that found something, each with its errors and warnings, the most frequent first."""
        errors = Counter(one.diagnostic.rule for one in self.findings if one.is_error)
        warnings = Counter(one.diagnostic.rule for one in self.findings if not one.is_error)
        rules = sorted({*errors, *warnings}, key=lambda rule: (-errors[rule], -warnings[rule], rule))
        return tuple((rule, errors[rule], warnings[rule]) for rule in rules)


def coverage(pages: Sequence[PageSource], surveyed: Survey, skipped: Iterable[Diagnostic] = ()) -> Coverage:
    """Count what a survey of pages gave; `skipped` are findings about files that were not read as pages."""
    found = (*skipped, *surveyed.diagnostics)
    seen = _pages(pages, surveyed.readings, found)
    owners = {page.file: page.service for page in seen}
    ordered = sorted(found, key=lambda item: (item.severity, item.origin.file, item.origin.line or 0, item.message))
    findings = tuple(Finding(service=owners.get(item.origin.file, NO_SERVICE), diagnostic=item) for item in ordered)
    missing = tuple(_missing(surveyed.documents))
    names = sorted({*owners.values(), *(document.service for document in surveyed.documents)})
    documents = {name: [one for one in surveyed.documents if one.service == name] for name in names}
    services = tuple(_service(name, documents[name], seen, missing, findings) for name in names)
    return Coverage(services=services, pages=seen, missing=missing, findings=findings)


def merged(counts: Sequence[Coverage]) -> Coverage:
    """Lay the counts of several portals side by side."""
    return Coverage(
        services=tuple(service for one in counts for service in one.services),
        pages=tuple(page for one in counts for page in one.pages),
        missing=tuple(model for one in counts for model in one.missing),
        findings=tuple(finding for one in counts for finding in one.findings),
    )


def _service(
    name: str,
    documents: Sequence[CapturedDocument],
    pages: Iterable[PageCoverage],
    missing: Iterable[MissingModel],
    findings: Iterable[Finding],
) -> ServiceCoverage:
    own = [page for page in pages if page.service == name]
    operations, fields = _facts(documents)
    return ServiceCoverage(
        service=name,
        versions=tuple(document.version for document in documents),
        seen=len(own),
        refused=sum(page.refused for page in own),
        operations=operations,
        stated=fields[Standing.STATED],
        inferred=fields[Standing.INFERRED],
        unknown=fields[Standing.UNKNOWN],
        missing=sum(model.service == name for model in missing),
        warnings=sum(finding.service == name and not finding.is_error for finding in findings),
    )


def _pages(
    pages: Sequence[PageSource], readings: Sequence[PageReading], found: Iterable[Diagnostic]
) -> tuple[PageCoverage, ...]:
    refused = {item.origin.file for item in found if item.severity is Severity.ERROR}
    read = {reading.file: reading for reading in readings}
    services = {file: service for file, reading in read.items() if (service := _owner(reading))}
    beside = _folders(services)
    return tuple(
        PageCoverage(
            name=page.name or page.path,
            file=page.path,
            service=services.get(page.path) or _nearest(page.path, beside),
            kind=read[page.path].kind if page.path in read else "",
            refused=page.path in refused or page.path not in read,
        )
        for page in sorted(pages, key=lambda item: (item.name or item.path, item.path))
    )


def _owner(reading: PageReading) -> str:
    named = {operation.service for operation in reading.operations} | {model.service for model in reading.models}
    named |= {overview.service for overview in reading.overviews}
    return named.pop() if len(named) == 1 else NO_SERVICE


def _folders(services: Mapping[str, str]) -> dict[str, set[str]]:
    """List for every folder the services of the pages below it."""
    folders: dict[str, set[str]] = {}
    for file, service in services.items():
        folder = dirname(file.replace("\\", "/"))
        while folder not in ("", "/"):
            folders.setdefault(folder, set()).add(service)
            folder = dirname(folder)
    return folders


def _nearest(file: str, folders: Mapping[str, set[str]]) -> str:
    """Find the service of a page that tells none: that of its neighbours, if they are all of one."""
    folder = dirname(file.replace("\\", "/"))
    while folder not in ("", "/"):
        if folder in folders:
            return next(iter(folders[folder])) if len(folders[folder]) == 1 else NO_SERVICE
        folder = dirname(folder)
    return NO_SERVICE


def _missing(documents: Sequence[CapturedDocument]) -> Iterator[MissingModel]:
    known: set[tuple[str, str]] = set()
    for document in reversed(documents):
        for name, schema in _members(document.data, "components", "schemas"):
            if isinstance(schema, dict) and schema.get("x-inferred") is True and (document.service, name) not in known:
                known.add((document.service, name))
                evidence = str(schema.get("x-evidence", "")) if _TYPED & schema.keys() else ""
                yield MissingModel(service=document.service, name=name, evidence=evidence)


def _facts(documents: Sequence[CapturedDocument]) -> tuple[int, Counter[Standing]]:
    """Count operations and fields of a service, each once however many of its versions have it, newest first."""
    fields: Counter[Standing] = Counter()
    calls: set[tuple[str, str, str]] = set()
    schemas: set[str] = set()
    for document in reversed(documents):
        for path, item in _members(document.data, "paths"):
            for method, operation in _members(item):
                call = (path, method, str(operation.get("x-api-version")) if isinstance(operation, dict) else "")
                if call not in calls and isinstance(operation, dict):
                    calls.add(call)
                    fields.update(_operation(operation))
        for name, schema in _members(document.data, "components", "schemas"):
            if name not in schemas:
                schemas.add(name)
                fields.update(_inside(schema, inferred=False))
    return len(calls), fields


def _operation(operation: Mapping[str, Json]) -> Iterator[Standing]:
    listed = operation.get("parameters")
    for parameter in listed if isinstance(listed, list) else ():
        if isinstance(parameter, dict) and "$ref" not in parameter:
            yield from _field(parameter.get("schema"), inferred=False)
    responses = [response for _, response in _members(operation, "responses")]
    for holder in (operation.get("requestBody"), *responses):
        for _, media in _members(holder, "content"):
            schema = media.get("schema") if isinstance(media, dict) else None
            # What a referred model holds is counted where the model stands.
            if isinstance(schema, dict) and "$ref" not in schema:
                yield from _inside(schema, inferred=False) if "properties" in schema else _field(schema, inferred=False)


def _field(schema: Json, *, inferred: bool) -> Iterator[Standing]:
    known = isinstance(schema, dict) and bool(_TYPED & schema.keys())
    inferred = inferred or (isinstance(schema, dict) and schema.get("x-inferred") is True)
    yield Standing.UNKNOWN if not known else Standing.INFERRED if inferred else Standing.STATED
    yield from _inside(schema, inferred=inferred)


def _inside(schema: Json, *, inferred: bool) -> Iterator[Standing]:
    """List the standings of all properties inside a schema, at any depth."""
    if not isinstance(schema, dict):
        return
    inferred = inferred or schema.get("x-inferred") is True
    for _, member in _members(schema, "properties"):
        yield from _field(member, inferred=inferred)
    alternatives = [part for key in ("anyOf", "oneOf", "allOf") if isinstance(part := schema.get(key), list)]
    for part in (
        schema.get("items"),
        schema.get("additionalProperties"),
        *(one for many in alternatives for one in many),
    ):
        yield from _inside(part, inferred=inferred)


def _members(value: Json | Mapping[str, Json], *path: str) -> Iterator[tuple[str, Json]]:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        yield from value.items()

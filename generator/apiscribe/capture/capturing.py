"""The capturing room: pages in, documents out; everything between reading the bytes and writing the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apiscribe.capture import assembly
from apiscribe.capture.agreement import CONTRADICTION, merged_models, merged_operations, merged_overviews
from apiscribe.capture.assembly_names import version_key, with_known_names
from apiscribe.capture.assembly_versions import Listing
from apiscribe.capture.belonging import rebased, with_common_responses, with_shared_models
from apiscribe.capture.checks import quoted
from apiscribe.capture.completing import filled, titled
from apiscribe.capture.conformance import check_samples
from apiscribe.capture.emit import to_yaml
from apiscribe.capture.forms import read_page
from apiscribe.capture.lock import lock_text
from apiscribe.capture.page import PageSource
from apiscribe.capture.profile import Profile
from apiscribe.capture.readings import Json, OmittedReading, OperationReading, PageReading
from apiscribe.capture.statements import concerned
from apiscribe.errors import ApiscribeError, Diagnostic, Origin, Severity

_SERVICE = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}", re.IGNORECASE)
_LANGUAGES = frozenset({"en", "ja", "ko"})
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedDocument:
    """One OpenAPI document: of which service and version, as plain values and as YAML text."""

    service: str
    version: str
    data: dict[str, Json]
    text: str

    @property
    def name(self) -> str:
        """Name the file of this document in a folder of documents."""
        return f"{self.service}-{self.version}.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a capture gives: documents by service and version, warnings, and the lock of the pages."""

    documents: tuple[CapturedDocument, ...]
    diagnostics: tuple[Diagnostic, ...]
    lock_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What pages give, refused ones or not: readings with their services, documents, and every finding."""

    readings: tuple[PageReading, ...]
    documents: tuple[CapturedDocument, ...]
    diagnostics: tuple[Diagnostic, ...]


def read(
    pages: Sequence[PageSource],
    profile: Profile,
    *,
    service: str | None = None,
    language: str = DEFAULT_LANGUAGE,
    skip_invalid: bool = False,
) -> Captured:
    """Turn pages into documents, whatever order they come in.

    Descriptions are those of the pages in `language`; other languages' texts stand beside them.
    `service` is the service of pages of models that do not tell theirs; `skip_invalid` leaves out operations and models
    that cannot be read, each with a warning.

    Raises: ApiscribeError with everything that is wrong with all pages.
    """
    surveyed = survey(
        pages, profile, service=service, language=language, skip_invalid=skip_invalid, stops_at_errors=True
    )
    found = list(surveyed.diagnostics)
    if not any(diagnostic.severity is Severity.ERROR for diagnostic in found) and not surveyed.documents:
        origin = Origin(file=pages[0].path if pages else "pages", line=None)
        found.append(
            Diagnostic(rule="page-none", message="no endpoint version page was given: nothing to write", origin=origin)
        )
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise ApiscribeError(found)
    return Captured(
        documents=surveyed.documents, diagnostics=surveyed.diagnostics, lock_text=lock_text(surveyed.readings)
    )


def settle(
    pages: Sequence[PageSource], profile: Profile, *, language: str = DEFAULT_LANGUAGE, skip_invalid: bool = False
) -> tuple[Captured, tuple[Diagnostic, ...]]:
    """Turn pages into documents even where they contradict each other, as one language or print view changes first.

    Gives the documents that follow from the pages that count first, and the contradictions.

    Raises: ApiscribeError with everything else that is wrong with the pages.
    """
    surveyed = survey(pages, profile, language=language, skip_invalid=skip_invalid)
    errors = [one for one in surveyed.diagnostics if one.severity is Severity.ERROR]
    if any(one.rule != CONTRADICTION for one in errors):
        raise ApiscribeError(errors)
    captured = Captured(
        documents=surveyed.documents,
        diagnostics=tuple(one for one in surveyed.diagnostics if one.severity is Severity.WARNING),
        lock_text=lock_text(surveyed.readings),
    )
    return captured, tuple(errors)


def survey(
    pages: Sequence[PageSource],
    profile: Profile,
    *,
    service: str | None = None,
    language: str = DEFAULT_LANGUAGE,
    skip_invalid: bool = False,
    stops_at_errors: bool = False,
) -> Survey:
    """Find out what pages give, errors among the findings; with `stops_at_errors`, only as far as it is sound."""
    found: list[Diagnostic] = []
    readings = _readings(pages, profile, found, skip_invalid=skip_invalid)
    readings = with_shared_models(_with_services(rebased(readings, found), service, found), found)
    readings = filled(readings, found, skip_invalid=skip_invalid)
    found.extend(_unspoken(readings, language))
    services = _services(readings, language, found)
    if skip_invalid:
        found[:] = [_kept_anyway(one) for one in found]
    documents: list[CapturedDocument] = []
    for one in services:
        # A service whose readings contradict each other would only repeat its faults below.
        if stops_at_errors and any(diagnostic.severity is Severity.ERROR for diagnostic in found):
            break
        found.extend(check_samples(one.operations, {model.name: model for model in one.models}))
        documents += _documents(one, profile, found)
    return Survey(
        readings=tuple(readings), documents=tuple(documents), diagnostics=concerned(_once(found), readings, documents)
    )


def _readings(
    pages: Sequence[PageSource], profile: Profile, found: list[Diagnostic], *, skip_invalid: bool
) -> list[PageReading]:
    readings = []
    # One page after another is read and forgotten: what it says is far less than what it holds.
    for source in sorted(dict.fromkeys(pages), key=lambda item: (item.name or item.path, item.path)):
        try:
            reading = profile.read(read_page(source, profile.layout))
        except ApiscribeError as error:
            found.extend(_left_out(item) if skip_invalid else item for item in error.diagnostics)
            continue
        readings.append(reading)
        found.extend(_left_out(item) if skip_invalid else item for item in reading.diagnostics)
    return readings


def _left_out(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.severity is Severity.WARNING:
        return diagnostic
    return replace(diagnostic, severity=Severity.WARNING, message=f"left out: {diagnostic.message}")


def _kept_anyway(diagnostic: Diagnostic) -> Diagnostic:
    """Go on with the page that counts first where pages contradict each other."""
    if diagnostic.rule != CONTRADICTION:
        return diagnostic
    return replace(diagnostic, severity=Severity.WARNING, message=f"{diagnostic.message}; kept as it is there")


def _with_services(readings: Sequence[PageReading], service: str | None, found: list[Diagnostic]) -> list[PageReading]:
    """Give every model and overview its service: the page's own, the one given, or the one its folder belongs to."""
    known: dict[str, set[str]] = {}
    services = {operation.service for reading in readings for operation in reading.operations}
    for reading in readings:
        for operation in reading.operations:
            if reading.folder is not None:
                known.setdefault(reading.folder, set()).add(operation.service)
    completed = []
    for reading in readings:
        named = {operation.service for operation in reading.operations}
        owner = named.pop() if len(named) == 1 else service or _addressed(reading, services)
        owner = owner or _owner(reading.folder, known, services)
        if owner is None and not all(item.service or getattr(item, "family", None) for item in reading.described):
            message = "the page does not tell its service: put it below <service>/models/, or give --service"
            found.append(Diagnostic(rule="page-service", message=message, origin=Origin(file=reading.file, line=1)))
            continue
        completed.append(
            replace(
                reading,
                omitted=tuple(replace(item, service=item.service or owner or "") for item in reading.omitted),
                models=tuple(replace(item, service=item.service or owner or "") for item in reading.models),
                overviews=tuple(replace(item, service=item.service or owner or "") for item in reading.overviews),
                titles=tuple(replace(item, service=item.service or owner or "") for item in reading.titles),
            )
        )
    return completed


def _addressed(reading: PageReading, services: set[str]) -> str | None:
    """Find the service whose server address an overview states."""
    named = {overview.service for overview in reading.overviews}
    return named.pop() if len(named) == 1 and named <= services else None


def _owner(folder: str | None, known: Mapping[str, set[str]], services: set[str]) -> str | None:
    if folder is None:
        return None
    # What other pages of the same folder say counts before the folder's own name.
    beside = known.get(folder, set())
    if len(beside) == 1:
        return next(iter(beside))
    parts = folder.split("/") if folder else []
    for part in reversed(parts):
        if part in services:
            return part
    last = parts[-1] if parts else ""
    return last if _SERVICE.fullmatch(last) and last not in _LANGUAGES else None


def _unspoken(readings: Sequence[PageReading], language: str) -> list[Diagnostic]:
    """Say so if no page is in the language that descriptions are asked for in; without a wish there is none."""
    spoken = {reading.language for reading in readings if reading.language is not None}
    if language == DEFAULT_LANGUAGE or language in spoken or not readings:
        return []
    known = ", ".join(sorted(spoken)) or "none that is known"
    message = f"no page is in language {quoted(language)}: descriptions are in another ({known})"
    origin = Origin(file=readings[0].file)
    return [Diagnostic(rule="page-language", message=message, origin=origin, severity=Severity.WARNING)]


def _services(readings: Sequence[PageReading], language: str, found: list[Diagnostic]) -> list[assembly.Service]:
    merged = merged_operations((item for reading in readings for item in reading.operations), language, found)
    operations = with_known_names(titled(merged, [item for reading in readings for item in reading.titles], found))
    models = merged_models((item for reading in readings for item in reading.models), language, found)
    overviews = {
        item.service: item
        for item in merged_overviews((item for reading in readings for item in reading.overviews), language, found)
    }
    operations = [with_common_responses(item, overviews.get(item.service)) for item in operations]
    listings = _listings(readings)
    services = []
    for name in sorted({operation.service for operation in operations}):
        services.append(
            assembly.Service(
                name=name,
                operations=tuple(operation for operation in operations if operation.service == name),
                models=tuple(model for model in models if model.service == name),
                overview=overviews.get(name),
                listings=listings.get(name, ()),
                omitted=_omitted(readings, [one for one in operations if one.service == name], name),
            )
        )
    there = {one.name for one in services}
    for model in models:
        if model.service not in there:
            message = (
                f"no endpoint version page of service {quoted(model.service)} was given: its models make no document"
            )
            found.append(Diagnostic(rule="page-service", message=message, origin=model.place.origin()))
            there.add(model.service)
    return services


def _omitted(
    readings: Sequence[PageReading], operations: Sequence[OperationReading], service: str
) -> tuple[OmittedReading, ...]:
    """Find the endpoint versions of a service that no page lets one read, each once."""
    there = {(one.method, one.path, one.version) for one in operations}
    calls = {(one.method, one.path) for one in operations}
    found: dict[tuple[str, str, str], OmittedReading] = {}
    for one in (item for reading in readings for item in reading.omitted):
        # An operation that does not tell its service is of every service that has it.
        is_mine = one.service == service or (not one.service and (one.method, one.path) in calls)
        if is_mine and (one.method, one.path, one.version) not in there:
            found.setdefault((one.method, one.path, one.version), one)
    return tuple(one for _, one in sorted(found.items()))


def _listings(readings: Sequence[PageReading]) -> dict[str, tuple[Listing, ...]]:
    """Find the pages that list every operation of their service; one of which a part was refused lists less."""
    found: dict[str, tuple[Listing, ...]] = {}
    for reading in readings:
        if not reading.lists_all or not all(_is_warning(one) for one in reading.diagnostics):
            continue
        for service in {one.service for one in reading.operations}:
            mine = [one for one in reading.operations if one.service == service]
            listing = Listing(
                page=reading.page,
                calls=frozenset((one.method, one.path) for one in mine),
                newest=max((one.version for one in mine), key=version_key),
            )
            found[service] = (*found.get(service, ()), listing)
    return found


def _is_warning(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.WARNING


def _documents(one: assembly.Service, profile: Profile, found: list[Diagnostic]) -> list[CapturedDocument]:
    return [
        CapturedDocument(service=one.name, version=version, data=data, text=to_yaml(data))
        for version, data in assembly.documents(one, profile.conventions, found)
    ]


def _once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop repetitions: two documents of one service may find the same thing."""
    return tuple(dict.fromkeys(found))

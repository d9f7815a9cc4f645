"""The reader room: one neutral page of the portal to everything it states about operations, models and the service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from apiscribe.capture.checks import name_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.page import Block, Form, Heading, Item, Page, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.endpoint import call_of, language_of, read_endpoint
from apiscribe.capture.profiles.samsungcloud.model import read_model
from apiscribe.capture.profiles.samsungcloud.overview import read_overview
from apiscribe.capture.profiles.samsungcloud.sections import (
    VERSION,
    Kind,
    Outline,
    endpoints,
    models,
    outline,
    overviews,
    stray,
)
from apiscribe.capture.profiles.samsungcloud.tables import read_dates
from apiscribe.capture.readings import (
    ModelReading,
    OmittedReading,
    OperationReading,
    OverviewReading,
    PageReading,
    Place,
    TitleReading,
)
from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal, shown

_EXTENSION = re.compile(r"(?:/(?:_?index)\.(?:html?|md|txt)|\.(?:txt|text|html?|md|markdown))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """What the folders of an address say: the one above apis, models or the print view, the slug, the version."""

    folder: str | None = None
    slug: str | None = None
    version: str | None = None


def read(page: Page) -> PageReading:
    """Read a page of any kind.

    Raises: ApiscribeError if the page as a whole cannot be read; faults of single operations are in the reading.
    """
    form = outline(page)
    address = _address(page, form.kind)
    language = _language(page, form)
    diagnostics = list(form.diagnostics)
    for part, message in stray(form):
        origin = Origin(file=page.file, line=part.line)
        diagnostics.append(Diagnostic(rule="page-shape", message=message, origin=origin))
    omitted: list[OmittedReading] = []
    operations = _operations(page, form, address, language, diagnostics, omitted)
    services = _services(form, operations)
    return PageReading(
        file=page.file,
        page=page.source,
        name=page.name,
        sha256=page.sha256,
        kind=form.kind,
        form=page.form,
        language=language,
        folder=address.folder,
        operations=tuple(operation for _, operation in operations),
        omitted=tuple(omitted),
        models=tuple(_models(page, form, language, services, diagnostics)),
        overviews=tuple(_overviews(page, form, language, services, diagnostics)),
        titles=_titles(page, form, address, language, diagnostics),
        lists_all=form.kind in (Kind.SERVICE_PRINT, Kind.APIS_PRINT, Kind.CATEGORY_PRINT),
        diagnostics=tuple(diagnostics),
    )


_Numbered = list[tuple[tuple[int, ...], OperationReading]]


def _services(form: Outline, operations: _Numbered) -> dict[tuple[int, ...], str]:
    """Find which service each group of a print view is of: on all pages but those of a category there is one group.

    Raises: ApiscribeError if the operations of one group are of several services.
    """
    found: dict[tuple[int, ...], str] = {}
    for number, operation in operations:
        first = found.setdefault(number[: form.depth], operation.service)
        if operation.service not in ("", first):
            message = f"a print view of one service names several: {', '.join(sorted((first, operation.service)))}"
            raise refusal("page-service", message, operation.place.origin())
    return found


def _address(page: Page, kind: Kind) -> _Address:
    path = page.address.partition("://")[2] if page.address else page.file.replace("\\", "/")
    parts = [part for part in _EXTENSION.sub("", path).split("/") if part not in ("", ".")]
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == "apis":
            rest = parts[index + 1 :]
            if len(rest) == 2 and VERSION.fullmatch(rest[1]):
                return _Address(folder="/".join(parts[:index]), slug=rest[0], version=rest[1])
            if rest[1:] in ([], ["_print"]) and kind in (Kind.ENDPOINT, Kind.ENDPOINT_PRINT) and rest:
                return _Address(folder="/".join(parts[:index]), slug=rest[0])
            return _Address(folder="/".join(parts[:index]))
        if parts[index] == "models":
            return _Address(folder="/".join(parts[:index]))
    # The pages of a whole service lie in its folder, which is an overview's own address; no other folder tells.
    if kind is Kind.OVERVIEW and page.address:
        return _Address(folder="/".join(parts))
    return _Address(folder="/".join(parts[:-1]) if kind in (Kind.SERVICE_PRINT, Kind.OVERVIEW) else None)


def _language(page: Page, form: Outline) -> str | None:
    parts = [form.lead, *(part.blocks for part in form.parts)]
    stated = next((found for blocks in parts if (found := language_of(blocks))), None)
    if stated or page.language or form.notice:
        return stated or page.language or form.notice
    if form.parts and page.form is Form.TEXT:
        return "ko"  # in plain text only the English print views carry a notice
    folders = [part for part in page.name.split("/") if part in facts.LANGUAGE_FOLDERS]
    return folders[-1] if folders else None


def _place(page: Page, line: int, language: str | None, section: str | None) -> Place:
    return Place(
        file=page.file,
        page=page.source,
        sha256=page.sha256,
        form=page.form,
        line=line,
        single=section is None,
        language=language,
        section=section,
    )


def _operations(
    page: Page,
    form: Outline,
    address: _Address,
    language: str | None,
    diagnostics: list[Diagnostic],
    omitted: list[OmittedReading],
) -> _Numbered:
    if form.kind is Kind.ENDPOINT_VERSION:
        place = _place(page, page.blocks[0].line, language, None)
        if address.version not in (None, form.title):
            message = f"the address says version {address.version}, the page says {shown(form.title)}"
            raise refusal("page-version", message, place.origin())
        found = _endpoint(form.lead, form.title, place, page.last_line, (None, address.slug), diagnostics, omitted)
        return [((), operation) for operation in found]
    numbered: _Numbered = []
    for part in endpoints(form):
        # The print view of one operation has its name as title; elsewhere it stands above, unless that is lost.
        name = form.title if form.kind is Kind.ENDPOINT_PRINT else part.parent
        place = _place(page, part.line, language, f"{name} {part.title}" if name else part.title)
        if not VERSION.fullmatch(part.title) or not (name or page.form is Form.LOSSY):
            message = f"not the version of an operation: {quoted(part.title)}"
            diagnostics.append(Diagnostic(rule="page-shape", message=message, origin=place.origin()))
            continue
        names = (name, address.slug if form.kind is Kind.ENDPOINT_PRINT else None)
        found = _endpoint(part.blocks, part.title, place, part.last_line, names, diagnostics, omitted)
        numbered += [(part.number, operation) for operation in found]
    return numbered


def _endpoint(
    blocks: Sequence[Block],
    version: str,
    place: Place,
    last_line: int,
    names: tuple[str | None, str | None],
    diagnostics: list[Diagnostic],
    omitted: list[OmittedReading],
) -> list[OperationReading]:
    try:
        operation, odd = read_endpoint(blocks, version, place, last_line, names)
    except ApiscribeError as error:
        diagnostics.extend(error.diagnostics)
        call = call_of(blocks, version, place)
        if call is not None:
            method, path = call
            name, slug = names
            omitted.append(
                OmittedReading(
                    place=place, service="", version=version, method=method, path=path, display_name=name, slug=slug
                )
            )
        return []
    diagnostics.extend(odd)
    return [operation]


def _models(
    page: Page,
    form: Outline,
    language: str | None,
    services: Mapping[tuple[int, ...], str],
    diagnostics: list[Diagnostic],
) -> list[ModelReading]:
    if form.kind is Kind.MODEL:
        stretches = [(form.title, _place(page, page.blocks[0].line, language, None), form.lead, "")]
    else:
        stretches = [
            (
                part.title,
                _place(page, part.line, language, part.title),
                part.blocks,
                services.get(part.number[: form.depth], ""),
            )
            for part in models(form)
        ]
    found = []
    for name, place, blocks, service in stretches:
        try:
            found.append(replace(read_model(blocks, name, place, diagnostics), service=service))
        except ApiscribeError as error:
            diagnostics.extend(error.diagnostics)
    return found


def _overviews(
    page: Page,
    form: Outline,
    language: str | None,
    services: Mapping[tuple[int, ...], str],
    diagnostics: list[Diagnostic],
) -> list[OverviewReading]:
    found = []
    for number, alone in overviews(form):
        line = alone.lead[0].line if number else page.blocks[0].line
        faults = Faults(_place(page, line, language, f"{alone.title} {facts.OVERVIEW}" if number else facts.OVERVIEW))
        try:
            reading = read_overview(alone, faults)
            diagnostics.extend(faults.found if reading is None else faults.finish())
        except ApiscribeError as error:
            if not number:
                raise
            diagnostics.extend(error.diagnostics)
            continue
        if reading is not None:
            found.append(replace(reading, service=services.get(number, "") or reading.service))
    return found


def _titles(
    page: Page, form: Outline, address: _Address, language: str | None, diagnostics: list[Diagnostic]
) -> tuple[TitleReading, ...]:
    if form.kind is not Kind.ENDPOINT:
        return ()
    place = _place(page, page.blocks[0].line, language, None)
    faults = Faults(place)
    fault = name_fault(form.title)
    if fault:
        faults.add("page-name", f"the display name {quoted(form.title)} {fault}", place.line)
    versions: dict[str, str | None] = {}
    for block in form.lead:
        if isinstance(block, Table):
            dates, found = read_dates(block)
            faults.extend("page-table", found)
            versions.update(dates)
        elif isinstance(block, Heading | Paragraph | Item) and VERSION.fullmatch(block.text):
            versions.setdefault(block.text, None)
    diagnostics.extend(faults.found)
    return (
        TitleReading(
            place=place,
            service="",
            slug=address.slug,
            display_name=form.title,
            versions=tuple(versions.items()),
        ),
    )

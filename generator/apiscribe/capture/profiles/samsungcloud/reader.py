"""The reader room: one neutral page of the portal to everything it states about operations, models and the service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apiscribe.capture import rowsets
from apiscribe.capture.checks import component_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import prose
from apiscribe.capture.page import Block, Form, Heading, Page, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.endpoint import language_of, read_endpoint
from apiscribe.capture.profiles.samsungcloud.overview import read_overview
from apiscribe.capture.profiles.samsungcloud.sections import (
    VERSION,
    Kind,
    Outline,
    endpoints,
    models,
    outline,
    stray,
)
from apiscribe.capture.profiles.samsungcloud.tables import read_fields
from apiscribe.capture.readings import ModelReading, OperationReading, OverviewReading, PageReading, Place
from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal, shown

_EXTENSION = re.compile(r"\.(?:txt|text|html?)$|/index\.html?$", re.IGNORECASE)


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
    operations = _operations(page, form, address, language, diagnostics)
    described = _models(page, form, language, diagnostics)
    overview = _overview(page, form, language, diagnostics)
    services = sorted({operation.service for operation in operations})
    if form.kind is not Kind.ENDPOINT_VERSION and len(services) > 1:
        message = f"a print view of one service names several: {', '.join(services)}"
        raise refusal("page-service", message, operations[0].place.origin())
    return PageReading(
        file=page.file,
        page=page.source,
        name=page.name,
        sha256=page.sha256,
        kind=form.kind,
        language=language,
        folder=address.folder,
        operations=tuple(operations),
        models=tuple(described),
        overview=overview,
        lists_all=form.kind in (Kind.SERVICE_PRINT, Kind.APIS_PRINT),
        diagnostics=tuple(diagnostics),
    )


def _address(page: Page, kind: Kind) -> _Address:
    path = page.address.partition("://")[2] if page.address else page.file.replace("\\", "/")
    parts = [part for part in _EXTENSION.sub("", path).split("/") if part not in ("", ".")]
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == "apis":
            rest = parts[index + 1 :]
            if len(rest) == 2 and VERSION.fullmatch(rest[1]):
                return _Address(folder="/".join(parts[:index]), slug=rest[0], version=rest[1])
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
    page: Page, form: Outline, address: _Address, language: str | None, diagnostics: list[Diagnostic]
) -> list[OperationReading]:
    if form.kind is Kind.ENDPOINT_VERSION:
        place = _place(page, page.blocks[0].line, language, None)
        if address.version not in (None, form.title):
            message = f"the address says version {address.version}, the page says {shown(form.title)}"
            raise refusal("page-version", message, place.origin())
        return _endpoint(form.lead, form.title, place, page.last_line, (None, address.slug), diagnostics)
    found = []
    for part in endpoints(form):
        place = _place(page, part.line, language, f"{part.parent} {part.title}")
        if not VERSION.fullmatch(part.title) or not part.parent:
            message = f"not the version of an operation: {quoted(part.title)}"
            diagnostics.append(Diagnostic(rule="page-shape", message=message, origin=place.origin()))
            continue
        found += _endpoint(part.blocks, part.title, place, part.last_line, (part.parent, None), diagnostics)
    return found


def _endpoint(
    blocks: Sequence[Block],
    version: str,
    place: Place,
    last_line: int,
    names: tuple[str | None, str | None],
    diagnostics: list[Diagnostic],
) -> list[OperationReading]:
    try:
        operation, odd = read_endpoint(blocks, version, place, last_line, names)
    except ApiscribeError as error:
        diagnostics.extend(error.diagnostics)
        return []
    diagnostics.extend(odd)
    return [operation]


def _models(page: Page, form: Outline, language: str | None, diagnostics: list[Diagnostic]) -> list[ModelReading]:
    if form.kind is Kind.MODEL:
        stretches = [(form.title, _place(page, page.blocks[0].line, language, None), form.lead)]
    else:
        stretches = [(part.title, _place(page, part.line, language, part.title), part.blocks) for part in models(form)]
    found = []
    for name, place, blocks in stretches:
        try:
            found.append(_model(blocks, name, place, diagnostics))
        except ApiscribeError as error:
            diagnostics.extend(error.diagnostics)
    return found


def _model(blocks: Sequence[Block], name: str, place: Place, diagnostics: list[Diagnostic]) -> ModelReading:
    faults = Faults(place)
    fault = component_fault(name)
    if fault:
        faults.add("page-name", f"the name of model {quoted(name)} {fault}", place.line)
    tables = [block for block in blocks if isinstance(block, Table) and block.columns == facts.MODEL_COLUMNS]
    if len(tables) != 1:
        raise faults.stop(
            "page-table", f"table missing for model {quoted(name)}: {' | '.join(facts.MODEL_COLUMNS)}", place.line
        )
    texts = [block for block in blocks if isinstance(block, Heading | Paragraph) and block.text != name]
    for block in blocks:
        if block is not tables[0] and not isinstance(block, Paragraph):
            faults.add("page-shape", f"something unexpected beside the table of model {quoted(name)}", block.line)
    fields, found = read_fields(tables[0])
    faults.extend("page-row", found)
    text = prose(texts)
    reading = ModelReading(
        place=place,
        service="",
        name=name,
        fields=rowsets.single_fields(fields, "field", faults),
        description=None if text in ("", facts.NOTHING) else text,
    )
    diagnostics.extend(faults.finish())
    return reading


def _overview(page: Page, form: Outline, language: str | None, diagnostics: list[Diagnostic]) -> OverviewReading | None:
    if form.kind not in (Kind.SERVICE_PRINT, Kind.OVERVIEW):
        return None
    faults = Faults(_place(page, page.blocks[0].line, language, facts.OVERVIEW))
    reading = read_overview(form, faults)
    diagnostics.extend(faults.found if reading is None else faults.finish())
    return reading

"""The reader room: one neutral page of the portal to the operation, the model or the overview it states."""

from __future__ import annotations

import re
from dataclasses import replace

from apiscribe.capture.checks import component_fault, quoted
from apiscribe.capture.completing import without_bullets
from apiscribe.capture.declarations import check_declared
from apiscribe.capture.faults import Faults
from apiscribe.capture.labelled import LabelledPage, check_title, read_labelled
from apiscribe.capture.labelled_fields import read_fields
from apiscribe.capture.page import Page
from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.profiles.navercloud.operation import calls_of, read_operation
from apiscribe.capture.profiles.navercloud.overview import read_overview
from apiscribe.capture.readings import ModelReading, PageReading, Place
from apiscribe.capture.rowsets import single_fields
from apiscribe.errors import ApiscribeError


def read(page: Page) -> PageReading:
    """Read a page of any kind.

    Raises: ApiscribeError if the page is of no kind; what is wrong with its operation or model is in the reading.
    """
    host, _, path = (page.address or page.name).removeprefix("https://").rpartition("/")
    slug = re.sub(r"\.(?:md|markdown|html?|txt)$", "", path)
    place = Place(file=page.file, page=page.source, sha256=page.sha256, form=page.form, line=1, single=True)
    faults = Faults(place)
    parts = read_labelled(page.blocks, facts.LABELS, faults)
    faults.place = replace(place, language=parts.language, line=page.blocks[0].line)
    folder = slug.removesuffix("-overview") if facts.API_URL in parts.sections else slug.rpartition("-")[0] or None
    reading = PageReading(
        file=page.file,
        page=page.source,
        name=page.name,
        sha256=page.sha256,
        form=page.form,
        kind=_kind(parts, faults),
        language=parts.language,
        folder=folder,
    )
    site = facts.SITES.get(host.partition("/")[0])
    try:
        reading = _understood(reading, parts, slug, site, faults)
        return without_bullets(replace(reading, diagnostics=faults.finish()), page.form)
    except ApiscribeError as error:
        return replace(reading, operations=(), models=(), overviews=(), diagnostics=error.diagnostics)


def _kind(parts: LabelledPage, faults: Faults) -> str:
    if calls_of(parts) is not None:
        return facts.OPERATION_PAGE
    kind = next((kind for role, kind in facts.KINDS.items() if role in parts.sections), None)
    if kind is None:
        raise faults.stop("page-kind", f"{quoted(parts.title)} is no page that this profile reads", faults.place.line)
    return kind


def _understood(reading: PageReading, parts: LabelledPage, slug: str, site: str | None, faults: Faults) -> PageReading:
    for heading in parts.unknown:
        faults.warn("page-shape", f"unknown section {quoted(heading.text)}, not read", heading.line)
    if reading.kind == facts.OPERATION_PAGE:
        operation, models = read_operation(parts, slug, site, faults)
        return replace(reading, operations=(operation,), models=models)
    if reading.kind == facts.MODEL_PAGE:
        return replace(reading, models=(_model(parts, slug, faults),))
    overview, models = read_overview(parts, site, faults)
    return replace(reading, overviews=(overview,), models=models)


def _model(parts: LabelledPage, slug: str, faults: Faults) -> ModelReading:
    family = next((family for start, family in facts.MODELS.items() if slug.startswith(start)), facts.MODEL_FAMILY)
    fault = component_fault(parts.title)
    if fault:
        faults.add("page-name", f"the name of model {quoted(parts.title)} {fault}", faults.place.line)
    check_title(parts.title, slug, faults)
    section = parts.sections[facts.FIELDS]
    table = section.table()
    if table is None:
        raise faults.stop("page-table", f"table missing for model {quoted(parts.title)}", section.heading.line)
    fields = single_fields(read_fields(table, None, facts.FIELD_WORDS, faults), "field", faults)
    check_declared(parts.sections.get(facts.MODEL_SYNTAX), fields, facts.FIELD_WORDS, faults)
    return ModelReading(place=faults.place, service="", name=parts.title, fields=fields, family=family)

"""The overview room: the overview of a service to its address, its security scheme and the errors of all operations."""

from __future__ import annotations

import re
from dataclasses import replace

from apiscribe.capture.cells import Cell
from apiscribe.capture.checks import quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.labelled import LabelledPage, rows_of
from apiscribe.capture.labelled_fields import read_fields
from apiscribe.capture.nesting import whole
from apiscribe.capture.page import Code, Paragraph
from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.profiles.navercloud.operation import Models, described, statuses
from apiscribe.capture.readings import OverviewReading

_ADDRESS = re.compile(r"(https://[A-Za-z0-9.-]+)((?:/[A-Za-z0-9._~-]+)*)")


def read_overview(parts: LabelledPage, site: str | None, faults: Faults) -> tuple[OverviewReading, Models]:
    """Read an overview; of several addresses the first is the service's, and the others are those of regions."""
    section = parts.sections[facts.API_URL]
    texts = [block.text for block in section.blocks if isinstance(block, Code | Paragraph)]
    found = _ADDRESS.findall("\n".join(texts))
    if not found:
        faults.add("page-server", f"no https address under {quoted(section.heading.text)}", section.heading.line)
        found = [("", "")]
    server, base = found[0]
    for other in sorted({address for address, _ in found} - {server}):
        faults.warn("page-server", f"a further address, not in the document: {quoted(other)}", section.heading.line)
    told = facts.PATH.fullmatch(base)
    service = (
        told["service"]
        if told and told["service"] not in facts.NO_SERVICE
        else server.removeprefix("https://").partition(".")[0]
    )
    cell: Cell | None = None
    models: Models = ()
    error = parts.sections.get(facts.ERROR_BODY)
    if error is not None and (table := error.table()) is not None:
        rows = read_fields(table, None, facts.FIELD_WORDS, faults)
        cell, models = whole(rows, [], None, ("Error", "ErrorResponse"), faults)
    responses = [response for response in statuses(parts, faults) if not response.code.startswith("2")]
    reading = OverviewReading(
        place=faults.place,
        service=f"{service}-{site}" if site else service,
        title=parts.title,
        description=described(parts),
        server=server,
        allowed=(),
        base=base or None,
        scheme=_scheme(parts, faults),
        responses=tuple(replace(response, cell=cell) if cell else response for response in responses),
    )
    return reading, models


def _scheme(parts: LabelledPage, faults: Faults) -> str | None:
    section = parts.sections.get("request headers")
    table = section.table() if section else None
    names = [row.texts.get("name", "").lower() for row in rows_of(table, facts.LABELS, faults)] if table else []
    return next((scheme for name, scheme in facts.SCHEMES.items() if name in names), None)

"""The overview room: what stands before the first number of a service print view, or on a service overview."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apiscribe.capture.checks import name_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import prose, under_headings
from apiscribe.capture.page import Block, Code, Heading, Item, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.history import read_history
from apiscribe.capture.profiles.samsungcloud.sections import VERSION, Outline
from apiscribe.capture.profiles.samsungcloud.tables import RowError, iso_date
from apiscribe.capture.readings import OverviewReading, VersionReading
from apiscribe.errors import shown

_SERVER = re.compile(r"https://[A-Za-z0-9.{}_-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_STATE = re.compile(r"(?:[A-Z]+ \()?([A-Z]+)\)?")

_Groups = dict[str, tuple[Heading, tuple[Block, ...]]]


def read_overview(form: Outline, faults: Faults) -> OverviewReading | None:
    """Read what a service says of itself as a whole; nothing if the print view has no overview.

    The version table may be empty although versions exist.
    """
    _, sections = under_headings(form.lead)
    groups: _Groups = {heading.text: (heading, blocks) for heading, blocks in sections}
    if not groups:
        return None
    fault = name_fault(form.title)
    if fault:
        faults.add("page-name", f"the title {quoted(form.title)} {fault}", faults.place.line)
    for heading, _blocks in sections:
        if heading.text == facts.OVERVIEW_HISTORY:
            break  # the history has headings of its own
        if heading.text not in facts.OVERVIEW_SECTIONS:
            faults.warn("page-shape", f"unknown section {quoted(heading.text)} of an overview, not read", heading.line)
    server = _server(groups, faults)
    allowed = _allowed(groups, server, faults)
    text = _prose(groups)
    history = _history(sections)
    return OverviewReading(
        place=faults.place,
        service=_host(server),
        title=form.title,
        description=text or None,
        server=server,
        allowed=allowed,
        versions=_versions(groups, faults),
        history=read_history(history, faults),
    )


def _history(sections: Sequence[tuple[Heading, tuple[Block, ...]]]) -> list[Block]:
    """Find the blocks of the change log, which is the last section and has headings of its own."""
    names = [heading.text for heading, _ in sections]
    if facts.OVERVIEW_HISTORY not in names:
        return []
    at = names.index(facts.OVERVIEW_HISTORY)
    return [*sections[at][1], *(block for heading, blocks in sections[at + 1 :] for block in (heading, *blocks))]


def _versions(groups: _Groups, faults: Faults) -> tuple[VersionReading, ...]:
    """Read the table of versions; since nothing but itself depends on it, a row that is not understood is a warning."""
    blocks = groups[facts.OVERVIEW_VERSION][1] if facts.OVERVIEW_VERSION in groups else ()
    found: dict[str, VersionReading] = {}
    for table in (block for block in blocks if isinstance(block, Table)):
        if table.columns not in facts.PRODUCT_COLUMNS:
            faults.warn("page-table", f"unknown table of versions: {quoted(' | '.join(table.columns))}", table.line)
            continue
        for fault in table.faults:
            faults.warn("page-row", fault.message, fault.line)
        for row in table.rows:
            version, status, until = (*row.cells, "", "", "")[:3]
            state = _STATE.fullmatch(status)
            try:
                date = iso_date(until)
            except RowError as error:
                date = None
                faults.warn("page-row", f"version {shown(version)}: {error}", row.line)
            if not VERSION.fullmatch(version) or state is None or version in found:
                faults.warn("page-row", f"no row of a version: {quoted(' | '.join(row.cells))}", row.line)
                continue
            found[version] = VersionReading(version=version, status=state[1], supported_until=date, line=row.line)
    return tuple(found.values())


def _host(server: str) -> str:
    """Give the service that the address names, which its folder may not."""
    name = server.removeprefix("https://").partition(".")[0]
    return "" if "{" in name else name


def _prose(groups: _Groups) -> str:
    if facts.OVERVIEW not in groups:
        return ""
    return prose([block for block in groups[facts.OVERVIEW][1] if isinstance(block, Paragraph | Item)])


def _server(groups: _Groups, faults: Faults) -> str:
    if facts.OVERVIEW_URL not in groups:
        faults.add("page-shape", f"section {facts.OVERVIEW_URL!r} is missing", faults.place.line)
        return ""
    heading, blocks = groups[facts.OVERVIEW_URL]
    texts = [block for block in blocks if isinstance(block, Paragraph | Code | Item)]
    found = [block for block in texts if _SERVER.fullmatch(block.text.strip())]
    if len(found) != 1:
        what = shown(texts[0].text) if texts else "nothing"
        faults.add(
            "page-server", f"one https address is expected under {facts.OVERVIEW_URL!r}, not {what!r}", heading.line
        )
        return ""
    server = found[0].text.strip().rstrip("/")
    unknown = set(_VARIABLE.findall(server)) - set(facts.REGION_COLUMNS)
    if unknown or server.count("{") != server.count("}"):
        faults.add("page-server", f"unknown variables in the server address {quoted(server)}", found[0].line)
    return server


def _allowed(groups: _Groups, server: str, faults: Faults) -> tuple[tuple[tuple[str, str], ...], ...]:
    variables = _VARIABLE.findall(server)
    if not variables:
        return ()
    blocks: Sequence[Block] = groups[facts.OVERVIEW_REGIONS][1] if facts.OVERVIEW_REGIONS in groups else ()
    tables = [block for block in blocks if isinstance(block, Table) and block.columns == facts.REGION_COLUMNS]
    if len(tables) != 1 or not (tables[0].rows or tables[0].faults):
        line = groups[facts.OVERVIEW_REGIONS][0].line if facts.OVERVIEW_REGIONS in groups else faults.place.line
        faults.add("page-table", f"table missing: {' | '.join(facts.REGION_COLUMNS)}", line)
        return ()
    faults.extend("page-row", tables[0].faults)
    allowed: list[tuple[tuple[str, str], ...]] = []
    for row in tables[0].rows:
        values = dict(zip(facts.REGION_COLUMNS, row.cells, strict=False))
        if len(row.cells) != len(facts.REGION_COLUMNS) or not all(
            re.fullmatch(r"[a-z0-9][a-z0-9-]*", cell) for cell in row.cells
        ):
            faults.add("page-row", f"no environment and region: {quoted(' | '.join(row.cells))}", row.line)
            continue
        pair = tuple((name, values[name]) for name in facts.REGION_COLUMNS if name in variables)
        if pair not in allowed:
            allowed.append(pair)
    return tuple(allowed)

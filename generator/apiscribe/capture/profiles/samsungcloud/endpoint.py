"""The endpoint room: the blocks of one endpoint version to one operation reading, every fault located."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from apiscribe.capture import rowsets
from apiscribe.capture.checks import name_fault, path_fault, quoted
from apiscribe.capture.faults import Faults, Gaps
from apiscribe.capture.headings import prose, under_headings
from apiscribe.capture.page import Block, Heading, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts, samples
from apiscribe.capture.profiles.samsungcloud.samples import Sections
from apiscribe.capture.profiles.samsungcloud.tables import read_parameters, read_responses, read_support
from apiscribe.capture.readings import BodyReading, FieldReading, OperationReading, Part, Place, ResponseReading
from apiscribe.errors import ApiscribeError, Diagnostic

_LOSABLE = MappingProxyType(
    {facts.PARAMETERS: Part.PARAMETERS, facts.RESPONSES: Part.RESPONSES, facts.RESPONSE: Part.RESPONSE_EXAMPLE}
)
_REQUEST = re.compile(r"([A-Za-z]+) (/\S*)")
_STATE = re.compile(rf"({'|'.join(facts.STATE_LABELS)})(?:\s+|(?=ACTIVE \())(\S.*)")
_STATUS = re.compile(r"ACTIVE \(([A-Z]+)\)")


def _state(block: Block) -> re.Match[str] | None:
    # A sentence about the end of a version may follow in the same paragraph.
    return _STATE.fullmatch(block.text.partition("\n")[0]) if isinstance(block, Paragraph) else None


def _is_support(block: Block) -> bool:
    return isinstance(block, Table) and block.columns in facts.SUPPORT_COLUMNS


def _starts_parameters(block: Block) -> bool:
    return isinstance(block, Heading) and block.text == facts.PARAMETERS


def _state_at(blocks: Sequence[Block]) -> int | None:
    """Find the state line: a description before it may hold lines that look like one.

    It is the last line that names a state before the table of support, with nothing but paragraphs in between. A page
    that lost the table has the section of parameters there.
    """
    matches = {index: match for index, block in enumerate(blocks) if (match := _state(block))}
    tables = [index for index, block in enumerate(blocks) if _is_support(block)]
    for end in (*tables, *(index for index, block in enumerate(blocks) if _starts_parameters(block))):
        start = end
        while start and isinstance(blocks[start - 1], Paragraph):
            start -= 1
        before = [index for index in range(start, end) if index in matches]
        if before:
            named = [index for index in before if _STATUS.fullmatch(matches[index][2])]
            return (named or before)[-1]
    return next(iter(matches), None)


def language_of(blocks: Sequence[Block]) -> str | None:
    """Detect the language by the label of the state line."""
    at = _state_at(blocks)
    match = _state(blocks[at]) if at is not None else None
    return facts.STATE_LABELS[match[1]] if match else None


def call_of(blocks: Sequence[Block], version: str, place: Place) -> tuple[str, str] | None:
    """Read the method and path alone, of an endpoint version that may be unreadable otherwise."""
    try:
        method, path, _ = _request_line(_below_title(blocks, version), faults := Faults(place))
        faults.finish()
    except ApiscribeError:
        return None
    return method, path


def read_endpoint(
    blocks: Sequence[Block], version: str, place: Place, last_line: int, names: tuple[str | None, str | None]
) -> tuple[OperationReading, tuple[Diagnostic, ...]]:
    """Read one endpoint version, and what is odd about it; `names` are the display name and the slug, where known.

    Raises: ApiscribeError with everything that is wrong.
    """
    faults = Faults(place)
    _check_names(names, faults)
    blocks = _below_title(blocks, version)
    method, path, path_line = _request_line(blocks, faults)
    description, status, rest = _described(blocks[1:], faults, last_line)
    lead, groups = under_headings(rest)
    gaps = Gaps(place)
    note, until = _support(lead, version, faults, gaps)
    sections = _sections(groups, faults, gaps, last_line)
    parameters, body = _parameters(sections, path, path_line, faults, gaps)
    responses = _responses(sections, faults, gaps)
    service = samples.read_header(sections, version, language_of(blocks), faults)
    samples.check_request_path(sections, path, parameters, faults, gaps)
    reading = OperationReading(
        place=place,
        service=service,
        version=version,
        method=method,
        path=path,
        status=status,
        parameters=parameters,
        responses=samples.with_response_samples(responses, sections, faults, gaps, last_line),
        body=samples.with_request_sample(body, sections, faults, gaps),
        description=description,
        supported_until=until,
        note=note,
        display_name=names[0],
        slug=names[1],
        gaps=tuple(gaps.found),
    )
    return reading, faults.finish()


def _below_title(blocks: Sequence[Block], version: str) -> Sequence[Block]:
    while blocks and isinstance(blocks[0], Heading | Paragraph) and blocks[0].text == version:
        blocks = blocks[1:]  # the version stands once more below the title
    return blocks


def _check_names(names: tuple[str | None, str | None], faults: Faults) -> None:
    for what, name in zip(("display name", "slug"), names, strict=True):
        fault = name_fault(name) if name is not None else None
        if name is not None and fault:
            faults.add("page-name", f"the {what} {quoted(name)} {fault}", faults.place.line)


def _request_line(blocks: Sequence[Block], faults: Faults) -> tuple[str, str, int]:
    if not blocks:
        raise faults.stop("page-cut", "the page is cut: no method and path", faults.place.line)
    first = blocks[0]
    text = first.text if isinstance(first, Heading | Paragraph) else ""
    match = _REQUEST.fullmatch(text)
    if match is None:
        raise faults.stop("page-shape", f"no method and path: {quoted(text)}", first.line)
    method, path = match[1].lower(), match[2]
    if method not in facts.METHODS:
        raise faults.stop("page-method", f"unknown method {quoted(match[1])}", first.line)
    fault = path_fault(path)
    if fault:
        faults.add("page-path", f"the path {quoted(path)} {fault}", first.line)
    return method, path, first.line


def _described(blocks: Sequence[Block], faults: Faults, last_line: int) -> tuple[str | None, str, Sequence[Block]]:
    # The description is free text: it ends at the state line, whatever labels it may hold.
    at = _state_at(blocks)
    block = blocks[at] if at is not None else None
    match = _state(block) if block else None
    if at is None or match is None or not isinstance(block, Paragraph):
        labels = " or ".join(facts.STATE_LABELS)
        raise faults.stop("page-cut", f"no state line ({labels} …): the page is cut or of another shape", last_line)
    head = blocks[0]
    if not isinstance(head, Heading) or head.text != facts.DESCRIPTION:
        faults.add("page-shape", f"section {facts.DESCRIPTION!r} is missing", head.line)
    state = _STATUS.fullmatch(match[2])
    if state is None or state[1] not in facts.STATES:
        faults.add("page-state", f"unknown state {quoted(match[2])}", block.line)
    text = prose(blocks[1:at])
    if facts.PLACEHOLDER.fullmatch(text):
        faults.warn("page-untranslated", f"the description is an untranslated key: {quoted(text)}", head.line)
    description = None if text in ("", facts.NOTHING) else text
    rest = block.text.partition("\n")[2]
    following = [Paragraph(text=rest, line=block.line + 1)] if rest else []
    return description, state[1] if state else "", [*following, *blocks[at + 1 :]]


def _support(lead: Sequence[Block], version: str, faults: Faults, gaps: Gaps) -> tuple[str | None, str | None]:
    tables = [block for block in lead if isinstance(block, Table) and _is_support(block)]
    note = prose([block for block in lead if isinstance(block, Paragraph)]) or None
    if len(tables) != 1:
        line = lead[-1].line if lead else faults.place.line
        if not tables and gaps.add(Part.SUPPORT, line):
            return note, None
        faults.add("page-table", "table missing: version and the date until which it is supported", line)
        return note, None
    for block in lead:
        if block is not tables[0] and not isinstance(block, Paragraph):
            faults.add("page-shape", "something unexpected before the parameters", block.line)
    until, found = read_support(tables[0], version)
    faults.extend("page-table", found)
    return note, until


def _sections(
    groups: Sequence[tuple[Heading, tuple[Block, ...]]], faults: Faults, gaps: Gaps, last_line: int
) -> Sections:
    found: dict[str, tuple[Heading, tuple[Block, ...]]] = {}
    order = []
    for heading, blocks in groups:
        name = heading.text
        if name not in facts.SECTIONS and not facts.RESPONSE_CODE.fullmatch(name):
            faults.add("page-shape", f"unknown section {quoted(name)}", heading.line)
        elif name in found:
            faults.add(
                "page-shape", f"section {name!r} stands twice, first at line {found[name][0].line}", heading.line
            )
        else:
            found[name] = (heading, blocks)
            order.append(facts.SECTIONS.index(name) if name in facts.SECTIONS else len(facts.SECTIONS))
    missing = [name for name in facts.SECTIONS if name not in found and name not in facts.OPTIONAL_SECTIONS]
    missing = [name for name in missing if name not in _LOSABLE or not gaps.add(_LOSABLE[name], last_line)]
    if missing:
        faults.add("page-cut", f"section {missing[0]!r} is missing: the page is cut or of another shape", last_line)
    elif order != sorted(order):
        faults.add("page-shape", "the sections stand in another order", groups[0][0].line)
    return found


def _table(sections: Sections, name: str, columns: tuple[str, ...], faults: Faults, gaps: Gaps) -> Table | None:
    if name not in sections:
        return None
    heading, blocks = sections[name]
    tables = [block for block in blocks if isinstance(block, Table) and block.columns == columns]
    if not tables and gaps.add(_LOSABLE[name], heading.line):
        return None
    if len(tables) != 1:
        faults.add("page-table", f"table missing under {name!r}: {' | '.join(columns)}", heading.line)
        return None
    for block in blocks:
        if block is not tables[0]:
            text = "a table" if isinstance(block, Table) else quoted(block.text)
            faults.add("page-shape", f"unexpected under {name!r}: {text}", block.line)
    return tables[0]


def _parameters(
    sections: Sections, path: str, path_line: int, faults: Faults, gaps: Gaps
) -> tuple[tuple[FieldReading, ...], BodyReading | None]:
    table = _table(sections, facts.PARAMETERS, facts.PARAMETER_COLUMNS, faults, gaps)
    if table is None:
        return (), None
    rows, bodies, found = read_parameters(table)
    faults.extend("page-row", found)
    parameters = rowsets.single_fields(rows, "parameter", faults)
    if not found:
        rowsets.check_path(path, path_line, parameters, faults)
    return parameters, rowsets.single_body(bodies, faults)


def _responses(sections: Sections, faults: Faults, gaps: Gaps) -> tuple[ResponseReading, ...]:
    table = _table(sections, facts.RESPONSES, facts.RESPONSE_COLUMNS, faults, gaps)
    if table is None:
        return ()
    rows, found = read_responses(table)
    faults.extend("page-row", found)
    if not rows and not found:
        faults.add("page-table", "the table of responses has no rows", table.line)
    return rowsets.single_responses(rows, faults)

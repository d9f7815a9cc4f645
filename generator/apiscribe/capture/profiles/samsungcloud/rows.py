"""The rows room: the glued rows of the portal's plain-text tables to cells, and the layout of that plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from apiscribe.capture.cells import Primitive, Reference
from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Fault, Row
from apiscribe.capture.page_text import Layout, Line, Split, TextTable
from apiscribe.capture.profiles.samsungcloud import facts, rows_markdown
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell, split_cell
from apiscribe.errors import shown

_LOCATED = re.compile(rf"({'|'.join(sorted(facts.LOCATIONS, key=len, reverse=True))})(\S.*)")
_NAMED = re.compile(r"\S+")
_LABELLED = re.compile(rf"(?:{facts.EXAMPLE}|{'|'.join(facts.CONSTRAINTS)}) ?:(?: |$)")
_PLAIN_DEFAULT = re.compile(r"None$|True$|False$|-?[0-9]|[\[{('\"]")
_STATUS = re.compile(r"([0-9]{3})(.*)")
_SUPPORT = re.compile(r"([0-9]+\.[0-9]+)(-|[0-9]{8})")
_PRODUCT = re.compile(rf"([0-9]+\.[0-9]+)((?:[A-Z]+ \()?(?:{'|'.join(sorted(facts.STATES))})\)?)(-|[0-9]{{8}})")
_REGION = re.compile(r"([a-z0-9]+)([a-z]{2}(?:-[a-z0-9]+)+)")
_REASONS = tuple(sorted(facts.REASONS, key=len, reverse=True))
# A row is a name, its flag, at least one line of description (perhaps blank), and the schema with its default.
_LINES_BEFORE_SCHEMA = 3

Rows = tuple[tuple[Row, ...], tuple[Fault, ...]]
_Head = Callable[[str], tuple[str, ...]]


def split_parameters(lines: Sequence[Line]) -> Rows:
    """Split the lines of a parameter table into rows of five cells."""

    def cells(text: str) -> tuple[str, ...]:
        located = _LOCATED.fullmatch(text)
        return (located[1], located[2]) if located else ()

    return _split_fields(lines, cells)


def split_fields(lines: Sequence[Line]) -> Rows:
    """Split the lines of a model table into rows of four cells."""
    return _split_fields(lines, lambda text: (text,) if _NAMED.fullmatch(text) else ())


def split_responses(lines: Sequence[Line]) -> Rows:
    """Split the lines of a response table: three digits, the longest known reason phrase, the schema."""
    return _split_lines(lines, _response)


def split_support(lines: Sequence[Line]) -> Rows:
    """Split the lines of a support table: a version, then a dash or the eight digits of a date."""
    return _split_lines(lines, lambda text: _groups(_SUPPORT, text))


def split_products(lines: Sequence[Line]) -> Rows:
    """Split the lines of an overview's version table."""
    return _split_lines(lines, lambda text: _groups(_PRODUCT, text))


def split_regions(lines: Sequence[Line]) -> Rows:
    """Split the lines of the table of environments and regions: a region starts with two letters and a hyphen."""
    return _split_lines(lines, lambda text: _groups(_REGION, text))


def _schema(text: str, head: tuple[str, ...]) -> tuple[str, str] | None:
    if head[0] == "body" and len(head) > 1:
        return (text, "") if parse_cell(text) is not None else None
    found = split_cell(text)
    # A parameter without default says None, which would read as the end of a model's name.
    if found and len(head) > 1 and found[0] != facts.NOTHING and found[0].endswith(facts.NOTHING):
        return found[0].removesuffix(facts.NOTHING), facts.NOTHING + found[1]
    return found


def _groups(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    match = pattern.fullmatch(text)
    return match.groups() if match else ()


def _response(text: str) -> tuple[str, ...]:
    status = _STATUS.fullmatch(text)
    if status is None:
        return ()
    for reason in _REASONS:
        schema = status[2].removeprefix(reason)
        if status[2].startswith(reason) and parse_cell(schema) is not None:
            return status[1], reason, schema
    return ()


def _split_lines(lines: Sequence[Line], cells: Callable[[str], tuple[str, ...]]) -> Rows:
    rows, faults = [], []
    for line in lines:
        found = cells(line.text.strip())
        if found:
            rows.append(Row(cells=found, line=line.number))
        else:
            faults.append(Fault(message=f"no such row: {shown(line.text)}", line=line.number))
    return tuple(rows), tuple(faults)


def _split_fields(lines: Sequence[Line], first: _Head) -> Rows:
    rows: list[Row] = []
    faults: list[Fault] = []
    start = 0
    while start < len(lines):
        if not _starts(lines, start, first):
            faults.append(Fault(message=f"no row starts with {quoted(lines[start].text)}", line=lines[start].number))
            start = _next_start(lines, start + 1, first)
            continue
        head = first(lines[start].text)
        end, complete = _row_end(lines, start, head, first)
        remains = _remains(lines, start, end, first) if complete else None
        if remains is not None:
            message = f"row {shown(lines[start].text)} holds the remains of another row: {quoted(remains.text)}"
            faults.append(Fault(message=message, line=remains.number))
        elif complete:
            rows.append(_row(lines, start, end - 1, head))
        else:
            faults.append(_incomplete(lines, start, end))
        start = end
    return tuple(rows), tuple(faults)


def _starts(lines: Sequence[Line], index: int, first: _Head) -> bool:
    if index + 1 >= len(lines) or lines[index + 1].text not in facts.FLAGS:
        return False
    return bool(first(lines[index].text))


def _next_start(lines: Sequence[Line], index: int, first: _Head) -> int:
    while index < len(lines) and not (_starts(lines, index, first) and not _precedes_flag_name(lines, index, first)):
        index += 1
    return index


def _precedes_flag_name(lines: Sequence[Line], index: int, first: _Head) -> bool:
    """Tell whether a schema only looks like a row's start because the next field is itself named "required"."""
    return _starts(lines, index + 1, first) and _ends_row(lines, index)


def _row_end(lines: Sequence[Line], start: int, head: tuple[str, ...], first: _Head) -> tuple[int, bool]:
    """Find where the next row starts, and whether the line before it is the schema of this one."""
    end = start + 1
    while True:
        end = _next_start(lines, end + 1, first)
        if _is_complete(lines, start, end, head):
            return end, True
        # What is too short to be a row is a description that happens to have such a line; and a model's name before a
        # field that is itself named "required" looks like a row's start as well.
        if end >= len(lines) or not (_starts(lines, end + 1, first) or _is_short(lines, end, first)):
            return end, False


def _is_complete(lines: Sequence[Line], start: int, end: int, head: tuple[str, ...]) -> bool:
    text = lines[end - 1].text
    enough = end - start > _LINES_BEFORE_SCHEMA
    return enough and text not in ("", *facts.FLAGS) and _schema(text, head) is not None


def _is_short(lines: Sequence[Line], start: int, first: _Head) -> bool:
    return _next_start(lines, start + 2, first) - start <= _LINES_BEFORE_SCHEMA


def _remains(lines: Sequence[Line], start: int, end: int, first: _Head) -> Line | None:
    """Find what another row that lost its name, its flag or its end left in the description of this one."""
    for at in range(start + _LINES_BEFORE_SCHEMA, end - 1):
        if not _ends_row(lines, at):
            continue
        following = [line.text for line in lines[at + 1 : min(at + 3, end)]]
        if any(text in facts.FLAGS for text in following):
            return lines[at + 1]
        last = at + 2 == end
        named = first(following[0]) and not _ends_row(lines, at + 1)
        if named and (isinstance(parse_cell(following[0]), Reference) if last else end - at > _LINES_BEFORE_SCHEMA):
            return lines[at + 1]
    return None


def _ends_row(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line reads like the schema of a row rather than like text."""
    found = split_cell(lines[at].text)
    if found is None or lines[at].text in facts.FLAGS:
        return False
    cell = parse_cell(found[0])
    if _LABELLED.match(lines[at - 1].text):
        return True
    if isinstance(cell, Reference):  # a word of text as well, unless a name and the description that repeats it follow
        return at + 2 < len(lines) and lines[at + 1].text == lines[at + 2].text
    return not isinstance(cell, Primitive) or not found[1] or _PLAIN_DEFAULT.match(found[1]) is not None


def _incomplete(lines: Sequence[Line], start: int, following: int) -> Fault:
    name = shown(lines[start].text)
    last = lines[following - 1]
    if following - start > _LINES_BEFORE_SCHEMA:
        return Fault(message=f"row {name}: unknown schema cell {quoted(last.text)}", line=last.number)
    return Fault(message=f"row {name} is incomplete: the table is cut", line=last.number)


def _row(lines: Sequence[Line], start: int, end: int, head: tuple[str, ...]) -> Row:
    schema, default = _schema(lines[end].text, head) or ("", "")
    description = "\n".join(line.text.strip() for line in lines[start + 2 : end]).strip("\n")
    name = f"{head[-1]}\n{lines[start + 1].text}"
    return Row(cells=(*head[:-1], name, description, schema, default), line=lines[start].number)


def _tables() -> dict[str, TextTable]:
    tables = [
        TextTable(
            columns=facts.PARAMETER_COLUMNS,
            spans_lines=True,
            split=split_parameters,
            split_cells=rows_markdown.split_parameters,
        ),
        TextTable(
            columns=facts.MODEL_COLUMNS, spans_lines=True, split=split_fields, split_cells=rows_markdown.split_fields
        ),
        _plain(facts.RESPONSE_COLUMNS, split_responses),
        _plain(facts.REGION_COLUMNS, split_regions),
        *(_plain(columns, split_support) for columns in facts.SUPPORT_COLUMNS),
        *(_plain(columns, split_products) for columns in facts.PRODUCT_COLUMNS),
    ]
    return {"".join(table.columns): table for table in tables}


def _plain(columns: tuple[str, ...], split: Split) -> TextTable:
    return TextTable(columns=columns, spans_lines=False, split=split, split_cells=rows_markdown.split_plain(columns))


LAYOUT = Layout(
    headings=facts.HEADINGS,
    heading_pattern=facts.RESPONSE_CODE,
    code=facts.CODE_SECTIONS,
    tables=_tables(),
    row_flags=frozenset(facts.FLAGS),
    prose=frozenset({facts.DESCRIPTION, facts.OVERVIEW}),
    label=re.compile("|".join(facts.STATE_LABELS)),
    labelled=re.compile(rf"(?:{'|'.join(facts.STATE_LABELS)})(?:\s*$|\s+ACTIVE \(|ACTIVE \()"),
    lost_headings={facts.REQUEST_HEADER: re.compile(rf'"(?:{"|".join(sorted(facts.HEADER_BLOCK))}) = .*')},
)

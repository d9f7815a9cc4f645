"""The tables room: rows of the portal's tables, already cells, to readings and located faults."""

from __future__ import annotations

import re
from datetime import date

from apiscribe.capture.cells import Cell, references
from apiscribe.capture.checks import component_fault, header_fault, name_fault, quoted
from apiscribe.capture.page import Fault, Row, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell
from apiscribe.capture.readings import BodyReading, FieldReading, Prose, ResponseReading
from apiscribe.errors import shown

_LABEL = re.compile(rf"({facts.EXAMPLE}|{'|'.join(facts.CONSTRAINTS)}) ?:(?: (.*))?")
_UNKNOWN_LABEL = re.compile(r"[A-Z][A-Za-z ]{2,30} : .*")
_INTEGER = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,2})?")


class RowError(ValueError):
    """A row that cannot be read."""


def read_parameters(table: Table) -> tuple[list[FieldReading], list[BodyReading], list[Fault]]:
    """Read a parameter table: parameters, bodies, and what could not be read."""
    parameters: list[FieldReading] = []
    bodies: list[BodyReading] = []
    faults = list(table.faults)
    for row in table.rows:
        try:
            location, name_cell, prose, schema, default = _cells(row, 5)
            _parameter(row, (location, name_cell, prose, schema, default), parameters, bodies)
        except RowError as error:
            faults.append(Fault(message=str(error), line=row.line))
    return parameters, bodies, faults


def read_fields(table: Table) -> tuple[list[FieldReading], list[Fault]]:
    """Read a model table: fields, and what could not be read."""
    fields: list[FieldReading] = []
    faults = list(table.faults)
    for row in table.rows:
        try:
            name_cell, prose, schema, default = _cells(row, 4)
            name, required = _name(name_cell)
            _named(name_fault(name), "field", name)
            fields.append(
                FieldReading(
                    name=name,
                    required=required,
                    prose=_prose(prose, name),
                    cell=_cell(schema, name),
                    line=row.line,
                    default=default or None,
                )
            )
        except RowError as error:
            faults.append(Fault(message=str(error), line=row.line))
    return fields, faults


def read_responses(table: Table) -> tuple[list[ResponseReading], list[Fault]]:
    """Read a response table: responses, and what could not be read."""
    responses: list[ResponseReading] = []
    faults = list(table.faults)
    for row in table.rows:
        try:
            code, reason, schema = _cells(row, 3)
            if not re.fullmatch(r"[1-5][0-9][0-9]", code):
                raise RowError(f"unknown status {quoted(code)}")
            if not reason:
                raise RowError(f"status {code} has no reason phrase")
            responses.append(ResponseReading(code=code, reason=reason, cell=_cell(schema, code), line=row.line))
        except RowError as error:
            faults.append(Fault(message=str(error), line=row.line))
    return responses, faults


def read_support(table: Table, version: str) -> tuple[str | None, list[Fault]]:
    """Read until when a version is supported, as an ISO date or nothing."""
    faults = list(table.faults)
    rows = [row for row in table.rows if row.cells[:1] == (version,)]
    if len(rows) != 1 or len(rows[0].cells) != 2:
        if not faults:
            faults.append(Fault(message=f"the support table has no single row for version {version}", line=table.line))
        return None, faults
    try:
        return iso_date(rows[0].cells[1]), faults
    except RowError as error:
        return None, [*faults, Fault(message=str(error), line=rows[0].line)]


def read_dates(table: Table) -> tuple[dict[str, str | None], list[Fault]]:
    """Read the dates of all versions that a support table lists."""
    dates: dict[str, str | None] = {}
    faults = list(table.faults)
    for row in table.rows:
        try:
            version, until = _cells(row, 2)
            if not re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", version):
                raise RowError(f"no version: {quoted(version)}")
            dates[version] = iso_date(until)
        except RowError as error:
            faults.append(Fault(message=str(error), line=row.line))
    return dates, faults


def iso_date(text: str) -> str | None:
    """Turn eight digits into an ISO date, a dash into nothing.

    Raises: RowError for anything else.
    """
    if text == facts.NO_DATE:
        return None
    if re.fullmatch(r"[0-9]{8}", text):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
        except ValueError:
            pass
    raise RowError(f"no date: {quoted(text)}")


def _parameter(row: Row, cells: tuple[str, ...], parameters: list[FieldReading], bodies: list[BodyReading]) -> None:
    location, name_cell, prose, schema, default = cells
    name, required = _name(name_cell)
    if location not in facts.LOCATIONS:
        raise RowError(f"unknown parameter type {quoted(location)}")
    cell = _cell(schema, name)
    if location == "body":
        bodies.append(BodyReading(required=required, cell=cell, prose=_prose(prose, name), line=row.line))
        return
    fault = header_fault(name) if location in ("header", "cookie") else name_fault(name)
    _named(fault, f"{location} parameter", name)
    parameters.append(
        FieldReading(
            name=name,
            required=required,
            prose=_prose(prose, name),
            cell=cell,
            line=row.line,
            default=None if default == facts.NOTHING else default,
            location=location,
        )
    )


def _cells(row: Row, count: int) -> tuple[str, ...]:
    if len(row.cells) != count:
        raise RowError(f"a row of {len(row.cells)} cells instead of {count}: {quoted(' | '.join(row.cells))}")
    return row.cells


def _name(cell: str) -> tuple[str, bool]:
    name, _, flag = cell.rpartition("\n")
    if flag not in facts.FLAGS or not name:
        raise RowError(f"neither required nor optional: {quoted(cell)}")
    return name, facts.FLAGS[flag]


def _named(fault: str | None, what: str, name: str) -> None:
    if fault is not None:
        raise RowError(f"the name of {what} {quoted(name)} {fault}")


def _cell(text: str, name: str) -> Cell:
    cell = parse_cell(text)
    if cell is None:
        raise RowError(f"row {shown(name)}: unknown schema cell {quoted(text)}")
    for model in references(cell):
        _named(component_fault(model), "model", model)
    return cell


def _prose(text: str, name: str) -> Prose:
    lines = text.split("\n")
    start = _first_label(lines)
    description = "\n".join(lines[:start]).strip()
    example: str | None = None
    constraints: list[tuple[str, str | int | float]] = []
    for line in lines[start:]:
        match = _LABEL.fullmatch(line)
        if match is None and (constraints or _UNKNOWN_LABEL.fullmatch(line)):
            raise RowError(f"row {shown(name)}: unknown label {quoted(line)}")
        if match is None:
            example = f"{example or ''}\n{line}".strip("\n")
        elif match[1] == facts.EXAMPLE:
            example = (match[2] or "").strip()
        else:
            constraints.append(_constraint(match[1], (match[2] or "").strip(), name))
    return Prose(
        text=None if description in ("", facts.NOTHING, name) else description,
        example=example or None,
        constraints=tuple(constraints),
    )


def _first_label(lines: list[str]) -> int:
    # The last Example line opens the labels: a description may well quote such a line before.
    opened = [
        index for index, line in enumerate(lines) if (match := _LABEL.fullmatch(line)) and match[1] == facts.EXAMPLE
    ]
    if opened:
        return opened[-1]
    start = len(lines)
    while start and _LABEL.fullmatch(lines[start - 1]):
        start -= 1
    return start


def _constraint(label: str, value: str, name: str) -> tuple[str, str | int | float]:
    keyword = facts.CONSTRAINTS[label]
    if keyword == "pattern":
        return keyword, value
    pattern = _INTEGER if keyword.endswith("Length") else _NUMBER
    if not pattern.fullmatch(value) or (keyword.endswith("Length") and value.startswith("-")):
        raise RowError(f"row {shown(name)}: {label} is no number: {quoted(value)}")
    return keyword, int(value) if _INTEGER.fullmatch(value) else float(value)

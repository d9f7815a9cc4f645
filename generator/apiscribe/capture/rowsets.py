"""The rowsets room: the rows of one table against each other and against the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apiscribe.capture.checks import VARIABLE, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.readings import BodyReading, FieldReading, ResponseReading


def single_fields(fields: Sequence[FieldReading], what: str, faults: Faults) -> tuple[FieldReading, ...]:
    """Keep one of rows that say the same twice; rows of one name that differ are an error."""
    kept: dict[tuple[str | None, str], FieldReading] = {}
    for field in fields:
        # Names of headers do not depend on case.
        key = (field.location, field.name.lower() if field.location == "header" else field.name)
        first = kept.setdefault(key, field)
        if first is field:
            continue
        if replace(field, line=first.line) == first:
            faults.warn(
                "page-row",
                f"the row of {what} {quoted(field.name)} stands twice, first at line {first.line}",
                field.line,
            )
        else:
            message = f"{what} {quoted(field.name)} has two rows that differ, the first at line {first.line}"
            faults.add("page-row", message, field.line)
    return tuple(kept.values())


def single_responses(responses: Sequence[ResponseReading], faults: Faults) -> tuple[ResponseReading, ...]:
    """Keep one of rows that say the same twice; rows of one status that differ are an error."""
    kept: dict[str, ResponseReading] = {}
    for response in responses:
        first = kept.setdefault(response.code, response)
        if first is response:
            continue
        if replace(response, line=first.line) == first:
            faults.warn(
                "page-row", f"the row of status {response.code} stands twice, first at line {first.line}", response.line
            )
        else:
            message = f"status {response.code} has two rows that differ, the first at line {first.line}"
            faults.add("page-row", message, response.line)
    return tuple(kept.values())


def single_body(bodies: Sequence[BodyReading], faults: Faults) -> BodyReading | None:
    """Keep the body's row; more than one is an error."""
    for body in bodies[1:]:
        faults.add("page-row", f"a second body row, the first is at line {bodies[0].line}", body.line)
    return bodies[0] if bodies else None


def check_path(path: str, path_line: int, parameters: Sequence[FieldReading], faults: Faults) -> None:
    """Compare the variables of the path with the rows of path parameters."""
    variables = VARIABLE.findall(path)
    rows = {field.name: field for field in parameters if field.location == "path"}
    for name in variables:
        if name not in rows:
            faults.add("page-path", f"the path variable {quoted(name)} has no row in the parameter table", path_line)
    for name, field in rows.items():
        if name not in variables:
            faults.add("page-path", f"path parameter {quoted(name)} is not in the path of line {path_line}", field.line)
        elif not field.required:
            faults.warn("page-path", f"path parameter {quoted(name)} is marked optional; taken as required", field.line)

"""The declarations room: fields as a page shows them in a programming language, compared with the table of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apiscribe.capture.cells import ArrayOf, Cell, Enumeration, Primitive, Reference, Unstated, described
from apiscribe.capture.checks import quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.labelled import Section
from apiscribe.capture.labelled_fields import FieldWords, read_type
from apiscribe.capture.page import Code
from apiscribe.capture.readings import FieldReading

_DECLARED = re.compile(
    r"^[ \t]*(?:(?:private|protected|public|final)[ \t]+)+(\w+(?:[ \t]*<[^;\n]*>|\[\])?)"
    r"[ \t]+(\w+)[ \t]*(?:=[^;\n]*)?;",
    re.MULTILINE,
)


def check_declared(section: Section | None, fields: Sequence[FieldReading], words: FieldWords, faults: Faults) -> None:
    """Report where the declarations of a section say something else than the rows of a table, which count.

    Forms that lose what stands between angle brackets say less there, which is no disagreement.
    """
    told = _declared(section) if section else {}
    rows = {field.name: field for field in fields}
    for name, (written, line) in told.items():
        if name not in rows:
            message = f"{quoted(name)} is declared as {quoted(written)} and has no row in the table: left out"
            faults.warn("page-structure", message, line)
            continue
        field, cell = rows[name], read_type(written, words.types)
        if cell is None or not _agree(field.cell, cell):
            told_here = f"{quoted(name)} is declared as {quoted(written)} at line {line}"
            message = f"{told_here}, typed {described(field.cell)} in the table: taken as in the table"
            faults.warn("page-structure", message, field.line)
    for field in fields if told else ():
        if field.name not in told:
            faults.warn("page-structure", f"{quoted(field.name)} is in the table and not declared", field.line)


def _declared(section: Section) -> dict[str, tuple[str, int]]:
    found = {}
    for code in (block for block in section.blocks if isinstance(block, Code)):
        for told in _DECLARED.finditer(code.text):
            written = re.sub(r"(\w+)\[\]", r"List<\1>", told[1])
            found[told[2]] = (written, code.line + code.text.count("\n", 0, told.start(1)))
    return found


def _agree(row: Cell, declared: Cell) -> bool:
    if isinstance(row, Unstated) or isinstance(declared, Unstated):
        return True
    if isinstance(row, ArrayOf) and isinstance(declared, ArrayOf):
        return _agree(row.item, declared.item)
    if isinstance(row, Primitive) and isinstance(declared, Primitive):
        return row.name == declared.name
    if isinstance(row, Enumeration):
        return isinstance(declared, Primitive) and declared.name == "string"
    is_object = any(isinstance(cell, Primitive) and cell.name == "object" for cell in (row, declared))
    return row == declared or (is_object and any(isinstance(cell, Reference) for cell in (row, declared)))

"""The rows room: rows of the portal's tables to fields: type, required word, and what the description adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from apiscribe.capture.bullets import conditions, read_bullets
from apiscribe.capture.cells import ArrayOf, Cell, Primitive, Reference
from apiscribe.capture.checks import component_fault, header_fault, name_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.labelled import LabelledRow, rows_of
from apiscribe.capture.page import Form, Table
from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.readings import FieldReading, Note, Prose

_GENERIC = re.compile(r"(?:List|Array)\s*(?:<\s*(.+?)\s*>|\(\s*(.+?)\s*\)|\[\s*(.+?)\s*\])", re.IGNORECASE)
_FORMATTED = re.compile(r"(\w+)\s*\(([\w.+-]+)\)")
_MODEL = re.compile(r"[A-Z][A-Za-z0-9]*")


def read_fields(table: Table, location: str | None, faults: Faults) -> tuple[FieldReading, ...]:
    """Read a table of fields or parameters."""
    fields = (_field(row, location, faults) for row in rows_of(table, facts.LABELS, faults) if row.texts.get("name"))
    return tuple(field for field in fields if field is not None)


def read_type(text: str) -> Cell | None:
    """Read a type; nothing if it is none.

    >>> read_type("List<LoginKey>"), read_type("String (email)")
    (ArrayOf(item=Reference(name='LoginKey')), Primitive(name='string', format='email'))
    """
    plain = facts.TYPES.get(text.lower())
    if plain is not None:
        return plain
    generic = _GENERIC.fullmatch(text)
    if generic is not None:
        item = read_type(next(filter(None, generic.groups())))
        return None if item is None else ArrayOf(item=item)
    formatted = _FORMATTED.fullmatch(text)
    if formatted is not None and isinstance(known := facts.TYPES.get(formatted[1].lower()), Primitive):
        return replace(known, format=formatted[2])
    return Reference(name=text) if _MODEL.fullmatch(text) else None


def _field(row: LabelledRow, location: str | None, faults: Faults) -> FieldReading | None:
    name, word = row.texts["name"], row.texts.get("required", facts.NEITHER)
    fault = header_fault(name) if location == "header" else name_fault(name)
    if fault:
        faults.add("page-name", f"the name {quoted(name)} {fault}", row.line)
        return None
    written = row.texts.get("type", "String")  # tables of headers have no column for it
    cell = read_type(written)
    if cell is None or (isinstance(cell, Reference) and component_fault(cell.name)):
        faults.add("page-cell", f"row {quoted(name)}: unknown type {quoted(written)}", row.line)
        return None
    if word not in facts.REQUIRED:
        faults.add("page-cell", f"row {quoted(name)}: unknown word for required: {quoted(word)}", row.line)
        return None
    text = "\n".join(filter(None, (row.marked.get(role, "") for role in facts.TEXTS)))
    notes = dict(_notes(row, word, written, text))
    if faults.place.form is Form.LOSSY:
        # Bullets are lost there: neither values nor bounds nor a default are known, which is not the same as none.
        prose, default = Prose(text=text or None), None
    else:
        told = read_bullets(text, cell, facts.WORDS)
        prose, cell, default = told.prose, told.cell, told.default
        notes |= dict(told.notes)
    field = FieldReading(
        name=name,
        required=facts.REQUIRED[word] or location == "path",
        prose=prose,
        cell=cell,
        line=row.line,
        default=default,
        location=location,
        notes=tuple(notes.items()),
    )
    return _in_json(field) if name == facts.RESPONSE_FORMAT and location == "query" else field


def _notes(row: LabelledRow, word: str, written: str, text: str) -> Iterable[tuple[str, Note]]:
    if word == facts.CONDITIONAL:
        yield "x-required-when", conditions(text, facts.WORDS) or word
    elif word == facts.NEITHER and "required" in row.texts:
        yield "x-required-as-written", word
    if written.lower() in facts.DATES:
        yield "x-type-as-written", written


def _in_json(field: FieldReading) -> FieldReading:
    """Ask every time for the format that the client reads; what the page has as default is kept beside."""
    notes = (*field.notes, *((("x-default-as-written", field.default),) if field.default else ()))
    prose = replace(field.prose, constraints=(("const", facts.JSON_FORMAT),))
    return replace(field, required=True, cell=Primitive(name="string"), default=None, prose=prose, notes=notes)

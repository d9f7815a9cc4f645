"""The labelled fields room: rows of labelled tables to fields, calls and responses, by a portal's words for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apiscribe.capture.bullets import Words, conditions, read_bullets
from apiscribe.capture.cells import ArrayOf, Cell, Primitive, Reference, Unstated
from apiscribe.capture.checks import component_fault, header_fault, name_fault, path_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.labelled import LabelledRow, Labels, Section, rows_of
from apiscribe.capture.nesting import SubTable
from apiscribe.capture.page import Form, Table
from apiscribe.capture.readings import FieldReading, Note, Prose, ResponseReading

_GENERIC = re.compile(r"(?:List|Array)\s*(?:<\s*(.+?)\s*>|\(\s*(.+?)\s*\)|\[\s*(.+?)\s*\])", re.IGNORECASE)
_FORMATTED = re.compile(r"(\w+)\s*\(([\w.+-]+)\)")
_METHODS = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE)(?:\s*[|/]\s*(?:GET|POST|PUT|PATCH|DELETE))*", re.IGNORECASE)
_URI = re.compile(r"(?:https?://[^/\s]+)?(/[^\s()]*)\s*(?:[((]\s*(.+?)\s*[))])?", re.DOTALL)
_STATUS = re.compile(r"([1-5][0-9]{2})\b\s*(.*)", re.DOTALL)
_MODEL = re.compile(r"[A-Z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """A portal's words in tables of fields.

    Labels; types in lower case; the words for required, among them the conditional one and the one that says neither;
    columns of text in the order in which they are joined; types whose word is kept since JSON Schema has none.
    """

    labels: Sequence[Labels]
    types: Mapping[str, Cell]
    required: Mapping[str, bool]
    conditional: str
    neither: str
    texts: tuple[str, ...]
    bullets: Words
    dates: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method and a path as one row states them, and what stands in brackets behind the path."""

    method: str
    path: str
    remark: str
    line: int


def read_calls(table: Table, labels: Sequence[Labels], faults: Faults) -> tuple[Call, ...]:
    """Read a table of methods and paths; a row may name several methods."""
    found = []
    for row in rows_of(table, labels, faults):
        uri, methods = _URI.fullmatch(row.texts["uri"]), _METHODS.fullmatch(row.texts["method"])
        if uri is None or methods is None or path_fault(uri[1]):
            what = f"{row.texts['method']} {row.texts['uri']}"
            faults.add("page-path", f"no method and path: {quoted(what)}", row.line)
            continue
        for method in re.split(r"[|/]", methods[0]):
            found.append(Call(method=method.strip().lower(), path=uri[1], remark=uri[2] or "", line=row.line))
    return tuple(found)


def read_statuses(table: Table, labels: Sequence[Labels], faults: Faults) -> tuple[ResponseReading, ...]:
    """Read a table of status codes; several rows of one code are one response."""
    found: dict[str, ResponseReading] = {}
    for row in rows_of(table, labels, faults):
        told = _STATUS.fullmatch(row.texts.get("status", ""))
        if told is None:
            faults.add("page-row", f"no status code: {quoted(row.texts.get('status', ''))}", row.line)
            continue
        texts = (told[2], row.texts.get("code"), row.texts.get("message"), row.texts.get("description"))
        reason = ": ".join(text for text in texts if text) or told[1]
        first = found.get(told[1])
        reason = f"{first.reason}; {reason}" if first else reason
        found[told[1]] = ResponseReading(code=told[1], reason=reason, cell=Unstated(), line=row.line)
    return tuple(found.values())


def read_tables(
    section: Section, location: str | None, words: FieldWords, none: frozenset[str], faults: Faults
) -> tuple[tuple[FieldReading, ...], tuple[SubTable, ...]]:
    """Read the fields of a section and those below headings of their own; only a word for none stands for no table."""
    table = section.table()
    inner = [(heading, block) for heading, blocks in section.inner for block in blocks if isinstance(block, Table)]
    tables = tuple(
        SubTable(name=heading.text, rows=read_fields(block, location, words, faults), line=heading.line)
        for heading, block in inner
    )
    if table is None and not section.says(none):
        faults.add("page-table", f"table missing under {quoted(section.heading.text)}", section.heading.line)
    return read_fields(table, location, words, faults) if table else (), tables


def read_fields(table: Table, location: str | None, words: FieldWords, faults: Faults) -> tuple[FieldReading, ...]:
    """Read a table of fields or parameters."""
    fields = (
        _field(row, location, words, faults) for row in rows_of(table, words.labels, faults) if row.texts.get("name")
    )
    return tuple(field for field in fields if field is not None)


def read_type(text: str, types: Mapping[str, Cell]) -> Cell | None:
    """Read a type; nothing if it is none.

    >>> types = {"string": Primitive(name="string")}
    >>> read_type("List<Key>", types), read_type("String (email)", types)
    (ArrayOf(item=Reference(name='Key')), Primitive(name='string', format='email'))
    """
    plain = types.get(text.lower())
    if plain is not None:
        return plain
    generic = _GENERIC.fullmatch(text)
    if generic is not None:
        item = read_type(next(filter(None, generic.groups())), types)
        return None if item is None else ArrayOf(item=item)
    formatted = _FORMATTED.fullmatch(text)
    if formatted is not None and isinstance(known := types.get(formatted[1].lower()), Primitive):
        return replace(known, format=formatted[2])
    return Reference(name=text) if _MODEL.fullmatch(text) else None


def _field(row: LabelledRow, location: str | None, words: FieldWords, faults: Faults) -> FieldReading | None:
    name, word = row.texts["name"], row.texts.get("required", words.neither)
    fault = header_fault(name) if location == "header" else name_fault(name)
    if fault:
        faults.add("page-name", f"the name {quoted(name)} {fault}", row.line)
        return None
    written = row.texts.get("type", "String")  # tables of headers have no column for it
    cell = read_type(written, words.types)
    if cell is None or (isinstance(cell, Reference) and component_fault(cell.name)):
        faults.add("page-cell", f"row {quoted(name)}: unknown type {quoted(written)}", row.line)
        return None
    if word not in words.required:
        faults.add("page-cell", f"row {quoted(name)}: unknown word for required: {quoted(word)}", row.line)
        return None
    told = (row.marked.get(role, "") for role in words.texts)
    text = "\n".join(one for one in told if one.strip() not in ("", words.neither))
    notes = dict(_notes(row, word, words, text))
    if faults.place.form is Form.LOSSY:
        # Bullets are lost there: neither values nor bounds nor a default are known, which is not the same as none.
        prose, default = Prose(text=text or None), None
    else:
        described = read_bullets(text, cell, words.bullets)
        prose, cell, default = described.prose, described.cell, described.default
        notes |= dict(described.notes)
    return FieldReading(
        name=name,
        required=words.required[word] or location == "path",
        prose=prose,
        cell=cell,
        line=row.line,
        default=default,
        location=location,
        notes=tuple(notes.items()),
    )


def _notes(row: LabelledRow, word: str, words: FieldWords, text: str) -> Iterable[tuple[str, Note]]:
    if word == words.conditional:
        yield "x-required-when", conditions(text, words.bullets) or word
    elif word == words.neither and "required" in row.texts:
        yield "x-required-as-written", word
    written = row.texts.get("type", "")
    if written.lower() in words.dates:
        yield "x-type-as-written", written

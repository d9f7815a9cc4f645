"""The operation room: the sections of an operation's page to one reading and the models of its bodies."""

from __future__ import annotations

import re
from dataclasses import replace

from apiscribe.capture.cells import ArrayOf, Unstated
from apiscribe.capture.checks import path_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import prose
from apiscribe.capture.labelled import LabelledPage, Section, columns_of, rows_of
from apiscribe.capture.nesting import SubTable, nested, whole
from apiscribe.capture.page import Item, Paragraph, Table
from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.profiles.navercloud.rows import read_fields
from apiscribe.capture.readings import (
    BodyReading,
    FieldReading,
    ModelReading,
    OperationReading,
    Prose,
    ResponseReading,
    Sample,
)
from apiscribe.capture.rowsets import check_path
from apiscribe.naming import pascal_case, singular, split_run, words

_METHODS = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE)(?:\s*[|/]\s*(?:GET|POST|PUT|PATCH|DELETE))*", re.IGNORECASE)
_URI = re.compile(r"(?:https?://[^/\s]+)?(/[^\s()]*)\s*(?:[((]\s*(.+?)\s*[))])?", re.DOTALL)
_STATUS = re.compile(r"([1-5][0-9]{2})\b\s*(.*)", re.DOTALL)

Models = tuple[ModelReading, ...]


def calls_of(parts: LabelledPage) -> Table | None:
    """Find the table of method and address."""
    blocks = [block for section in parts.sections.values() for block in section.blocks] + list(parts.lead)
    tables = [block for block in blocks if isinstance(block, Table)]
    return next((table for table in tables if {"method", "uri"} <= set(columns_of(table, facts.LABELS))), None)


def read_operation(parts: LabelledPage, slug: str, site: str | None, faults: Faults) -> tuple[OperationReading, Models]:
    """Read an operation; several methods or regions of one page are one operation with alternatives.

    Raises: ApiscribeError if no call can be made out.
    """
    (method, path, line), alternatives = _calls(parts, faults)
    service, version = _service(path, slug)
    action = path.rpartition("/")[2] == parts.title
    spelled = None if action else _spelled(path, slug.rpartition("-")[2].lower())
    if action:
        check_title(parts.title, slug, faults)
    name = pascal_case(parts.title if action else spelled or slug.rpartition("-")[2])
    parameters, models = _parameters(parts, name, faults)
    check_path(path, line, parameters, faults)
    body, body_models = _body(parts, name, faults)
    responses, response_models = _responses(parts, name, faults)
    schemes = [facts.SCHEMES[field.name.lower()] for field in parameters if field.name.lower() in facts.SCHEMES]
    reading = OperationReading(
        place=faults.place,
        service=f"{service}-{site}" if service and site else service,
        version=version,
        method=method,
        path=path,
        status=None,
        parameters=parameters,
        responses=responses,
        body=body,
        description=described(parts),
        display_name=parts.title if action else None,
        slug=slug,
        title=None if action else parts.title,
        spelled=spelled,
        alternatives=alternatives,
        family="VPC" if service.startswith("v") else "Classic",
        scheme=schemes[0] if schemes else None,
    )
    return reading, (*models, *body_models, *response_models)


def check_title(title: str, slug: str, faults: Faults) -> None:
    """Report an address that ends in another name than the page has."""
    if slug.rpartition("-")[2].lower() != title.lower():
        faults.warn("page-name", f"the address says {quoted(slug)}, the title {quoted(title)}", faults.place.line)


def _service(path: str, slug: str) -> tuple[str, str]:
    """Give service and version as the path, or else the address, has them; nothing for a path without its base."""
    told = facts.PATH.fullmatch(path)
    if told is None:
        return "", ""
    named = told["service"] if told["service"] not in facts.NO_SERVICE else ("", *slug.split("-"))[-2]
    return named, told["version"]


def _spelled(path: str, run: str) -> str | None:
    """Spell the last part of an address, which is one run of letters, in the words of the path and those of actions."""
    known = [word.lower() for word in words(path)]
    found = split_run(run, [*facts.ACTION_WORDS, *known, *map(singular, known)])
    return "_".join(found) if len(found) > 1 else None


def described(parts: LabelledPage) -> str | None:
    """Give the text before the first section, without what is no description."""
    text = prose([block for block in parts.lead if isinstance(block, Paragraph | Item)])
    return "\n".join(line for line in text.split("\n") if not facts.NOISE.fullmatch(line)).strip() or None


def _calls(parts: LabelledPage, faults: Faults) -> tuple[tuple[str, str, int], tuple[tuple[tuple[str, str], ...], ...]]:
    """Give the call that the page documents, and its alternatives: GET before POST, no region before any."""
    table = calls_of(parts)
    found: list[tuple[str, str, int, str]] = []
    for row in rows_of(table, facts.LABELS, faults) if table else ():
        uri, methods = _URI.fullmatch(row.texts["uri"]), _METHODS.fullmatch(row.texts["method"])
        if uri is None or methods is None or path_fault(uri[1]):
            what = f"{row.texts['method']} {row.texts['uri']}"
            faults.add("page-path", f"no method and path: {quoted(what)}", row.line)
            continue
        found += [(each.strip().lower(), uri[1], row.line, uri[2] or "") for each in re.split(r"[|/]", methods[0])]
    if not found:
        raise faults.stop("page-path", "no method and path", faults.place.line)
    chosen = min(found, key=lambda call: bool((told := facts.PATH.fullmatch(call[1])) and told["region"]))
    alternatives = []
    for method, path, _, region in found:
        if (method, path) != chosen[:2]:
            told = {"method": method, "path": path, "region": region}
            alternatives.append(tuple((key, value) for key, value in told.items() if value))
    return chosen[:3], tuple(alternatives)


def _tables(section: Section, location: str | None, faults: Faults) -> tuple[tuple[FieldReading, ...], list[SubTable]]:
    table = section.table()
    inner = [(heading, block) for heading, blocks in section.inner for block in blocks if isinstance(block, Table)]
    subs = [
        SubTable(name=heading.text, rows=read_fields(block, location, faults), line=heading.line)
        for heading, block in inner
    ]
    if table is None and not section.says(facts.NONE):
        faults.add("page-table", f"table missing under {quoted(section.heading.text)}", section.heading.line)
    return read_fields(table, location, faults) if table else (), subs


def _parameters(parts: LabelledPage, name: str, faults: Faults) -> tuple[tuple[FieldReading, ...], Models]:
    parameters: list[FieldReading] = []
    models: list[ModelReading] = []
    for role, location in facts.PARAMETERS.items():
        if role in parts.sections:
            rows, tables = _tables(parts.sections[role], location, faults)
            found = nested(rows, tables, None, (name, f"{name}Parameter"), faults)
            models += found.models
            parameters += [
                (
                    replace(field, notes=(*field.notes, ("x-style", "indexed")))
                    if location == "query" and isinstance(field.cell, ArrayOf)
                    else field
                )
                for field in found.fields
            ]
    return tuple(parameters), tuple(models)


def _sample(parts: LabelledPage, role: str, faults: Faults) -> Sample | None:
    return parts.sections[role].sample(faults) if role in parts.sections else None


def _body(parts: LabelledPage, name: str, faults: Faults) -> tuple[BodyReading | None, Models]:
    section = parts.sections.get(facts.BODY)
    if section is None or section.says(facts.NONE):
        return None, ()
    rows, tables = _tables(section, None, faults)
    sample = _sample(parts, facts.REQUEST_EXAMPLE, faults)
    shape = _sample(parts, facts.SYNTAX, faults) or section.sample(faults) or sample
    cell, models = whole(rows, tables, shape.value if shape else None, (name, f"{name}Request"), faults)
    required = any(field.required for field in models[0].fields)
    return BodyReading(required=required, cell=cell, prose=Prose(), line=section.heading.line, sample=sample), models


def _responses(parts: LabelledPage, name: str, faults: Faults) -> tuple[tuple[ResponseReading, ...], Models]:
    found = {response.code: response for response in statuses(parts, faults)}
    section = parts.sections.get(facts.RESPONSE_BODY) or parts.sections.get(facts.RESPONSE_SYNTAX)
    success = next((code for code in found if code.startswith("2")), None)
    line = section.heading.line if section else faults.place.line
    assumed = ResponseReading(code="200", reason="OK", cell=Unstated(), line=line, assumed=True)
    response = found.get(success or "", assumed)
    models: Models = ()
    if section is not None and not section.says(facts.NONE):
        rows, tables = _tables(section, None, faults)
        sample = _sample(parts, facts.RESPONSE_EXAMPLE, faults)
        shape = section.sample(faults) or _sample(parts, facts.RESPONSE_SYNTAX, faults) or sample
        cell, models = whole(rows, tables, shape.value if shape else None, (name, f"{name}Response"), faults)
        response = replace(response, cell=cell, sample=sample)
    return tuple({**found, response.code: response}.values()), models


def statuses(parts: LabelledPage, faults: Faults) -> tuple[ResponseReading, ...]:
    """Read the table of status codes; several rows of one code are one response."""
    section = parts.sections.get(facts.STATUS)
    table = section.table() if section else None
    found: dict[str, ResponseReading] = {}
    for row in rows_of(table, facts.LABELS, faults) if table else ():
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

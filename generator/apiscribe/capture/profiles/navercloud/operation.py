"""The operation room: the sections of an operation's page to one reading and the models of its bodies."""

from __future__ import annotations

from dataclasses import replace

from apiscribe.capture.cells import ArrayOf, Primitive, Unstated
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import prose
from apiscribe.capture.labelled import LabelledPage, check_title, columns_of
from apiscribe.capture.labelled_fields import Call, read_calls, read_statuses, read_tables
from apiscribe.capture.nesting import nested, whole
from apiscribe.capture.page import Item, Paragraph, Table
from apiscribe.capture.profiles.navercloud import facts
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
from apiscribe.naming import pascal_case, spelled_out

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
    call, alternatives = _calls(parts, faults)
    path = call.path
    service, version = _service(path, slug)
    action = path.rpartition("/")[2] == parts.title
    spelled = None if action else spelled_out(slug.rpartition("-")[2].lower(), path, facts.ACTION_WORDS)
    if action:
        check_title(parts.title, slug, faults)
    name = pascal_case(parts.title if action else spelled or slug.rpartition("-")[2])
    parameters, models = _parameters(parts, name, faults)
    check_path(path, call.line, parameters, faults)
    body, body_models = _body(parts, name, faults)
    responses, response_models = _responses(parts, name, faults)
    schemes = [facts.SCHEMES[field.name.lower()] for field in parameters if field.name.lower() in facts.SCHEMES]
    reading = OperationReading(
        place=faults.place,
        service=f"{service}-{site}" if service and site else service,
        version=version,
        method=call.method,
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


def _service(path: str, slug: str) -> tuple[str, str]:
    """Give service and version as the path, or else the address, has them; nothing for a path without its base."""
    told = facts.PATH.fullmatch(path)
    if told is None:
        return "", ""
    named = told["service"] if told["service"] not in facts.NO_SERVICE else ("", *slug.split("-"))[-2]
    return named, told["version"]


def described(parts: LabelledPage) -> str | None:
    """Give the text before the first section, without what is no description."""
    text = prose([block for block in parts.lead if isinstance(block, Paragraph | Item)])
    return "\n".join(line for line in text.split("\n") if not facts.NOISE.fullmatch(line)).strip() or None


def _calls(parts: LabelledPage, faults: Faults) -> tuple[Call, tuple[tuple[tuple[str, str], ...], ...]]:
    """Give the call that the page documents, and its alternatives: GET before POST, no region before any."""
    table = calls_of(parts)
    found = read_calls(table, facts.LABELS, faults) if table else ()
    if not found:
        raise faults.stop("page-path", "no method and path", faults.place.line)
    chosen = min(found, key=lambda call: bool((told := facts.PATH.fullmatch(call.path)) and told["region"]))
    others = [call for call in found if (call.method, call.path) != (chosen.method, chosen.path)]
    told = [(("method", call.method), ("path", call.path), ("region", call.remark)) for call in others]
    return chosen, tuple(tuple(pair for pair in pairs if pair[1]) for pairs in told)


def _parameters(parts: LabelledPage, name: str, faults: Faults) -> tuple[tuple[FieldReading, ...], Models]:
    parameters: list[FieldReading] = []
    models: list[ModelReading] = []
    for role, location in facts.PARAMETERS.items():
        if role in parts.sections:
            rows, tables = read_tables(parts.sections[role], location, facts.FIELD_WORDS, facts.NONE, faults)
            found = nested(rows, tables, None, (name, f"{name}Parameter"), faults)
            models += found.models
            parameters += [_as_sent(field) if location == "query" else field for field in found.fields]
    return tuple(parameters), tuple(models)


def _sample(parts: LabelledPage, role: str, faults: Faults) -> Sample | None:
    return parts.sections[role].sample(faults) if role in parts.sections else None


def _body(parts: LabelledPage, name: str, faults: Faults) -> tuple[BodyReading | None, Models]:
    section = parts.sections.get(facts.BODY)
    if section is None or section.says(facts.NONE):
        return None, ()
    rows, tables = read_tables(section, None, facts.FIELD_WORDS, facts.NONE, faults)
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
        rows, tables = read_tables(section, None, facts.FIELD_WORDS, facts.NONE, faults)
        sample = _sample(parts, facts.RESPONSE_EXAMPLE, faults)
        shape = section.sample(faults) or _sample(parts, facts.RESPONSE_SYNTAX, faults) or sample
        cell, models = whole(rows, tables, shape.value if shape else None, (name, f"{name}Response"), faults)
        response = replace(response, cell=cell, sample=sample)
    return tuple({**found, response.code: response}.values()), models


def statuses(parts: LabelledPage, faults: Faults) -> tuple[ResponseReading, ...]:
    """Read the status codes of a page, if it lists some."""
    table = parts.sections[facts.STATUS].table() if facts.STATUS in parts.sections else None
    return read_statuses(table, facts.LABELS, faults) if table else ()


def _as_sent(field: FieldReading) -> FieldReading:
    if isinstance(field.cell, ArrayOf):
        return replace(field, notes=(*field.notes, ("x-style", "indexed")))
    return _in_json(field) if field.name == facts.RESPONSE_FORMAT else field


def _in_json(field: FieldReading) -> FieldReading:
    """Ask every time for the format that the client reads; what the page has as default is kept beside."""
    notes = (*field.notes, *((("x-default-as-written", field.default),) if field.default else ()))
    prose = replace(field.prose, constraints=(("const", facts.JSON_FORMAT),))
    return replace(field, required=True, cell=Primitive(name="string"), default=None, prose=prose, notes=notes)

"""The samples room: the example request and response of an endpoint version, checked against its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from apiscribe.capture.cells import Unstated
from apiscribe.capture.checks import quoted
from apiscribe.capture.faults import Faults, Gaps
from apiscribe.capture.literals import LiteralError, read_json
from apiscribe.capture.page import Block, Code, Heading, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.readings import BodyReading, FieldReading, Part, ResponseReading, Sample
from apiscribe.errors import shown

_HEADER = re.compile(r'"([A-Za-z][A-Za-z0-9-]*) = (.*?)",?')
_PRODUCT = re.compile(r"([a-z0-9][a-z0-9_-]*) ([0-9]+\.[0-9]+)", re.IGNORECASE)
_QUERY = re.compile(r"[?&]([^=&{}]+)=")

Sections = Mapping[str, tuple[Heading, tuple[Block, ...]]]


def read_header(sections: Sections, version: str, language: str | None, faults: Faults) -> str:
    """Read the service from the request-header block, and compare its version and language with the page's."""
    code = _code(sections, facts.REQUEST_HEADER, faults, wanted=True)
    if code is None:
        return ""
    found: dict[str, tuple[str, int]] = {}
    for offset, text in enumerate(code.text.split("\n")):
        match = _HEADER.fullmatch(text.strip())
        if match is None:
            faults.add("page-header", f"no header line: {quoted(text)}", code.line + offset)
            continue
        found[match[1]] = (match[2], code.line + offset)
        if match[1] not in facts.HEADER_BLOCK:
            faults.warn(
                "page-header", f"a header that the portal does not name: {quoted(match[1])}", code.line + offset
            )
    if facts.VERSION_HEADER not in found:
        faults.add("page-cut", f"the request header has no {facts.VERSION_HEADER}: the page is cut", code.line)
        return ""
    value, line = found[facts.VERSION_HEADER]
    product = _PRODUCT.fullmatch(value)
    if product is None:
        faults.add("page-header", f"{facts.VERSION_HEADER} is not a service and a version: {quoted(value)}", line)
        return ""
    if language is not None and found.get(facts.LANGUAGE_HEADER, (language, 0))[0][:2] != language:
        stated, at = found[facts.LANGUAGE_HEADER]
        message = f"{facts.LANGUAGE_HEADER} says {quoted(stated)}, the labels of the page are of language {language!r}"
        faults.add("page-language", message, at)
    if product[2] != version:
        message = f"{facts.VERSION_HEADER} says {product[2]}, the heading at line {faults.place.line} says {version}"
        faults.add("page-version", message, line)
    return product[1]


def check_request_path(
    sections: Sections, path: str, parameters: Sequence[FieldReading], faults: Faults, gaps: Gaps
) -> None:
    """Compare the example request's path and query with the method line and the required query rows."""
    code = _code(sections, facts.REQUEST_PATH, faults, wanted=True)
    if code is None:
        return
    stated, _, query = code.text.strip().partition("?")
    if stated != path:
        faults.add(
            "page-path", f"the request path {quoted(stated)} is not the path {quoted(path)} of the page", code.line
        )
    if gaps.has(Part.PARAMETERS):
        return
    asked = set(_QUERY.findall(f"?{query}")) if query else set()
    required = {field.name for field in parameters if field.location == "query" and field.required}
    if asked != required:
        names = ", ".join(sorted(asked ^ required))
        faults.warn(
            "page-query", f"request path and table disagree on required query parameters: {shown(names)}", code.line
        )


def with_request_sample(body: BodyReading | None, sections: Sections, faults: Faults, gaps: Gaps) -> BodyReading | None:
    """Join the body with its example; one without the other means that the page lost something."""
    if gaps.has(Part.PARAMETERS):
        return None
    if facts.REQUEST_BODY not in sections:
        if body is not None and not gaps.add(Part.REQUEST_EXAMPLE, body.line):
            faults.add("page-cut", f"section {facts.REQUEST_BODY!r} is missing, though the table has a body", body.line)
        return body
    heading = sections[facts.REQUEST_BODY][0]
    sample = _sample(sections, facts.REQUEST_BODY, faults)
    if body is None:
        faults.add("page-table", "a request body is shown, but the parameter table has no body row", heading.line)
        return None
    if sample is None and not _is_broken(faults) and not gaps.add(Part.REQUEST_EXAMPLE, heading.line):
        faults.add("page-cut", "the request body has no example: the page is cut", heading.line)
    return replace(body, sample=sample)


def with_response_samples(
    responses: Sequence[ResponseReading], sections: Sections, faults: Faults, gaps: Gaps, last_line: int
) -> tuple[ResponseReading, ...]:
    """Join the responses with their examples; a success with a schema has one, or the page lost it."""
    if gaps.has(Part.RESPONSES):
        return ()
    codes = {response.code for response in responses}
    shown_codes = [name for name in sections if facts.RESPONSE_CODE.fullmatch(name)]
    for name in shown_codes:
        if name.rpartition(" ")[2] not in codes:
            faults.add("page-table", f"{name!r} has no row in the table of responses", sections[name][0].line)
    joined = tuple(
        replace(response, sample=_sample(sections, f"Response {response.code}", faults)) for response in responses
    )
    successes = [response for response in joined if response.code.startswith("2")]
    stated = [response for response in successes if not isinstance(response.cell, Unstated)]
    lost = [response for response in stated if f"Response {response.code}" in sections and response.sample is None]
    if not any(response.sample for response in stated):
        lost = stated
    if (lost or (successes and not shown_codes)) and gaps.add(Part.RESPONSE_EXAMPLE, last_line):
        return joined
    if successes and not shown_codes:
        faults.add("page-cut", f"no example response follows {facts.RESPONSE!r}: the page is cut", last_line)
    elif lost and not _is_broken(faults):
        faults.add("page-cut", f"response {lost[0].code} has a schema but no example: the page is cut", last_line)
    for response in stated if shown_codes and not lost else ():
        if f"Response {response.code}" not in sections:
            faults.warn("page-example", f"response {response.code} has a schema but no example", response.line)
    return joined


def _is_broken(faults: Faults) -> bool:
    """Tell whether an example is there and cannot be read, which is reported already."""
    return any(diagnostic.rule == "page-json" for diagnostic in faults.found)


def _code(sections: Sections, name: str, faults: Faults, *, wanted: bool) -> Code | None:
    if name not in sections:
        return None
    heading, blocks = sections[name]
    codes = [block for block in blocks if isinstance(block, Code)]
    for block in blocks:
        if not isinstance(block, Code):
            text = "a table" if isinstance(block, Table) else quoted(block.text)
            faults.add("page-shape", f"unexpected under {name!r}: {text}", block.line)
    if len(codes) > 1:
        faults.add("page-shape", f"more than one example under {name!r}", codes[1].line)
    if not codes and wanted:
        faults.add("page-cut", f"section {name!r} is empty: the page is cut", heading.line)
    return codes[0] if codes and codes[0].text else None


def _sample(sections: Sections, name: str, faults: Faults) -> Sample | None:
    code = _code(sections, name, faults, wanted=False)
    if code is None:
        return None
    try:
        return Sample(value=read_json(code.text), line=code.line)
    except LiteralError as error:
        faults.add("page-json", f"the JSON under {name!r} is broken: {error}", code.line + error.line)
        return None

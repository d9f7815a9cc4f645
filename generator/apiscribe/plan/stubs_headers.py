"""Response headers in the stubs: what responses are documented to bring goes in, tests of typed values come out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from apiscribe import ir
from apiscribe.code import Code, fill, identifier, literal
from apiscribe.plan.response_headers import header_names, header_shape
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.stubs_wire import scalar_text
from apiscribe.plan.text import error_class
from apiscribe.view_stubs import Check

# What frames a response is the server's own matter.
_FRAMING = frozenset({
    "connection", "content-encoding", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
_LINE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_PART = re.compile(r"[!-+\--<>-~](?:[ -+\--<>-~]*[!-+\--<>-~])?")  # without comma and equals sign
# Values that Python does not dump back as they were written.
_OTHERWISE = frozenset({"duration", "time", "binary"})


def headers_checks(plan: ServicePlan, operation: ir.Operation, samples: Samples, constant: Code) -> Iterable[Check]:
    """Plan the tests that documented headers of a success, and those of an error alone, come out typed."""
    successes = [item for item in operation.responses if item.status.startswith(("2", "d"))]
    known = {item.name.lower() for response in successes for item in response.headers}
    yield from _check(plan, operation, samples, constant, known, "gives_typed_headers", [])
    for response in operation.responses:
        own = {item.name.lower() for item in response.headers} - known
        if own and response.status.isdigit() and response.status[0] in "45" and response.status != "401":
            kind = identifier(f"errors.{error_class(response.status)}")
            status = [fill("status={}", literal(int(response.status))), fill("raises={}", kind)]
            yield from _check(plan, operation, samples, constant, own, "gives_typed_headers_of_errors", status)
            return


def _check(
    plan: ServicePlan,
    operation: ir.Operation,
    samples: Samples,
    constant: Code,
    chosen: set[str],
    says: str,
    more: Sequence[Code],
) -> Iterable[Check]:
    sent: dict[str, str] = {}
    values: dict[str, ir.JsonValue] = {}
    for name, item in header_names(plan, operation):
        lower = item.name.lower()
        made = _sample(plan, item, samples) if lower in chosen and lower not in _FRAMING else None
        if made is not None:
            sent[item.name], values[name] = made
    if sent:
        facts = (literal(sent), literal(values), *more)
        yield Check(says=identifier(says), function=identifier("check_headers"), case=constant, arguments=facts)


def _sample(plan: ServicePlan, header: ir.ResponseHeader, samples: Samples) -> tuple[str, ir.JsonValue] | None:
    """Give a value as it is written in a header and as JSON, or None where there is none that can be compared."""
    shape = header_shape(plan, header)
    try:
        value = samples.made(header.schema, header.name, full=1)
    except NoSampleError:
        return None
    if shape == "json":
        text = json.dumps(value)
        return (text, value) if _LINE.fullmatch(text) and isinstance(value, dict) else None
    target = samples.followed(header.schema)
    if isinstance(target, ir.ArraySchema) and isinstance(value, list):
        texts = [_text(samples, target.items, item) for item in value]
        return (",".join(text or "" for text in texts), value) if texts and all(texts) else None
    if isinstance(target, ir.ObjectSchema) and isinstance(value, dict):
        members = {item.name: item.schema for item in target.properties}
        pairs = [(name, _text(samples, members.get(name), item)) for name, item in value.items()]
        between = "=" if header.explode else ","
        is_plain = all(text and _PART.fullmatch(name) for name, text in pairs)
        return (",".join(f"{name}{between}{text}" for name, text in pairs), value) if pairs and is_plain else None
    line = _text(samples, target, value, _LINE)
    return (line, value) if line else None


def _text(samples: Samples, schema: ir.Schema | None, value: ir.JsonValue, form: re.Pattern[str] = _PART) -> str | None:
    target = samples.followed(schema)
    if value is None or isinstance(value, list | dict) or getattr(target, "format", "") in _OTHERWISE:
        return None
    if isinstance(target, ir.AnySchema | ir.UnionSchema) or (
        isinstance(target, ir.EnumSchema) and value in (True, False)
    ):
        return None
    text = scalar_text(value)
    return text if form.fullmatch(text) else None

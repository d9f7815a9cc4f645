"""Streams of the stubs: what is answered item by item goes in, the tests that read all of it as it arrives come out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from apiscribe import ir
from apiscribe.code import Code, identifier, literal
from apiscribe.lower.streams import EVENTS
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stream_facts import argument_of
from apiscribe.plan.streams import asked_by, method_key
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.uses import streams_of
from apiscribe.view_stubs import Check

STREAMED = frozenset({"check_streamed", "check_asked", "check_downloaded"})
"""The functions that read answers as they arrive, which a module of their own has."""
_TEXT = "stub text"
_AFTER = "data: after the end\n\n"


def stream_checks(
    plan: ServicePlan, operation: ir.Operation, samples: Samples, given: Mapping[str, object], constant: Code
) -> Iterable[Check]:
    """Plan the tests of an operation's streams: one for each media type, and one of the method that asks for one."""
    asked = asked_by(operation, plan.schemas)
    moved = argument_of(plan, operation, asked) if asked is not None else ""
    method = plan.names.methods.get(method_key(operation))
    for number, (name, stream) in enumerate(streams_of(operation)):
        try:
            body, items = _body(name, stream, samples)
        except NoSampleError:
            continue
        facts = (literal(name), literal(body), literal(items))
        which = f"_{number + 1}" if number else ""
        yield _check(f"gives_the_items_of_its_stream{which}", "check_streamed", constant, *facts)
        if method is not None and not number:
            kept = {argument: value for argument, value in given.items() if argument != moved}
            yield _check("asks_for_a_stream", "check_asked", constant, literal(method), literal(kept), *facts)


def download_check(operation: ir.Operation, *, is_bytes: bool, constant: Code) -> Iterable[Check]:
    """Plan the test of an answer of bytes that is read as it arrives, and written to a file."""
    if is_bytes and operation.method != "HEAD" and not streams_of(operation):
        yield _check("gives_bytes_as_they_arrive", "check_downloaded", constant)


def _body(name: str, stream: ir.Stream, samples: Samples) -> tuple[str, list[ir.JsonValue]]:
    """Make a stream of two items, or of one for each documented event, and give it with what becomes of it."""
    told = stream.events or (("", stream.item), ("", stream.item))
    values = [_item(schema, samples, number) for number, (_, schema) in enumerate(told, 1)]
    if _is(name, EVENTS):
        events = [
            f"{f'event: {event}' + chr(10) if event else ''}data: {_written(schema, value)}\n\n"
            for (event, schema), value in zip(told, values, strict=True)
        ]
        return "".join([*events, *([f"data: {stream.until}\n\n{_AFTER}"] if stream.until else [])]), values
    start = "\x1e" if name.partition(";")[0].strip().endswith("json-seq") else ""
    return "".join(f"{start}{json.dumps(value)}\n" for value in values), values


def _item(schema: ir.Schema, samples: Samples, number: int) -> ir.JsonValue:
    return f"{_TEXT} {number}" if isinstance(schema, ir.StringSchema) else samples.made(schema, number=number, full=1)


def _written(schema: ir.Schema, value: ir.JsonValue) -> str:
    return str(value) if isinstance(schema, ir.StringSchema) else json.dumps(value)


def _is(name: str, wanted: str) -> bool:
    return name.partition(";")[0].strip().lower() == wanted


def _check(says: str, function: str, case: Code, *arguments: Code) -> Check:
    return Check(says=identifier(says), function=identifier(function), case=case, arguments=arguments)

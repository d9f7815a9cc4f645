"""Stream facts: what the runtime has to know of an operation's streams."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import Code, call, dict_of, fill, literal
from apiscribe.plan.names import argument_key
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.streams import Asked, asked_by, errors_are_items
from apiscribe.plan.uses import TypeUse, stream_key, streams_of


def stream_facts(plan: ServicePlan, operation: ir.Operation) -> Iterable[Code]:
    """Give what the runtime has to know of an operation's streams: nothing where it has none."""
    streams = streams_of(operation)
    if not streams:
        return
    media_type, stream = streams[0]
    asked = asked_by(operation, plan.schemas)
    facts = [("media_type", literal(media_type))]
    if asked is not None:
        name = asked.name if asked.place == "body" else argument_of(plan, operation, asked)
        facts.append(("switch", literal((asked.place, name))))
    if stream.until:
        facts.append(("until", literal(stream.until)))
    if errors_are_items(stream, plan.schemas):
        facts.append(("errors_are_items", literal(True)))
    yield fill("stream={}", call("_operation.Stream", facts))


def stream_types(plan: ServicePlan, operation: ir.Operation) -> Iterable[Code]:
    """Give the types of the items of an operation's streams, by media type and the names of events."""
    pairs = []
    for name, stream in streams_of(operation):
        kind = plan.types.asked[stream_key(operation, name)].code
        if stream.events:
            held = ((event, plan.types.asked[stream_key(operation, name, event)]) for event, _ in stream.events)
            kind = fill("_operation.ByEvent({}, {})", dict_of((literal(event), use.code) for event, use in held), kind)
        pairs.append((literal(name.partition(";")[0].strip().lower()), kind))
    if pairs:
        yield fill("streams={}", dict_of(pairs))


def stream_uses(plan: ServicePlan, operation: ir.Operation) -> Iterable[TypeUse]:
    """List the types that an operation's streams bring."""
    for name, stream in streams_of(operation):
        for event in ("", *(event for event, _ in stream.events)):
            yield plan.types.asked[stream_key(operation, name, event)]


def argument_of(plan: ServicePlan, operation: ir.Operation, asked: Asked) -> str:
    """Give the argument that asks for a stream."""
    return plan.names.arguments[operation.id][argument_key(asked.place, asked.name)]

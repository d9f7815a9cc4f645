"""Media: what the reference says of the media types of requests and answers, and of how these are read."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.lower.operations import is_json
from apiscribe.markdown import EMPTY, Markdown, code_span, fill, joined, text
from apiscribe.plan.operations import is_text
from apiscribe.plan.reference_words import Headings, type_words
from apiscribe.plan.service import ServicePlan

_EVENTS = "text/event-stream"


def sent_as(body: ir.RequestBody) -> Markdown:
    """Say as what a body is sent, and what else it may be sent as."""
    first = fill("the body, {}", code_span(body.content.name))
    others = joined(" or ", dict.fromkeys(code_span(item.name) for item in body.others))
    return fill("{}; also {}: {} chooses", first, others, code_span("content_type")) if others else first


def answered(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Markdown:
    """Say what a call gives, for each status that is a success and each of its media types."""
    parts = [part for item in _successes(operation) for part in _answers(plan, item, headings)]
    return joined(", or ", parts) if parts else text("nothing")


def arriving(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Markdown:
    """Say how an answer that is no JSON is read as it arrives, or goes to a file; empty where all are JSON."""
    contents = [content for item in _successes(operation) for content in item.contents]
    ways = dict.fromkeys(_way(plan, content, headings) for content in contents if _is_read_in_pieces(content))
    if not ways:
        return EMPTY
    call = code_span(f"client.with_streaming_response.{plan.names.methods[operation.id]}(…)")
    return fill("{}: {}", call, joined(", or ", ways))


def _successes(operation: ir.Operation) -> Iterable[ir.Response]:
    return (item for item in operation.responses if item.status.startswith(("2", "d")))


def _answers(plan: ServicePlan, item: ir.Response, headings: Headings) -> Iterable[Markdown]:
    about = f"{item.status} {item.description}".strip()
    if not item.contents:
        yield fill("{} ({})", code_span("None"), text(about))
    for content in item.contents:
        answer = _answer(plan, content, headings)
        if content.stream is not None and len(item.contents) == sum(kind.stream is not None for kind in item.contents):
            whole = code_span("str" if is_text(content.name) else "bytes")
            answer = fill("{}, all of {}", whole, answer)
        yield fill("{} ({}, {})", answer, text(about), code_span(content.name))


def _answer(plan: ServicePlan, content: ir.MediaType, headings: Headings) -> Markdown:
    if content.stream is not None:
        return fill("a stream of {}", type_words(plan, content.stream.item, headings))
    if content.schema is not None:
        return type_words(plan, content.schema, headings)
    return text("any JSON value") if is_json(content.name) else code_span("str" if is_text(content.name) else "bytes")


def _is_read_in_pieces(content: ir.MediaType) -> bool:
    return content.stream is not None or not (is_json(content.name) or is_text(content.name))


def _way(plan: ServicePlan, content: ir.MediaType, headings: Headings) -> Markdown:
    media_type = code_span(content.name)
    if content.stream is None:
        return fill("{} of {} to a file or in pieces", _either("to_file(path)", "iter_bytes()"), media_type)
    method = "iter_events()" if content.name.lower().startswith(_EVENTS) else "iter_json()"
    items = type_words(plan, content.stream.item, headings)
    return fill("{} of {}, each {}", code_span(method), media_type, items)


def _either(one: str, other: str) -> Markdown:
    return fill("{} or {}", code_span(one), code_span(other))

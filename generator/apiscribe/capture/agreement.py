"""The agreement room: readings of one thing on several pages to one reading, or to the places that contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from apiscribe.capture.cells import Cell, described
from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Form
from apiscribe.capture.readings import (
    FieldReading,
    Json,
    ModelReading,
    OperationReading,
    OverviewReading,
    Place,
    Prose,
    Sample,
)
from apiscribe.capture.translations import plain, translated_model, translated_operation, translated_overview
from apiscribe.errors import Diagnostic, Origin, Severity, shown

# What a page states, by the thing and the sentence about it, with its line.
Facts = dict[tuple[str, str], tuple[Hashable, int]]
Reading = TypeVar("Reading", OperationReading, ModelReading, OverviewReading)

CONTRADICTION = "page-contradiction"
# What of an overview may be told in any order, and in any words but these.
_LOGS = {
    "versions": ("version", "status", "supported_until"),
    "history": ("version", "kind", "method", "path", "models", "fields"),
}
_WHOLE = ""
_BODY = "the body"
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?: ?(?:Z|UTC|[+-][0-9:]+))*"
)


def merged_operations(
    readings: Iterable[OperationReading], language: str, found: list[Diagnostic]
) -> list[OperationReading]:
    """Make one reading of every version of every operation; each contradiction is a diagnostic with both places.

    Prose is that of the pages in `language`; what the others say goes beside it.
    """
    groups = _grouped(readings, language, lambda item: (item.service, item.version, item.method, item.path))
    merged = [_merged(group, _operation_facts, _operation_prose, found) for group in groups]
    named = [_named(kept, group, found) for kept, group in zip(merged, groups, strict=True)]
    return [translated_operation(kept, group) for kept, group in zip(named, groups, strict=True)]


def merged_models(readings: Iterable[ModelReading], language: str, found: list[Diagnostic]) -> list[ModelReading]:
    """Make one reading of every model of every service."""
    groups = _grouped(readings, language, lambda item: (item.service, item.name))
    return [translated_model(_merged(group, _model_facts, _model_prose, found), group) for group in groups]


def merged_overviews(
    readings: Iterable[OverviewReading], language: str, found: list[Diagnostic]
) -> list[OverviewReading]:
    """Make one reading of every service's overview."""
    merged = []
    for group in _grouped(readings, language, lambda item: (item.service,)):
        kept = _with_log(_merged(group, _overview_facts, _overview_prose, found), group, found)
        merged.append(translated_overview(kept, group))
    return merged


def _with_log(kept: OverviewReading, group: Sequence[OverviewReading], found: list[Diagnostic]) -> OverviewReading:
    """Take the table of versions and the change log from the first page that has any; others should say the same."""
    for what, parts in _LOGS.items():
        filled = [item for item in group if getattr(item, what)]
        if not filled:
            continue
        first = filled[0]
        kept = replace(kept, **{what: getattr(first, what)})
        for other in filled[1:]:
            if _stated(first, what, parts) != _stated(other, what, parts):
                name = "table of versions" if what == "versions" else "change log"
                where = f"{first.place.file}:{getattr(first, what)[0].line}"
                message = f"the {name} of the service differs from the one at {where}, which is kept"
                origin = other.place.origin(getattr(other, what)[0].line)
                found.append(Diagnostic(rule="page-history", message=message, origin=origin, severity=Severity.WARNING))
    return kept


def _stated(overview: OverviewReading, what: str, parts: Sequence[str]) -> set[tuple[object, ...]]:
    return {tuple(getattr(item, part) for part in parts) for item in getattr(overview, what)}


def _grouped(
    readings: Iterable[Reading], language: str, key: Callable[[Reading], tuple[str, ...]]
) -> list[list[Reading]]:
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for reading in readings:
        groups.setdefault(key(reading), []).append(reading)
    return [sorted(groups[name], key=lambda item: _rank(item, language)) for name in sorted(groups)]


def _rank(reading: OperationReading | ModelReading | OverviewReading, language: str) -> tuple[object, ...]:
    # The language asked for wins, then English; a page of its own is a steadier source than a print view; HTML keeps
    # what plain text loses.
    place = reading.place
    gaps = () if isinstance(reading, OverviewReading) else reading.gaps
    slug = reading.slug if isinstance(reading, OperationReading) else ""
    return (
        place.language != language,
        place.language != "en",
        place.language or "",
        bool(gaps),
        not place.single,
        slug is None,
        place.form is not Form.HTML,
        place.page,
        place.file,
        place.line,
    )


def _merged(
    group: Sequence[Reading],
    facts: Callable[[Reading], Facts],
    prose: Callable[[Reading], Facts],
    found: list[Diagnostic],
) -> Reading:
    kept = group[0]
    for other in group[1:]:
        found.extend(_contradictions(facts(kept), kept.place, facts(other), other.place))
    # Prose has to agree only within one language.
    first: dict[str | None, Reading] = {}
    for other in group:
        same = first.setdefault(other.place.language, other)
        if same is not other:
            found.extend(_contradictions(prose(same), same.place, prose(other), other.place))
    return kept


def _contradictions(kept: Facts, place: Place, other: Facts, other_place: Place) -> list[Diagnostic]:
    found = []
    told: set[str] = set()
    things, other_things = {thing for thing, _ in kept}, {thing for thing, _ in other}
    for fact in dict.fromkeys([*kept, *other]):
        here, there = kept.get(fact), other.get(fact)
        thing, sentence = fact
        if here is not None and there is not None and here[0] == there[0]:
            continue
        if thing not in things or thing not in other_things:
            if thing in told:
                continue
            told.add(thing)
            sentence = "{}"
        what = sentence.format(thing)
        line = place.line if here is None else here[1]
        where = f"{place.file}:{line}"
        says = "is missing here, and stands at" if there is None else "stands here, and is missing at"
        message = f"contradicts another page: {what} {says} {where}"
        if here is not None and there is not None:
            message = f"contradicts another page: {what} is {_told(there[0])} here, {_told(here[0])} at {where}"
        origin = Origin(file=other_place.file, line=other_place.line if there is None else there[1])
        found.append(Diagnostic(rule=CONTRADICTION, message=message, origin=origin))
    return found


def _told(value: Hashable) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Cell):
        return shown(described(value), 60)
    return shown(value if isinstance(value, str) else repr(value), 60) or "nothing"


def _named(kept: OperationReading, group: Sequence[OperationReading], found: list[Diagnostic]) -> OperationReading:
    for what in ("display_name", "slug"):
        named = [item for item in group if getattr(item, what) is not None]
        if not named:
            continue
        first = named[0]
        kept = replace(kept, **{what: getattr(first, what)})
        for item in named[1:]:
            if getattr(item, what) != getattr(first, what):
                message = (
                    f"contradicts another page: the {what.replace('_', ' ')} is {quoted(getattr(item, what))} here, "
                    f"{quoted(getattr(first, what))} at {first.place.file}:{first.place.line}"
                )
                found.append(Diagnostic(rule=CONTRADICTION, message=message, origin=item.place.origin()))
    return kept


def _operation_facts(reading: OperationReading) -> Facts:
    line = reading.place.line
    facts: Facts = {
        (_WHOLE, "the state"): (reading.status, line),
        (_WHOLE, "the date of support"): (reading.supported_until, line),
    }
    for field in reading.parameters:
        facts.update(_field_facts(field, f"{field.location} parameter {shown(field.name)}"))
    if reading.body is not None:
        body = reading.body
        facts[_BODY, "the schema of {}"] = (body.cell, body.line)
        facts[_BODY, "whether {} is required"] = (body.required, body.line)
        facts.update(_shape_facts(body.sample, _BODY, "the example request", body.line))
    for response in reading.responses:
        thing = f"response {response.code}"
        facts[thing, "the schema of {}"] = (response.cell, response.line)
        facts.update(_shape_facts(response.sample, thing, "the example of {}", response.line))
    return facts


def _operation_prose(reading: OperationReading) -> Facts:
    line = reading.place.line
    facts: Facts = {
        (_WHOLE, "the description"): (plain(reading.description), line),
        (_WHOLE, "the note on its state"): (plain(reading.note), line),
    }
    for field in reading.parameters:
        facts.update(_prose_facts(field.prose, f"{field.location} parameter {shown(field.name)}", field.line))
    if reading.body is not None:
        facts.update(_prose_facts(reading.body.prose, _BODY, reading.body.line))
        facts.update(_value_facts(reading.body.sample, _BODY, "the example request", reading.body.line))
    for response in reading.responses:
        thing = f"response {response.code}"
        facts[thing, "the reason phrase of {}"] = (plain(response.reason), response.line)
        facts.update(_value_facts(response.sample, thing, "the example of {}", response.line))
    return facts


def _model_facts(reading: ModelReading) -> Facts:
    facts: Facts = {(_WHOLE, f"model {reading.name}"): (True, reading.place.line)}
    for field in reading.fields:
        facts.update(_field_facts(field, f"field {shown(field.name)} of {reading.name}"))
    return facts


def _model_prose(reading: ModelReading) -> Facts:
    facts: Facts = {
        (_WHOLE, f"the description of {reading.name}"): (plain(reading.description), reading.place.line),
    }
    for field in reading.fields:
        facts.update(_prose_facts(field.prose, f"field {shown(field.name)} of {reading.name}", field.line))
    return facts


def _overview_facts(reading: OverviewReading) -> Facts:
    line = reading.place.line
    return {
        (_WHOLE, "the server address"): (reading.server, line),
        (_WHOLE, "the environments and regions"): (frozenset(reading.allowed), line),
    }


def _overview_prose(reading: OverviewReading) -> Facts:
    line = reading.place.line
    return {
        (_WHOLE, "the overview"): (plain(reading.description), line),
        (_WHOLE, "the display name"): (reading.title, line),
    }


def _field_facts(field: FieldReading, what: str) -> Facts:
    return {
        (what, "whether {} is required"): (field.required, field.line),
        (what, "the schema of {}"): (field.cell, field.line),
        (what, "the default of {}"): (field.default, field.line),
        (what, "the constraints of {}"): ((field.prose.constraints, field.prose.item_constraints), field.line),
    }


def _prose_facts(prose: Prose, what: str, line: int) -> Facts:
    example = _TIMESTAMP.sub("<time>", prose.example) if prose.example else None
    return {
        (what, "the description of {}"): (plain(prose.text), line),
        (what, "the example of {}"): (example, line),
    }


def _shape_facts(sample: Sample | None, thing: str, what: str, line: int) -> Facts:
    if sample is None:
        return {}
    return {(thing, f"the shape of {what}"): (_frozen(sample.value, values=False), sample.line or line)}


def _value_facts(sample: Sample | None, thing: str, what: str, line: int) -> Facts:
    if sample is None:
        return {}
    return {(thing, what): (_frozen(sample.value, values=True), sample.line or line)}


def _frozen(value: Json, *, values: bool) -> Hashable:
    """Make an example comparable: timestamps never count, other values only on demand."""
    if isinstance(value, dict):
        return ("object", *((name, _frozen(value[name], values=values)) for name in sorted(value)))
    if isinstance(value, list):
        return ("array", *(_frozen(item, values=values) for item in value))
    if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
        return "<time>"
    # An empty text stands for no example, whatever the type.
    return (type(value).__name__, value) if values else (type(value).__name__, value == "")

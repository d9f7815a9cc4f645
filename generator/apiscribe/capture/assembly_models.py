"""The models part of assembly: which models a document holds, and what is concluded where no page describes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from apiscribe.capture.assembly_operation import Context
from apiscribe.capture.assembly_schema import model_schema
from apiscribe.capture.cells import AnyOf, ArrayOf, Cell, Reference, references
from apiscribe.capture.checks import quoted
from apiscribe.capture.inference import infer
from apiscribe.capture.readings import (
    BodyReading,
    FieldReading,
    Json,
    ModelReading,
    OperationReading,
    Place,
    ResponseReading,
)
from apiscribe.errors import Diagnostic, Severity

Mention = tuple[str, Place, int]


def model_schemas(
    operations: Sequence[OperationReading],
    context: Context,
    *,
    everything: bool,
    missed: set[str],
    found: list[Diagnostic],
) -> dict[str, Json]:
    """Give the schemas of a document by name: all of the service's models, or those that its operations reach.

    `missed` are the models without a page of which was told already, for another document of the service.
    """
    mentions = _mentions(operations, context.models, everything=everything)
    evidence = _evidence(operations)
    schemas: dict[str, Json] = {}
    for name in sorted({*mentions, *(context.models if everything else ())}):
        if name in context.models:
            schemas[name] = model_schema(context.models[name], context.is_secret, found)
        else:
            told: list[Diagnostic] = []
            schemas[name] = _undescribed(name, mentions[name], evidence.get(name, []), context, told)
            found.extend(told if name not in missed else ())
            missed.add(name)
    return schemas


def _undescribed(
    name: str, mention: Mention, evidence: Sequence[tuple[str, Json]], context: Context, found: list[Diagnostic]
) -> dict[str, Json]:
    _, place, line = mention
    if not name[0].isupper():
        message = f"unknown schema cell {quoted(name)}: neither a type nor a model that a page describes"
        found.append(Diagnostic(rule="page-cell", message=message, origin=place.origin(line)))
        return {}
    known = "is what examples show" if evidence else "is unknown"
    message = f"no page describes model {quoted(name)}: its schema {known}"
    found.append(Diagnostic(rule="page-model", message=message, origin=place.origin(line), severity=Severity.WARNING))
    if not evidence:
        return {"x-inferred": True, "x-evidence": "no page describes this model"}
    schema = infer([value for _, value in evidence], context.is_secret)
    told = "; ".join(sorted({what for what, _ in evidence}))
    return {**schema, "x-inferred": True, "x-evidence": told}


def _mentions(
    operations: Sequence[OperationReading], models: Mapping[str, ModelReading], *, everything: bool
) -> dict[str, Mention]:
    """Find every model that is mentioned, directly or through models, with the first place that does."""
    found: dict[str, Mention] = {}
    waiting = [mention for operation in operations for mention in _mentioned_by(operation)]
    if everything:
        waiting += [mention for name in sorted(models) for mention in _mentioned_in(models[name])]
    waiting.reverse()
    while waiting:
        mention = waiting.pop()
        name = mention[0]
        if name in found:
            continue
        found[name] = mention
        if name in models:
            waiting.extend(_mentioned_in(models[name]))
    return found


def _mentioned_by(operation: OperationReading) -> Iterator[Mention]:
    holders: list[FieldReading | BodyReading | ResponseReading] = [*operation.parameters]
    holders += [operation.body] if operation.body is not None else []
    yield from _mentions_of([*holders, *operation.responses], operation.place)


def _mentioned_in(model: ModelReading) -> Iterator[Mention]:
    yield from _mentions_of(model.fields, model.place)


def _mentions_of(holders: Iterable[FieldReading | BodyReading | ResponseReading], place: Place) -> Iterator[Mention]:
    for holder in holders:
        for name in references(holder.cell):
            yield name, holder.place or place, holder.line


def _evidence(operations: Sequence[OperationReading]) -> dict[str, list[tuple[str, Json]]]:
    found: dict[str, list[tuple[str, Json]]] = {}
    for operation in operations:
        call = f"{operation.method.upper()} {operation.path} {operation.version}"
        if operation.body is not None and operation.body.sample is not None:
            _observe(operation.body.cell, operation.body.sample.value, f"example of the request body of {call}", found)
        for response in operation.responses:
            if response.sample is not None:
                what = f"example of response {response.code} of {call}"
                _observe(response.cell, response.sample.value, what, found)
    return found


def _observe(cell: Cell, value: Json, what: str, found: dict[str, list[tuple[str, Json]]]) -> None:
    if isinstance(cell, Reference):
        found.setdefault(cell.name, []).append((what, value))
    elif isinstance(cell, ArrayOf) and isinstance(value, list):
        for item in value:
            _observe(cell.item, item, what, found)
    elif isinstance(cell, AnyOf):
        models = [item for item in cell.items if isinstance(item, Reference | ArrayOf)]
        if len(models) == 1:
            _observe(models[0], value, what, found)

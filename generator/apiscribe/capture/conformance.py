"""The conformance room: examples of pages against the schemas of the same pages; differences are warnings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from apiscribe.capture.cells import ArrayOf, Cell, Reference, Unstated, alternatives, described
from apiscribe.capture.inference import kind_of
from apiscribe.capture.literals import fits
from apiscribe.capture.readings import BodyReading, Json, ModelReading, OperationReading, ResponseReading
from apiscribe.errors import Diagnostic, Severity, shown

MAX_DEPTH = 30
Models = Mapping[str, ModelReading]


def check_samples(operations: Iterable[OperationReading], models: Models) -> list[Diagnostic]:
    """Compare every example with its schema: keys in both directions, and types; an empty text is no example."""
    found = []
    for operation in operations:
        holders: list[tuple[BodyReading | ResponseReading, str]] = []
        if operation.body is not None:
            holders.append((operation.body, "request"))
        holders += [(item, f"response {item.code}") for item in operation.responses]
        for holder, what in holders:
            sample = holder.sample
            if sample is None or isinstance(holder.cell, Unstated):
                continue
            for difference in dict.fromkeys(_differences(sample.value, holder.cell, models, "", 0)):
                message = f"the example of the {what} of {operation.method} {operation.path}: {difference}"
                origin = (sample.place or holder.place or operation.place).origin(sample.line)
                found.append(Diagnostic(rule="page-example", message=message, origin=origin, severity=Severity.WARNING))
    return found


def _differences(value: Json, cell: Cell, models: Models, path: str, depth: int) -> Iterator[str]:
    if value is None or value == "" or depth > MAX_DEPTH:
        return
    kinds = list(alternatives(cell))
    model = next((kind for kind in kinds if isinstance(kind, Reference)), None)
    array = next((kind for kind in kinds if isinstance(kind, ArrayOf)), None)
    if isinstance(value, dict) and model is not None:
        if model.name in models:
            yield from _fields(value, models[model.name], models, path, depth)
    elif isinstance(value, list) and array is not None:
        for item in value:
            yield from _differences(item, array.item, models, f"{path}[]", depth + 1)
    elif not any(isinstance(kind, Unstated) for kind in kinds) and not fits(value, cell):
        yield f"{shown(path) or 'it'} is {_told(value)}, its schema says {described(cell)}"


def _fields(value: dict[str, Json], model: ModelReading, models: Models, path: str, depth: int) -> Iterator[str]:
    fields = {field.name: field for field in model.fields}
    where = f"{model.place.file}:{model.place.line}"
    for name, item in value.items():
        inner = f"{path}.{name}" if path else name
        if name not in fields:
            yield f"{shown(inner)} is not a field of {model.name} at {where}"
        else:
            yield from _differences(item, fields[name].cell, models, inner, depth + 1)
    for name, field in fields.items():
        if field.required and name not in value:
            yield f"{shown(name)}, required by {model.name} at {where}, is missing"


def _told(value: Json) -> str:
    return f"{kind_of(value)} {shown(json.dumps(value, ensure_ascii=False), 30)}"

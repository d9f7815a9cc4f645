"""Pages of the stubs: a paged list goes in, the test that iterates over two pages of it and then ends comes out."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import Code, identifier, literal
from apiscribe.lower.operations import is_json
from apiscribe.plan import stubs_wire
from apiscribe.plan.names import argument_key, iterator_key
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_arguments import Arguments, Given
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.uses import item_schema
from apiscribe.view_stubs import Check

# A page of one item and one of two: they differ even where the items cannot.
_COUNTS = ((1,), (2, 3))
_TOTAL = 3
_MARKER = "id"


def pages_check(
    plan: ServicePlan, operation: ir.Operation, arguments: Arguments, samples: Samples, required: Given, constant: Code
) -> Iterable[Check]:
    """Plan the test of a paged list; there is none where the document does not say enough."""
    paging = operation.pagination
    method = plan.names.methods.get(iterator_key(operation))
    item = item_schema(operation, plan.schemas)
    moved = next((item for item in operation.parameters if paging is not None and _moves(item, paging.page)), None)
    if paging is None or method is None or item is None or moved is None:
        return
    try:
        items = {number: _item(samples, item, number, paging.style) for count in _COUNTS for number in count}
        base = _base(samples, operation)
    except NoSampleError:
        return
    given = {key: value for key, value in required.parameters.items() if key != (moved.location, moved.name)}
    asked = _positions(paging, items)
    if asked is None or (asked[0] is None and moved.required):
        return
    targets = [
        stubs_wire.target(operation, given if value is None else {**given, (moved.location, moved.name): value})
        for value in asked
    ]
    full = [_page(base, paging, [items[number] for number in numbers]) for numbers in _COUNTS]
    answers = [*full, _page(base, paging, [])][: len(asked)]
    passed = {**arguments.argued(operation, given), **required.body}
    passed.pop(plan.names.arguments[operation.id][argument_key(moved.location, moved.name)], None)
    yield Check(
        case=constant,
        says=identifier("iterates_over_all_pages"),
        function=identifier("check_pages"),
        arguments=(
            literal(method),
            literal(passed),
            literal(dict(zip(targets, answers, strict=True))),
            literal([items[number] for numbers in _COUNTS for number in numbers]),
        ),
    )


def _moves(item: ir.Parameter, page: str) -> bool:
    return item.location is ir.Location.QUERY and item.name == page and not item.media_type and item.constant is None


def _positions(paging: ir.Pagination, items: dict[int, ir.JsonValue]) -> list[ir.JsonValue] | None:
    if paging.style == "marker":
        ids = [item.get(_MARKER) for item in items.values() if isinstance(item, dict)]
        return [None, ids[0], ids[2]] if len(ids) == len(items) else None
    step = 1 if paging.style == "page" else len(_COUNTS[0])
    last = 2 if paging.style == "page" else _TOTAL
    positions: list[ir.JsonValue] = [paging.first, paging.first + step, paging.first + last]
    return positions[:2] if paging.total else positions


def _item(samples: Samples, schema: ir.Schema, number: int, style: str) -> ir.JsonValue:
    made = samples.made(schema)
    target = samples.followed(schema)
    if not isinstance(made, dict) or not isinstance(target, ir.ObjectSchema):
        return made
    known = {item.name: samples.followed(item.schema) for item in target.properties}
    if style == "marker":
        marker = known.get(_MARKER)
        if isinstance(marker, ir.NumberSchema):
            return {**made, _MARKER: number}
        if marker is not None and (not isinstance(marker, ir.StringSchema) or marker.format == "date-time"):
            raise NoSampleError
        return {**made, _MARKER: f"id-{number}"}
    plain = (name for name, told in known.items() if isinstance(told, ir.StringSchema) and told.format != "date-time")
    name = next(plain, None)
    return made if name is None else {**made, name: f"item {number}"}


def _base(samples: Samples, operation: ir.Operation) -> dict[str, ir.JsonValue]:
    success = next(item for item in operation.responses if item.status.startswith("2"))
    content = success.content
    if content is None or content.schema is None or not is_json(content.name) or success.status in ("204", "205"):
        raise NoSampleError
    made = samples.made(content.schema)
    if not isinstance(made, dict):
        raise NoSampleError
    return made


def _page(base: dict[str, ir.JsonValue], paging: ir.Pagination, items: list[ir.JsonValue]) -> dict[str, ir.JsonValue]:
    page = _put(base, paging.items.split("."), items)
    return _put(page, paging.total.split("."), _TOTAL) if paging.total else page


def _put(holder: dict[str, ir.JsonValue], steps: list[str], value: ir.JsonValue) -> dict[str, ir.JsonValue]:
    name, *rest = steps
    if not rest:
        return {**holder, name: value}
    inner = holder.get(name)
    return {**holder, name: _put(inner if isinstance(inner, dict) else {}, rest, value)}

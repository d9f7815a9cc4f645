"""Pages of the stubs: a paged list goes in, the test that iterates over two pages of it and then ends comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
_NEXT = "next-1"


def pages_check(
    plan: ServicePlan, operation: ir.Operation, arguments: Arguments, samples: Samples, required: Given, constant: Code
) -> Iterable[Check]:
    """Plan the test of a paged list; there is none where the document does not say enough."""
    paging = operation.pagination
    method = plan.names.methods.get(iterator_key(operation))
    item = item_schema(operation, plan.schemas)
    moved = next((item for item in operation.parameters if paging is not None and _moves(item, paging.page)), None)
    if paging is None or method is None or item is None or moved is None or paging.style == "link":
        return
    try:
        field = (paging.marker or _MARKER) if paging.style == "marker" and not paging.next else ""
        items = {number: _item(samples, item, number, field) for count in _COUNTS for number in count}
        base = _base(samples, operation, paging)
    except NoSampleError:
        return
    given = {key: value for key, value in required.parameters.items() if key != (moved.location, moved.name)}
    asked = _positions(paging, items, field)
    if asked is None or (asked[0] is None and moved.required):
        return
    targets = [_target(operation, given, moved, value) for value in asked]
    if paging.style == "url":
        own = {key: value for key, value in given.items() if key[0] is ir.Location.PATH}
        targets[1] = f"{stubs_wire.target(operation, own)}?{_NEXT}"
    numbered = enumerate([*_COUNTS, ()][: len(asked)], 1)
    pages = [(place == len(asked), [items[number] for number in numbers]) for place, numbers in numbered]
    answers = [_page(base, paging, listed, is_last=is_last) for is_last, listed in pages]
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


def _target(
    operation: ir.Operation,
    given: Mapping[tuple[ir.Location, str], ir.JsonValue],
    moved: ir.Parameter,
    at: ir.JsonValue,
) -> str:
    return stubs_wire.target(operation, given if at is None else {**given, (moved.location, moved.name): at})


def _moves(item: ir.Parameter, page: str) -> bool:
    return item.location is ir.Location.QUERY and item.name == page and not item.media_type and item.constant is None


def _positions(paging: ir.Pagination, items: dict[int, ir.JsonValue], field: str) -> list[ir.JsonValue] | None:
    """Give what each request asks for: two pages where a response says what follows, else a third that is empty."""
    if paging.next or paging.style == "url":
        return [None, _NEXT] if paging.style == "marker" else [None, None]
    if paging.style == "marker":
        ids = [item.get(field) for item in items.values() if isinstance(item, dict)]
        asked = [None, ids[0], ids[2]] if len(ids) == len(items) else None
        return asked[:2] if asked and paging.more else asked
    step = 1 if paging.style == "page" else len(_COUNTS[0])
    last = 2 if paging.style == "page" else _TOTAL
    positions: list[ir.JsonValue] = [paging.first, paging.first + step, paging.first + last]
    return positions[:2] if paging.total or paging.total_pages or paging.more else positions


def _item(samples: Samples, schema: ir.Schema, number: int, field: str) -> ir.JsonValue:
    made = samples.made(schema)
    target = samples.followed(schema)
    if not isinstance(made, dict) or not isinstance(target, ir.ObjectSchema):
        return made
    known = {item.name: samples.followed(item.schema) for item in target.properties}
    if field:
        marker = known.get(field)
        if isinstance(marker, ir.NumberSchema):
            return {**made, field: number}
        if marker is not None and (not isinstance(marker, ir.StringSchema) or marker.format == "date-time"):
            raise NoSampleError
        return {**made, field: f"id-{number}"}
    plain = (name for name, told in known.items() if isinstance(told, ir.StringSchema) and told.format != "date-time")
    name = next(plain, None)
    return made if name is None else {**made, name: f"item {number}"}


def _base(samples: Samples, operation: ir.Operation, paging: ir.Pagination) -> dict[str, ir.JsonValue] | None:
    """Give a response without a page's own values; None where the response is nothing but the list."""
    success = next(item for item in operation.responses if item.status.startswith("2"))
    content = success.content
    if content is None or content.schema is None or not is_json(content.name) or success.status in ("204", "205"):
        raise NoSampleError
    _refuse_unsampled(samples, content.schema, paging)
    made = samples.made(content.schema)
    if not ir.steps_of(paging.items):
        return None
    if not isinstance(made, dict):
        raise NoSampleError
    return made


def _refuse_unsampled(samples: Samples, schema: ir.Schema, paging: ir.Pagination) -> None:
    """Refuse a response that does not say that what follows is a plain text."""
    if paging.next_header:
        raise NoSampleError
    found: ir.Schema | None = schema
    for step in ir.steps_of(paging.next) if paging.next else ():
        target = samples.followed(found) if found is not None else None
        members = target.properties if isinstance(target, ir.ObjectSchema) else ()
        found = next((item.schema for item in members if item.name == step), None)
    if paging.next and not isinstance(samples.followed(found) if found is not None else None, ir.StringSchema):
        raise NoSampleError


def _page(
    base: dict[str, ir.JsonValue] | None, paging: ir.Pagination, items: list[ir.JsonValue], *, is_last: bool
) -> ir.JsonValue:
    if base is None:
        return items
    following = f"?{_NEXT}" if paging.style == "url" else _NEXT
    told: tuple[tuple[str, ir.JsonValue], ...] = (
        (paging.items, items),
        (paging.total, _TOTAL),
        (paging.total_pages, len(_COUNTS)),
        (paging.next, "" if is_last else following),
        (paging.more, not is_last),
    )
    page = base
    for place, value in told:
        page = _put(page, ir.steps_of(place), value) if place else page
    return page


def _put(holder: dict[str, ir.JsonValue], steps: Sequence[str], value: ir.JsonValue) -> dict[str, ir.JsonValue]:
    name, *rest = steps
    if not rest:
        return {**holder, name: value}
    inner = holder.get(name)
    return {**holder, name: _put(inner if isinstance(inner, dict) else {}, rest, value)}

"""Pages of the stubs: a paged list goes in, the test that iterates over two pages of it and then ends comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from apiscribe import ir
from apiscribe.code import Code, call, identifier, literal, tuple_of
from apiscribe.lower.operations import is_json
from apiscribe.plan import stubs_wire
from apiscribe.plan.names import argument_key, iterator_key
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_arguments import Arguments, Given
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.uses import item_schema, page_answers
from apiscribe.view_stubs import Check

# A page of one item and one of two: they differ even where the items cannot.
_COUNTS = ((1,), (2, 3))
_TOTAL = 3
_MARKER = "id"
_NEXT = "next-1"
_ADDRESSED = ("url", "link")

Facts = list[tuple[str, Code]]


def pages_check(
    plan: ServicePlan, operation: ir.Operation, arguments: Arguments, samples: Samples, required: Given, constant: Code
) -> Iterable[Check]:
    """Plan the test of a paged list; there is none where the document does not say enough."""
    paging = operation.pagination
    method = plan.names.methods.get(iterator_key(operation))
    item = item_schema(operation, plan.schemas)
    if paging is None or method is None or item is None:
        return
    moved = next((item for item in operation.parameters if _moves(item, paging.page)), None)
    field = (paging.marker or _MARKER) if paging.style == "marker" and not _is_told(paging) else ""
    try:
        if moved is None and paging.style not in _ADDRESSED:
            required = _with_whole_body(operation, arguments, required)
        items = {number: _item(samples, item, number, field) for count in _COUNTS for number in count}
        base = _base(samples, operation, paging, page_answers(operation, plan.schemas))
        requests = _requests(operation, paging, required, moved, _positions(paging, items, field))
    except NoSampleError:
        return
    numbers = (*_COUNTS, ())[: len(requests)]
    answers = [_answer(base, paging, [items[number] for number in page], page is numbers[-1]) for page in numbers]
    names = plan.names.arguments[operation.id]
    key = argument_key("body", paging.page) if moved is None else argument_key(moved.location, moved.name)
    passed = {**arguments.argued(operation, required.parameters), **required.body}
    yield Check(
        case=constant,
        says=identifier("iterates_over_all_pages"),
        function=identifier("check_pages"),
        arguments=(
            literal(method),
            literal({name: value for name, value in passed.items() if name != names.get(key)}),
            tuple_of(call("Page", [*asked, *told]) for asked, told in zip(requests, answers, strict=True)),
            literal([items[number] for page in _COUNTS for number in page]),
        ),
    )


def _with_whole_body(operation: ir.Operation, arguments: Arguments, required: Given) -> Given:
    """Give what must be given where a field of the body tells the page: all that the body demands, optional or not."""
    body = operation.body
    if body is None or not arguments.least(operation):
        return required
    return arguments.required(replace(operation, body=replace(body, required=True)))


def _is_told(paging: ir.Pagination) -> bool:
    """Say whether a response tells what follows, rather than its last item."""
    return bool(paging.next or paging.next_header)


def _moves(item: ir.Parameter, page: str) -> bool:
    return item.location is ir.Location.QUERY and item.name == page and not item.media_type and item.constant is None


def _requests(
    operation: ir.Operation,
    paging: ir.Pagination,
    required: Given,
    moved: ir.Parameter | None,
    positions: Sequence[ir.JsonValue],
) -> list[Facts]:
    """Give what each request is: its target, and its body where a field of that moves on."""
    key = (moved.location, moved.name) if moved is not None else None
    given = {name: value for name, value in required.parameters.items() if name != key}
    if paging.style in _ADDRESSED:
        own = {key: value for key, value in given.items() if key[0] is ir.Location.PATH}
        following = f"{stubs_wire.target(operation, own)}?{_NEXT}"
        return [[("target", literal(target))] for target in (stubs_wire.target(operation, given), following)]
    if key is None:
        return [_with_body(operation, paging, required, value) for value in positions]
    if moved is not None and moved.required and positions[0] is None:
        raise NoSampleError
    body = required.content.json
    sent: Facts = [] if isinstance(body, ir.Absent) else [("sent", literal(body))]
    asked = [given if value is None else {**given, key: value} for value in positions]
    return [[("target", literal(stubs_wire.target(operation, values))), *sent] for values in asked]


def _with_body(operation: ir.Operation, paging: ir.Pagination, required: Given, value: ir.JsonValue) -> Facts:
    sent = required.content.json
    is_field = operation.body is not None and is_json(operation.body.content.name)
    if not is_field or not isinstance(sent, dict | ir.Absent) or (isinstance(sent, dict) and paging.page in sent):
        raise NoSampleError
    target: Facts = [("target", literal(stubs_wire.target(operation, required.parameters)))]
    if value is None:
        return target if isinstance(sent, ir.Absent) else [*target, ("sent", literal(sent))]
    return [*target, ("sent", literal({**(sent if isinstance(sent, dict) else {}), paging.page: value}))]


def _positions(paging: ir.Pagination, items: dict[int, ir.JsonValue], field: str) -> Sequence[ir.JsonValue]:
    """Give what each request asks for: two pages where a response says what follows, else a third that is empty."""
    if paging.style in _ADDRESSED or _is_told(paging):
        return [None, _NEXT]
    if paging.style == "marker":
        ids = [item[field] for item in items.values() if isinstance(item, dict) and field in item]
        if len(ids) != len(items):
            raise NoSampleError
        return [None, ids[0]] if paging.more else [None, ids[0], ids[2]]
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


def _base(
    samples: Samples, operation: ir.Operation, paging: ir.Pagination, pages: tuple[str, ...]
) -> dict[str, ir.JsonValue] | None:
    """Give a response without a page's own values; None where the response is nothing but the list."""
    success = next(item for item in operation.responses if item.status.startswith(pages or "2"))
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
    found: ir.Schema | None = schema
    for step in ir.steps_of(paging.next) if paging.next else ():
        target = samples.followed(found) if found is not None else None
        members = target.properties if isinstance(target, ir.ObjectSchema) else ()
        found = next((item.schema for item in members if item.name == step), None)
    if paging.next and not isinstance(samples.followed(found) if found is not None else None, ir.StringSchema):
        raise NoSampleError


def _answer(
    base: dict[str, ir.JsonValue] | None, paging: ir.Pagination, items: list[ir.JsonValue], is_last: bool
) -> Facts:
    """Give the answer of one page, and the headers that say what follows."""
    headers: dict[str, ir.JsonValue] = {}
    if paging.style == "link" and not is_last:
        headers["Link"] = f'<?{_NEXT}>; rel="next"'
    elif paging.next_header and not is_last:
        headers[paging.next_header] = _NEXT
    facts: Facts = [("answer", literal(_page(base, paging, items, is_last=is_last)))]
    return [*facts, ("headers", literal(headers))] if headers else facts


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

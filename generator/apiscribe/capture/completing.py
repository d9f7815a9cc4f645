"""The completing room: what a page lacks, taken from another page of the same thing, or told as missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Form
from apiscribe.capture.readings import (
    BodyReading,
    FieldReading,
    Gap,
    ModelReading,
    OmittedReading,
    OperationReading,
    PageReading,
    Part,
    Place,
    ResponseReading,
    Sample,
    TitleReading,
)
from apiscribe.errors import Diagnostic, Severity

Item = TypeVar("Item", OperationReading, ModelReading)
Taken = TypeVar("Taken", FieldReading, BodyReading, ResponseReading, Sample)
Holder = TypeVar("Holder", BodyReading, ResponseReading)
# Without these nothing can be said of an operation or a model; without the others it is only less complete.
_NEEDED = frozenset({Part.PARAMETERS, Part.RESPONSES, Part.FIELDS})
_EXAMPLES = frozenset({Part.REQUEST_EXAMPLE, Part.RESPONSE_EXAMPLE})


def filled(readings: Sequence[PageReading], found: list[Diagnostic], *, skip_invalid: bool) -> list[PageReading]:
    """Fill what lossy pages lost from pages of the same operation or model in another form or language.

    What no page has is an error; with `skip_invalid`, its operation or model is left out.
    """
    operations: dict[Hashable, list[OperationReading]] = {}
    models: dict[Hashable, list[ModelReading]] = {}
    for reading in readings:
        for operation in reading.operations:
            operations.setdefault(_operation_key(operation), []).append(operation)
        for model in reading.models:
            models.setdefault(_model_key(model), []).append(model)
    for calls in operations.values():
        calls.sort(key=_order)
    for named in models.values():
        named.sort(key=_order)

    def completed(
        items: Iterable[Item], groups: Mapping[Hashable, Sequence[Item]], key: _Key[Item]
    ) -> tuple[Item, ...]:
        whole = [_completed(item, groups[key(item)], found, skip_invalid=skip_invalid) for item in items]
        return tuple(item for item in whole if item is not None)

    whole = []
    for reading in readings:
        kept = completed(reading.operations, operations, _operation_key)
        whole.append(
            replace(
                reading,
                operations=kept,
                omitted=(*reading.omitted, *_omitted(reading.operations, kept)),
                models=completed(reading.models, models, _model_key),
                lists_all=reading.lists_all and len(kept) == len(reading.operations),
            )
        )
    return whole


def _omitted(operations: Iterable[OperationReading], kept: Iterable[OperationReading]) -> Iterator[OmittedReading]:
    there = {_operation_key(operation) for operation in kept}
    for one in operations:
        if _operation_key(one) not in there:
            yield OmittedReading(
                place=one.place,
                service=one.service,
                version=one.version,
                method=one.method,
                path=one.path,
                display_name=one.display_name,
                slug=one.slug,
            )


_Key = Callable[[Item], Hashable]


def _operation_key(reading: OperationReading) -> Hashable:
    return reading.service, reading.version, reading.method, reading.path


def _model_key(reading: ModelReading) -> Hashable:
    return reading.service, reading.name


def _order(reading: OperationReading | ModelReading) -> tuple[object, ...]:
    return len(reading.gaps), reading.place.page, reading.place.file, reading.place.line


def _completed(reading: Item, group: Sequence[Item], found: list[Diagnostic], *, skip_invalid: bool) -> Item | None:
    kept: Item | None = reading
    for gap in reading.gaps:
        donor = _donor(reading, gap, group)
        found.append(_told(reading, gap, donor, skip_invalid=skip_invalid))
        if donor is None and gap.part in _NEEDED:
            kept = None
        elif kept is not None:
            kept = _unknown(kept, gap.part) if donor is None else _with_part(kept, gap.part, donor)
    return kept


def _donor(reading: Item, gap: Gap, group: Sequence[Item]) -> Item | None:
    """Find a page that has the part, one in the same language before others."""
    having = [item for item in group if all(other.part is not gap.part for other in item.gaps)]
    return min(having, key=lambda item: item.place.language != reading.place.language, default=None)


def _told(reading: Item, gap: Gap, donor: Item | None, *, skip_invalid: bool) -> Diagnostic:
    if isinstance(reading, ModelReading):
        what = f"model {quoted(reading.name)}"
    else:
        what = f"{reading.method} {reading.path} {reading.version}"
    kind = "example" if gap.part in _EXAMPLES else "bullets" if gap.part is Part.BULLETS else "table"
    message = f"{kind} missing: {gap.part} of {what}; "
    refused = donor is None and gap.part in _NEEDED
    if donor is not None:
        message += f"taken from {donor.place.file}:{donor.place.line}"
    elif refused:
        message = f"{'left out: ' if skip_invalid else ''}{message}no page that was given has it"
    else:
        message += "no page that was given has it, so it stays unknown"
    severity = Severity.ERROR if refused and not skip_invalid else Severity.WARNING
    return Diagnostic(rule="page-missing", message=message, origin=reading.place.origin(gap.line), severity=severity)


def _unknown(reading: Item, part: Part) -> Item:
    # A model has one part only, and is left out without it.
    return reading if isinstance(reading, ModelReading) else replace(reading, unknown=(*reading.unknown, part))


def _with_part(reading: Item, part: Part, donor: Item) -> Item:
    """Take a part from another reading; what is taken keeps the place where it stands."""
    if isinstance(reading, ModelReading):
        assert isinstance(donor, ModelReading)
        return replace(reading, fields=tuple(_placed(field, donor.place) for field in donor.fields))
    assert isinstance(donor, OperationReading)
    if part is Part.PARAMETERS:
        parameters = tuple(_placed(field, donor.place) for field in donor.parameters)
        return replace(reading, parameters=parameters, body=_placed(donor.body, donor.place) if donor.body else None)
    if part is Part.BULLETS:
        return _with_part(_with_part(reading, Part.PARAMETERS, donor), Part.RESPONSES, donor)
    if part is Part.SUPPORT:
        return replace(reading, supported_until=donor.supported_until)
    if part is Part.RESPONSES:
        return replace(reading, responses=tuple(_placed(response, donor.place) for response in donor.responses))
    if part is Part.REQUEST_EXAMPLE:
        body = _with_sample(reading.body, donor.body.sample if donor.body else None, donor) if reading.body else None
        return replace(reading, body=body)
    samples = {response.code: response.sample for response in donor.responses}
    responses = tuple(_with_sample(response, samples.get(response.code), donor) for response in reading.responses)
    return replace(reading, responses=responses)


def _placed(taken: Taken, place: Place) -> Taken:
    return replace(taken, place=taken.place or place)


def _with_sample(holder: Holder, sample: Sample | None, donor: OperationReading) -> Holder:
    # A sample that came along with its row stands where the row does.
    if sample is None or holder.sample is not None:
        return holder
    return replace(holder, sample=_placed(sample, donor.place))


def without_bullets(reading: PageReading, form: Form) -> PageReading:
    """Note that a lossy page has no bullets: what they say is unknown unless another page of the same has them."""
    if form is not Form.LOSSY:
        return reading
    part = Part.BULLETS
    operations = (replace(item, gaps=(*item.gaps, Gap(part=part, line=item.place.line))) for item in reading.operations)
    models = (replace(item, gaps=(*item.gaps, Gap(part=part, line=item.place.line))) for item in reading.models)
    return replace(reading, operations=tuple(operations), models=tuple(models))


def titled(
    operations: Sequence[OperationReading], titles: Sequence[TitleReading], found: list[Diagnostic]
) -> list[OperationReading]:
    """Give operations the display name that the page above their versions states, and tell versions without a page."""
    known: dict[tuple[str, str], TitleReading] = {}
    versions: dict[tuple[str, str], dict[str, str | None]] = {}
    for operation in operations:
        if operation.slug is not None:
            versions.setdefault((operation.service, operation.slug), {})[operation.version] = operation.supported_until
    for title in sorted(titles, key=lambda item: (item.place.language != "en", item.place.page, item.place.file)):
        if title.slug is None:
            continue
        key = (title.service, title.slug)
        first = known.setdefault(key, title)
        if first.display_name != title.display_name:
            message = (
                f"contradicts another page: the display name is {quoted(title.display_name)} here, "
                f"{quoted(first.display_name)} at {first.place.file}:{first.place.line}"
            )
            found.append(Diagnostic(rule="page-contradiction", message=message, origin=title.place.origin()))
        found.extend(_absent(title, versions.get(key, {})))
    return [
        (
            replace(operation, display_name=above.display_name)
            if operation.display_name is None and (above := known.get((operation.service, operation.slug or "")))
            else operation
        )
        for operation in operations
    ]


def _absent(title: TitleReading, there: Mapping[str, str | None]) -> list[Diagnostic]:
    messages = []
    for version, until in title.versions:
        if version not in there:
            messages.append(f"version {version} of {quoted(title.display_name)} is listed, and no page of it was given")
        elif until is not None and there[version] != until:
            stated = there[version] or "no date"
            messages.append(f"version {version} is supported until {until} here, its own page says {stated}")
    origin = title.place.origin()
    return [
        Diagnostic(rule="page-missing", message=text, origin=origin, severity=Severity.WARNING) for text in messages
    ]

"""The naming part of assembly: every operation of a document gets an operationId that no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from apiscribe.capture.assembly_operation import OperationName
from apiscribe.capture.checks import quoted
from apiscribe.capture.readings import OperationReading
from apiscribe.errors import Diagnostic, Severity
from apiscribe.naming import derived_name, snake_case


def with_known_names(readings: Iterable[OperationReading]) -> list[OperationReading]:
    """Give every version of an operation the display name and slug that any of its versions has."""
    readings = list(readings)
    known: dict[tuple[str, str, str], tuple[str | None, str | None]] = {}
    for reading in sorted(readings, key=lambda item: (version_key(item.version), item.place.page), reverse=True):
        key = (reading.service, reading.method, reading.path)
        display_name, slug = known.get(key, (None, None))
        known[key] = (display_name or reading.display_name, slug or reading.slug)
    completed = []
    for reading in readings:
        display_name, slug = known[reading.service, reading.method, reading.path]
        completed.append(replace(reading, display_name=reading.display_name or display_name, slug=reading.slug or slug))
    return completed


def version_key(version: str) -> tuple[int, ...]:
    """Order versions by number, not by text.

    >>> max(["1.9", "1.10"], key=version_key)
    '1.10'
    """
    return tuple(int(part) for part in version.split("."))


def operation_names(readings: Sequence[OperationReading], found: list[Diagnostic]) -> list[OperationName]:
    """Name the operations of one document: by display name, else by slug, else derived from method and path.

    A name that two operations would share is given to neither: each falls back to the next source.
    """
    offers = [_offers(reading) for reading in readings]
    taken = list(range(len(readings)))
    level = [0] * len(readings)
    while True:
        counts = Counter(offers[at][level[at]].operation_id.lower() for at in taken)
        clashing = [at for at in taken if counts[offers[at][level[at]].operation_id.lower()] > 1]
        clashing = [at for at in clashing if level[at] + 1 < len(offers[at])]
        if not clashing:
            break
        for at in clashing:
            found.append(_clash(readings[at], offers[at][level[at]].operation_id))
            level[at] += 1
    return _told_apart(readings, [offers[at][level[at]] for at in taken])


def _told_apart(readings: Sequence[OperationReading], names: Sequence[OperationName]) -> list[OperationName]:
    """Spell out the whole call in derived Python names that would be equal."""
    python = [name.python_name or snake_case(name.operation_id) for name in names]
    counts = Counter(python)
    return [
        replace(name, python_name=_spelled(reading)) if name.python_name and counts[wanted] > 1 else name
        for reading, name, wanted in zip(readings, names, python, strict=True)
    ]


def _spelled(reading: OperationReading) -> str:
    return snake_case(f"{reading.method} {reading.path}")


def _offers(reading: OperationReading) -> list[OperationName]:
    derived = derived_name(reading.method, reading.path)
    offers = []
    if reading.display_name:
        offers.append(OperationName(operation_id=reading.display_name, origin="display-name"))
    if reading.slug:
        offers.append(OperationName(operation_id=reading.slug, origin="slug", python_name=reading.spelled or derived))
    for name in (derived, _spelled(reading)):
        offers.append(OperationName(operation_id=name, origin="derived", python_name=name))
    return offers


def _clash(reading: OperationReading, name: str) -> Diagnostic:
    message = f"several operations would be named {quoted(name)}; {reading.method} {reading.path} takes another name"
    return Diagnostic(rule="page-name", message=message, origin=reading.place.origin(), severity=Severity.WARNING)

"""The statements room: which line of a page states which fact of a document, for questions in either direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from apiscribe.capture.assembly_schema import EXAMPLE_AS_WRITTEN
from apiscribe.capture.readings import Json, ModelReading, OperationReading, PageReading, Sample
from apiscribe.errors import Diagnostic

if TYPE_CHECKING:
    from apiscribe.capture.capturing import CapturedDocument

WHOLE = 3  # the steps to an operation or a model
Path = tuple[str | int, ...]


def statements(reading: PageReading, document: Mapping[str, Json]) -> Iterator[tuple[Path, int]]:
    """List what a page states of a document: the path of each fact, outer ones first, and its line on the page.

    What was taken from another page is stated there.
    """
    info = document.get("info")
    service = info.get("x-service") if isinstance(info, dict) else None
    for operation in reading.operations:
        path: Path = ("paths", operation.path, operation.method)
        found = at(document, path)
        if isinstance(found, dict) and (operation.service, operation.version) == (service, found.get("x-api-version")):
            yield from _operation(operation, path, found)
    for model in reading.models:
        path = ("components", "schemas", model.name)
        # The service of a single page of a model is known only among all pages.
        if model.service in ("", service) and at(document, path) is not None:
            yield from _model(model, path)
    for overview in reading.overviews:
        if overview.service in ("", service):
            yield ("info",), overview.place.line
            yield ("servers", 0), overview.place.line


def _operation(reading: OperationReading, path: Path, found: Mapping[str, Json]) -> Iterator[tuple[Path, int]]:
    yield path, reading.place.line
    listed = found.get("parameters")
    own = [field for field in reading.parameters if field.place is None]
    lines: dict[tuple[Json, Json], int] = {(field.name, field.location): field.line for field in own}
    for index, parameter in enumerate(listed if isinstance(listed, list) else ()):
        line = lines.get(_name(parameter))
        if line is not None:
            yield (*path, "parameters", index), line
    if reading.body is not None and reading.body.place is None:
        body: Path = (*path, "requestBody")
        yield body, reading.body.line
        yield from _sample(reading.body.sample, body, found.get("requestBody"))
    for response in (response for response in reading.responses if response.place is None):
        place: Path = (*path, "responses", response.code)
        yield place, response.line
        yield from _sample(response.sample, place, at(found, ("responses", response.code)))


def _name(parameter: Json) -> tuple[Json, Json]:
    # A reference has no name of its own.
    return (parameter.get("name"), parameter.get("in")) if isinstance(parameter, dict) else (None, None)


def _sample(sample: Sample | None, path: Path, holder: Json) -> Iterator[tuple[Path, int]]:
    content = holder.get("content") if isinstance(holder, dict) else None
    if sample is None or sample.place is not None or not isinstance(content, dict):
        return
    for media_type, media in content.items():
        for keyword in ("example", EXAMPLE_AS_WRITTEN):
            if isinstance(media, dict) and keyword in media:
                yield (*path, "content", media_type, keyword), sample.line


def _model(reading: ModelReading, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, reading.place.line
    for field in (field for field in reading.fields if field.place is None):
        yield (*path, "properties", field.name), field.line


def at(document: Mapping[str, Json], path: Path) -> Json:
    """Walk down a path of keys and indices, or null where it leads nowhere."""
    value: Json = dict(document)
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def concerned(
    diagnostics: Iterable[Diagnostic], readings: Iterable[PageReading], documents: Sequence[CapturedDocument]
) -> tuple[Diagnostic, ...]:
    """Give each diagnostic the fact that its line states, in the newest document that has it."""
    waiting = tuple(diagnostics)
    files = {diagnostic.origin.file for diagnostic in waiting}
    facts: dict[str, dict[int, tuple[Path, str]]] = {}
    for reading in readings:
        for document in reversed(documents) if reading.file in files else ():
            lines = facts.setdefault(reading.file, {})
            for path, line in statements(reading, document.data):
                lines.setdefault(line, (path, f"{document.name}#{_pointer(path)}"))
    return tuple(replace(item, fact=_fact(facts.get(item.origin.file, {}), item.origin.line or 0)) for item in waiting)


def _fact(lines: Mapping[int, tuple[Path, str]], line: int) -> str | None:
    if line in lines:
        return lines[line][1]
    # Between the start of an operation or model and its first row stands what concerns the whole of it.
    above = max((start for start in lines if start < line), default=None)
    return lines[above][1] if above is not None and len(lines[above][0]) <= WHOLE else None


def _pointer(path: Path) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)

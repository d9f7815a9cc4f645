"""Slices: excerpts of a document go in, a small document that holds chosen operations and all they lead to comes out.

Names and directions of what the operations share with others are those of the whole document: operations made for the
purpose send, read and sign what the others do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from apiscribe.delta.excerpts import Excerpts, Value
from apiscribe.delta.members import Path
from apiscribe.delta.outline import Outline
from apiscribe.delta.unsure import UnsureError
from apiscribe.document.fields import METHODS, SECTIONS
from apiscribe.document.json_text import parse_json
from apiscribe.document.node import Branch, Document, Foreign, Mark, Node, Plain, Source, objects_in, path_of
from apiscribe.document.scalars import Limits

_SCHEMAS = ("components", "schemas")
_SCHEMES = ("components", "securitySchemes")
# What no operation needs and is long at times.
_LONG = 20_000
# What names the second one of a schema that only requests send.
_TWIN = "/request"
_PIN = "/apiscribe-pin-{}"


def slice_of(
    excerpts: Excerpts, outline: Outline, operations: Mapping[Path, Value], reached: Sequence[Path]
) -> Document:
    """Make the document of some operations and of the components that they reach."""
    members = dict(_around(excerpts))
    paths = dict.fromkeys(path[1] for path in operations)
    items = {path: _item(excerpts, path, operations) for path in paths}
    items |= _pins(outline, {path[2] for path in reached if path[:2] == _SCHEMAS})
    members["paths"] = _mapping(items, excerpts.place(("paths",)))
    if ("components",) in excerpts:
        members["components"] = _components(excerpts, reached)
    source = Source(excerpts.file, "", keeps_text=not excerpts.file.lower().endswith(".json"))
    plain, mark = _mapping(members, source)
    return Document(file=excerpts.file, root=Node(plain, mark, source))


def _around(excerpts: Excerpts) -> Iterator[tuple[str, Value]]:
    """Read what a document says of itself, in its order; operations and components have their places in between."""
    for member in excerpts.below(()):
        (key,) = member.path
        if key in ("paths", "components"):
            yield key, (None, 0)
        elif key != "webhooks" and not (key.startswith("x-") and excerpts.length(member) > _LONG):
            yield key, excerpts.value(member.path)


def _item(excerpts: Excerpts, path: str, operations: Mapping[Path, Value]) -> Value:
    """Read a path item with no operations but the chosen ones."""
    found: dict[str, Value] = {}
    for member in excerpts.below(("paths", path)):
        key = member.path[2]
        if member.path in operations:
            found[key] = operations[member.path]
        elif key not in METHODS and key != "additionalOperations":
            found[key] = excerpts.value(member.path)
    if "$ref" in found:
        raise UnsureError("a path that is described elsewhere")
    return _mapping(found, excerpts.place(("paths", path)))


def _components(excerpts: Excerpts, reached: Sequence[Path]) -> Value:
    sections: dict[str, dict[str, Value]] = {}
    chosen = {*reached, *(member.path for member in excerpts.below(_SCHEMES))}
    for member in excerpts.below(("components",)):
        for entry in excerpts.below(member.path):
            if entry.path in chosen:
                sections.setdefault(entry.path[1], {})[entry.path[2]] = excerpts.value(entry.path)
    values = {name: _mapping(held, excerpts.place(("components", name))) for name, held in sections.items()}
    return _mapping(values, excerpts.place(("components",)))


def _mapping(values: Mapping[str, Value], source: Source) -> Value:
    plain: dict[str, Plain] = {key: value for key, (value, _) in values.items()}
    marks: list[Mark] = [mark for _, mark in values.values()]
    return plain, Foreign(source, Branch(0, marks))


def _pins(outline: Outline, schemas: set[str]) -> Iterator[tuple[str, Value]]:
    """Make operations that do with the schemas of a slice what those of the whole document do, signed as they are."""
    sent = sorted(name for name in schemas if {name, f"{name}{_TWIN}"} & outline.facts.sent)
    read, forms = sorted(schemas & outline.facts.read), sorted(schemas & outline.forms)
    pin: dict[str, Plain] = {"operationId": "apiscribe-pin/first", "responses": _answers(read)}
    bodies = _contents(sent)
    bodies |= {f"multipart/apiscribe-{number}": {"schema": _reference(name)} for number, name in enumerate(forms)}
    if bodies:
        pin["requestBody"] = {"content": bodies}
    yield _made(1, {"post": pin})
    for number, security in enumerate(outline.securities, 2):
        signed: Plain = {
            "operationId": f"apiscribe-pin/n{number}",
            "responses": _answers([]),
            "security": json.loads(security),
        }
        yield _made(number, {"post": signed})


def _answers(names: Iterable[str]) -> Plain:
    contents = _contents(names)
    return {"200": {"description": "", "content": contents}} if contents else {"204": {"description": ""}}


def _contents(names: Iterable[str]) -> dict[str, Plain]:
    # Media types whose schemas say the same are one: lists of them differ by name.
    return {
        f"application/x.apiscribe-{number}+json": {"schema": {"type": "array", "items": _reference(name)}}
        for number, name in enumerate(names)
    }


def _reference(name: str) -> Plain:
    return {"$ref": f"#/components/schemas/{name}"}


def _made(number: int, item: Plain) -> tuple[str, Value]:
    source = Source("", json.dumps(item))
    plain, mark = parse_json(source, Limits())
    return _PIN.format(number), (plain, Foreign(source, mark))


def reached_by(excerpts: Excerpts, outline: Outline, values: Iterable[Plain]) -> list[Path]:
    """List the components that values lead to at any distance, in the order of the document.

    Raises:
        UnsureError: a reference leads elsewhere.
    """
    waiting, seen = list(values), set[Path]()
    waiting.extend(excerpts.value(member.path)[0] for member in excerpts.below(_SCHEMES))
    while waiting:
        for path in _references(waiting.pop(), excerpts):
            for found in (path, *_heirs(path, outline)):
                if found not in seen:
                    seen.add(found)
                    waiting.append(excerpts.value(found)[0])
    return [member.path for member in excerpts.members if member.path in seen]


def _heirs(path: Path, outline: Outline) -> Iterator[Path]:
    """List the schemas that extend one, which it may stand for."""
    names = [path[2]] if path[:2] == _SCHEMAS else []
    while names:
        for heir in outline.heirs.get(names.pop(), ()):
            yield (*_SCHEMAS, heir)
            names.append(heir)


def _references(plain: Plain, excerpts: Excerpts) -> Iterator[Path]:
    for value in objects_in(plain):
        told = value.get("discriminator")
        mapping = told.get("mapping") if isinstance(told, dict) else None
        for place in mapping.values() if isinstance(mapping, dict) else ():
            if isinstance(place, str) and (*_SCHEMAS, place) in excerpts:
                yield (*_SCHEMAS, place)
            elif isinstance(place, str) and place.startswith("#"):
                yield from component_of(place)
        if isinstance(reference := value.get("$ref"), str):
            yield from component_of(reference)


def component_of(reference: str) -> Iterator[Path]:
    """Give the path of the component that a reference leads to, or into; none for what only extensions refer to.

    Raises:
        UnsureError: it leads elsewhere.
    """
    path = path_of(reference[1:], percent=True) if reference.startswith("#") else None
    if path is None or len(path) < 3 or path[0] != "components":
        raise UnsureError(f"the reference {reference} leads to no component")
    if path[1] in SECTIONS.values():
        yield path[:3]

"""Outlines: what the whole document decides for each of its operations, kept as JSON from one run to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from apiscribe.delta.members import Member, Path, members_of
from apiscribe.delta.unsure import UnsureError
from apiscribe.document.fields import METHODS
from apiscribe.document.node import Document, Plain, objects_in, path_of, pointer_of
from apiscribe.errors import Diagnostic, Origin, Severity
from apiscribe.plan.facts import Facts
from apiscribe.plan.stubs_arguments import HARD_TEXT

SHOWN: Final = ("README.md", "reference/guide.md", "reference/index.md")
"""Pages on which one operation may stand for all."""

_COMPANIONS, _RIVALS = 2, 10
_CALLED = re.compile(r"\bclient\.(?:with_raw_response\.|with_streaming_response\.)?(\w+)\(")
_CASE = re.compile(r'^    name="(\w+)",$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is kept of a document and its package.

    `anchors` are the operations that are chosen among all of them for something, `companions` some with what most have
    not, so that one more or less makes no difference, `forms` the schemas whose fields are
    sent as a form with files, `heirs` the schemas that extend each one, `securities` the requirements that operations
    have of their own.
    """

    members: tuple[Member, ...]
    is_json: bool
    facts: Facts
    anchors: tuple[Path, ...]
    companions: tuple[Path, ...]
    forms: frozenset[str]
    heirs: Mapping[str, tuple[str, ...]]
    securities: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def outline_of(
    document: Document, facts: Facts, files: Mapping[str, str], diagnostics: Sequence[Diagnostic]
) -> Outline:
    """Gather what the next run has to know; `files` are those of the package.

    Raises:
        UnsureError: this document is better generated whole each time.
    """
    plain = document.root.plain
    if not isinstance(plain, dict):
        raise UnsureError("no document")
    if not all(map(_is_of_component, _references(plain))):
        raise UnsureError("a reference leads to no component, perhaps into an operation")
    return Outline(
        members=members_of(document),
        is_json=_is_json(document.file, document.root.mark.source.text),
        facts=facts,
        anchors=_anchors(facts, files),
        companions=tuple(islice(_deprecated(plain), _COMPANIONS)),
        forms=frozenset(_forms(plain)),
        heirs=_heirs(plain),
        securities=tuple(dict.fromkeys(_securities(plain))),
        diagnostics=tuple(diagnostics),
    )


def _is_json(file: str, text: str) -> bool:
    if file.lower().endswith(".json"):
        return True
    if text.lstrip()[:1] != "{":
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise UnsureError("YAML that begins as JSON does") from None
    return True


def _references(plain: Plain) -> Iterator[str]:
    """List all that may be references; what the texts of examples refer to is among them."""
    for value in objects_in(plain):
        if isinstance(reference := value.get("$ref"), str):
            yield reference
        mapping = value.get("mapping")
        for place in mapping.values() if isinstance(mapping, dict) else ():
            if isinstance(place, str) and "#" in place:
                yield place


def _is_of_component(reference: str) -> bool:
    path = path_of(reference[1:], percent=True) if reference.startswith("#") else None
    return path is not None and path[:1] == ("components",)


def called_in(page: str) -> frozenset[str]:
    """Name the methods that a page shows."""
    return frozenset(_CALLED.findall(page))


def sent_hard(stubs: str) -> str:
    """Name the method whose stubs send what is hard to send; empty if there is none."""
    place = stubs.find(HARD_TEXT)
    return _CASE.findall(stubs[:place])[-1] if place >= 0 else ""


def _chosen(files: Mapping[str, str]) -> frozenset[str]:
    """Name the methods that are chosen among all for something."""
    shown = {name for path in SHOWN for name in called_in(files.get(path, ""))}
    return frozenset({*shown, *(sent_hard(text) for path, text in files.items() if path.startswith("stubs/test_"))})


def _anchors(facts: Facts, files: Mapping[str, str]) -> tuple[Path, ...]:
    called = _chosen(files)
    keys = {key.partition("\n")[0] for key, name in facts.methods.items() if name in called}
    found = (path_of(pointer) for pointer, key in facts.operations.items() if key in keys)
    return tuple(path for path in found if path is not None)


def rivals_of(facts: Facts, path: Path) -> list[Path]:
    """List operations of the same group that have their long names there: they may want the short one of each other."""
    paths = {key: pointer for pointer, key in facts.operations.items()}
    own = facts.operations[pointer_of(path)]
    group, _, name = facts.addresses[own].rpartition(".")
    if name != facts.methods[own]:
        return []
    rivals = (key for key in paths if facts.addresses[key] == f"{group}.{facts.methods[key]}")
    return [found for key in islice(rivals, _RIVALS) if (found := path_of(paths[key])) is not None]


def _operations(plain: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    paths = plain.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if method in METHODS and isinstance(operation, dict):
                yield ("paths", path, method), operation


def _deprecated(plain: dict[str, Plain]) -> Iterator[Path]:
    return (path for path, operation in _operations(plain) if operation.get("deprecated") is True)


def _securities(plain: dict[str, Plain]) -> Iterator[str]:
    return (json.dumps(item["security"]) for _, item in _operations(plain) if "security" in item)


def _followed(plain: Plain, root: Plain) -> Plain:
    for _ in range(10):
        reference = plain.get("$ref") if isinstance(plain, dict) else None
        if not isinstance(reference, str):
            break
        plain = root
        for step in path_of(reference[1:], percent=True) or ():
            plain = plain.get(step) if isinstance(plain, dict) else None
    return plain


def _forms(plain: dict[str, Plain]) -> Iterator[str]:
    for _, operation in _operations(plain):
        body = _followed(operation.get("requestBody"), plain)
        content = body.get("content") if isinstance(body, dict) else None
        for name, media in content.items() if isinstance(content, dict) else ():
            schema = media.get("schema") if isinstance(media, dict) else None
            if name.startswith("multipart/") and isinstance(schema, dict):
                yield from _schemas_in([schema])


def _schemas_in(parts: Plain) -> Iterator[str]:
    """Name the schemas that the members of a list are references to."""
    for part in parts if isinstance(parts, list) else ():
        reference = part.get("$ref") if isinstance(part, dict) else None
        path = path_of(reference[1:], percent=True) if isinstance(reference, str) else None
        if path is not None and len(path) == 3 and path[:2] == ("components", "schemas"):
            yield path[2]


def _heirs(plain: dict[str, Plain]) -> dict[str, tuple[str, ...]]:
    components = plain.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    found: dict[str, list[str]] = {}
    for name, schema in schemas.items() if isinstance(schemas, dict) else ():
        for parent in _schemas_in(schema.get("allOf")) if isinstance(schema, dict) else ():
            found.setdefault(parent, []).append(name)
    return {name: tuple(heirs) for name, heirs in found.items()}


def to_json(outline: Outline) -> str:
    """Write an outline as JSON."""
    facts = outline.facts
    data = {
        "members": [[item.path, item.offset, item.line, item.column] for item in outline.members],
        "json": outline.is_json,
        "facts": [
            *(facts.classes, facts.modules, facts.methods, facts.addresses, facts.operations),
            *(sorted(facts.sent), sorted(facts.read), facts.pages, facts.users),
        ],
        "anchors": outline.anchors,
        "companions": outline.companions,
        "forms": sorted(outline.forms),
        "heirs": outline.heirs,
        "securities": outline.securities,
        "diagnostics": [_told(item) for item in outline.diagnostics],
    }
    return json.dumps(data, separators=(",", ":"))


def _told(item: Diagnostic) -> list[Any]:
    place = item.origin
    said = (item.rule, item.message, item.severity, item.fact, item.kind)
    return [*said, place.file, place.line, place.column, place.pointer]


def from_json(text: str) -> Outline:
    """Read an outline that `to_json` wrote."""
    data = json.loads(text)
    classes, modules, methods, addresses, operations, sent, read, pages, users = data["facts"]
    return Outline(
        members=tuple(
            Member(path=tuple(path), offset=offset, line=line, column=column)
            for path, offset, line, column in data["members"]
        ),
        is_json=data["json"],
        facts=Facts(
            classes=classes,
            modules=modules,
            methods=methods,
            addresses=addresses,
            operations=operations,
            sent=frozenset(sent),
            read=frozenset(read),
            pages=pages,
            users=users,
        ),
        anchors=tuple(map(tuple, data["anchors"])),
        companions=tuple(map(tuple, data["companions"])),
        forms=frozenset(data["forms"]),
        heirs={name: tuple(heirs) for name, heirs in data["heirs"].items()},
        securities=tuple(data["securities"]),
        diagnostics=tuple(map(_diagnostic, data["diagnostics"])),
    )


def _diagnostic(told: Sequence[Any]) -> Diagnostic:
    rule, message, severity, fact, kind, file, line, column, pointer = told
    origin = Origin(file=file, line=line, column=column, pointer=pointer)
    return Diagnostic(rule=rule, message=message, origin=origin, severity=Severity(severity), fact=fact, kind=kind)

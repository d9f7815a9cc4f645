"""Skipping: a document comes in with its errors, the operations that they make unusable go out, to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apiscribe.document.edit import prune
from apiscribe.document.fields import METHODS
from apiscribe.document.node import Document, Node, Plain, path_of, pointer_of
from apiscribe.document.resolve import Reader, Resolver
from apiscribe.document.rules import check
from apiscribe.document.scalars import Limits
from apiscribe.document.walk import OPERATION_HOLDERS, operations_of
from apiscribe.errors import Diagnostic, Severity

Unit = tuple[str, ...]
MAX_ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """What errors make unusable: operations, every pointer to leave out for that, and errors that concern all.

    `others` is the number of operations that stay.
    """

    operations: tuple[str, ...]
    others: int
    pointers: tuple[str, ...]
    remaining: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A document without its unusable operations: which those were, why, and what is still found in the rest."""

    document: Document
    resolver: Resolver
    operations: tuple[str, ...]
    causes: tuple[Diagnostic, ...]
    diagnostics: tuple[Diagnostic, ...]


def unusable(document: Document, resolver: Resolver, diagnostics: Iterable[Diagnostic]) -> Unusable:
    """Find the operations that errors concern, directly or through a component that they use.

    Leaving out `pointers` with `prune` gives a document without those errors; `remaining` cannot be skipped.
    """
    others = {other.file for other in resolver.documents if other is not document}
    common = _common_schemes(document.root)
    bad: set[Unit] = set()
    remaining: list[Diagnostic] = []
    for diagnostic in diagnostics:
        if diagnostic.severity is not Severity.ERROR:
            continue
        path = path_of(diagnostic.origin.pointer or "") or ()
        unit = None if diagnostic.origin.file in others else _unit_of(path)
        if unit is None or unit in common or document.root.at(unit) is None:
            remaining.append(diagnostic)
        else:
            bad.add(unit)
    bad |= _reached_by(document.root, bad) if bad else bad
    units = list(_operations(document.root))
    operations = tuple(pointer_of(unit) for unit in units if bad & {unit, unit[:2]})
    return Unusable(
        operations=operations,
        others=len(units) - len(operations),
        pointers=tuple(sorted(pointer_of(unit) for unit in bad)),
        remaining=tuple(remaining),
    )


def leave_out(document: Document, reader: Reader | None = None, limits: Limits | None = None) -> Skipped:
    """Leave out every operation that errors concern, until a check finds no more that can be left out.

    Leaving something out can lay bare what its error had hidden, so the check is repeated, up to a limit; what is
    then still wrong stays in `diagnostics`.
    """
    operations: list[str] = []
    causes: list[Diagnostic] = []
    for _ in range(MAX_ROUNDS):
        resolver = Resolver(document, reader, limits)
        found = check(document, resolver)
        result = unusable(document, resolver, found)
        if not result.pointers:
            break
        operations.extend(result.operations)
        causes.extend(d for d in found if d.severity is Severity.ERROR and d not in result.remaining)
        document = prune(document, result.pointers)
    else:
        resolver = Resolver(document, reader, limits)
        found = check(document, resolver)
    return Skipped(
        document=document,
        resolver=resolver,
        operations=tuple(operations),
        causes=tuple(causes),
        diagnostics=found,
    )


def _common_schemes(root: Node) -> set[Unit]:
    """List the security schemes that hold for all operations, so that no operation can be left out for them."""
    security = root.get("security")
    requirements = security.elements() if security is not None else ()
    return {("components", "securitySchemes", name) for requirement in requirements for name, _ in requirement.items()}


def _unit_of(path: Sequence[str]) -> Unit | None:
    """Find what a path belongs to: an operation, a path item, or a component."""
    if len(path) >= 2 and path[0] in OPERATION_HOLDERS:
        length = 2
        if len(path) >= 3 and path[2] in METHODS:
            length = 3
        elif len(path) >= 4 and path[2] == "additionalOperations":
            length = 4
        return tuple(path[:length])
    return tuple(path[:3]) if len(path) >= 3 and path[0] == "components" else None


def _operations(root: Node) -> Iterator[Unit]:
    for holder in OPERATION_HOLDERS:
        held = root.get(holder)
        for path, item in held.items() if held is not None else ():
            yield from ((holder, path, *map(str, node.path[2:])) for _, node in operations_of(item))


def _reached_by(root: Node, bad: set[Unit]) -> set[Unit]:
    """Find everything that refers to something bad, directly or through others."""
    users: dict[Unit, set[Unit]] = {}
    for unit, node in _units(root):
        for used in _uses(unit, node):
            users.setdefault(used, set()).add(unit)
    reached: set[Unit] = set()
    waiting = list(bad)
    while waiting:
        for unit in users.get(waiting.pop(), ()):
            if unit not in reached:
                reached.add(unit)
                waiting.append(unit)
    return reached


def _units(root: Node) -> Iterator[tuple[Unit, Node]]:
    for holder in OPERATION_HOLDERS:
        held = root.get(holder)
        for path, item in held.items() if held is not None else ():
            for key, node in item.items():
                if key == "additionalOperations":
                    yield from ((tuple(map(str, one.path)), one) for _, one in node.items())
                else:
                    yield ((holder, path, key) if key in METHODS else (holder, path)), node
    components = root.get("components")
    for section, members in components.items() if components is not None else ():
        for name, node in members.items():
            yield ("components", section, name), node


def _uses(unit: Unit, node: Node) -> Iterator[Unit]:
    for reference in _references(node):
        used = _unit_of(path_of(reference[1:], percent=True) or ()) if reference.startswith("#") else None
        if used is not None:
            yield used
    security = node.get("security") if unit[0] == "paths" and len(unit) > 2 else None
    for requirement in security.elements() if security is not None else ():
        yield from (("components", "securitySchemes", name) for name, _ in requirement.items())


def _references(node: Node) -> Iterator[str]:
    stack: list[Plain] = [{str(node.key): node.plain}]
    while stack:
        plain = stack.pop()
        if isinstance(plain, dict):
            reference = plain.get("$ref")
            if isinstance(reference, str):
                yield reference
            stack.extend(member for member in plain.values() if isinstance(member, (dict, list)))
        elif isinstance(plain, list):
            stack.extend(plain)

"""Regeneration: an outline, both texts of a document and the package as it is go in, the files that change come out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from apiscribe import ir
from apiscribe.delta.diagnostics import moved, noticed, shift_of
from apiscribe.delta.excerpts import Excerpts, Value, json_end
from apiscribe.delta.members import Path, Region, holder_of, regions_of
from apiscribe.delta.outline import SHOWN, Outline, called_in, rivals_of, sent_hard
from apiscribe.delta.pieces import with_changes
from apiscribe.delta.slices import reached_by, slice_of
from apiscribe.delta.unsure import UnsureError
from apiscribe.document.node import Document, Plain, pointer_of
from apiscribe.document.scalars import Limits
from apiscribe.errors import Origin
from apiscribe.pipeline import Planned, Settings, Templates, plan_document
from apiscribe.plan.facts import Facts, facts_of
from apiscribe.plan.uses import users_of
from apiscribe.render import render
from apiscribe.view import File, Package

Style = Callable[[Mapping[str, str]], Mapping[str, str]]
# What of an operation may change without a word to the others.
_OWN: Final[Mapping[str, Any]] = {
    "summary": "", "description": "", "deprecated": False, "parameters": (), "body": None, "responses": (),
    "source": "", "api_version": "", "api_status": "", "supported_until": "",
}  # fmt: skip
# Files with a part for each operation.
_SPLIT = ("/_operations.py", "/client.py", "/async_client.py")
# What is found from anywhere in the document.
_NAMED = re.compile(r"x-client-option|\$anchor|\$id\b|\$dynamicAnchor")
_ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regenerated:
    """What changed: files by path, the operation's path and its values, the slices; and the outline that holds now."""

    files: Mapping[str, str]
    operation: Path
    before: Plain
    after: Plain
    slices: tuple[Document, Document]
    outline: Outline


def regenerate(
    outline: Outline,
    texts: tuple[str, str],
    file: str,
    settings: Settings,
    templates: Templates,
    held: Callable[[str], str],
    style: Style,
) -> Regenerated:
    """Find what follows from the change of one operation; `held` gives the files of the package as it is, and
    nothing for those that are not there.

    Raises:
        UnsureError: the document has to be generated as a whole.
        ApiscribeError: the operation is refused; the whole document may say more.
    """
    old, new = texts
    limits = Limits(size=settings.max_bytes)
    excerpts = Excerpts(file, old, outline.members, is_json=outline.is_json, limits=limits)
    number, region, before, after = _operation(excerpts, new)
    path = outline.members[number].path
    if path in outline.anchors and _without_prose(before[0]) != _without_prose(after[0]):
        raise UnsureError("an operation that is chosen among all")
    slices = _slices(excerpts, outline, path, before, after)
    was, now = (plan_document(item, settings, templates, outline.facts.pages) for item in slices)
    owned = _check_plans(was, now, path, outline)
    users = _users(outline.facts.users, *(users_of(item.plans[0].api) for item in (was, now)))
    _check_members(was, before[0], after[0])
    shift = shift_of(outline.members[number], region, texts)
    diagnostics = noticed(outline.diagnostics, was.diagnostics, now.diagnostics, shift, pointer_of(path))
    files = _files(was, now, owned, templates, held, style)
    members = moved(outline.members, number, shift)
    found = replace(outline, members=members, diagnostics=diagnostics, facts=replace(outline.facts, users=users))
    return Regenerated(files=files, operation=path, before=before[0], after=after[0], slices=slices, outline=found)


def _operation(excerpts: Excerpts, new: str) -> tuple[int, Region, Value, Value]:
    """Find the operation that changed, and read it as it was and as it is."""
    doubt = UnsureError("nothing changed")
    for region in regions_of(excerpts.text, new):
        try:
            number = holder_of(excerpts.members, region)
            return number, region, *_values(excerpts, number, region, new)
        except UnsureError as error:
            doubt = error
    raise doubt


def _without_prose(plain: Plain) -> Plain:
    """Leave out what no choice among operations depends on."""
    if not isinstance(plain, dict):
        return plain
    return {key: value for key, value in plain.items() if key not in ("summary", "description")}


def _values(excerpts: Excerpts, number: int, region: Region, new: str) -> tuple[Value, Value]:
    """Read the operation as it was and as it is."""
    member, end = excerpts.members[number], excerpts.end(number)
    if region.before > end:
        raise UnsureError("more than the operation changed")
    now = end + region.after - region.before
    if excerpts.is_json and json_end(new, member.offset) != now:
        raise UnsureError("the operation ends elsewhere")
    before = excerpts.value(member.path)
    text = new[member.offset : now]
    if _NAMED.search(text) or _NAMED.search(excerpts.text, member.offset, end):
        raise UnsureError("options of the client or anchors")
    return before, excerpts.read(member, text)


def _slices(excerpts: Excerpts, outline: Outline, path: Path, before: Value, after: Value) -> tuple[Document, Document]:
    chosen = {*outline.anchors, *outline.companions, *rivals_of(outline.facts, path), path}
    operations = {member.path: excerpts.value(member.path) for member in excerpts.members if member.path in chosen}
    around = [excerpts.value(item.path)[0] for own in operations for item in excerpts.shared_with(own)]
    values = [before[0], after[0], *(plain for plain, _ in operations.values()), *around]
    reached = reached_by(excerpts, outline, values)
    one = slice_of(excerpts, outline, {**operations, path: before}, reached)
    other = slice_of(excerpts, outline, {**operations, path: after}, reached)
    return one, other


def _check_plans(was: Planned, now: Planned, path: Path, outline: Outline) -> frozenset[str]:
    """See that all that is decided for several operations is as before; name the modules of the operation's own models.

    Raises:
        UnsureError: it is not, or not what the whole document decides.
    """
    (one,), (other,) = was.plans, now.plans
    facts, now_facts = facts_of(one), facts_of(other)
    if replace(facts, users={}) != replace(now_facts, users={}) or list(one.schemas) != list(other.schemas):
        raise UnsureError("other names, modules or directions")
    _check_facts(facts, outline.facts, path)
    if one.security != other.security or _around(one.api) != _around(other.api):
        raise UnsureError("something else than the operation differs")
    pointer = pointer_of(path)
    mine = {named.name for named in one.api.schemas if (named.schema.origin.pointer or "").startswith(f"{pointer}/")}
    for name in one.schemas.keys() - mine:
        if one.schemas[name] != other.schemas[name]:
            raise UnsureError(f"the schema {name} differs")
    modules: dict[str, set[str]] = {}
    for name, cls in one.names.classes.items():
        modules.setdefault(one.modules[cls], set()).add(name)
    return frozenset(
        file.path
        for file in was.package.files
        for module, names in modules.items()
        if names <= mine and file.path.endswith(f"/{one.folder}/models/{module}.py")
    )


def _around(api: ir.Api) -> ir.Api:
    """Give all but what is the operations' own; their places move as well."""
    nowhere = Origin(file="")
    same = (replace(operation, origin=nowhere, **_OWN) for operation in api.operations)
    return replace(api, operations=tuple(same), schemas=())


def _check_facts(facts: Facts, whole: Facts, path: Path) -> None:
    """See that a slice decides as the whole document does."""
    key = facts.operations[pointer_of(path)]
    ours = {name for name in facts.methods if name.partition("\n")[0] == key}
    pairs = (
        (facts.classes, whole.classes, facts.classes.keys()),
        (facts.modules, whole.modules, facts.modules.keys()),
        (facts.methods, whole.methods, ours),
        (facts.addresses, whole.addresses, ours),
    )
    if any(one[name] != other.get(name) for one, other, names in pairs for name in names):
        raise UnsureError("the whole document gives other names")
    known = facts.classes.keys()
    if (facts.sent, facts.read) != (whole.sent & known, whole.read & known):
        raise UnsureError("the whole document has other directions")


def _users(whole: Mapping[str, int], was: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """Count the users of each schema again.

    Raises:
        UnsureError: no operation refers to one any more, so that the document may decide otherwise for it.
    """
    found = Counter(whole)
    found.update(now)
    found.subtract(was)
    if any(found[name] <= 0 for name in was.keys() & whole.keys()):
        raise UnsureError("the last to refer to a schema")
    return {name: number for name, number in found.items() if number}


def _check_members(was: Planned, before: Plain, after: Plain) -> None:
    """See that members of which the outline holds more than the operation's own are as before."""
    (plan,) = was.plans
    if not isinstance(before, dict) or not isinstance(after, dict):
        raise UnsureError("no operation")
    if before.get("security", _ABSENT) != after.get("security", _ABSENT):
        raise UnsureError("the security differs")
    if plan.api.client_options and before.get("parameters") != after.get("parameters"):
        raise UnsureError("options of the client")
    bodies = [item.get("requestBody") for item in (before, after)]
    if bodies[0] != bodies[1] and "multipart/" in json.dumps(bodies):
        raise UnsureError("forms with files differ")


def _files(
    was: Planned,
    now: Planned,
    owned: frozenset[str],
    templates: Templates,
    held: Callable[[str], str],
    style: Style,
) -> dict[str, str]:
    """Print what differs between two slices, and put it into the files that are there."""
    one, other = ({file.path: file for file in item.package.files} for item in (was, now))
    new = other.keys() - one.keys()
    # What others need already is there.
    if one.keys() - other.keys() or any(other[path].template or held(path) != other[path].text for path in new):
        raise UnsureError("other files")
    changed = [path for path in one if one[path] != other[path]]
    texts = _printed("was", was, [one[path] for path in dict.fromkeys([*changed, *SHOWN])], templates)
    texts |= _printed("now", now, [other[path] for path in changed], templates)
    if any(called_in(texts[f"was/{path}"]) != called_in(held(path)) for path in SHOWN):
        raise UnsureError("other operations are shown for all")
    texts = dict(style(texts))
    return {
        path: _changed(path, held(path), texts[f"was/{path}"], texts[f"now/{path}"], owned=path in owned)
        for path in changed
    }


def _printed(name: str, planned: Planned, files: Sequence[File], templates: Templates) -> dict[str, str]:
    package = Package(name=planned.package.name, files=tuple(files))
    printed = render(package, templates.texts, templates.places, templates.store)
    return {f"{name}/{path}": text for path, text in printed.items()}


def _changed(path: str, whole: str, before: str, after: str, *, owned: bool) -> str:
    if owned:
        if whole != before:
            raise UnsureError(f"{path} is another")
        return after
    if path.endswith(_SPLIT) or path.startswith(("stubs/test_", "reference/")):
        if sent_hard(before) != sent_hard(after):
            raise UnsureError("another operation is sent what is hard to send")
        return with_changes(path, whole, before, after)
    raise UnsureError(f"{path} changes")

"""The versions part of assembly: every version of every operation to what the document of one version holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apiscribe.capture.assembly_names import version_key
from apiscribe.capture.checks import quoted
from apiscribe.capture.profile import Conventions
from apiscribe.capture.readings import ChangeReading, Json, OmittedReading, OperationReading
from apiscribe.errors import Diagnostic, Severity, shown

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
Call = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page that lists every operation of a service: its name, the calls on it, and the newest version there."""

    page: str
    calls: frozenset[Call]
    newest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What can tell that an operation ended: the words of the portal, its change log and its listings.

    `omitted` are versions of operations that are there and could not be read.
    """

    conventions: Conventions
    history: tuple[ChangeReading, ...] = ()
    listings: tuple[Listing, ...] = ()
    omitted: tuple[OmittedReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The operations of one document in the order of their paths, and those that ended before its version, with why.

    `omitted` belong into the document and could not be read.
    """

    operations: tuple[OperationReading, ...]
    retired: tuple[tuple[OperationReading, str], ...]
    omitted: tuple[OmittedReading, ...] = ()


def lineages(readings: Iterable[OperationReading], found: list[Diagnostic]) -> list[tuple[OperationReading, ...]]:
    """Bring together the versions of each operation, oldest first, wherever they are called.

    The same method and path are the same operation; so is what has the same slug, or the same display name in other
    versions, since an operation may move to another path.
    """
    ordered = sorted(readings, key=lambda item: (item.path, METHODS.index(item.method), version_key(item.version)))
    groups: dict[Call, list[OperationReading]] = {}
    for reading in ordered:
        groups.setdefault((reading.method, reading.path), []).append(reading)
    kept: list[list[OperationReading]] = []
    for group in groups.values():
        twin = next((other for other in kept if _is_moved(group, other)), None)
        if twin is None:
            kept.append(group)
        else:
            found.extend(_doubles(group, twin))
            twin.extend(group)
    return [tuple(sorted(group, key=lambda item: version_key(item.version))) for group in kept]


def _is_moved(group: Sequence[OperationReading], other: Sequence[OperationReading]) -> bool:
    slugs, names = {item.slug for item in group} - {None}, {item.display_name for item in group} - {None}
    if slugs & {item.slug for item in other}:
        return True
    apart = not {item.version for item in group} & {item.version for item in other}
    return apart and bool(names & {item.display_name for item in other})


def _doubles(group: Sequence[OperationReading], twin: Sequence[OperationReading]) -> list[Diagnostic]:
    found = []
    for reading in group:
        other = next((item for item in twin if item.version == reading.version), None)
        if other is not None:
            where = f"{other.place.file}:{other.place.line}"
            message = f"slug {quoted(reading.slug or '')} has two calls, the other at {where}"
            found.append(Diagnostic(rule="page-contradiction", message=message, origin=reading.place.origin()))
    return found


def select(
    groups: Sequence[tuple[OperationReading, ...]], version: str, evidence: Evidence, found: list[Diagnostic]
) -> Selection:
    """Choose what the document of a version holds: each operation at its highest version up to it, unless it ended.

    Where that version could not be read, none stands in for it.
    """
    limit = version_key(version)
    operations: list[OperationReading] = []
    retired: list[tuple[OperationReading, str]] = []
    unread = [one for one in evidence.omitted if version_key(one.version) <= limit]
    for group in groups:
        reached = [reading for reading in group if version_key(reading.version) <= limit]
        if not reached:
            continue
        last = reached[-1]
        later = [one for one in evidence.omitted if _is_later(one, last, group)]
        if any(one in unread for one in later):
            continue
        unread = [one for one in unread if not _is_of(one, group)]
        reason = None
        if last is group[-1] and not later and version_key(last.version) < limit:
            reason = _end(group, limit, evidence, found)
        if reason is None:
            operations.append(last)
        else:
            retired.append((last, reason))
    omitted = _newest(unread)
    found.extend(_told(one) for one in omitted)

    def position(item: OperationReading | OmittedReading) -> tuple[str, int]:
        return item.path, METHODS.index(item.method)

    return Selection(
        operations=tuple(sorted(operations, key=position)),
        retired=tuple(sorted(retired, key=lambda item: position(item[0]))),
        omitted=tuple(sorted(omitted, key=position)),
    )


def _newest(unread: Iterable[OmittedReading]) -> Iterable[OmittedReading]:
    """Choose of several unreadable versions of one call the newest."""
    ordered = sorted(unread, key=lambda item: version_key(item.version))
    return {(one.method, one.path): one for one in ordered}.values()


def _is_later(omitted: OmittedReading, last: OperationReading, group: Sequence[OperationReading]) -> bool:
    return version_key(omitted.version) > version_key(last.version) and _is_of(omitted, group)


def _is_of(omitted: OmittedReading, group: Sequence[OperationReading]) -> bool:
    """Tell whether an unreadable version is one of an operation, by the same signs as for readable ones."""
    return any(
        (omitted.method, omitted.path) == (reading.method, reading.path)
        or (omitted.slug is not None and omitted.slug == reading.slug)
        or (omitted.display_name is not None and omitted.display_name == reading.display_name)
        for reading in group
    )


def _told(omitted: OmittedReading) -> Diagnostic:
    message = (
        f"{omitted.method} {shown(omitted.path)} {omitted.version} could not be read: documents from that version on "
        "list it under x-left-out, and hold no older version of it"
    )
    origin = omitted.place.origin()
    return Diagnostic(rule="page-left-out", message=message, origin=origin, severity=Severity.WARNING)


def _end(
    group: Sequence[OperationReading], limit: tuple[int, ...], evidence: Evidence, found: list[Diagnostic]
) -> str | None:
    """Tell why an operation is not there any more in a version after its last documented one; None if it is."""
    last = group[-1]
    removed = [
        entry
        for entry in evidence.history
        if entry.kind == "removed"
        and version_key(last.version) < version_key(entry.version) <= limit
        and tells_of(entry, group)
    ]
    if removed:
        return f"the change log removes it in version {removed[0].version}"
    if last.status in evidence.conventions.ended_states:
        until = f", supported until {last.supported_until}" if last.supported_until else ""
        return f"its last documented version is {last.status}{until}"
    newer = [
        listing for listing in evidence.listings if limit >= version_key(listing.newest) > version_key(last.version)
    ]
    calls = {(reading.method, reading.path) for reading in group}
    if newer and not any(calls & listing.calls for listing in evidence.listings):
        return f"{newer[0].page} lists version {newer[0].newest} of the service, and not this operation"
    if last.status not in evidence.conventions.current_states or last.supported_until:
        until = f", with support until {last.supported_until}" if last.supported_until else ""
        message = (
            f"nothing tells whether {last.method} {shown(last.path)} goes on after version {last.version} "
            f"({last.status or 'no state'}{until}): documents of later versions keep it"
        )
        origin = last.place.origin()
        found.append(Diagnostic(rule="page-retired", message=message, origin=origin, severity=Severity.WARNING))
    return None


def tells_of(entry: ChangeReading, group: Sequence[OperationReading]) -> bool:
    """Tell whether an entry of a change log is about an operation, which it calls by path or by name."""
    if entry.path is not None:
        return any(
            entry.method in (None, reading.method) and is_same_path(entry.path, reading.path) for reading in group
        )
    names = {name.lower() for reading in group for name in (reading.slug, reading.display_name) if name}
    return any(name.lower() in names for name in entry.names)


def is_same_path(written: str, path: str) -> bool:
    """Compare a path of a change log with one of a page: it may lack the first segment, or name variables otherwise.

    >>> is_same_path("/disks/{id}", "/v1/disks/{disk_id}"), is_same_path("/disks", "/v1/disks/{disk_id}")
    (True, False)
    """
    mine, theirs = _shape(written), _shape(path)
    return mine == theirs or mine == theirs[1:]


def _shape(path: str) -> tuple[str, ...]:
    segments = path.strip("/").split("/")
    return tuple("{}" if segment.startswith(("{", ":")) else segment for segment in segments)


def retired_data(retired: Sequence[tuple[OperationReading, str]]) -> list[Json]:
    """List the operations that a document leaves out because they ended, as data of the document."""
    entries: list[Json] = []
    for reading, reason in retired:
        entry: Mapping[str, Json] = {
            "name": reading.display_name or reading.slug,
            "method": reading.method,
            "path": reading.path,
            "version": reading.version,
            "status": reading.status,
            "supported-until": reading.supported_until,
            "reason": reason,
        }
        entries.append({key: value for key, value in entry.items() if value})
    return entries


def omitted_data(omitted: Sequence[OmittedReading]) -> list[Json]:
    """List the operations that a document lacks because no page lets one read their version, as data of it."""
    entries: list[Json] = []
    for one in omitted:
        entry: Mapping[str, Json] = {
            "name": one.display_name or one.slug,
            "method": one.method,
            "path": one.path,
            "version": one.version,
            "reason": "the pages of this version could not be read",
        }
        entries.append({key: value for key, value in entry.items() if value})
    return entries

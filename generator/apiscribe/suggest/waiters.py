"""Waiters: an operation that reads one resource comes in, when its state is final goes out, where it has states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from apiscribe.document.node import Node, Plain
from apiscribe.naming import singular
from apiscribe.suggest.call import Call, Reader, Value, plain
from apiscribe.suggest.proposal import Confidence, Finding

_FIELDS: Final = re.compile(r"(.*)(status|state|phase)$")
# What stands before the word of a state that is the resource's own; of another one's nobody knows what it waits for.
_OWN: Final = frozenset({
    "", "lifecycle", "provisioning", "processing", "job", "run", "task", "current", "deployment", "build",
    "operation", "analysis", "resource", "import", "export", "instance", "cluster", "service", "execution",
    "workflow", "migration",
})  # fmt: skip
# A record of what happened does not change any more.
_RECORDS: Final = frozenset({"statuses", "events", "history", "activities", "logs", "status-history"})
_READ_BY: Final = re.compile(r"(\}|/(status|state|progress|operation))$")
_WRAPPERS: Final = frozenset({"data", "result", "response", "properties", "status", "metadata"})
_TOKEN: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")

_WORKING: Final = frozenset({
    "creating", "provisioning", "deleting", "terminating", "updating", "upgrading", "building", "deploying",
    "progress", "inprogress", "queued", "processing", "starting", "stopping", "restarting", "rebooting",
    "resizing", "scaling", "initializing", "initialising", "validating", "importing", "exporting", "preparing",
    "migrating", "restoring", "scheduled", "executing", "installing", "configuring", "attaching", "detaching",
    "modifying", "cancelling", "canceling", "finalizing", "syncing", "copying", "transferring", "indexing",
    "running", "submitted", "waiting", "downloading", "uploading", "generating", "analyzing", "converting",
    "encoding", "enqueued", "cloning", "activating", "deactivating", "enabling", "disabling", "registering",
    "allocating", "recovering", "ongoing", "pending", "booting", "pausing", "resuming", "backing", "patching",
    "reconciling", "launching", "transcoding", "training",
})  # fmt: skip
# Of these alone nobody can say that something is being done: orders and people are pending, too.
_WEAK: Final = frozenset({"pending", "waiting", "scheduled", "submitted", "running", "processing", "ongoing"})
_ENDING: Final = frozenset({"deleting", "terminating", "stopping", "cancelling", "canceling"})
# Whose turn it is then is a person's.
_PEOPLE: Final = frozenset({"approval", "user", "action", "review", "verification", "confirmation", "payment", "input"})
_STANDING: Final = frozenset({"active", "live", "online"})
_DONE: Final = frozenset({
    "active", "available", "ready", "succeeded", "success", "successful", "succeed", "completed", "complete",
    "finished", "done", "ok", "online", "created", "deployed", "healthy", "provisioned", "ended", "inservice",
    "built", "live", "operational", "processed", "installed", "passed",
})  # fmt: skip
_RESULTS: Final = frozenset(
    {"succeeded", "success", "successful", "succeed", "completed", "complete", "finished", "done", "ended"}
)
_FAILED: Final = frozenset({
    "failed", "failure", "fail", "error", "errored", "cancelled", "canceled", "aborted", "timedout", "timeout",
    "rejected", "cancel", "reject", "crashed", "expired", "killed", "fatal", "unsuccessful", "incomplete",
    "invalid",
})  # fmt: skip
_BROKEN: Final = frozenset({"failed", "failure", "fail", "error", "errored", "timedout", "crashed", "aborted"})
_GONE: Final = frozenset({"deleted", "terminated", "destroyed", "removed"})
_NEGATIONS: Final = frozenset({"not", "un", "partially", "partial", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The values of a state: what is still going on, what is reached, what went wrong."""

    working: tuple[str, ...]
    done: tuple[str, ...]
    failed: tuple[str, ...]


def waiter_of(call: Call, reader: Reader, calls: Sequence[Call]) -> Finding | None:
    """Propose when to stop reading a resource again and again; `calls` are all operations of the document."""
    if call.method != "get" or call.body is None or "array" in reader.types(call.body) or _is_record(call.path):
        return None
    for item in _states(call):
        values = _values(item)
        found = _sorted(values)
        if not found.done or not _is_worked_on(found):
            continue
        causes = tuple(_causes(call, calls))
        is_job = any(plain(value) in _RESULTS for value in found.done) and bool(found.failed)
        if not causes and not (is_job and _READ_BY.search(call.path.rstrip("/"))):
            continue
        value: dict[str, Plain] = {"field": item.place, "success": list(found.done)}
        value |= {"failure": list(found.failed)} if found.failed else {}
        reasons = (f"'{item.place}' goes through {_some(found.working)}", *causes[:3])
        return Finding(value=value, reasons=reasons, confidence=Confidence.HIGH if causes else Confidence.MEDIUM)
    return None


def _states(call: Call) -> Iterable[Value]:
    """List the fields that hold a state, those at the top first."""
    for item in sorted(call.fields, key=lambda item: len(item.path)):
        named = _FIELDS.fullmatch(item.plain)
        if (
            named is not None
            and item.is_closed
            and _is_own(named[1], call.path)
            and all(plain(step) in _WRAPPERS for step in item.path[:-1])
        ):
            yield item


def _values(item: Value) -> list[str]:
    listed = item.fact("enum")
    return [value for value in listed if isinstance(value, str) and value] if isinstance(listed, list) else []


def _sorted(values: Sequence[str]) -> Sorted:
    words = {value: [token.lower() for token in _TOKEN.findall(value)] for value in values}
    all_words = {word for tokens in words.values() for word in tokens}
    sorts: dict[str, list[str]] = {"working": [], "done": [], "failed": []}
    for value, tokens in words.items():
        kind = _kind(tokens, is_job=bool(all_words & _RESULTS), stops=bool(all_words & {"stopped", "stopping"}))
        if kind:
            sorts[kind].append(value)
    # What is created may still have to become something else, and what is ready to run has not run.
    early = {"created", "ready"} if all_words & _RESULTS and all_words & {"running", "starting"} else {"created"}
    better = [value for value in sorts["done"] if plain(value) not in early]
    sorts["done"] = better or sorts["done"]
    return Sorted(**{kind: tuple(found) for kind, found in sorts.items()})


def _kind(tokens: list[str], *, is_job: bool, stops: bool) -> str:
    joined = "".join(tokens)
    known = {*tokens, joined}
    if known & (_FAILED | _GONE):
        return "failed"
    if known & (_NEGATIONS | _PEOPLE):
        return ""
    if joined == "running" and not is_job:
        return "done" if stops else ""
    if is_job and joined in _STANDING:
        return ""  # of a job nobody knows whether that is before its end
    if known & _WORKING:
        return "working"
    is_done = joined in _DONE or (tokens[-1:] and tokens[-1] in _DONE - {"created"})
    return "done" if is_done and not (is_job and joined == "created") else ""


def _is_worked_on(found: Sorted) -> bool:
    """Tell a thing that is being made from one that somebody has yet to decide on."""
    strong = [
        value for value in found.working if not {token.lower() for token in _TOKEN.findall(value)} <= _WEAK | _ENDING
    ]
    results = any(plain(value) in _RESULTS | {"ready", "available"} for value in found.done)
    breaks = any({token.lower() for token in _TOKEN.findall(value)} & _BROKEN for value in found.failed)
    return bool(strong) or (bool(found.working) and results and breaks)


def _is_own(prefix: str, path: str) -> bool:
    """Tell whether a state is that of the resource itself, by what its name begins with."""
    return prefix in _OWN or any(prefix == singular(plain(part)) for part in path.split("/") if "{" not in part)


def _is_record(path: str) -> bool:
    fixed = [part for part in path.split("/") if part and "{" not in part]
    return bool(fixed) and fixed[-1] in _RECORDS


def _causes(call: Call, calls: Sequence[Call]) -> Iterable[str]:
    """Say which operations make the resource, or change it."""
    path = call.path.rstrip("/")
    above = path.rpartition("/")[0] if path.endswith("}") else path
    for other in calls:
        place = other.path.rstrip("/")
        if other.method == "post" and place == above:
            yield f"{other.label} creates it"
        elif other.method in ("put", "patch") and place == path:
            yield f"{other.label} changes it"
        elif other.method == "delete" and place == path:
            yield f"{other.label} deletes it"
        elif other.method == "post" and path.endswith("}") and place.rpartition("/")[0] == path:
            yield f"{other.label} acts on it"
        elif other.method == "post" and path.endswith("}") and _same(call.body, other.body):
            yield f"{other.label} gives it"


def _same(one: Node | None, other: Node | None) -> bool:
    return one is not None and one is other


def _some(values: Sequence[str]) -> str:
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return ", ".join(values[:3]) + more

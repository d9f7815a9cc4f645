"""Group names: where an operation stands among the resources of an API, out of its own name, method and path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apiscribe.naming import ACTION_WORDS, METHOD_VERBS, PATH_PREFIXES, singular, snake_case, words

ROOT = "root"
"""The group of an operation whose path names no resource and that has no tag."""

_VERBS = ACTION_WORDS | frozenset({
    "abort", "accept", "acknowledge", "archive", "assign", "authenticate", "authorize", "batch", "block", "bulk",
    "build", "calculate", "claim", "clear", "complete", "compute", "connect", "convert", "create", "decline",
    "delete", "destroy", "disconnect", "drop", "duplicate", "edit", "embed", "exchange", "fetch", "follow",
    "filter", "generate", "grant", "hide", "ingest", "insert", "inspect", "invite", "join", "leave", "link", "load",
    "lookup", "mark", "mute", "paginate", "partial", "patch", "pin", "ping", "place", "post", "preview", "process",
    "provision", "purge", "put", "read",
    "rebuild", "receive", "recover", "redeem", "redeliver", "refund", "render", "replay", "report", "rerequest",
    "ban", "confirm", "demote", "evaluate", "favorite", "favourite", "init", "kick", "kill", "migrate", "promote",
    "prune", "publish", "resend", "settle", "simulate", "star", "toggle", "trace", "unban", "unfavorite",
    "unfavourite", "unpublish", "unstar", "unsuspend",
    "rerun", "retrieve", "save", "schedule", "share", "sign", "skip", "snooze", "subscribe", "synchronize", "track",
    "transfer", "translate", "unarchive", "unassign", "unblock", "unfollow", "unlink", "unmute", "unpin",
    "unsubscribe", "void", "vote", "watch", "withdraw",
})  # fmt: skip
_HTTP_VERBS = frozenset({"get", "post", "put", "patch", "head", "options"})
_READS = frozenset({"get", "read", "retrieve", "fetch"})
# What tells operations of one resource apart whose names come out the same.
_OTHERS = {"get": ("list",), "put": ("replace",), "patch": ("patch",)}
_ARTICLES = frozenset({"a", "an", "the"})
_LINKS = frozenset({"and", "at", "by", "for", "from", "in", "into", "of", "on", "per", "the", "to", "via", "with"})
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SLASHED = re.compile(r"[A-Za-z][\w-]*(?:/[A-Za-z][\w-]*)+\Z")
_DOTTED = re.compile(r"[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+\Z")
_CAPITAL = re.compile(r"([A-Z][A-Za-z0-9]*?)(?:Controller|Api|API)?_([A-Za-z][A-Za-z0-9]*)\Z")
_KIND = re.compile(r"(?<=[a-z0-9])Controller\Z")
# A tag that is a group of an API with its version, as `core_v1` or `CoreV1Api`.
_VERSIONED_TAG = re.compile(r"([a-z][\w.-]*?)[_-]?(v\d+(?:(?:alpha|beta)\d+)?)(?:Api)?", re.IGNORECASE)
_VERSION = re.compile(r"v\d+(\.\d+)*((alpha|beta|rc|preview)\d*)?|[\d.-]+", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*\.\w+\.(com|dev|io|net|org)")
# Says in what form a resource is given, and none of its own.
_FORMS = frozenset({"json", "xml"})
_SUFFIX = re.compile(r"\.(json|xml|html?|csv|php|aspx?)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The groups that an operation is in, outermost first, the name it has there, and names to tell it apart.

    It is plain where method and path say that name: many are listed or created, one is got, updated or deleted.
    """

    groups: tuple[str, ...]
    method: str
    others: tuple[str, ...] = ()
    is_plain: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """What a path says: its static segments in order, its variables, and whether it ends in one or in `object.call`.

    `many` is what the answer says, where it says it.
    """

    segments: tuple[str, ...]
    variables: tuple[str, ...]
    ends_in_variable: bool
    is_call: bool
    many: bool | None


def place_of(
    name: str, method: str, path: str, *, flat: str, tag: str = "", wanted: str = "", many: bool | None = None
) -> Place:
    """Place an operation; `name` is its operationId, `flat` its Python name, `wanted` groups chosen by hand.

    `many` tells of a GET whether its answer is a list, where that is known.

    A name that says its group keeps it: `issues/list-comments`, `chat.postMessage`, `Users_Get`. Of all others the
    static segments of the path are the groups, and what their words leave of the name is the method.

    >>> place_of("createChatCompletion", "post", "/chat/completions", flat="create_chat_completion")
    Place(groups=('chat', 'completions'), method='create', others=())
    >>> place_of("issues/list-comments", "get", "/repos/{owner}/{repo}/issues/{n}/comments", flat="x").groups
    ('issues',)
    >>> place_of("cancelBatch", "post", "/batches/{batch_id}/cancel", flat="cancel_batch").method
    'cancel'
    """
    if wanted:
        groups = tuple(wanted.split("."))
        return Place(groups=groups, method=_method(groups, method, _address(path, many), flat))
    stated = _stated(name) or _tagged(tag, name)
    if stated is not None:
        return stated
    address = _address(path, many)
    action = "" if _is_read(flat, address) else _action(method, address)
    held = address.segments[:-1] if action else address.segments
    groups = tuple(map(snake_case, held)) or (snake_case(tag) if words(tag) else ROOT,)
    given = _method(groups, method, address, flat, action)
    is_plain = not action and given == _derived(method, address) and _is_of_one(given) is address.ends_in_variable
    others = () if many is False else _OTHERS.get(method.lower(), ())
    return Place(groups=groups, method=given, others=others, is_plain=is_plain)


def _is_of_one(method: str) -> bool:
    return method in ("get", "update", "delete")


def iterator_name(method: str) -> str:
    """Give the name of the sibling that yields the items of all pages.

    >>> iterator_name("list"), iterator_name("list_by_owner"), iterator_name("search")
    ('iter', 'iter_by_owner', 'iter_search')
    """
    first, _, rest = method.partition("_")
    return "_".join(filter(None, ("iter", rest if first == "list" else method)))


def waiter_name(method: str) -> str:
    """Give the name of the sibling that waits.

    >>> waiter_name("get"), waiter_name("get_job")
    ('wait', 'wait_for_job')
    """
    first, _, rest = method.partition("_")
    left = rest if first in ("get", "read", "retrieve", "show", "describe") else method
    return f"wait_for_{left}" if left else "wait"


def _stated(name: str) -> Place | None:
    if _SLASHED.match(name) or _DOTTED.match(name):
        *groups, method = re.split(r"[/.]", name)
        return Place(groups=tuple(snake_case(_KIND.sub("", group)) for group in groups), method=snake_case(method))
    found = _CAPITAL.match(name)
    if found is None or words(found[1])[0] in _VERBS:
        return None
    # `Customer_GetCustomerOrders` says twice whose orders they are.
    method = _unrepeated(words(found[2]), words(found[1]))
    return Place(groups=(snake_case(found[1]),), method=method, others=(snake_case(found[2]),))


def _unrepeated(called: tuple[str, ...], group: tuple[str, ...]) -> str:
    """Take the words of a group off a name that has them behind its verb, if something is left of what it does."""
    size = len(group)
    rest = called[1:]
    if (
        called[0] in _VERBS
        and [*map(singular, rest[:size])] == [*map(singular, group)]
        and rest[size : size + 1] != ("by",)
    ):
        rest = rest[size:]
    return snake_case(" ".join((called[0], *rest)))


def _tagged(tag: str, name: str) -> Place | None:
    """Place an operation by a tag with a version, if its name was made of that."""
    found = _VERSIONED_TAG.fullmatch(tag)
    if found is None:
        return None
    group, called = words(f"{found[1].partition('.')[0]} {found[2]}"), words(name)
    at = next((at for at in range(len(called)) if called[at : at + len(group)] == group), 0)
    left = (*called[:at], *called[at + len(group) :])
    return Place(groups=("_".join(group),), method=snake_case(" ".join(left)), others=()) if at and left else None


def _address(path: str, many: bool | None) -> _Address:
    parts = [_SUFFIX.sub("", part) for part in path.partition("?")[0].split("/") if part]
    if parts and parts[-1].lower() in _FORMS:
        parts.pop()
    segments = [piece for part in parts for piece in _pieces(part)]
    while len(segments) > 1 and segments[0].lower() in PATH_PREFIXES:
        segments = segments[1:]
    variables = _VARIABLE.findall(path)
    last = parts[-1] if parts else ""
    return _Address(
        segments=tuple(segments),
        variables=tuple(variables),
        ends_in_variable=last.rstrip(")'").endswith("}"),
        is_call=len(segments) > 1 and re.fullmatch(r".*[\w}][.:][A-Za-z]\w*", last) is not None,
        many=many,
    )


def _pieces(part: str) -> list[str]:
    """Give what a segment says without its variables; `chat.postMessage` and `jobs:cancel` are two."""
    static = _VARIABLE.sub("", part)
    if _DOMAIN.fullmatch(static):
        return ["_".join(static.split(".")[:-2])]
    if _VERSION.fullmatch(static):
        return []
    return [piece for piece in re.split(r"[.:()]", static) if words(piece) and not _VERSION.fullmatch(piece)]


def _action(method: str, address: _Address) -> str:
    """Give the last segment where it is what is done, rather than what it is done to."""
    if address.ends_in_variable or not address.segments:
        return ""
    last = address.segments[-1]
    changes = method.lower() not in ("get", "delete") and len(address.segments) > 1
    is_verb = words(last)[0] in (_VERBS if changes else ACTION_WORDS)
    return snake_case(last) if is_verb or address.is_call else ""


def _is_read(flat: str, address: _Address) -> bool:
    """Whether the name says that the last segment is read: `get_import_errors` imports nothing from `/importErrors`."""
    read, *rest = words(flat)
    return read in _READS | {"list"} and len(rest) > 1 and rest == [*words(" ".join(address.segments[-1:]))]


def _method(groups: tuple[str, ...], method: str, address: _Address, flat: str, action: str = "") -> str:
    own = {singular(word) for group in groups for word in words(group)}
    left = [word for word in _without_runs(words(flat), own) if singular(word) not in own and word not in _ARTICLES]
    left = _without_variable(left, own, address)
    if action:
        return snake_case(" ".join(left)) if left and left[0] == words(action)[0] else action
    if not left or left[0] not in _VERBS or (len(left) == 1 and left[0] in _HTTP_VERBS):
        # `api_recent_list` says at its end what the path `/recent` does not.
        is_list = left[-1:] == ["list"] and method.lower() == "get" and not address.ends_in_variable
        return "list" if is_list else _derived(method, address)
    if left[0] in _READS and left[1:] in ([], ["all"]) and _derived(method, address) == "list":
        return "list"
    return snake_case(" ".join(left))


def _without_runs(called: tuple[str, ...], own: set[str]) -> list[str]:
    """Leave out words that a group has written as one, as `permission scheme` is in `/permissionscheme`."""
    kept = list(called)
    for start in range(1, len(kept)):
        for end in range(start + 2, len(kept) + 1):
            if singular("".join(kept[start:end])) in own:
                return [*kept[:start], *kept[end:]]
    return kept


def _without_variable(left: list[str], own: set[str], address: _Address) -> list[str]:
    """Take off what only repeats variables (`get_by_id`), and words that lead to nothing any more."""
    kept = list(left)
    told = [word for variable in address.variables for word in words(variable)]
    if told and "by" in kept[1:]:
        at = kept.index("by", 1)
        kept = kept[:at] if {*kept[at + 1 :]} <= {*told, *own, "id", "by"} else kept
    last = [word for word in words(address.variables[-1] if told else "") if singular(word) not in own]
    if address.ends_in_variable and last and kept[1:][-len(last) :] == last:
        kept = kept[: -len(last)]
    while len(kept) > 1 and kept[-1] in _LINKS:
        kept.pop()
    is_address = kept[:1] and kept[0] in _HTTP_VERBS and {*kept[1:]} <= {*told}
    return kept[:1] if is_address else kept


def _derived(method: str, address: _Address) -> str:
    verb = method.lower()
    if verb == "get":
        last = words(address.segments[-1])[-1] if address.segments else ""
        many = singular(last) != last if address.many is None else address.many
        return "list" if not address.ends_in_variable and many else "get"
    if verb == "post" and address.ends_in_variable:
        return "update"
    return METHOD_VERBS.get(verb, verb)

"""Group names of one service version: every operation in exactly one group, every name settled before printing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.naming import MAX_LENGTH, PYTHON_WORDS, Claim, bounded, pascal_case, settle
from apiscribe.naming_groups import Place, iterator_name, place_of, waiter_name
from apiscribe.naming_words import KEYWORDS
from apiscribe.plan.names import (
    CLIENT_MEMBERS,
    ApiNames,
    iterator_key,
    stream_name,
    waiter_key,
)
from apiscribe.plan.slashes import slash_twins, slashed
from apiscribe.plan.streams import method_key

# What the modules of clients and groups call by its plain name.
_MODULE_NAMES = frozenset({"time", "cached_property", "groups", "async_groups"})
_CLASS_NAMES = frozenset({"TYPE_CHECKING"})
# A class is as long as leaves the names of its views, in the module of async ones too, their endings.
_CLASS_LENGTH = MAX_LENGTH - len("AsyncWithStreamingResponse")
_MARKED_LENGTH = MAX_LENGTH - len("Async")
_VIEWS = {"raw": "WithRawResponse", "streaming": "WithStreamingResponse"}
_VIEW_NAMES = frozenset({"with_raw_response", "with_streaming_response"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNames:
    """One group: its name in what holds it, its class and those of its views, its methods and its groups.

    Of a method there are its key, its name here and that of the client's.
    """

    name: str
    path: tuple[str, ...]
    owner: str
    raw: str
    streaming: str
    members: tuple[tuple[str, str, str], ...]
    groups: tuple[GroupNames, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of a client, and where each operation is found: `chat.completions.create` by its id."""

    tree: tuple[GroupNames, ...]
    addresses: Mapping[str, str]


class _Node:
    """A group while it is gathered."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.below: dict[str, _Node] = {}


def name_groups(api: ir.Api, names: ApiNames) -> Groups:
    """Place every operation; where two want one name in a group they keep their names of the client."""
    root = _Node()
    twins = slash_twins(api.operations)
    places = {operation.id: _place_of(operation, names.methods[operation.id]) for operation in api.operations}
    for operation in api.operations:
        place, twin = places[operation.id], twins.get(operation.id)
        if twin is not None and places[twin.id] == place:
            place = replace(place, method=slashed(place.method), is_plain=False)
        _gather(root, operation, place, names.methods)
    addresses: dict[str, str] = {}
    reserved = PYTHON_WORDS | CLIENT_MEMBERS | _MODULE_NAMES | {*names.methods.values()}
    classes = settle(_class_claims(root, ()), PYTHON_WORDS | _CLASS_NAMES | {names.client}, _MARKED_LENGTH).names
    tree = _below(root, reserved, _Namer(methods=names.methods, classes=classes, addresses=addresses), (), ())
    return Groups(tree=tree, addresses=addresses)


def _place_of(operation: ir.Operation, flat: str) -> Place:
    return place_of(
        operation.id,
        operation.method,
        operation.path,
        flat=operation.python_name or flat,  # what another operation of that name adds to it says nothing here
        tag=operation.tags[0] if operation.tags else "",
        wanted=operation.group,
        many=operation.gives_many,
    )


def _gather(root: _Node, operation: ir.Operation, place: Place, methods: Mapping[str, str]) -> None:
    node = root
    for name in place.groups:
        node = node.below.setdefault(name, _Node())
    own = (*place.others, methods[operation.id])
    plain = place.method if place.is_plain else ""
    node.claims.append(Claim(key=operation.id, wire=plain, wanted=place.method, alternatives=own))
    siblings = (
        (iterator_key(operation), iterator_name), (waiter_key(operation), waiter_name),
        (method_key(operation), stream_name),
    )  # fmt: skip
    for key, wanted in siblings:
        if key in methods:
            others = (methods[key],)
            node.claims.append(Claim(key=key, wire="", wanted=wanted(place.method), alternatives=others))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Namer:
    methods: Mapping[str, str]
    classes: Mapping[str, str]
    addresses: dict[str, str]


def _below(
    node: _Node, reserved: frozenset[str], namer: _Namer, wanted: tuple[str, ...], given: tuple[str, ...]
) -> tuple[GroupNames, ...]:
    """Name the groups of a node; `wanted` leads to it by the words of the document, `given` by final names."""
    names = settle([Claim(key=name, wire=name, wanted=name) for name in node.below], reserved).names
    return tuple(_group(node.below[name], (*wanted, name), (*given, names[name]), namer) for name in sorted(node.below))


def _group(node: _Node, wanted: tuple[str, ...], given: tuple[str, ...], namer: _Namer) -> GroupNames:
    own = settle(node.claims, KEYWORDS | _VIEW_NAMES).names
    key = ".".join(wanted)
    namer.addresses.update({key: ".".join((*given, name)) for key, name in own.items()})
    return GroupNames(
        name=given[-1],
        path=given,
        owner=namer.classes[key],
        raw=namer.classes[_view_key(key, "raw")],
        streaming=namer.classes[_view_key(key, "streaming")],
        members=tuple((claim.key, own[claim.key], namer.methods[claim.key]) for claim in node.claims),
        groups=_below(node, KEYWORDS | _VIEW_NAMES | {*own.values()}, namer, wanted, given),
    )


def _view_key(key: str, view: str) -> str:
    return f"{key}\n{view}"


def _class_claims(node: _Node, path: tuple[str, ...]) -> Iterable[Claim]:
    for name, below in node.below.items():
        own = (*path, name)
        wanted = bounded("".join(map(pascal_case, own)), ".".join(own), _CLASS_LENGTH)
        key = ".".join(own)
        yield Claim(key=key, wire="", wanted=wanted)
        for view, ending in _VIEWS.items():
            yield Claim(key=_view_key(key, view), wire="", wanted=f"{wanted}{ending}")
        yield from _class_claims(below, own)

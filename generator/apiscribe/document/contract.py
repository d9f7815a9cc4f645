"""Contracts: what a document promises to those who call the API, without its prose, as text that merges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apiscribe.document.node import Plain

_FORMAT: Final = 1
# What callers' programs do not depend on.
_PROSE: Final = frozenset({"description", "summary", "example", "examples", "externalDocs", "x-source", "x-evidence"})
_PROSE_START: Final = ("x-description-", "x-history")
# Maps whose keys are names, which may be called like prose; and values that are anybody's.
_NAMED: Final = frozenset({
    "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses", "headers",
    "callbacks", "securitySchemes", "requestBodies", "links", "paths", "webhooks", "content", "encoding", "mapping",
    "variables", "scopes", "pathItems", "parameters",
})  # fmt: skip
# How many levels of the parts of a document have lines of their own.
_PARTS: Final[Mapping[str, int]] = {"paths": 2, "webhooks": 2, "components": 3}
_VALUES: Final = frozenset({"default", "const", "enum"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The documents of a package by name, without prose, and the further files that they refer to."""

    documents: Mapping[str, Plain]
    references: Mapping[str, Plain]


def stripped(plain: Plain) -> Plain:
    """Leave out what callers' programs do not depend on.

    >>> stripped({"description": "a", "properties": {"description": {"type": "string", "example": "x"}}})
    {'properties': {'description': {'type': 'string'}}}
    """
    return _stripped(plain, names=False)


def _stripped(plain: Plain, *, names: bool) -> Plain:
    # The depth of a loaded document is bounded, so this recursion is as well.
    if isinstance(plain, list):
        return [_stripped(item, names=False) for item in plain]
    if not isinstance(plain, dict):
        return plain
    return {
        key: value if key in _VALUES and not names else _stripped(value, names=key in _NAMED and not names)
        for key, value in plain.items()
        if names or not (key in _PROSE or key.startswith(_PROSE_START))
    }


def print_contract(contract: Contract) -> str:
    """Print a contract as JSON, a line for each operation and for each part of a component.

    >>> print(print_contract(Contract(documents={"a": {"paths": {"/x": {}, "/y": {}}}}, references={})), end="")
    {
    "format":1,
    "documents":{
    "a":{
    "paths":{
    "/x":{},
    "/y":{}
    }
    }
    },
    "references":{}
    }
    """
    whole: Plain = {
        "format": _FORMAT,
        "documents": dict(sorted(contract.documents.items())),
        "references": dict(sorted(contract.references.items())),
    }
    return "\n".join([*_folded(whole, "", 3), ""])


def _folded(plain: Plain, end: str, depth: int) -> list[str]:
    """Give the lines of a value: one for each member of mappings, down to a depth or to the parts of a document."""
    if not isinstance(plain, dict) or not plain or not depth:
        return [_json(plain) + end]
    lines = ["{"]
    for number, (key, value) in enumerate(plain.items(), 1):
        inner = _folded(value, "" if number == len(plain) else ",", _PARTS.get(key, 0) if depth == 1 else depth - 1)
        lines += [f"{_json(key)}:{inner[0]}", *inner[1:]]
    return [*lines, "}" + end]


def with_operation(contract: str, path: str, method: str, before: Plain, after: Plain) -> str | None:
    r"""Put an operation as it is in place of the same one as it was; None where the contract does not hold that.

    >>> contract = print_contract(Contract(documents={"a": {"paths": {"/x": {"get": {}}}}}, references={}))
    >>> print(with_operation(contract, "/x", "get", {}, {"summary": "a", "deprecated": True}) or "")
    {
    "format":1,
    "documents":{
    "a":{
    "paths":{
    "/x":{
    "get":{"deprecated":true}
    }
    }
    }
    },
    "references":{}
    }
    <BLANKLINE>
    """
    begin = contract.find(f"\n{_json(path)}:{{\n")
    end = contract.find("\n}", begin)
    was, now = (f"\n{_json(method)}:{_json(_stripped(plain, names=False))}" for plain in (before, after))
    place = contract.find(was, begin, end)
    if min(begin, place) < 0 or contract[place + len(was)] not in ",\n":
        return None
    return f"{contract[:place]}{now}{contract[place + len(was) :]}"


def _json(plain: Plain) -> str:
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def read_contract(data: bytes) -> Contract | None:
    """Read a contract back; None when it is not one that this version wrote."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        return None
    documents, references = found.get("documents"), found.get("references")
    if not isinstance(documents, dict) or not isinstance(references, dict):
        return None
    return Contract(documents=documents, references=references)


def without_equal(one: Plain, other: Plain) -> tuple[Plain, Plain]:
    """Leave out the paths that two documents have in common, where what they refer to is the same in both.

    >>> without_equal({"paths": {"/a": 1, "/b": 2}}, {"paths": {"/a": 1, "/b": 3}})
    ({'paths': {'/b': 2}}, {'paths': {'/b': 3}})
    """
    if not isinstance(one, dict) or not isinstance(other, dict) or _rest(one) != _rest(other):
        return one, other
    here, there = one.get("paths"), other.get("paths")
    if not isinstance(here, dict) or not isinstance(there, dict):
        return one, other
    same = {key for key, value in here.items() if key in there and there[key] == value}
    kept = ({key: value for key, value in paths.items() if key not in same} for paths in (here, there))
    left, right = ({**document, "paths": paths} for document, paths in zip((one, other), kept, strict=True))
    return left, right


def _rest(document: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in document.items() if key not in ("paths", "info")}

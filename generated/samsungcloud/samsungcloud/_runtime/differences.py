"""Differences: what a value has otherwise than its type goes in, one short text that names the places comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import ValidationError

_SHOWN = 5
_MADE = re.compile(r"json-or-python\[json=(\w+),.*\]")
"""How pydantic calls a model in whose place one may stand that was read."""


def told_by(error: ValidationError) -> list[str]:
    """Tell each fault by its place and what is wrong there, without the value."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return [f"{'.'.join(_named(fault['loc'])) or 'body'}: {fault['msg']}" for fault in faults]


def _named(place: Sequence[int | str]) -> list[str]:
    """Give the parts of a place but for those that only name how a choice is made.

    >>> _named(("pets", 0, "tagged-union[union[Cat,Dog],Cat,Dog]", "", "Cat", "kind"))
    ['pets', '0', 'Cat', 'kind']
    >>> _named(("json-or-python[json=CatRequest,python=function-wrap[_kept()]]", "kind"))
    ['CatRequest', 'kind']
    """
    return [_MADE.sub(r"\1", part) for part in map(str, place) if part and not part.startswith("tagged-union[")]


def is_no_json(error: ValidationError) -> bool:
    """Tell whether the text was no JSON at all."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return any(fault["type"] == "json_invalid" for fault in faults)


def some_of(told: Sequence[str]) -> str:
    """Tell the first differences, and how many more there are.

    >>> some_of(["a", "b", "c", "d", "e", "f", "g"])
    'a; b; c; d; e (and 2 more)'
    """
    more = f" (and {len(told) - _SHOWN} more)" if len(told) > _SHOWN else ""
    return "; ".join(told[:_SHOWN]) + more

"""Spellings: names of the same words that are written in two ways are told apart by how each is written."""

from __future__ import annotations

import re
from typing import Final

from apiscribe.naming import snake_case

# What stands before or after the words of a name: `@type` beside `type`, `+1` beside `-1`, `at>=` beside `at`.
_SIGNS: Final = {
    "<=": "lte", ">=": "gte", "!=": "ne", "[]": "list", "@": "at", "$": "dollar", "+": "plus", "-": "minus",
    "#": "hash", "*": "star", "!": "not", "%": "percent", "&": "and", "~": "tilde", "<": "lt", ">": "gt",
    "=": "equal", "?": "is",
}  # fmt: skip
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))
_SIGNED: Final = re.compile(rf"((?:{_SIGN.pattern})*)(\w|\w.*?[\w\]])((?:{_SIGN.pattern})*)")
_CASES: Final = (("camel", r"[a-z]+[A-Z]"), ("pascal", r"[A-Z][a-z]"), ("upper", r"[A-Z0-9_]*[A-Z][A-Z0-9_]*$"))
_MARKS: Final = (("dotted", "."), ("hyphened", "-"), ("spaced", " "), ("bracketed", "["))


def spellings(name: str) -> tuple[str, ...]:
    """Give the name that tells this spelling from others of the same words; nothing for the plain one.

    >>> spellings("fooBar"), spellings("foo-bar"), spellings("foo_bar"), spellings("2")
    (('foo_bar_camel',), ('foo_bar_hyphened',), (), ())
    >>> spellings("@type"), spellings("+1"), spellings("-1"), spellings("StartTime>"), spellings("ids[]")
    (('at_type',), ('plus_1',), ('minus_1',), ('start_time_gt',), ('ids_list',))
    >>> spellings("_id"), spellings("__class__")
    (('id_underscored',), ('class_dunder',))
    """
    signed = _SIGNED.fullmatch(name)
    if signed is not None and (signed[1] or signed[3]):
        before, after = (" ".join(_SIGNS[sign] for sign in _SIGN.findall(signed[place])) for place in (1, 3))
        return (snake_case(f"{before} {signed[2]} {after}"),)
    plain = snake_case(name).rstrip("_")
    if name.startswith("_"):
        return (f"{plain}_{'dunder' if name.startswith('__') and name.endswith('__') else 'underscored'}",)
    for style, pattern in _CASES:
        if re.match(pattern, name):
            return (f"{plain}_{style}",)
    return tuple(f"{plain}_{style}" for style, mark in _MARKS if mark in name)[:1]

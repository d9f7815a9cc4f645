"""Keywords of a schema against those of another: bounds, formats, choices, defaults, and what is only said."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.diff.change import Change, Direction, Impact, change, told
from apiscribe.document.node import Node, Plain

_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
# Compared with the schemas they hold, or as a whole elsewhere.
_ELSEWHERE = frozenset({
    "$ref", "type", "nullable", "anyOf", "oneOf", "allOf", "properties", "required", "items", "additionalProperties",
    "x-inferred",
})  # fmt: skip
_SAID = frozenset({"description", "title", "example", "examples", "externalDocs", "xml", "$comment", "$id", "$schema"})
# Compared whether or not the two nodes allow the same kinds of values.
_NOTES = frozenset({"default", "x-default-as-written", "deprecated", "readOnly", "writeOnly"})


def compare(old: Node, new: Node, direction: Direction, *, notes_only: bool) -> Iterator[Change]:
    """Compare what two schemas say beside the schemas inside them."""
    for word in dict.fromkeys([*old.keys(), *new.keys()]):
        if word in _ELSEWHERE or (notes_only and word not in _NOTES and not is_editorial(word)):
            continue
        one, other = old.get(word), new.get(word)
        if one is None or other is None or one.plain != other.plain:
            node = other or one or new
            yield from _changed(word, one, other, node, direction)


def is_editorial(word: str) -> bool:
    """Tell whether a keyword only says something: prose, examples, and extensions that nobody's calls depend on."""
    return word in _SAID or (word.startswith("x-") and word not in _NOTES)


def _changed(word: str, one: Node | None, other: Node | None, node: Node, direction: Direction) -> Iterator[Change]:
    if is_editorial(word):
        yield change(Impact.EDITORIAL, _said(word, one, other), node)
    elif word in _LOWER | _UPPER:
        yield change(_bounded(word, one, other, direction), _said(word, one, other), node)
    elif word in ("enum", "const"):
        yield from _choices(word, one, other, node, direction)
    elif word in ("default", "x-default-as-written"):
        yield change(_default(one, direction), _said(word, one, other), node)
    elif word == "format":
        yield change(Impact.BREAKING, _said(word, one, other), node)
    elif word == "pattern":
        looser = direction is Direction.RESPONSE or other is None
        yield change(Impact.ADDITIVE if looser else Impact.BREAKING, _said(word, one, other), node)
    elif word == "deprecated":
        yield change(Impact.ADDITIVE, _said(word, one, other), node)
    elif word in ("readOnly", "writeOnly"):
        yield change(Impact.BREAKING, _said(word, one, other), node)
    else:
        # What it restricts is not known here: a new one allows less, one that is gone more, another one less or more.
        impact = direction.narrower if one is None else direction.wider if other is None else Impact.BREAKING
        yield change(impact, _said(word, one, other), node)


def _said(word: str, one: Node | None, other: Node | None) -> str:
    if one is None and other is not None:
        return f"{word} is {told(other.plain)} now, was not given"
    if other is None and one is not None:
        return f"{word} is not given any more, was {told(one.plain)}"
    if is_editorial(word) and word not in ("example",):
        return f"{word} differs"
    return f"{word} is {told(_plain(other))} now, was {told(_plain(one))}"


def _plain(node: Node | None) -> Plain:
    return node.plain if node is not None else None


def _bounded(word: str, one: Node | None, other: Node | None, direction: Direction) -> Impact:
    before, now = _plain(one), _plain(other)
    if any(isinstance(value, bool) or not isinstance(value, int | float | None) for value in (before, now)):
        return Impact.BREAKING  # OpenAPI 3.0 says true or false here, which depends on another keyword
    if one is None:
        return direction.narrower
    if other is None:
        return direction.wider
    assert isinstance(before, int | float)
    assert isinstance(now, int | float)
    is_narrower = now > before if word in _LOWER else now < before
    return direction.narrower if is_narrower else direction.wider


def _default(one: Node | None, direction: Direction) -> Impact:
    """Class a change of a default: what a request that leaves the value out means is another thing now."""
    if one is None or direction is Direction.RESPONSE:
        return Impact.ADDITIVE
    return Impact.BREAKING


def _choices(word: str, one: Node | None, other: Node | None, node: Node, direction: Direction) -> Iterator[Change]:
    if word == "const":
        impact = direction.narrower if one is None else direction.wider if other is None else Impact.BREAKING
        yield change(impact, _said(word, one, other), node)
        return
    if one is None or other is None:
        return  # the kinds of the two schemas tell that apart
    before, now = one.elements(), other.elements()
    values, others = [item.plain for item in before], [item.plain for item in now]
    for item in before:
        if item.plain not in others:
            # Choices are open in responses: callers take others than those listed.
            yield change(direction.narrower, f"{told(item.plain)} is no choice any more", item)
    for item in now:
        if item.plain not in values:
            yield change(Impact.ADDITIVE, f"{told(item.plain)} is a new choice", item)

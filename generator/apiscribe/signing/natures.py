"""Natures: what the value of an expression may hold, so that only what a header can carry is emitted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from apiscribe.signing.recipe import Atom, Expression, Recipe, Selection, Step, Template, Transform
from apiscribe.signing.words import DECODERS, DIGESTS, FIELD_ENCODERS, AtomKind


class Nature(IntEnum):
    """What a value may hold, from a header's value over any text to any bytes."""

    FIELD = 1
    TEXT = 2
    BYTES = 3


_BYTES = frozenset({AtomKind.BODY, AtomKind.QUERY_PARAMETER, AtomKind.FORM_PARAMETER})


def natures(recipe: Recipe) -> dict[str, Nature]:
    """Tell what the value of each step may hold."""
    found: dict[str, Nature] = {}
    for step in recipe.steps:
        found[step.name] = _step_nature(found, step)
    return found


def nature(steps: Mapping[str, Nature], expression: Expression, item: Nature = Nature.FIELD) -> Nature:
    """Tell what the value of an expression may hold; `item` is what the names and values of a selection may."""
    found = _atom_nature(steps, expression.atom, item)
    for transform in expression.transforms:
        found = _changed(found, transform)
    return found


def template_nature(steps: Mapping[str, Nature], template: Template, item: Nature = Nature.FIELD) -> Nature:
    """Tell what the value of a template may hold."""
    return max((nature(steps, piece, item) for piece in template.pieces), default=Nature.FIELD)


def text_nature(text: str) -> Nature:
    """Tell what a fixed text holds."""
    return Nature.FIELD if text.isascii() and text.isprintable() else Nature.TEXT


def _step_nature(steps: Mapping[str, Nature], step: Step) -> Nature:
    own = text_nature(step.separator)
    if step.selection is not None:
        return max(own, _selection_nature(steps, step.selection))
    return max((own, *(template_nature(steps, part) for part in step.parts)))


def _selection_nature(steps: Mapping[str, Nature], selection: Selection) -> Nature:
    item = Nature.FIELD if selection.sources == ("headers",) or not selection.sources else Nature.BYTES
    item = max((item, *(template_nature(steps, template) for _, template in selection.own)))
    mapped = max(template_nature(steps, template, item) for template in (selection.key, selection.value))
    return max(text_nature(selection.group or ""), template_nature(steps, selection.each, mapped))


def _atom_nature(steps: Mapping[str, Nature], atom: Atom, item: Nature) -> Nature:
    if atom.kind is AtomKind.LITERAL:
        return text_nature(atom.name)
    if atom.kind in _BYTES:
        return Nature.BYTES
    if atom.kind in (AtomKind.NAME, AtomKind.VALUE):
        return item
    return steps[atom.name] if atom.kind is AtomKind.STEP else Nature.FIELD


def _changed(found: Nature, transform: Transform) -> Nature:
    if transform.name in DIGESTS or transform.name in DECODERS:
        return Nature.BYTES
    if transform.name in FIELD_ENCODERS or transform.name == "json-string":
        return Nature.FIELD
    if transform.name == "first":
        return found if found is Nature.FIELD else Nature.BYTES
    return max((found, *(text_nature(text) for text in transform.texts if transform.name not in ("before", "after"))))

"""Captures: from a recipe, the patterns that find time, nonce and names of credentials in what a request sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apiscribe.signing.guards import has_guard
from apiscribe.signing.recipe import Atom, Recipe, Template
from apiscribe.signing.words import RANDOMISED, AtomKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A header or query parameter, and a pattern of it; its groups hold the `known` things, in order."""

    place: str
    name: str
    pattern: str
    known: tuple[str, ...]
    required: bool


def captures_of(recipe: Recipe) -> tuple[Capture, ...]:
    """Give the captures of everything that a recipe sends."""
    places = (("header", recipe.headers), ("query", recipe.query))
    return tuple(_capture(recipe, place, item.name, item.template) for place, items in places for item in items)


def repeats(recipe: Recipe) -> bool:
    """Tell whether the same request at the same moment is always signed alike."""
    used = {transform.algorithm for piece in recipe.expressions() for transform in piece.transforms}
    return used.isdisjoint(RANDOMISED)


def _capture(recipe: Recipe, place: str, name: str, template: Template) -> Capture:
    parts = list(_parts(recipe, template))
    pattern = ""
    known: list[str] = []
    for number, (text, what) in enumerate(parts):
        if text is not None:
            pattern += re.escape(text)
            continue
        following = parts[number + 1][0] if number + 1 < len(parts) else None
        # What ends at a mark has none of it inside, so that a long value is read once.
        run = f"[^{re.escape(following[0])}]*" if following else ".*"
        pattern += f"({run})" if what and what not in known else run
        known += [what] if what and what not in known else []
    return Capture(
        place=place, name=name, pattern=pattern, known=tuple(known), required=not has_guard(recipe, template)
    )


def _parts(recipe: Recipe, template: Template) -> Iterator[tuple[str | None, str]]:
    """Give literal texts, and names of what stands between them; unknown things have no name."""
    for piece in template.pieces:
        atom = piece.atom
        step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        if piece.transforms:
            yield None, ""
        elif atom.kind is AtomKind.LITERAL:
            if atom.name:
                yield atom.name, ""
        elif step is not None and step.selection is None and not any(part.conditions for part in step.parts):
            for number, part in enumerate(step.parts):
                if number and step.separator:
                    yield step.separator, ""
                yield from _parts(recipe, part)
        else:
            yield None, _known(recipe, atom)


def _known(recipe: Recipe, atom: Atom) -> str:
    if atom.kind is AtomKind.NONCE:
        return "nonce"
    if atom.kind is AtomKind.TIMESTAMP:
        return f"timestamp.{atom.name}"
    credential = recipe.credential(atom.name) if atom.kind is AtomKind.CREDENTIAL else None
    if credential is not None and not credential.secret and not credential.optional:
        return f"credential.{atom.name}"
    return ""

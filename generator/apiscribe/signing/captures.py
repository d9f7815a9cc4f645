"""Captures: from a recipe, the patterns that find time, nonce and names of credentials in what a request sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from apiscribe.signing.guards import has_guard
from apiscribe.signing.recipe import Atom, Expression, Recipe, Step, Template
from apiscribe.signing.words import AtomKind


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


def private_keys(recipe: Recipe) -> tuple[str, ...]:
    """Name the credentials that are private keys: whoever verifies has their public halves."""
    keys = [item.key for piece in recipe.expressions() for item in piece.transforms if item.name == "sign"]
    return tuple(dict.fromkeys(key.name for key in keys if key is not None and key.kind is AtomKind.CREDENTIAL))


def _capture(recipe: Recipe, place: str, name: str, template: Template) -> Capture:
    tokens = list(_tokens(recipe, template))
    pattern = ""
    known: list[str] = []
    for number, token in enumerate(tokens):
        if not isinstance(token, _Value):
            pattern += token.value if isinstance(token, _Mark) else re.escape(token)
            continue
        following = next((text for text in tokens[number + 1 :] if not isinstance(text, _Mark)), None)
        # What ends at a mark has none of it inside, so that a long value is read once.
        run = f"[^{re.escape(following[0])}]*" if isinstance(following, str) else ".*"
        run = _QUOTED if token.known.endswith("|sf-string") else run
        pattern += f"({run})" if token.known else run
        known += [token.known] if token.known else []
    return Capture(
        place=place, name=name, pattern=pattern, known=tuple(known), required=not has_guard(recipe, template)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """What stands between literal texts; `known` says what it is and how it is written, if that is known."""

    known: str


class _Mark(Enum):
    """Where what may be left out begins and ends."""

    OPEN = "(?:"
    CLOSE = ")?"


# A string of Structured Fields, with its quotes.
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_DECODED = frozenset({"percent-encode", "sf-string"})
_ENCODINGS = frozenset({"hex", "HEX", "base64", "base64url"})


def _tokens(recipe: Recipe, template: Template) -> Iterator[str | _Value | _Mark]:
    """Give literal texts, the values between them, and where what may be left out begins and ends."""
    for piece in template.pieces:
        atom = piece.atom
        step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        if piece.transforms:
            yield _Value(known=_transformed(recipe, piece))
        elif atom.kind is AtomKind.LITERAL:
            if atom.name:
                yield atom.name
        elif step is not None and _is_flat(recipe, step):
            for number, part in enumerate(step.parts):
                inner = [*([step.separator] if number and step.separator else []), *_tokens(recipe, part)]
                yield from (_Mark.OPEN, *inner, _Mark.CLOSE) if has_guard(recipe, part) else inner
        else:
            yield _Value(known=_known(recipe, atom))


def _is_flat(recipe: Recipe, step: Step) -> bool:
    """Tell whether parts of a step that may be left out can be found by the separator that begins them."""
    guards = [has_guard(recipe, part) for part in step.parts]
    return bool(step.parts) and (not any(guards) or (bool(step.separator) and not guards[0]))


def _transformed(recipe: Recipe, piece: Expression) -> str:
    """Name a credential that is written in a way that can be read back, or an asymmetric signature."""
    names = [transform.name for transform in piece.transforms]
    if len(names) > 1 and names[-2] == "sign" and names[-1] in _ENCODINGS:
        return f"signature|{names[-1]}"
    known = _known(recipe, piece.atom) if len(names) == 1 and names[0] in _DECODED else ""
    is_plain = not piece.transforms[0].texts
    return f"{known}|{names[0]}" if known.startswith("credential.") and is_plain else ""


def _known(recipe: Recipe, atom: Atom) -> str:
    if atom.kind is AtomKind.NONCE:
        return "nonce"
    if atom.kind is AtomKind.TIMESTAMP:
        return f"timestamp.{atom.name}"
    credential = recipe.credential(atom.name) if atom.kind is AtomKind.CREDENTIAL else None
    if credential is not None and not credential.secret:
        return f"credential.{atom.name}"
    return ""

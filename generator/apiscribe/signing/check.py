"""Checking recipes: what a recipe's parts say about each other, as diagnostics at the part that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from apiscribe.errors import Diagnostic, Origin, shown
from apiscribe.signing.recipe import (
    DIGESTS,
    ENCODERS,
    TIMESTAMPS,
    URL_ATOMS,
    Atom,
    AtomKind,
    Emission,
    Expression,
    Recipe,
    Step,
    Template,
)

RULE = "signing.recipe"
MAX_SIZE = 1000


class Nature(IntEnum):
    """What a value may hold, from a header's value over any text to any bytes."""

    FIELD = 1
    TEXT = 2
    BYTES = 3


def check(recipe: Recipe) -> tuple[Diagnostic, ...]:
    """Find what contradicts itself in a recipe that has been read.

    References come first: what they lead to is looked at only when each leads somewhere.
    """
    return (*_references(recipe), *_order(recipe)) or (
        *_sizes(recipe),
        *_unused(recipe),
        *_keys(recipe),
        *_emitted(recipe),
        *_freshness(recipe),
    )


def natures(recipe: Recipe) -> dict[str, Nature]:
    """Tell what the value of each step may hold."""
    found: dict[str, Nature] = {}
    for step in recipe.steps:
        pieces = (nature(found, piece) for part in step.parts for piece in part.pieces)
        found[step.name] = max((_text_nature(step.separator), *pieces))
    return found


def nature(steps: Mapping[str, Nature], expression: Expression) -> Nature:
    """Tell what the value of an expression may hold."""
    found = _atom_nature(steps, expression.atom)
    for transform in expression.transforms:
        if transform.name in DIGESTS:
            found = Nature.BYTES
        elif transform.name in ENCODERS:
            found = Nature.FIELD
    return found


def needed_credentials(recipe: Recipe, template: Template) -> tuple[str, ...]:
    """Name the optional credentials without which a template is left out, in order."""
    names = (atom.name for atom in template.atoms() if atom.kind is AtomKind.CREDENTIAL)
    optional = {item.name for item in recipe.credentials if item.optional}
    return tuple(dict.fromkeys(name for name in names if name in optional))


def used_atoms(recipe: Recipe) -> Iterator[Atom]:
    """Give every atom of the steps, then of what is emitted."""
    for step in recipe.steps:
        yield from step.atoms()
    for emission in recipe.emissions:
        yield from emission.template.atoms()


def _atom_nature(steps: Mapping[str, Nature], atom: Atom) -> Nature:
    if atom.kind is AtomKind.LITERAL:
        return _text_nature(atom.name)
    if atom.kind is AtomKind.BODY:
        return Nature.BYTES
    return steps[atom.name] if atom.kind is AtomKind.STEP else Nature.FIELD


def _text_nature(text: str) -> Nature:
    return Nature.FIELD if text.isascii() and text.isprintable() else Nature.TEXT


def _say(message: str, origin: Origin) -> Diagnostic:
    return Diagnostic(rule=RULE, message=message, origin=origin)


def _places(recipe: Recipe) -> Iterator[Step | Emission]:
    yield from recipe.steps
    yield from recipe.emissions


def _atoms_of(place: Step | Emission) -> Iterator[Atom]:
    return place.atoms() if isinstance(place, Step) else place.template.atoms()


def _references(recipe: Recipe) -> Iterator[Diagnostic]:
    sent = {emission.name.lower() for emission in recipe.headers}
    for place in _places(recipe):
        for atom in dict.fromkeys(_atoms_of(place)):
            name = shown(atom.name, 40)
            if atom.kind is AtomKind.CREDENTIAL and recipe.credential(atom.name) is None:
                yield _say(f"unknown credential {name!r}", place.origin)
            elif atom.kind is AtomKind.STEP and recipe.step(atom.name) is None:
                yield _say(f"unknown atom or step {name!r}", place.origin)
            elif atom.kind is AtomKind.HEADER and atom.name in sent:
                yield _say(f"header {name!r} is emitted by this recipe itself; use its value instead", place.origin)


def _order(recipe: Recipe) -> Iterator[Diagnostic]:
    uses = {step.name: _steps_used(step) for step in recipe.steps}
    defined: set[str] = set()
    for step in recipe.steps:
        for name in uses[step.name]:
            if name in defined or name not in uses:
                continue
            if name == step.name or step.name in _reached(uses, name):
                yield _say(f"steps {shown(step.name, 40)!r} and {shown(name, 40)!r} form a cycle", step.origin)
            else:
                yield _say(f"step {shown(name, 40)!r} is used before it is defined", step.origin)
        defined.add(step.name)


def _steps_used(place: Step | Emission) -> tuple[str, ...]:
    return tuple(dict.fromkeys(atom.name for atom in _atoms_of(place) if atom.kind is AtomKind.STEP))


def _reached(uses: dict[str, tuple[str, ...]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(uses.get(name, ()))
    return found


def _sizes(recipe: Recipe) -> Iterator[Diagnostic]:
    # Steps that repeat steps double with every step: a few lines would sign gigabytes.
    sizes: dict[str, int] = {}
    for step in recipe.steps:
        atoms = tuple(step.atoms())
        sizes[step.name] = sum(sizes[atom.name] if atom.kind is AtomKind.STEP else 1 for atom in atoms)
        if sizes[step.name] > MAX_SIZE:
            yield _say(
                f"step {shown(step.name, 40)!r} repeats other steps into more than {MAX_SIZE} pieces", step.origin
            )
            return


def _unused(recipe: Recipe) -> Iterator[Diagnostic]:
    uses = {step.name: _steps_used(step) for step in recipe.steps}
    needed: set[str] = set()
    for emission in recipe.emissions:
        for name in _steps_used(emission):
            needed |= _reached(uses, name)
    for step in recipe.steps:
        if step.name not in needed:
            yield _say(f"step {shown(step.name, 40)!r} is never used", step.origin)
    used = {atom.name for atom in used_atoms(recipe) if atom.kind is AtomKind.CREDENTIAL}
    for credential in recipe.credentials:
        if credential.name not in used:
            yield _say(f"credential {shown(credential.name, 40)!r} is never used", credential.origin or recipe.origin)


def _keys(recipe: Recipe) -> Iterator[Diagnostic]:
    optional = {item.name for item in recipe.credentials if item.optional}
    for place in _places(recipe):
        templates = place.parts if isinstance(place, Step) else (place.template,)
        pieces = (piece for template in templates for piece in template.pieces)
        keys = (transform.key for piece in pieces for transform in piece.transforms)
        for key in keys:
            if key is not None and key.kind is AtomKind.CREDENTIAL and key.name in optional:
                yield _say(f"credential {shown(key.name, 40)!r} is a key, so it cannot be optional", place.origin)


def _emitted(recipe: Recipe) -> Iterator[Diagnostic]:
    steps = natures(recipe)
    for emission in recipe.emissions:
        found = max((nature(steps, piece) for piece in emission.template.pieces), default=Nature.FIELD)
        name = shown(emission.name, 40)
        if found is Nature.BYTES:
            yield _say(f"the value of {name!r} is raw bytes; encode it with base64 or hex", emission.origin)
        elif found is Nature.TEXT:
            yield _say(f"the value of {name!r} holds characters that are not printable ASCII", emission.origin)
    if recipe.query and any(atom.kind in URL_ATOMS for atom in used_atoms(recipe)):
        what = "emitting query parameters and signing the address as well is not supported"
        yield _say(what, recipe.query[0].origin)


def _freshness(recipe: Recipe) -> Iterator[Diagnostic]:
    sent = _plain_atoms(recipe)
    finest = max((TIMESTAMPS[atom.name] for atom in sent if atom.kind is AtomKind.TIMESTAMP), default=None)
    for step in recipe.steps:
        for atom in dict.fromkeys(step.atoms()):
            if atom.kind is AtomKind.NONCE and atom not in sent:
                yield _say("the nonce is signed but not sent, so that nobody can verify the signature", step.origin)
            if atom.kind is not AtomKind.TIMESTAMP:
                continue
            if finest is None:
                yield _say("the timestamp is signed but not sent, so that nobody can verify the signature", step.origin)
            elif TIMESTAMPS[atom.name] > finest:
                yield _say(f"timestamp({atom.name}) is signed, but only a coarser timestamp is sent", step.origin)


def _plain_atoms(recipe: Recipe) -> set[Atom]:
    """Give the atoms that arrive as they are, directly or within a step that is sent as it is."""
    found: set[Atom] = set()
    waiting = [emission.template for emission in recipe.emissions]
    while waiting:
        for piece in waiting.pop().pieces:
            if piece.transforms or piece.atom in found:
                continue
            found.add(piece.atom)
            step = recipe.step(piece.atom.name) if piece.atom.kind is AtomKind.STEP else None
            waiting.extend(step.parts if step else ())
    return found

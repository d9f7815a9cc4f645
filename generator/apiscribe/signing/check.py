"""Checking recipes: what a recipe's parts say about each other, as diagnostics at the part that is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.errors import Diagnostic, Origin, shown
from apiscribe.signing.dependencies import identity, made_of, reached, signed_headers, signed_query, steps_used
from apiscribe.signing.natures import Nature, natures, template_nature
from apiscribe.signing.reading import RULE
from apiscribe.signing.recipe import Atom, Recipe, Step, Template
from apiscribe.signing.words import QUERY_ATOMS, REVERSIBLE, AtomKind, Resolution, resolution

MAX_SIZE = 1000


def check(recipe: Recipe) -> tuple[Diagnostic, ...]:
    """Find what contradicts itself in a recipe that has been read.

    References come first: what they lead to is looked at only when each leads somewhere.
    """
    return (
        (*_references(recipe), *_order(recipe))
        or (*_own_parts(recipe),)
        or (
            *_sizes(recipe),
            *_unused(recipe),
            *_keys(recipe),
            *_emitted(recipe),
            *_freshness(recipe),
        )
    )


def needed_credentials(recipe: Recipe, template: Template) -> tuple[str, ...]:
    """Name the optional credentials without which a template is left out, in order."""
    names = (atom.name for atom in template.atoms() if atom.kind is AtomKind.CREDENTIAL)
    optional = {item.name for item in recipe.credentials if item.optional}
    return tuple(dict.fromkeys(name for name in names if name in optional))


def used_atoms(recipe: Recipe) -> Iterator[Atom]:
    """Give every atom of the steps, then of what is emitted."""
    for place in recipe.places:
        yield from place.atoms()


def _say(message: str, origin: Origin) -> Diagnostic:
    return Diagnostic(rule=RULE, message=message, origin=origin)


def _references(recipe: Recipe) -> Iterator[Diagnostic]:
    sent = {emission.name.lower() for emission in recipe.headers}
    for place in recipe.places:
        for atom in dict.fromkeys(place.atoms()):
            name = shown(atom.name, 40)
            if atom.kind is AtomKind.CREDENTIAL and recipe.credential(atom.name) is None:
                yield _say(f"unknown credential {name!r}", place.origin)
            elif atom.kind is AtomKind.OPTION and recipe.option(atom.name) is None:
                yield _say(f"unknown option {name!r}", place.origin)
            elif atom.kind is AtomKind.STEP and recipe.step(atom.name) is None:
                yield _say(f"unknown atom or step {name!r}", place.origin)
            elif atom.kind is AtomKind.HEADER and atom.name in sent:
                yield _say(f"header {name!r} is emitted by this recipe itself; use its value instead", place.origin)


def _order(recipe: Recipe) -> Iterator[Diagnostic]:
    uses = {step.name: steps_used(step) for step in recipe.steps}
    defined: set[str] = set()
    for step in recipe.steps:
        for name in uses[step.name]:
            if name in defined or name not in uses:
                continue
            if name == step.name or step.name in reached(uses, name):
                yield _say(f"steps {shown(step.name, 40)!r} and {shown(name, 40)!r} form a cycle", step.origin)
            else:
                yield _say(f"step {shown(name, 40)!r} is used before it is defined", step.origin)
        defined.add(step.name)


def _own_parts(recipe: Recipe) -> Iterator[Diagnostic]:
    """Find signed headers and parameters of the recipe's own that are made of what signs them, or made too late."""
    defined: set[str] = set()
    for step in recipe.steps:
        own = (*signed_headers(recipe, step), *signed_query(recipe, step))
        for item in own:
            for name in sorted(made_of(recipe)[identity(recipe, item)] - defined):
                what = f"step {shown(step.name, 40)!r} signs {shown(item.name, 40)!r}, which is made of step"
                yield _say(f"{what} {shown(name, 40)!r}: that one has to be defined before", step.origin)
        named = step.selection.names if step.selection and "headers" in step.selection.sources else ()
        missed = {item.name.lower() for item in recipe.headers} - {item.name.lower() for item in own}
        for name in sorted(missed.intersection(named)):
            yield _say(f"step {shown(step.name, 40)!r} signs header {name!r}, which is made of the step", step.origin)
        defined.add(step.name)
    if recipe.query:
        for item in recipe.emissions:
            if any(atom.kind in QUERY_ATOMS for atom in item.atoms()):
                yield _say("a recipe that emits query parameters uses the address in steps only", item.origin)


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
    needed = {name for names in made_of(recipe).values() for name in names}
    for step in recipe.steps:
        if step.name not in needed:
            yield _say(f"step {shown(step.name, 40)!r} is never used", step.origin)
    used = {(atom.kind, atom.name) for atom in used_atoms(recipe)}
    for credential in recipe.credentials:
        if (AtomKind.CREDENTIAL, credential.name) not in used:
            yield _say(f"credential {shown(credential.name, 40)!r} is never used", credential.origin or recipe.origin)
    for option in recipe.options:
        if (AtomKind.OPTION, option.name) not in used:
            yield _say(f"option {shown(option.name, 40)!r} is never used", option.origin or recipe.origin)


def _keys(recipe: Recipe) -> Iterator[Diagnostic]:
    """Find keys that may be absent, and secret ones that are sent for everybody to see."""
    optional = {item.name for item in recipe.credentials if item.optional}
    keys: set[Atom] = set()
    for place in recipe.places:
        pieces = (piece for template in place.templates() for piece in template.pieces)
        for key in [transform.key for piece in pieces for transform in piece.transforms if transform.key is not None]:
            keys.add(key)
            if key.kind is AtomKind.CREDENTIAL and key.name in optional:
                yield _say(f"credential {shown(key.name, 40)!r} is a key, so it cannot be optional", place.origin)
    hidden = {atom for key in keys for atom in _seen(recipe, key)}
    for item in recipe.emissions:
        shown_atoms = {atom for piece in item.template.pieces if _is_clear(piece.transforms) for atom in
                       _seen(recipe, piece.atom)}  # fmt: skip
        for atom in sorted(hidden & shown_atoms, key=lambda atom: atom.name):
            credential = recipe.credential(atom.name) if atom.kind is AtomKind.CREDENTIAL else None
            if credential is not None and credential.secret:
                what = f"secret {shown(atom.name, 40)!r} is a key, and {shown(item.name, 40)!r} would send it in clear"
                yield _say(what, item.origin)


def _is_clear(transforms: tuple[object, ...]) -> bool:
    return all(getattr(transform, "name", "") in REVERSIBLE for transform in transforms)


def _seen(recipe: Recipe, start: Atom) -> set[Atom]:
    """Give the atoms that someone who sees a value can read out of it."""
    found: set[Atom] = set()
    waiting = [start]
    while waiting:
        atom = waiting.pop()
        if atom in found:
            continue
        found.add(atom)
        step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        pieces = (piece for template in step.templates() for piece in template.pieces) if step else ()
        waiting.extend(piece.atom for piece in pieces if _is_clear(piece.transforms))
    return found


def _emitted(recipe: Recipe) -> Iterator[Diagnostic]:
    steps = natures(recipe)
    for emission in recipe.emissions:
        found = template_nature(steps, emission.template)
        name = shown(emission.name, 40)
        if found is Nature.BYTES:
            yield _say(f"the value of {name!r} is raw bytes; encode it with base64 or hex", emission.origin)
        elif found is Nature.TEXT:
            yield _say(f"the value of {name!r} holds characters that are not printable ASCII", emission.origin)


def _freshness(recipe: Recipe) -> Iterator[Diagnostic]:
    sent = _plain_atoms(recipe)
    finest = max((_fineness(atom) for atom in sent if atom.kind is AtomKind.TIMESTAMP), default=None)
    nonces = {atom for atom in used_atoms(recipe) if atom.kind is AtomKind.NONCE}
    for step in recipe.steps:
        for atom in dict.fromkeys(step.atoms()):
            if atom.kind is AtomKind.NONCE and atom not in sent:
                yield _say("the nonce is signed but not sent, so that nobody can verify the signature", step.origin)
            elif atom.kind is AtomKind.NONCE and len(nonces) > 1:
                yield _say("a recipe has one nonce, in one form", step.origin)
            if atom.kind is not AtomKind.TIMESTAMP:
                continue
            if finest is None:
                yield _say("the timestamp is signed but not sent, so that nobody can verify the signature", step.origin)
            elif _fineness(atom) > finest:
                name = shown(atom.name, 40)
                yield _say(f"timestamp({name}) is signed, but only a coarser timestamp is sent", step.origin)


def _fineness(atom: Atom) -> Resolution:
    return resolution(atom.name) or Resolution.DAY


def _plain_atoms(recipe: Recipe) -> set[Atom]:
    """Give the atoms that arrive as they are, directly or within a step that is sent as it is."""
    found: set[Atom] = set()
    waiting = [emission.template for emission in recipe.emissions]
    while waiting:
        for piece in waiting.pop().pieces:
            if piece.transforms or piece.atom in found:
                continue
            found.add(piece.atom)
            step: Step | None = recipe.step(piece.atom.name) if piece.atom.kind is AtomKind.STEP else None
            waiting.extend(step.parts if step else ())
    return found

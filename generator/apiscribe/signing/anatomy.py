"""The anatomy of a recipe: where the signature is made and of what, and which values tell a secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from apiscribe.errors import Origin
from apiscribe.signing.recipe import Atom, Expression, Place, Recipe, Step, Template
from apiscribe.signing.words import AtomKind

INNER = ("inner_string", "inner_digest", "inner_signature")


class Secrecy(IntEnum):
    """What a value tells: nothing secret, a secret in plain sight among other text, or a secret in another form."""

    OPEN = 0
    HOLDS = 1
    WHOLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The expression that makes the signature, and how many of its transforms come before and with the last key."""

    expression: Expression
    keyed: int

    @property
    def encoding(self) -> tuple[str, ...]:
        """Name the transforms after the last key."""
        return tuple(transform.name for transform in self.expression.transforms[self.keyed + 1 :])

    def changed(self, algorithm: str) -> Signature:
        """Give the signature with another algorithm at its key."""
        transforms = list(self.expression.transforms)
        transforms[self.keyed] = replace(transforms[self.keyed], algorithm=algorithm)
        return replace(self, expression=replace(self.expression, transforms=tuple(transforms)))


def signature_of(recipe: Recipe) -> Signature | None:
    """Find the last keyed expression that what is sent depends on and that is no key itself."""
    keys = key_steps(recipe)
    found = None
    for place in recipe.places:
        for piece in () if isinstance(place, Step) and place.name in keys else pieces_of(place):
            keyed = [number for number, transform in enumerate(piece.transforms) if transform.key is not None]
            if keyed:
                found = Signature(expression=piece, keyed=keyed[-1])
    return found


def with_inner_steps(recipe: Recipe, signature: Signature) -> tuple[Recipe, tuple[str, ...]]:
    """Add three steps: the text under the signature, the signature as raw bytes, and as it is written; name them."""
    transforms = signature.expression.transforms
    taken = {step.name for step in recipe.steps}
    end = ""
    while taken & {f"{name}{end}" for name in INNER}:
        end += "_"
    names = tuple(f"{name}{end}" for name in INNER)
    cuts = (transforms[: signature.keyed], transforms[: signature.keyed + 1], transforms)
    added = tuple(
        _step(name, replace(signature.expression, transforms=cut), recipe.origin)
        for name, cut in zip(names, cuts, strict=True)
    )
    return replace(recipe, steps=(*recipe.steps, *added)), names


def _step(name: str, expression: Expression, origin: Origin) -> Step:
    return Step(name=name, parts=(Template(text="", pieces=(expression,)),), origin=origin)


def key_steps(recipe: Recipe) -> frozenset[str]:
    """Name the steps that are keys of later ones."""
    keys = [transform.key for piece in recipe.expressions() for transform in piece.transforms]
    return frozenset(key.name for key in keys if key is not None and key.kind is AtomKind.STEP)


def signed_steps(recipe: Recipe, signature: Signature) -> frozenset[str]:
    """Name the steps whose text is part of what is signed, however deep."""
    found: set[str] = set()
    waiting = [signature.expression.atom]
    while waiting:
        atom = waiting.pop()
        step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        if step is not None and step.name not in found:
            found.add(step.name)
            waiting += [piece.atom for piece in pieces_of(step)]
    return frozenset(found)


def pieces_of(place: Place) -> Iterator[Expression]:
    """Give every expression of a step or of what is sent."""
    for template in place.templates():
        yield from template.pieces


def secrecy(recipe: Recipe) -> tuple[dict[str, Secrecy], dict[str, Secrecy]]:
    """Tell of every step, and of everything that is sent, by name, what it tells of a secret."""
    keys = key_steps(recipe)
    steps: dict[str, Secrecy] = {}
    for step in recipe.steps:
        found = max((_told(recipe, steps, piece) for piece in pieces_of(step)), default=Secrecy.OPEN)
        if step.selection is not None and _sends_secrets(recipe):
            found = max(found, Secrecy.HOLDS)  # it may select what the recipe itself sends
        steps[step.name] = Secrecy.WHOLE if step.name in keys else found
    sent = {
        emission.name: max((_told(recipe, steps, piece) for piece in pieces_of(emission)), default=Secrecy.OPEN)
        for emission in recipe.emissions
    }
    return steps, sent


def _sends_secrets(recipe: Recipe) -> bool:
    atoms = (atom for emission in recipe.emissions for atom in emission.atoms())
    return any(_of_atom(recipe, {}, atom) is not Secrecy.OPEN for atom in atoms if atom.kind is AtomKind.CREDENTIAL)


def _told(recipe: Recipe, steps: dict[str, Secrecy], piece: Expression) -> Secrecy:
    found = _of_atom(recipe, steps, piece.atom)
    for transform in piece.transforms:
        if transform.algorithm is not None and piece.atom.kind is AtomKind.STEP:
            found = Secrecy.OPEN  # a digest over more than the secret gives nothing of it away
        elif found is not Secrecy.OPEN:
            found = Secrecy.WHOLE
    return found


def _of_atom(recipe: Recipe, steps: dict[str, Secrecy], atom: Atom) -> Secrecy:
    if atom.kind is AtomKind.STEP:
        # What is whole inside of another value is found there again as text.
        return Secrecy.HOLDS if steps[atom.name] is not Secrecy.OPEN else Secrecy.OPEN
    credential = recipe.credential(atom.name) if atom.kind is AtomKind.CREDENTIAL else None
    return Secrecy.HOLDS if credential is not None and credential.secret else Secrecy.OPEN

"""Derived keys: a chain of steps that changes with the credentials and the day only is computed once a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.code import joined as listed
from apiscribe.signing.dependencies import steps_used
from apiscribe.signing.expressions import Scope, credential_variable, forms_of, option_variable, timestamp_variable
from apiscribe.signing.recipe import Atom, Recipe, Step
from apiscribe.signing.values import Value, constant, joined
from apiscribe.signing.words import AtomKind, Resolution, resolution

# One entry for each key in use; keys of yesterday and of replaced credentials fall out.
_REMEMBERED = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Functions that derive keys, the steps inside of them, and the calls that give the steps outside."""

    source: Code
    inside: frozenset[str]
    calls: Mapping[str, Value]


def derived_keys(recipe: Recipe, function: Code) -> Derived:
    """Find the chains of at least two keyed hashes that nothing of a single request goes into."""
    slow = {step.name: step for step in recipe.steps if _is_slow(recipe, step)}
    chains = {name: _chain(slow, step) for name, step in slow.items() if _is_hash(step)}
    outside = [place for place in recipe.places if place.name not in slow or place not in recipe.steps]
    used = {name for place in outside for name in steps_used(place)}
    kept = {name: chain for name, chain in chains.items() if name in used and sum(map(_is_hash, chain)) > 1}
    sources: list[Code] = []
    calls: dict[str, Value] = {}
    for number, (name, chain) in enumerate(kept.items(), 1):
        derive = identifier(f"{function}_key_{number}" if len(kept) > 1 else f"{function}_key")
        source, call = _printed(recipe, chain, derive)
        sources.append(source)
        calls[name] = Value(code=call, is_text=False, lasts=True)
    plain = {step.name for name in used - kept.keys() if name in slow for step in _chain(slow, slow[name])}
    inside = {step.name for chain in kept.values() for step in chain} - kept.keys() - plain
    return Derived(source=listed("\n\n\n", sources), inside=frozenset(inside), calls=calls)


def _is_slow(recipe: Recipe, step: Step) -> bool:
    """Tell whether a step's value stays the same for a whole day."""
    if step.selection is not None or any(part.conditions for part in step.parts):
        return False
    for atom in step.atoms():
        other = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        credential = recipe.credential(atom.name) if atom.kind is AtomKind.CREDENTIAL else None
        is_slow = (
            atom.kind in (AtomKind.LITERAL, AtomKind.OPTION)
            or (atom.kind is AtomKind.TIMESTAMP and resolution(atom.name) is Resolution.DAY)
            or (credential is not None and not credential.optional)
            or (other is not None and _is_slow(recipe, other))
        )
        if not is_slow:
            return False
    return True


def _is_hash(step: Step) -> bool:
    pieces = [piece for part in step.parts for piece in part.pieces]
    return len(pieces) == 1 and bool(pieces[0].transforms) and pieces[0].transforms[-1].name == "hmac"


def _chain(steps: Mapping[str, Step], last: Step) -> tuple[Step, ...]:
    needed = {last.name}
    for step in reversed(tuple(steps.values())):
        if step.name in needed:
            needed.update(steps_used(step))
    return tuple(step for step in steps.values() if step.name in needed)


def _printed(recipe: Recipe, chain: tuple[Step, ...], derive: Code) -> tuple[Code, Code]:
    """Print the function that derives a key, and its call."""
    atoms = tuple(dict.fromkeys(atom for step in chain for atom in step.atoms()))
    arguments = {atom: _argument(recipe, atom) for atom in atoms if _is_argument(recipe, atom)}
    declared = [
        fill("{}: {}", value.code, fill("str" if value.is_text else "bytes")) for value, _ in arguments.values()
    ]
    lines = [
        fill("@lru_cache(maxsize={})", literal(_REMEMBERED)),
        fill("def {}({}) -> bytes:", derive, listed(", ", declared)),
    ]
    scope = Scope(recipe=recipe, steps={}, given={atom: value for atom, (value, _) in arguments.items()})
    for step in chain[:-1]:
        value = _step_value(scope, step)
        variable = identifier(f"step_{step.name}")
        lines.append(fill("    {} = {}", variable, value.code))
        known = Value(code=variable, is_text=value.is_text, is_ascii=value.is_ascii)
        scope = replace(scope, steps={**scope.steps, step.name: known})
    lines.append(fill("    return {}", _step_value(scope, chain[-1]).octets))
    return listed("\n", lines), fill("{}({})", derive, listed(", ", [given for _, given in arguments.values()]))


def _step_value(scope: Scope, step: Step) -> Value:
    values: list[Value] = []
    for number, part in enumerate(step.parts):
        values += [constant(step.separator)] if number else []
        values += scope.values(part)
    return joined(values)


def _is_argument(recipe: Recipe, atom: Atom) -> bool:
    option = recipe.option(atom.name) if atom.kind is AtomKind.OPTION else None
    return atom.kind in (AtomKind.CREDENTIAL, AtomKind.TIMESTAMP) or (option is not None and option.value is None)


def _argument(recipe: Recipe, atom: Atom) -> tuple[Value, Code]:
    """Give the value of an argument inside of the function, and what is passed for it."""
    if atom.kind is AtomKind.TIMESTAMP:
        variable = timestamp_variable(atom.name, forms_of(recipe))
        return Value(code=variable, is_ascii=True), variable
    if atom.kind is AtomKind.OPTION:
        variable = option_variable(atom.name)
        return Value(code=variable, is_ascii=True), variable
    variable = credential_variable(atom.name)
    credential = recipe.credential(atom.name)
    if credential is not None and credential.secret:
        return Value(code=variable, is_text=False), fill("{}.key", variable)
    return Value(code=variable), variable

"""What depends on what: the steps a part of a recipe uses, and which of its own headers and parameters a step signs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from apiscribe.signing.recipe import Emission, Place, Recipe, Selection, Step
from apiscribe.signing.words import QUERY_ATOMS, AtomKind


def steps_used(place: Place) -> tuple[str, ...]:
    """Name the steps that a step or an emission uses itself, in order."""
    return tuple(dict.fromkeys(atom.name for atom in place.atoms() if atom.kind is AtomKind.STEP))


def reached(uses: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Name a step and all that it is made of."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(uses.get(name, ()))
    return found


@lru_cache(maxsize=64)
def made_of(recipe: Recipe) -> Mapping[str, frozenset[str]]:
    """Name, for everything that is emitted, the steps it is made of; headers are `headers:name`, in lower case."""
    uses = {step.name: steps_used(step) for step in recipe.steps}
    return {
        identity(recipe, item): frozenset(name for used in steps_used(item) for name in reached(uses, used))
        for item in recipe.emissions
    }


def identity(recipe: Recipe, emission: Emission) -> str:
    """Give a key that tells a header from a query parameter of the same name."""
    return f"headers:{emission.name.lower()}" if emission in recipe.headers else f"query:{emission.name}"


def takes_header(selection: Selection, name: str) -> bool:
    """Tell whether a selection over headers takes one of this lower-case name."""
    return _listed(selection.names, name) and not _listed(selection.excluded, name)


def takes_parameter(selection: Selection, name: str) -> bool:
    """Tell whether a selection over parameters takes one of this name: all where it names none."""
    return (not selection.names or name in selection.names) and name not in selection.excluded


def _listed(patterns: tuple[str, ...], name: str) -> bool:
    return any(name.startswith(item[:-1]) if item.endswith("*") else name == item for item in patterns)


def takes_query(step: Step) -> bool:
    """Tell whether a step holds the query of the request."""
    selected = step.selection is not None and {"query", "form-query"} & set(step.selection.sources)
    return bool(selected) or any(atom.kind in QUERY_ATOMS for atom in step.atoms())


def signed_headers(recipe: Recipe, step: Step) -> tuple[Emission, ...]:
    """List the recipe's own headers that a step over headers takes; what is made of the step itself stays outside."""
    if step.selection is None or "headers" not in step.selection.sources:
        return ()
    chosen = (item for item in recipe.headers if takes_header(step.selection, item.name.lower()))
    return tuple(item for item in chosen if step.name not in made_of(recipe)[identity(recipe, item)])


def signed_query(recipe: Recipe, step: Step) -> tuple[Emission, ...]:
    """List the recipe's own query parameters that are in the query as a step sees it: those not made of the step."""
    if not takes_query(step):
        return ()
    return tuple(item for item in recipe.query if step.name not in made_of(recipe)[identity(recipe, item)])

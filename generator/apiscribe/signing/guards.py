"""Guards: a part of a recipe that is not always there becomes a statement under `if`."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe.code import Code, fill, literal, tuple_of
from apiscribe.code import joined as listed
from apiscribe.signing.check import needed_credentials
from apiscribe.signing.expressions import credential_variable
from apiscribe.signing.recipe import Condition, Recipe, Template


def has_guard(recipe: Recipe, template: Template) -> bool:
    """Tell whether a template may be left out."""
    return bool(template.conditions or needed_credentials(recipe, template))


def guarded(recipe: Recipe, template: Template, statement: Code) -> Iterator[Code]:
    """Give a statement that runs only when the conditions of a template hold and its optional credentials are there."""
    needed = needed_credentials(recipe, template)
    conditions = [_condition(item) for item in template.conditions]
    conditions += [fill("{} is not None", credential_variable(name)) for name in needed]
    if conditions:
        yield fill("if {}:", listed(" and ", conditions))
        yield fill("    {}", statement)
    else:
        yield statement


def _condition(condition: Condition) -> Code:
    if condition.kind == "method":
        words = "method not in {}" if condition.negated else "method in {}"
        return fill(words, tuple_of([literal(name) for name in condition.names]))
    if condition.kind == "headers":
        words = "{} not in headers" if condition.negated else "{} in headers"
        return fill(words, literal(condition.names[0]))
    name = "body" if condition.kind == "body" else "url_query"
    return fill(f"not {name}" if condition.negated else name)

"""Expressions of recipes as Python expressions: atoms and joined templates of the generated function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.signing.recipe import Atom, Expression, Recipe, Template
from apiscribe.signing.transforms import transformed
from apiscribe.signing.values import Value, constant, joined
from apiscribe.signing.words import AtomKind


def credential_variable(name: str) -> Code:
    """Name the local variable of a credential."""
    return identifier(f"credential_{name}")


def option_variable(name: str) -> Code:
    """Name the local variable of an option."""
    return identifier(f"option_{name}")


def timestamp_variable(form: str, forms: Iterable[str]) -> Code:
    """Name the local variable of a timestamp; patterns are counted, since they are no names."""
    if "%" in form:
        patterns = sorted(other for other in set(forms) if "%" in other)
        return identifier(f"timestamp_{patterns.index(form) + 1}")
    return identifier("timestamp_" + form.replace("-", "_"))


_ASCII_VARIABLES = {
    AtomKind.METHOD: fill("method"),
    AtomKind.URL: fill("url"),
    AtomKind.SCHEME: fill("url_scheme"),
    AtomKind.HOST: fill("url_host"),
    AtomKind.PATH: fill("url_path"),
    AtomKind.QUERY: fill("url_query"),
    AtomKind.TARGET: fill("url_target"),
    AtomKind.AUTHORITY: fill("url_authority"),
    AtomKind.HOSTNAME: fill("url_hostname"),
    AtomKind.PORT: fill("url_port"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is known where an expression stands: the values of earlier steps, of given atoms, of the address as sent."""

    recipe: Recipe
    steps: Mapping[str, Value]
    given: Mapping[Atom, Value] = field(default_factory=dict)
    address: Mapping[AtomKind, Code] = field(default_factory=dict)

    def expression(self, expression: Expression) -> Value:
        """Give the value of an expression."""
        value = self._atom(expression.atom)
        for transform in expression.transforms:
            value = transformed(value, transform, self._atom(transform.key) if transform.key else None)
        return value

    def values(self, template: Template) -> list[Value]:
        """Give the values of a template's pieces."""
        return [self.expression(piece) for piece in template.pieces]

    def template(self, template: Template) -> Value:
        """Give the value of a template."""
        return joined(self.values(template))

    def _atom(self, atom: Atom) -> Value:
        kind = atom.kind
        if atom in self.given:
            return self.given[atom]
        if kind in _ASCII_VARIABLES:
            return Value(code=self.address.get(kind, _ASCII_VARIABLES[kind]), is_ascii=True)
        if kind is AtomKind.LITERAL:
            return constant(atom.name)
        if kind is AtomKind.STEP:
            return self.steps[atom.name]
        if kind is AtomKind.BODY:
            return Value(code=fill("body"), is_text=False, may_be_empty=True)
        if kind is AtomKind.HEADER:
            return Value(code=fill('headers.get({}, "")', literal(atom.name)))
        if kind is AtomKind.TIMESTAMP:
            return Value(code=timestamp_variable(atom.name, forms_of(self.recipe)), is_ascii=True)
        if kind is AtomKind.NONCE:
            return Value(code=fill("nonce"))
        return self._looked_up(atom)

    def _looked_up(self, atom: Atom) -> Value:
        """Give the value of an atom that is found by its name: a parameter, an option or a credential."""
        if atom.kind in (AtomKind.QUERY_PARAMETER, AtomKind.FORM_PARAMETER):
            query = self.address.get(AtomKind.QUERY, _ASCII_VARIABLES[AtomKind.QUERY])
            is_query = atom.kind is AtomKind.QUERY_PARAMETER
            pairs = fill("query_pairs({})", query) if is_query else fill("body_pairs(headers, body)")
            return Value(code=fill("parameter({}, {})", pairs, literal(atom.name)), is_text=False)
        if atom.kind is AtomKind.OPTION:
            option = self.recipe.option(atom.name)
            fixed = option.value if option is not None else None
            return constant(fixed) if fixed is not None else Value(code=option_variable(atom.name), is_ascii=True)
        variable = credential_variable(atom.name)
        credential = self.recipe.credential(atom.name)
        if credential is not None and credential.secret:
            return Value(code=fill("{}.reveal()", variable), encoded=fill("{}.key", variable), lasts=True)
        return Value(code=variable, lasts=True)


def forms_of(recipe: Recipe) -> tuple[str, ...]:
    """Name the forms of timestamps that a recipe uses, in order."""
    atoms = (atom for place in recipe.places for atom in place.atoms())
    return tuple(dict.fromkeys(atom.name for atom in atoms if atom.kind is AtomKind.TIMESTAMP))

"""The recipe: what a request's signature is made of, as frozen values from the reader to the compiler and the stubs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from apiscribe.errors import Origin
from apiscribe.signing.words import AtomKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One source of bytes; `name` is a literal's text, a header or parameter, a form, a credential, option or step."""

    kind: AtomKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """One change of a value: its algorithm and key, or the texts it takes."""

    name: str
    algorithm: str | None = None
    key: Atom | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An atom and the transforms it goes through, from left to right."""

    atom: Atom
    transforms: tuple[Transform, ...] = ()

    def atoms(self) -> Iterator[Atom]:
        """Give every atom that takes part, keys included."""
        yield self.atom
        yield from (transform.key for transform in self.transforms if transform.key is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When something is there: the request has a body, a query, a header, a method, or a header reads as a text."""

    text: str
    kind: str
    names: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template as written, its pieces in order (literal text is an expression too), and when it counts."""

    text: str
    pieces: tuple[Expression, ...]
    conditions: tuple[Condition, ...] = ()

    def atoms(self) -> Iterator[Atom]:
        """Give every atom of every piece."""
        for piece in self.pieces:
            yield from piece.atoms()


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialField:
    """One value the user of a client holds; a secret one is never shown, an optional one may be absent."""

    name: str
    secret: bool = False
    optional: bool = False
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionField:
    """One choice of a client: a fixed `value` is part of the code, a `default` stands where the client says nothing."""

    name: str
    value: str | None = None
    default: str | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Pairs of names and values out of a request, mapped, sorted, grouped and written one after the other.

    `sources` are headers, query, form-query (a plus is a blank), form (the body) and pairs of the recipe's own.
    """

    sources: tuple[str, ...]
    own: tuple[tuple[str, Template], ...] = ()
    names: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    key: Template
    value: Template
    each: Template
    sort: str = "pair"
    group: str | None = None
    skip_empty: bool = False

    def templates(self) -> Iterator[Template]:
        """Give every template of the selection."""
        yield from (template for _, template in self.own)
        yield from (self.key, self.value, self.each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A named value: its parts, or what its selection gives, joined by the separator.

    A part whose condition does not hold, or whose optional credential is absent, is left out.
    """

    name: str
    parts: tuple[Template, ...] = ()
    selection: Selection | None = None
    separator: str = ""
    origin: Origin = field(compare=False, repr=False)

    def templates(self) -> Iterator[Template]:
        """Give every template of the step."""
        yield from self.parts
        if self.selection is not None:
            yield from self.selection.templates()

    def atoms(self) -> Iterator[Atom]:
        """Give every atom of every part."""
        for template in self.templates():
            yield from template.atoms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emission:
    """A header or a query parameter that the signature adds to a request."""

    name: str
    template: Template
    origin: Origin = field(compare=False, repr=False)

    def templates(self) -> Iterator[Template]:
        """Give the template, as the steps give theirs."""
        yield self.template

    def atoms(self) -> Iterator[Atom]:
        """Give every atom of the template."""
        return self.template.atoms()


Place = Step | Emission


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a client treats further attempts and redirects."""

    attempts: str = "resign"
    redirects: str = "same-origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A golden request: what goes in, and the text that named steps must give."""

    method: str
    url: str
    timestamp: int
    credentials: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    body: str = ""
    nonce: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A checked signing recipe."""

    name: str
    language: int
    title: str = ""
    source: str = ""
    credentials: tuple[CredentialField, ...]
    options: tuple[OptionField, ...] = ()
    steps: tuple[Step, ...] = ()
    headers: tuple[Emission, ...] = ()
    query: tuple[Emission, ...] = ()
    policy: Policy = Policy()
    vectors: tuple[Vector, ...] = ()
    origin: Origin = field(compare=False, repr=False)

    @property
    def emissions(self) -> tuple[Emission, ...]:
        """Everything that is sent, headers first."""
        return (*self.headers, *self.query)

    @property
    def places(self) -> tuple[Place, ...]:
        """The steps, then everything that is sent."""
        return (*self.steps, *self.headers, *self.query)

    def expressions(self) -> Iterator[Expression]:
        """Give every expression of every template."""
        for place in self.places:
            for template in place.templates():
                yield from template.pieces

    @property
    def signs(self) -> bool:
        """Tell whether a hash or a key goes over anything; without either, credentials are only sent along."""
        return any(transform.algorithm is not None for piece in self.expressions() for transform in piece.transforms)

    @property
    def chosen_options(self) -> tuple[OptionField, ...]:
        """The options that the user of a client chooses; the others are fixed."""
        return tuple(item for item in self.options if item.value is None)

    def credential(self, name: str) -> CredentialField | None:
        """Find a credential by name."""
        return next((item for item in self.credentials if item.name == name), None)

    def option(self, name: str) -> OptionField | None:
        """Find an option by name."""
        return next((item for item in self.options if item.name == name), None)

    def step(self, name: str) -> Step | None:
        """Find a step by name."""
        return next((item for item in self.steps if item.name == name), None)

    def to_data(self) -> dict[str, object]:
        """Give the recipe as the data it was written in, but for title, source and vectors."""
        emit = {
            place: {item.name: _written(item.template) for item in emissions}
            for place, emissions in (("headers", self.headers), ("query", self.query))
            if emissions
        }
        options = {item.name: _present({"value": item.value, "default": item.default}) for item in self.options}
        return {
            "language": self.language,
            "name": self.name,
            "credentials": {
                item.name: _set({"secret": item.secret, "optional": item.optional}) for item in self.credentials
            },
            **({"options": options} if options else {}),
            "steps": [_step(step) for step in self.steps],
            "emit": emit,
            "policy": {"attempts": self.policy.attempts, "redirects": self.policy.redirects},
        }


def _step(step: Step) -> dict[str, object]:
    body = _selection(step.selection) if step.selection else {"parts": _list(step.parts)}
    return {"name": step.name, "separator": step.separator, **body}


def _list(parts: Iterable[Template]) -> list[object]:
    return [_written(part) for part in parts]


def _written(template: Template) -> object:
    if not template.conditions:
        return template.text
    return {"when": [condition.text for condition in template.conditions], "value": template.text}


def _selection(selection: Selection) -> dict[str, object]:
    own = {name: _written(template) for name, template in selection.own}
    return {
        "over": [*selection.sources, *([own] if own else [])],
        **({"names": list(selection.names)} if selection.names else {}),
        **({"except": list(selection.excluded)} if selection.excluded else {}),
        "key": selection.key.text,
        "value": selection.value.text,
        "each": selection.each.text,
        "sort": selection.sort,
        **_present({"group": selection.group}),
        **_set({"skip-empty": selection.skip_empty}),
    }


def _present(values: Mapping[str, str | None]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _set(flags: Mapping[str, bool]) -> dict[str, object]:
    return {name: True for name, is_set in flags.items() if is_set}

"""The recipe: what a request's signature is made of, as frozen values from the reader to the compiler and the stubs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from apiscribe.errors import Origin

LANGUAGE = 1


class AtomKind(StrEnum):
    """Where the bytes of an expression come from; the values are the words of the template language."""

    LITERAL = "literal"
    METHOD = "method"
    SCHEME = "scheme"
    HOST = "host"
    PATH = "path"
    QUERY = "query"
    TARGET = "target"
    URL = "url"
    HEADER = "headers"
    BODY = "body"
    TIMESTAMP = "timestamp"
    NONCE = "nonce"
    CREDENTIAL = "credential"
    STEP = "step"


URL_ATOMS = frozenset({AtomKind.SCHEME, AtomKind.HOST, AtomKind.PATH, AtomKind.QUERY, AtomKind.TARGET, AtomKind.URL})


class Resolution(IntEnum):
    """The smallest step of time that a form of timestamp can tell."""

    DAY = 1
    SECOND = 2
    MILLISECOND = 3


TIMESTAMPS = {
    "unix-s": Resolution.SECOND,
    "unix-ms": Resolution.MILLISECOND,
    "iso8601": Resolution.SECOND,
    "iso8601-ms": Resolution.MILLISECOND,
    "iso8601-basic": Resolution.SECOND,
    "yyyymmdd": Resolution.DAY,
    "http-date": Resolution.SECOND,
}
ALGORITHMS = ("sha1", "sha256", "sha512")
TRANSFORMS = {
    "lower": (),
    "upper": (),
    "percent-encode": (),
    "sort-query": (),
    "collapse-spaces": (),
    "hash": ("algorithm",),
    "hmac": ("algorithm", "key"),
    "hex": (),
    "HEX": (),
    "base64": (),
    "base64url": (),
}
ENCODERS = frozenset({"percent-encode", "hex", "HEX", "base64", "base64url"})
DIGESTS = frozenset({"hash", "hmac"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One source of bytes; `name` is a literal's text, a header, a timestamp's form, a credential or a step."""

    kind: AtomKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """One change of a value, with the algorithm and the key of those that have them."""

    name: str
    algorithm: str | None = None
    key: Atom | None = None


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
class Template:
    """A template as written, and its pieces in order; literal text is an expression too."""

    text: str
    pieces: tuple[Expression, ...]

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
class Step:
    """A named value: its parts joined by the separator; a part whose optional credential is absent is left out."""

    name: str
    parts: tuple[Template, ...]
    separator: str = ""
    origin: Origin = field(compare=False, repr=False)

    def atoms(self) -> Iterator[Atom]:
        """Give every atom of every part."""
        for part in self.parts:
            yield from part.atoms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emission:
    """A header or a query parameter that the signature adds to a request."""

    name: str
    template: Template
    origin: Origin = field(compare=False, repr=False)


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
    body: str = ""
    nonce: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A checked signing recipe."""

    name: str
    credentials: tuple[CredentialField, ...]
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
    def signs(self) -> bool:
        """Tell whether a hash or a key goes over anything; without either, credentials are only sent along."""
        written = (*(part for step in self.steps for part in step.parts), *(item.template for item in self.emissions))
        pieces = (piece for template in written for piece in template.pieces)
        return any(transform.algorithm is not None for piece in pieces for transform in piece.transforms)

    def credential(self, name: str) -> CredentialField | None:
        """Find a credential by name."""
        return next((item for item in self.credentials if item.name == name), None)

    def step(self, name: str) -> Step | None:
        """Find a step by name."""
        return next((item for item in self.steps if item.name == name), None)

    def to_data(self) -> dict[str, object]:
        """Give the recipe without its vectors as the plain data it is written in; reading that gives it again."""
        emit: dict[str, object] = {}
        for place, emissions in (("headers", self.headers), ("query", self.query)):
            if emissions:
                emit[place] = {item.name: item.template.text for item in emissions}
        return {
            "language": LANGUAGE,
            "name": self.name,
            "credentials": {item.name: _flags(item) for item in self.credentials},
            "steps": [
                {"name": step.name, "separator": step.separator, "parts": [part.text for part in step.parts]}
                for step in self.steps
            ],
            "emit": emit,
            "policy": {"attempts": self.policy.attempts, "redirects": self.policy.redirects},
        }


def _flags(credential: CredentialField) -> dict[str, bool]:
    flags = {"secret": credential.secret, "optional": credential.optional}
    return {name: True for name, is_set in flags.items() if is_set}

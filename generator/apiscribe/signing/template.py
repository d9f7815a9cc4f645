"""The template language of recipes: text such as `{message | hmac(sha256, credential.key) | hex}` to expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apiscribe.errors import shown
from apiscribe.naming import is_identifier
from apiscribe.signing.recipe import ALGORITHMS, TIMESTAMPS, TRANSFORMS, Atom, AtomKind, Expression, Template, Transform

MAX_TEMPLATE = 10_000
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
RESERVED = frozenset(AtomKind)
"""Words that are atoms, so that no step can take them."""
_BARE = frozenset(
    {
        AtomKind.METHOD, AtomKind.SCHEME, AtomKind.HOST, AtomKind.PATH, AtomKind.QUERY, AtomKind.TARGET, AtomKind.URL,
        AtomKind.BODY, AtomKind.NONCE,
    }
)  # fmt: skip
_TEXT = re.compile(r"(?:[^{}]|\{\{|\}\})+")
_TOKEN = re.compile(
    r"(?P<header>headers\[[^\]]*\])|(?P<quoted>'(?:[^']|'')*')"
    r"|(?P<word>[A-Za-z0-9_][A-Za-z0-9_.-]*)|(?P<mark>[|(),])|(?P<blank> +)|(?P<end>\})"
)


class TemplateError(ValueError):
    """A template that does not follow the language; the message says what is wrong and at which character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: str
    text: str
    at: int


_Tokens = tuple[_Token, ...]


def parse(text: str) -> Template:
    """Parse a template.

    >>> parse("v1={body | hash(sha256) | hex}").pieces[1].transforms[0]
    Transform(name='hash', algorithm='sha256', key=None)
    >>> parse("{{}}").pieces[0].atom.name
    '{}'

    Raises:
        TemplateError: the text does not follow the language.
    """
    if len(text) > MAX_TEMPLATE:
        msg = f"a template has at most {MAX_TEMPLATE} characters"
        raise TemplateError(msg)
    pieces: list[Expression] = []
    at = 0
    while at < len(text):
        plain = _TEXT.match(text, at)
        if plain:
            literal = plain.group().replace("{{", "{").replace("}}", "}")
            pieces.append(Expression(atom=Atom(kind=AtomKind.LITERAL, name=literal)))
            at = plain.end()
        elif text[at] == "}":
            raise _error("a single '}' is written '}}'", at)
        else:
            tokens, at = _tokens(text, at + 1)
            pieces.append(_expression(tokens, at))
    return Template(text=text, pieces=tuple(pieces))


def _error(what: str, at: int) -> TemplateError:
    return TemplateError(f"{what} (character {at + 1})")


def _tokens(text: str, at: int) -> tuple[_Tokens, int]:
    start = at
    tokens: list[_Token] = []
    while match := _TOKEN.match(text, at):
        kind = match.lastgroup or ""
        if kind == "end":
            return tuple(tokens), match.end()
        if kind != "blank":
            tokens.append(_Token(kind=kind, text=match.group(), at=at))
        at = match.end()
    if at == len(text):
        raise _error("'{' is never closed", start - 1)
    raise _error(f"unexpected {shown(text[at], 1)!r}", at)


def _expression(tokens: _Tokens, end: int) -> Expression:
    stages = _split(tokens, "|")
    if not all(stages):
        raise _error("an atom or a transform is missing", tokens[0].at if tokens else end - 1)
    return Expression(atom=_atom(stages[0]), transforms=tuple(_transform(stage) for stage in stages[1:]))


def _split(tokens: _Tokens, mark: str) -> tuple[_Tokens, ...]:
    """Split at a mark that stands outside parentheses; no tokens at all are one empty group."""
    depth = 0
    groups: list[list[_Token]] = [[]]
    for token in tokens:
        text = token.text if token.kind == "mark" else ""
        depth += (text == "(") - (text == ")")
        if text == mark and depth == 0:
            groups.append([])
        else:
            groups[-1].append(token)
    return tuple(tuple(group) for group in groups)


def _called(tokens: _Tokens) -> tuple[_Token, tuple[_Tokens, ...] | None]:
    """Split `head(argument, …)` into its head and its arguments; None when there are no parentheses."""
    head, *rest = tokens
    if not rest:
        return head, None
    if len(rest) < 2 or (rest[0].text, rest[-1].text) != ("(", ")") or {rest[0].kind, rest[-1].kind} != {"mark"}:
        raise _error(f"unexpected {shown(rest[0].text, 20)!r} after {shown(head.text, 40)!r}", rest[0].at)
    return head, _split(tuple(rest[1:-1]), ",") if len(rest) > 2 else ()


def _atom(tokens: _Tokens) -> Atom:
    head, arguments = _called(tokens)
    kind, _, rest = head.text.partition(".")
    if head.kind == "word" and kind == AtomKind.TIMESTAMP and not rest:
        form = _one_of(TIMESTAMPS, arguments[0] if arguments and len(arguments) == 1 else (), head, "form")
        return Atom(kind=AtomKind.TIMESTAMP, name=form)
    if arguments is not None:
        raise _error(f"{shown(head.text, 40)!r} takes no arguments, or is not an atom", head.at)
    if head.kind == "header":
        return _header(head)
    if head.kind == "quoted":
        return Atom(kind=AtomKind.LITERAL, name=head.text[1:-1].replace("''", "'"))
    if kind in _BARE and not rest:
        return Atom(kind=AtomKind(kind))
    if kind == AtomKind.CREDENTIAL and is_identifier(rest):
        return Atom(kind=AtomKind.CREDENTIAL, name=rest)
    if head.kind == "word" and is_identifier(head.text) and head.text not in RESERVED:
        return Atom(kind=AtomKind.STEP, name=head.text)
    raise _error(f"unknown atom {shown(head.text, 40)!r}", head.at)


def _header(token: _Token) -> Atom:
    name = token.text[len("headers[") : -1]
    if not HEADER_NAME.match(name):
        raise _error(f"not a header name: {shown(name, 40)!r}", token.at)
    return Atom(kind=AtomKind.HEADER, name=name.lower())


def _transform(tokens: _Tokens) -> Transform:
    head, arguments = _called(tokens)
    wanted = TRANSFORMS.get(head.text) if head.kind == "word" else None
    if wanted is None:
        raise _error(f"unknown transform {shown(head.text, 40)!r}", head.at)
    given = list(arguments or ())
    if len(given) != len(wanted) or (arguments is not None and not wanted):
        takes = f"takes ({', '.join(wanted)})" if wanted else "takes no arguments"
        raise _error(f"{head.text!r} {takes}", head.at)
    if not wanted:
        return Transform(name=head.text)
    algorithm = _one_of(ALGORITHMS, given[0], head, "algorithm")
    if len(wanted) == 1:
        return Transform(name=head.text, algorithm=algorithm)
    if not given[1]:
        raise _error(f"{head.text!r} takes ({', '.join(wanted)})", head.at)
    return Transform(name=head.text, algorithm=algorithm, key=_atom(given[1]))


def _one_of(known: Iterable[str], argument: _Tokens, head: _Token, what: str) -> str:
    word = argument[0] if len(argument) == 1 else None
    if word is None or word.text not in known:
        given = f" {shown(word.text, 40)!r}" if word else ""
        raise _error(f"{head.text!r}: unknown {what}{given}; known are {', '.join(known)}", (word or head).at)
    return word.text

"""The template language of recipes: text such as `{message | hmac(sha256, credential.key) | hex}` to expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apiscribe.errors import shown
from apiscribe.naming import is_identifier
from apiscribe.signing.recipe import Atom, Condition, Expression, Template, Transform
from apiscribe.signing.words import (
    ALGORITHMS,
    BARE,
    LATEST,
    MEMBERS,
    NONCES,
    RESERVED,
    SAFE_SETS,
    SIGNATURES,
    TIMESTAMPS,
    TRANSFORMS,
    AtomKind,
    resolution,
)

MAX_TEMPLATE = 10_000
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_TEXT = re.compile(r"(?:[^{}]|\{\{|\}\})+")
_TOKEN = re.compile(
    r"(?P<member>(?:headers|query|form)\[[^\]]*\])|(?P<quoted>'(?:[^']|'')*')"
    r"|(?P<word>[A-Za-z0-9_][A-Za-z0-9_.-]*)|(?P<mark>[|(),])|(?P<blank> +)|(?P<end>\})"
)
_CONDITION = re.compile(
    r"(?P<negated>not )?(?:(?P<word>body|query)|headers\[(?P<header>[^\]]+)\]"
    r"|method\((?P<methods>[A-Z]+(?:, ?[A-Z]+)*)\))\Z"
)


class TemplateError(ValueError):
    """A template that does not follow the language; the message says what is wrong and at which character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: str
    text: str
    at: int


_Tokens = tuple[_Token, ...]


def parse(
    text: str, language: int = LATEST, *, is_item: bool = False, conditions: tuple[Condition, ...] = ()
) -> Template:
    """Parse a template; in one for the items of a selection `name` and `value` are atoms.

    >>> parse("v1={body | hash(sha256) | hex}").pieces[1].transforms[0]
    Transform(name='hash', algorithm='sha256', key=None, texts=())
    >>> parse("{{}}").pieces[0].atom.name
    '{}'

    Raises:
        TemplateError: the text does not follow the language.
    """
    if len(text) > MAX_TEMPLATE:
        msg = f"a template has at most {MAX_TEMPLATE} characters"
        raise TemplateError(msg)
    parser = _Parser(language, is_item=is_item)
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
            pieces.append(parser.expression(tokens, at))
    return Template(text=text, pieces=tuple(pieces), conditions=conditions)


def parse_condition(text: str) -> Condition:
    """Parse a condition: `body`, `query`, `headers[Name]`, `method(GET, HEAD)`, each with `not ` before it or without.

    >>> parse_condition("not method(GET, HEAD)").names
    ('GET', 'HEAD')

    Raises:
        TemplateError: the text is no condition.
    """
    match = _CONDITION.match(text) if len(text) <= MAX_TEMPLATE else None
    header = match["header"] if match else None
    if match is None or (header is not None and not HEADER_NAME.match(header)):
        known = "body, query, headers[Name] and method(GET, HEAD), or 'not ' and one of them"
        msg = f"unknown condition {shown(text, 40)!r}; known are {known}"
        raise TemplateError(msg)
    negated = match["negated"] is not None
    if match["word"]:
        return Condition(text=text, kind=match["word"], negated=negated)
    if header is not None:
        return Condition(text=text, kind="headers", names=(header.lower(),), negated=negated)
    methods = tuple(name.strip() for name in match["methods"].split(","))
    return Condition(text=text, kind="method", names=methods, negated=negated)


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


def _one_of(known: Iterable[str], argument: _Tokens, head: _Token, what: str) -> str:
    word = argument[0] if len(argument) == 1 else None
    if word is None or word.text not in known:
        given = f" {shown(word.text, 40)!r}" if word else ""
        raise _error(f"{head.text!r}: unknown {what}{given}; known are {', '.join(known)}", (word or head).at)
    return word.text


def _quoted(token: _Token) -> str:
    return token.text[1:-1].replace("''", "'")


class _Parser:
    """Makes expressions out of tokens, with the words of one version of the language."""

    def __init__(self, language: int, *, is_item: bool) -> None:
        self._language = language
        self._is_item = is_item

    def expression(self, tokens: _Tokens, end: int) -> Expression:
        """Make an expression of what stands between two braces."""
        stages = _split(tokens, "|")
        if not all(stages):
            raise _error("an atom or a transform is missing", tokens[0].at if tokens else end - 1)
        return Expression(atom=self._atom(stages[0]), transforms=tuple(self._transform(stage) for stage in stages[1:]))

    def _atom(self, tokens: _Tokens) -> Atom:
        head, arguments = _called(tokens)
        kind, _, rest = head.text.partition(".")
        if head.kind == "word" and kind in (AtomKind.TIMESTAMP, AtomKind.NONCE) and not rest:
            return self._fresh(head, arguments)
        if arguments is not None:
            raise _error(f"{shown(head.text, 40)!r} takes no arguments, or is not an atom", head.at)
        if head.kind == "member":
            return self._member(head)
        if head.kind == "quoted":
            return Atom(kind=AtomKind.LITERAL, name=_quoted(head))
        if kind in BARE[self._language] and not rest:
            return Atom(kind=AtomKind(kind))
        if self._is_item and head.text in (AtomKind.NAME, AtomKind.VALUE):
            return Atom(kind=AtomKind(head.text))
        if kind == AtomKind.CREDENTIAL and is_identifier(rest):
            return Atom(kind=AtomKind.CREDENTIAL, name=rest)
        if kind == AtomKind.OPTION and is_identifier(rest) and self._language > 1:
            return Atom(kind=AtomKind.OPTION, name=rest)
        if head.kind == "word" and is_identifier(head.text) and head.text not in RESERVED[self._language]:
            return Atom(kind=AtomKind.STEP, name=head.text)
        raise _error(f"unknown atom {shown(head.text, 40)!r}", head.at)

    def _fresh(self, head: _Token, arguments: tuple[_Tokens, ...] | None) -> Atom:
        """Make a timestamp or a nonce, each in one of its forms."""
        word = arguments[0][0] if arguments and len(arguments) == 1 and len(arguments[0]) == 1 else None
        if head.text == AtomKind.NONCE:
            if arguments is None:
                return Atom(kind=AtomKind.NONCE)
            if word is None or self._language == 1 or not NONCES.match(word.text):
                known = "uuid, hex-16, alphanumeric-16, digits-16, base64-16, or another length up to 64"
                raise _error(f"'nonce': unknown form; known are {known}", head.at)
            return Atom(kind=AtomKind.NONCE, name=word.text)
        if word is not None and word.kind == "quoted" and self._language > 1:
            pattern = _quoted(word)
            if pattern in TIMESTAMPS or resolution(pattern) is None:
                what = "a pattern of a date has %Y or %y, %m and %d, and all or none of %H, %M and %S"
                raise _error(f"'timestamp': {what}", word.at)
            return Atom(kind=AtomKind.TIMESTAMP, name=pattern)
        form = _one_of(TIMESTAMPS, (word,) if word else (), head, "form")
        return Atom(kind=AtomKind.TIMESTAMP, name=form)

    def _member(self, token: _Token) -> Atom:
        place, _, rest = token.text.partition("[")
        name = rest[:-1]
        kind = MEMBERS[self._language].get(place)
        if kind is None:
            raise _error(f"unknown atom {shown(token.text, 40)!r}", token.at)
        if kind is AtomKind.HEADER and not HEADER_NAME.match(name):
            raise _error(f"not a header name: {shown(name, 40)!r}", token.at)
        if not name:
            raise _error("a parameter has a name", token.at)
        return Atom(kind=kind, name=name.lower() if kind is AtomKind.HEADER else name)

    def _transform(self, tokens: _Tokens) -> Transform:
        head, arguments = _called(tokens)
        word = TRANSFORMS.get(head.text) if head.kind == "word" else None
        if word is None:
            raise _error(f"unknown transform {shown(head.text, 40)!r}", head.at)
        if word.since > self._language:
            raise _error(f"{head.text!r} is a word of version {word.since} of the language", head.at)
        given = arguments or ()
        if arguments is None and word.optional:
            return Transform(name=head.text)
        if word.optional and self._language == 1:
            raise _error(f"{head.text!r} takes no arguments", head.at)
        if len(given) != len(word.takes) or not all(given) or (arguments is not None and not word.takes):
            takes = f"takes ({', '.join(word.takes)})" if word.takes else "takes no arguments"
            raise _error(f"{head.text!r} {takes}", head.at)
        algorithm, key, texts = None, None, []
        for what, argument in zip(word.takes, given, strict=True):
            if what in ("algorithm", "signature"):
                known = ALGORITHMS[self._language] if what == "algorithm" else SIGNATURES
                algorithm = _one_of(known, argument, head, "algorithm")
            elif what == "key":
                key = self._atom(argument)
            else:
                texts.append(self._text(what, argument, head))
        return Transform(name=head.text, algorithm=algorithm, key=key, texts=tuple(texts))

    def _text(self, what: str, argument: _Tokens, head: _Token) -> str:
        token = argument[0]
        if len(argument) == 1 and token.kind == "quoted" and what != "count":
            return _quoted(token) if what != "safe" or token.text.isascii() else self._wrong(what, token, head)
        if what == "safe" and len(argument) == 1 and token.text in SAFE_SETS:
            return SAFE_SETS[token.text]
        if what == "count" and len(argument) == 1 and re.fullmatch(r"[1-9][0-9]{0,8}", token.text):
            return token.text
        return self._wrong(what, token, head)

    def _wrong(self, what: str, token: _Token, head: _Token) -> str:
        wanted = {"count": "a number", "safe": f"{', '.join(SAFE_SETS)} or ASCII characters in quotes"}
        raise _error(f"{head.text!r} takes {wanted.get(what, 'a text in quotes')}", token.at)

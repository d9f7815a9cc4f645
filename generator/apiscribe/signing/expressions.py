"""Expressions of recipes as Python expressions: atoms, transforms and joined templates of the generated function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.code import joined as listed
from apiscribe.signing.recipe import (
    TIMESTAMPS,
    URL_ATOMS,
    Atom,
    AtomKind,
    Expression,
    Recipe,
    Resolution,
    Template,
    Transform,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A Python expression that can be followed by `.name` or `(`: a `str`, or a `bytes` when it is no text.

    `encoded` is a cheaper expression for the bytes of a text, `constant` the text of one that is a literal.
    """

    code: Code
    is_text: bool = True
    is_ascii: bool = False
    encoded: Code | None = None
    constant: str | None = None

    @property
    def octets(self) -> Code:
        """The expression for the value as bytes."""
        if not self.is_text:
            return self.code
        return self.encoded or fill("{}.encode()", self.code)


def constant(text: str) -> Value:
    """Give the value of a literal."""
    return Value(code=literal(text), is_ascii=text.isascii(), constant=text)


def credential_variable(name: str) -> Code:
    """Name the local variable of a credential."""
    return identifier(f"credential_{name}")


def expression_value(recipe: Recipe, steps: Mapping[str, Value], expression: Expression) -> Value:
    """Give the value of an expression, the values of earlier steps being known."""
    value = _atom(recipe, steps, expression.atom)
    for transform in expression.transforms:
        key = _atom(recipe, steps, transform.key) if transform.key else None
        value = _transformed(value, transform, key)
    return value


def template_values(recipe: Recipe, steps: Mapping[str, Value], template: Template) -> Iterator[Value]:
    """Give the values of a template's pieces."""
    return (expression_value(recipe, steps, piece) for piece in template.pieces)


def joined(values: Iterable[Value]) -> Value:
    """Join values, neighbouring literals first."""
    merged: list[Value] = []
    for value in values:
        if value.constant == "":
            continue
        if merged and value.constant is not None and merged[-1].constant is not None:
            merged[-1] = constant(merged[-1].constant + value.constant)
        else:
            merged.append(value)
    if len(merged) < 2:
        return merged[0] if merged else constant("")
    if all(value.is_text for value in merged):
        codes = listed(", ", [value.code for value in merged])
        return Value(code=fill('"".join(({}))', codes), is_ascii=all(value.is_ascii for value in merged))
    return Value(code=fill('b"".join(({}))', listed(", ", [value.octets for value in merged])), is_text=False)


def prologue(recipe: Recipe, atoms: Iterable[Atom]) -> Iterator[Code]:
    """Give the statements that set the local variables of atoms."""
    used = dict.fromkeys(atoms)
    for credential in recipe.credentials:
        yield fill("{} = credentials.{}", credential_variable(credential.name), identifier(credential.name))
    if any(atom.kind in URL_ATOMS and atom.kind is not AtomKind.URL for atom in used):
        yield fill('url_scheme, _, url_rest = url.partition("://")')
        yield fill('url_front, _, url_query = url_rest.partition("?")')
        yield fill('url_host, _, url_path = url_front.partition("/")')
        yield fill('url_path = "/" + url_path')
    if any(atom.kind is AtomKind.TARGET for atom in used):
        yield fill("url_target = url_path + url_rest[len(url_front) :]")
    yield from _instant([atom.name for atom in used if atom.kind is AtomKind.TIMESTAMP])
    if any(atom.kind is AtomKind.NONCE for atom in used):
        yield fill("if nonce is None:")
        yield fill("    nonce = secrets.token_hex(16)")


_STRFTIME = {
    "iso8601": 'time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)',
    "iso8601-ms": '"".join((time.strftime("%Y-%m-%dT%H:%M:%S.", moment), str(milliseconds % 1000).zfill(3), "Z"))',
    "iso8601-basic": 'time.strftime("%Y%m%dT%H%M%SZ", moment)',
    "yyyymmdd": 'time.strftime("%Y%m%d", moment)',
}
_FORMS = {
    **_STRFTIME,
    "unix-ms": "str(milliseconds)",
    "unix-s": "str(seconds)",
    "http-date": "formatdate(seconds, usegmt=True)",
}


def _instant(forms: list[str]) -> Iterator[Code]:
    # All forms tell one instant, rounded once: seconds are the whole seconds of the milliseconds.
    if not forms:
        return
    is_fine = any(TIMESTAMPS[form] is Resolution.MILLISECOND for form in forms)
    if is_fine:
        yield fill("milliseconds = int(now * 1000.0 + 0.5)")
    if set(forms) != {"unix-ms"}:
        yield fill("seconds = milliseconds // 1000" if is_fine else "seconds = int(now)")
    if not _STRFTIME.keys().isdisjoint(forms):
        yield fill("moment = time.gmtime(seconds)")
    for form in forms:
        yield fill("{} = {}", _timestamp_variable(form), fill(_FORMS[form]))


def _timestamp_variable(form: str) -> Code:
    return identifier("timestamp_" + form.replace("-", "_"))


_ASCII_VARIABLES = {
    AtomKind.METHOD: fill("method"),
    AtomKind.URL: fill("url"),
    AtomKind.SCHEME: fill("url_scheme"),
    AtomKind.HOST: fill("url_host"),
    AtomKind.PATH: fill("url_path"),
    AtomKind.QUERY: fill("url_query"),
    AtomKind.TARGET: fill("url_target"),
}


def _atom(recipe: Recipe, steps: Mapping[str, Value], atom: Atom) -> Value:
    if atom.kind in _ASCII_VARIABLES:
        return Value(code=_ASCII_VARIABLES[atom.kind], is_ascii=True)
    if atom.kind is AtomKind.LITERAL:
        return constant(atom.name)
    if atom.kind is AtomKind.STEP:
        return steps[atom.name]
    if atom.kind is AtomKind.BODY:
        return Value(code=fill("body"), is_text=False)
    if atom.kind is AtomKind.HEADER:
        return Value(code=fill('headers.get({}, "")', literal(atom.name)))
    if atom.kind is AtomKind.TIMESTAMP:
        return Value(code=_timestamp_variable(atom.name), is_ascii=True)
    if atom.kind is AtomKind.NONCE:
        return Value(code=fill("nonce"))
    variable = credential_variable(atom.name)
    credential = recipe.credential(atom.name)
    if credential is not None and credential.secret:
        return Value(code=fill("{}.reveal()", variable), encoded=fill("{}.key", variable))
    return Value(code=variable)


def _transformed(value: Value, transform: Transform, key: Value | None) -> Value:
    if transform.name in ("lower", "upper"):
        return _cased(value, identifier(transform.name))
    if transform.name == "sort-query":
        return _split_and_joined(value, "&", "sorted({}.split({}), key=lambda pair: pair.partition({}))", "=")
    if transform.name == "collapse-spaces":
        return _split_and_joined(value, " ", "[word for word in {}.split({}) if word]")
    if transform.name == "hash":
        return Value(
            code=fill("hashlib.{}({}).digest()", identifier(transform.algorithm or ""), value.octets), is_text=False
        )
    if key is not None:
        digest = fill("hmac.digest({}, {}, {})", key.octets, value.octets, literal(transform.algorithm))
        return Value(code=digest, is_text=False)
    if transform.name == "percent-encode":
        return Value(code=fill('quote({}, safe="")', value.code), is_ascii=True)
    return Value(code=fill(_ENCODINGS[transform.name], value.octets), is_ascii=True)


_ENCODINGS = {
    "hex": "{}.hex()",
    "HEX": "{}.hex().upper()",
    "base64": "b2a_base64({}, newline=False).decode()",
    "base64url": "urlsafe_b64encode({}).decode()",
}


def _cased(value: Value, method: Code) -> Value:
    # Case is ASCII's only; `str` would change other letters too, so a text that may have some goes through its bytes.
    if not value.is_text or value.is_ascii:
        return Value(code=fill("{}.{}()", value.code, method), is_text=value.is_text, is_ascii=value.is_ascii)
    return Value(code=fill("{}.{}().decode()", value.octets, method))


def _split_and_joined(value: Value, mark: str, pattern: str, *marks: str) -> Value:
    prefix = "{}" if value.is_text else "b{}"
    printed = [fill(prefix, literal(text)) for text in (mark, *marks)]
    code = fill("{}.join({})", printed[0], fill(pattern, value.code, *printed))
    return Value(code=code, is_text=value.is_text, is_ascii=value.is_ascii)

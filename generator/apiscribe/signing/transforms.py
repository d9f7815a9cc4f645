"""Transforms of recipes as Python expressions: one value and what is done to it in, the changed value out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.signing.recipe import Transform
from apiscribe.signing.values import Value, constant


def transformed(value: Value, transform: Transform, key: Value | None) -> Value:
    """Give the value that a transform makes of another."""
    if key is not None:
        return _keyed(value, transform, key)
    if transform.name == "hex" and value.digest is not None:
        return Value(code=value.digest, is_ascii=True)
    if transform.name in _ENCODINGS:
        return Value(code=fill(_ENCODINGS[transform.name], value.octets), is_ascii=True)
    if transform.name in _DECODINGS:
        return Value(code=fill(_DECODINGS[transform.name], value.octets), is_text=False)
    return _MAKERS[transform.name](value, transform)


_ENCODINGS = {
    "hex": "{}.hex()",
    "HEX": "{}.hex().upper()",
    "base64": "b2a_base64({}, newline=False).decode()",
    "base64url": "urlsafe_b64encode({}).decode()",
    "length": "str(len({}))",
    "json-string": "json_string({})",
}
_DECODINGS = {
    "hex-decode": "from_hex({})",
    "base64-decode": "from_base64({})",
    "base64url-decode": "from_base64({})",
    "percent-decode": "unquote_to_bytes({})",
}


def _keyed(value: Value, transform: Transform, key: Value) -> Value:
    algorithm = transform.algorithm or ""
    if transform.name == "sign":
        code = fill("sign_message({}, {}, {})", literal(algorithm), key.octets, value.octets)
    else:
        name = literal(algorithm.replace("-", "_"))
        code = fill("hmac.digest({}, {}, {})", key.octets, value.octets, name)
        if key.lasts:
            code = fill("keyed_hash({}, {}, {})", name, key.octets, value.octets)
    return Value(code=code, is_text=False)


def _hashed(value: Value, transform: Transform) -> Value:
    algorithm = transform.algorithm or ""
    # MD5 proves nothing; where a service wants it, it is a checksum.
    pattern = "hashlib.{}({}, usedforsecurity=False)" if algorithm == "md5" else "hashlib.{}({})"
    name = algorithm.replace("-", "_")
    made = fill(pattern, identifier(name), value.octets)
    digest = fill("{}.hexdigest()", made)
    if value.may_be_empty:
        digest = fill("({} if {} else {})", digest, value.code, literal(hashlib.new(name, b"").hexdigest()))
    return Value(code=fill("{}.digest()", made), is_text=False, digest=digest)


def _cased(value: Value, transform: Transform) -> Value:
    # Case is ASCII's only; `str` would change other letters too, so a text that may have some goes through its bytes.
    method = identifier(transform.name)
    if not value.is_text or value.is_ascii:
        return _same(value, fill("{}.{}()", value.code, method))
    return _same(value, fill("{}.{}().decode()", value.octets, method))


def _sorted_query(value: Value, transform: Transform) -> Value:
    return _split_and_joined(value, "&", "sorted({}.split({}), key=lambda pair: pair.partition({}))", "=")


def _collapsed(value: Value, transform: Transform) -> Value:
    if value.is_text:
        return _same(value, fill("collapsed({})", value.code))
    return _split_and_joined(value, " ", "[word for word in {}.split({}) if word]")


def _split_and_joined(value: Value, mark: str, pattern: str, *marks: str) -> Value:
    printed = [_text_of(value, text) for text in (mark, *marks)]
    return _same(value, fill("{}.join({})", printed[0], fill(pattern, value.code, *printed)))


def _percent_encoded(value: Value, transform: Transform) -> Value:
    safe = transform.texts[0] if transform.texts else ""
    if safe == "/" and value.is_text:
        return Value(code=fill("path_encoded({})", value.code), is_ascii=True)
    if not safe and not value.is_text:
        return Value(code=fill("percent_encoded({})", value.code), is_ascii=True)
    return Value(code=fill("quote({}, safe={})", value.code, literal(safe)), is_ascii=True)


def _form_encoded(value: Value, transform: Transform) -> Value:
    return Value(code=fill("quote_plus({})", value.code), is_ascii=True)


def _trimmed(value: Value, transform: Transform) -> Value:
    return _same(value, fill("{}.strip({})", value.code, _text_of(value, " \t")))


def _trimmed_end(value: Value, transform: Transform) -> Value:
    return _same(value, fill("{}.rstrip({})", value.code, _text_of(value, transform.texts[0])))


def _normal_path(value: Value, transform: Transform) -> Value:
    if value.is_text:
        return _same(value, fill("normal_path({})", value.code))
    return _same(value, fill('normal_path({}.decode("latin-1")).encode("latin-1")', value.code))


def _ended(value: Value, transform: Transform) -> Value:
    return _with_texts(value, transform, "ending({}, {})")


def _before(value: Value, transform: Transform) -> Value:
    return _same(value, fill("{}.partition({})[0]", value.code, _text_of(value, transform.texts[0])))


def _after(value: Value, transform: Transform) -> Value:
    return _same(value, fill("{}.partition({})[2]", value.code, _text_of(value, transform.texts[0])))


def _replaced(value: Value, transform: Transform) -> Value:
    return _with_texts(value, transform, "{}.replace({}, {})")


def _or(value: Value, transform: Transform) -> Value:
    return _with_texts(value, transform, "({} or {})")


def _first(value: Value, transform: Transform) -> Value:
    count = literal(int(transform.texts[0]))
    if value.is_text and value.is_ascii:
        return _same(value, fill("{}[:{}]", value.code, count))
    return Value(code=fill("{}[:{}]", value.octets, count), is_text=False)


def _structured_string(value: Value, transform: Transform) -> Value:
    slash, quote = (_text_of(value, text) for text in ("\\", '"'))
    slashes, quotes = (_text_of(value, text) for text in ("\\\\", '\\"'))
    inner = fill("{}.replace({}, {}).replace({}, {})", value.code, slash, slashes, quote, quotes)
    return _same(value, fill("{}.join(({}, {}, {}))", _text_of(value, ""), quote, inner, quote))


def _with_texts(value: Value, transform: Transform, pattern: str) -> Value:
    texts = [_text_of(value, text) for text in transform.texts]
    is_ascii = value.is_ascii and all(text.isascii() for text in transform.texts)
    return Value(code=fill(pattern, value.code, *texts), is_text=value.is_text, is_ascii=is_ascii)


def _text_of(value: Value, text: str) -> Code:
    """Print a text as the kind that a value is."""
    return constant(text).code if value.is_text else constant(text).octets


def _same(value: Value, code: Code) -> Value:
    return Value(code=code, is_text=value.is_text, is_ascii=value.is_ascii)


_MAKERS: dict[str, Callable[[Value, Transform], Value]] = {
    "hash": _hashed,
    "lower": _cased,
    "upper": _cased,
    "sort-query": _sorted_query,
    "collapse-spaces": _collapsed,
    "percent-encode": _percent_encoded,
    "form-encode": _form_encoded,
    "trim": _trimmed,
    "trim-end": _trimmed_end,
    "normalize-path": _normal_path,
    "ends-with": _ended,
    "before": _before,
    "after": _after,
    "replace": _replaced,
    "or": _or,
    "first": _first,
    "sf-string": _structured_string,
}

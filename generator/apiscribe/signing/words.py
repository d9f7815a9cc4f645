"""The words of the recipe language: atoms, transforms, forms and algorithms, and the version that brought each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

LANGUAGES = (1, 2)
"""Every version that is read. A later one has all words of the earlier ones, with the same meaning."""
LATEST = LANGUAGES[-1]


class AtomKind(StrEnum):
    """Where the bytes of an expression come from; the values are the words of the template language."""

    LITERAL = "literal"
    METHOD = "method"
    SCHEME = "scheme"
    HOST = "host"
    PATH = "path"
    QUERY = "query"
    URL = "url"
    HEADER = "headers"
    BODY = "body"
    TIMESTAMP = "timestamp"
    NONCE = "nonce"
    CREDENTIAL = "credential"
    STEP = "step"
    TARGET = "target"
    AUTHORITY = "authority"
    HOSTNAME = "hostname"
    PORT = "port"
    OPTION = "option"
    QUERY_PARAMETER = "query[]"
    FORM_PARAMETER = "form"
    NAME = "name"
    VALUE = "value"


URL_ATOMS = frozenset({
    AtomKind.SCHEME, AtomKind.HOST, AtomKind.PATH, AtomKind.QUERY, AtomKind.URL, AtomKind.TARGET, AtomKind.AUTHORITY,
    AtomKind.HOSTNAME, AtomKind.PORT,
})  # fmt: skip
QUERY_ATOMS = frozenset({AtomKind.QUERY, AtomKind.URL, AtomKind.TARGET, AtomKind.QUERY_PARAMETER})
"""Atoms that hold the query, and with it the parameters that the recipe itself adds."""
BARE = {
    1: frozenset({
        AtomKind.METHOD, AtomKind.SCHEME, AtomKind.HOST, AtomKind.PATH, AtomKind.QUERY, AtomKind.TARGET, AtomKind.URL,
        AtomKind.BODY,
    })
}  # fmt: skip
BARE[2] = BARE[1] | {AtomKind.AUTHORITY, AtomKind.HOSTNAME, AtomKind.PORT}
MEMBERS = {1: {"headers": AtomKind.HEADER}}
MEMBERS[2] = MEMBERS[1] | {"query": AtomKind.QUERY_PARAMETER, "form": AtomKind.FORM_PARAMETER}
_RESERVED_1 = frozenset(
    {"literal", "method", "scheme", "host", "path", "query", "target", "url", "headers", "body", "timestamp", "nonce"}
    | {"credential", "step"}
)
RESERVED = {
    1: _RESERVED_1,
    2: _RESERVED_1 | {"authority", "hostname", "port", "option", "form", "name", "value"},
}
"""Words that are atoms, so that no step can take them, by version."""


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
_PATTERN = re.compile(r"(?:%[YymdHMS]|[^%\x00-\x1f\x7f-\U0010ffff])+\Z")
_CLOCK = ("%H", "%M", "%S")


def resolution(form: str) -> Resolution | None:
    """Tell how fine a form of timestamp is: a name, or a pattern such as `%Y%m%d`; None for what is neither.

    >>> resolution("%y%m%dT%H%M%SZ").name
    'SECOND'
    >>> resolution("%d/%m") is None
    True
    """
    if form in TIMESTAMPS:
        return TIMESTAMPS[form]
    is_dated = ("%Y" in form) != ("%y" in form) and "%m" in form and "%d" in form
    if not _PATTERN.match(form) or not is_dated:
        return None
    clock = [part in form for part in _CLOCK]
    return Resolution.SECOND if all(clock) else None if any(clock) else Resolution.DAY


CLIENT_ARGUMENTS = frozenset({
    "self", "credentials", "base_url", "timeout", "max_retries", "http_client", "validate", "hooks", "signer", "clock",
    "max_concurrency", "allow_http", "trust_env", "correct_clock_skew", "idempotency_header",
    "ssl_context",
})  # fmt: skip
"""What every generated client takes, so that no option of a recipe can be named so."""
NONCES = re.compile(r"uuid\Z|(?:hex|alphanumeric|digits|base64)-(?:[1-9]|[1-5][0-9]|6[0-4])\Z")
"""Forms of a nonce: a UUID, or so many characters (of base64: bytes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One transform: what its arguments are, the version that brought it, and which of them may be left out."""

    takes: tuple[str, ...] = ()
    since: int = 1
    optional: bool = False


TRANSFORMS: Mapping[str, Word] = {
    "lower": Word(),
    "upper": Word(),
    "percent-encode": Word(takes=("safe",), optional=True),
    "sort-query": Word(),
    "collapse-spaces": Word(),
    "hash": Word(takes=("algorithm",)),
    "hmac": Word(takes=("algorithm", "key")),
    "hex": Word(),
    "HEX": Word(),
    "base64": Word(),
    "base64url": Word(),
    "sign": Word(takes=("signature", "key"), since=2),
    "hex-decode": Word(since=2),
    "base64-decode": Word(since=2),
    "base64url-decode": Word(since=2),
    "percent-decode": Word(since=2),
    "form-encode": Word(since=2),
    "trim": Word(since=2),
    "trim-end": Word(takes=("text",), since=2),
    "normalize-path": Word(since=2),
    "ends-with": Word(takes=("text",), since=2),
    "before": Word(takes=("text",), since=2),
    "after": Word(takes=("text",), since=2),
    "replace": Word(takes=("text", "text"), since=2),
    "first": Word(takes=("count",), since=2),
    "or": Word(takes=("text",), since=2),
    "length": Word(since=2),
    "json-string": Word(since=2),
    "sf-string": Word(since=2),
}
ALGORITHMS = {
    1: ("sha1", "sha256", "sha512"),
    2: ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256", "sha3-512"),
}
SIGNATURES = (
    "ed25519",
    "ecdsa-p256-sha256",
    "ecdsa-p384-sha384",
    "ecdsa-p256-sha256-der",
    "rsa-pss-sha512",
    "rsa-pss-sha256",
    "rsa-v1_5-sha256",
    "rsa-v1_5-sha512",
)
"""Asymmetric signatures: ECDSA gives r and s one after the other, as RFC 9421 wants it, unless `-der` is written."""
RANDOMISED = frozenset(name for name in SIGNATURES if name.startswith(("ecdsa", "rsa-pss")))
"""Signatures that differ every time, so that verifying one needs the public key."""
FIELD_ENCODERS = frozenset({"percent-encode", "form-encode", "hex", "HEX", "base64", "base64url", "length"})
"""Transforms whose result a header can hold, whatever goes in."""
DIGESTS = frozenset({"hash", "hmac", "sign"})
DECODERS = frozenset({"hex-decode", "base64-decode", "base64url-decode", "percent-decode"})
REVERSIBLE = frozenset(TRANSFORMS) - DIGESTS - {"length", "first"}
"""Transforms that hide nothing: who sees the result knows what went in."""
SAFE_SETS = {"unreserved": "", "path": "/"}
"""Names of what percent-encoding leaves alone beside letters, digits and `-._~`."""

"""The recipe language as text: templates come in, pieces and calls go out; transforms and forms of time beside them.

It shares nothing with the client's signing code, so that neither can hide a mistake of the other.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import hmac
import json
import re
import time
import urllib.parse
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from functools import lru_cache

_PIECE = re.compile(r"\{\{|\}\}|\{((?:[^{}'\[]|'[^']*'|\[[^\]]*\])*)\}|[^{}]+")
_STAGE = re.compile(r"(?:[^|'\[]|'[^']*'|\[[^\]]*\])+")
_OPAQUE = re.compile(r"'[^']*'|\[[^\]]*\]")
_CALL = re.compile(r"\s*([\w.-]+|(?:headers|query|form)\[[^\]]+\]|'(?:[^']|'')*')\s*(?:\((.*)\))?\s*\Z", re.DOTALL)
_ARGUMENT = re.compile(r"\s*((?:'(?:[^']|'')*'|[^,'])+?)\s*(?:,|\Z)", re.DOTALL)
_NAMED = {
    "iso8601": "%Y-%m-%dT%H:%M:%SZ",
    "iso8601-basic": "%Y%m%dT%H%M%SZ",
    "yyyymmdd": "%Y%m%d",
}
_FORMS = {
    "unix-s": r"[0-9]{1,12}",
    "unix-ms": r"[0-9]{1,15}",
    "iso8601-ms": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z",
    "http-date": r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
}
_DIRECTIVES = {"%Y": "[0-9]{4}"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=1024)
def pieces(template: str) -> Sequence[tuple[str, str | None]]:
    """Split a template into literal texts and expressions."""
    found: list[tuple[str, str | None]] = []
    for match in _PIECE.finditer(template):
        if match.group(1) is not None:
            found.append(("", match.group(1)))
        else:
            found.append((match.group().replace("{{", "{").replace("}}", "}"), None))
    return found


def names_of(template: str, kind: str) -> set[str]:
    """Name what a template uses of a kind, such as `credential`."""
    expressions = (_OPAQUE.sub("", expression) for _, expression in pieces(template) if expression is not None)
    return {name for expression in expressions for name in re.findall(rf"\b{kind}\.(\w+)", expression)}


def words_of(template: str) -> set[str]:
    """List the words in a template's expressions; steps are among them."""
    expressions = (_OPAQUE.sub("", expression) for _, expression in pieces(template) if expression is not None)
    return {word for expression in expressions for word in re.findall(r"(?<![\w.-])[\w-]+(?![\w.-])", expression)}


@lru_cache(maxsize=1024)
def call(text: str) -> tuple[str, str | None]:
    """Split `name(arguments)`."""
    match = _CALL.match(text)
    if match is None:
        raise ValueError("the recipe does not follow the language")
    return match.group(1), match.group(2)


@lru_cache(maxsize=1024)
def stages(expression: str) -> Sequence[str]:
    """Split an expression into its atom and its transforms."""
    return tuple(_STAGE.findall(expression))


def arguments(text: str | None) -> list[str]:
    """Split arguments at commas outside of quotes."""
    return [match.group(1) for match in _ARGUMENT.finditer(text or "")]


def unquoted(text: str) -> str:
    """Take the quotes off a text, if it has any."""
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


# Time


def is_daily(form: str) -> bool:
    """Tell whether a form of timestamp is no finer than a day."""
    return "%S" not in _NAMED.get(form, form) and form not in _FORMS


def form_pattern(form: str) -> str:
    """Give the expression that a timestamp of a form matches."""
    if form in _FORMS:
        return _FORMS[form]
    parts = re.split(r"(%[A-Za-z])", _NAMED.get(form, form))
    return "".join(
        _DIRECTIVES.get(part, "[0-9]{2}") if part.startswith("%") else re.escape(part) for part in parts if part
    )


def instant(form: str, text: str) -> int | None:
    """Read a timestamp as milliseconds since 1970."""
    try:
        if form == "unix-ms":
            return int(text)
        if form == "unix-s":
            return int(text) * 1000
        if form == "http-date":
            return int(parsedate_to_datetime(text).timestamp()) * 1000
        if form == "iso8601-ms":
            return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")) * 1000 + int(text[20:23])
        return calendar.timegm(time.strptime(text, _NAMED.get(form, form))) * 1000
    except ValueError:
        return None


def time_text(form: str, milliseconds: int) -> str:
    """Write a time in a form."""
    if form == "unix-ms":
        return str(milliseconds)
    seconds, fraction = divmod(milliseconds, 1000)
    if form == "unix-s":
        return str(seconds)
    year, month, day, hour, minute, second, weekday, *_ = time.gmtime(seconds)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    if form == "http-date":
        return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {clock} GMT"
    if form == "iso8601-ms":
        return f"{year:04}-{month:02}-{day:02}T{clock}.{fraction:03}Z"
    numbers = {"Y": f"{year:04}", "y": f"{year % 100:02}", "m": f"{month:02}", "d": f"{day:02}"}
    numbers |= {"H": f"{hour:02}", "M": f"{minute:02}", "S": f"{second:02}"}
    return re.sub(r"%([A-Za-z])", lambda match: numbers[match[1]], _NAMED.get(form, form))


# Transforms


def transformed(name: str, given: Sequence[str], value: bytes, key: bytes) -> bytes:
    """Put a value through one transform; `key` is the value of the key of those that have one."""
    if name in ("hmac", "hash"):
        algorithm = given[0].replace("-", "_")
        return (hmac.new(key, value, algorithm) if name == "hmac" else hashlib.new(algorithm, value)).digest()
    texts = [unquoted(text).encode() for text in given]
    return _TRANSFORMS[name](value, *texts)


def _percent_encoded(value: bytes, safe: bytes = b"") -> bytes:
    kept = {b"path": b"/", b"unreserved": b""}.get(safe, safe)
    plain = re.compile(rb"[A-Za-z0-9._~-]")
    octets = (bytes((octet,)) for octet in value)
    return b"".join(one if plain.match(one) or one in kept else b"%%%02X" % ord(one) for one in octets)


def _sorted_query(query: bytes) -> bytes:
    pairs = [re.match(rb"([^=]*)(=?)(.*)", pair, re.DOTALL) for pair in query.split(b"&")]
    return b"&".join(match.group() for match in sorted(filter(None, pairs), key=lambda match: match.groups()))


def _normal_path(path: bytes) -> bytes:
    segments: list[bytes] = []
    for segment in re.sub(rb"/+", b"/", b"/" + path).split(b"/")[1:]:
        if segment == b"..":
            segments = segments[:-1]
        elif segment != b".":
            segments.append(segment)
    text = b"/" + b"/".join(segments)
    return text + (b"/" if path.endswith((b"/.", b"/..")) and not text.endswith(b"/") else b"")


def _base64_decoded(value: bytes) -> bytes:
    return base64.urlsafe_b64decode(re.sub(rb"=+\Z", b"", value.replace(b"+", b"-").replace(b"/", b"_")) + b"===")


def _json_string(value: bytes) -> bytes:
    return json.dumps(value.decode("utf-8", "replace")).encode()


def _structured(value: bytes) -> bytes:
    return b'"%b"' % re.sub(rb'(["\\])', rb"\\\1", value)


_TRANSFORMS: dict[str, Callable[..., bytes]] = {
    "lower": bytes.lower,
    "upper": bytes.upper,
    "percent-encode": _percent_encoded,
    "form-encode": lambda value: urllib.parse.quote_plus(value).encode(),
    "percent-decode": urllib.parse.unquote_to_bytes,
    "sort-query": _sorted_query,
    "collapse-spaces": lambda value: re.sub(rb" +", b" ", value).strip(b" "),
    "trim": lambda value: value.strip(b" \t"),
    "trim-end": lambda value, text: value.rstrip(text),
    "normalize-path": _normal_path,
    "ends-with": lambda value, text: value if value.endswith(text) else value + text,
    "before": lambda value, text: value.split(text)[0],
    "after": lambda value, text: value.split(text, 1)[1] if text in value else b"",
    "replace": bytes.replace,
    "or": lambda value, text: value if value else text,
    "first": lambda value, count: value[: int(count)],
    "length": lambda value: b"%d" % len(value),
    "json-string": _json_string,
    "sf-string": _structured,
    "hex": lambda value: base64.b16encode(value).lower(),
    "HEX": base64.b16encode,
    "hex-decode": lambda value: base64.b16decode(value.strip(), casefold=True),
    "base64": base64.b64encode,
    "base64url": base64.urlsafe_b64encode,
    "base64-decode": _base64_decoded,
    "base64url-decode": _base64_decoded,
}

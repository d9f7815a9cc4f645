"""Verifies signed requests: a recipe's data and a received request come in, a verdict goes out.

It interprets the recipe at run time and shares nothing with the client's signing code, so that neither can hide a
mistake of the other.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import hmac
import re
import time
import urllib.parse
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from threading import Lock
from typing import Any

_PIECE = re.compile(r"\{\{|\}\}|\{((?:[^{}'\[]|'[^']*'|\[[^\]]*\])*)\}|[^{}]+")
_STAGE = re.compile(r"(?:[^|'\[]|'[^']*'|\[[^\]]*\])+")
_OPAQUE = re.compile(r"'[^']*'|\[[^\]]*\]")
_CALL = re.compile(r"\s*([\w.-]+|headers\[[^\]]+\]|'(?:[^']|'')*')\s*(?:\((.*)\))?\s*\Z", re.DOTALL)
_FORMS = {
    "unix-s": r"[0-9]{1,12}",
    "unix-ms": r"[0-9]{1,15}",
    "iso8601": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "iso8601-ms": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z",
    "iso8601-basic": r"[0-9]{8}T[0-9]{6}Z",
    "yyyymmdd": r"[0-9]{8}",
    "http-date": r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
}
_FINEST_FIRST = (
    "unix-ms",
    "iso8601-ms",
    "unix-s",
    "iso8601",
    "iso8601-basic",
    "http-date",
    "yyyymmdd",
)
_DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """A request exactly as it arrived; header values are the received octets as Latin-1 text."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    scheme: str = "http"

    def header(self, name: str) -> str | None:
        """Give the value of a header, several of one name joined by a comma, or None."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    @property
    def url(self) -> str:
        """The full address: as the request line of a proxied request has it, else made from the Host header."""
        if re.match(r"https?://", self.target, re.IGNORECASE):
            return self.target
        return f"{self.scheme}://{self.header('host') or ''}{self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    request: WireRequest
    credentials: Mapping[str, str]
    milliseconds: int
    nonce: str


class RecipeVerifier:
    """Verifies requests against one recipe and one set of known credentials."""

    def __init__(
        self,
        recipe: Mapping[str, Any],
        credentials: Mapping[str, str],
        *,
        window: float = 300.0,
        replay_limit: int = 1024,
    ) -> None:
        self._recipe = recipe
        self._credentials = dict(credentials)
        self._window = window
        self._replay_limit = replay_limit
        self._lock = Lock()
        self._seen: OrderedDict[bytes, None] = OrderedDict()
        self._steps: dict[str, Mapping[str, Any]] = {
            step["name"]: step for step in recipe.get("steps", ())
        }
        emit = recipe["emit"]
        self._headers: dict[str, str] = dict(emit.get("headers", {}))
        self._query: dict[str, str] = dict(emit.get("query", {}))
        self._absent = self._left_out()
        self._captures = [
            (name, place, re.compile(self._pattern(template)))
            for place, emitted in (("header", self._headers), ("query", self._query))
            for name, template in emitted.items()
        ]

    def verify(self, request: WireRequest, now: float) -> str | None:
        """Say what is wrong with a request, or None when its signature is right; no expected value is ever told."""
        milliseconds, nonce, problem = self._freshness(request, now)
        if problem:
            return problem
        context = _Context(
            request=request, credentials=self._credentials, milliseconds=milliseconds, nonce=nonce
        )
        wrong = self._wrong(context)
        if wrong:
            return wrong
        return self._replayed(request)

    def values(self, request: WireRequest, milliseconds: int, nonce: str = "") -> dict[str, bytes]:
        """Compute every step for a known time and nonce, by name."""
        context = _Context(
            request=request, credentials=self._credentials, milliseconds=milliseconds, nonce=nonce
        )
        return {name: self._step(context, name) for name in self._steps}

    def _wrong(self, context: _Context) -> str | None:
        request = context.request
        problem = None
        for place, emitted in (("header", self._headers), ("query", self._query)):
            for name, template in emitted.items():
                received = _received(request, place, name)
                if len(received) > 1:
                    problem = problem or f"{place} {name} is sent {len(received)} times"
                elif template in self._absent:
                    problem = problem or (f"{place} {name} is not expected" if received else None)
                elif not received:
                    problem = problem or f"{place} {name} is missing"
                # Every value is compared, in constant time, so that the time taken does not tell which one is wrong.
                elif not hmac.compare_digest(received[0], self._template(context, template)):
                    problem = problem or f"{place} {name} is not right"
        return problem

    def _freshness(self, request: WireRequest, now: float) -> tuple[int, str, str | None]:
        """Read the time and the nonce out of the request, and hold the time against the window."""
        found: dict[str, str] = {}
        nonce = ""
        for name, place, pattern in self._captures:
            if not pattern.groups:
                continue
            received = _received(request, place, name)
            match = pattern.fullmatch(received[0].decode("latin-1")) if len(received) == 1 else None
            if match is None:
                what = "malformed" if received else "missing"
                return 0, "", f"{place} {name} is {what}"
            for group, text in match.groupdict().items():
                if group == "nonce":
                    nonce = text or ""
                elif text is not None:
                    found.setdefault(group.replace("_", "-"), text)
        for form in _FINEST_FIRST:
            if form in found:
                milliseconds = _instant(form, found[form])
                window = self._window + (_DAY if form == "yyyymmdd" else 0.0)
                if milliseconds is None or abs(milliseconds / 1000.0 - now) > window:
                    return 0, "", "the timestamp is outside the window"
                return milliseconds, nonce, None
        return 0, nonce, None

    def _replayed(self, request: WireRequest) -> str | None:
        # Without a timestamp or a nonce every request of a scheme looks the same, and none is a replay.
        if not self._replay_limit or not any(pattern.groups for _, _, pattern in self._captures):
            return None
        proof = hashlib.sha256(
            repr((request.method, request.url)).encode("utf-8", "surrogateescape")
        )
        for name, place, _ in self._captures:
            proof.update(repr(_received(request, place, name)).encode())
        digest = proof.digest()
        with self._lock:
            if digest in self._seen:
                return "the request was seen before"
            self._seen[digest] = None
            if len(self._seen) > self._replay_limit:
                self._seen.popitem(last=False)
        return None

    def _left_out(self) -> frozenset[str]:
        """Find the templates that ask for an optional credential which nobody has."""
        absent = {
            name
            for name, flags in self._recipe["credentials"].items()
            if flags.get("optional", False) and name not in self._credentials
        }
        templates = [*self._headers.values(), *self._query.values()]
        templates += [part for step in self._steps.values() for part in step["parts"]]
        return frozenset(
            template for template in templates if not absent.isdisjoint(_credentials_of(template))
        )

    def _template(self, context: _Context, template: str) -> bytes:
        return b"".join(
            text.encode() if expression is None else self._expression(context, expression)
            for text, expression in _pieces(template)
        )

    def _step(self, context: _Context, name: str) -> bytes:
        step = self._steps[name]
        parts = [
            self._template(context, part) for part in step["parts"] if part not in self._absent
        ]
        separator = str(step.get("separator", ""))
        return separator.encode().join(parts)

    def _expression(self, context: _Context, expression: str) -> bytes:
        source, *stages = _stages(expression)
        value = self._atom(context, source)
        for stage in stages:
            name, argument = _call(stage)
            if name == "hmac":
                algorithm, _, key = (argument or "").partition(",")
                value = hmac.new(self._atom(context, key), value, algorithm.strip()).digest()
            elif name == "hash":
                value = hashlib.new((argument or "").strip(), value).digest()
            else:
                value = _TRANSFORMS[name](value)
        return value

    def _atom(self, context: _Context, source: str) -> bytes:
        name, argument = _call(source)
        request = context.request
        if name.startswith("'"):
            return name[1:-1].replace("''", "'").encode()
        if name.startswith("headers["):
            return (request.header(name[8:-1]) or "").encode("latin-1")
        if name.startswith("credential."):
            return context.credentials[name.removeprefix("credential.")].encode()
        if name == "timestamp":
            return _written((argument or "").strip(), context.milliseconds).encode()
        if name == "nonce":
            return context.nonce.encode()
        if name == "body":
            return request.body
        if name == "method":
            return request.method.encode()
        if name in _URL_PARTS:
            return _URL_PARTS[name](request.url).encode("latin-1")
        return self._step(context, name)

    def _pattern(self, template: str, seen: Sequence[str] = ()) -> str:
        """Make the expression that finds timestamps and the nonce in a received value."""
        names = list(seen)
        made = []
        for text, expression in _pieces(template):
            found = (
                self._piece_pattern(expression, names)
                if expression is not None
                else re.escape(text)
            )
            names += re.findall(r"\?P<(\w+)>", found)
            made.append(found)
        return "".join(made)

    def _piece_pattern(self, expression: str, seen: Sequence[str]) -> str:
        stages = _stages(expression)
        name, argument = _call(stages[0])
        if len(stages) == 1 and name == "timestamp":
            return _named(
                (argument or "").strip().replace("-", "_"), _FORMS[(argument or "").strip()], seen
            )
        if len(stages) == 1 and name == "nonce":
            return _named("nonce", r'[^\s",]+', seen)
        if len(stages) == 1 and name in self._steps:
            step = self._steps[name]
            names = list(seen)
            made = []
            for part in step["parts"]:
                if part not in self._absent:
                    made.append(self._pattern(part, names))
                    names += re.findall(r"\?P<(\w+)>", made[-1])
            return re.escape(str(step.get("separator", ""))).join(made)
        return "(?s:.*?)"


def _named(name: str, pattern: str, seen: Sequence[str]) -> str:
    return f"(?P={name})" if name in seen else f"(?P<{name}>{pattern})"


@lru_cache(maxsize=1024)
def _pieces(template: str) -> list[tuple[str, str | None]]:
    """Split a template into literal texts and expressions."""
    pieces: list[tuple[str, str | None]] = []
    for match in _PIECE.finditer(template):
        if match.group(1) is not None:
            pieces.append(("", match.group(1)))
        else:
            pieces.append((match.group().replace("{{", "{").replace("}}", "}"), None))
    return pieces


def _credentials_of(template: str) -> set[str]:
    expressions = (
        _OPAQUE.sub("", expression) for _, expression in _pieces(template) if expression is not None
    )
    return {
        name for expression in expressions for name in re.findall(r"credential\.(\w+)", expression)
    }


@lru_cache(maxsize=1024)
def _call(text: str) -> tuple[str, str | None]:
    match = _CALL.match(text)
    if match is None:
        raise ValueError("the recipe does not follow the language")
    return match.group(1), match.group(2)


@lru_cache(maxsize=1024)
def _stages(expression: str) -> tuple[str, ...]:
    return tuple(_STAGE.findall(expression))


def _received(request: WireRequest, place: str, name: str) -> list[bytes]:
    if place == "header":
        wanted = name.lower()
        return [value.encode("latin-1") for key, value in request.headers if key.lower() == wanted]
    query = request.target.partition("?")[2]
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    wanted = name.encode("utf-8").decode("latin-1")
    return [value.encode("latin-1") for key, value in pairs if key == wanted]


def _instant(form: str, text: str) -> int | None:
    """Read a timestamp as milliseconds since 1970."""
    try:
        if form == "unix-ms":
            return int(text)
        if form == "unix-s":
            return int(text) * 1000
        if form == "http-date":
            return int(parsedate_to_datetime(text).timestamp()) * 1000
        digits = re.sub(r"[^0-9]", "", text).ljust(17, "0")
        return calendar.timegm(time.strptime(digits[:14], "%Y%m%d%H%M%S")) * 1000 + int(digits[14:])
    except ValueError:
        return None


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _written(form: str, milliseconds: int) -> str:
    if form == "unix-ms":
        return str(milliseconds)
    seconds, fraction = divmod(milliseconds, 1000)
    if form == "unix-s":
        return str(seconds)
    year, month, day, hour, minute, second, weekday, *_ = time.gmtime(seconds)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    if form == "http-date":
        return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {clock} GMT"
    if form == "yyyymmdd":
        return f"{year:04}{month:02}{day:02}"
    if form == "iso8601-basic":
        return f"{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"
    date = f"{year:04}-{month:02}-{day:02}T{clock}"
    return f"{date}.{fraction:03}Z" if form == "iso8601-ms" else f"{date}Z"


def _split_url(url: str) -> tuple[str, str, str, str]:
    match = re.fullmatch(r"([A-Za-z]+)://([^/?]*)([^?]*)(?:\?(.*))?", url, re.DOTALL)
    if match is None:
        return "", "", "/", ""
    return match.group(1), match.group(2), match.group(3) or "/", match.group(4) or ""


_URL_PARTS: dict[str, Callable[[str], str]] = {
    "url": lambda url: url,
    "scheme": lambda url: _split_url(url)[0],
    "host": lambda url: _split_url(url)[1],
    "path": lambda url: _split_url(url)[2],
    "query": lambda url: _split_url(url)[3],
    "target": lambda url: re.sub("^(?!/)", "/", re.sub("^[A-Za-z]+://[^/?]*", "", url)),
}


def _sorted_query(query: bytes) -> bytes:
    pairs = [re.match(rb"([^=]*)(=?)(.*)", pair, re.DOTALL) for pair in query.split(b"&")]
    return b"&".join(
        match.group() for match in sorted(filter(None, pairs), key=lambda match: match.groups())
    )


_TRANSFORMS: dict[str, Callable[[bytes], bytes]] = {
    "lower": bytes.lower,
    "upper": bytes.upper,
    "percent-encode": lambda value: b"".join(
        bytes((octet,)) if re.match(rb"[A-Za-z0-9._~-]", bytes((octet,))) else b"%%%02X" % octet
        for octet in value
    ),
    "sort-query": _sorted_query,
    "collapse-spaces": lambda value: re.sub(rb" +", b" ", value).strip(b" "),
    "hex": lambda value: base64.b16encode(value).lower(),
    "HEX": base64.b16encode,
    "base64": base64.b64encode,
    "base64url": base64.urlsafe_b64encode,
}

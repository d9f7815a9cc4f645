"""Verifies signed requests: a recipe's data and a received request come in, a verdict goes out.

It interprets the recipe at run time and shares nothing with the client's signing code, so that neither can hide a
mistake of the other.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import urllib.parse
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

from .recipe_keys import is_random, is_signature
from .recipe_texts import arguments, call, form_pattern, instant, is_daily, pieces, stages, unquoted
from .recipe_values import Context, Part, RecipeValues, text_of
from .request import WireRequest

_FINEST_FIRST = ("unix-ms", "iso8601-ms", "unix-s", "iso8601", "iso8601-basic", "http-date")
_DAY = 86400.0


def verifiers_of(
    recipes: Iterable[Mapping[str, Any]], credentials: Mapping[str, str], options: Mapping[str, str] | None = None
) -> list[RecipeVerifier]:
    """Make what a server needs to verify requests that all of these recipes sign."""
    return [RecipeVerifier(recipe, credentials, options=options) for recipe in recipes]


class RecipeVerifier:
    """Verifies requests against one recipe and one set of known credentials.

    `replay_limit` is how many requests are remembered to refuse one that comes again unchanged; 0 allows it, which a
    test under a clock that stands still needs.
    """

    def __init__(
        self,
        recipe: Mapping[str, Any],
        credentials: Mapping[str, str],
        *,
        options: Mapping[str, str] | None = None,
        window: float = 300.0,
        replay_limit: int = 1024,
    ) -> None:
        self._values = RecipeValues(recipe, credentials, options)
        self._window = window
        self._replay_limit = replay_limit
        self._lock = Lock()
        self._seen: OrderedDict[bytes, None] = OrderedDict()

    def verify(self, request: WireRequest, now: float) -> str | None:
        """Say what is wrong with a request, or None when its signature is right; no expected value is ever told."""
        milliseconds, nonce, problem = self._freshness(request, now)
        if problem:
            return problem
        wrong = self._wrong(Context(request=request, milliseconds=milliseconds, nonce=nonce))
        if wrong:
            return wrong
        return self._replayed(request)

    def values(self, request: WireRequest, milliseconds: int, nonce: str = "") -> dict[str, bytes]:
        """Compute every step for a known time and nonce, by name."""
        context = Context(request=request, milliseconds=milliseconds, nonce=nonce)
        return {name: self._values.step(context, name) for name in self._values.steps}

    def _emitted(self) -> Iterator[tuple[str, str, Part]]:
        for place, emitted in (("header", self._values.headers), ("query", self._values.query)):
            yield from ((place, name, part) for name, part in emitted.items())

    def _wrong(self, context: Context) -> str | None:
        request = context.request
        problem = None
        for place, name, part in self._emitted():
            received = _received(request, place, name, part)
            if len(received) > 1:
                problem = problem or f"{place} {name} is sent {len(received)} times"
            elif not self._values.is_there(context, part):
                problem = problem or (f"{place} {name} is not expected" if received else None)
            elif not received:
                problem = problem or f"{place} {name} is missing"
            # Every value is compared, in constant time, so that the time taken does not tell which one is wrong.
            elif not self._is_right(context, text_of(part), received[0]):
                problem = problem or f"{place} {name} is not right"
        return problem

    def _is_right(self, context: Context, template: str, received: bytes) -> bool:
        flat = list(self._flattened(context, template))
        if not any(algorithm for _, algorithm, _, _ in flat):
            return hmac.compare_digest(received, b"".join(value for value, _, _, _ in flat))
        # A signature that has chance in it is taken out of what came, and verified with the public key.
        pattern = b"".join(b"([A-Za-z0-9+/_=-]+)" if algorithm else re.escape(value) for value, algorithm, _, _ in flat)
        match = re.fullmatch(pattern, received)
        randoms = [(algorithm, key, value) for value, algorithm, key, _ in flat if algorithm]
        encodings = [encoding for _, algorithm, _, encoding in flat if algorithm]
        return match is not None and all(
            is_signature(algorithm, key, message, _decoded(encoding, text))
            for (algorithm, key, message), encoding, text in zip(randoms, encodings, match.groups(), strict=True)
        )

    def _flattened(self, context: Context, template: str) -> Iterator[tuple[bytes, str, bytes, str]]:
        """Give the pieces of a template: values, or a random signature's message, algorithm, key and encoding."""
        for text, expression in pieces(template):
            if expression is None:
                yield text.encode(), "", b"", ""
                continue
            source, *rest = stages(expression)
            name = call(source)[0]
            step = self._values.steps.get(name) if not rest else None
            if step is not None and "parts" in step:
                parts = [text_of(part) for part in step["parts"] if self._values.is_there(context, part)]
                for number, part in enumerate(parts):
                    yield str(step.get("separator", "")).encode() if number else b"", "", b"", ""
                    yield from self._flattened(context, part)
                continue
            given = arguments(call(rest[-2])[1]) if len(rest) > 1 and call(rest[-2])[0] == "sign" else []
            if given and is_random(given[0]):
                message = self._values.expression(context, "|".join((source, *rest[:-2])))
                yield message, given[0], self._values.atom(context, given[1]), call(rest[-1])[0]
            else:
                yield self._values.expression(context, expression), "", b"", ""

    def _freshness(self, request: WireRequest, now: float) -> tuple[int, str, str | None]:
        """Read the time and the nonce out of the request, and hold the time against the window."""
        found: dict[str, str] = {}
        empty = Context(request=request, milliseconds=0, nonce="")
        for place, name, part in self._emitted():
            if not self._values.is_there(empty, part):
                continue
            pattern, forms = self._pattern(empty, text_of(part))
            if not forms:
                continue
            received = _received(request, place, name, part)
            match = re.fullmatch(pattern, received[0].decode("latin-1")) if len(received) == 1 else None
            if match is None:
                what = "malformed" if received else "missing"
                return 0, "", f"{place} {name} is {what}"
            for group, form in enumerate(forms, 1):
                found.setdefault(form, match[f"f{group}"])
        nonce = found.pop("nonce", "")
        for form in sorted(found, key=_coarseness):
            milliseconds = instant(form, found[form])
            window = self._window + (_DAY if is_daily(form) else 0.0)
            if milliseconds is None or abs(milliseconds / 1000.0 - now) > window:
                return 0, "", "the timestamp is outside the window"
            return milliseconds, nonce, None
        return 0, nonce, None

    def _replayed(self, request: WireRequest) -> str | None:
        # Without a timestamp or a nonce every request of a scheme looks the same, and none is a replay.
        empty = Context(request=request, milliseconds=0, nonce="")
        forms = [form for _, _, part in self._emitted() for form in self._pattern(empty, text_of(part))[1]]
        if not self._replay_limit or not forms:
            return None
        proof = hashlib.sha256(repr((request.method, request.url)).encode("utf-8", "surrogateescape"))
        for place, name, part in self._emitted():
            proof.update(repr(_received(request, place, name, part)).encode())
        digest = proof.digest()
        with self._lock:
            if digest in self._seen:
                return "the request was seen before"
            self._seen[digest] = None
            if len(self._seen) > self._replay_limit:
                self._seen.popitem(last=False)
        return None

    def _pattern(self, context: Context, template: str) -> tuple[str, Sequence[str]]:
        """Make the expression that finds timestamps and the nonce in a received value, and name what it finds."""
        forms: list[str] = []
        text = self._found(context, template, forms)
        return text, forms

    def _found(self, context: Context, template: str, forms: list[str]) -> str:
        made: list[str] = []
        for text, expression in pieces(template):
            if expression is None:
                made.append(re.escape(text))
                continue
            source, *rest = stages(expression)
            name, argument = call(source)
            step = self._values.steps.get(name)
            if rest or (name not in ("timestamp", "nonce") and (step is None or "parts" not in step)):
                made.append("(?s:.*?)")
            elif step is not None:
                parts = [text_of(part) for part in step["parts"] if self._values.is_there(context, part)]
                separator = re.escape(str(step.get("separator", "")))
                made.append(separator.join([self._found(context, part, forms) for part in parts]))
            else:
                form = "nonce" if name == "nonce" else unquoted((argument or "").strip())
                known = forms.index(form) + 1 if form in forms else 0
                if not known:
                    forms.append(form)
                pattern = r'[^\s",]+' if form == "nonce" else form_pattern(form)
                made.append(f"(?P=f{known})" if known else f"(?P<f{len(forms)}>{pattern})")
        return "".join(made)


def _coarseness(form: str) -> int:
    if form in _FINEST_FIRST:
        return _FINEST_FIRST.index(form)
    return len(_FINEST_FIRST) + is_daily(form)


def _decoded(encoding: str, text: bytes) -> bytes:
    try:
        if encoding.lower() == "hex":
            return base64.b16decode(text, casefold=True)
        return base64.b64decode(text.replace(b"-", b"+").replace(b"_", b"/"), validate=True)
    except ValueError:
        return b""


def _received(request: WireRequest, place: str, name: str, part: Part) -> list[bytes]:
    if place == "header":
        wanted = name.lower()
        values = [value for key, value in request.headers if key.lower() == wanted]
        if wanted == "cookie":  # one header holds all cookies, that of others too
            begin = f"{text_of(part).partition('=')[0]}="
            values = [pair for value in values for pair in value.split("; ") if pair.startswith(begin)]
        return [value.encode("latin-1") for value in values]
    query = request.target.partition("?")[2]
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    wanted = name.encode("utf-8").decode("latin-1")
    return [value.encode("latin-1") for key, value in pairs if key == wanted]

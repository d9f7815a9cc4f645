"""Computes a recipe's steps for a request: the recipe as data and a received request go in, bytes come out."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .recipe_keys import signature_of
from .recipe_texts import arguments, call, names_of, pieces, stages, time_text, transformed, unquoted, words_of
from .request import WireRequest

Pairs = list[tuple[bytes, bytes]]
Part = str | Mapping[str, Any]
_CONDITION = re.compile(r"(not )?(body|query|headers|method)(?:\[([^\]]+)\]|\(([^)]+)\))?")
_QUERY_WORDS = frozenset({"query", "url", "target"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request, the time and the nonce that it tells, and the name and value of the pair that is looked at."""

    request: WireRequest
    milliseconds: int
    nonce: str
    step: str = ""
    pair: tuple[bytes, bytes] | None = None
    computed: dict[str, bytes] = field(default_factory=dict)

    def at(self, step: str, pair: tuple[bytes, bytes] | None = None) -> Context:
        """Give the same request as another step or pair sees it."""
        return Context(
            request=self.request,
            milliseconds=self.milliseconds,
            nonce=self.nonce,
            step=step,
            pair=pair,
            computed=self.computed,
        )


def text_of(part: Part) -> str:
    """Give the template of a part, with conditions or without."""
    return part if isinstance(part, str) else str(part["value"])


class RecipeValues:
    """Interprets one recipe with known credentials and options."""

    def __init__(
        self, recipe: Mapping[str, Any], credentials: Mapping[str, str], options: Mapping[str, str] | None = None
    ) -> None:
        self.credentials = dict(credentials)
        self.options = {
            name: str(fixed if (fixed := given.get("value", given.get("default"))) is not None else "")
            for name, given in recipe.get("options", {}).items()
        } | dict(options or {})
        self.steps: dict[str, Mapping[str, Any]] = {step["name"]: step for step in recipe.get("steps", ())}
        self.headers: dict[str, Part] = dict(recipe["emit"].get("headers", {}))
        self.query: dict[str, Part] = dict(recipe["emit"].get("query", {}))
        self._missing = {
            name
            for name, flags in recipe["credentials"].items()
            if flags.get("optional", False) and name not in self.credentials
        }
        # What is made of a step cannot be part of what the step signs.
        self._made_of = {
            (place, name.lower() if place == "headers" else name): self._reached(words_of(text_of(part)))
            for place, emitted in (("headers", self.headers), ("query", self.query))
            for name, part in emitted.items()
        }

    def is_there(self, context: Context, part: Part) -> bool:
        """Tell whether a part counts: its conditions hold, and its optional credentials are known."""
        if not self._missing.isdisjoint(names_of(text_of(part), "credential")):
            return False
        when = [] if isinstance(part, str) else part["when"]
        return all(_holds(context.request, text) for text in ([when] if isinstance(when, str) else when))

    def template(self, context: Context, template: str) -> bytes:
        """Compute a template."""
        return b"".join(
            text.encode() if expression is None else self.expression(context, expression)
            for text, expression in pieces(template)
        )

    def step(self, context: Context, name: str) -> bytes:
        """Compute a step, once for each request."""
        if name not in context.computed:
            step = self.steps[name]
            inner = context.at(name)
            parts = self._selected(inner, step) if "over" in step else self._parts(inner, step)
            context.computed[name] = str(step.get("separator", "")).encode().join(parts)
        return context.computed[name]

    def expression(self, context: Context, expression: str) -> bytes:
        """Compute an expression."""
        source, *rest = stages(expression)
        value = self.atom(context, source)
        for stage in rest:
            name, text = call(stage)
            given = arguments(text)
            key = self.atom(context, given[1]) if name in ("hmac", "sign") else b""
            value = signature_of(given[0], key, value) if name == "sign" else transformed(name, given, value, key)
        return value

    def atom(self, context: Context, source: str) -> bytes:
        """Compute an atom."""
        name, argument = call(source)
        request = context.request
        if name.startswith("'"):
            return unquoted(name).encode()
        if context.pair is not None and name in ("name", "value"):
            return context.pair[name == "value"]
        kind, _, rest = name.partition(".")
        if kind == "credential":
            return self.credentials[rest].encode()
        if kind == "option":
            return self.options[rest].encode()
        if "[" in name:
            return self._member(context, *name[:-1].split("[", 1))
        if name in ("timestamp", "nonce"):
            form = unquoted((argument or "").strip())
            return (time_text(form, context.milliseconds) if name == "timestamp" else context.nonce).encode()
        if name in self.steps:
            return self.step(context, name)
        if name == "body":
            return request.body
        return request.method.encode() if name == "method" else _URL_PARTS[name](self._url(context)).encode("latin-1")

    def _parts(self, context: Context, step: Mapping[str, Any]) -> list[bytes]:
        return [self.template(context, text_of(part)) for part in step["parts"] if self.is_there(context, part)]

    def _member(self, context: Context, place: str, name: str) -> bytes:
        if place == "headers":
            return (context.request.header(name) or "").encode("latin-1")
        pairs = self._pairs(context, "query" if place == "query" else "form")
        return dict(reversed(pairs)).get(name.encode(), b"")

    def _selected(self, context: Context, step: Mapping[str, Any]) -> list[bytes]:
        over = step["over"] if isinstance(step["over"], list) else [step["over"]]
        pairs: Pairs = []
        for source in over:
            pairs += self._own(context, source) if isinstance(source, Mapping) else self._pairs(context, source, step)
        names, refused = step.get("names", []), step.get("except", [])
        chosen = [pair for pair in pairs if (not names or _listed(pair[0], names)) and not _listed(pair[0], refused)]
        if step.get("skip-empty"):
            chosen = [pair for pair in chosen if pair[1]]
        name = step["name"]
        rows = [
            (
                self.template(context.at(name, pair), step.get("key", "{name}")),
                self.template(context.at(name, pair), step.get("value", "{value}")),
            )
            for pair in chosen
        ]
        sort = step.get("sort", "pair")
        if sort in ("pair", "key"):
            rows.sort(key=None if sort == "pair" else lambda row: row[0])
        if "group" in step:
            rows = [
                (key, step["group"].encode().join(value for other, value in rows if other == key))
                for key in dict.fromkeys(key for key, _ in rows)
            ]
        texts = [self.template(context.at(name, row), step.get("each", "{name}={value}")) for row in rows]
        return sorted(texts) if sort == "text" else texts

    def _own(self, context: Context, source: Mapping[str, Part]) -> Pairs:
        return [
            (name.encode(), self.template(context, text_of(part)))
            for name, part in source.items()
            if self.is_there(context, part)
        ]

    def _pairs(self, context: Context, source: str, step: Mapping[str, Any] | None = None) -> Pairs:
        request = context.request
        if source == "headers":
            wanted = dict.fromkeys(name.lower() for name, _ in request.headers)
            own = {name for name in wanted if context.step in self._made_of.get(("headers", name), ())}
            return [
                (name.encode(), (request.header(name) or "").encode("latin-1")) for name in wanted if name not in own
            ]
        if source == "form":
            kind = (request.header("content-type") or "").split(";")[0].strip().lower()
            form = request.body.decode("latin-1") if kind == "application/x-www-form-urlencoded" else ""
            return _split_pairs(form.replace("+", " "))
        query = _split_url(self._url(context))[3]
        return _split_pairs(query.replace("+", " ") if source == "form-query" else query)

    def _url(self, context: Context) -> str:
        """Give the address without the parameters that are made of the step which looks at it."""
        url = context.request.url
        own = {urllib.parse.quote(name, safe="") for name in self.query
               if context.step in self._made_of["query", name]}  # fmt: skip
        if not own or "?" not in url:
            return url
        front, _, query = url.partition("?")
        kept = [pair for pair in query.split("&") if pair.partition("=")[0] not in own]
        return f"{front}?{'&'.join(kept)}" if kept else front

    def _reached(self, words: set[str]) -> set[str]:
        found: set[str] = set()
        waiting = [word for word in words if word in self.steps]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [
                    word for text in _templates(self.steps[name]) for word in words_of(text) if word in self.steps
                ]
        return found


def _templates(step: Mapping[str, Any]) -> Sequence[str]:
    over = step.get("over", [])
    own = [part for source in over if isinstance(source, Mapping) for part in source.values()]
    texts = [text_of(part) for part in (*step.get("parts", ()), *own)]
    return [*texts, *(str(step[key]) for key in ("key", "value", "each") if key in step)]


def _listed(name: bytes, patterns: Sequence[str]) -> bool:
    text = name.decode("utf-8", "surrogateescape")
    return any(text.startswith(item[:-1]) if item.endswith("*") else text == item for item in patterns)


def _holds(request: WireRequest, text: str) -> bool:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise ValueError("the recipe does not follow the language")
    negated, kind, header, methods = match.groups()
    if kind == "headers":
        found = request.header(header) is not None
    elif kind == "method":
        found = request.method in [name.strip() for name in methods.split(",")]
    else:
        found = bool(request.body if kind == "body" else _split_url(request.url)[3])
    return found != bool(negated)


def _split_pairs(query: str) -> Pairs:
    texts = [text.partition("=") for text in query.split("&") if text]
    return [(urllib.parse.unquote_to_bytes(name), urllib.parse.unquote_to_bytes(value)) for name, _, value in texts]


def _split_url(url: str) -> tuple[str, str, str, str]:
    match = re.fullmatch(r"([A-Za-z]+)://([^/?]*)([^?]*)(?:\?(.*))?", url, re.DOTALL)
    if match is None:
        return "", "", "/", ""
    return match.group(1), match.group(2), match.group(3) or "/", match.group(4) or ""


def _authority(url: str) -> tuple[str, str, bool]:
    """Give host name, port, and whether the port is the scheme's own."""
    scheme, host, _, _ = _split_url(url)
    match = re.fullmatch(r"(.*?)(?::([0-9]*))?", host)
    own = {"http": "80", "https": "443"}.get(scheme.lower(), "")
    name, port = (match.group(1), match.group(2) or own) if match else (host, own)
    return name.lower(), port, port == own


def _shown_authority(url: str) -> str:
    name, port, is_own = _authority(url)
    return name if is_own else f"{name}:{port}"


def _target(url: str) -> str:
    return (_split_url(url)[2] + url[url.index("?") :]) if "?" in url else _split_url(url)[2]


_URL_PARTS: dict[str, Callable[[str], str]] = {
    "url": lambda url: url,
    "scheme": lambda url: _split_url(url)[0],
    "host": lambda url: _split_url(url)[1],
    "path": lambda url: _split_url(url)[2],
    "query": lambda url: _split_url(url)[3],
    "target": _target,
    "hostname": lambda url: _authority(url)[0],
    "port": lambda url: _authority(url)[1],
    "authority": _shown_authority,
}

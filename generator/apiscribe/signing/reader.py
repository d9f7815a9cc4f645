"""Reading recipes: a node of a document to a recipe, every mistake in it a diagnostic with its place."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence

from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError, shown
from apiscribe.signing.check import check
from apiscribe.signing.reading import Reading
from apiscribe.signing.recipe import CredentialField, Emission, OptionField, Policy, Recipe, Step, Vector
from apiscribe.signing.selections import SELECTION_KEYS, read_selection
from apiscribe.signing.template import HEADER_NAME
from apiscribe.signing.words import CLIENT_ARGUMENTS, LANGUAGES, LATEST, RESERVED

_KEYS: dict[int, tuple[str, ...]] = {1: ("language", "name", "credentials", "steps", "emit", "policy", "vectors")}
_KEYS[2] = (*_KEYS[1][:2], "title", "source", "credentials", "options", *_KEYS[1][3:])
_VECTOR_KEYS = ("method", "url", "timestamp", "credentials", "options", "headers", "body", "nonce")
_POLICY = {"attempts": ("resign",), "redirects": ("same-origin",)}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_LOCAL_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
# With `sign_` or `credential_` before them both stay identifiers.
_MAX_NAME = 74
_MAX_LOCAL_NAME = 69
# What every class of credentials has already.
_MEMBERS = frozenset({"self", "fields", "revealed"})
MAX_STEPS = 64
MAX_PARTS = 64
MAX_VECTORS = 1000
# Framing and routing belong to the HTTP library; a recipe that set them would send something else than it signed.
FORBIDDEN_HEADERS = frozenset({"host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade"})


def read(node: Node) -> Recipe:
    """Read and check a recipe.

    Raises:
        ApiscribeError: everything that is wrong with it, each with its place.
    """
    reader = _Reader()
    recipe = reader.recipe(node)
    problems = reader.problems or list(check(recipe))
    if problems:
        raise ApiscribeError(problems)
    return recipe


def is_name(text: str) -> bool:
    """Tell whether a text can be a recipe's name."""
    return len(text) <= _MAX_NAME and _NAME.match(text) is not None


def _is_local_name(name: str) -> bool:
    return len(name) <= _MAX_LOCAL_NAME and _LOCAL_NAME.match(name) is not None


class _Reader(Reading):
    """Reads a whole recipe."""

    def recipe(self, node: Node) -> Recipe:
        """Read the whole recipe."""
        self.language = self._version(node.get("language"))
        fields = self.fields(node, "a recipe", _KEYS[self.language], required=("language", "name", "emit"))
        emit = self.fields(fields.get("emit"), "emit", ("headers", "query"))
        headers, query = (tuple(self._emissions(emit.get(place), place)) for place in ("headers", "query"))
        if "emit" in fields and not headers and not query:
            self.report(fields["emit"], "a recipe emits at least one header or query parameter")
        steps = tuple(self._steps(fields.get("steps")))
        return Recipe(
            name=self._name(fields.get("name")),
            language=self.language,
            title=self.text(fields.get("title"), "the title"),
            source=self.text(fields.get("source"), "the source"),
            credentials=tuple(self._credentials(fields.get("credentials"))),
            options=tuple(self._options(fields.get("options"))),
            steps=steps,
            headers=headers,
            query=query,
            policy=self._policy(fields.get("policy")),
            vectors=tuple(self._vectors(fields.get("vectors"), tuple(step.name for step in steps))),
            origin=node.origin,
        )

    def _version(self, node: Node | None) -> int:
        found = node.value if node is not None else LATEST
        if isinstance(found, int) and not isinstance(found, bool) and found in LANGUAGES:
            return found
        if node is not None:
            self.report(node, f"language must be {' or '.join(map(str, LANGUAGES))}")
        return LATEST

    def _name(self, node: Node | None) -> str:
        text = self.text(node, "the name")
        if node is not None and text and not is_name(text):
            self.report(node, f"a recipe's name is lower-case words joined by '-', not {shown(text, 40)!r}")
        return text

    def _credentials(self, node: Node | None) -> Iterator[CredentialField]:
        for name, item in self.mapping(node, "credentials"):
            self._check_local_name(item, name, "credential")
            flags = self.fields(item, f"credential {shown(name, 40)!r}", ("secret", "optional"))
            secret, optional = (self.flag(flags.get(flag), flag) for flag in ("secret", "optional"))
            yield CredentialField(name=name, origin=item.origin, secret=secret, optional=optional)

    def _options(self, node: Node | None) -> Iterator[OptionField]:
        for name, item in self.mapping(node, "options"):
            self._check_local_name(item, name, "option")
            if name in CLIENT_ARGUMENTS:
                self.report(item, f"{shown(name, 40)!r} is an argument of every client: give the option another name")
            given = self.fields(item, f"option {shown(name, 40)!r}", ("value", "default"))
            if len(given) > 1:
                self.report(item, f"option {shown(name, 40)!r} has a fixed value or a default, not both")
            texts = {key: self.text(value, f"the {key}") for key, value in given.items()}
            for key, text in texts.items():
                if not text.isascii() or not text.isprintable():
                    self.report(given[key], f"the {key} of an option is printable ASCII")
            yield OptionField(name=name, origin=item.origin, value=texts.get("value"), default=texts.get("default"))

    def _check_local_name(self, node: Node, name: str, what: str) -> None:
        if not _is_local_name(name) or keyword.iskeyword(name) or name in _MEMBERS:
            self.report(node, f"not a name for a {what}: {shown(name, 40)!r}; use lower-case words joined by '_'")

    def _steps(self, node: Node | None) -> Iterator[Step]:
        seen: set[str] = set()
        for item in self.sequence(node, "steps", MAX_STEPS):
            selects = self.language > 1 and "over" in item
            known = ("name", "separator", *(SELECTION_KEYS if selects else ("parts",)))
            fields = self.fields(item, "a step", known, required=("name",) if selects else ("name", "parts"))
            name = self.text(fields.get("name"), "a step's name")
            if name and (not _is_local_name(name) or name in RESERVED[self.language]):
                self.report(fields["name"], f"not a name for a step: {shown(name, 40)!r}")
            if name in seen:
                self.report(fields["name"], f"step {shown(name, 40)!r} is defined twice")
            seen.add(name)
            parts = [self.template(part) for part in self.sequence(fields.get("parts"), "parts", MAX_PARTS)]
            if "parts" in fields and not parts:
                self.report(fields["parts"], "a step has at least one part")
            yield Step(
                name=name,
                parts=tuple(parts),
                selection=read_selection(self, item, fields) if selects else None,
                separator=self.text(fields.get("separator"), "the separator"),
                origin=item.origin,
            )

    def _emissions(self, node: Node | None, place: str) -> Iterator[Emission]:
        seen: set[str] = set()
        for name, item in self.mapping(node, place):
            folded = name.lower() if place == "headers" else name
            if place == "headers" and not HEADER_NAME.match(name):
                self.report(item, f"not a header name: {shown(name, 40)!r}")
            elif place == "query" and (not name or not name.isprintable()):
                self.report(item, f"not a name for a query parameter: {shown(name, 40)!r}")
            elif place == "headers" and folded in FORBIDDEN_HEADERS:
                self.report(item, f"header {shown(name, 40)!r} belongs to the HTTP library and cannot be emitted")
            elif folded in seen:
                self.report(item, f"header {shown(name, 40)!r} is set twice")
            seen.add(folded)
            yield Emission(name=name, template=self.template(item), origin=item.origin)

    def _policy(self, node: Node | None) -> Policy:
        fields = self.fields(node, "policy", tuple(_POLICY))
        chosen: dict[str, str] = {}
        for key, item in fields.items():
            chosen[key] = self.text(item, key)
            if chosen[key] not in _POLICY[key]:
                self.report(item, f"policy {key} is one of {', '.join(_POLICY[key])}, not {shown(chosen[key], 40)!r}")
        return Policy(**chosen)

    def _vectors(self, node: Node | None, steps: Sequence[str]) -> Iterator[Vector]:
        for item in self.sequence(node, "vectors", MAX_VECTORS):
            known = (*_VECTOR_KEYS, *(step for step in steps if step not in _VECTOR_KEYS))
            fields = self.fields(item, "a vector", known, required=("method", "url", "timestamp", "credentials"))
            timestamp = fields.get("timestamp")
            moment = timestamp.value if timestamp is not None else 0
            if timestamp is not None and (not isinstance(moment, int) or isinstance(moment, bool)):
                self.report(timestamp, "a vector's timestamp is a whole number of milliseconds")
            if not any(step in fields for step in steps):
                self.report(item, "a vector says what at least one step gives")
            yield Vector(
                method=self.text(fields.get("method"), "method"),
                url=self.text(fields.get("url"), "url"),
                timestamp=moment if isinstance(moment, int) else 0,
                credentials=self._pairs(fields.get("credentials"), "credentials"),
                options=self._pairs(fields.get("options"), "options"),
                headers=self._pairs(fields.get("headers"), "headers"),
                body=self.text(fields.get("body"), "body"),
                nonce=self.text(fields["nonce"], "nonce") if "nonce" in fields else None,
                expected=tuple((step, self.text(fields[step], step)) for step in steps if step in fields),
            )

    def _pairs(self, node: Node | None, what: str) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.text(item, name)) for name, item in self.mapping(node, what))

"""Reading recipes: a node of a document to a recipe, every mistake in it a diagnostic with its place."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence

from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError, Diagnostic, shown
from apiscribe.signing.check import RULE, check
from apiscribe.signing.recipe import (
    LANGUAGE,
    CredentialField,
    Emission,
    Policy,
    Recipe,
    Step,
    Template,
    Vector,
)
from apiscribe.signing.template import HEADER_NAME, RESERVED, TemplateError, parse

_KEYS = ("language", "name", "credentials", "steps", "emit", "policy", "vectors")
_VECTOR_KEYS = ("method", "url", "timestamp", "credentials", "headers", "body", "nonce")
_POLICY = {"attempts": ("resign",), "redirects": ("same-origin",)}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_LOCAL_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
# With `sign_` or `credential_` before them both stay identifiers.
_MAX_NAME = 74
_MAX_LOCAL_NAME = 69
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


def _is_local_name(name: str) -> bool:
    return len(name) <= _MAX_LOCAL_NAME and _LOCAL_NAME.match(name) is not None


class _Reader:
    """Goes through one recipe and collects what is wrong; stand-ins take the place of what cannot be read."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []

    def recipe(self, node: Node) -> Recipe:
        """Read the whole recipe."""
        fields = self._fields(node, "a recipe", _KEYS, required=("language", "name", "emit"))
        language = fields.get("language")
        if language is not None and (language.value != LANGUAGE or language.value is True):
            self._report(language, f"language must be {LANGUAGE}, the only version there is")
        emit = self._fields(fields.get("emit"), "emit", ("headers", "query"))
        headers, query = (tuple(self._emissions(emit.get(place), place)) for place in ("headers", "query"))
        if "emit" in fields and not headers and not query:
            self._report(fields["emit"], "a recipe emits at least one header or query parameter")
        steps = tuple(self._steps(fields.get("steps")))
        return Recipe(
            name=self._name(fields.get("name")),
            credentials=tuple(self._credentials(fields.get("credentials"))),
            steps=steps,
            headers=headers,
            query=query,
            policy=self._policy(fields.get("policy")),
            vectors=tuple(self._vectors(fields.get("vectors"), tuple(step.name for step in steps))),
            origin=node.origin,
        )

    def _name(self, node: Node | None) -> str:
        text = self._text(node, "the name")
        if node is not None and text and (not _NAME.match(text) or len(text) > _MAX_NAME):
            self._report(node, f"a recipe's name is lower-case words joined by '-', not {shown(text, 40)!r}")
        return text

    def _credentials(self, node: Node | None) -> Iterator[CredentialField]:
        for name, item in self._mapping(node, "credentials"):
            if not _is_local_name(name) or keyword.iskeyword(name):
                self._report(
                    item, f"not a name for a credential: {shown(name, 40)!r}; use lower-case words joined by '_'"
                )
            flags = self._fields(item, f"credential {shown(name, 40)!r}", ("secret", "optional"))
            for flag, value in flags.items():
                if not isinstance(value.value, bool):
                    self._report(value, f"{flag} is true or false")
            yield CredentialField(
                name=name,
                origin=item.origin,
                **{flag: value.value is True for flag, value in flags.items()},
            )

    def _steps(self, node: Node | None) -> Iterator[Step]:
        seen: set[str] = set()
        for item in self._sequence(node, "steps", MAX_STEPS):
            fields = self._fields(item, "a step", ("name", "separator", "parts"), required=("name", "parts"))
            name = self._text(fields.get("name"), "a step's name")
            if name and (not _is_local_name(name) or name in RESERVED):
                self._report(fields["name"], f"not a name for a step: {shown(name, 40)!r}")
            if name in seen:
                self._report(fields["name"], f"step {shown(name, 40)!r} is defined twice")
            seen.add(name)
            parts = [self._template(part) for part in self._sequence(fields.get("parts"), "parts", MAX_PARTS)]
            if "parts" in fields and not parts:
                self._report(fields["parts"], "a step has at least one part")
            yield Step(
                name=name,
                parts=tuple(parts),
                separator=self._text(fields.get("separator"), "the separator"),
                origin=item.origin,
            )

    def _emissions(self, node: Node | None, place: str) -> Iterator[Emission]:
        seen: set[str] = set()
        for name, item in self._mapping(node, place):
            folded = name.lower() if place == "headers" else name
            if place == "headers" and not HEADER_NAME.match(name):
                self._report(item, f"not a header name: {shown(name, 40)!r}")
            elif place == "query" and (not name or not name.isprintable()):
                self._report(item, f"not a name for a query parameter: {shown(name, 40)!r}")
            elif place == "headers" and folded in FORBIDDEN_HEADERS:
                self._report(item, f"header {shown(name, 40)!r} belongs to the HTTP library and cannot be emitted")
            elif folded in seen:
                self._report(item, f"header {shown(name, 40)!r} is set twice")
            seen.add(folded)
            yield Emission(name=name, template=self._template(item), origin=item.origin)

    def _policy(self, node: Node | None) -> Policy:
        fields = self._fields(node, "policy", tuple(_POLICY))
        chosen: dict[str, str] = {}
        for key, item in fields.items():
            chosen[key] = self._text(item, key)
            if chosen[key] not in _POLICY[key]:
                self._report(item, f"policy {key} is one of {', '.join(_POLICY[key])}, not {shown(chosen[key], 40)!r}")
        return Policy(**chosen)

    def _vectors(self, node: Node | None, steps: tuple[str, ...]) -> Iterator[Vector]:
        for item in self._sequence(node, "vectors", MAX_VECTORS):
            fields = self._fields(
                item, "a vector", (*_VECTOR_KEYS, *steps), required=("method", "url", "timestamp", "credentials")
            )
            timestamp = fields.get("timestamp")
            moment = timestamp.value if timestamp is not None else 0
            if timestamp is not None and (not isinstance(moment, int) or isinstance(moment, bool)):
                self._report(timestamp, "a vector's timestamp is a whole number of milliseconds")
            if not any(step in fields for step in steps):
                self._report(item, "a vector says what at least one step gives")
            yield Vector(
                method=self._text(fields.get("method"), "method"),
                url=self._text(fields.get("url"), "url"),
                timestamp=moment if isinstance(moment, int) else 0,
                credentials=self._pairs(fields.get("credentials"), "credentials"),
                headers=self._pairs(fields.get("headers"), "headers"),
                body=self._text(fields.get("body"), "body"),
                nonce=self._text(fields["nonce"], "nonce") if "nonce" in fields else None,
                expected=tuple((step, self._text(fields[step], step)) for step in steps if step in fields),
            )

    def _pairs(self, node: Node | None, what: str) -> tuple[tuple[str, str], ...]:
        return tuple((name, self._text(item, name)) for name, item in self._mapping(node, what))

    def _template(self, node: Node) -> Template:
        text = self._text(node, "a template")
        try:
            return parse(text)
        except TemplateError as error:
            self._report(node, str(error))
            return Template(text=text, pieces=())

    def _fields(
        self, node: Node | None, what: str, known: Sequence[str], required: Sequence[str] = ()
    ) -> dict[str, Node]:
        """Give the entries with known keys; report unknown and missing ones."""
        given = dict(self._mapping(node, what))
        for key, item in given.items():
            if key not in known:
                self._report(item, f"unknown key {shown(key, 40)!r} in {what}; known are {', '.join(known)}")
        if node is not None:
            for key in required:
                if key not in given:
                    self._report(node, f"{what} needs {key!r}")
        return {key: item for key, item in given.items() if key in known}

    def _mapping(self, node: Node | None, what: str) -> Sequence[tuple[str, Node]]:
        if node is not None and not node.is_mapping:
            self._report(node, f"{what} must be a mapping")
        return node.items() if node is not None else ()

    def _sequence(self, node: Node | None, what: str, limit: int) -> Sequence[Node]:
        if node is None:
            return ()
        if not node.is_sequence:
            self._report(node, f"{what} must be a list")
        elif len(node) > limit:
            self._report(node, f"{what} has more than {limit} entries")
        else:
            return node.elements()
        return ()

    def _text(self, node: Node | None, what: str) -> str:
        text = node.string if node is not None else ""
        if node is not None and text is None:
            self._report(node, f"{what} must be text")
        return text or ""

    def _report(self, node: Node, message: str) -> None:
        self.problems.append(node.error(RULE, message))

"""Compiling recipes: a checked recipe to one straight-line Python function that signs a request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from apiscribe.code import Code, docstring, fill, identifier, literal, tuple_of
from apiscribe.code import joined as listed
from apiscribe.signing.check import used_atoms
from apiscribe.signing.dependencies import signed_headers, signed_query, takes_header, takes_query
from apiscribe.signing.derived import Derived, derived_keys
from apiscribe.signing.expressions import Scope
from apiscribe.signing.guards import guarded, has_guard
from apiscribe.signing.prologue import prologue
from apiscribe.signing.recipe import CredentialField, Emission, OptionField, Recipe, Selection, Step
from apiscribe.signing.rows import header_rows, pair_rows, written
from apiscribe.signing.values import Value, constant, joined
from apiscribe.signing.words import AtomKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSigner:
    """A signing function as source, the imports it needs, and what the runtime must know of it."""

    function: Code
    imports: tuple[Code, ...]
    source: Code
    credentials: tuple[CredentialField, ...]
    options: tuple[OptionField, ...]

    @property
    def is_asymmetric(self) -> bool:
        """Tell whether signing needs the `cryptography` package."""
        return any("sign_message" in line for line in self.imports)


def compile_module(
    recipe: Recipe, *, function: str | None = None, credentials_type: str = "Credentials", explain: bool = False
) -> CompiledSigner:
    """Compile a recipe to a function with the signature that the runtime calls.

    The module it is placed in starts with `from __future__ import annotations`, has the imports of all its signers, and
    knows the credentials' type and the runtime's `Signed`. The function looks headers up by lower-case names. One that
    explains gives, beside what it signed, every step by name with its value, text or bytes.
    """
    name = identifier(function or "sign_" + recipe.name.replace("-", "_"))
    derived = derived_keys(recipe, name) if not explain else Derived(source=fill(""), inside=frozenset(), calls={})
    options = ", options: Mapping[str, str] = NO_OPTIONS" if recipe.chosen_options else ""
    body = _Compiler(recipe, derived).body(explain=explain)
    lines = [
        *([derived.source] if derived.source else []),
        *([] if explain or _reads_body(body) else [fill("@leaves_body")]),
        fill("def {}(", name),
        fill("    method: str, url: str, headers: Mapping[str, str], body: bytes,"),
        fill("    credentials: {}, now: float, nonce: str | None = None" + options, identifier(credentials_type)),
        fill(") -> tuple[Signed, tuple[tuple[str, str | bytes], ...]]:" if explain else ") -> Signed:"),
        *(fill("    {}", line) for line in body),
    ]
    source = fill("{}\n", listed("\n", lines))
    return CompiledSigner(
        function=name,
        imports=_imports(source),
        source=source,
        credentials=recipe.credentials,
        options=recipe.chosen_options,
    )


def _reads_body(lines: Sequence[Code]) -> bool:
    # The neutral text again: only there a word is a name for certain. Streamed bodies are not gathered for the others.
    return any(re.search(r"(?<![\w.])body\b", line.neutral) for line in lines)


_IMPORTS = {
    "Mapping[": "from collections.abc import Mapping",
    "Any,": "from typing import Any",
    "hashlib.": "import hashlib",
    "hmac.digest(": "import hmac",
    "b2a_base64(": "from binascii import b2a_base64",
    "urlsafe_b64encode(": "from base64 import urlsafe_b64encode",
    "quote(": "from urllib.parse import quote",
    "quote_plus(": "from urllib.parse import quote_plus",
    "unquote_to_bytes(": "from urllib.parse import unquote_to_bytes",
    "secrets.token_hex(": "import secrets",
    "formatdate(": "from email.utils import formatdate",
    "time.": "import time",
    "lru_cache(": "from functools import lru_cache",
    "@leaves_body": "from ._runtime.signing import leaves_body",
    "NO_OPTIONS": "from ._runtime.signing import NO_OPTIONS",
    "keyed_hash(": "from ._runtime.keyed import keyed_hash",
    "sign_message(": "from ._runtime.asymmetric import sign_message",
    **{
        f"{name}(": f"from ._runtime.canonical import {name}"
        for name in (
            *(
                "authority",
                "body_pairs",
                "collapsed",
                "ending",
                "form_pairs",
                "from_base64",
                "from_hex",
                "grouped",
                "hostname",
            ),
            *(
                "json_string",
                "new_nonce",
                "normal_path",
                "parameter",
                "path_encoded",
                "percent_encoded",
                "port",
                "query_pairs",
            ),
        )
    },
}


def _imports(source: Code) -> tuple[Code, ...]:
    # Looked for in the neutral text, where no literal of the recipe can look like a call.
    found = (
        fill(line) for name, line in _IMPORTS.items() if re.search(rf"(?<![\w.]){re.escape(name)}", source.neutral)
    )
    return tuple(sorted(found, key=lambda line: (line.startswith("from"), line)))


class _Compiler:
    """Prints one recipe's function, statement by statement."""

    def __init__(self, recipe: Recipe, derived: Derived) -> None:
        self._recipe = recipe
        self._derived = derived
        self._scope = Scope(recipe=recipe, steps={})
        self._lines: list[Code] = []
        self._emitted: dict[Emission, Code] = {}
        self._shared: dict[object, Code] = {}

    def body(self, *, explain: bool) -> Sequence[Code]:
        """Print the whole body."""
        recipe = self._recipe
        self._lines.append(docstring([f"Sign a request: {recipe.name}."]))
        needs_address = any(_needs_address(step) for step in recipe.steps)
        self._lines += prologue(recipe, used_atoms(recipe), needs_address=needs_address, signs_query=bool(recipe.query))
        for step in recipe.steps:
            if step.name not in self._derived.inside:
                self._step(step)
        signed = self._result()
        if explain:
            pairs = [tuple_of((literal(name), value.code)) for name, value in self._scope.steps.items()]
            signed = fill("{}, {}", signed, tuple_of(pairs))
        self._lines.append(fill("return {}", signed))
        return self._lines

    def _step(self, step: Step) -> None:
        self._scope = replace(self._scope, address=self._address(step))
        value = self._derived.calls.get(step.name) or self._value(step)
        variable = identifier(f"step_{step.name}")
        self._lines.append(fill("{} = {}", variable, value.code))
        known = Value(
            code=variable, is_text=value.is_text, is_ascii=value.is_ascii, lasts=step.name in self._derived.calls
        )
        self._scope = replace(self._scope, steps={**self._scope.steps, step.name: known}, address={})

    def _value(self, step: Step) -> Value:
        if step.selection is not None:
            pairs = self._pairs(step, step.selection)
            return self._written(step, step.selection, pairs)
        if any(has_guard(self._recipe, part) for part in step.parts):
            return self._conditional(step)
        values: list[Value] = []
        for number, part in enumerate(step.parts):
            values += [constant(step.separator)] if number else []
            values += self._scope.values(part)
        return joined(values)

    def _conditional(self, step: Step) -> Value:
        variable = identifier(f"parts_{step.name}")
        values = [self._scope.template(part) for part in step.parts]
        is_text = all(value.is_text for value in values)
        separator = constant(step.separator)
        self._lines.append(fill("{}: list[{}] = []", variable, fill("str" if is_text else "bytes")))
        for part, value in zip(step.parts, values, strict=True):
            appended = fill("{}.append({})", variable, value.code if is_text else value.octets)
            self._lines += guarded(self._recipe, part, appended)
        code = fill("{}.join({})", separator.code if is_text else separator.octets, variable)
        is_ascii = separator.is_ascii and all(value.is_ascii for value in values)
        return Value(code=code, is_text=is_text, is_ascii=is_ascii)

    # Selections. Two steps that take the same headers or parameters share them.

    def _pairs(self, step: Step, selection: Selection) -> Code:
        own = signed_headers(self._recipe, step)
        query = signed_query(self._recipe, step)
        picked = (selection.names, selection.excluded) if "headers" in selection.sources else ()
        key = (selection.sources, selection.own, picked, own, query)
        if key not in self._shared:
            variable = identifier(f"pairs_{step.name}")
            self._shared[key] = variable
            if "headers" in selection.sources:
                known = [(item.name.lower(), self._emission(item), self._may_miss(item)) for item in own]
                taken = [
                    item.name.lower()
                    for item in self._recipe.headers
                    if item not in own and takes_header(selection, item.name.lower())
                ]
                self._lines += header_rows(selection, known, taken, variable)
            else:
                self._lines += pair_rows(
                    selection, self._scope, lambda part, line: list(guarded(self._recipe, part, line)), variable
                )
        return self._shared[key]

    def _written(self, step: Step, selection: Selection, pairs: Code) -> Value:
        lines, value = written(step, selection, self._scope, pairs, self._shared)
        self._lines += lines
        return value

    # What is emitted. A header or parameter that a step signs is computed before that step, once.

    def _may_miss(self, item: Emission) -> bool:
        return has_guard(self._recipe, item.template)

    def _emission(self, item: Emission) -> Code:
        if item not in self._emitted:
            place = "header" if item in self._recipe.headers else "parameter"
            variable = identifier(f"{place}_{len(self._emitted) + 1}")
            value = self._scope.template(item.template).code
            if self._may_miss(item):
                self._lines.append(fill("{}: str | None = None", variable))
                self._lines += guarded(self._recipe, item.template, fill("{} = {}", variable, value))
            else:
                self._lines.append(fill("{} = {}", variable, value))
            self._emitted[item] = variable
        return self._emitted[item]

    def _address(self, step: Step) -> Mapping[AtomKind, Code]:
        """Give the parts of the address as it is sent, with the recipe's own parameters that a step signs."""
        added = signed_query(self._recipe, step)
        if not self._recipe.query or not takes_query(step):
            return {}
        if added not in self._shared:
            self._shared[added] = variable = identifier(f"sent_query_{step.name}")
            self._lines.append(fill("{} = url_query", variable))
            for item in added:
                name = constant(f"{quote(item.name, safe='')}=").code
                value = self._emission(item)
                text = fill('"".join(({}, "&" if {} else "", {}, quote({}, safe="")))', variable, variable, name, value)
                line = fill("{} = {}", variable, text)
                self._lines += (
                    [fill("if {} is not None:", value), fill("    {}", line)] if self._may_miss(item) else [line]
                )
        query = self._shared[added]
        mark = fill('"?" if {} else ""', query)
        return {
            AtomKind.QUERY: query,
            AtomKind.TARGET: fill('"".join((url_path, {}, {}))', mark, query),
            AtomKind.URL: fill('"".join((url_scheme, "://", url_front, {}, {}))', mark, query),
        }

    def _result(self) -> Code:
        results: list[Code] = []
        for name, emissions in (
            (fill("signed_headers"), self._recipe.headers),
            (fill("signed_query"), self._recipe.query),
        ):
            results.append(self._sent(emissions, name))
        return fill("Signed({})", listed(", ", results if self._recipe.query else results[:1]))

    def _sent(self, emissions: Sequence[Emission], variable: Code) -> Code:
        """Give the expression for what is emitted in one place, in the recipe's order."""
        lines: list[Code] = []
        group: list[Code] = []
        for item in emissions:
            known = self._emitted.get(item)
            pair = tuple_of((literal(item.name), known or self._scope.template(item.template).code))
            if not self._may_miss(item):
                group.append(pair)
                continue
            lines += _extended(variable, group, is_first=not lines)
            group = []
            added = fill("{} = (*{}, {})", variable, variable, pair)
            if known is not None:
                lines += [fill("if {} is not None:", known), fill("    {}", added)]
            else:
                lines += guarded(self._recipe, item.template, added)
        if not lines:
            return tuple_of(group)
        self._lines += [*lines, *_extended(variable, group, is_first=False)]
        return variable


def _needs_address(step: Step) -> bool:
    selection = step.selection
    if selection is None:
        return any(condition.kind == "query" for part in step.parts for condition in part.conditions)
    return takes_query(step) or ("headers" in selection.sources and takes_header(selection, "host"))


def _extended(variable: Code, group: Sequence[Code], *, is_first: bool) -> Iterator[Code]:
    if is_first:
        yield fill("{}: tuple[tuple[str, str], ...] = {}", variable, tuple_of(group))
    elif group:
        yield fill("{} = (*{}, {})", variable, variable, listed(", ", group))

"""Compiling recipes: a checked recipe to one straight-line Python function that signs a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apiscribe.code import Code, docstring, fill, identifier, literal, tuple_of
from apiscribe.code import joined as listed
from apiscribe.signing.check import needed_credentials, used_atoms
from apiscribe.signing.expressions import (
    Value,
    constant,
    credential_variable,
    joined,
    prologue,
    template_values,
)
from apiscribe.signing.recipe import AtomKind, CredentialField, Emission, Recipe, Step, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSigner:
    """A signing function as source, the imports it needs, and what the runtime must know of it."""

    function: Code
    imports: tuple[Code, ...]
    source: Code
    emitted_headers: tuple[str, ...]
    emitted_query: tuple[str, ...]
    credentials: tuple[CredentialField, ...]


def compile_module(
    recipe: Recipe, *, function: str | None = None, credentials_type: str = "Credentials"
) -> CompiledSigner:
    """Compile a recipe to a function with the signature that the runtime calls.

    The module it is placed in starts with `from __future__ import annotations`, has the imports of all its signers, and
    knows the credentials' type and the runtime's `Signed`. The function looks headers up by lower-case names.
    """
    name = identifier(function or "sign_" + recipe.name.replace("-", "_"))
    lines = [
        fill("def {}(", name),
        fill("    method: str, url: str, headers: Mapping[str, str], body: bytes,"),
        fill("    credentials: {}, now: float, nonce: str | None = None,", identifier(credentials_type)),
        fill(") -> Signed:"),
        *(fill("    {}", line) for line in _body(recipe)),
    ]
    return CompiledSigner(
        function=name,
        imports=_imports(recipe),
        source=fill("{}\n", listed("\n", lines)),
        emitted_headers=tuple(item.name for item in recipe.headers),
        emitted_query=tuple(item.name for item in recipe.query),
        credentials=recipe.credentials,
    )


_TRANSFORM_IMPORTS = {
    "hash": fill("import hashlib"),
    "hmac": fill("import hmac"),
    "base64": fill("from binascii import b2a_base64"),
    "base64url": fill("from base64 import urlsafe_b64encode"),
    "percent-encode": fill("from urllib.parse import quote"),
}


def _imports(recipe: Recipe) -> tuple[Code, ...]:
    templates = [part for step in recipe.steps for part in step.parts]
    templates += [emission.template for emission in recipe.emissions]
    found = {fill("from collections.abc import Mapping")}
    for piece in (piece for template in templates for piece in template.pieces):
        found |= {_TRANSFORM_IMPORTS[item.name] for item in piece.transforms if item.name in _TRANSFORM_IMPORTS}
    for atom in used_atoms(recipe):
        if atom.kind is AtomKind.NONCE:
            found.add(fill("import secrets"))
        elif atom.kind is AtomKind.TIMESTAMP and atom.name == "http-date":
            found.add(fill("from email.utils import formatdate"))
        elif atom.kind is AtomKind.TIMESTAMP and not atom.name.startswith("unix"):
            found.add(fill("import time"))
    return tuple(sorted(found, key=lambda line: (line.startswith("from"), line)))


def _body(recipe: Recipe) -> Iterator[Code]:
    yield docstring([f"Sign a request: {recipe.name}."])
    yield from prologue(recipe, used_atoms(recipe))
    steps: dict[str, Value] = {}
    for step in recipe.steps:
        variable = identifier(f"step_{step.name}")
        needs = any(needed_credentials(recipe, part) for part in step.parts)
        lines, value = (_conditional_step if needs else _plain_step)(recipe, steps, step)
        yield from lines
        yield fill("{} = {}", variable, value.code)
        steps[step.name] = Value(code=variable, is_text=value.is_text, is_ascii=value.is_ascii)
    yield from _result(recipe, steps)


def _plain_step(recipe: Recipe, steps: Mapping[str, Value], step: Step) -> tuple[Sequence[Code], Value]:
    values: list[Value] = []
    for number, part in enumerate(step.parts):
        values += [constant(step.separator)] if number else []
        values += template_values(recipe, steps, part)
    return (), joined(values)


def _conditional_step(recipe: Recipe, steps: Mapping[str, Value], step: Step) -> tuple[Sequence[Code], Value]:
    variable = identifier(f"parts_{step.name}")
    values = [joined(template_values(recipe, steps, part)) for part in step.parts]
    is_text = all(value.is_text for value in values)
    separator = constant(step.separator)
    lines = [fill("{}: list[{}] = []", variable, fill("str" if is_text else "bytes"))]
    for part, value in zip(step.parts, values, strict=True):
        appended = fill("{}.append({})", variable, value.code if is_text else value.octets)
        lines += _guarded(recipe, part, appended)
    code = fill("{}.join({})", separator.code if is_text else separator.octets, variable)
    is_ascii = separator.is_ascii and all(value.is_ascii for value in values)
    return lines, Value(code=code, is_text=is_text, is_ascii=is_ascii)


def _guarded(recipe: Recipe, template: Template, statement: Code) -> Iterator[Code]:
    """Give a statement that runs only when the optional credentials of a template are there."""
    needed = needed_credentials(recipe, template)
    if needed:
        tests = (fill("{} is not None", credential_variable(name)) for name in needed)
        yield fill("if {}:", listed(" and ", tests))
        yield fill("    {}", statement)
    else:
        yield statement


def _result(recipe: Recipe, steps: Mapping[str, Value]) -> Iterator[Code]:
    results: list[Code] = []
    for name, emissions in ((fill("signed_headers"), recipe.headers), (fill("signed_query"), recipe.query)):
        lines, result = _emitted(recipe, steps, emissions, name)
        yield from lines
        results.append(result)
    yield fill("return Signed({})", listed(", ", results if recipe.query else results[:1]))


def _emitted(
    recipe: Recipe, steps: Mapping[str, Value], emissions: Sequence[Emission], variable: Code
) -> tuple[Sequence[Code], Code]:
    """Give the statements and the expression for what is emitted in one place, in the recipe's order."""
    lines: list[Code] = []
    group: list[Code] = []
    for emission in emissions:
        value = joined(template_values(recipe, steps, emission.template))
        pair = tuple_of((literal(emission.name), value.code))
        if needed_credentials(recipe, emission.template):
            lines += _extended(variable, group, is_first=not lines)
            group = []
            lines += _guarded(recipe, emission.template, fill("{} = (*{}, {})", variable, variable, pair))
        else:
            group.append(pair)
    if not lines:
        return (), tuple_of(group)
    return [*lines, *_extended(variable, group, is_first=False)], variable


def _extended(variable: Code, group: Sequence[Code], *, is_first: bool) -> Iterator[Code]:
    if is_first:
        yield fill("{}: tuple[tuple[str, str], ...] = {}", variable, tuple_of(group))
    elif group:
        yield fill("{} = (*{}, {})", variable, variable, listed(", ", group))

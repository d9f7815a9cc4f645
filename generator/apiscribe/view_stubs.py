"""The view of the stubs: what the templates of the tests print, all of it code already."""

from __future__ import annotations

from dataclasses import dataclass

from apiscribe.code import Code, Docstring
from apiscribe.view import Import


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One test: what its name says, the function that checks it, the case (another one than the operation's own where
    `is_other`), and the arguments after it."""

    says: Code
    function: Code
    case: Code
    arguments: tuple[Code, ...]
    is_other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One operation: the facts of its case, and its tests."""

    name: Code
    constant: Code
    facts: tuple[Code, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesModule:
    """The tests of one service version."""

    docstring: Docstring
    imports: tuple[Import, ...]
    target: tuple[Code, ...]
    cases: tuple[CaseView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A constant, its type and its value."""

    name: Code
    annotation: Code
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipesModule:
    """The recipes as data, and the credentials of the tests."""

    docstring: Docstring
    imports: tuple[Import, ...]
    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorView:
    """One golden request of a recipe, as a test."""

    name: Code
    arguments: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorsModule:
    """The golden requests of all recipes."""

    docstring: Docstring
    imports: tuple[Import, ...]
    vectors: tuple[VectorView, ...]

"""The view of a package's verifying side: which schemes there are, and what each sends."""

from __future__ import annotations

from dataclasses import dataclass

from apiscribe.code import Code, Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """One way of signing: its name, and the facts that a verifier needs."""

    name: Code
    facts: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestingModule:
    """The module for servers and mock servers; `default` is the scheme that is meant when none is named."""

    docstring: Docstring
    names: Code
    schemes: tuple[SchemeView, ...]
    default: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class FixturesModule:
    """The module with the pytest fixture."""

    docstring: Docstring

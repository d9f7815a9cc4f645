"""One service version as the rest of the plan sees it: what it means, its names, its types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apiscribe import ir
from apiscribe.code import Code, fill, identifier, joined, relative_module
from apiscribe.naming import snake_case
from apiscribe.plan.group_names import Groups
from apiscribe.plan.names import ApiNames, plain_version
from apiscribe.plan.security import Security
from apiscribe.plan.uses import Types, TypeUse
from apiscribe.view import Import

# From a module of a service version up to the package: v1_1, data_ops, package.
_UP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """The meaning, named schemas by key, names, types and security of one service version."""

    api: ir.Api
    schemas: Mapping[str, ir.Schema]
    names: ApiNames
    types: Types
    modules: Mapping[str, str]
    package: str
    environment_prefix: str
    groups: Groups
    security: Security = field(default_factory=Security)

    @property
    def title(self) -> str:
        """What this version is called in prose: of a version that is a time, its day."""
        return f"{self.api.title} {plain_version(self.api.version)}"

    @property
    def folder(self) -> str:
        """The folder of this version inside the package."""
        return f"{self.names.module}/{self.names.version}"

    def model_imports(self, uses: Iterable[TypeUse], dots: int = 1, package: str = "models") -> tuple[Import, ...]:
        """Import the classes that some types name, one line for each module, from so many dots up."""
        wanted = {name for use in uses for name in use.classes}
        by_module: dict[str, list[str]] = {}
        for name in sorted(wanted):
            by_module.setdefault(self.modules[name], []).append(name)
        prefix = f"{package}." if package else ""
        return tuple(
            Import(module=relative_module(dots, f"{prefix}{module}"), names=name_list(names))
            for module, names in sorted(by_module.items())
        )


def runtime_module(module: str, dots: int = _UP) -> Code:
    """Name a module of the runtime, seen from so many dots below the package."""
    return relative_module(dots, f"_runtime.{module}")


def runtime_package(dots: int = _UP) -> Code:
    """Name the runtime itself, seen from so many dots below the package."""
    return relative_module(dots, "_runtime")


def relative_package(module: str) -> Code:
    """Name a module at the top of the package, seen from a service version."""
    return relative_module(_UP, module)


def runtime_import(module: str, *names: str, dots: int = _UP) -> Import:
    """Import names from a module of the runtime."""
    return Import(module=runtime_module(module, dots), names=name_list(sorted(names)))


def runtime_alias(module: str, *names: str, dots: int = _UP) -> Import:
    """Import names from a module of the runtime under such as no model can have: documents have models called so."""
    listed = joined(", ", (fill("{} as _{}", identifier(name), identifier(name)) for name in names))
    return Import(module=runtime_module(module, dots), names=listed)


def name_list(names: Iterable[str]) -> Code:
    """List names as an import statement does."""
    return joined(", ", (identifier(name) for name in names))


def typing_imports(annotated: Iterable[Code]) -> tuple[Import, ...]:
    """Import what annotations use of typing."""
    words = words_in(annotated, "Any", "Literal", "Union")
    return (Import(module=identifier("typing"), names=name_list(words)),) if words else ()


def words_in(codes: Iterable[Code], *words: str) -> tuple[str, ...]:
    """Tell which of some names are used; only in the neutral text of code a word is a name for certain.

    >>> words_in([Code("list[Any]"), Code("'a Union'", "''")], "Any", "Literal", "Union")
    ('Any',)
    """
    text = "\n".join(code.neutral for code in codes)
    return tuple(word for word in words if re.search(rf"(?<![\w.]){word}\b", text))


def word_imports(uses: Iterable[TypeUse], *extra: str) -> tuple[Import, ...]:
    """Import what types need from typing."""
    words = {word for use in uses for word in use.words if word in ("Any", "Literal", "Union")} | set(extra)
    return (Import(module=identifier("typing"), names=name_list(sorted(words))),) if words else ()


def format_imports(uses: Iterable[TypeUse], dots: int = _UP) -> tuple[Import, ...]:
    """Import what types of texts with a format, and of what requests take, need from the runtime."""
    words = {word for use in uses for word in use.words}
    modules = [Code(f"{name} as _{name}") for name in ("formats", "sent") if f"_{name}" in words]
    return (
        *((Import(module=runtime_package(dots), names=joined(", ", modules)),) if modules else ()),
        *((runtime_import("model", "DateTime", dots=dots),) if "DateTime" in words else ()),
    )


def module_name(class_name: str) -> str:
    """Give the module of a class."""
    return snake_case(class_name)

"""What a package may be told: names, layout, licence, authors, description, lowest Python; each with its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from apiscribe.errors import shown
from apiscribe.naming_words import DEVICES, KEYWORDS, STANDARD_MODULES

FORMATTERS: Final = ("black", "ruff")
PYTHONS: Final = ("3.11", "3.12", "3.13")
LAYOUTS: Final = ("flat", "src")
DEFAULT_VERSION: Final = "0.1.0"
MAX_DESCRIPTION: Final = 512
_PACKAGE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
_DISTRIBUTION_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
# What is installed beside generated code, and what lies beside the package in its folder.
_IMPORTED: Final = frozenset(
    {"annotated_types", "apiscribe", "httpx", "pydantic", "pydantic_core", "typing_extensions"}
)
_BESIDE: Final = frozenset({"reference", "src", "stubs"})
_VERSION: Final = re.compile(
    r"(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){0,3}((a|b|rc)\d{1,8})?(\.post\d{1,8})?(\.dev\d{1,8})?"
)
_AUTHOR: Final = re.compile(r"(?P<name>[^<>,@\"\\]{1,200}?)(?: <(?P<mail>[^\s<>@,\"\\]{1,64}@[A-Za-z0-9.-]{1,190})>)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One `[package.NAME]` table: which documents become which generated distribution, and how; paths as written.

    What is empty was not said: the distribution is named after the package then, and has no licence or authors.
    """

    name: str
    specs: tuple[str, ...]
    out: str
    version: str
    formatter: str
    python: str
    distribution: str = ""
    layout: str = LAYOUTS[0]
    license: str = ""
    license_file: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    changelog: bool = True

    @property
    def folder(self) -> str:
        """The folder of the import package inside the distribution's."""
        return f"src/{self.name}" if self.layout == "src" else self.name


def package_name_problem(name: str) -> str | None:
    """Tell why a name cannot be an import name; None when it can.

    >>> package_name_problem("json")
    'is a module of the standard library'
    """
    if not _PACKAGE_NAME.fullmatch(name):
        return f"does not match {_PACKAGE_NAME.pattern}"
    known = (
        (KEYWORDS, "is a Python keyword"),
        (STANDARD_MODULES, "is a module of the standard library"),
        (_IMPORTED, "is the name of another package"),
        (_BESIDE, "is a folder of every generated distribution"),
        (DEVICES, "is a name that Windows keeps for itself"),
    )
    return next((problem for names, problem in known if name in names), None)


def distribution_problem(name: str) -> str | None:
    """Tell why a name cannot be that of a distribution.

    >>> distribution_problem("my cloud"), distribution_problem("acme.cloud-sdk")
    ('is no name of a distribution, such as acme-cloud', None)
    """
    if not _DISTRIBUTION_NAME.fullmatch(name):
        return "is no name of a distribution, such as acme-cloud"
    plain = re.sub(r"[-_.]+", "_", name).lower()
    return "is the name of a distribution that the package needs" if plain in _IMPORTED else None


def version_problem(version: str) -> str | None:
    """Tell why a text is no version.

    >>> version_problem("v1"), version_problem("1.4.0rc1")
    ('is not a version such as 1.4.0', None)
    """
    return None if _VERSION.fullmatch(version) else "is not a version such as 1.4.0"


def license_problem(expression: str) -> str | None:
    """Tell why a text is no SPDX licence expression.

    >>> license_problem("Apache 2"), license_problem("mit OR Apache-2.0")
    ('is no SPDX expression, such as Apache-2.0, MIT OR BSD-3-Clause, or LicenseRef-Proprietary', None)
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonicalize_license_expression(expression)
    except InvalidLicenseExpression:
        return "is no SPDX expression, such as Apache-2.0, MIT OR BSD-3-Clause, or LicenseRef-Proprietary"
    return None


def license_expression(expression: str) -> str:
    """Write an SPDX expression in the one spelling of the specification; nothing stays nothing.

    >>> license_expression("mit or apache-2.0")
    'MIT OR Apache-2.0'
    """
    if not expression:
        return ""
    from packaging.licenses import canonicalize_license_expression

    return str(canonicalize_license_expression(expression))


def author_problem(author: str) -> str | None:
    """Tell why a text is no author.

    >>> author_problem("Team Cloud <cloud@example.com>"), author_problem("cloud@example.com")
    (None, 'is no author, such as Team Cloud <cloud@example.com>')
    """
    good = _AUTHOR.fullmatch(author) and author.isprintable() and author == author.strip()
    return None if good else "is no author, such as Team Cloud <cloud@example.com>"


def author_parts(author: str) -> tuple[str, str]:
    """Take an author's name and address apart.

    >>> author_parts("Team Cloud <cloud@example.com>"), author_parts("Team Cloud")
    (('Team Cloud', 'cloud@example.com'), ('Team Cloud', ''))
    """
    match = _AUTHOR.fullmatch(author)
    return (match["name"], match["mail"] or "") if match else (author, "")


def description_problem(text: str) -> str | None:
    """Tell why a text cannot be the summary of a distribution.

    >>> description_problem("a" * 600), description_problem("Client of Shop")
    ('is not one line of at most 512 characters', None)
    """
    good = text.isprintable() and text == text.strip() and 0 < len(text) <= MAX_DESCRIPTION
    return None if good else f"is not one line of at most {MAX_DESCRIPTION} characters"


PROBLEMS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "version": version_problem,
    "distribution": distribution_problem,
    "license": license_problem,
    "authors": author_problem,
    "description": description_problem,
}
"""What is checked alike in apiscribe.toml and on the command line, by the name of the option."""


def problem_of(option: str, value: str) -> str | None:
    """Tell what is wrong with a value, the value first."""
    problem = PROBLEMS[option](value)
    return f"{shown(value)} {problem}" if problem else None

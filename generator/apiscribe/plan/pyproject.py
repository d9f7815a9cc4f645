"""The distribution's own metadata: what the caller decides about it goes in, its pyproject.toml comes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apiscribe.plan.service import ServicePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What the caller decides about a distribution: names, version, layout, lowest Python, what it says of itself.

    `license` is an SPDX expression and `license_text` the file that goes with it; an author is a name and an address,
    or nothing for the address.
    """

    package: str
    version: str = "0.1.0"
    python: str = "3.11"
    distribution: str = ""
    layout: str = "flat"
    license: str = ""
    license_text: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    description: str = ""

    @property
    def name(self) -> str:
        """The name by which it is installed."""
        return self.distribution or self.package.replace("_", "-")

    @property
    def folder(self) -> str:
        """The folder of the import package."""
        return f"src/{self.package}" if self.layout == "src" else self.package


def pyproject(distribution: Distribution, plans: Sequence[ServicePlan], *, asymmetric: bool) -> str:
    """Print pyproject.toml; `asymmetric` adds the extra that signs with private keys."""
    titles = ", ".join(dict.fromkeys(plan.api.title for plan in plans))
    lines = [
        "[build-system]",
        'requires = ["hatchling>=1.27,<2"]',
        'build-backend = "hatchling.build"',
        "",
        "[project]",
        f"name = {_toml(distribution.name)}",
        f"version = {_toml(distribution.version)}",
        f"description = {_toml(distribution.description or f'Client of {titles}'[:200])}",
        'readme = "README.md"',
        f"requires-python = {_toml('>=' + distribution.python)}",
        *_license(distribution),
        *_authors(distribution),
        'dependencies = ["httpx>=0.28,<1", "pydantic>=2.12,<3"]',
        "",
        *(["[project.optional-dependencies]", 'asymmetric = ["cryptography>=45"]', ""] if asymmetric else []),
        "[tool.hatch.build.targets.wheel]",
        f"packages = [{_toml(distribution.folder)}]",
        "",
        "[tool.pytest.ini_options]",
        'addopts = ["--import-mode=importlib"]',
        'filterwarnings = ["error"]',
        *(['pythonpath = ["src"]'] if distribution.layout == "src" else []),
        'testpaths = ["stubs"]',
        "",
    ]
    return "\n".join(lines)


def _license(distribution: Distribution) -> Iterable[str]:
    if distribution.license:
        yield f"license = {_toml(distribution.license)}"
    if distribution.license_text:
        yield 'license-files = ["LICENSE"]'


def _authors(distribution: Distribution) -> Iterable[str]:
    if distribution.authors:
        listed = (
            f"{{ name = {_toml(name)}, email = {_toml(mail)} }}" if mail else f"{{ name = {_toml(name)} }}"
            for name, mail in distribution.authors
        )
        yield f"authors = [{', '.join(listed)}]"


def _toml(text: str) -> str:
    # A JSON string is a TOML basic string once DEL is escaped as well.
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")

"""The context of the templates, as docs/templates.md has to list it: what is planned for documents of every kind."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

from apiscribe import view, view_reference, view_stubs, view_testing
from apiscribe.pipeline import Settings, Source, planned
from apiscribe.plan.pyproject import Distribution

from .generation import templates
from .stub_documents import SMALL

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "templates.md"
START = "## The context\n"
MODULES = {
    view: "Clients, models and signers",
    view_testing: "The verifying side",
    view_stubs: "Stubs",
    view_reference: "README and reference",
}
# Not printed by a template: files, and what holds them.
_PLANS = ("File", "Package")
FURTHER = """
openapi: 3.1.0
info: {title: Hooks, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: ok, headers: {X-A: {schema: {type: integer}}}}}}}
webhooks:
  sold: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}}
"""


def contexts() -> dict[str, str]:
    """Give the class of the view of each template."""
    sources = [Source(path=f"{name}.yaml", data=text.encode()) for name, text in (("a", SMALL), ("b", FURTHER))]
    package = planned(sources, Settings(distribution=Distribution(package="shopping")), templates()).package
    found: dict[str, str] = {}
    for file in package.files:
        if file.template:
            name = type(file.view).__name__
            assert found.setdefault(file.template, name) == name
    return dict(sorted(found.items()))


def listed() -> str:
    """Write the part of the page that lists templates and classes."""
    rows = "".join(f"| `{name}` | `{cls}` |\n" for name, cls in contexts().items())
    tables = "".join(f"\n### {title}\n{''.join(_tables(module))}" for module, title in MODULES.items())
    return f"{START}\n| Template | `view` is a |\n|---|---|\n{rows}{tables}"


def _tables(module: ModuleType) -> Iterator[str]:
    for name, cls in vars(module).items():
        if is_dataclass(cls) and getattr(cls, "__module__", "") == module.__name__ and name not in _PLANS:
            rows = "".join(
                f"| `{field.name}` | `{str(field.type).replace(' | ', ' or ')}` |\n" for field in fields(cls)
            )
            about = " ".join((inspect.getdoc(cls) or "").split())
            yield f"\n#### {name}\n\n{about}\n\n| Name | Type |\n|---|---|\n{rows}"


def written() -> str:
    """Write the page anew, its first part as it is."""
    return PAGE.read_text(encoding="utf-8").partition(START)[0] + listed()


if __name__ == "__main__":
    sys.stdout.write(written())

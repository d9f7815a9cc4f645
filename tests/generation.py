"""Generation as the tests of its rooms use it: small documents as YAML go in, what a room makes of them comes out."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from apiscribe import ir
from apiscribe.document.load import load
from apiscribe.document.resolve import Resolver
from apiscribe.document.rules import check
from apiscribe.errors import Diagnostic, Severity, line_of
from apiscribe.location import read_templates
from apiscribe.lower import Lowered, lower
from apiscribe.pipeline import Built, Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution

HEAD = "info: {title: Shop, version: '1'}\n"
PACKAGE = "shopping"


def headed(body: str, version: str = "3.1.0") -> str:
    """Put the head of a document before its paths and components."""
    paths = "" if "paths:" in body else "paths: {}\n"
    return f"openapi: {version}\n{HEAD}{paths}{body}"


def lowered(body: str, version: str = "3.1.0", read: Callable[[str], bytes] | None = None) -> Lowered:
    """Check and lower a document."""
    document = load(headed(body, version).encode(), file="a.yaml")
    resolver = Resolver(document, read)
    found = check(document, resolver)
    assert [line_of(item) for item in found if item.severity is Severity.ERROR] == []
    return lower(document, resolver)


def schema(body: str, version: str = "3.1.0") -> tuple[ir.Schema, list[str]]:
    """Lower one schema, given in YAML's flow style, and give the warnings that lowering it brought."""
    result = lowered(
        f"components:\n  schemas:\n    Other: {{type: object, properties: {{a: {{}}}}}}\n    A: {body}\n", version
    )
    named = {item.name: item.schema for item in result.api.schemas}
    return named["A"], warnings(result.diagnostics)


def warnings(found: tuple[Diagnostic, ...]) -> list[str]:
    """Give the lines of what was noticed."""
    return [line_of(item) for item in found]


def templates() -> Templates:
    """Read the toolkit's own templates."""
    texts, runtime, stubs = read_templates()
    return Templates(texts=texts, runtime=runtime, stubs=stubs)


def built(*documents: str, strict: bool = False, skip_invalid: bool = False, package: str = PACKAGE) -> Built:
    """Build a distribution of documents."""
    sources = tuple(Source(path=f"{chr(97 + index)}.yaml", data=text.encode()) for index, text in enumerate(documents))
    settings = Settings(distribution=Distribution(package=package), strict=strict, skip_invalid=skip_invalid)
    return build(sources, settings, templates())


@contextmanager
def imported(texts: Mapping[str, str], folder: Path, package: str = PACKAGE) -> Iterator[ModuleType]:
    """Write a distribution and import its package, which is forgotten afterwards."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]

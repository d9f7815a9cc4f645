"""The cases: each folder of tests/cases describes an API, what is generated for it, and what its client does.

    NAME/openapi.yaml      the document; openapi-3.0.yaml beside it says the same in the older words
    NAME/expected/…        files of the generated package, relative to the folder of the document's version
    NAME/calls.yaml        `warnings` that the document brings, and `calls`, see `Call`

`python -m tests.cases.rewrite` writes what is generated now over the expected files; look at the difference then.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from apiscribe.errors import Diagnostic
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution
from apiscribe.style import Styler

from .generation import templates

FOLDER = Path(__file__).parent / "cases"
PACKAGE = "cases_package"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: the Python expression, the request it makes, what is answered, and what Python has of it.

    `request` is `METHOD target`, none where nothing is sent; `headers` of it and `body` (JSON) or `text` are compared
    where they are told. `answer` has a `status` (204 without a word), `json` or `text`, and `headers`. `gives` is the
    repr of the value, `host` is where a client without a `base_url` sends it, `raises` the beginning of `Error:
    message`; either may stand alone.
    """

    call: str
    request: str | None = None
    headers: dict[str, str] | None = None
    body: Any = None
    text: str | None = None
    answer: dict[str, Any] | None = None
    gives: str | None = None
    raises: str | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One spelling of a case, and what is expected of every spelling."""

    name: str
    document: Path
    warnings: tuple[str, ...]
    calls: tuple[Call, ...]

    @property
    def id(self) -> str:
        """Name the spelling, as its service is named."""
        return self.name + self.document.stem.removeprefix("openapi").replace(".", "-").replace("--", "-")

    @property
    def module(self) -> str:
        """Give the folder of its version in the package."""
        return f"{self.id.replace('-', '_')}/v1"

    def expected(self) -> dict[str, Path]:
        """List the expected files by their path in the folder of the version."""
        folder = FOLDER / self.name / "expected"
        return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.py"))}


@functools.cache
def cases() -> tuple[Case, ...]:
    """Read all cases."""
    return tuple(_read())


def _read() -> Iterator[Case]:
    for folder in sorted(path for path in FOLDER.iterdir() if (path / "calls.yaml").is_file()):
        told = yaml.safe_load((folder / "calls.yaml").read_text("utf-8"))
        calls = tuple(Call(**call) for call in told["calls"])
        for document in sorted(folder.glob("openapi*.yaml")):
            yield Case(name=folder.name, document=document, warnings=tuple(told.get("warnings", ())), calls=calls)


@functools.cache
def generated() -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Generate one package of all documents, with those files formatted that are compared."""
    sources = [_source(case) for case in cases()]
    made = build(sources, Settings(distribution=Distribution(package=PACKAGE)), templates())
    compared = {path for case in cases() for path in compared_paths(case, made.texts)}
    texts = {path: text for path, text in made.texts.items() if path in compared}
    return {**made.texts, **Styler("black", "3.11", workers=1).format_all(texts)}, made.diagnostics


def compared_paths(case: Case, texts: dict[str, str] | Any) -> dict[str, str]:
    """List the generated files that are compared: every module of models, and what else is expected already."""
    start = f"{PACKAGE}/{case.module}/"
    models = {path.removeprefix(start) for path in texts if path.startswith(f"{start}models/")}
    wanted = {*(name for name in models if not name.endswith("__init__.py")), *case.expected()}
    return {f"{start}{name}": name for name in sorted(wanted) if f"{start}{name}" in texts}


def _source(case: Case) -> Source:
    def read(path: str) -> bytes:
        return (case.document.parent / path).read_bytes()

    data = case.document.read_bytes()
    return Source(path=f"{case.name}/{case.document.name}", data=data, read=read)

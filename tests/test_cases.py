"""The cases of tests/cases: what is generated for each small document, and what its clients do over loopback."""

from __future__ import annotations

import difflib
import importlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from .case_files import PACKAGE, Call, Case, cases, compared_paths, generated
from .client_room import BOTH, run, run_elsewhere
from .generation import imported
from .loopback import Answer, Received, loopback

CASES = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
WORDS = {
    "UTC": UTC,
    "date": date,
    "datetime": datetime,
    "time": time,
    "timedelta": timedelta,
    "Decimal": Decimal,
    "UUID": UUID,
    "Path": Path,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    texts, _ = generated()
    with imported(texts, tmp_path_factory.mktemp("cases"), PACKAGE) as module:
        yield module


@CASES
def test_the_generated_files_are_the_expected_ones(case: Case) -> None:
    texts, _ = generated()
    made = {name: texts[path] for path, name in compared_paths(case, texts).items()}
    wanted = {name: path.read_text(encoding="utf-8") for name, path in case.expected().items()}
    difference = [
        line
        for name in sorted({*made, *wanted})
        for line in difflib.unified_diff(
            wanted.get(name, "").splitlines(), made.get(name, "").splitlines(), f"expected {name}", name, lineterm=""
        )
    ]
    assert not difference, "\n".join(["", *difference, "", "meant so? python -m tests.cases.rewrite"])


@CASES
def test_the_warnings_are_the_expected_ones(case: Case) -> None:
    _, diagnostics = generated()
    file = f"{case.name}/{case.document.name}"
    assert [item.message for item in diagnostics if item.origin.file == file] == list(case.warnings)


@pytest.mark.parametrize(
    ("case", "call"),
    [pytest.param(case, call, id=f"{case.id}-{number}") for case in cases() for number, call in enumerate(case.calls)],
)
@BOTH
def test_a_call(package: ModuleType, kind: str, case: Case, call: Call) -> None:
    version = importlib.import_module(f"{PACKAGE}.{case.module.replace('/', '.')}")
    models = importlib.import_module(f"{version.__name__}.models")
    words = {
        **{name: getattr(package, name) for name in package.__all__},
        **WORDS,
        **{name: getattr(models, name) for name in models.__all__},
    }
    if (Path(str(version.__file__)).parent / "webhooks.py").exists():
        words["webhooks"] = importlib.import_module(f"{version.__name__}.webhooks")
    service = next(name for name in version.__all__ if f"Async{name}" in version.__all__)
    outcome: list[str] = []

    def work(client: Any) -> Any:
        return eval(call.call, {**words, "client": client})

    with loopback(_answer(call)) as server:
        settings = {"package": package, "credentials": None, "max_retries": 0}
        try:
            if call.host is None:
                outcome.append(repr(run(kind, service, work, base_url=server.url, **settings)))
            else:
                outcome.append(repr(run_elsewhere(kind, service, server.url, work, **settings)))
        except Exception as error:
            if call.raises is None:
                raise
            outcome.append(f"{type(error).__name__}: {error}")
    _compare(call, outcome[0], server.received)


def _compare(call: Call, outcome: str, received: list[Received]) -> None:
    if call.raises is not None:
        assert outcome[: len(call.raises)] == call.raises
    elif call.gives is not None:
        assert outcome == call.gives
    assert [f"{request.method} {request.target}" for request in received] == ([call.request] if call.request else [])
    assert call.host in (None, *(request.header("host") for request in received))
    for name, value in (call.headers or {}).items():
        assert received[0].header(name) == value
    if call.text is not None:
        assert received[0].body.decode() == call.text
    if call.body is not None:
        assert json_of(received[0].body) == call.body


def json_of(body: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(body)
    return body


def _answer(call: Call) -> Answer:
    told = call.answer or {"status": 204}
    headers = {name: str(value) for name, value in told.get("headers", {}).items()}
    if "json" in told:
        return Answer(
            told.get("status", 200), json.dumps(told["json"]).encode(), {"Content-Type": "application/json", **headers}
        )
    return Answer(told.get("status", 200), told.get("text", "").encode(), headers)

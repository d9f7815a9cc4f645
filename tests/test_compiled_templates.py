"""Compiled templates: kept where Python keeps bytecode, used in the next run, and as good as none when damaged."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from apiscribe.location import CompiledTemplates
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution

from .generation import PACKAGE, headed, templates

SHOP = Source(path="a.yaml", data=headed("paths: {/a: {get: {responses: {204: {description: a}}}}}\n").encode())
SETTINGS = Settings(distribution=Distribution(package=PACKAGE))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def texts(store: CompiledTemplates | None) -> dict[str, str]:
    return dict(build((SHOP,), SETTINGS, replace(templates(), store=store)).texts)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_template_is_compiled_once(kept: Path) -> None:
    plain = texts(None)
    assert files(kept) == {}
    assert texts(CompiledTemplates()) == plain
    first = files(kept)
    assert {path.name.partition("-")[0] for path in first} >= {
        "client.client.py.j2.code",
        "reference.index.md.j2.markdown",
    }
    for path in first:
        path.chmod(0o400)
    assert texts(CompiledTemplates()) == plain
    assert files(kept) == first


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-9], lambda data: b"\0" * len(data)])
def test_what_is_damaged_is_compiled_anew(kept: Path, damage: Callable[[bytes], bytes]) -> None:
    plain = texts(CompiledTemplates())
    first = files(kept)
    for path, data in first.items():
        path.write_bytes(damage(data))
    assert texts(CompiledTemplates()) == plain
    assert files(kept) == first


def test_nothing_is_kept_where_python_keeps_no_bytecode(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    texts(CompiledTemplates())
    assert files(kept) == {}


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(kept: Path) -> None:
    (kept / Path(sys.prefix).parts[1]).write_text("a file where a folder is to be")
    (kept / Path(__file__).parts[1]).write_text("a file where a folder is to be")
    assert texts(CompiledTemplates()) == texts(None)

"""The two distributions: the toolkit generates the same bytes from its wheel, the generated package stands alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "generated" / "samsungcloud"


def built(root: Path, target: Path) -> zipfile.ZipFile:
    """Build the wheel of a distribution as an installer would, without a network."""
    (path,) = WheelBuilder(str(root)).build(directory=str(target), versions=["standard"])
    return zipfile.ZipFile(path)


def metadata(wheel: zipfile.ZipFile) -> dict[str, list[str]]:
    """Read what a wheel says about itself."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    message = Parser().parsestr(wheel.read(name).decode())
    return {
        key: [str(value) for value in message.get_all(key, [])] for key in ("Name", "Requires-Dist", "License-File")
    }


def tree(directory: Path) -> dict[str, bytes]:
    """Read what a distribution holds, tool caches apart."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "_cache" not in path.as_posix()
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the toolkit's wheel into a folder far from the checkout."""
    folder = tmp_path_factory.mktemp("site")
    with built(ROOT, tmp_path_factory.mktemp("wheel")) as wheel:
        wheel.extractall(folder)
    return folder


def test_the_wheel_holds_package_and_templates_and_nothing_else(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    expected = {
        f"apiscribe/{path.relative_to(ROOT / 'generator' / 'apiscribe').as_posix()}"
        for path in (ROOT / "generator" / "apiscribe").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    expected |= {
        f"apiscribe/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_the_wheel_generates_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    for path in sorted((ROOT / "spec" / "samsungcloud").glob("*.yaml")):
        shutil.copy(path, tmp_path)
    overlays = sorted((ROOT / "spec" / "samsungcloud" / "overlays").glob("*.overlay.*"))
    options = [part for path in overlays for part in ("--overlay", str(path))]
    specs = sorted(path.name for path in tmp_path.glob("*.yaml"))
    script = (
        "import sys, apiscribe\n"
        "from apiscribe.location import templates_root\n"
        f"assert apiscribe.__file__.startswith({str(installed)!r}), apiscribe.__file__\n"
        f"assert str(templates_root()).startswith({str(installed)!r})\n"
        "from apiscribe.cli import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "generate", *specs, *options, "--out", "out", "--package", "samsungcloud"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert tree(tmp_path / "out") == tree(GENERATED)


def test_the_generated_distribution_stands_alone(tmp_path: Path) -> None:
    with built(GENERATED, tmp_path) as wheel:
        names = wheel.namelist()
        said = metadata(wheel)
    assert said["Name"] == ["samsungcloud"]
    assert sorted(re.split(r"[^a-z-]", requirement)[0] for requirement in said["Requires-Dist"]) == [
        "httpx",
        "pydantic",
    ]
    assert "samsungcloud/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"samsungcloud"}


def test_versions_that_decide_bytes_are_pinned_exactly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [name.split("==")[0] for name in project["dependencies"] if "==" in name]
    pinned += [name.split("==")[0] for name in project["optional-dependencies"]["ruff"] if "==" in name]
    assert pinned == ["black", "datamodel-code-generator", "ruff"]

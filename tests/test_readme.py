"""The toolkit's README and docs: every command is run, every output compared, every link followed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from apiscribe.document.load import load
from apiscribe.document.overlay import apply
from apiscribe.project import parse_project

from .signing_room import ROOT, read

README = (ROOT / "README.md").read_text("utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def uncounted(text: str) -> str:
    """Leave out how many files and lines there are, which changes with every template."""
    return re.sub(r"^@@.*@@$|\d+ added|\d+ files", "#", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "copied", "least"),
    [("README.md", ["spec"], 7), ("docs/provenance.md", ["spec", "apiscribe.toml"], 2)],
)
def test_every_command_does_what_the_page_shows(page: str, copied: list[str], least: int, tmp_path: Path) -> None:
    for name in copied:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "try").mkdir()
    commands = 0
    for block in blocks((ROOT / page).read_text("utf-8"), "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            done = subprocess.run(
                ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert uncounted(done.stdout or done.stderr) == uncounted(shown), command
            commands += 1
    assert commands >= least


def test_the_generated_client_has_what_the_readme_uses(tmp_path: Path) -> None:
    (program,) = blocks(README, "python")
    compile(program, "README.md", "exec")
    client = (ROOT / "generated/samsungcloud/samsungcloud/data_ops/v1_1/client.py").read_text("utf-8")
    signature = client.partition("def update_data_ops_service(")[2].partition(") -> ")[0]
    for argument in ("data_ops_service_id", "description", "worker_type"):
        assert f" {argument}: " in signature
        assert f" {argument}=" in program


def test_the_project_file_of_the_readme_is_one() -> None:
    (text,) = blocks(README, "toml")
    project = parse_project(text.encode(), file="README.md")
    assert [api.name for api in project.apis] == ["mycloud"]
    assert [package.out for package in project.packages] == ["client"]


def test_the_overlay_of_the_docs_still_matches() -> None:
    (text,) = blocks((ROOT / "docs" / "overlays.md").read_text("utf-8"), "yaml")
    spec = ROOT / "spec" / "samsungcloud" / "data-ops-1.1.yaml"
    corrected = apply(load(spec.read_bytes(), file=spec.name), [load(text.encode(), file="overlays.md")])
    operation = corrected.root.at(("paths", "/v1/data-ops", "get"))
    assert operation is not None
    assert (found := operation.get("description")) is not None
    assert found.plain == "List Data Ops."


def test_the_recipe_of_the_docs_is_one() -> None:
    (text,) = blocks((ROOT / "docs" / "recipes.md").read_text("utf-8"), "yaml")
    assert read(text).name == "example-v1"


def test_the_recipe_of_the_readme_is_the_committed_one() -> None:
    (text,) = blocks(README, "yaml")
    part = yaml.safe_load(text)
    whole = yaml.safe_load((ROOT / "tests/vectors/samsungcloud-v2/recipe.yaml").read_bytes())
    assert part["steps"] == whole["steps"]
    assert part["emit"]["headers"].items() <= whole["emit"]["headers"].items()


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


def test_every_target_of_make_that_the_readme_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`?make (\w+)`?", " ".join(blocks(README, "sh"))):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

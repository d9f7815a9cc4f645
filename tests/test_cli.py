"""The command line: what it prints, what it exits with, and that it leaves everything alone when it fails."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import pytest

from apiscribe.cli import main

ROOT = Path(__file__).parents[1]

PETS = """\
openapi: 3.1.0
info: {title: Pets, version: "1.0"}
servers: [{url: "https://pets.example.com"}]
paths:
  /pets/{pet_id}:
    get:
      operationId: getPet
      parameters: [{name: pet_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: Says more about pets, version: "1"}
actions:
  - target: $.components.schemas.Pet
    description: The page leaves this out.
    update: {description: A pet of the shop.}
"""
PROJECT = """\
[api.pets]
specs = "spec"
overlays = "spec/overlays"

[package.pets]
specs = ["spec/*.yaml"]
out = "generated/pets"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run printed and exited with."""

    code: int
    out: str
    err: str


Apiscribe = Callable[..., Run]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give all tests one home, so that what is the same everywhere is formatted once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def apiscribe(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Apiscribe:
    """Run the command line in the test's folder."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))

    def run(*arguments: str, cwd: Path = tmp_path) -> Run:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Run(code=ended.value.code, out=printed.out, err=printed.err)

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project of one document and one overlay."""
    (tmp_path / "spec" / "overlays").mkdir(parents=True)
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    (tmp_path / "spec" / "pets-1.0.yaml").write_text(PETS)
    (tmp_path / "spec" / "overlays" / "pets-1.0.overlay.yaml").write_text(OVERLAY)
    return tmp_path


def tree(directory: Path) -> dict[str, bytes]:
    """Read everything below a directory."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


# Help


def test_help_names_the_commands_and_every_command_has_examples(apiscribe: Apiscribe) -> None:
    run = apiscribe("--help")
    assert (run.code, run.err) == (0, "")
    assert [line.split()[0] for line in run.out.split("Commands:\n")[1].splitlines()] == [
        "capture",
        "generate",
        "check",
        "diff",
        "suggest",
        "explain",
        "coverage",
        "overlay",
        "sign",
        "completion",
    ]
    for command in ("capture", "generate", "check", "diff", "explain", "coverage", "sign", "completion"):
        assert f"  apiscribe {command} " in apiscribe(command, "--help").out or command == "completion"


def test_version_and_completion(apiscribe: Apiscribe) -> None:
    assert apiscribe("--version").out == "apiscribe 0.1.0\n"
    assert "_APISCRIBE_COMPLETE=zsh_complete" in apiscribe("completion", "zsh").out
    assert "_APISCRIBE_COMPLETE=fish_complete" in apiscribe("completion", "fish").out


def test_starting_loads_nothing_heavy() -> None:
    script = "import sys, apiscribe.cli.generate, apiscribe.cli.unchanged; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    heavy = ("black", "rich", "yaml", "jinja2", "datamodel_code_generator", "jsonschema_rs", "pydantic")
    assert [name for name in heavy if f"'{name}'" in loaded] == []


@pytest.mark.parametrize("arguments", [("--debug", "generate"), ("generate", "--debug")])
def test_debug_stands_before_or_after_the_command(apiscribe: Apiscribe, arguments: tuple[str, str]) -> None:
    run = apiscribe(*arguments, "missing.yaml", "--out", "o", "--package", "p")
    assert run.code == 2
    assert run.err.startswith("Traceback (most recent call last):\n")
    assert run.err.endswith("error: missing.yaml: cannot be read: No such file or directory\n")


# Usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command 'nonsense'."),
        (["generate", "--nonsense"], "No such option '--nonsense'."),
        (["generate"], "no apiscribe.toml in this folder or above"),
        (["generate", "a.yaml"], "--out DIR is needed with SPEC"),
        (["generate", "a.yaml", "--out", "o", "--package", "a/b"], "--package a/b: does not match"),
        (
            ["generate", "a.yaml", "--out", "o", "--package", "json"],
            "--package json: is a module of the standard library",
        ),
        (["check", "--out", "o"], "--out needs at least one SPEC"),
        (["capture", "page.txt"], "--out FILE.yaml or --out DIR is needed with PAGE"),
        (["capture", "--out", "o"], "--out needs at least one PAGE or DIR"),
    ],
)
def test_wrong_usage_is_two(apiscribe: Apiscribe, arguments: list[str], said: str) -> None:
    run = apiscribe(*arguments)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_an_unknown_package_names_those_there_are(apiscribe: Apiscribe, project: Path) -> None:
    run = apiscribe("generate", "--package", "cats")
    assert run.code == 2
    assert "apiscribe.toml has no package cats (it has: pets)" in run.err


# Generating and checking


def test_generate_check_edit_check(apiscribe: Apiscribe, project: Path) -> None:
    out = project / "generated" / "pets"
    assert apiscribe("check").code == 1
    run = apiscribe("generate")
    assert (run.code, run.err) == (0, "")
    count = len(tree(out))
    assert run.out == f"generated/pets: {count} added ({count} files)\n"
    assert apiscribe("generate").out == f"generated/pets: unchanged ({count} files)\n"
    run = apiscribe("check")
    assert (run.code, run.out) == (0, f"generated/pets: in step ({count} files, 1 document)\n")

    (out / "README.md").write_text((out / "README.md").read_text() + "edited\n")
    (out / "pets" / "py.typed").unlink()
    (out / "stray.py").write_text("")
    before = tree(out)
    run = apiscribe("check")
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    assert lines[:4] == [
        "generated/pets: out of step",
        "  changed  README.md",
        "  missing  pets/py.typed",
        "  surplus  stray.py",
    ]
    assert "-edited" in lines
    assert lines[-2:] == ["apiscribe did not write stray.py: move it away first", "mend it with: apiscribe generate"]
    assert tree(out) == before

    run = apiscribe("generate")
    assert run.code == 2
    assert run.err.startswith("error: generated/pets/stray.py: was not written by apiscribe")
    assert tree(out) == before
    (out / "stray.py").unlink()
    assert apiscribe("generate").out == f"generated/pets: 1 added, 1 changed ({count} files)\n"
    assert apiscribe("check").code == 0


def test_documents_named_by_hand_give_the_same_bytes_as_the_project(apiscribe: Apiscribe, project: Path) -> None:
    apiscribe("generate")
    shutil.copytree(project / "spec", elsewhere := project / "else where" / "ü")
    spec, overlay = elsewhere / "pets-1.0.yaml", elsewhere / "overlays" / "pets-1.0.overlay.yaml"
    arguments = ("generate", str(spec), "--overlay", str(overlay), "--package", "pets", "--out", str(project / "hand"))
    assert apiscribe(*arguments, cwd=elsewhere).code == 0
    assert tree(project / "hand") == tree(project / "generated" / "pets")


def test_check_says_what_generate_would_refuse_to_replace(apiscribe: Apiscribe, project: Path) -> None:
    apiscribe("generate")
    out = project / "generated" / "pets"
    (out / "apiscribe.lock").unlink()
    (out / "README.md").write_text("mine\n")
    first = "apiscribe did not write README.md: move it away first"
    assert apiscribe("check").out.splitlines()[-2:] == [first, "mend it with: apiscribe generate"]
    assert apiscribe("generate").err.startswith("error: generated/pets/README.md: was not written by apiscribe")
    (out / "README.md").unlink()
    assert apiscribe("check").out.splitlines()[-2:] == ["  missing  apiscribe.lock", "mend it with: apiscribe generate"]
    assert apiscribe("generate").code == 0


def test_the_command_that_mends_it_can_be_pasted(apiscribe: Apiscribe, project: Path) -> None:
    (project / "my pets").mkdir()
    shutil.copy(project / "spec" / "pets-1.0.yaml", project / "my pets")
    arguments = ["my pets/pets-1.0.yaml", "--out", "a client", "--package", "pets", "--formatter", "ruff"]
    overlay = ("--overlay", "spec/overlays/pets-1.0.overlay.yaml")
    run = apiscribe("check", *overlay, *arguments)
    *_, mending = run.out.splitlines()
    assert run.code == 1
    assert mending == (
        "mend it with: apiscribe generate 'my pets/pets-1.0.yaml' --out 'a client' --package pets --formatter ruff "
        "--overlay spec/overlays/pets-1.0.overlay.yaml"
    )
    assert apiscribe(*shlex.split(mending.removeprefix("mend it with: apiscribe"))).code == 0
    assert apiscribe("check", *overlay, *arguments).code == 0


def test_a_project_is_found_from_a_folder_below(apiscribe: Apiscribe, project: Path) -> None:
    assert apiscribe("generate", cwd=project / "spec").out.startswith("../generated/pets: ")
    assert apiscribe("check", "--project", "../apiscribe.toml", cwd=project / "spec").code == 0


def test_extensions_are_the_users(apiscribe: Apiscribe, project: Path) -> None:
    apiscribe("generate")
    mine = project / "generated" / "pets" / "pets" / "extensions" / "mine.py"
    mine.parent.mkdir()
    mine.write_text("mine\n")
    (project / "spec" / "pets-1.0.yaml").write_text(PETS.replace("title: Pets", "title: Animals"))
    assert apiscribe("generate").code == 0
    assert mine.read_text() == "mine\n"
    assert apiscribe("check").code == 0


@pytest.mark.parametrize("change", ["document", "overlay", "option", "output", "lock"])
def test_unchanged_is_said_only_when_nothing_changed(apiscribe: Apiscribe, project: Path, change: str) -> None:
    apiscribe("generate")
    out = project / "generated" / "pets"
    match change:
        case "document":
            (project / "spec" / "pets-1.0.yaml").write_text(PETS.replace("title: Pets", "title: Animals"))
        case "overlay":
            (project / "spec" / "overlays" / "pets-1.0.overlay.yaml").write_text(OVERLAY.replace("shop", "zoo"))
        case "option":
            (project / "apiscribe.toml").write_text(PROJECT + 'version = "2.0"\n')
        case "output":
            (out / "README.md").write_text("")
        case "lock":
            (out / "apiscribe.lock").unlink()
    run = apiscribe("generate")
    assert run.code == 0
    assert "unchanged" not in run.out
    assert apiscribe("check").code == 0


# Refusals


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("[]", "error: pets.yaml:1: (root): "),
        ("", "error: pets.yaml"),
        ("openapi: 9.9.9\ninfo: {title: T, version: '1'}\npaths: {}\n", "error: pets.yaml:1: /openapi: "),
        (PETS.replace("schemas/Pet", "schemas/Cat"), "error: pets.yaml:10: "),
        ("a: [", "error: pets.yaml:"),
        ("a: 1\na: 2\n", "error: pets.yaml:2: "),
    ],
)
def test_bad_documents_are_one_located_line_and_nothing_is_written(
    apiscribe: Apiscribe, tmp_path: Path, document: str, line: str
) -> None:
    (tmp_path / "pets.yaml").write_text(document)
    run = apiscribe("generate", "pets.yaml", "--out", "out", "--package", "pets")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(line)
    assert "Traceback" not in run.err
    assert os.listdir(tmp_path) == ["pets.yaml"]


def test_a_refused_document_leaves_the_old_tree(apiscribe: Apiscribe, project: Path) -> None:
    apiscribe("generate")
    before = tree(project / "generated")
    (project / "spec" / "pets-1.0.yaml").write_text("[]")
    assert apiscribe("generate").code == 2
    assert tree(project / "generated") == before


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("missing.yaml", "error: missing.yaml: cannot be read: No such file or directory"),
        ("folder", "error: folder: is not a regular file"),
        ("pipe", "error: pipe: is not a regular file"),
        ("large.yaml", "error: large.yaml: is larger than 1000 bytes"),
        ("circle.yaml", "error: circle.yaml: cannot be read: Too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_read_is_refused(apiscribe: Apiscribe, tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.yaml").write_bytes(b" " * 1001)
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    run = apiscribe("generate", name, "--out", "out", "--package", "pets", "--max-bytes", "1000")
    assert (run.code, run.out, run.err) == (2, "", f"{line}\n")


@pytest.mark.parametrize("command", ["generate", "check"])
@pytest.mark.parametrize("out", ["a-file", "a-file/below", "circle", "circle/below"])
def test_an_output_that_cannot_be_a_folder_is_refused(
    apiscribe: Apiscribe, project: Path, command: str, out: str
) -> None:
    (project / "a-file").write_text("mine")
    (project / "circle").symlink_to("circle")
    run = apiscribe(command, "spec/pets-1.0.yaml", "--out", out, "--package", "pets")
    assert (run.code, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert run.err.startswith(f"error: {out}: ")
    assert (project / "a-file").read_text() == "mine"


def test_a_current_folder_that_is_gone_is_no_fault_of_apiscribe(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = "import os; os.chdir('gone'); os.rmdir('../gone'); from apiscribe.cli import main; main(['check'])"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, "error: .: cannot be used: No such file or directory\n")


@pytest.mark.parametrize("reference", ["secret.yaml", "other/linked.yaml"])
def test_references_do_not_lead_out_of_the_documents_folder(
    apiscribe: Apiscribe, tmp_path: Path, reference: str
) -> None:
    folder = tmp_path / "spec"
    (folder / "other").mkdir(parents=True)
    (tmp_path / "outside.yaml").write_text("Pet: {type: object}\n")
    (folder / "secret.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "other" / "linked.yaml").symlink_to("../../outside.yaml")
    (folder / "pets.yaml").write_text(PETS.replace("#/components/schemas/Pet", f"{reference}#/Pet"))
    run = apiscribe("generate", "spec/pets.yaml", "--out", "out", "--package", "pets")
    assert (run.code, run.out) == (2, "")
    assert "leads out of the document's folder" in run.err


def test_a_document_of_several_files_is_locked_with_all_of_them(apiscribe: Apiscribe, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pet.yaml").write_text("Pet: {type: object, properties: {name: {type: string}}}\n")
    (tmp_path / "pets.yaml").write_text(PETS.replace("#/components/schemas/Pet", "models/pet.yaml#/Pet"))
    arguments = ("generate", "pets.yaml", "--out", "out", "--package", "pets")
    assert apiscribe(*arguments).code == 0
    assert '"models/pet.yaml" = "' in (tmp_path / "out" / "apiscribe.lock").read_text()
    assert "unchanged" in apiscribe(*arguments).out
    (tmp_path / "models" / "pet.yaml").write_text("Pet: {type: object, properties: {names: {type: string}}}\n")
    assert "unchanged" not in apiscribe(*arguments).out


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("cats-1.0.overlay.yaml", "cats-1.0.overlay.yaml: bears the name of no document here (pets-1.0)"),
        ("pets-1.0.overlay.yaml", "pets-1.0.overlay.yaml"),
    ],
)
def test_overlays_that_match_nothing_are_refused(apiscribe: Apiscribe, project: Path, name: str, line: str) -> None:
    (project / "spec" / "overlays" / name).write_text(OVERLAY.replace("Pet", "Cat"))
    run = apiscribe("check")
    assert run.code == 2
    assert run.err.startswith("error: ")
    assert line in run.err


def test_strict_makes_warnings_errors(apiscribe: Apiscribe, tmp_path: Path) -> None:
    wrong = PETS.replace("age: {type: integer}", "age: {type: integer, default: old}")
    (tmp_path / "pets.yaml").write_text(wrong)
    arguments = ("generate", "pets.yaml", "--out", "out", "--package", "pets")
    run = apiscribe(*arguments, "--strict")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("error: pets.yaml:13: ")
    run = apiscribe(*arguments)
    assert run.code == 0
    assert run.err.startswith("warning: pets.yaml:13: ")


def test_debug_shows_where_and_nothing_else_does(apiscribe: Apiscribe, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text("[]")
    arguments = ("generate", "pets.yaml", "--out", "out", "--package", "pets")
    assert "Traceback" in apiscribe(*arguments, "--debug").err


def test_a_fault_of_ours_is_one_line(apiscribe: Apiscribe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Path:
        raise RuntimeError(f"no folder for {name}")

    monkeypatch.setattr(platformdirs, "user_cache_path", broken)
    (tmp_path / "pets.yaml").write_text(PETS)
    run = apiscribe("generate", "pets.yaml", "--out", "out", "--package", "pets")
    said = "error: internal: RuntimeError: no folder for apiscribe (a fault of apiscribe; --debug shows where)\n"
    assert (run.code, run.out, run.err) == (2, "", said)
    assert not (tmp_path / "out").exists()


# Capturing

PAGES = ROOT / "spec" / "samsungcloud" / "pages"


def test_the_kept_pages_give_the_kept_documents(apiscribe: Apiscribe, tmp_path: Path) -> None:
    run = apiscribe("capture", str(PAGES), "--out", "spec", "--pages", "spec/pages")
    assert run.code == 0
    assert run.out.splitlines()[-1].startswith("spec: ")
    expected = tree(ROOT / "spec" / "samsungcloud")
    assert tree(tmp_path / "spec") == {path: data for path, data in expected.items() if "overlays/" not in path}
    again = apiscribe("capture", str(PAGES), "--out", "spec", "--pages", "spec/pages")
    assert again.out.splitlines()[-1].startswith("spec: unchanged ")


def test_one_service_goes_into_one_file(apiscribe: Apiscribe, tmp_path: Path) -> None:
    (folder,) = PAGES.glob("*/*/data-flow")
    assert apiscribe("capture", str(folder), "--out", "flow.yaml").code == 0
    assert 'version: "1.1"' in (tmp_path / "flow.yaml").read_text()
    assert os.listdir(tmp_path) == ["flow.yaml"]
    run = apiscribe("capture", str(PAGES), "--out", "both.yaml")
    assert run.code == 2
    assert "one file takes one service, and the pages are of data-flow, data-ops: give a folder" in run.err


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("empty.txt", b"", "error: pages/empty.txt"),
        ("binary.txt", b"\x00\xff\xfe", "error: pages/binary.txt"),
        ("letter.txt", b"Dear Sir,\n", "error: pages/letter.txt"),
        ("long.txt", b"x" * 2_000_000, "error: pages/long.txt"),
        ("large.txt", b"x\n" * 10_000_000, "error: pages/large.txt: is larger than 16 MiB"),
    ],
)
def test_pages_that_are_none_are_refused_and_nothing_is_written(
    apiscribe: Apiscribe, tmp_path: Path, name: str, data: bytes, line: str
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / name).write_bytes(data)
    run = apiscribe("capture", "pages", "--out", "out")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(line)
    assert os.listdir(tmp_path) == ["pages"]


def test_links_among_pages_are_refused_and_other_files_named(apiscribe: Apiscribe, tmp_path: Path) -> None:
    shutil.copytree(PAGES, tmp_path / "pages")
    (tmp_path / "pages" / "style.css").write_text("")
    run = apiscribe("capture", "pages", "--out", "out")
    assert run.code == 0
    assert "warning: pages/style.css: is not called like a page" in run.err
    (tmp_path / "pages" / "link.txt").symlink_to("/etc/passwd")
    run = apiscribe("capture", "pages", "--out", "out")
    assert (run.code, run.err) == (2, "error: pages/link.txt: is a symbolic link and is not followed\n")


def test_check_recaptures_pages(apiscribe: Apiscribe, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "spec" / "samsungcloud", tmp_path / "spec")
    (tmp_path / "apiscribe.toml").write_text(
        '[api.s]\nprofile = "samsungcloud"\npages = "spec/pages"\nspecs = "spec"\n'
        '[package.flow]\nspecs = ["spec/data-flow-1.0.yaml"]\nout = "flow"\n'
    )
    assert apiscribe("generate").code == 0
    run = apiscribe("check", "--pages")
    assert run.code == 0
    assert run.out.splitlines()[-3:] == [
        "spec/data-flow-1.1.yaml: valid (in no package)",
        "spec/data-ops-1.1.yaml: valid (in no package)",
        run.out.splitlines()[-1],
    ]
    document = tmp_path / "spec" / "data-ops-1.1.yaml"
    document.write_text(document.read_text().replace("title: ", "title:  ", 1))
    run = apiscribe("check", "--pages")
    assert run.code == 1
    assert "spec: out of step with its pages\n  changed  data-ops-1.1.yaml\n" in run.out
    assert run.out.endswith("mend it with: apiscribe capture\n")
    assert apiscribe("capture").code == 0
    assert apiscribe("check", "--pages").code == 0

"""The style room: one style whatever the worker count, a cache that is never believed blindly, and ruff as a twin."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from apiscribe.cli import main
from apiscribe.errors import ApiscribeError
from apiscribe.style import Styler

from .generation import built, headed

ROOT = Path(__file__).parents[1]
UGLY = "x = {  'a':1 }\ndef f( a,b, ):\n  return  a\n"
PRETTY = 'x = {"a": 1}\n\n\ndef f(\n    a,\n    b,\n):\n    return a\n'
LONG = "\n".join(f"def function_{number}( argument ):\n    return [argument,{number}]\n" for number in range(300))


@pytest.mark.parametrize("formatter", ["black", "ruff"])
def test_only_python_is_formatted(formatter: str) -> None:
    texts = {"a.py": UGLY, "b.pyi": UGLY, "README.md": UGLY, "c.toml": "x  =  1\n"}
    styled = Styler(formatter, "3.11").format_all(texts)
    assert list(styled) == list(texts)
    assert styled["a.py"] == PRETTY
    assert (styled["README.md"], styled["c.toml"]) == (UGLY, "x  =  1\n")


@pytest.mark.parametrize("formatter", ["black", "ruff"])
def test_the_number_of_workers_does_not_matter(formatter: str) -> None:
    texts = {f"{number}.py": LONG.replace("argument", f"argument_{number}") for number in range(4)}
    one = Styler(formatter, "3.11", workers=1).format_all(texts)
    two = Styler(formatter, "3.11", workers=2).format_all(texts)
    assert one == two
    assert one["3.py"].startswith("def function_0(argument_3):\n    return [argument_3, 0]\n\n\n")


@pytest.mark.parametrize("formatter", ["black", "ruff"])
def test_nothing_around_it_configures_the_formatter(
    formatter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.black]\nline-length = 10\n[tool.ruff]\nline-length = 10\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_LINE_LENGTH", "10")
    assert Styler(formatter, "3.11").format_all({"a.py": UGLY})["a.py"] == PRETTY


@pytest.mark.parametrize("formatter", ["black", "ruff"])
@pytest.mark.parametrize("workers", [1, 2])
def test_text_that_does_not_parse_is_an_error_with_its_place(formatter: str, workers: int) -> None:
    texts = {"good.py": LONG * 2, "pkg/bad.py": "a = 1\nb = = 2\n", "pkg/worse.py": "c = 3\n1 1\n"}
    with pytest.raises(ApiscribeError) as caught:
        Styler(formatter, "3.11", workers=workers).format_all(texts)
    lines = str(caught.value).split("\n")
    assert [line.partition(" generated text does not parse: ")[0] for line in lines] == [
        "error: pkg/bad.py:2:",
        "error: pkg/worse.py:2:",
    ]


def test_cached_text_is_taken_as_it_was_formatted(tmp_path: Path) -> None:
    fresh = Styler("black", "3.11", tmp_path).format_all({"a.py": UGLY, "b.py": UGLY})
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    before = entry.stat().st_mtime_ns
    assert Styler("black", "3.11", tmp_path).format_all({"other.py": UGLY}) == {"other.py": PRETTY}
    assert fresh == {"a.py": PRETTY, "b.py": PRETTY}
    assert entry.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\nimport os\n", b"\xff" * 100])
def test_a_damaged_entry_is_formatted_again(tmp_path: Path, damage: bytes) -> None:
    styler = Styler("black", "3.11", tmp_path)
    styler.format_all({"a.py": UGLY})
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    good = entry.read_bytes()
    entry.write_bytes(damage)
    assert styler.format_all({"a.py": UGLY}) == {"a.py": PRETTY}
    assert entry.read_bytes() == good


def test_an_entry_of_another_text_is_not_believed(tmp_path: Path) -> None:
    styler = Styler("black", "3.11", tmp_path)
    styler.format_all({"a.py": UGLY})
    (first,) = (path for path in tmp_path.rglob("*") if path.is_file())
    styler.format_all({"a.py": "y=1\n"})
    (second,) = (path for path in tmp_path.rglob("*") if path.is_file() and path != first)
    first.write_bytes(second.read_bytes())
    assert styler.format_all({"a.py": UGLY}) == {"a.py": PRETTY}


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    assert Styler("black", "3.11", tmp_path / "cache").format_all({"a.py": UGLY}) == {"a.py": PRETTY}


def test_ruff_gives_the_bytes_of_black_where_a_module_holds_a_name_alone() -> None:
    document = "components: {schemas: {Color: {enum: [red, blue]}, Id: {oneOf: [{type: integer}, {type: string}]}}}"
    texts = {path: text for path, text in built(headed(document)).texts.items() if "/models/" in path}
    black, ruff = (Styler(name, "3.11").format_all(texts) for name in ("black", "ruff"))
    assert "TypeAlias" in "".join(black.values())
    assert ruff == black


def test_the_target_is_part_of_the_key(tmp_path: Path) -> None:
    for python in ("3.11", "3.12"):
        Styler("black", python, tmp_path).format_all({"a.py": UGLY})
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_what_ruff_formats_is_not_kept(tmp_path: Path) -> None:
    assert Styler("ruff", "3.11", tmp_path).format_all({"a.py": UGLY}) == {"a.py": PRETTY}
    assert not list(tmp_path.iterdir())


KILLED_WHILE_WORKING = """
import os, signal
from apiscribe.style import _pool

with _pool(2) as pool:
    print(*pool.map(abs, range(2)), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_a_parent_that_is_killed() -> None:
    command = [sys.executable, "-c", KILLED_WHILE_WORKING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        # The pipe is the workers' too: reading it ends when the last of them has ended.
        assert process.stdout.read() == "0 1\n"
    assert process.returncode == -signal.SIGKILL


def test_ruff_gives_the_bytes_of_black_on_all_that_is_generated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    specs = [str(path) for path in sorted((ROOT / "spec" / "samsungcloud").glob("*.yaml"))]
    overlays = sorted((ROOT / "spec" / "samsungcloud" / "overlays").glob("*.overlay.*"))
    options = [part for path in overlays for part in ("--overlay", str(path))]
    with pytest.raises(SystemExit) as ended:
        main(["generate", *specs, *options, "--out", "out", "--package", "samsungcloud", "--formatter", "ruff"])
    assert ended.value.code == 0, capsys.readouterr().err
    black = ROOT / "generated" / "samsungcloud"
    paths = [path.relative_to(black) for path in sorted(black.rglob("*.py"))]
    assert [str(path) for path in paths if (tmp_path / "out" / path).read_bytes() != (black / path).read_bytes()] == []

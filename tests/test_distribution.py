"""What a distribution says of itself: names, layout, licence, authors; the same in project file and options."""

from __future__ import annotations

import email
import email.policy
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from .command_line import Run, run

SPEC = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n"
OPTIONS = {
    "--version": "2.0.0rc1",
    "--distribution": "Acme.shop-client",
    "--layout": "src",
    "--license": "mit or apache-2.0",
    "--license-file": "TERMS.txt",
    "--description": "All that a shop says, typed",
    "--python": "3.12",
}
AUTHORS = ("--author", "Shop Team <shop@example.com>", "--author", "Zoë, Inc".replace(",", ""))
PROJECT = """
[package.shop]
specs = ["shop.yaml"]
out = "client"
version = "2.0.0rc1"
distribution = "Acme.shop-client"
layout = "src"
license = "mit or apache-2.0"
license-file = "TERMS.txt"
authors = ["Shop Team <shop@example.com>", "Zoë Inc"]
description = "All that a shop says, typed"
python = "3.12"
formatter = "ruff"
"""
TERMS = "Do what you like.\r\nNo warranty.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(SPEC)
    (tmp_path / "TERMS.txt").write_bytes(TERMS.encode())
    return tmp_path


def generated(folder: Path, *options: str, command: str = "generate", out: str = "client") -> Run:
    return run(folder, command, "shop.yaml", "--out", out, "--package", "shop", "--formatter", "ruff", *options)


def told() -> tuple[str, ...]:
    return (*(part for pair in OPTIONS.items() for part in pair), *AUTHORS)


def metadata(folder: Path) -> tuple[Any, list[str]]:
    """Build the wheel, and give its metadata and the names of its files."""
    (wheel,) = WheelBuilder(str(folder)).build(directory=str(folder.parent / "wheels"), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (place,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(place), policy=email.policy.default), names


def test_options_become_the_metadata_of_the_wheel(folder: Path) -> None:
    assert generated(folder, *told()).code == 0
    assert (folder / "client" / "LICENSE").read_bytes() == b"Do what you like.\nNo warranty.\n"
    found, names = metadata(folder / "client")
    facts = {key: found.get_all(key) for key in ("Name", "Version", "Summary", "License-Expression", "License-File")}
    assert facts == {
        "Name": ["Acme.shop-client"],
        "Version": ["2.0.0rc1"],
        "Summary": ["All that a shop says, typed"],
        "License-Expression": ["MIT OR Apache-2.0"],
        "License-File": ["LICENSE"],
    }
    assert (found["Author-email"], found["Author"]) == ("Shop Team <shop@example.com>", "Zoë Inc")
    assert found["Requires-Python"] == ">=3.12"
    assert {name.split("/")[0] for name in names} == {"shop", "acme_shop_client-2.0.0rc1.dist-info"}
    assert {"shop/__init__.py", "shop/py.typed"} <= set(names)


def test_without_options_nothing_is_claimed(folder: Path) -> None:
    assert generated(folder).code == 0
    project = tomllib.loads((folder / "client" / "pyproject.toml").read_text())["project"]
    assert {key: project[key] for key in ("name", "version", "description", "requires-python")} == {
        "name": "shop", "version": "0.1.0", "description": "Client of Shop", "requires-python": ">=3.11",
    }  # fmt: skip
    assert not {"license", "license-files", "authors"} & set(project)
    found, names = metadata(folder / "client")
    assert found["License-Expression"] is None
    assert "shop/__init__.py" in names


def test_the_project_file_says_the_same(folder: Path) -> None:
    assert generated(folder, *told(), out="named").code == 0
    (folder / "apiscribe.toml").write_text(PROJECT)
    assert run(folder, "generate").code == 0
    named, read = (
        {path.relative_to(folder / out).as_posix(): path.read_bytes() for path in (folder / out).rglob("*.*")}
        for out in ("named", "client")
    )
    assert named == read
    checked = run(folder, "check")
    assert (checked.code, checked.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ('license = "mit or apache-2.0"', 'license = "MIT"', "pyproject.toml"),
        ('layout = "src"', 'layout = "flat"', "shop/__init__.py"),
        ("Zoë Inc", "Zoë Ltd", "pyproject.toml"),
        ('distribution = "Acme.shop-client"', "", "pyproject.toml"),
        ("typed", "typed well", "pyproject.toml"),
    ],
)
def test_check_notices_every_other_option(folder: Path, old: str, new: str, changed: str) -> None:
    (folder / "apiscribe.toml").write_text(PROJECT)
    assert run(folder, "generate").code == 0
    (folder / "apiscribe.toml").write_text(PROJECT.replace(old, new))
    found = run(folder, "check")
    assert found.code == 1
    assert changed in [line.split()[-1] for line in found.out.splitlines() if line.startswith("  ")]
    assert run(folder, "generate").code == 0
    assert run(folder, "check").code == 0


def test_check_notices_another_licence_and_names_the_command_that_mends_it(folder: Path) -> None:
    assert generated(folder, *told()).code == 0
    (folder / "TERMS.txt").write_text("Ask first.\n")
    found = generated(folder, *told(), command="check")
    assert found.code == 1
    assert "+Ask first." in found.out
    mend = found.out.splitlines()[-1]
    assert "--license 'mit or apache-2.0' --license-file TERMS.txt" in mend
    assert "--author 'Shop Team <shop@example.com>' --author 'Zoë Inc'" in mend


def test_extensions_of_either_layout_are_the_users(folder: Path) -> None:
    for layout, place in (("flat", "shop/extensions"), ("src", "src/shop/extensions")):
        assert generated(folder, "--layout", layout, out=layout).code == 0
        own = folder / layout / place / "mine.py"
        own.parent.mkdir()
        own.write_text("MINE = 1\n")
        assert generated(folder, "--layout", layout, "--version", "0.2.0", out=layout).code == 0
        assert own.read_text() == "MINE = 1\n"
        assert generated(folder, "--layout", layout, "--version", "0.2.0", command="check", out=layout).code == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--version", "v1", "--version v1 is not a version such as 1.4.0"),
        ("--distribution", "my shop", "--distribution my shop is no name of a distribution, such as acme-cloud"),
        ("--distribution", "HTTPX", "--distribution HTTPX is the name of a distribution that the package needs"),
        ("--license", "Apache 2", "--license Apache 2 is no SPDX expression, such as Apache-2.0"),
        ("--author", "<x@example.com>", "--author <x@example.com> is no author, such as Team Cloud"),
        ("--author", 'a"b', '--author a"b is no author, such as Team Cloud'),
        ("--description", "a\nb", "--description a\\nb is not one line of at most 512 characters"),
        ("--layout", "deep", "Invalid value for '--layout': 'deep' is not one of 'flat', 'src'"),
        ("--license-file", "TERMS.txt", "--license-file needs --license"),
    ],
)
def test_wrong_options_are_one_line(folder: Path, option: str, value: str, said: str) -> None:
    done = generated(folder, option, value)
    assert done.code == 2
    assert said in done.err
    assert not (folder / "client").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2.0.0rc1", "two", "apiscribe.toml:5: /package/shop/version: two is not a version such as 1.4.0"),
        ("Acme.shop-client", "-x", "apiscribe.toml:6: /package/shop/distribution: -x is no name of a distribution"),
        ('"src"', '"deep"', "apiscribe.toml:7: /package/shop/layout: deep is not one of flat, src"),
        ("mit or", "mit nor", "apiscribe.toml:8: /package/shop/license: mit nor apache-2.0 is no SPDX expression"),
        ("TERMS.txt", "../TERMS.txt", "apiscribe.toml:9: /package/shop/license-file: ../TERMS.txt is not a path below"),
        ("Zoë Inc", "a@b", "apiscribe.toml:10: /package/shop/authors: a@b is no author"),
        ('license = "mit or apache-2.0"\n', "", "license-file is of no use without license"),
        ("TERMS.txt", "NONE.txt", "error: NONE.txt: cannot be read: No such file or directory"),
    ],
)
def test_what_is_wrong_in_the_project_file_is_told_at_its_line(folder: Path, old: str, new: str, said: str) -> None:
    (folder / "apiscribe.toml").write_text(PROJECT.replace(old, new))
    done = run(folder, "generate")
    assert done.code == 2
    assert said in done.err
    assert not (folder / "client").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b" \n", b"a\0b"])
def test_a_licence_that_is_no_text_is_refused(folder: Path, data: bytes) -> None:
    (folder / "TERMS.txt").write_bytes(data)
    done = generated(folder, *told())
    assert done.code == 2
    assert done.err.startswith("error: TERMS.txt: ")
    assert not (folder / "client").exists()

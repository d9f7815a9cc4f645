"""The project room: apiscribe.toml and apiscribe.lock, and every mistake in them at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.project import (
    Api,
    Project,
    digests_match,
    load_project,
    make_lock,
    parse_lock,
    parse_project,
    render_lock,
)
from apiscribe.project_package import Package, package_name_problem

GOOD = b"""
[api.samsungcloud]
profile = "samsungcloud"
pages = "spec/samsungcloud/pages"
specs = "spec/samsungcloud"
overlays = "spec/samsungcloud/overlays"

[package.samsungcloud]
specs = ["spec/samsungcloud/*.yaml"]
out = "generated/samsungcloud"
formatter = "ruff"
python = "3.12"
version = "1.2.0"
"""


def test_a_project_file_becomes_values() -> None:
    assert parse_project(GOOD, file="apiscribe.toml") == Project(
        file="apiscribe.toml",
        apis=(
            Api(
                name="samsungcloud",
                profile="samsungcloud",
                specs="spec/samsungcloud",
                pages="spec/samsungcloud/pages",
                overlays="spec/samsungcloud/overlays",
                language=None,
            ),
        ),
        packages=(
            Package(
                name="samsungcloud",
                specs=("spec/samsungcloud/*.yaml",),
                out="generated/samsungcloud",
                version="1.2.0",
                formatter="ruff",
                python="3.12",
            ),
        ),
    )


def test_a_portal_belongs_to_an_api() -> None:
    text = (
        b'[api.a]\nspecs = "s"\npages = "p"\nportal = "https://docs.example/r/"\ninclude = ["x/*"]\nexclude = ["y"]\n'
    )
    (api,) = parse_project(text, file="f").apis
    assert (api.portal, api.include, api.exclude) == ("https://docs.example/r/", ("x/*",), ("y",))


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert parse_project(b"\xef\xbb\xbf" + GOOD, file="f") == parse_project(GOOD, file="f")


def test_what_is_left_out_has_a_default() -> None:
    project = parse_project(b'[api.a]\nspecs = "s"\n[package.p]\nspecs = ["*.yaml"]\nout = "o"\n', file="f")
    assert project.apis == (Api(name="a", profile="a", specs="s", pages=None, overlays=None, language=None),)
    assert project.packages == (
        Package(name="p", specs=("*.yaml",), out="o", version="0.1.0", formatter="black", python="3.11"),
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"x = 1", ["error: f:1: /x: unknown key; known here: api, package"]),
        (
            b'\n[api.a]\nspecs = "s"\nspec = "t"\n',
            [
                "error: f:4: /api/a/spec: unknown key; known here: profile, pages, specs, overlays, language, portal, "
                "include, exclude"
            ],
        ),
        (
            b"[api.a]\nspecs = 's'\npages = 'p'\nportal = 'docs.example'\n",
            ["error: f:4: /api/a/portal: docs.example is not an address, https://HOST/PATH/"],
        ),
        (
            b"[api.a]\nspecs = 's'\nportal = 'https://docs.example/'\ninclude = 'x'\n",
            [
                "error: f:3: /api/a/portal: portal is of no use without pages",
                "error: f:4: /api/a/include: must be a list of texts, at least one and none empty",
            ],
        ),
        (
            b"[api.a]\nspecs = 's'\nexclude = ['x']\n",
            ["error: f:3: /api/a/exclude: exclude is of no use without portal"],
        ),
        (b"[api.a]\n", ["error: f:1: /api/a: specs is missing"]),
        (b"[api.a]\nspecs = 1\n", ["error: f:2: /api/a/specs: must be a text that is not empty"]),
        (b"[api.a]\nspecs = ''\n", ["error: f:2: /api/a/specs: must be a text that is not empty"]),
        (b"[api.'a b']\nspecs = 's'\n", ["error: f:1: /api/a b: the name does not match [A-Za-z][A-Za-z0-9_-]{0,79}"]),
        (b"api = 1\n", ["error: f:1: /api: must be a group of tables, each written [api.NAME]"]),
        (b"[api]\na = 1\n", ["error: f:2: /api/a: must be a table, written [api.a]"]),
        (
            b"[package.p]\nspecs = []\nout = 1\nformatter = 'yapf'\npython = '2.7'\nversion = 'v1'\n",
            [
                "error: f:2: /package/p/specs: must be a list of texts, at least one and none empty",
                "error: f:3: /package/p/out: must be a text that is not empty",
                "error: f:4: /package/p/formatter: yapf is not one of black, ruff",
                "error: f:5: /package/p/python: 2.7 is not one of 3.11, 3.12, 3.13",
                "error: f:6: /package/p/version: v1 is not a version such as 1.4.0",
            ],
        ),
        (
            b"[package.json]\nspecs = ['s']\nout = 'o'\n",
            ["error: f:1: /package/json: the name is a module of the standard library"],
        ),
        (b"[api.a]\nspecs = '../s'\n", ["error: f:2: /api/a/specs: ../s is not a path below the project's folder"]),
        (
            b"[api.a]\nspecs = 's'\npages = '/p'\n",
            ["error: f:3: /api/a/pages: /p is not a path below the project's folder"],
        ),
        (
            b"[package.p]\nspecs = ['s']\nout = 'a/../../b'\n[package.q]\nspecs = ['s']\nout = 'a\tb'\n",
            [
                "error: f:3: /package/p/out: a/../../b is not a path below the project's folder",
                "error: f:6: /package/q/out: a\\tb is not a path below the project's folder",
            ],
        ),
        (
            b"[package.p]\nspecs = ['s']\nout = 'a'\n[package.q]\nspecs = ['s']\nout = './b/../a/'\n",
            ["error: f:6: /package/q/out: ./b/../a/ and a of package p share a folder"],
        ),
        (
            b"[package.p]\nspecs = ['s']\nout = 'a/b'\n[package.q]\nspecs = ['s']\nout = '.'\n",
            ["error: f:6: /package/q/out: . and a/b of package p share a folder"],
        ),
        (b"a = 1\na = 2\n", ["error: f:2: is not TOML: Cannot overwrite a value"]),
        (
            b"[api.a]\nspecs = 's'\nlanguage = 'English'\n",
            ["error: f:3: /api/a/language: English is not the code of a language, such as en"],
        ),
        (b"\n[a", ["error: f:2: is not TOML: Expected ']' at the end of a table declaration"]),
        (b"a = \xff", ["error: f: is not UTF-8 at byte offset 4"]),
        (b"a = " + b"[" * 100_000, ["error: f: is nested too deeply"]),
    ],
)
def test_mistakes_are_reported_where_they_stand(text: bytes, lines: list[str]) -> None:
    with pytest.raises(ApiscribeError) as caught:
        parse_project(text, file="f")
    assert str(caught.value).split("\n") == lines


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ApiscribeError, match="cannot be read: No such file or directory"):
        load_project(tmp_path / "apiscribe.toml")
    (tmp_path / "apiscribe.toml").write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(ApiscribeError, match="is larger than 1 MiB"):
        load_project(tmp_path / "apiscribe.toml")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("samsungcloud", None),
        ("Cloud", "does not match [a-z][a-z0-9_]{0,79}"),
        ("a/b", "does not match [a-z][a-z0-9_]{0,79}"),
        ("", "does not match [a-z][a-z0-9_]{0,79}"),
        ("class", "is a Python keyword"),
        ("match", "is a Python keyword"),
        ("type", "is a Python keyword"),
        ("email", "is a module of the standard library"),
        ("distutils", "is a module of the standard library"),
        ("pydantic", "is the name of another package"),
        ("stubs", "is a folder of every generated distribution"),
        ("com1", "is a name that Windows keeps for itself"),
    ],
)
def test_a_package_needs_an_import_name_of_its_own(name: str, problem: str | None) -> None:
    assert package_name_problem(name) == problem


def test_a_lock_file_is_one_line_for_each_thing_and_reads_back() -> None:
    lock = make_lock(
        tools={"black": "26.1", "apiscribe": "0.1.0"},
        options={"python": "3.11"},
        inputs={"b.yaml": b"b", 'ä"\x7f.yaml': b"a"},
        references={},
        files={"README.md": b"x"},
    )
    data = render_lock(lock)
    assert data.decode().split("\n")[:9] == [
        "# Written by apiscribe together with the files listed here; it tells what they were generated from.",
        "format = 1",
        "",
        "[tools]",
        '"apiscribe" = "0.1.0"',
        '"black" = "26.1"',
        "",
        "[options]",
        '"python" = "3.11"',
    ]
    assert parse_lock(data) == lock


@pytest.mark.parametrize("data", [b"", b"\xff", b"[", b"format = 2\n", b"format = 1\n[tools]\na = 1\n", b"[" * 100_000])
def test_what_is_no_lock_file_is_none(data: bytes) -> None:
    assert parse_lock(data) is None


def test_digests_match_only_the_bytes_they_were_taken_of() -> None:
    lock = make_lock(tools={}, options={}, inputs={}, references={}, files={"a": b"a", "b": b"b"})
    assert digests_match(lock.files, {"a": b"a", "b": b"b"}.get)
    assert not digests_match(lock.files, {"a": b"a", "b": b"B"}.get)
    assert not digests_match(lock.files, {"a": b"a"}.get)

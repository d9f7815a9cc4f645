"""The changelog of a package: what changed in its documents is added, and nothing that stands there is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apiscribe.changelog import Entry, updated
from apiscribe.document.contract import Contract, print_contract, read_contract, stripped, without_equal

from .command_line import Run, run

SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: "https://shop.example.com"}]
paths:
  /pets:
    get:
      operationId: listPets
      description: All of them.
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  /pets/{pet_id}:
    get:
      operationId: getPet
      parameters: [{name: pet_id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}, description: {type: string}}}}}
"""
HEAD = """\
# Changelog

What changed for those who use this package. Entries that follow from the documents are added when it is generated; what
stands here already is never changed, so edit it as you like.

"""
FIRST = f"{HEAD}## 0.1.0\n\n- First version, with Shop 1 (2 operations).\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(SPEC)
    return tmp_path


def generated(folder: Path, *options: str, command: str = "generate", **changes: str) -> Run:
    """Generate from the document with changes of its text."""
    text = (folder / "shop.yaml").read_text()
    for old, _, new in (pair.partition(" => ") for pair in changes.values()):
        assert old in text
        text = text.replace(old, new)
    (folder / "shop.yaml").write_text(text)
    return run(folder, command, "shop.yaml", "--out", "client", "--package", "shop", "--formatter", "ruff", *options)


def log(folder: Path) -> str:
    return (folder / "client" / "CHANGELOG.md").read_text()


def test_a_first_version_says_what_it_holds_and_regeneration_adds_nothing(folder: Path) -> None:
    assert generated(folder).code == 0
    assert log(folder) == FIRST
    for _ in range(2):
        assert "unchanged" in generated(folder).out
        assert generated(folder, command="check").code == 0
    assert log(folder) == FIRST
    # Prose is no contract.
    assert generated(folder, prose="All of them. => Each of them.").code == 0
    assert log(folder) == FIRST
    assert generated(folder, command="check").code == 0


def test_what_changed_is_added_once_with_the_version_that_follows(folder: Path) -> None:
    generated(folder)
    changed = {"a": "name: limit, => name: size,", "b": "operationId: getPet => operationId: showPet"}
    before = generated(folder, command="check", **changed)
    assert before.code == 1
    assert "+- **Breaking:** GET /pets: query parameter limit is gone." in before.out
    assert log(folder) == FIRST
    done = generated(folder)
    assert done.out.splitlines()[-1] == "CHANGELOG.md: what changed is breaking; after 0.1.0 comes 0.2.0"
    added = log(folder).removeprefix(FIRST)
    assert "- **Breaking:** GET /pets: query parameter limit is gone.\n" in added
    assert "- GET /pets: query parameter size is new, optional.\n" in added
    assert generated(folder, command="check").code == 0
    assert "unchanged" in generated(folder).out
    assert log(folder) == FIRST + added


def test_another_version_begins_a_section_above_the_others(folder: Path) -> None:
    generated(folder)
    done = generated(
        folder, "--version", "0.2.0", a="{name: {type: string}, => {name: {type: string}, age: {type: integer},"
    )
    assert done.code == 0
    assert "after" not in done.out
    assert log(folder).startswith(f"{HEAD}## 0.2.0\n\n- ")
    assert "age" in log(folder)
    assert log(folder).endswith(FIRST.removeprefix(HEAD))
    assert generated(folder, "--version", "0.2.0", command="check").code == 0


def test_text_of_the_maintainers_is_never_lost(folder: Path) -> None:
    generated(folder)
    own = (
        FIRST.replace("- First version", "Thanks to all who asked.\n\n- *The* first version")
        + "\n[0.1.0]: https://x.example\n"
    )
    (folder / "client" / "CHANGELOG.md").write_text(own)
    assert generated(folder, command="check").code == 0
    assert "unchanged" in generated(folder).out
    assert generated(folder, a="name: limit, => name: size,").code == 0
    kept = iter(log(folder).splitlines())
    assert all(any(line == other for other in kept) for line in own.splitlines())
    assert "query parameter limit is gone" in log(folder)
    assert generated(folder, command="check").code == 0


def test_a_changelog_that_was_there_before_stays(folder: Path) -> None:
    (folder / "client").mkdir()
    (folder / "client" / "CHANGELOG.md").write_text("Ours\n====\n")
    assert generated(folder).code == 0
    assert log(folder) == "Ours\n====\n"
    generated(folder, a="name: limit, => name: size,")
    assert log(folder).startswith("Ours\n====\n\n## 0.1.0\n\n- **Breaking:** ")


def test_without_a_changelog_nothing_of_it_is_written(folder: Path) -> None:
    assert generated(folder, "--no-changelog").code == 0
    assert not {"CHANGELOG.md", "apiscribe.contract.json"} & {path.name for path in (folder / "client").iterdir()}
    assert generated(folder, "--no-changelog", command="check").code == 0
    found = generated(folder, command="check")
    assert "  missing  CHANGELOG.md" in found.out.splitlines()
    assert "--no-changelog" in generated(folder, "--no-changelog", command="check", a="limit => size").out


def test_references_and_several_documents_are_compared(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts" / "pet.yaml").write_text("type: object\nproperties: {name: {type: string}}\n")
    text = SPEC.replace('"#/components/schemas/Pet"', "parts/pet.yaml")
    (folder / "shop.yaml").write_text(text)
    (folder / "toys.yaml").write_text(SPEC.replace("Shop", "Toys"))
    made = ("generate", "shop.yaml", "toys.yaml", "--out", "client", "--package", "shop", "--formatter", "ruff")
    assert run(folder, *made).code == 0
    assert log(folder).endswith("- First version, with Shop 1 (2 operations); Toys 1 (2 operations).\n")
    (folder / "parts" / "pet.yaml").write_text("type: object\nproperties: {name: {type: integer}}\n")
    assert run(folder, *made).code == 0
    assert "- **Breaking:** Shop 1: " in log(folder)
    assert "Toys 1: " not in log(folder)
    assert run(folder, "generate", "shop.yaml", *made[3:]).code == 0
    assert "- **Breaking:** Toys 1 is gone.\n" in log(folder)


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"format": 2}', b'{"format": 1, "documents": 1}', b"[" * 100_000])
def test_a_contract_that_cannot_be_read_tells_nothing_and_is_written_anew(folder: Path, data: bytes) -> None:
    generated(folder)
    contract = folder / "client" / "apiscribe.contract.json"
    good = contract.read_bytes()
    contract.write_bytes(data)
    assert generated(folder, command="check").code == 1
    assert generated(folder).code == 0
    assert (contract.read_bytes(), log(folder)) == (good, FIRST)


@pytest.mark.parametrize("data", [b"\xff", None])
def test_a_changelog_that_is_no_text_is_refused(folder: Path, data: bytes | None) -> None:
    generated(folder)
    place = folder / "client" / "CHANGELOG.md"
    place.unlink()
    if data is None:
        place.symlink_to("elsewhere")
    else:
        place.write_bytes(data)
    done = generated(folder, a="limit => size")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("error: client/CHANGELOG.md: is no")


ENTRY = Entry(breaking=("a is gone",), additive=("b *is* <new>",))
LINES = "- **Breaking:** a is gone.\n- b \\*is\\* &lt;new&gt;.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"## 1.0.0\n\n{LINES}"),
        ("# Log", f"# Log\n\n## 1.0.0\n\n{LINES}"),
        ("# Log\n\n## 0.9\n\n- x\n", f"# Log\n\n## 1.0.0\n\n{LINES}\n## 0.9\n\n- x\n"),
        ("## [1.0.0] - 2026-01-01\n- x\n\n## 0.9\n", f"## [1.0.0] - 2026-01-01\n- x\n{LINES}\n## 0.9\n"),
        ("## v1.0.0\n\nText.\n", f"## v1.0.0\n\nText.\n\n{LINES}"),
        ("## 1.0.0", f"## 1.0.0\n\n{LINES}"),
        ("## 1.0.0\r\n\r\n- x\r\n", f"## 1.0.0\r\n\r\n- x\r\n{LINES}".replace("\r\n", "\n").replace("\n", "\r\n")),
        ("## 1.0.0\n### Added\n- x\n### Fixed\n1. y\n", f"## 1.0.0\n### Added\n- x\n### Fixed\n1. y\n{LINES}"),
    ],
)
def test_an_entry_goes_to_the_section_of_its_version(before: str, after: str) -> None:
    assert updated(before, "1.0.0", ENTRY) == after
    assert updated(before, "1.0.0", Entry()) == before


def test_a_long_entry_is_counted() -> None:
    lines = updated("", "1", Entry(additive=tuple(f"a{number}" for number in range(150)))).splitlines()
    assert (len(lines), lines[-1]) == (103, "- And 50 more changes.")


def test_a_contract_is_read_back_and_merges_by_line() -> None:
    document = {
        "openapi": "3.1.0",
        "paths": {"/a": {"get": {}}, "/b": {}},
        "components": {"schemas": {"A": {}, "B": {}}},
    }
    contract = Contract(documents={"a.yaml": document}, references={"b.yaml": {"x": [1.5, None, "é"]}})
    text = print_contract(contract)
    assert read_contract(text.encode()) == contract
    assert json.loads(text)["documents"]["a.yaml"] == document
    assert {'"get":{}', '"/b":{}', '"A":{},', '"B":{}'} <= set(text.splitlines())


def test_names_are_no_prose_and_values_are_kept() -> None:
    schema = {"properties": {"example": {"example": 1, "default": {"description": "kept"}}}, "summary": "x"}
    assert stripped(schema) == {"properties": {"example": {"default": {"description": "kept"}}}}
    assert stripped({"paths": {"/x": {"parameters": [{"name": "a", "description": "b"}]}}}) == {
        "paths": {"/x": {"parameters": [{"name": "a"}]}}
    }


def test_equal_paths_are_left_out_only_where_nothing_else_differs() -> None:
    one = {"info": {"version": "1"}, "paths": {"/a": {}, "/b": {"get": {}}}, "components": {"schemas": {"A": {}}}}
    other = {**one, "info": {"version": "2"}, "paths": {"/a": {}, "/c": {}}}
    left, right = without_equal(one, other)
    assert (left, right) == ({**one, "paths": {"/b": {"get": {}}}}, {**other, "paths": {"/c": {}}})
    changed = {**other, "components": {}}
    assert without_equal(one, changed) == (one, changed)

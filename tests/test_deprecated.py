"""Deprecation: a warning at the caller's own line, and a mark that type checkers show before anything runs."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .client_room import BOTH, ROOT, run
from .generation import built, headed, imported
from .loopback import Answer, json_answer, loopback

DOCUMENT = headed("""
paths:
  /things:
    get:
      operationId: listThings
      deprecated: true
      x-supported-until: "2999-01-01"
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-pagination: {style: page, page: page, items: $, first: 1}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {}}}}}}
    post:
      operationId: createThing
      parameters:
        - {name: old, in: query, deprecated: true, schema: {type: string}}
        - {name: older, in: header, schema: {type: string, deprecated: true}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'204': {description: made}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}, colour: {type: string, deprecated: true}}}
""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deprecated")


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, folder) as package:
        yield package


def told(kind: str, shop: ModuleType, work: Any, answer: Answer) -> list[tuple[str, str, str]]:
    """Do the work, and give category, text and place of every warning."""
    with loopback(answer) as server, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        run(kind, "Shop", work, package=shop, base_url=server.url, credentials=None)
    return [(item.category.__name__, str(item.message), item.filename) for item in caught]


@BOTH
@pytest.mark.parametrize(
    "work",
    [
        lambda c: c.list_things(),
        lambda c: c.things.list(),
        lambda c: c.with_raw_response.list_things(),
        lambda c: c.with_options(timeout=9).list_things(),
        lambda c: c.iter_things(),
    ],
    ids=["flat", "group", "raw", "copy", "iterator"],
)
def test_a_deprecated_operation_warns_at_the_line_that_calls_it(kind: str, shop: ModuleType, work: Any) -> None:
    found = told(kind, shop, work, json_answer("[]"))
    assert [item[:2] for item in found] == [
        ("DeprecatedOperationWarning", "listThings is deprecated, supported until 2999-01-01")
    ]
    assert Path(found[0][2]).parent.name == "tests"
    assert issubclass(shop.DeprecatedOperationWarning, DeprecationWarning)


@BOTH
@pytest.mark.parametrize(
    ("given", "names"),
    [({"name": "a"}, []), ({"old": "a"}, ["old"]), ({"older": "b", "colour": "red"}, ["older", "colour"])],
    ids=str,
)
def test_a_deprecated_argument_warns_only_if_it_is_given(
    kind: str, shop: ModuleType, given: dict[str, str], names: list[str]
) -> None:
    found = told(kind, shop, lambda c: c.create_thing(**given), Answer(204))
    assert [item[:2] for item in found] == [
        ("DeprecatedArgumentWarning", f"createThing: the argument {name} is deprecated") for name in names
    ]
    assert {Path(item[2]).parent.name for item in found} <= {"tests"}


def test_what_is_deprecated_says_so_itself(shop: ModuleType) -> None:
    for client in (shop.Shop, shop.AsyncShop):
        marked = [name for name, value in inspect.getmembers(client) if hasattr(value, "__deprecated__")]
        assert marked == ["iter_things", "list_things"]
    assert inspect.iscoroutinefunction(shop.AsyncShop.list_things)


PROGRAM = """\
from shopping import AsyncShop, Shop

def use(client: Shop, other: AsyncShop) -> None:
    client.list_things()
    client.iter_things()
    other.iter_things()
    client.things.list(page=1)
    other.things.iter()
    client.create_thing(old="a")
    client.things.create(old="a")
"""
# Lines of the program that use what is deprecated, and what is said of them.
LINES = range(4, 9)


def test_a_type_checker_shows_it_before_anything_runs(shop: ModuleType, folder: Path) -> None:
    del shop  # its files are looked at
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    settings = {"include": [str(program)], "extraPaths": [str(folder)], "reportDeprecated": "error"}
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "standard", **settings}))
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--project", str(folder)]
    result = subprocess.run([*command, "--pythonpath", sys.executable], capture_output=True, text=True, check=False)
    found = json.loads(result.stdout)["generalDiagnostics"]
    assert [(item["range"]["start"]["line"] + 1, item["rule"]) for item in found] == [
        (line, "reportDeprecated") for line in LINES
    ]


def test_mypy_shows_it_and_keeps_the_types_of_a_group(shop: ModuleType, folder: Path) -> None:
    del shop
    program = PROGRAM + "    client.things.list(page='one')\n    reveal_type(client.things.list(page=1))\n"
    (folder / "typed.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--enable-error-code", "deprecated", "--follow-imports=silent"]
    options = ["--config-file", "", "--cache-dir", str(ROOT / ".mypy_cache" / "consumer"), "--no-error-summary"]
    result = subprocess.run([*command, *options, "typed.py"], cwd=folder, capture_output=True, text=True, check=False)
    found = [(int(line.split(":")[1]), line.rpartition(" ")[2]) for line in result.stdout.splitlines()]
    assert found == [
        *((line, "[deprecated]") for line in LINES),
        *((11, "[deprecated]"), (11, "[arg-type]")),
        *((12, "[deprecated]"), (12, '"list[Any]"')),
    ]


def test_a_deprecated_member_of_a_group_is_the_clients_own(shop: ModuleType) -> None:
    client = shop.Shop(base_url="http://localhost")
    assert client.things.list == client.list_things
    assert client.things.list.__deprecated__ == client.list_things.__deprecated__

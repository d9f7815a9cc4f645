"""The style table of the OpenAPI specification, row by row: what arguments of generated methods become on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from .client_room import BOTH, run
from .generation import built, headed, imported, warnings
from .loopback import Received, json_answer, loopback
from .test_stubs import generate, run_stubs

SCHEMAS = {
    "text": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "properties": {"R": {"type": "integer"}, "G": {"type": "integer"}}},
    "map": {"type": "object", "additionalProperties": {"type": "string"}},
}
LISTED, OBJECT = ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}


class Row(NamedTuple):
    """One row of the table: what an empty text, a text, a list and an object become; None where it says n/a."""

    location: str
    style: str
    explode: bool
    empty: str | None
    text: str | None
    list: str | None
    object: str | None


TABLE = [
    Row("path", "matrix", False, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    Row("path", "matrix", True, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    Row("path", "label", False, None, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    Row("path", "label", True, None, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    Row("path", "simple", False, None, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    Row("path", "simple", True, None, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    Row("header", "simple", False, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
    Row("header", "simple", True, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    Row("query", "form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    Row("query", "form", True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    Row("cookie", "form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    Row("cookie", "form", True, "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
    Row(
        "query", "spaceDelimited", False, None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"
    ),
    Row("query", "pipeDelimited", False, None, None, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    Row("query", "deepObject", True, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
# The specification leaves these open. Lists and objects of a delimited style that explodes go as form's do; deepObject
# writes its brackets whatever explode says, and a plain value of any style is a pair.
OPEN = [
    Row(
        "query",
        "spaceDelimited",
        True,
        "color=",
        "color=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150",
    ),
    Row(
        "query",
        "pipeDelimited",
        True,
        "color=",
        "color=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150",
    ),
    Row("query", "deepObject", False, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
ROWS = [*TABLE, *OPEN]


def name_of(row: Row, kind: str) -> str:
    return f"{row.location}_{row.style}_{'exploded' if row.explode else 'joined'}_{kind}".lower()


def document(*kinds: str) -> str:
    """Describe an operation for each row and kind of value."""
    paths: dict[str, Any] = {}
    for row in ROWS:
        for kind, schema in ((kind, SCHEMAS[kind]) for kind in kinds):
            name = name_of(row, kind)
            parameter = {"name": "color", "in": row.location, "style": row.style, "explode": row.explode}
            needed = {"required": True} if row.location == "path" else {}
            path = f"/{name}/{{color}}/end" if row.location == "path" else f"/{name}"
            get = {"operationId": name, "parameters": [{**parameter, **needed, "schema": schema}]}
            paths[path] = {"get": {**get, "responses": {"204": {"description": "done"}}}}
    return headed(f"paths: {json.dumps(paths)}\n")


def id_of(row: Row) -> str:
    return name_of(row, "").rstrip("_")


@pytest.fixture(scope="module")
def colors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(document(*SCHEMAS), package="colors")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("colors"), "colors") as package:
        yield package


def sent(package: ModuleType, kind: str, row: Row, shape: str, value: object) -> str | None:
    """Call the method of a row, and give what stands on the wire for its parameter."""
    with loopback(json_answer("", 204)) as server:
        method = name_of(row, shape)
        settings: dict[str, Any] = {"package": package, "credentials": None, "base_url": server.url}
        run(kind, "Shop", lambda client: getattr(client, method)(color=value), **settings)
    (received,) = server.received
    return _carried(received, row, method)


def _carried(received: Received, row: Row, method: str) -> str | None:
    if row.location == "path":
        return received.target.removeprefix(f"/{method}/").removesuffix("/end")
    if row.location == "query":
        assert received.target.startswith(f"/{method}")
        return received.target.removeprefix(f"/{method}").removeprefix("?")
    return received.header("color" if row.location == "header" else "cookie")


@pytest.mark.parametrize("row", ROWS, ids=id_of)
@BOTH
def test_every_cell(colors: ModuleType, kind: str, row: Row) -> None:
    cells = {"text": ("blue", row.text), "list": (LISTED, row.list), "object": (OBJECT, row.object)}
    given = {shape: cell for shape, cell in cells.items() if cell[1] is not None}
    found = {shape: sent(colors, kind, row, shape, value) for shape, (value, _) in given.items()}
    assert found == {shape: text for shape, (_, text) in given.items()}
    if row.empty is not None:
        assert sent(colors, kind, row, "text", "") == row.empty


@pytest.mark.parametrize("row", [row for row in ROWS if row.location == "path"], ids=id_of)
@BOTH
def test_empty_values_that_would_change_the_route_are_refused(colors: ModuleType, kind: str, row: Row) -> None:
    given: list[tuple[str, object]] = [("text", "")] if row.empty is None else []
    for shape, value in [*given, ("list", []), ("list", [None]), ("map", {}), ("map", {"a": None})]:
        with pytest.raises(colors.RequestValidationError, match=r"^color: '.?' cannot stand in a path"):
            sent(colors, kind, row, shape, value)


@pytest.mark.parametrize("row", [row for row in ROWS if row.location in ("query", "cookie")], ids=id_of)
@BOTH
def test_lists_and_objects_without_members_are_not_sent(colors: ModuleType, kind: str, row: Row) -> None:
    bare = [("list", []), ("list", [None]), ("map", {}), ("map", {"a": None})]
    found = [sent(colors, kind, row, shape, value) for shape, value in bare]
    assert found == ([None] * 4 if row.location == "cookie" else [""] * 4)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("query_form_exploded_text", "a b%41+é", "color=a%20b%2541%2B%C3%A9"),
        ("query_form_exploded_list", ["a&b", "x,y", ""], "color=a%26b&color=x,y&color="),
        ("query_form_joined_list", ["a b", "x,y", "50%"], "color=a%20b,x%2Cy,50%25"),
        ("query_form_exploded_map", {"k=&": "v=&", "é": "#"}, "k%3D%26=v%3D%26&%C3%A9=%23"),
        ("query_form_joined_map", {"k,": "v,"}, "color=k%2C,v%2C"),
        ("query_spacedelimited_joined_list", ["a b", "c"], "color=a%20b%20c"),
        ("query_pipedelimited_joined_list", ["p|q", "r"], "color=p%7Cq%7Cr"),
        ("query_deepobject_exploded_map", {"a[b]": "x y"}, "color%5Ba%5Bb%5D%5D=x%20y"),
        ("path_simple_joined_text", "a/b?c#d%2F", "a%2Fb%3Fc%23d%252F"),
        ("path_simple_joined_list", ["x,y", "é"], "x%2Cy,%C3%A9"),
        # A dot needs no encoding, and RFC 6570 gives it none.
        ("path_label_exploded_list", ["a.b", "c"], ".a.b.c"),
        ("path_label_exploded_map", {"k=": "v;"}, ".k%3D=v%3B"),
        ("path_matrix_exploded_list", ["a;b", "", "c=d"], ";color=a%3Bb;color;color=c%3Dd"),
        ("path_matrix_exploded_map", {"k;": "v=", "e": ""}, ";k%3B=v%3D;e"),
    ],
)
@BOTH
def test_characters_that_mean_something(colors: ModuleType, kind: str, name: str, value: object, text: str) -> None:
    row, shape = next((row, shape) for row in ROWS for shape in SCHEMAS if name_of(row, shape) == name)
    assert sent(colors, kind, row, shape, value) == text


@BOTH
def test_members_that_are_none_are_left_out(colors: ModuleType, kind: str) -> None:
    row = next(row for row in ROWS if row.style == "form" and row.explode and row.location == "query")
    assert sent(colors, kind, row, "list", ["a", None, "b"]) == "color=a&color=b"
    assert sent(colors, kind, row, "map", {"a": "1", "b": None}) == "a=1"


def test_the_stubs_expect_what_is_sent(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, document("list", "object")))
    assert code == 0, printed

"""Pages that are right and hard to read: text that looks like structure, markup that looks like content, odd blanks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from .portal_pages import (
    Endpoint,
    Service,
    capture_pages,
    document,
    endpoint_page,
    image_store,
    model_page,
    service_print,
    without_sources,
)

SERVICE = image_store()
DELETE = SERVICE.endpoints[3]
CALL = ("/v1/images/{image_id}", "delete")


def operation(form: str, endpoint: Endpoint, language: str = "en") -> dict[str, Any]:
    data = document(capture_pages(("1.1", endpoint_page(SERVICE, endpoint, form, language))))
    found: dict[str, Any] = data["paths"][endpoint.path][endpoint.method]
    return found


@pytest.mark.parametrize("form", ["a", "d"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "text",
    [
        "State machine of the image is described elsewhere",
        "First\n\nState ACTIVE (DEPRECATED)\n\nState changes",
        "상태 값은 다른 곳에",
        "State ACTIVE (CURRENT)",
    ],
)
def test_a_description_may_hold_lines_that_look_like_the_state(form: str, language: str, text: str) -> None:
    endpoint = replace(DELETE, description=text, status="SUPPORTED", until="20270101", note="Move on soon.")
    found = operation(form, endpoint, language)
    assert found["description"] == text
    assert (found["x-api-status"], found["x-supported-until"]) == ("SUPPORTED", "2027-01-01")
    assert found["x-status-note"] == "Move on soon."


@pytest.mark.parametrize("text", ["State of the image is shown", "State ACTIVE (CURRENT)", "Labels\nState of them"])
def test_the_state_is_found_where_a_lossy_page_lost_the_table_of_support(text: str) -> None:
    endpoint = replace(DELETE, description=text, status="DEPRECATED")
    whole = endpoint_page(SERVICE, endpoint, "c")
    page = re.sub(rb"\| Version \|.*\n\|---\|\n.*\n", b"", whole)
    assert page != whole
    found = document(capture_pages(("1.1", page)))["paths"][CALL[0]][CALL[1]]
    assert (found["description"], found["x-api-status"]) == (text, "DEPRECATED")
    assert found["x-unknown"] == ["supported-until"]


def test_a_state_without_a_blank_after_its_label_is_read() -> None:
    page = endpoint_page(SERVICE, DELETE, "d").replace(b"</strong> <span", b"</strong><span")
    data = document(capture_pages(("1.1", page)))
    assert data["paths"][CALL[0]][CALL[1]]["x-api-status"] == "CURRENT"


def test_bullets_outside_the_contents_are_text() -> None:
    bullets = b"<ul><li>1: first</li><li>1.7: second</li></ul>"
    page = endpoint_page(SERVICE, DELETE, "d").replace(b"<p><strong>State", bullets + b"<p><strong>State")
    data = document(capture_pages(("1.1", page)))
    assert data["paths"][CALL[0]][CALL[1]]["description"] == "None\n\n1: first\n\n1.7: second"
    history = b"<h2>API Version History</h2><h3>1.2</h3><ul><li>9.1: [New] ListImages</li></ul>"
    whole = service_print(SERVICE, "d")
    start = b'<div class=td-content style="page-break-before:always"><h1 id=pg-1>1 - APIs'
    assert start in whole
    found = capture_pages(("x", whole.replace(start, history + start)))
    assert without_sources(document(found, "1.10")) == without_sources(document(capture_pages(("x", whole)), "1.10"))


@pytest.mark.parametrize("form", ["a", "d"])
@pytest.mark.parametrize(
    "lines",
    [
        ["Example", "required"],
        ["query", "required"],
        ["query of all", "required", "Example : a"],
        ["required"],
        ["string", "integer x"],
        ["One of", "string", "integer", "boolean"],
        ["HTTP CodeDescription", "1.120260701"],
        ["optional things", "", "after a blank line"],
    ],
)
def test_a_field_may_be_described_by_lines_that_look_like_rows(form: str, lines: list[str]) -> None:
    rows = [
        ("first", "optional", lines, "string", ""),
        ("required", "required", ["A flag"], "any of [boolean, null]", ""),
    ]
    service = replace(SERVICE, endpoints=[DELETE], models={"Thing": rows})
    data = document(
        capture_pages(
            ("s/image-store/models/thing", model_page(service, "Thing", form)),
            ("s/image-store/apis/deleteimage/1.1", endpoint_page(service, DELETE, form)),
        )
    )
    thing = data["components"]["schemas"]["Thing"]
    assert thing["required"] == ["required"]
    assert thing["properties"]["first"]["description"] == "\n".join(
        line for line in lines if not line.startswith("Example :")
    )
    assert thing["properties"]["first"]["type"] == "string"
    assert thing["properties"]["required"] == {"type": ["boolean", "null"], "description": "A flag"}


@pytest.mark.parametrize("name", ["Version", "Parameters", "Description", "Overview"])
def test_a_body_may_be_of_a_model_that_is_named_like_a_heading(name: str) -> None:
    endpoint = replace(
        DELETE, method="put", rows=[*DELETE.rows, ("body", "body", "optional", [], name, "")], body={"v": ""}
    )
    body = operation("a", endpoint)["requestBody"]
    assert body["required"] is False
    assert body["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{name}"}


ATTRIBUTE = b'<div data-note="a > b <h1>"><p title=it\'s></p></div>'
NOISE: dict[str, Callable[[bytes], bytes]] = {
    "a title in a comment": lambda page: page.replace(b"<main", b"<!-- <main><h1>9.9</h1></main> --><main"),
    "the end in a comment": lambda page: page.replace(b"<h2 id=parameters", b"<!-- </main> --><h2 id=parameters"),
    "a title in a script": lambda page: page.replace(b"<main", b"<script>'<main><h1>'</script><main"),
    "the end in a script": lambda page: page.replace(
        b"<h2 id=parameters", b"<script>'</main>'</script><h2 id=parameters"
    ),
    "a title in an attribute": lambda page: page.replace(b"role=main", b"role=main data-x='<h1 >'"),
    "an end of a tag in an attribute": lambda page: page.replace(b"<aside>", ATTRIBUTE + b"<aside>"),
    "upper-case tags": lambda page: re.sub(rb"(</?)([a-z0-9]+)", lambda tag: tag[1] + tag[2].upper(), page),
    "line breaks": lambda page: page.replace(b"<td>", b"<td>\r\n  ")
    .replace(b"<br>", b"\n <br>\n ")
    .replace(b"</strong> <", b"</strong>\n<"),
    "no-break spaces": lambda page: page.replace(b"ACTIVE (", b"ACTIVE&nbsp;(").replace(
        b"Example :", b"Example&nbsp;:"
    ),
    "entities": lambda page: page.replace(b"{", b"&#123;").replace(b" : ", b" &#x3a; "),
}


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_markup_that_says_nothing_changes_nothing(noise: Callable[[bytes], bytes]) -> None:
    plain = endpoint_page(SERVICE, SERVICE.endpoints[0], "d")
    noisy = noise(plain)
    assert noisy != plain
    found, wanted = (without_sources(document(capture_pages(("1.2", page)))) for page in (noisy, plain))
    assert found == wanted


def test_no_break_spaces_in_plain_text_are_blanks_but_in_values() -> None:
    plain = endpoint_page(SERVICE, SERVICE.endpoints[1]).decode()
    odd = (
        plain.replace("Request path", "Request\xa0path")
        .replace("State ACTIVE", "State\xa0ACTIVE")
        .replace("    ", "\xa0\xa0")
    )
    odd = odd.replace('"name": "a"', '"name": "a\xa0b"')
    found = document(capture_pages(("1.0.txt", odd.encode())))["paths"]["/v1/images/{image_id}"]["patch"]
    assert found["requestBody"]["content"]["application/json"]["example"]["name"] == "a\xa0b"
    assert found["x-api-status"] == "DEPRECATED"


@pytest.mark.parametrize("name", ["overview.txt", "category/image-store.html"])
def test_an_overview_belongs_to_the_service_of_its_server(name: str) -> None:
    form = "a" if name.endswith("txt") else "d"
    whole = service_print(replace(SERVICE, endpoints=[], models={}), form).decode().replace("/_print/>", "/>")
    overview = re.sub(r"<ul>.*?</ul>|<div class=td-content style.*?</div>|^[12] - .*$", "", whole, flags=re.MULTILINE)
    data = document(capture_pages((name, overview.encode()), ("page1.txt", endpoint_page(SERVICE, DELETE))))
    assert data["info"]["title"] == "Image Store"
    assert "x-assumed" not in data["servers"][0]


def test_an_example_that_contradicts_its_type_is_kept_as_written() -> None:
    rows = [
        ("cpu", "optional", ["cpu", "Example : CPU"], "object", ""),
        ("mode", "optional", ["mode", "Example : z"], "enum (a, b)", ""),
        ("text", "optional", ["text", "Example : ['a']"], "string", ""),
        ("size", "optional", ["size", "Example : 3"], "integer", ""),
    ]
    parameter = ("query", "n", "optional", ["n", "Example : many"], "integer", "None")
    endpoint = Endpoint(
        name="ListThings",
        method="get",
        path="/v1/things",
        rows=[parameter],
        responses=[("200", "OK", "array[Thing]")],
        samples={"200": {"cpu": {}}},
    )
    service = Service(name="things", title="Things", endpoints=[endpoint], models={"Thing": rows})
    captured = capture_pages(("things/_print.txt", service_print(service)))
    data = document(captured)
    assert data["components"]["schemas"]["Thing"]["properties"] == {
        "cpu": {"type": "object", "x-example-as-written": "CPU"},
        "mode": {"type": "string", "enum": ["a", "b"], "x-example-as-written": "z"},
        "text": {"type": "string", "examples": ["['a']"]},
        "size": {"type": "integer", "examples": [3]},
    }
    get = data["paths"]["/v1/things"]["get"]
    assert get["parameters"][-1]["x-example-as-written"] == "many"
    media = get["responses"]["200"]["content"]["application/json"]
    assert media["x-example-as-written"] == {"cpu": {}}
    assert "example" not in media
    warned = [one.message for one in captured.diagnostics if "kept as written" in one.message]
    assert sorted(warned) == [
        "the example 'CPU' of 'cpu' contradicts its type; kept as written",
        "the example 'many' of 'n' contradicts its type; kept as written",
        "the example 'z' of 'mode' contradicts its type; kept as written",
    ]


@pytest.mark.parametrize("name", ["api_key", "accessKeyId", "newPasswordConfirm", "password2", "X-Auth-Key"])
def test_more_names_of_secrets_keep_no_value(name: str) -> None:
    field = (name, "optional", ["A secret", "Example : hunter2"], "string", "hunter2")
    endpoint = replace(DELETE, responses=[("200", "OK", "Thing")], samples={"200": {name: "hunter2"}})
    service = replace(SERVICE, endpoints=[endpoint], models={"Thing": [field]})
    captured = capture_pages(("image-store/_print.txt", service_print(service)))
    assert "hunter2" not in captured.documents[0].text
    assert document(captured)["components"]["schemas"]["Thing"]["properties"][name]["x-secret"] is True

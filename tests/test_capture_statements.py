"""Statements: the line of a page and the fact of a document that it states, found from either side."""

from __future__ import annotations

import re
from typing import Any

import pytest

from apiscribe import capture
from apiscribe.document.load import load
from apiscribe.document.node import path_of
from apiscribe.errors import line_of

from .portal_pages import PROFILE, Endpoint, Service, capture_pages, document, endpoint_page, model_page

SERVICE = Service(
    name="image-store",
    title="Image Store",
    endpoints=[
        Endpoint(
            name="ListImages",
            method="get",
            path="/v1/images",
            description="{images.list.notes} v1.1",
            rows=[("query", "size", "optional", ["How many", "Example : many"], "integer", "lots")],
        )
    ],
    models={"Image": [("kind", "required", ["Example : 1"], "boolean", "maybe")]},
)
PAGES = [
    capture.PageSource(path="p/apis/listimages/1.1.txt", data=endpoint_page(SERVICE, SERVICE.endpoints[0])),
    capture.PageSource(path="p/models/image.txt", data=model_page(SERVICE, "Image")),
]


def test_a_warning_names_the_fact_it_concerns_by_a_pointer_that_leads_to_it() -> None:
    captured = capture.read(PAGES, PROFILE, service="image-store")
    (made,) = captured.documents
    root = load(made.text.encode(), file=made.name).root
    found = {(item.rule, item.origin.file, item.fact) for item in captured.diagnostics}
    operation, field = "/paths/~1v1~1images/get", "/components/schemas/Image/properties/kind"
    assert {fact for *_, fact in found} == {
        f"image-store-1.1.yaml#{pointer}" for pointer in (operation, f"{operation}/parameters/2", field)
    }
    for *_, fact in found:
        assert root.at(path_of((fact or "").partition("#")[2]) or ()) is not None


def test_the_fact_stands_at_the_end_of_the_printed_line() -> None:
    captured = capture.read(PAGES, PROFILE, service="image-store")
    lines = [line_of(item) for item in captured.diagnostics]
    assert any(
        re.search(r"'lots'.* \[image-store-1\.1\.yaml#/paths/~1v1~1images/get/parameters/2\]$", line) for line in lines
    )


def sources(value: Any, path: str = "") -> dict[str, str]:
    """Every x-source of a part of a document, by where it stands: the page."""
    if isinstance(value, list):
        return {at: page for index, item in enumerate(value) for at, page in sources(item, f"{path}/{index}").items()}
    if not isinstance(value, dict):
        return {}
    own = {path: value["x-source"]["page"]} if "x-source" in value else {}
    inner = [sources(item, f"{path}/{key}") for key, item in value.items() if key != "x-source"]
    return {**own, **{at: page for found in inner for at, page in found.items()}}


@pytest.mark.parametrize(
    ("english", "korean", "filled"),
    [
        ("Type", "HTTP Code", {"": "en", "/parameters/2": "ko"}),
        ("HTTP Code", "Type", {"": "en", "/responses/200": "ko"}),
        ("nothing", "Type", {"": "en"}),
        ("Type", "nothing", {"": "en", "/parameters/2": "ko"}),
    ],
)
def test_what_another_page_filled_says_so_itself_and_the_rest_inherits(
    english: str, korean: str, filled: dict[str, str]
) -> None:
    endpoint = SERVICE.endpoints[0]
    captured = capture_pages(
        ("en/apis/listimages/1.1.md", endpoint_page(SERVICE, endpoint, "c", lost=frozenset({english}))),
        ("ko/apis/listimages/1.1.md", endpoint_page(SERVICE, endpoint, "c", "ko", lost=frozenset({korean}))),
    )
    operation = document(captured)["paths"]["/v1/images"]["get"]
    assert sources(operation) == {at: f"{language}/apis/listimages/1.1.md" for at, language in filled.items()}


def test_a_finding_about_what_another_page_filled_points_at_that_page() -> None:
    endpoint = SERVICE.endpoints[0]
    pages = {
        "en/apis/listimages/1.1.md": endpoint_page(SERVICE, endpoint, "c", lost=frozenset({"Type"})),
        "ko/apis/listimages/1.1.md": endpoint_page(SERVICE, endpoint, "c", "ko", lost=frozenset({"HTTP Code"})),
    }
    captured = capture_pages(*pages.items())
    (found,) = [item for item in captured.diagnostics if item.rule == "page-default"]
    assert (found.origin.file, found.fact) == (
        "pages/ko/apis/listimages/1.1.md",
        "image-store-1.1.yaml#/paths/~1v1~1images/get/parameters/2",
    )
    line = pages["ko/apis/listimages/1.1.md"].decode().splitlines()[(found.origin.line or 0) - 1]
    assert line.startswith("| query | size")

"""Statements: the line of a page and the fact of a document that it states, found from either side."""

from __future__ import annotations

import re

from apiscribe import capture
from apiscribe.document.load import load
from apiscribe.document.node import path_of
from apiscribe.errors import line_of

from .portal_pages import PROFILE, Endpoint, Service, endpoint_page, model_page

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

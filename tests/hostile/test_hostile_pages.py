"""Hostile pages through capture: each is read right or refused with its place, quickly, and nothing else happens.

Floods are shorter here than in tests/benchmarks/hostile_pages.py, which measures time and memory of whole ones.
"""

from __future__ import annotations

import json

import pytest

from apiscribe.errors import ApiscribeError, Severity, line_of

from ..hostile_pages import HostilePage, hostile_pages
from ..portal_pages import capture_pages

PAGES = tuple(hostile_pages(0.01))


def test_there_are_enough_of_them_and_each_has_a_name() -> None:
    assert len(PAGES) == len({page.name for page in PAGES}) > 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_hostile_page_is_refused_with_its_place_or_read_right(page: HostilePage) -> None:
    path = f"s/{page.file}"
    try:
        captured = capture_pages((path, page.data), service="s")
    except ApiscribeError as error:
        refused = [one for one in error.diagnostics if one.severity is Severity.ERROR]
        assert refused
        for one in error.diagnostics:
            assert one.origin.file == f"pages/{path}"
            assert one.origin.line is not None or one.rule in ("page-none", "page-binary", "page-encoding")
            assert len(line_of(one).splitlines()) == 1
            assert line_of(one).isprintable()
        return
    for document in captured.documents:
        assert set(operations(document.data)) <= KNOWN
        json.dumps(document.data, allow_nan=False).encode("utf-8")
    assert capture_pages((path, page.data), service="s") == captured


def operations(document: dict[str, object]) -> list[tuple[str, str]]:
    """List the calls of a document."""
    paths = document["paths"]
    assert isinstance(paths, dict)
    return [(method, path) for path, item in paths.items() for method in item]


# Whatever a page is made to say, it is made of these calls: none is ever found in a comment, a menu or a description.
KNOWN = {
    ("get", "/v1/images"),
    ("patch", "/v1/images/{image_id}"),
    ("delete", "/v1/images/{image_id}"),
}

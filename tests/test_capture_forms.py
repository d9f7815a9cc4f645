"""Forms and kinds of pages: what one says in plain text it says in every form, and a lossy one invents nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError, Severity, line_of

from .portal_pages import (
    Endpoint,
    Service,
    apis_print,
    capture_pages,
    category_print,
    document,
    endpoint_page,
    endpoint_print,
    image_store,
    model_page,
    models_print,
    service_print,
    title_page,
    without_sources,
)

SERVICE = image_store()
LIST, OLD_UPDATE, UPDATE, DELETE = SERVICE.endpoints
FOLDER = "category/image-store"
LOST = {
    "parameters": frozenset({"Type"}),
    "responses": frozenset({"HTTP Code"}),
    "support": frozenset({"Version", "버전"}),
}


def facts(captured: Any, version: str = "1.10") -> Any:
    """A document in which breaks of lines in text, which forms keep differently, are blanks."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return " ".join(value.split()) if isinstance(value, str) else value

    return plain(without_sources(document(captured, version)))


WHOLE = facts(capture_pages((f"{FOLDER}/_print", service_print(SERVICE))))


def refused(*pages: tuple[str, bytes], **options: Any) -> list[str]:
    with pytest.raises(ApiscribeError) as caught:
        capture_pages(*pages, **options)
    return [line_of(one) for one in caught.value.diagnostics if one.severity is Severity.ERROR]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["b", "c"])
def test_a_markdown_print_view_says_what_plain_text_says(form: str, language: str) -> None:
    captured = capture_pages((f"{language}/{FOLDER}/_print.md", service_print(SERVICE, form, language)))
    assert facts(captured) == WHOLE
    assert not [one for one in captured.diagnostics if one.rule == "page-missing"]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["a", "b", "c", "d"])
def test_single_pages_with_those_that_name_them_say_what_the_print_view_says(form: str, language: str) -> None:
    names = sorted({one.name for one in SERVICE.endpoints})
    pages = [
        *(
            (f"{FOLDER}/apis/{one.slug}/{one.version}", endpoint_page(SERVICE, one, form, language))
            for one in SERVICE.endpoints
        ),
        *((f"{FOLDER}/apis/{name.lower()}/_index.md", title_page(SERVICE, name, form, language)) for name in names),
        (f"{FOLDER}/models/_print", models_print(SERVICE, form, language)),
    ]
    found = facts(capture_pages(*pages))
    assert found["components"] == WHOLE["components"]
    for path, item in WHOLE["paths"].items():
        for method, operation in item.items():
            single = found["paths"][path][method]
            assert single.pop("x-slug") == operation["x-display-name"].lower()
            assert single == operation


@pytest.mark.parametrize("form", ["a", "b", "d"])
def test_every_print_view_gives_the_same_operations(form: str) -> None:
    models = (f"{FOLDER}/models/_print", models_print(SERVICE, form))
    apis = facts(capture_pages((f"{FOLDER}/apis/_print", apis_print(SERVICE, form)), models))
    names = sorted({one.name for one in SERVICE.endpoints})
    slugs = [(f"{FOLDER}/apis/{name.lower()}/_print", endpoint_print(SERVICE, name, form)) for name in names]
    assert apis["paths"] == WHOLE["paths"]
    for path, item in facts(capture_pages(*slugs, models))["paths"].items():
        for method, operation in item.items():
            assert operation.pop("x-slug") == operation["x-display-name"].lower()
            assert operation == WHOLE["paths"][path][method]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["a", "b", "c", "d"])
def test_a_category_keeps_equal_names_of_its_services_apart(form: str, language: str) -> None:
    tag = [("label", "required", ["label"], "string", "")]
    other = Service(
        name="file-store",
        title="File Store",
        endpoints=[
            Endpoint(
                name="ListFiles",
                method="get",
                path="/v1/images",
                version="1.10",
                responses=[("200", "OK", "array[Tag]")],
                samples={"200": [{"label": ""}]},
            )
        ],
        models={"Tag": tag},
        server="https://{service}.{environment}.samsungsdscloud.com",
    )
    captured = capture_pages(("x/_print", category_print("Storage", [SERVICE, other], form, language)))
    found = {one.service: one for one in captured.documents if one.version == "1.10"}
    whole = facts(replace(captured, documents=(found["image-store"],)))
    # The title of a category's service stands in its heading alone, which the lossy form may not have.
    assert whole["components"] == WHOLE["components"]
    assert whole["paths"] == WHOLE["paths"]
    assert whole["servers"] == WHOLE["servers"]
    files = found["file-store"].data
    assert files["components"]["schemas"]["Tag"]["properties"] == {"label": {"type": "string"}}  # type: ignore[index, call-overload]
    assert files["servers"][0]["url"] == "https://file-store.{environment}.samsungsdscloud.com"  # type: ignore[index, call-overload]


def test_kind_form_language_and_service_of_every_page_are_kept() -> None:
    pages = [
        ("en/s/apis/deleteimage/1.1.md", endpoint_page(SERVICE, DELETE, "b")),
        ("ko/s/apis/deleteimage/1.1", endpoint_page(SERVICE, DELETE, "c", "ko")),
        ("en/s/apis/deleteimage/index.html", title_page(SERVICE, "DeleteImage", "d")),
        ("en/s/models/tag.txt", model_page(SERVICE, "Tag")),
        ("en/api-common/version.txt", b"Version List\n\nEvery service and its versions."),
    ]
    lock = tomllib.loads(capture_pages(*pages).lock_text)
    found = {page["path"]: [page.get(key) for key in ("kind", "form", "language", "service")] for page in lock["page"]}
    assert found == {
        "en/api-common/version.txt": ["version list", "text", "en", None],
        "en/s/apis/deleteimage/1.1.md": ["endpoint version page", "markdown", "en", "image-store"],
        "en/s/apis/deleteimage/index.html": ["endpoint page", "html", "en", "image-store"],
        "en/s/models/tag.txt": ["model page", "text", "en", "image-store"],
        "ko/s/apis/deleteimage/1.1": ["endpoint version page", "lossy-markdown", "ko", "image-store"],
    }


@pytest.mark.parametrize("what", ["parameters", "responses"])
def test_a_lost_table_is_never_read_as_an_empty_one(what: str) -> None:
    page = endpoint_page(SERVICE, UPDATE, "c", lost=LOST[what])
    (line,) = refused(("s/apis/updateimage/1.10.md", page))
    assert re.search(
        rf":\d+: table missing: {what} of patch /v1/images/\{{image_id\}} 1.10; no page that was given", line
    )
    captured = capture_pages(
        ("s/apis/updateimage/1.10.md", page),
        ("s/apis/deleteimage/1.1", endpoint_page(SERVICE, DELETE)),
        skip_invalid=True,
    )
    assert [list(one.data["paths"]["/v1/images/{image_id}"]) for one in captured.documents] == [["delete"]]  # type: ignore[call-overload, index]
    assert any(one.message.startswith(f"left out: table missing: {what}") for one in captured.diagnostics)


@pytest.mark.parametrize(("form", "language"), [("a", "en"), ("b", "ko"), ("d", "ko"), ("c", "ko")])
@pytest.mark.parametrize("what", [*LOST])
def test_what_a_page_lost_is_taken_from_another_form_or_language(what: str, form: str, language: str) -> None:
    for one in (LIST, OLD_UPDATE, UPDATE, DELETE):
        lossy = ("en/s/apis/x/_.md", endpoint_page(SERVICE, one, "c", lost=LOST[what]))
        whole = ("ko/s/apis/x/_.md", endpoint_page(SERVICE, one, form, language))
        expected = facts(capture_pages(whole), one.version)
        captured = capture_pages(lossy, whole)
        assert facts(captured, one.version)["paths"] == expected["paths"]
        (told,) = [line_of(found) for found in captured.diagnostics if found.rule == "page-missing"]
        assert "table missing" in told
        assert "taken from pages/ko/s/apis/x/_.md:1" in told
        assert capture_pages(whole, lossy) == captured


def test_two_lossy_pages_complete_each_other() -> None:
    pages = [
        ("en/1.10.md", endpoint_page(SERVICE, UPDATE, "c", lost=LOST["parameters"])),
        ("ko/1.10.md", endpoint_page(SERVICE, UPDATE, "c", "ko", lost=LOST["responses"])),
    ]
    whole = capture_pages(("1.10.txt", endpoint_page(SERVICE, UPDATE)))
    assert facts(capture_pages(*pages))["paths"] == facts(whole)["paths"]
    assert capture_pages(*pages) == capture_pages(*reversed(pages))


def test_a_lost_date_stays_unknown() -> None:
    page = endpoint_page(SERVICE, OLD_UPDATE, "c", lost=LOST["support"])
    captured = capture_pages(("1.0.md", page))
    patch = document(captured)["paths"]["/v1/images/{image_id}"]["patch"]
    assert "x-supported-until" not in patch
    assert patch["x-unknown"] == ["supported-until"]
    assert any("table missing: version and the date" in one.message for one in captured.diagnostics)


def test_a_version_without_a_page_is_told() -> None:
    pages = [
        ("s/apis/updateimage/1.10", endpoint_page(SERVICE, UPDATE)),
        ("s/apis/updateimage/_index.md", title_page(SERVICE, "UpdateImage", "b")),
    ]
    (told,) = [one.message for one in capture_pages(*pages).diagnostics if one.rule == "page-missing"]
    assert told == "version 1.0 of 'UpdateImage' is listed, and no page of it was given"

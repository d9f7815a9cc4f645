"""Bad pages: each is refused with one located line, whatever form it has, and several faults are all reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from apiscribe import capture
from apiscribe.errors import ApiscribeError, Severity, line_of

from .portal_pages import (
    PROFILE,
    Endpoint,
    Service,
    capture_pages,
    document,
    endpoint_page,
    image_store,
    model_page,
    models_print,
    service_print,
)

SERVICE = image_store()
LIST, OLD_UPDATE, UPDATE, DELETE = SERVICE.endpoints


def errors(*pages: tuple[str, bytes], **options: object) -> list[str]:
    """The error lines of a capture that must fail."""
    with pytest.raises(ApiscribeError) as caught:
        capture_pages(*pages, **options)
    return [line_of(one) for one in caught.value.diagnostics if one.severity is Severity.ERROR]


def capture_or_errors(*pages: tuple[str, bytes]) -> capture.Captured | list[str]:
    """What a capture gives, or the error lines if it fails."""
    try:
        return capture_pages(*pages)
    except ApiscribeError as error:
        return [line_of(one) for one in error.diagnostics if one.severity is Severity.ERROR]


def one_error(data: bytes, name: str = "1.1.txt") -> str:
    (line,) = errors((name, data))
    return line


def page(endpoint: Endpoint = UPDATE, form: str = "a") -> bytes:
    return endpoint_page(SERVICE, endpoint, form)


def changed(old: str, new: str, endpoint: Endpoint = UPDATE) -> bytes:
    data = page(endpoint)
    assert data.count(old.encode()) >= 1
    return data.replace(old.encode(), new.encode(), 1)


CHANGES: dict[str, tuple[bytes, str]] = {
    "unknown method": (changed("patch /v1", "fetch /v1"), ":5: unknown method 'fetch'"),
    "no method": (changed("patch /v1", "/v1"), ":5: no method and path"),
    "unknown schema cell": (changed("array[Tag]", "arrays[Tag]"), "no such row: 200OKarrays[Tag]"),
    "unknown lower-case type": (changed("stringNone", "strungNone"), ":19: unknown schema cell 'strung'"),
    "unknown state": (changed("(CURRENT)", "(RETIRED)"), ":11: unknown state 'ACTIVE (RETIRED)'"),
    "unknown status": (changed("404Not Found", "999Not Found"), ":33: unknown status '999'"),
    "unknown reason": (changed("404Not Found", "404Lost"), ":33: no such row: 404LostNone"),
    "unknown label": (
        changed("Example : 7", "Example : 7\nMultiple of : 3"),
        ":19: row image_id: unknown label 'Multiple of : 3'",
    ),
    "bound that is no number": (changed("Example : 7", "Example : 7\nMinimum : x"), "Minimum is no number: 'x'"),
    "table of parameters missing": (
        changed("TypeNameDescriptionSchemaDefault\n", ""),
        ":16: table missing under 'Parameters': Type | Name | Description | Schema | Default",
    ),
    "table of responses missing": (changed("HTTP CodeDescriptionSchema\n", ""), "table missing under 'Responses'"),
    "table of versions missing": (changed("VersionSupported Until\n", ""), "table missing: version and the date"),
    "path variable without row": (
        changed("{image_id}", "{image}").replace(b"/v1/images/{image_id}", b"/v1/images/{image}"),
        ":5: the path variable 'image' has no row",
    ),
    "bad date": (changed("1.10-", "1.1020261399"), ":14: no date: '20261399'"),
    "broken JSON": (changed('"name": "a",', '"name": "a"'), "the JSON under 'Request body' is broken"),
    "key twice": (changed('"name"', '"root_password"'), "the key 'root_password' stands twice"),
    "number too large": (changed('"name": "a"', '"name": 1e999'), "a number too large"),
    "not a number": (changed('"name": "a"', '"name": NaN'), "NaN is not JSON"),
    "deep JSON": (changed('"name": "a"', f'"name": {"[" * 101}{"]" * 101}'), "nested deeper than 100"),
    "version of the header": (changed("image-store 1.10", "image-store 1.9"), "Scp-Api-Version says 1.9"),
    "other request path": (changed("Request path\n\n/v1/images", "Request path\n\n/v1/image"), "the request path"),
    "body without row": (
        changed("bodybody\nrequired\n\nImageUpdateRequest\n", ""),
        "a request body is shown, but the parameter table has no body row",
    ),
    "unknown parameter type": (changed("pathimage_id", "formimage_id"), "no row starts with 'formimage_id'"),
    "neither required nor optional": (changed("required\nImage", "maybe\nImage"), "no row starts with"),
    "bidi in the path": (changed("patch /v1/images", "patch /v1/im\u202eages"), "holds characters that a path"),
    "dot segment": (changed("patch /v1/images", "patch /v1/%2e%2E/images"), "has a dot segment"),
    "control in a name": (changed("pathimage_id", "pathimage\u0007id"), r"path parameter 'image\x07id' holds"),
    "header name": (
        changed("pathimage_id\n", "headerX y\nrequired\nh\nstringNone\npathimage_id\n"),
        "is no HTTP token",
    ),
    "long name": (
        changed("pathimage_id\n", f"query{'q' * 201}\noptional\nq\nstringNone\npathimage_id\n"),
        "201 characters",
    ),
    "two different rows": (
        changed("pathimage_id\n", "pathimage_id\nrequired\nOther\nintegerNone\npathimage_id\n"),
        "parameter 'image_id' has two rows that differ",
    ),
    "unknown section": (changed("Responses\n\nHTTP", "Answers\n\nHTTP"), "'Responses' is missing"),
}


@pytest.mark.parametrize(("data", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_changed_page_is_refused_at_its_line(data: bytes, expected: str) -> None:
    lines = errors(("1.10.txt", data))
    assert any(expected in line for line in lines), lines
    assert all(line.startswith("error: pages/1.10.txt:") for line in lines)


@pytest.mark.parametrize("form", ["a", "d"])
@pytest.mark.parametrize("endpoint", [LIST, UPDATE, DELETE], ids=lambda endpoint: endpoint.name)
def test_a_page_cut_anywhere_is_refused(form: str, endpoint: Endpoint) -> None:
    data = page(endpoint, form)
    whole = document(capture_pages(("x", data)))
    text = data.decode()
    start = text.index("<h1 class") if form == "d" else 0
    end = text.index("</main>") if form == "d" else len(text) - 1
    for cut in range(start, end, 7):
        found = capture_or_errors(("x", text[:cut].encode()))
        if isinstance(found, capture.Captured):
            # Nothing but the end of the last line may be lost.
            assert document(found)["paths"].keys() == whole["paths"].keys()
            assert len(text) - cut < 30, text[cut - 60 : cut]


def test_a_print_view_cut_inside_a_row_is_refused() -> None:
    text = models_print(SERVICE).decode()
    endpoint = ("image-store/apis/deleteimage/1.1", page(DELETE))
    for row in ("k8s-version", "ratio", "root_password", "value"):
        start = text.index(f"\n{row}\n") + 1
        lines = text[start:].split("\n")[:3]
        for cut in (lines[0], lines[0][:-1], "\n".join(lines[:2]), "\n".join(lines)):
            found = capture_or_errors(endpoint, ("image-store/models/_print", f"{text[:start]}{cut}".encode()))
            assert isinstance(found, list), cut


WHOLE_PAGES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "1.1.txt", ":1: the page is empty"),
    "blank": (b" \n\n", "1.1.txt", ":1: the page is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "1.1.txt", "1.1.txt: byte 8 is NUL: a binary file"),
    "other encoding": ("상태".encode("cp949"), "1.1.txt", "1.1.txt: byte 0 is not UTF-8 text"),
    "broken UTF-8": (b"\xef\xbb\xbf1.1\n\xff", "1.1.txt", "1.1.txt: byte 7 is not UTF-8 text"),
    "too large": (b"x" * 50_000_000, "1.1.txt", ":1: the page has 50000000 bytes; at most 16777216"),
    "long line": (b"1.1\n\n" + b"x" * 1_048_577, "1.1.txt", ":3: a line of more than 1048576 bytes"),
    "JSON": (b'{"a": 1}', "x.txt", "page of an unknown kind, titled '{\"a\": 1}': not read"),
    "HTML without content": (b"<!doctype html><html><body><p>x</body></html>", "x.html", "no title heading (h1)"),
    "HTML cut": (page(UPDATE, "d")[:-200], "x.html", "the page is cut: its main element does not end"),
    "error of the server": (b"<html><body><h1>503 Service Unavailable</h1></body></html>", "x.html", "does not end"),
    "error of the server as text": (
        b"503 Service Unavailable\n\nnginx",
        "x.txt",
        "page of an unknown kind, titled '503",
    ),
    "common page alone": (b"Common\n\nAll calls are signed.", "x.txt", "no endpoint version page was given"),
    "endpoint page alone": (b"UpdateImage\n\nVersionSupported Until\n1.1-", "x.txt", "does not tell its service"),
    "category print view cut": (
        b"Compute\n\n1 - Data Ops\n\n1.1 - APIs\n\n1.1.1 - ListX\n\n1.1.1.1 - 1.1",
        "x.txt",
        ":9: the page is cut: no method and path",
    ),
    "endpoint print view cut": (b"ListX\n\n1 - 1.3\n\nget /v1/x", "x.txt", ":5: no state line"),
    "numbers that do not fit": (
        b"X\n\n1 - 1.3\n\nget /v1/x\n\n1.1.1.1.1 - 1.2\n\nget /v1/y",
        "x.txt",
        "numbers do not fit together",
    ),
}


@pytest.mark.parametrize(("data", "name", "expected"), WHOLE_PAGES.values(), ids=WHOLE_PAGES)
def test_a_page_that_is_none_is_refused_quickly(data: bytes, name: str, expected: str) -> None:
    assert expected in one_error(data, name)


def test_several_faults_are_all_reported() -> None:
    data = (
        changed("(CURRENT)", "(RETIRED)").replace(b"404Not Found", b"404Lost").replace(b"Example : 7", b"Minimum : x")
    )
    lines = errors(("a/1.10.txt", data), ("b/1.1.txt", b""))
    assert len(lines) == 4


def test_contradicting_pages_are_refused_with_both_places() -> None:
    rows = [("path", "image_id", "required", ["Image", "Example : 7"], "integer", "None")]
    lines = errors(("a.txt", page(DELETE)), ("b.txt", page(replace(DELETE, rows=rows))))
    (line,) = lines
    assert line == (
        "error: pages/b.txt:19: contradicts another page: the schema of path parameter image_id is "
        "integer here, string at pages/a.txt:19"
    )


CONTRADICTIONS: dict[str, Callable[[Endpoint], Endpoint]] = {
    "state": lambda one: replace(one, status="SUPPORTED"),
    "date": lambda one: replace(one, until="20300101"),
    "description": lambda one: replace(one, description="Another text"),
    "status": lambda one: replace(one, responses=[*one.responses, ("409", "Conflict", "None")]),
    "required": lambda one: replace(one, rows=[(*one.rows[0][:2], "optional", *one.rows[0][3:]), *one.rows[1:]]),
    "example value": lambda one: replace(one, samples={"200": [{"key": "other", "value": "v"}]}),
    "example shape": lambda one: replace(one, samples={"200": [{"key": "k"}]}),
}


@pytest.mark.parametrize("change", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_any_difference_between_two_pages_of_one_language_is_refused(change: Callable[[Endpoint], Endpoint]) -> None:
    lines = errors(("a.txt", page(UPDATE)), ("b.txt", page(change(UPDATE))))
    assert all("contradicts another page" in line and "pages/a.txt:" in line for line in lines)


def test_languages_may_differ_in_prose_and_examples_but_not_in_structure() -> None:
    korean = replace(UPDATE, description="설명", samples={"200": [{"key": "키", "value": "값"}]})
    captured = capture_pages(("en.txt", page(UPDATE)), ("ko.txt", endpoint_page(SERVICE, korean, "a", "ko")))
    patch = document(captured)["paths"]["/v1/images/{image_id}"]["patch"]
    assert patch["description"] == UPDATE.description
    other = replace(korean, responses=[("200", "OK", "Tag"), ("404", "Not Found", "None")])
    lines = errors(("en.txt", page(UPDATE)), ("ko.txt", endpoint_page(SERVICE, other, "a", "ko")))
    assert any("the schema of response 200" in line for line in lines)


def test_example_timestamps_are_no_contradiction() -> None:
    def stamped(clock: str) -> bytes:
        return page(replace(UPDATE, samples={"200": [{"key": clock, "value": ""}]}))

    captured = capture_pages(
        ("a.txt", stamped("2026-02-11T06:41:25.347Z")), ("b.txt", stamped("2026-02-12T06:41:25.347Z"))
    )
    assert len(captured.documents) == 1


def test_models_without_a_service_are_refused() -> None:
    endpoint = ("a/apis/x/1.10.txt", page())
    (line,) = errors(endpoint, ("_print.txt", models_print(SERVICE)))
    assert "does not tell its service" in line
    (line,) = errors(("image-store/models/tag.txt", model_page(SERVICE, "Tag")))
    assert "no endpoint version page of service 'image-store' was given" in line


def test_contradicting_models_and_overviews_are_refused() -> None:
    other = dict(SERVICE.models, Tag=[("key", "optional", ["key"], "string", ""), SERVICE.models["Tag"][1]])
    pages = ("image-store/_print.txt", service_print(SERVICE)), (
        "image-store/models/tag.txt",
        model_page(replace(SERVICE, models=other), "Tag"),
    )
    (line,) = errors(*pages)
    assert "whether field key of Tag is required is no here, yes at pages/image-store/_print.txt:" in line
    moved = replace(SERVICE, server="https://images.{region}.{environment}.samsungsdscloud.com")
    (line,) = errors(("a/_print.txt", service_print(SERVICE)), ("b/_print.txt", service_print(moved)))
    assert "the server address" in line


def test_a_bad_operation_can_be_left_out() -> None:
    bad = Endpoint(name="Bad", method="get", path="/v1/bad/{x}")
    data = service_print(replace(SERVICE, endpoints=[*SERVICE.endpoints, bad]))
    (line,) = errors(("image-store/_print.txt", data))
    assert "the path variable 'x' has no row" in line
    captured = capture_pages(("image-store/_print.txt", data), skip_invalid=True)
    assert "/v1/bad/{x}" not in document(captured, "1.10")["paths"]
    assert any(one.message.startswith("left out: ") for one in captured.diagnostics)


def test_a_print_view_that_lost_a_section_is_refused() -> None:
    data = service_print(SERVICE, "d").decode()
    start = data.index('<div class=td-content style="page-break-before:always"><h1 id=pg-1>1.2.1 - 1.2')
    end = data.index('<div class=td-content style="page-break-before:always"><h1 id=pg-1>1.3 - ')
    lines = errors(("image-store/_print.html", (data[:start] + data[end:]).encode()))
    assert any("has no version below it" in line for line in lines)
    assert any("the contents list '1.2'" in line for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://image-store.{region}", "http://image-store.{region}", "one https address is expected"),
        ("https://image-store.{region}", "https://a@image-store.{region}", "one https address is expected"),
        ("https://image-store.{region}", "https://image-store.{zone}", "unknown variables"),
        ("environmentregion\n", "", "table missing: environment | region"),
        ("ekr-east1", "e east", "no such row: e east"),
        ("OpenAPI URL\n", "OpenAPI Address\n", "section 'OpenAPI URL' is missing"),
    ],
)
def test_a_bad_overview_is_refused(old: str, new: str, expected: str) -> None:
    data = service_print(SERVICE).decode()
    assert old in data
    lines = errors(("image-store/_print.txt", data.replace(old, new).encode()))
    assert any(expected in line for line in lines), lines


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(ApiscribeError, match="unknown profile 'other'; there is: navercloud, samsungcloud"):
        capture.open_profile("other")


def test_no_pages_at_all_are_refused() -> None:
    with pytest.raises(ApiscribeError, match="no endpoint version page was given"):
        capture.read([], PROFILE)


def test_names_of_services_with_equal_models_stay_apart() -> None:
    tag = {"Tag": [("name", "required", ["name"], "string", "")]}
    other = Service(name="other", title="Other", endpoints=[replace(DELETE, path="/v1/x/{image_id}")], models=tag)
    captured = capture_pages(
        ("image-store/_print.txt", service_print(SERVICE)), ("other/_print.txt", service_print(other))
    )
    (found,) = [one.data for one in captured.documents if one.service == "other"]
    assert list(found["components"]["schemas"]["Tag"]["properties"]) == ["name"]


ROWS = [
    ("first", "required", ["first"], "any of [string, null]", ""),
    ("second", "required", ["second"], "string", ""),
    ("third", "optional", ["third", "Example : 7"], "integer", "20"),
    ("Fourth", "optional", ["Fourth"], "Tag", ""),
    ("fifth", "optional", ["fifth"], "boolean", ""),
]


@pytest.mark.parametrize("flag", [2, 6, 10, 15, 19])
@pytest.mark.parametrize("lost", ["name", "flag"])
def test_a_row_that_lost_its_name_or_flag_is_not_taken_for_text(flag: int, lost: str) -> None:
    service = replace(SERVICE, models={"Thing": ROWS, "Tag": []})
    lines = model_page(service, "Thing").decode().split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("NameDescription")) + flag
    assert lines[at] in ("required", "optional")
    del lines[at - 1 if lost == "name" else at]
    found = errors(("image-store/models/thing.txt", "\n".join(lines).encode()), ("1.1.txt", page(DELETE)))
    assert all(line.startswith("error: pages/image-store/models/thing.txt:") for line in found)


def test_a_table_that_lost_its_heading_is_refused() -> None:
    whole = service_print(SERVICE).decode()
    assert "\n\n2.4 - Tag\n\n" in whole
    lines = errors(("image-store/_print.txt", whole.replace("\n\n2.4 - Tag\n\n", "\n").encode()))
    assert any("its heading is lost" in line for line in lines)


def test_labels_of_two_languages_on_one_page_are_refused() -> None:
    line = one_error(changed("Accept-Language = en-US", "Accept-Language = ko-KR"))
    assert line.endswith(": Accept-Language says 'ko-KR', the labels of the page are of language 'en'")


def test_a_broken_example_is_one_fault() -> None:
    assert "is broken" in one_error(changed('"name": "a",', '"name": "a"'))


FLOODS = {
    "scripts": ("x.html", b"<html>" + b"<script>" * 1_000_000, "nor does '<script>"),
    "comments": ("x.html", b"<html>" + b"<!-- >" * 1_000_000, "nor does '<!-- >"),
    "tags": ("x.html", b"<html><main><h1>" + b'<a x="' * 1_000_000, "does not end"),
    "many tags": ("x.html", b"<html><main><h1>" + b"<b>" * 1_100_000 + b"</h1></main>", "more than 400000 tags"),
    "lines": ("x.txt", b"Parameters\n\n" * 200_000, "more than 250000 lines"),
    "rows": (
        "x.html",
        b"<html><main><h1>x</h1><table><tr><th>a</th></tr>" + b"<tr><td>b</td>\n" * 10_001 + b"</table></main>",
        ":10001: a table of more than 10000 rows",
    ),
}


@pytest.mark.parametrize(("name", "data", "expected"), FLOODS.values(), ids=FLOODS)
def test_a_flood_is_refused_quickly(name: str, data: bytes, expected: str) -> None:
    assert expected in one_error(data, name)

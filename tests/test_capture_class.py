"""An invented service with what the two known ones lack: every form, language, page kind and version of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from .portal_pages import (
    Endpoint,
    Service,
    capture_pages,
    document,
    endpoint_page,
    image_store,
    model_page,
    models_print,
    service_print,
    without_sources,
)

SERVICE = image_store()
NEWEST = document(capture_pages(("image-store/_print.txt", service_print(SERVICE))), "1.10")


def parameters(data: dict[str, Any], path: str, method: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in data["paths"][path][method]["parameters"] if "name" in one}


def test_the_documents_are_valid_and_read_back_equal() -> None:
    captured = capture_pages(("image-store/_print.txt", service_print(SERVICE)))
    assert [one.version for one in captured.documents] == ["1.0", "1.1", "1.2", "1.10"]
    for one in captured.documents:
        validate(one.data)
        assert yaml.safe_load(one.text) == one.data


@pytest.mark.parametrize(("form", "language"), [("d", "en"), ("a", "ko"), ("d", "ko")])
def test_print_views_of_all_forms_and_languages_say_the_same(form: str, language: str) -> None:
    other = capture_pages((f"image-store/{language}/_print", service_print(SERVICE, form, language)))
    assert without_sources(document(other, "1.10")) == without_sources(NEWEST)


@pytest.mark.parametrize(("form", "language"), [("a", "en"), ("d", "en"), ("a", "ko"), ("d", "ko")])
def test_single_pages_say_the_same_as_the_print_view(form: str, language: str) -> None:
    folder = f"{language}/category/image-store"
    pages = [
        (f"{folder}/apis/{one.slug}/{one.version}", endpoint_page(SERVICE, one, form, language))
        for one in SERVICE.endpoints
    ]
    pages += [(f"{folder}/models/{name.lower()}", model_page(SERVICE, name, form, language)) for name in SERVICE.models]
    single = without_sources(document(capture_pages(*pages), "1.10"))
    whole = without_sources(NEWEST)
    assert single["components"]["schemas"] == whole["components"]["schemas"]
    operation = single["paths"]["/v1/images"]["get"]
    assert operation["operationId"] == operation["x-slug"] == "listimages"
    assert operation["x-operation-id-from"] == "slug"
    assert operation["x-python-name"] == "list_image"
    assert operation["parameters"] == whole["paths"]["/v1/images"]["get"]["parameters"]
    assert single["info"]["title"] == "Image Store"


@pytest.mark.parametrize("form", ["a", "d"])
def test_a_models_print_view_belongs_to_the_service_of_its_folder(form: str) -> None:
    page = endpoint_page(SERVICE, SERVICE.endpoints[0], form)
    models = models_print(SERVICE, form)
    # Pages beside it, a folder named after the service, and the option all tell the service.
    for name, options in (
        ("portal/a-text/models/_print", {}),
        ("category/image-store/models/_print", {}),
        ("models/_print", {"service": "image-store"}),
    ):
        captured = capture_pages(("portal/a-text/apis/listimages/1.2", page), (name, models), **options)
        assert set(document(captured)["components"]["schemas"]) == set(SERVICE.models)


def test_each_version_has_every_operation_at_its_highest_version_up_to_it() -> None:
    captured = capture_pages(("image-store/_print.txt", service_print(SERVICE)))
    found = {
        one.version: {operation["operationId"]: operation["x-api-version"] for _, operation in _all(one.data)}
        for one in captured.documents
    }
    assert found == {
        "1.0": {"UpdateImage": "1.0"},
        "1.1": {"UpdateImage": "1.0", "DeleteImage": "1.1"},
        "1.2": {"UpdateImage": "1.0", "DeleteImage": "1.1", "ListImages": "1.2"},
        "1.10": {"UpdateImage": "1.10", "DeleteImage": "1.1", "ListImages": "1.2"},
    }
    assert set(document(captured, "1.0")["components"]["schemas"]) == {"ImageUpdateRequest", "Tag"}


def _all(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(method, operation) for item in data["paths"].values() for method, operation in item.items()]


def test_a_deprecated_version_keeps_its_note_and_date() -> None:
    captured = capture_pages(("image-store/_print.txt", service_print(SERVICE)))
    patch = document(captured, "1.0")["paths"]["/v1/images/{image_id}"]["patch"]
    assert patch["deprecated"] is True
    assert patch["x-api-status"] == "DEPRECATED"
    assert patch["x-supported-until"] == "2026-07-01"
    assert patch["x-status-note"] == "This version ends soon."
    assert patch["requestBody"]["content"]["application/json"]["example"] == {"name": "a", "root_password": ""}


def test_a_newer_label_for_the_date_is_read() -> None:
    page = endpoint_page(SERVICE, SERVICE.endpoints[1]).replace(b"VersionSupported Until", b"VersionNot Before")
    data = document(capture_pages(("image-store/apis/updateimage/1.0", page)))
    assert data["paths"]["/v1/images/{image_id}"]["patch"]["x-supported-until"] == "2026-07-01"


def test_parameters_of_every_location_and_type() -> None:
    found = {name: one["schema"] for name, one in parameters(NEWEST, "/v1/images", "get").items()}
    assert found == {
        "Scp-Api-Version": {"type": "string", "const": "image-store 1.2"},
        "size": {"type": ["integer", "null"], "default": 20},
        "page": {"type": "integer", "minimum": 0, "default": 0},
        "sort": {"type": "array", "items": {"type": ["string", "null"]}, "default": []},
        "state": {"type": "array", "items": {"type": "string", "enum": ["A-1", "B c", "D"]}},
        "kind": {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
                {"type": "string", "enum": ["a", "b"]},
                {"type": "null"},
            ],
            "pattern": r"^affinity$|^[a-zA-Z0-9-_ 가-힣]*$|a\|b",
        },
        "trace": {"type": "string", "default": ""},
        "X-ResourceType": {"type": "string", "default": "0.000"},
    }
    assert parameters(NEWEST, "/v1/images", "get")["trace"]["in"] == "cookie"


def test_fields_of_every_type() -> None:
    image = dict(NEWEST["components"]["schemas"]["Image"])
    source = image.pop("x-source")
    assert (source["page"], source["section"], len(source["sha256"])) == ("image-store/_print.txt", "Image", 64)
    assert image == {
        "type": "object",
        "required": ["id", "createdAt", "optional"],
        "properties": {
            "id": {"type": "string"},
            "os.type": {
                "type": "string",
                "enum": ["linux", "windows"],
                "description": "A system\nin two lines",
                "default": "linux",
                "examples": ["linux"],
            },
            "createdAt": {"type": "string", "format": "date-time"},
            "k8s-version": {"type": ["string", "null"], "format": "date-time"},
            "parent": {"anyOf": [{"$ref": "#/components/schemas/Image"}, {"type": "null"}], "description": "Parent"},
            "tags": {
                "type": ["array", "null"],
                "items": {"$ref": "#/components/schemas/Tag"},
                "description": "Tags",
                "default": [],
            },
            "ratio": {
                "type": "number",
                "description": "Ratio",
                "minimum": 0.25,
                "maximum": 1,
                "default": 0.5,
                "examples": [0.5],
            },
            "required": {"type": "boolean", "description": "A flag", "default": True},
            "optional": {"type": ["boolean", "null"], "description": "Another"},
        },
    }


def test_secrets_lose_their_values_and_are_marked() -> None:
    properties = NEWEST["components"]["schemas"]["ImageUpdateRequest"]["properties"]
    assert properties["root_password"] == {"type": "string", "description": "Secret", "x-secret": True}
    assert properties["rootPassword"] == {"type": ["string", "null"], "x-secret": True}
    assert properties["size"] == {"type": "object", "x-default-as-written": "CPU"}
    assert properties["labels"] == {"type": "object", "default": {"key": "x"}, "examples": [{"a": "b"}]}
    assert properties["emails"]["maxItems"] == 3
    captured = capture_pages(("image-store/_print.txt", service_print(SERVICE)))
    assert all("hunter2" not in one.text for one in captured.documents)


def test_a_description_that_says_nothing_is_left_out() -> None:
    delete = NEWEST["paths"]["/v1/images/{image_id}"]["delete"]
    assert "description" not in delete
    assert list(delete["responses"]) == ["204", "503"]
    assert delete["responses"]["204"] == {"description": "No Content"}


def test_a_global_service_has_no_region() -> None:
    service = replace(SERVICE, name="iam", title="IAM", server="https://iam.{environment}.samsungsdscloud.com")
    (server,) = document(capture_pages(("iam/_print.txt", service_print(service))), "1.10")["servers"]
    assert server["variables"] == {"environment": {"default": "e", "enum": ["e", "s"], "x-required": True}}
    assert server["x-allowed"] == [{"environment": "e"}, {"environment": "s"}]
    page = endpoint_page(service, service.endpoints[0])
    (assumed,) = document(capture_pages(("1.2.txt", page)))["servers"]
    assert assumed["url"] == "https://iam.{environment}.samsungsdscloud.com"
    assert assumed["x-assumed"] is True


def test_models_without_a_page_are_concluded_from_examples_or_unknown() -> None:
    captured = capture_pages(("1.2.txt", endpoint_page(SERVICE, SERVICE.endpoints[0])))
    schema = document(captured)["components"]["schemas"]["ImageListResponseV1Dot2"]
    assert schema["x-inferred"] is True
    assert schema["properties"]["total_count"] == {"type": "integer"}
    items = schema["properties"]["contents"]["items"]["properties"]
    assert items["id"] == {}
    assert items["os.type"] == {"type": "string"}


def test_a_model_that_only_models_mention_is_unknown_and_reported() -> None:
    models = {name: rows for name, rows in SERVICE.models.items() if name != "Tag"}
    pages = [("image-store/_print.txt", service_print(replace(SERVICE, models=models)))]
    captured = capture_pages(*pages)
    schemas = document(captured, "1.10")["components"]["schemas"]
    assert schemas["Tag"]["x-inferred"] is True
    assert schemas["Tag"]["properties"] == {"key": {"type": "string"}, "value": {"type": "string"}}
    image = {"ImageListResponseV1Dot2": SERVICE.models["ImageListResponseV1Dot2"]}
    captured = capture_pages(("image-store/_print.txt", service_print(replace(SERVICE, models=image))))
    assert document(captured, "1.10")["components"]["schemas"]["Image"] == {
        "x-inferred": True,
        "x-evidence": "no page describes this model",
    }
    assert any("no page describes model 'Image'" in one.message for one in captured.diagnostics)


def test_a_row_that_stands_twice_counts_once() -> None:
    endpoint = replace(SERVICE.endpoints[3], rows=SERVICE.endpoints[3].rows * 2)
    captured = capture_pages(("1.1.txt", endpoint_page(SERVICE, endpoint)))
    names = parameters(document(captured), "/v1/images/{image_id}", "delete")
    assert list(names) == ["Scp-Api-Version", "image_id"]
    assert any("stands twice" in one.message for one in captured.diagnostics)


def test_an_operation_that_moved_to_another_path_is_there_once() -> None:
    endpoints = [
        Endpoint(name="ListThings", method="get", path="/v1/thing-list", version="1.0"),
        Endpoint(name="ListThings", method="get", path="/v1/things", version="1.1"),
    ]
    service = Service(name="things", title="Things", endpoints=endpoints)
    pages = [(f"things/apis/listthings/{one.version}", endpoint_page(service, one)) for one in endpoints]
    captured = capture_pages(*pages)
    assert list(document(captured, "1.0")["paths"]) == ["/v1/thing-list"]
    assert list(document(captured, "1.1")["paths"]) == ["/v1/things"]


def test_labels_inside_a_description_are_text() -> None:
    text = "First\n\nParameters\n\nsecond\n\n1 - APIs\n\nVersion"
    endpoint = replace(SERVICE.endpoints[3], description=text)
    for form in ("a", "d"):
        data = document(capture_pages((f"1.1.{form}", endpoint_page(SERVICE, endpoint, form))))
        assert data["paths"]["/v1/images/{image_id}"]["delete"]["description"] == text


def test_menus_scripts_comments_and_hidden_text_are_no_content() -> None:
    page = endpoint_page(SERVICE, SERVICE.endpoints[3], "d").decode()
    plain = document(capture_pages(("1.1.html", page.encode())))
    noise = (
        "<script>var a = '<h2>Parameters</h2>';</script><!-- <p>get /v1/evil</p> --><style>p{}</style>"
        "<p hidden>get /v1/evil</p><div style='display: none'><div>get</div> /v1/evil</div>"
        "<template><p>x</p></template><span aria-hidden=true>#</span><p class=d-none>gone</p>"
    )
    menu = "<li><a href=/x>menu entry</a></li>" * 100_000
    noisy = page.replace("<h2 id=parameters>", f"{noise}<h2 id=parameters>").replace("<nav>menu", f"<nav>{menu}")
    assert len(noisy) > 3_000_000
    assert without_sources(document(capture_pages(("1.1.html", noisy.encode())))) == without_sources(plain)


def test_html_without_optional_end_tags_reads_the_same() -> None:
    page = service_print(SERVICE, "d").decode()
    bare = page
    for tag in ("</td>", "</tr>", "</li>", "</th>", "</tbody>", "</thead>"):
        bare = bare.replace(tag, "")
    assert bare != page
    other = capture_pages(("image-store/_print.html", bare.encode()))
    assert without_sources(document(other, "1.10")) == without_sources(NEWEST)


def test_a_note_on_the_state_may_follow_in_the_same_paragraph() -> None:
    page = endpoint_page(SERVICE, SERVICE.endpoints[1]).replace(b"(DEPRECATED)\n\nThis", b"(DEPRECATED)\nThis")
    patch = document(capture_pages(("1.0.txt", page)))["paths"]["/v1/images/{image_id}"]["patch"]
    assert patch["x-status-note"] == "This version ends soon."


def test_prose_that_a_form_loses_is_no_contradiction() -> None:
    said = replace(SERVICE.endpoints[3], description="in the form of <key>[:<direction>], isn't it")
    kept = replace(said, description="in the form of [:], isn’t it")
    captured = capture_pages(
        ("a/1.1.txt", endpoint_page(SERVICE, kept)), ("d/1.1.html", endpoint_page(SERVICE, said, "d"))
    )
    delete = document(captured)["paths"]["/v1/images/{image_id}"]["delete"]
    assert delete["description"] == "in the form of <key>[:<direction>], isn't it"


def test_derived_names_that_would_be_equal_spell_out_the_call() -> None:
    endpoints = [
        Endpoint(
            name="A", method="get", path="/v1/x/{x_id}", rows=[("path", "x_id", "required", ["x"], "string", "None")]
        ),
        Endpoint(
            name="B", method="get", path="/v1/y/{x_id}", rows=[("path", "x_id", "required", ["x"], "string", "None")]
        ),
    ]
    service = Service(name="xs", title="Xs", endpoints=endpoints)
    slugs = capture_pages(*((f"apis/{one.slug}/1.1.txt", endpoint_page(service, one)) for one in endpoints))
    found = {one["operationId"]: one["x-python-name"] for _, one in _all(document(slugs))}
    assert found == {"a": "get_v1_x_x_id", "b": "get_v1_y_x_id"}
    alone = capture_pages(*((f"{one.slug}.txt", endpoint_page(service, one)) for one in endpoints))
    assert {one["operationId"] for _, one in _all(document(alone))} == {"get_v1_x_x_id", "get_v1_y_x_id"}


def test_a_print_view_of_the_apis_alone_is_read() -> None:
    whole = service_print(SERVICE).decode()
    apis = whole[whole.index("1.1 - ") : whole.index("2 - Models")].rstrip()
    numbered = re.sub(r"^1\.([0-9.]+ - )", r"\1", apis, flags=re.MULTILINE)
    captured = capture_pages(
        ("image-store/apis/_print.txt", f"APIs\n\n{numbered}".encode()),
        ("image-store/models/_print.txt", models_print(SERVICE)),
    )
    found = without_sources(document(captured, "1.10"))
    assert found["paths"] == without_sources(NEWEST)["paths"]
    assert found["components"] == without_sources(NEWEST)["components"]


@pytest.mark.parametrize("form", ["a", "d"])
def test_an_overview_alone_adds_title_and_server(form: str) -> None:
    whole = service_print(SERVICE, form).decode()
    start = "1 - APIs" if form == "a" else '<div class=td-content style="page-break-before:always"><h1 id=pg-1>1 - APIs'
    overview = whole[: whole.index(start)] + ("</main></body></html>" if form == "d" else "")
    overview = re.sub(r"<ul>.*?</ul>", "", overview)
    captured = capture_pages(
        ("category/image-store/_index", overview.encode()),
        ("category/image-store/apis/deleteimage/1.1.txt", endpoint_page(SERVICE, SERVICE.endpoints[3])),
    )
    data = document(captured)
    assert data["info"]["title"] == "Image Store"
    assert without_sources(data["servers"]) == without_sources(NEWEST["servers"])

"""Two languages of one page: one structure, descriptions in the language asked for, the other's beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError

from .portal_pages import Endpoint, Service, capture_pages, document, endpoint_page, model_page, service_print

SHOW = Endpoint(
    name="ShowDisk",
    method="get",
    path="/v1/disks/{disk_id}",
    description="Shows a disk",
    rows=[
        ("path", "disk_id", "required", ["The disk", "Example : 7"], "string", "None"),
        ("query", "view", "optional", ["view", "Example : full"], "enum (full, short)", "full"),
    ],
    responses=[("200", "OK", "Disk")],
    samples={"200": {"id": "7", "made_at": "2026-02-11T06:41:25.347Z"}},
)
MODELS = {
    "Disk": [("id", "required", ["Id of the disk"], "string", ""), ("made_at", "required", ["made_at"], "string", "")]
}
ENGLISH = Service(name="disks", title="Disks", endpoints=[SHOW], models=MODELS)
KOREAN_SHOW = replace(
    SHOW,
    description="디스크를 본다",
    rows=[
        ("path", "disk_id", "required", ["디스크", "Example : 7"], "string", "None"),
        ("query", "view", "optional", ["보기 방식", "Example : full"], "enum (full, short)", "full"),
    ],
    samples={"200": {"id": "8", "made_at": "2026-03-01T00:00:00.000Z"}},
)
KOREAN = Service(
    name="disks",
    title="Disks",
    endpoints=[KOREAN_SHOW],
    models={"Disk": [("id", "required", ["디스크의 아이디"], "string", ""), MODELS["Disk"][1]]},
)


def both(korean: Service = KOREAN, **options: Any) -> dict[str, Any]:
    captured = capture_pages(
        ("en/storage/disks/_print.txt", service_print(ENGLISH)),
        ("ko/storage/disks/_print.html", service_print(korean, "d", "ko")),
        **options,
    )
    assert [one.message for one in captured.diagnostics] == []
    return document(captured)


def described(data: dict[str, Any]) -> dict[str, Any]:
    """Everything that is called a description, by the last parts of its place."""
    show = data["paths"]["/v1/disks/{disk_id}"]["get"]
    places = {
        "operation": show,
        **{one["name"]: one for one in show["parameters"] if one.get("name") in ("disk_id", "view")},
        "id": data["components"]["schemas"]["Disk"]["properties"]["id"],
        "made_at": data["components"]["schemas"]["Disk"]["properties"]["made_at"],
    }
    return {name: {key: value for key, value in one.items() if "description" in key} for name, one in places.items()}


def test_descriptions_are_english_and_the_korean_ones_stand_beside_them() -> None:
    assert described(both()) == {
        "operation": {"description": "Shows a disk", "x-description-ko": "디스크를 본다"},
        "disk_id": {"description": "The disk", "x-description-ko": "디스크"},
        "view": {"x-description-ko": "보기 방식"},
        "id": {"description": "Id of the disk", "x-description-ko": "디스크의 아이디"},
        "made_at": {},
    }


def test_descriptions_are_korean_where_that_is_asked_for() -> None:
    assert described(both(language="ko")) == {
        "operation": {"description": "디스크를 본다", "x-description-en": "Shows a disk"},
        "disk_id": {"description": "디스크", "x-description-en": "The disk"},
        "view": {"description": "보기 방식"},
        "id": {"description": "디스크의 아이디", "x-description-en": "Id of the disk"},
        "made_at": {},
    }


def test_the_language_changes_descriptions_and_examples_and_nothing_else() -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: bare(item)
                for key, item in value.items()
                if "description" not in key and key not in ("example", "x-source")
            }
        return [bare(item) for item in value] if isinstance(value, list) else value

    assert bare(both()) == bare(both(language="ko"))


def test_an_overview_keeps_its_other_language() -> None:
    korean = service_print(KOREAN, "a", "ko").replace(b"All about Disks.\nIn two lines.", "모든 것".encode())
    data = document(capture_pages(("en/disks/_print.txt", service_print(ENGLISH)), ("ko/disks/_print.txt", korean)))
    assert data["info"]["description"] == "All about Disks.\nIn two lines."
    assert data["info"]["x-description-ko"] == "모든 것"


def test_a_single_language_is_the_description_whatever_is_asked_for() -> None:
    captured = capture_pages(("ko/apis/showdisk/1.1.txt", endpoint_page(KOREAN, KOREAN_SHOW, "a", "ko")), language="en")
    assert document(captured)["paths"]["/v1/disks/{disk_id}"]["get"]["description"] == "디스크를 본다"
    captured = capture_pages(("en/apis/showdisk/1.1.txt", endpoint_page(ENGLISH, SHOW)), language="ko")
    (warning,) = [one for one in captured.diagnostics if one.rule == "page-language"]
    assert warning.message == "no page is in language 'ko': descriptions are in another (en)"


DISAGREEMENTS = {
    "required": (
        replace(KOREAN_SHOW, rows=[KOREAN_SHOW.rows[0], ("query", "view", "required", *KOREAN_SHOW.rows[1][3:])]),
        "whether query parameter view is required is yes here, no at pages/en.txt:24",
    ),
    "type": (
        replace(KOREAN_SHOW, rows=[(*KOREAN_SHOW.rows[0][:4], "integer", "None"), KOREAN_SHOW.rows[1]]),
        "the schema of path parameter disk_id is integer here, string at pages/en.txt:19",
    ),
    "default": (
        replace(KOREAN_SHOW, rows=[KOREAN_SHOW.rows[0], (*KOREAN_SHOW.rows[1][:5], "short")]),
        "the default of query parameter view is short here, full at pages/en.txt:24",
    ),
    "enum": (
        replace(KOREAN_SHOW, rows=[KOREAN_SHOW.rows[0], (*KOREAN_SHOW.rows[1][:4], "enum (full)", "full")]),
        "the schema of query parameter view is one of full here, one of full, short at pages/en.txt:24",
    ),
    "row": (
        replace(KOREAN_SHOW, rows=[KOREAN_SHOW.rows[0]]),
        "query parameter view is missing here, and stands at pages/en.txt:24",
    ),
    "state": (replace(KOREAN_SHOW, status="SUPPORTED"), "the state is SUPPORTED here, CURRENT at pages/en.txt:1"),
    "date": (replace(KOREAN_SHOW, until="20300101"), "the date of support is 2030-01-01 here, None at pages/en.txt:1"),
    "response": (
        replace(KOREAN_SHOW, responses=[("200", "OK", "None")]),
        "the schema of response 200 is not stated here, Disk at pages/en.txt:",
    ),
}


@pytest.mark.parametrize(("korean", "said"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_what_both_languages_must_agree_on_is_refused_with_both_places(korean: Endpoint, said: str) -> None:
    english = endpoint_page(ENGLISH, SHOW)
    if "GET" not in korean.query and korean.rows[-1][2] == "required" and korean.rows[-1][1] == "view":
        korean = replace(korean, query="?view={view}")
    with pytest.raises(ApiscribeError) as caught:
        capture_pages(("en.txt", english), ("ko.txt", endpoint_page(KOREAN, korean, "a", "ko")))
    lines = str(caught.value).splitlines()
    assert any(said in line for line in lines), lines
    assert all("contradicts another page" in line for line in lines)


def test_models_of_both_languages_must_agree() -> None:
    other = replace(KOREAN, models={"Disk": [("id", "optional", ["디스크"], "string", ""), MODELS["Disk"][1]]})
    pages = (
        ("disks/apis/showdisk/1.1.txt", endpoint_page(ENGLISH, SHOW)),
        ("disks/models/disk.txt", model_page(ENGLISH, "Disk")),
        ("disks/models/disk.html", model_page(other, "Disk", "d", "ko")),
    )
    with pytest.raises(ApiscribeError, match="whether field id of Disk is required is no here, yes at"):
        capture_pages(*pages)


def test_a_table_that_one_language_lost_is_that_of_the_other_and_the_rest_stays() -> None:
    pages = (
        ("en/disks/apis/showdisk/1.1.md", endpoint_page(ENGLISH, SHOW, "c", lost=frozenset({"Type"}))),
        ("ko/disks/apis/showdisk/1.1.txt", endpoint_page(KOREAN, KOREAN_SHOW, "a", "ko")),
        ("en/disks/models/disk.txt", model_page(ENGLISH, "Disk")),
    )
    captured = capture_pages(*pages)
    assert any("table missing: parameters" in one.message for one in captured.diagnostics)
    found = described(document(captured))
    assert found["operation"] == {"description": "Shows a disk", "x-description-ko": "디스크를 본다"}
    assert found["disk_id"] == {"description": "디스크"}
    # A page in the same language that has the table comes first.
    whole = ("whole/disks/apis/showdisk/1.1.txt", endpoint_page(ENGLISH, SHOW))
    found = described(document(capture_pages(*pages, whole)))
    assert found["disk_id"] == {"description": "The disk", "x-description-ko": "디스크"}


def test_capture_goes_on_past_contradictions_where_that_is_asked_for() -> None:
    korean = replace(KOREAN_SHOW, rows=[KOREAN_SHOW.rows[0], (*KOREAN_SHOW.rows[1][:5], "short")])
    pages = (("en.txt", endpoint_page(ENGLISH, SHOW)), ("ko.txt", endpoint_page(KOREAN, korean, "a", "ko")))
    captured = capture_pages(*pages, skip_invalid=True)
    (told,) = [one.message for one in captured.diagnostics if one.rule == "page-contradiction"]
    assert told == (
        "contradicts another page: the default of query parameter view is short here, full at pages/en.txt:24; "
        "kept as it is there"
    )
    (view,) = [
        one
        for one in document(captured)["paths"]["/v1/disks/{disk_id}"]["get"]["parameters"]
        if one.get("name") == "view"
    ]
    assert view["schema"]["default"] == "full"

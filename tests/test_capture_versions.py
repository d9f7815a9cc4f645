"""Versions: one document for each, every operation at its highest version up to it, and what became of the others."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from apiscribe import capture

from .portal_pages import Endpoint, Service, capture_pages, document, endpoint_page, models_print, service_print


def row(name: str) -> tuple[str, str, str, list[str], str, str]:
    return ("path", name, "required", ["id"], "string", "None")


def disk(version: str, status: str = "CURRENT", until: str = "-", **more: Any) -> Endpoint:
    return Endpoint(
        name="ListDisks", method="get", path="/v1/disks", version=version, status=status, until=until, **more
    )


SHOW = Endpoint(name="ShowDisk", method="get", path="/v1/disks/{disk_id}", version="1.9", rows=[row("disk_id")])
OLD = Endpoint(
    name="CopyDisk", method="post", path="/v1/disks/copy", version="1.0", status="DEPRECATED", until="20260101"
)
DISKS = Service(
    name="disks",
    title="Disks",
    endpoints=[
        disk("1.0", "DEPRECATED", "20260701", responses=[("200", "OK", "DiskList")], samples={"200": {"disks": []}}),
        disk(
            "1.9",
            "SUPPORTED",
            "20270101",
            responses=[("200", "OK", "DiskListV1Dot9")],
            samples={"200": {"disks": [], "count": 0}},
        ),
        disk("1.10", responses=[("200", "OK", "DiskListV1Dot10")], samples={"200": {"disks": []}}),
        SHOW,
        OLD,
    ],
    models={
        "DiskList": [("disks", "required", ["Disks"], "array[Disk]", "")],
        "DiskListV1Dot9": [
            ("disks", "required", ["Disks"], "array[Disk]", ""),
            ("count", "required", ["n"], "integer", ""),
        ],
        "DiskListV1Dot10": [("disks", "required", ["Disks"], "array[DiskV1Dot10]", "")],
        "Disk": [("id", "required", ["Id"], "string", "")],
        "DiskV1Dot10": [("id", "required", ["Id"], "string", ""), ("size_gb", "optional", ["n"], "integer", "")],
        "Spare": [("id", "required", ["Id"], "string", "")],
    },
)


def pages(service: Service, form: str = "a", language: str = "en") -> list[tuple[str, bytes]]:
    return [
        (f"{language}/{form}/disks/apis/{one.slug}/{one.version}", endpoint_page(service, one, form, language))
        for one in service.endpoints
    ]


def held(captured: capture.Captured) -> dict[str, dict[str, str]]:
    return {
        one.version: {
            operation["operationId"]: operation["x-api-version"]
            for item in one.data["paths"].values()
            for operation in item.values()
        }
        for one in captured.documents
    }


def print_page(service: Service, versions: str = "", history: str = "") -> bytes:
    """A service print view with rows in the table of versions and a change log, in plain text."""
    text = service_print(service).decode()
    text = text.replace("VersionStatusSupported Until\n", f"VersionStatusSupported Until\n{versions}", 1)
    return text.replace(
        "\n1 - APIs\n", f"\nAPI Version History\n\n{history}\n\n1 - APIs\n" if history else "\n1 - APIs\n", 1
    ).encode()


def warnings(captured: capture.Captured, rule: str) -> list[str]:
    return [one.message for one in captured.diagnostics if one.rule == rule]


PRINTED = capture_pages(("disks/_print.txt", print_page(DISKS)))


def test_every_version_has_its_operations_and_the_ended_one_is_where_it_lives() -> None:
    assert held(PRINTED) == {
        "1.0": {"ListDisks": "1.0", "CopyDisk": "1.0"},
        "1.9": {"ListDisks": "1.9", "ShowDisk": "1.9"},
        "1.10": {"ListDisks": "1.10", "ShowDisk": "1.9"},
    }
    assert "x-retired" not in document(PRINTED, "1.0")["info"]
    for version in ("1.9", "1.10"):
        assert document(PRINTED, version)["info"]["x-retired"] == [
            {
                "name": "CopyDisk",
                "method": "post",
                "path": "/v1/disks/copy",
                "version": "1.0",
                "status": "DEPRECATED",
                "supported-until": "2026-01-01",
                "reason": "its last documented version is DEPRECATED, supported until 2026-01-01",
            }
        ]
    assert warnings(PRINTED, "page-retired") == []


def test_each_version_has_its_models_and_the_newest_has_all() -> None:
    found = {one.version: list(one.data["components"]["schemas"]) for one in PRINTED.documents}
    assert found == {
        "1.0": ["Disk", "DiskList"],
        "1.9": ["Disk", "DiskListV1Dot9"],
        "1.10": ["Disk", "DiskList", "DiskListV1Dot10", "DiskListV1Dot9", "DiskV1Dot10", "Spare"],
    }


def test_each_operation_says_its_version_status_and_support() -> None:
    said = {
        one.version: [
            one.data["paths"]["/v1/disks"]["get"].get(name)
            for name in ("x-api-version", "x-api-status", "x-supported-until", "deprecated")
        ]
        for one in PRINTED.documents
    }
    assert said == {
        "1.0": ["1.0", "DEPRECATED", "2026-07-01", True],
        "1.9": ["1.9", "SUPPORTED", "2027-01-01", None],
        "1.10": ["1.10", "CURRENT", None, None],
    }
    for one in PRINTED.documents:
        header = one.data["paths"]["/v1/disks"]["get"]["parameters"][1]
        assert header["schema"]["const"] == f"disks {one.version}"


ENDS: dict[str, tuple[Endpoint, bool, int]] = {
    "still current": (replace(OLD, status="CURRENT", until="-"), True, 0),
    "no longer current": (replace(OLD, status="SUPPORTED", until="20300101"), False, 0),
    "no longer current, without a date": (replace(OLD, status="SUPPORTED", until="-"), False, 0),
    "current with an end": (replace(OLD, status="CURRENT", until="20300101"), True, 1),
    "planned": (replace(OLD, status="PLANNED", until="-"), True, 1),
}


@pytest.mark.parametrize(("old", "stays", "warned"), ENDS.values(), ids=ENDS)
def test_whether_an_operation_goes_on_is_read_off_its_state(old: Endpoint, stays: bool, warned: int) -> None:
    captured = capture_pages(*pages(replace(DISKS, endpoints=[*DISKS.endpoints[:4], old])))
    assert [("copydisk" in operations) for operations in held(captured).values()] == [True, stays, stays]
    found = warnings(captured, "page-retired")
    assert len(found) == warned
    assert all("nothing tells whether post /v1/disks/copy goes on after version 1.0" in one for one in found)


def test_a_listing_of_a_newer_version_without_an_operation_tells_that_it_ended() -> None:
    stale = replace(OLD, status="CURRENT", until="-")
    now = replace(DISKS, endpoints=DISKS.endpoints[:4])
    listing = ("disks/_print.txt", service_print(now))
    captured = capture_pages(listing, ("disks/apis/copydisk/1.0.txt", endpoint_page(DISKS, stale)))
    assert [("copydisk" in operations) for operations in held(captured).values()] == [True, True, False]
    (entry,) = document(captured, "1.10")["info"]["x-retired"]
    assert entry["reason"] == "disks/_print.txt lists version 1.10 of the service, and not this operation"


def test_the_change_log_tells_that_an_operation_ended() -> None:
    stays = replace(OLD, status="CURRENT", until="-")
    service = replace(DISKS, endpoints=[*DISKS.endpoints[:4], stays])
    page = print_page(service, history="v1.10\n- [Deleted] POST /disks/copy\n- [Changed] ListDisks")
    captured = capture_pages(("disks/_print.txt", page))
    assert [("CopyDisk" in operations) for operations in held(captured).values()] == [True, True, False]
    (entry,) = document(captured, "1.10")["info"]["x-retired"]
    assert entry["reason"] == "the change log removes it in version 1.10"


def test_an_operation_that_moves_is_the_same_by_its_display_name_too() -> None:
    moved = [
        Endpoint(
            name="ListDisks", method="get", path="/v1/disk-list", version="1.0", status="SUPPORTED", until="20300101"
        ),
        Endpoint(name="ListDisks", method="get", path="/v1/disks", version="1.1"),
    ]
    captured = capture_pages(("disks/_print.txt", service_print(replace(DISKS, endpoints=moved))))
    assert [list(one.data["paths"]) for one in captured.documents] == [["/v1/disk-list"], ["/v1/disks"]]


VERSIONS = "1.0DEPRECATED20260701\n1.9SUPPORTED20270101\n1.10CURRENT-\n"


def test_the_table_of_versions_gives_each_document_its_status() -> None:
    # The portal's own rule for a glued row needs one digit of the minor version; a second one is read as well.
    captured = capture_pages(("disks/_print.txt", print_page(DISKS, VERSIONS)))
    assert {
        one.version: (one.data["info"]["x-api-status"], one.data["info"].get("x-supported-until"))
        for one in captured.documents
    } == {"1.0": ("DEPRECATED", "2026-07-01"), "1.9": ("SUPPORTED", "2027-01-01"), "1.10": ("CURRENT", None)}
    backwards = "".join(f"{line}\n" for line in reversed(VERSIONS.split()))
    other = capture_pages(("disks/_print.txt", print_page(DISKS, backwards)))
    assert [one.data["info"]["x-api-status"] for one in other.documents] == ["DEPRECATED", "SUPPORTED", "CURRENT"]


def test_a_table_of_versions_is_compared_with_the_pages() -> None:
    captured = capture_pages(
        ("disks/_print.txt", print_page(DISKS, "1.11CURRENT-\n1.10SUPPORTED20300101\n1.9SUPPORTED-\n"))
    )
    assert warnings(captured, "page-history") == [
        "the overview lists version 1.11, which no captured page of an operation has",
        "the overview's table of versions has no version 1.0",
    ]


HISTORY = """\
v1.10

Changes

- [Changed] ListDisks : GET /disks
  - response model DiskListV1Dot10, with the new model DiskV1Dot10: added field size_gb

v1.9

- [New] ShowDisk (GET /disks/{id})
- [Updated] ListDisks: DiskListV1Dot9 adds `count`
"""


def test_the_change_log_is_kept_as_data_and_agrees() -> None:
    captured = capture_pages(("disks/_print.txt", print_page(DISKS, history=HISTORY)))
    assert warnings(captured, "page-history") == []
    entries = document(captured, "1.10")["info"]["x-history"]
    assert entries[0] == {
        "version": "1.10",
        "kind": "changed",
        "method": "get",
        "path": "/disks",
        "models": ["DiskListV1Dot10", "DiskV1Dot10"],
        "fields": ["size_gb"],
        "text": "[Changed] ListDisks : GET /disks\n"
        "response model DiskListV1Dot10, with the new model DiskV1Dot10: added field size_gb",
    }
    assert [(one["version"], one["kind"], one.get("path")) for one in entries[1:]] == [
        ("1.9", "new", "/disks/{id}"),
        ("1.9", "changed", None),
    ]
    assert document(captured, "1.9")["info"]["x-history"] == entries[1:]
    assert "x-history" not in document(captured, "1.0")["info"]


@pytest.mark.parametrize(
    "title", ["1.10", "V1.10", "Version 1.10", "API Version 1.10 (2026-02-11)", "버전 1.10 변경사항", "v1.10:"]
)
def test_versions_of_a_change_log_are_titled_in_many_ways(title: str) -> None:
    page = print_page(DISKS, history=HISTORY.replace("v1.10", title))
    assert (
        document(capture_pages(("disks/_print.txt", page)), "1.10")["info"]["x-history"]
        == document(capture_pages(("disks/_print.txt", print_page(DISKS, history=HISTORY))), "1.10")["info"][
            "x-history"
        ]
    )


OVERVIEW = """\
<!doctype html><html lang=en><main><h1>Disks</h1><h2>Overview</h2><p>All about disks.</p><h2>Version</h2>
<table><tr><th>Version<th>Status<th>Not Before<tr><td>1.0<td>DEPRECATED<td>20260701<tr><td>1.10<td>CURRENT<td>-</table>
<h2>OpenAPI URL</h2><p>https://disks.{region}.{environment}.samsungsdscloud.com</p>
<h2>Environment and Region List</h2><table><tr><th>environment<th>region<tr><td>e<td>kr-west1</table>
<h2>API Version History</h2><h3>Disks 1.10<a href=#x></a></h3><ul><li>Changes<ul>
<li>[Changed] ListDisks <code>GET /disks</code><ul><li>DiskListV1Dot10, <a href=x>DiskV1Dot10</a>: field size_gb</ul>
</ul></ul></main></html>
"""


def test_a_change_log_in_html_reads_the_same() -> None:
    newest = replace(DISKS.endpoints[2])
    captured = capture_pages(
        ("storage/disks/_index.html", OVERVIEW.encode()),
        ("storage/disks/apis/listdisks/1.10.txt", endpoint_page(DISKS, newest)),
        ("storage/disks/models/_print.txt", models_print(DISKS)),
    )
    info = document(captured)["info"]
    assert info["x-api-status"] == "CURRENT"
    assert info["x-history"] == [
        {
            "version": "1.10",
            "kind": "changed",
            "method": "get",
            "path": "/disks",
            "models": ["DiskListV1Dot10", "DiskV1Dot10"],
            "fields": ["size_gb"],
            "text": "[Changed] ListDisks GET /disks\nDiskListV1Dot10, DiskV1Dot10: field size_gb",
        }
    ]
    assert warnings(captured, "page-history") == [
        "the overview lists version 1.0, which no captured page of an operation has"
    ]


def test_a_korean_change_log_reads_the_same() -> None:
    korean = (
        HISTORY.replace("Changes", "변경사항")
        .replace("[Changed]", "[변경]")
        .replace("[Updated]", "[변경]")
        .replace("[New]", "[신규]")
    )
    english = document(capture_pages(("disks/_print.txt", print_page(DISKS, history=HISTORY))), "1.10")["info"][
        "x-history"
    ]
    found = document(capture_pages(("disks/_print.txt", print_page(DISKS, history=korean))), "1.10")["info"][
        "x-history"
    ]
    assert [{**one, "text": ""} for one in found] == [{**one, "text": ""} for one in english]


LINES = {
    "a call that no page documents": (
        HISTORY + "- [New] POST /disks/{id}/freeze\n",
        ["the change log of version 1.9 names post /disks/{id}/freeze, which no captured page documents"],
    ),
    "a model that no page describes": (
        HISTORY.replace("DiskV1Dot10:", "DiskV1Dot10 and DiskTagV1Dot10:"),
        ["the change log of version 1.10 names model 'DiskTagV1Dot10', which no page describes"],
    ),
    "a field that is not there": (
        HISTORY.replace("`count`", "`total_count`"),
        ["the change log of version 1.9 names field 'total_count', which its models do not have"],
    ),
    "new, though older": (
        HISTORY.replace("[Changed] ListDisks", "[New] ListDisks"),
        ["the change log of version 1.10 calls get /v1/disks new, which has version 1.0"],
    ),
    "removed, though there": (
        HISTORY + "- [Deleted] ShowDisk\n",
        ["the change log of version 1.9 removes get /v1/disks/{disk_id}, which has version 1.9"],
    ),
    "an operation without a line": (
        HISTORY.replace("- [New] ShowDisk (GET /disks/{id})\n", ""),
        ["get /v1/disks/{disk_id} has version 1.9, of which the change log is silent"],
    ),
    "a model without a line": (
        HISTORY.replace(", with the new model DiskV1Dot10", ""),
        ["model 'DiskV1Dot10' is of version 1.10, whose change log does not name it"],
    ),
    "a version without a line": (
        HISTORY.replace("v1.10", "v1.8"),
        [
            "the change log of version 1.8 names get /v1/disks, of which no page has that version",
            "the change log tells nothing of version 1.10",
        ],
    ),
}


@pytest.mark.parametrize(("history", "said"), LINES.values(), ids=LINES)
def test_a_change_log_and_the_pages_check_each_other(history: str, said: list[str]) -> None:
    captured = capture_pages(("disks/_print.txt", print_page(DISKS, history=history)))
    assert warnings(captured, "page-history") == said


def test_any_order_of_versions_languages_and_forms_gives_the_same_bytes() -> None:
    everything = [
        ("en/disks/_print.txt", print_page(DISKS, VERSIONS, HISTORY)),
        *(page for form in "ad" for language in ("en", "ko") for page in pages(DISKS, form, language)),
    ]
    expected = [(one.version, one.text) for one in capture_pages(*everything).documents]
    for seed in range(8):
        shuffled = random.Random(seed).sample(everything, len(everything))
        assert [(one.version, one.text) for one in capture_pages(*shuffled).documents] == expected


def test_change_logs_of_both_languages_say_the_same_or_are_reported() -> None:
    korean = HISTORY.replace("[New] ShowDisk", "[변경] ShowDisk")
    pages = [("en/disks/_print.txt", print_page(DISKS, history=HISTORY))]
    twin = print_page(DISKS, history=korean).replace(b"State ", "상태 ".encode()).replace(b"en-US", b"ko-KR")
    captured = capture_pages(
        *pages,
        ("ko/disks/_print.txt", twin.replace(b"VersionSupported Until", "버전최소 지원 보장일".encode())),
    )
    (told,) = warnings(captured, "page-history")
    assert told.startswith("the change log of the service differs from the one at pages/en/disks/_print.txt:")
    bare = ("a/disks/_print.txt", service_print(DISKS))
    assert document(capture_pages(bare, *pages), "1.10")["info"]["x-history"]


@pytest.mark.parametrize("status", ["CURRENT", "DEPRECATED"])
@pytest.mark.parametrize("how", ["a table is lost", "a row is broken"])
def test_a_version_that_cannot_be_read_is_left_out_and_no_older_one_stands_in(status: str, how: str) -> None:
    old, new = disk("1.0", status, "20260701" if status == "DEPRECATED" else "-"), disk("1.10")
    others = [replace(SHOW, version=version) for version in ("1.0", "1.5", "1.10", "1.11")]
    if how == "a table is lost":
        page = endpoint_page(DISKS, new, "c", lost=frozenset({"HTTP Code"}))
    else:
        page = endpoint_page(DISKS, new).replace(b"HTTP CodeDescriptionSchema", b"HTTP CodeDescription", 1)
    readable = [(f"disks/apis/{one.slug}/{one.version}", endpoint_page(DISKS, one)) for one in (old, *others)]
    captured = capture_pages(*readable, ("disks/apis/listdisks/1.10", page), skip_invalid=True)
    assert {version: operations.get("listdisks") for version, operations in held(captured).items()} == {
        "1.0": "1.0",
        "1.5": "1.0",
        "1.10": None,
        "1.11": None,
    }
    assert [one.data["info"].get("x-retired") for one in captured.documents] == [None] * 4
    left_out = {
        "name": "listdisks",
        "method": "get",
        "path": "/v1/disks",
        "version": "1.10",
        "reason": "the pages of this version could not be read",
    }
    found = [one.data["info"].get("x-left-out") for one in captured.documents]
    assert found == [None, None, [left_out], [left_out]]
    (told,) = [one for one in captured.diagnostics if one.rule == "page-left-out"]
    assert told.message == (
        "get /v1/disks 1.10 could not be read: documents from that version on list it under x-left-out, "
        "and hold no older version of it"
    )
    assert told.origin.file == "pages/disks/apis/listdisks/1.10"
    again = capture_pages(
        ("disks/apis/listdisks/1.10", page), *readable, ("x/1.10", endpoint_page(DISKS, new)), skip_invalid=True
    )
    assert held(again)["1.11"]["listdisks"] == "1.10"
    assert all("x-left-out" not in one.data["info"] for one in again.documents)


def test_an_older_version_that_cannot_be_read_is_missing_where_it_belongs_only() -> None:
    page = endpoint_page(DISKS, disk("1.0"), "c", lost=frozenset({"HTTP Code"}))
    now, others = disk("1.10"), [replace(SHOW, version="1.0")]
    readable = [(f"disks/apis/{one.slug}/{one.version}", endpoint_page(DISKS, one)) for one in (now, *others)]
    captured = capture_pages(*readable, ("disks/apis/listdisks/1.0", page), skip_invalid=True)
    assert [("x-left-out" in one.data["info"]) for one in captured.documents] == [True, False]
    assert [list(one.data["paths"]) for one in captured.documents] == [
        ["/v1/disks/{disk_id}"],
        ["/v1/disks", "/v1/disks/{disk_id}"],
    ]


def test_every_model_without_a_page_is_told_once_with_the_place_that_mentions_it() -> None:
    shown = replace(disk("1.9"), responses=[("200", "OK", "Lost")], samples={"200": {"id": "a"}})
    dark = replace(SHOW, version="1.10", responses=[("200", "OK", "array[Dark]")], samples={"200": []})
    calls = [shown, replace(shown, version="1.10"), dark, replace(OLD, version="1.11", status="CURRENT", until="-")]
    captured = capture_pages(*pages(Service(name="disks", title="Disks", endpoints=calls)))
    found = [one for one in captured.diagnostics if one.rule == "page-model"]
    assert [(one.message, one.origin.file) for one in found] == [
        ("no page describes model 'Lost': its schema is what examples show", "pages/en/a/disks/apis/listdisks/1.9"),
        ("no page describes model 'Dark': its schema is unknown", "pages/en/a/disks/apis/showdisk/1.10"),
    ]

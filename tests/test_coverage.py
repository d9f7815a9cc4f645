"""Coverage: what is counted of pages, and the page that shows it, always the same bytes, hostile text only text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apiscribe import capture
from apiscribe.capture.capturing import survey
from apiscribe.capture.coverage import Coverage, MissingModel, ServiceCoverage, coverage
from apiscribe.capture.coverage_page import page
from apiscribe.location import read_templates

from .command_line import run
from .portal_pages import PROFILE, Endpoint, Service, endpoint_page, model_page, service_print

HOSTILE = "<script>alert(1)</script>\"'&"


def endpoint(name: str, **more: object) -> Endpoint:
    """An operation with one parameter of its own and one field in its answer."""
    rows = [("query", "size", "optional", ["How many"], "integer", "20")]
    given: dict[str, object] = {"rows": rows, "responses": [("200", "OK", "Thing")], "samples": {"200": {"kind": ""}}}
    given |= more
    return Endpoint(name=name, method="get", path=f"/v1/{name.lower()}", **given)  # type: ignore[arg-type]


STORE = Service(
    name="store",
    title="Store",
    endpoints=[
        endpoint("GetOne"),
        endpoint("GetOne", version="1.2", status="CURRENT"),
        endpoint("GetTwo", responses=[("200", "OK", "Lost")], samples={"200": {"a": 1, "b": "", "c": [{"d": True}]}}),
        endpoint("GetThree", responses=[("200", "OK", "Nowhere")], samples={"200": ""}),
        endpoint("GetFour", responses=[("200", "OK", "None")], samples={"200": {"a": 1}}),
    ],
    models={"Thing": [("kind", "required", ["Example : a"], "boolean", "")]},
)


def counted(pages: dict[str, bytes]) -> Coverage:
    sources = [capture.PageSource(path=f"pages/{name}", name=name, data=data) for name, data in pages.items()]
    return coverage(sources, survey(sources, PROFILE))


def store_pages() -> dict[str, bytes]:
    pages = {f"store/apis/{one.slug}/{one.version}.txt": endpoint_page(STORE, one) for one in STORE.endpoints}
    return {**pages, "store/models/thing.txt": model_page(STORE, "Thing")}


def test_every_operation_and_field_is_counted_once_by_what_is_known_of_it() -> None:
    (store,) = counted(store_pages()).services
    assert store == ServiceCoverage(
        service="store",
        versions=("1.1", "1.2"),
        seen=6,
        refused=0,
        operations=5,
        # A parameter and the version header of each of five operations, and the field of the model.
        stated=5 * 2 + 1,
        # What the examples of GetTwo (a, c, and d inside c) and of GetFour (a) suggest.
        inferred=3 + 1,
        # An empty text in an example tells nothing of b.
        unknown=1,
        missing=2,
        # The models that no page describes, and an example that contradicts its type.
        warnings=3,
    )


def test_models_that_no_page_describes_are_named_with_what_is_known_of_them() -> None:
    assert counted(store_pages()).missing == (
        MissingModel(service="store", name="Lost", evidence="example of response 200 of GET /v1/gettwo 1.1"),
        MissingModel(service="store", name="Nowhere", evidence=""),
    )


def test_a_refused_page_counts_with_its_neighbours_and_the_rest_is_still_counted() -> None:
    lent = Service(name="lent", title="Lent", endpoints=[endpoint("GetOne")], models=STORE.models)
    broken = {"store/apis/broken.txt": b"1.1\n\nnothing\n", "elsewhere/x.txt": b"\0"}
    pages = {**store_pages(), "lent/_print.txt": service_print(lent), **broken}
    found = counted(pages)
    assert [(one.service, one.seen, one.parsed, one.refused, one.operations) for one in found.services] == [
        ("", 1, 0, 1, 0),
        ("lent", 1, 1, 0, 1),
        ("store", 7, 6, 1, 5),
    ]
    assert [one.name for one in found.pages if one.refused] == ["elsewhere/x.txt", "store/apis/broken.txt"]
    assert {one.diagnostic.origin.file for one in found.findings if one.is_error} == {
        *("pages/elsewhere/x.txt", "pages/store/apis/broken.txt"),
    }


def test_pages_that_contradict_each_other_are_refused_and_said() -> None:
    other = STORE.endpoints[0]
    contradicting = endpoint("GetOne", rows=[("query", "size", "optional", ["How many"], "string", "20")])
    pages = {
        "store/apis/getone/1.1.txt": endpoint_page(STORE, other),
        "store/b/apis/getone/1.1.txt": endpoint_page(STORE, contradicting),
    }
    (store,) = counted(pages).services
    assert (store.seen, store.refused, store.operations) == (2, 1, 1)


def test_the_sums_are_those_of_the_services_and_kinds_come_worst_first() -> None:
    lent = Service(name="lent", title="Lent", endpoints=[endpoint("GetOne")], models=STORE.models)
    found = counted({**store_pages(), "lent/_print.txt": service_print(lent), "x.txt": b"\0"})
    for number in ("seen", "parsed", "refused", "operations", "stated", "inferred", "unknown", "missing", "warnings"):
        assert getattr(found.total, number) == sum(getattr(one, number) for one in found.services), number
    assert [rule for rule, _, _ in found.kinds] == ["page-binary", "page-example", "page-model"]
    assert sum(errors + warnings for _, errors, warnings in found.kinds) == len(found.findings)


def test_the_page_is_the_same_for_pages_in_any_order_and_holds_hostile_text_as_text_only() -> None:
    pages = {**store_pages(), f"store/apis/{HOSTILE}.txt": f"{HOSTILE}\n\nnothing\n".encode()}
    templates = read_templates()[0]
    printed = page(counted(pages), templates)
    assert page(counted(dict(reversed(pages.items()))), templates) == printed
    assert printed.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in printed
    assert "alert(1)</script>" not in printed
    assert '<td data-label="Refused" class="refused">1</td>' in printed


def test_no_page_of_no_pages_is_a_page() -> None:
    printed = page(counted({}), read_templates()[0])
    for text in ("No page was seen.", "Nothing was found wrong.", "No warning and no error.", "0 pages of 0 services"):
        assert text in printed


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, data in store_pages().items():
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_bytes(data)
    (tmp_path / "apiscribe.toml").write_text('[api.store]\nprofile = "samsungcloud"\npages = "pages"\nspecs = "spec"\n')
    return tmp_path


def test_the_command_prints_a_table_and_writes_the_page(project: Path) -> None:
    done = run(project, "coverage")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].split("  ")[0] == "service"
    assert lines[1].split() == ["store", "6", "6", "0", "5", "11", "4", "1", "2", "3"]
    assert lines[2].split() == ["all", "6", "6", "0", "5", "11", "4", "1", "2", "3"]
    assert lines[3] == "coverage.html: written (0 errors, 3 warnings)"
    first = (project / "coverage.html").read_bytes()
    assert run(project, "coverage", "pages", "--out", "coverage.html").code == 0
    assert (project / "coverage.html").read_bytes() == first


def test_json_holds_every_count_and_finding_and_no_page_is_written(project: Path) -> None:
    answer = json.loads(run(project, "coverage", "--json").out)
    assert [(one["service"], one["parsed"], one["unknown"]) for one in answer["services"]] == [("store", 6, 1)]
    assert answer["total"]["operations"] == 5
    assert {one["fact"].partition("#")[0] for one in answer["findings"]} <= {"store-1.1.yaml", "store-1.2.yaml"}
    assert len(answer["findings"]) == sum(one["errors"] + one["warnings"] for one in answer["kinds"]) == 3
    assert not (project / "coverage.html").exists()


def test_a_file_that_is_not_ours_is_left_alone(project: Path) -> None:
    (project / "coverage.html").write_text("<p>mine</p>")
    done = run(project, "coverage")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: coverage.html: is there, and apiscribe did not write it: give --out FILE\n"
    assert (project / "coverage.html").read_text() == "<p>mine</p>"


def test_no_pages_at_all_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "coverage", "empty")
    assert (done.code, done.out, done.err) == (2, "", "error: empty: holds no page\n")

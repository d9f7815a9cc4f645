"""`check --pages`: what became of pages since they were captured, operation by operation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from .command_line import Run, run
from .portal_pages import Endpoint, Service, endpoint_page, model_page, models_print, service_print
from .portal_site import portal, service_portal

PROJECT = '[api.shop]\nprofile = "samsungcloud"\npages = "pages"\nspecs = "spec"\n'
DISK = ("path", "disk_id", "required", ["The disk", "Example : 7"], "string", "None")
SIZE = ("query", "size", "optional", ["How many", "Example : 20", "Maximum : 100"], "integer", "20")
SHOP = Service(
    name="disks",
    title="Disks",
    endpoints=[
        Endpoint(
            name="ListDisks",
            method="get",
            path="/v1/disks",
            rows=[SIZE],
            responses=[("200", "OK", "array[Disk]"), ("404", "Not Found", "None")],
            samples={"200": [{"id": "a", "made_at": "2026-02-11T06:41:25.347Z"}]},
        ),
        Endpoint(
            name="ShowDisk",
            method="get",
            path="/v1/disks/{disk_id}",
            rows=[DISK],
            responses=[("200", "OK", "Disk")],
            samples={"200": {"id": "a", "made_at": "2026-02-11T06:41:25.347Z"}},
        ),
        Endpoint(
            name="CreateDisk",
            method="post",
            path="/v1/disks",
            rows=[("body", "body", "required", [], "DiskCreate", "")],
            body={"name": "a", "kind": "fast"},
            responses=[("202", "Accepted", "None")],
        ),
    ],
    models={
        "Disk": [
            ("id", "required", ["Id"], "string", ""),
            ("made_at", "required", ["made_at"], "string (date-time)", ""),
        ],
        "DiskCreate": [
            ("name", "required", ["Name", "Example : a", "Maximum length : 10"], "string", ""),
            ("kind", "optional", ["Kind"], "enum (fast, slow)", "fast"),
        ],
    },
)


def files(service: Service, form: str = "a", language: str = "en") -> dict[str, bytes]:
    suffix = {"a": "txt", "d": "html"}[form]
    folder = f"{language}/storage/{service.name}"
    found = {
        f"{folder}/apis/{one.slug}/{one.version}.{suffix}": endpoint_page(service, one, form, language)
        for one in service.endpoints
    }
    return {**found, f"{folder}/models/_print.{suffix}": models_print(service, form, language)}


def write(folder: Path, pages: dict[str, bytes]) -> None:
    for name, data in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project whose pages are captured."""
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    write(tmp_path / "pages", files(SHOP))
    assert run(tmp_path, "capture").code == 0
    return tmp_path


def check(project: Path, *arguments: str) -> Run:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    done = run(project, "check", "--pages", *arguments)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    return done


def table(done: Run) -> list[list[str]]:
    """The rows of the report: state, operation, change, where."""
    rows = [[cell.strip() for cell in line.strip().split("  ") if cell.strip()] for line in done.out.splitlines()]
    states = ("contract changed", "text changed", "page gone", "new page")
    return [row for row in rows if len(row) > 1 and row[0].startswith(states)]


def endpoint(name: str, **changes: object) -> Callable[[Service], Service]:
    def edit(service: Service) -> Service:
        endpoints = [replace(one, **changes) if one.name == name else one for one in service.endpoints]
        return replace(service, endpoints=endpoints)

    return edit


def model(name: str, at: int, **changes: object) -> Callable[[Service], Service]:
    places = {"name": 0, "flag": 1, "description": 2, "schema": 3, "default": 4}

    def edit(service: Service) -> Service:
        models = copy.deepcopy(service.models)
        row = list(models[name][at])
        for key, value in changes.items():
            row[places[key]] = value
        models[name][at] = tuple(row)
        return replace(service, models=models)

    return edit


def test_pages_that_did_not_change_are_in_step(project: Path) -> None:
    done = check(project)
    assert (done.code, done.out) == (0, "spec: in step with 4 pages (1 document)\n")


LIST, SHOW, CREATE = "disks GET /v1/disks 1.1", "disks GET /v1/disks/{disk_id} 1.1", "disks POST /v1/disks 1.1"
BREAKING, ADDITIVE, TEXT = "contract changed, breaking", "contract changed, additive", "text changed, contract same"
AT = "/paths/~1v1~1disks/get"
NEW_DISK = "/components/schemas/DiskCreate"
EDITS: dict[str, tuple[Callable[[Service], Service], list[list[str]]]] = {
    "description": (
        endpoint("ListDisks", description="Another text"),
        [[TEXT, LIST, "description differs", f"{AT}/description"]],
    ),
    "example timestamp": (
        endpoint("ShowDisk", samples={"200": {"id": "a", "made_at": "2027-12-31T00:00:00.000Z"}}),
        [
            [
                TEXT,
                SHOW,
                "example differs",
                "/paths/~1v1~1disks~1{disk_id}/get/responses/200/content/application~1json/example",
            ]
        ],
    ),
    "example": (
        endpoint("CreateDisk", body={"name": "b", "kind": "slow"}),
        [[TEXT, CREATE, "example differs", "/paths/~1v1~1disks/post/requestBody/content/application~1json/example"]],
    ),
    "description of a field": (
        model("DiskCreate", 0, description=["The name", "Example : a", "Maximum length : 10"]),
        [[TEXT, CREATE, "description differs", f"{NEW_DISK}/properties/name/description"]],
    ),
    "parameter's default": (
        endpoint("ListDisks", rows=[(*SIZE[:5], "50")]),
        [[BREAKING, LIST, "default is 50 now, was 20", f"{AT}/parameters/2/schema/default"]],
    ),
    "new parameter": (
        endpoint("ListDisks", rows=[SIZE, ("query", "sort", "optional", ["Order", "Example :"], "string", "None")]),
        [[ADDITIVE, LIST, "query parameter sort is new, optional", f"{AT}/parameters/3"]],
    ),
    "new response": (
        endpoint("ListDisks", responses=[*SHOP.endpoints[0].responses, ("409", "Conflict", "None")]),
        [[ADDITIVE, LIST, "response 409 is new", f"{AT}/responses/409"]],
    ),
    "state": (
        endpoint("ListDisks", status="DEPRECATED", until="20300101"),
        [
            [ADDITIVE, LIST, "x-api-status is 'DEPRECATED' now, was 'CURRENT'", f"{AT}/x-api-status"],
            [ADDITIVE, LIST, "deprecated is true now, was not given", f"{AT}/deprecated"],
            [ADDITIVE, LIST, "x-supported-until is '2030-01-01' now, was not given", f"{AT}/x-supported-until"],
        ],
    ),
    "request field": (
        model("DiskCreate", 1, flag="required"),
        [[BREAKING, CREATE, "field kind is required now", f"{NEW_DISK}/properties/kind"]],
    ),
    "request choice": (
        model("DiskCreate", 1, schema="enum (fast, slow, odd)"),
        [[ADDITIVE, CREATE, "'odd' is a new choice", f"{NEW_DISK}/properties/kind/enum/2"]],
    ),
    "response field": (
        model("Disk", 1, flag="optional"),
        [
            [
                BREAKING,
                one,
                "field made_at is optional now, was required",
                "/components/schemas/Disk/properties/made_at",
            ]
            for one in (LIST, SHOW)
        ],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_what_a_page_changes_is_told_for_each_operation(
    project: Path, edit: Callable[[Service], Service], expected: list[list[str]]
) -> None:
    write(project / "pages", files(edit(SHOP)))
    done = check(project)
    assert done.code == 1
    assert table(done) == expected
    assert done.out.startswith("spec: out of step with its pages\n  changed  disks-1.1.yaml\n  changed  pages.lock\n")
    assert done.out.endswith("mend it with: apiscribe capture\n")
    assert run(project, "capture").code == 0
    assert check(project).code == 0


def test_a_page_whose_text_does_not_reach_the_document_is_told(project: Path) -> None:
    page = project / "pages/en/storage/disks/apis/showdisk/1.1.txt"
    page.write_bytes(page.read_bytes().replace(b"1605290625682", b"1705290625682"))
    models = project / "pages/en/storage/disks/models/_print.txt"
    models.write_bytes(models.read_bytes() + b"\n")
    done = check(project)
    assert done.code == 1
    assert table(done) == [
        [TEXT, SHOW, "the page alone", "en/storage/disks/apis/showdisk/1.1.txt"],
        [TEXT, "models print view", "gave model Disk, model DiskCreate", "en/storage/disks/models/_print.txt"],
    ]


def test_pages_that_are_gone_and_pages_that_came(project: Path) -> None:
    (project / "pages/en/storage/disks/apis/showdisk/1.1.txt").unlink()
    new = Endpoint(name="DeleteDisk", method="delete", path="/v1/disks/{disk_id}", version="1.1", rows=[DISK])
    write(project / "pages/en/storage/disks/apis/deletedisk", {"1.1.txt": endpoint_page(SHOP, new)})
    done = check(project)
    assert done.code == 1
    assert table(done) == [
        [BREAKING, SHOW, "operation GET /v1/disks/{disk_id} is gone", "/paths/~1v1~1disks~1{disk_id}/get"],
        [
            ADDITIVE,
            "disks DELETE /v1/disks/{disk_id} 1.1",
            "operation DELETE /v1/disks/{disk_id} is new",
            "/paths/~1v1~1disks~1{disk_id}/delete",
        ],
        ["page gone", SHOW, "en/storage/disks/apis/showdisk/1.1.txt"],
        ["new page", "disks DELETE /v1/disks/{disk_id} 1.1", "en/storage/disks/apis/deletedisk/1.1.txt"],
    ]


def test_a_newer_version_of_an_operation_is_a_new_document(project: Path) -> None:
    newer = replace(SHOP.endpoints[1], version="1.2")
    write(project / "pages/en/storage/disks/apis/showdisk", {"1.2.txt": endpoint_page(SHOP, newer)})
    done = check(project)
    assert done.code == 1
    told = table(done)
    assert [ADDITIVE, "disks 1.2", "the document is new"] in told
    assert ["new page", "disks GET /v1/disks/{disk_id} 1.2", "en/storage/disks/apis/showdisk/1.2.txt"] in told
    assert "  missing  disks-1.2.yaml" in done.out


def test_the_last_page_of_a_version_takes_its_document_along(project: Path) -> None:
    old = Endpoint(
        name="ShowDisk", method="get", path="/v1/disks/{disk_id}", version="1.0", status="SUPPORTED", rows=[DISK]
    )
    page = project / "pages/en/storage/disks/apis/showdisk/1.0.txt"
    page.write_bytes(endpoint_page(SHOP, old))
    assert run(project, "capture").code == 0
    page.unlink()
    done = check(project)
    assert done.code == 1
    assert [BREAKING, "disks 1.0", "the document is gone"] in table(done)
    assert "no page gives spec/disks-1.0.yaml any more: remove it if that is meant" in done.out


def test_a_document_that_was_edited_by_hand_is_told(project: Path) -> None:
    document = project / "spec/disks-1.1.yaml"
    document.write_text(document.read_text().replace("maximum: 100", "maximum: 50"))
    done = check(project)
    assert done.code == 1
    assert table(done) == [[ADDITIVE, LIST, "maximum is 100 now, was 50", f"{AT}/parameters/2/schema/maximum"]]
    document.write_text(document.read_text().replace("maximum: 50", "maximum:  100"))
    done = check(project)
    assert (done.code, table(done)) == (1, [])
    assert "-          maximum:  100\n+          maximum: 100" in done.out.replace("            ", "          ")


def test_pages_that_begin_to_contradict_each_other_are_told_with_the_change(project: Path) -> None:
    write(project / "pages", files(SHOP, "d", "ko"))
    assert run(project, "capture").code == 0
    edited = endpoint("ListDisks", rows=[(*SIZE[:5], "50")])(SHOP)
    write(project / "pages", {name: data for name, data in files(edited).items() if "listdisks" in name})
    done = check(project)
    assert done.code == 1
    assert table(done) == [[BREAKING, LIST, "default is 50 now, was 20", f"{AT}/parameters/2/schema/default"]]
    assert (
        "pages contradict each other: pages/ko/storage/disks/apis/listdisks/1.1.html:1: contradicts another" in done.out
    )
    assert "the default of query parameter size is 20 here, 50 at" in done.out


def test_a_page_that_cannot_be_read_is_bad_input(project: Path) -> None:
    page = project / "pages/en/storage/disks/apis/showdisk/1.1.txt"
    page.write_bytes(page.read_bytes().partition(b"Responses")[0])
    done = check(project)
    assert (done.code, done.out) == (2, "")
    assert "pages/en/storage/disks/apis/showdisk/1.1.txt:" in done.err
    assert "the page is cut" in done.err


def test_pages_of_another_folder_are_compared_by_what_they_give(project: Path) -> None:
    write(project / "fresh", {name.replace("en/storage", "saved"): data for name, data in files(SHOP).items()})
    assert check(project, "fresh").out.startswith("spec: in step with 4 pages")
    write(project / "fresh", {"saved/disks/models/_print.txt": models_print(model("Disk", 0, schema="integer")(SHOP))})
    done = check(project, "fresh")
    assert done.code == 1
    assert {(row[0], row[2]) for row in table(done)} == {(BREAKING, "the type is integer now, was string")}
    assert done.out.endswith("mend it with: apiscribe capture fresh --profile samsungcloud --out spec --pages pages\n")


def test_another_folder_may_hold_a_part_of_the_services(project: Path) -> None:
    other = replace(SHOP, name="tapes")
    write(project / "pages", files(other))
    assert run(project, "capture").code == 0
    write(project / "fresh", files(SHOP))
    assert check(project, "fresh").code == 0
    (project / "fresh/en/storage/disks/apis/showdisk/1.1.txt").unlink()
    told = table(check(project, "fresh"))
    assert [row[:2] for row in told] == [[BREAKING, SHOW], ["page gone", SHOW]]


def test_print_views_tell_only_the_operations_that_changed(tmp_path: Path) -> None:
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    write(tmp_path / "pages/disks", {"_print.txt": service_print(SHOP)})
    assert run(tmp_path, "capture").code == 0
    write(tmp_path / "pages/disks", {"_print.txt": service_print(endpoint("ShowDisk", description="Other")(SHOP))})
    done = check(tmp_path)
    assert table(done) == [[TEXT, SHOW, "description differs", "/paths/~1v1~1disks~1{disk_id}/get/description"]]
    assert "1 text changed, contract same\n" in done.out


def test_single_model_pages_count_too(tmp_path: Path) -> None:
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    pages = {f"disks/apis/{one.slug}/1.1.txt": endpoint_page(SHOP, one) for one in SHOP.endpoints}
    pages |= {f"disks/models/{name.lower()}.txt": model_page(SHOP, name) for name in SHOP.models}
    write(tmp_path / "pages", pages)
    assert run(tmp_path, "capture").code == 0
    changed = model("DiskCreate", 0, schema="any of [string, null]")(SHOP)
    write(tmp_path / "pages", {"disks/models/diskcreate.txt": model_page(changed, "DiskCreate")})
    assert table(check(tmp_path)) == [[ADDITIVE, CREATE, "null is allowed now", f"{NEW_DISK}/properties/name"]]


def test_pages_at_an_address_are_compared_with_those_that_were_captured(tmp_path: Path) -> None:
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    with portal(service_portal(SHOP)) as here:
        options = ("--include", "category/*", "--pages", "pages", "--out", "spec")
        assert run(tmp_path, "capture", here.address, *options).code == 0
        assert "\nspec: in step with 5 pages (1 document)\n" in check(tmp_path, here.address).out
        changed = endpoint("ListDisks", rows=[(*SIZE[:5], "50")])(SHOP)
        here.pages.update(service_portal(changed))
        done = check(tmp_path, here.address)
        assert done.code == 1
        assert table(done) == [[BREAKING, LIST, "default is 50 now, was 20", f"{AT}/parameters/2/schema/default"]]
        assert f"mend it with: apiscribe capture {here.address} --profile" in done.out


def test_a_page_that_contradicts_the_one_that_counts_is_not_called_the_same(tmp_path: Path) -> None:
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    write(tmp_path / "pages/disks", {"_print.txt": service_print(SHOP), "models/_print.txt": models_print(SHOP)})
    assert run(tmp_path, "capture").code == 0
    changed = model("Disk", 0, schema="integer")(SHOP)
    write(tmp_path / "pages/disks", {"models/_print.txt": models_print(changed)})
    done = check(tmp_path)
    assert (done.code, table(done)) == (1, [])
    assert "the schema of field id of Disk is integer here, string at pages/disks/_print.txt:" in done.out
    assert "capture refuses pages that contradict each other" in done.out

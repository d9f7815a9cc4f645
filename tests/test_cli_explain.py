"""The command `explain`: down to the cell of the kept page, or why that cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from .command_line import run
from .naver_pages import render
from .naver_services import SERVER
from .portal_pages import Endpoint, Service, endpoint_page, models_print

ROOT = Path(__file__).parents[1]
SHOP = Service(
    name="pet-shop",
    title="Pet Shop",
    endpoints=[
        Endpoint(
            name="ListPets",
            method="get",
            path="/v1/pets",
            rows=[("query", "size", "optional", ["How many", "Example : 20"], "any of [integer, null]", "20")],
            responses=[("200", "OK", "Pet"), ("404", "Not Found", "None")],
            samples={"200": {"kind": "cat", "root_password": "Hunter2Hunter2"}},
        )
    ],
    models={
        "Pet": [
            ("kind", "required", ["What it is", "Example : cat"], "enum (cat, dog)", ""),
            ("root_password", "optional", ["Example : Hunter2Hunter2"], "string", ""),
        ],
        "Tag": [("kind", "optional", ["Another kind"], "string", "")],
    },
)
PROJECT = """\
[api.shop]
profile = "samsungcloud"
pages = "spec/pages"
specs = "spec"
overlays = "spec/overlays"
"""
PAGE = "spec/pages/category/pet-shop/apis/listpets/1.1"
OVERLAY = """\
overlay: 1.1.0
info: {title: Corrections, version: "1"}
actions:
  - target: $.components.schemas.Pet.properties.kind.enum
    x-reason: The shop has birds too.
    update: [bird]
"""


@pytest.fixture(params=["a", "d"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A captured project, its pages as plain text and as HTML."""
    form = request.param
    suffix = {"a": ".txt", "d": ".html"}[form]
    pages = {
        PAGE: endpoint_page(SHOP, SHOP.endpoints[0], form),
        f"{PAGE}/../../../models/_print": models_print(SHOP, form),
    }
    for name, data in pages.items():
        file = Path(tmp_path, name + suffix).resolve()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    done = run(tmp_path, "capture")
    assert done.code == 0, done.err
    return tmp_path


def explained(project: Path, *arguments: str) -> dict[str, object]:
    """The JSON answer, checked against the printed one."""
    done = run(project, "explain", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    printed = run(project, "explain", *arguments).out
    assert f"standing  {answer['standing']}" in printed
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("address", "value", "column", "cell"),
    [
        ("listpets.size", None, None, None),
        ("/paths/~1v1~1pets/get/parameters/2/schema/default", 20, "Default", "20"),
        ("/paths/~1v1~1pets/get/parameters/2/schema/type", ["integer", "null"], "Schema", "any of [integer, null]"),
        ("/paths/~1v1~1pets/get/parameters/2/required", False, "Name", "size\noptional"),
        ("/paths/~1v1~1pets/get/parameters/2/in", "query", "Type", "query"),
        ("/components/schemas/Pet/properties/kind/enum/1", "dog", "Schema", "enum (cat, dog)"),
        (
            "/components/schemas/Pet/properties/kind/description",
            "What it is",
            "Description",
            "What it is\nExample : cat",
        ),
        ("/components/schemas/Tag/properties/kind/description", "Another kind", "Description", "Another kind"),
        ("/paths/~1v1~1pets/get/responses/404/description", "Not Found", "Description", "Not Found"),
    ],
)
def test_the_cell_that_states_a_fact_is_quoted(
    project: Path, address: str, value: object, column: str | None, cell: str | None
) -> None:
    answer = explained(project, "pet-shop-1.1.yaml", address)
    quoted = answer["quoted"]
    assert isinstance(quoted, dict)
    assert (answer["standing"], quoted["column"], quoted["cell"]) == ("stated", column, cell)
    assert value is None or answer["value"] == value
    assert Path(project, quoted["file"]).read_text().splitlines()[quoted["line"] - 1].strip()
    if value is None:
        assert quoted["row"] == {
            "Type": "query",
            "Name": "size\noptional",
            "Description": "How many\nExample : 20",
            "Schema": "any of [integer, null]",
            "Default": "20",
        }


def test_a_translated_text_is_quoted_from_the_page_in_its_language(project: Path) -> None:
    korean = replace(
        SHOP.endpoints[0],
        rows=[("query", "size", "optional", ["얼마나", "Example : 20"], "any of [integer, null]", "20")],
    )
    twin = project / "spec/pages/ko/category/pet-shop/apis/listpets/1.1.txt"
    twin.parent.mkdir(parents=True)
    twin.write_bytes(endpoint_page(SHOP, korean, "a", "ko"))
    assert run(project, "capture").code == 0
    answer = explained(project, "pet-shop-1.1.yaml", "/paths/~1v1~1pets/get/parameters/2/x-description-ko")
    quoted = answer["quoted"]
    assert isinstance(quoted, dict)
    assert (answer["value"], quoted["file"]) == ("얼마나", twin.relative_to(project).as_posix())
    assert (quoted["column"], quoted["cell"]) == ("Description", "얼마나\nExample : 20")


NAVER = '[api.naver]\nprofile = "navercloud"\npages = "spec/pages"\nspecs = "spec"\n'


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_another_portal_is_quoted_from_its_own_columns(tmp_path: Path, language: str) -> None:
    for doc in SERVER:
        name, data = render(doc, language=language)
        file = tmp_path / "spec" / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (tmp_path / "apiscribe.toml").write_text(NAVER)
    assert run(tmp_path, "capture", "--skip-invalid").code == 0
    (spec,) = (tmp_path / "spec").glob("*.yaml")
    data = yaml.safe_load(spec.read_text())
    quoted = []
    for path, item in data["paths"].items():
        for method, operation in item.items():
            for index in range(len(operation.get("parameters", ()))):
                step = path.replace("/", "~1")
                address = f"/paths/{step}/{method}/parameters/{index}/schema/type"
                quoted.append(explained(tmp_path, spec.name, address)["quoted"])
    assert quoted
    assert [one for one in quoted if not isinstance(one, dict) or not one["cell"]] == []


def test_an_operation_is_found_by_its_call_and_a_constant_by_its_line(project: Path) -> None:
    operation = explained(project, "pet-shop-1.1.yaml", "/paths/~1v1~1pets/get")["quoted"]
    constant = explained(project, "pet-shop-1.1.yaml#/paths/~1v1~1pets/get/parameters/1/schema")["quoted"]
    assert isinstance(operation, dict)
    assert isinstance(constant, dict)
    assert operation["text"] == "get /v1/pets"
    assert constant["text"] == '"Scp-Api-Version = pet-shop 1.1"'


def test_secrets_and_sample_credentials_of_pages_are_never_quoted(project: Path) -> None:
    for address in ("Pet.root_password", "listpets", "listpets.Scp-Api-Version", "listpets.responses", "Pet"):
        for options in ((), ("--json",)):
            printed = run(project, "explain", "pet-shop-1.1.yaml", address, *options).out
            assert printed
            assert "Hunter2" not in printed
            assert "Scp-Signature" not in printed
    assert "(not shown: a secret)" in run(project, "explain", "pet-shop-1.1.yaml", "Pet.root_password").out


def test_a_correction_shows_its_overlay_reason_and_the_page_as_well(project: Path) -> None:
    (project / "spec" / "overlays").mkdir()
    (project / "spec" / "overlays" / "pet-shop-1.1.overlay.yaml").write_text(OVERLAY)
    answer = explained(project, "pet-shop-1.1.yaml", "/components/schemas/Pet/properties/kind/enum/2")
    assert (answer["standing"], answer["value"]) == ("corrected", "bird")
    assert answer["correction"] == {
        "pointer": "/components/schemas/Pet/properties/kind/enum/2",
        "kind": "added",
        "overlay": "spec/overlays/pet-shop-1.1.overlay.yaml",
        "line": 4,
        "reason": "The shop has birds too.",
    }
    printed = run(project, "explain", "pet-shop-1.1.yaml", "Pet.kind").out
    assert "inside    added /components/schemas/Pet/properties/kind/enum/2 by spec/overlays/" in printed


def test_a_page_that_changed_or_went_is_said(project: Path) -> None:
    (page,) = (project / PAGE).parent.glob("1.1.*")
    page.write_bytes(page.read_bytes().replace(b"How many", b"How much"))
    changed = run(project, "explain", "pet-shop-1.1.yaml", "listpets.size")
    assert "How much" in changed.out
    assert "snapshot  the kept page has changed since the capture (another sha256)" in changed.out
    page.write_bytes(b"nothing of it\n")
    assert (
        "snapshot  the kept page is refused now: error: "
        in run(project, "explain", "pet-shop-1.1", "listpets.size").out
    )
    page.unlink()
    gone = run(project, "explain", "pet-shop-1.1.yaml", "listpets.size")
    assert (gone.code, gone.err) == (0, "")
    assert "snapshot  no kept page below spec/pages" in gone.out


def test_without_a_project_the_pages_folder_is_asked_for(project: Path) -> None:
    (project / "apiscribe.toml").unlink()
    bare = run(project, "explain", "spec/pet-shop-1.1.yaml", "listpets.size")
    assert "snapshot  the folder of kept pages is not known: give --pages DIR" in bare.out
    given = run(project, "explain", "spec/pet-shop-1.1.yaml", "listpets.size", "--pages", "spec/pages")
    assert "row       Type: query | Name: size / optional | Description: How many / Example : 20" in given.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("pet-shop-1.1.yaml", "Pets"),
            "error: spec/pet-shop-1.1.yaml: Pets: is no operationId and no schema; the nearest",
        ),
        (
            ("nothing.yaml", "Pet"),
            "error: nothing.yaml: there is no such document; the project has pet-shop-1.1.yaml\n",
        ),
        (("pet-shop-1.1.yaml",), "a POINTER is needed, after SPEC or as SPEC#POINTER"),
        (("pages.lock", "Pet"), "error: pages.lock: there is no such document"),
    ],
)
def test_what_is_not_there_is_one_line(project: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(project, "explain", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err

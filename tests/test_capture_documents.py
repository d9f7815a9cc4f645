"""The pages of the two known services: seeds alone, whole services, and every form and language of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from apiscribe import capture

from .portal_pages import PROFILE, document, without_sources

ROOT = Path(__file__).parent.parent
SPEC = ROOT / "spec" / "samsungcloud"
PAGES = SPEC / "pages"
OTHER = ROOT / "tests" / "pages"


def sources(*paths: Path, below: Path) -> list[capture.PageSource]:
    return [
        capture.PageSource(path=str(path), name=path.relative_to(below).as_posix(), data=path.read_bytes())
        for path in paths
    ]


def all_pages() -> list[capture.PageSource]:
    return sources(*sorted(path for path in PAGES.rglob("*") if path.is_file()), below=PAGES)


def seed(name: str) -> dict[str, Any]:
    return document(capture.read(sources(PAGES / "seeds" / name, below=PAGES), PROFILE))


def operations(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in data["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


@pytest.fixture(scope="module")
def captured() -> capture.Captured:
    return capture.read(all_pages(), PROFILE)


def test_the_kept_documents_and_lock_are_what_the_kept_pages_give(captured: capture.Captured) -> None:
    assert {f"{one.service}-{one.version}.yaml": one.text for one in captured.documents} == {
        path.name: path.read_text("utf-8") for path in SPEC.glob("*.yaml")
    }
    assert captured.lock_text == (SPEC / "pages.lock").read_text("utf-8")


def test_the_order_of_pages_does_not_matter(captured: capture.Captured) -> None:
    pages = all_pages()
    for seed_number in range(4):
        random.Random(seed_number).shuffle(pages)
        again = capture.read(pages, PROFILE)
        assert again == captured


def test_documents_are_valid_and_read_back_equal(captured: capture.Captured) -> None:
    for one in captured.documents:
        assert yaml.safe_load(one.text) == one.data
        validate(one.data)


def test_each_version_holds_its_operations_and_models(captured: capture.Captured) -> None:
    found = {
        (one.service, one.version): (len(list(operations(one.data))), len(one.data["components"]["schemas"]))
        for one in captured.documents
    }
    assert found == {("data-ops", "1.1"): (17, 26), ("data-flow", "1.1"): (17, 27), ("data-flow", "1.0"): (1, 2)}


def test_operations_have_their_display_names_and_slugs(captured: capture.Captured) -> None:
    data = next(one.data for one in captured.documents if one.service == "data-ops")
    check = data["paths"]["/v1/data-ops-services/clusters/{cluster_id}/validate-resources"]["post"]
    assert check["operationId"] == "CheckClusterResourceSizeForDataOpsServiceCreate"
    assert check["x-slug"] == "getdataopsservicevalidateresourcescreation"
    assert check["x-operation-id-from"] == "display-name"
    assert all("x-python-name" not in operation for _, _, operation in operations(data))


def test_the_server_is_read_off_the_overview(captured: capture.Captured) -> None:
    data = next(one.data for one in captured.documents if one.service == "data-ops")
    assert data["info"]["title"] == "Data Ops"
    (server,) = data["servers"]
    assert server["url"] == "https://data-ops.{region}.{environment}.samsungsdscloud.com"
    assert "x-assumed" not in server
    assert server["variables"]["environment"] == {"default": "e", "enum": ["e", "g", "s"], "x-required": True}
    assert {"environment": "g", "region": "kr-south3"} in server["x-allowed"]
    assert len(server["x-allowed"]) == 7


def test_the_lists_of_both_services_are_paged(captured: capture.Captured) -> None:
    paged = {
        (one.service, path)
        for one in captured.documents
        for _, path, operation in operations(one.data)
        if "x-pagination" in operation
    }
    assert paged == {
        ("data-ops", "/v1/data-ops"),
        ("data-ops", "/v1/data-ops-services"),
        ("data-flow", "/v1/data-flows"),
        ("data-flow", "/v1/data-flow-services"),
    }


def test_defaults_that_contradict_their_type_are_kept_as_written(captured: capture.Captured) -> None:
    data = next(one.data for one in captured.documents if one.service == "data-ops")
    cpu = data["components"]["schemas"]["ClusterResourceCheckResponse"]["properties"]["cpu"]
    assert cpu == {"type": "object", "x-default-as-written": "CPU", "x-example-as-written": "CPU"}
    assert any("default 'CPU'" in diagnostic.message for diagnostic in captured.diagnostics)


def test_no_sample_credential_and_no_password_reaches_a_document(captured: capture.Captured) -> None:
    for one in captured.documents:
        for secret in ("2sd2gg=2agbdSD26svcD", "fsfsdf235f9U35sdgf35Xsf", "Scp-Accesskey ="):
            assert secret not in one.text
    data = next(one.data for one in captured.documents if one.service == "data-ops")
    account = data["paths"]["/v1/data-ops"]["post"]["requestBody"]["content"]["application/json"]["example"]["account"]
    assert account == {"account_id": "", "account_password": ""}


def test_a_seed_alone_gives_method_path_version_and_support() -> None:
    data = seed("data-flow-update-service-1.0.txt")
    validate(data)
    assert data["info"] == {
        "title": "Data Flow",
        "version": "1.0",
        "x-service": "data-flow",
        "x-environment-prefix": "SCP",
    }
    assert data["servers"][0]["x-assumed"] is True
    operation = data["paths"]["/v1/data-flow-services/{data_flow_service_id}"]["put"]
    assert operation["operationId"] == operation["x-python-name"] == "update_data_flow_service"
    assert operation["x-operation-id-from"] == "derived"
    assert operation["x-api-version"] == "1.0"
    assert operation["x-api-status"] == "SUPPORTED"
    assert operation["x-supported-until"] == "2026-07-01"
    assert operation["description"] == "update dataflow service console"
    assert operation["x-source"]["page"] == "seeds/data-flow-update-service-1.0.txt"


def test_a_seed_alone_gives_its_parameters_and_statuses() -> None:
    operation = seed("data-ops-update-service-1.1.txt")["paths"]["/v1/data-ops-services/{data_ops_service_id}"]["put"]
    assert operation["parameters"] == [
        {"$ref": "#/components/parameters/AcceptLanguage"},
        {
            "name": "Scp-Api-Version",
            "in": "header",
            "required": True,
            "schema": {"type": "string", "const": "data-ops 1.1"},
        },
        {
            "name": "Scp-Request-Path",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "default": "openapi"},
            "example": "openapi",
        },
        {
            "name": "data_ops_service_id",
            "in": "path",
            "required": True,
            "description": "data ops service ID",
            "schema": {"type": "string"},
            "example": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        },
    ]
    assert "x-supported-until" not in operation
    assert {code: response["description"] for code, response in operation["responses"].items()} == {
        "202": "Accepted",
        "400": "Bad Request",
        "401": "Unauthorized",
        "403": "Forbidden",
        "404": "Not Found",
    }


def test_a_seed_alone_gives_schemas_inferred_from_its_examples() -> None:
    schemas = seed("data-ops-update-service-1.1.txt")["components"]["schemas"]
    assert set(schemas) == {"DataOpsServiceUpdateRequest", "DataOpsServiceUpdateResponse"}
    response = schemas["DataOpsServiceUpdateResponse"]
    assert response["x-inferred"] is True
    assert "response 202" in response["x-evidence"]
    assert response["properties"]["cluster_request_failed"] == {"type": "boolean"}
    assert response["properties"]["http_port"] == {}
    assert response["properties"]["account"]["properties"]["account_password"] == {"x-secret": True}
    assert response["properties"]["modified_dt"] == {"type": "string", "format": "date-time"}
    assert response["properties"]["host_alias"]["properties"]["enabled"] == {"type": "string"}


@pytest.mark.parametrize("service", ["data-ops", "data-flow"])
def test_every_form_and_language_gives_the_same_document(service: str) -> None:
    text = PAGES / "en" / "data-analytics" / service / "_print.txt"
    english = capture.read(sources(text, below=PAGES), PROFILE)
    pages = [OTHER / service / "en" / "_print.html", OTHER / service / "ko" / "_print.txt"]
    for page in [*pages, OTHER / service / "ko" / "_print.html"]:
        other = capture.read(sources(page, below=OTHER), PROFILE)
        assert [one.version for one in other.documents] == [one.version for one in english.documents]
        for mine, theirs in zip(english.documents, other.documents, strict=True):
            expected, found = without_sources(mine.data), without_sources(theirs.data)
            expected["info"].pop("description"), found["info"].pop("description")
            assert found == expected


@pytest.mark.parametrize("service", ["data-ops", "data-flow"])
def test_all_forms_and_languages_together_agree_and_english_wins(service: str) -> None:
    pages = sources(PAGES / "en" / "data-analytics" / service / "_print.txt", below=PAGES)
    pages += sources(*sorted(path for path in (OTHER / service).rglob("*") if path.is_file()), below=OTHER)
    captured = capture.read(pages, PROFILE)
    for one in captured.documents:
        assert one.data["info"]["description"].startswith("Provides an Application Programming Interface")


def test_the_signing_recipe_signs_its_own_vectors(captured: capture.Captured) -> None:
    recipe = captured.documents[0].data["components"]["securitySchemes"]["ScpSignature"]["x-signing"]
    assert len(recipe["vectors"]) == 7
    for vector in recipe["vectors"]:
        keys = vector["credentials"]
        message = f"{vector['method']}{vector['url']}{vector['timestamp']}{keys['access_key']}Openapi"
        assert vector.get("message", message) == message
        digest = hmac.new(keys["secret_key"].encode(), message.encode(), hashlib.sha256).digest()
        assert base64.b64encode(digest).decode() == vector["signature"]


def test_the_lock_tells_what_every_page_gave(captured: capture.Captured) -> None:
    lock = tomllib.loads(captured.lock_text)
    assert len(lock["page"]) == len(all_pages())
    entry = next(page for page in lock["page"] if page["path"] == "seeds/data-flow-update-service-1.0.txt")
    assert entry["language"] == "ko"
    assert entry["gave"] == ["operation put /v1/data-flow-services/{data_flow_service_id} 1.0"]
    page = PAGES / entry["path"]
    assert entry["sha256"] == hashlib.sha256(page.read_bytes()).hexdigest()

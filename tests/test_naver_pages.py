"""Pages of a second portal: their columns, languages and ways of nesting all come to the same documents."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from openapi_spec_validator import validate

from apiscribe.errors import ApiscribeError

from .naver_pages import LANGUAGES, Doc, Part, call, capture_pages, document, fields, render
from .naver_services import CAPTURES, SEND, SERVER, SMS, overview

PROSE = (
    "description",
    "summary",
    "x-source",
    "x-required-when",
    "example",
    "title",
    "region",
    "x-description-ko",
    "x-description-ja",
)


def contract(value: Any) -> Any:
    """A document without its prose and its sources."""
    if isinstance(value, dict):
        return {
            name: contract(item)
            for name, item in value.items()
            if name not in PROSE or (isinstance(item, dict) and "type" in item)
        }
    return [contract(item) for item in value] if isinstance(value, list) else value


def parameters(data: dict[str, Any], path: str, method: str = "get") -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in data["paths"][path][method]["parameters"]}


def problems(*docs: Doc, **options: Any) -> list[str]:
    with pytest.raises(ApiscribeError) as caught:
        capture_pages(*(render(doc) for doc in docs), **options)
    return [found.message for found in caught.value.diagnostics]


def page(
    *parts: Part, slug: str = "shop-getthing", title: str = "getThing", uri: str = "/vshop/v2/getThing", **more: Any
) -> Doc:
    return Doc(slug=slug, title=title, parts=(call("GET | POST", uri), *parts), **more)


def test_the_documents_are_valid_and_read_back_equal() -> None:
    for docs in (SERVER, (CAPTURES["skeleton"],)):
        (one,) = capture_pages(*(render(doc) for doc in docs)).documents
        validate(one.data)
        assert yaml.safe_load(one.text) == one.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_all_languages_say_the_same(language: str) -> None:
    assert contract(document(*SERVER, language=language)) == contract(document(*SERVER))


def test_five_captures_of_one_page_with_four_structures_have_one_meaning() -> None:
    found = {name: contract(document(doc)) for name, doc in CAPTURES.items()}
    assert all(one == found["brackets"] for one in found.values()), [
        name for name in found if found[name] != found["brackets"]
    ]
    schemas = found["brackets"]["components"]["schemas"]
    root = schemas["CreateNodePoolRequest"]
    assert root["required"] == ["name"]
    assert root["properties"]["autoscale"]["$ref"] == "#/components/schemas/CreateNodePoolRequestAutoscale"
    assert root["properties"]["labels"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/CreateNodePoolRequestLabels"},
    }
    assert schemas["CreateNodePoolRequestAutoscale"]["properties"] == {
        "enabled": {"type": "boolean"},
        "max": {"type": "integer", "maximum": 250},
        "min": {"type": "integer", "minimum": 1},
    }
    assert list(schemas["CreateNodePoolRequestTaints"]["properties"]) == ["key", "value", "effect"]


@pytest.mark.parametrize("name", CAPTURES)
def test_structure_wins_over_the_word_and_is_reported(name: str) -> None:
    found = capture_pages(render(CAPTURES[name])).diagnostics
    assert [one.message for one in found] == [
        "'autoscale' is typed array, its structure is an object: taken as an object"
    ]


def test_one_operation_with_recorded_alternatives() -> None:
    data = document(*SERVER)
    assert data["paths"]["/vserver/v2/getLoginKeyList"].keys() == {"get"}
    operation = data["paths"]["/vserver/v2/getLoginKeyList"]["get"]
    assert operation["x-alternatives"] == [{"method": "post", "path": "/vserver/v2/getLoginKeyList"}]
    regions = document(CAPTURES["dots"])["paths"]["/vnks/v2/clusters/{uuid}/node-pool"]["post"]["x-alternatives"]
    assert [(one["path"], one["region"]) for one in regions] == [
        ("/vnks/sgn-v2/clusters/{uuid}/node-pool", "Singapore"),
        ("/vnks/jpn-v2/clusters/{uuid}/node-pool", "Japan"),
    ]


def test_bullets_give_values_bounds_defaults_and_conditions() -> None:
    found = parameters(document(*SERVER), "/vserver/v2/getLoginKeyList")
    assert found["pageNo"]["schema"] == {"type": "integer", "minimum": 0, "default": 0}
    assert found["pageSize"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1}
    assert (found["pageSize"]["required"], found["pageSize"]["x-required-when"]) == (
        False,
        "Required if `pageNo` is given",
    )
    assert found["regionCode"]["schema"] == {"type": "string"}
    assert found["responseFormatType"]["schema"] == {"type": "string", "const": "json"}
    assert (found["responseFormatType"]["required"], found["responseFormatType"]["x-default-as-written"]) == (
        True,
        "xml",
    )


def test_operations_are_named_by_title_or_by_address() -> None:
    assert document(*SERVER)["paths"]["/vserver/v2/getLoginKeyList"]["get"]["operationId"] == "getLoginKeyList"
    operation = document(CAPTURES["dots"], language="ko")["paths"]["/vnks/v2/clusters/{uuid}/node-pool"]["post"]
    assert (operation["operationId"], operation["summary"]) == ("nks-createnodepool", "노드풀 생성")


def test_a_response_root_and_a_shared_model() -> None:
    data = document(*SERVER)
    schemas = data["components"]["schemas"]
    response = data["paths"]["/vserver/v2/getLoginKeyList"]["get"]["responses"]["200"]
    assert response["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/GetLoginKeyListResponseEnvelope"
    }
    assert list(schemas["GetLoginKeyListResponseEnvelope"]["properties"]) == ["getLoginKeyListResponse"]
    keys = schemas["GetLoginKeyListResponse"]["properties"]["loginKeyList"]
    assert (keys["items"], keys["x-required-as-written"]) == ({"$ref": "#/components/schemas/LoginKey"}, "-")
    assert schemas["LoginKey"]["required"] == ["fingerprint", "keyName", "createDate"]


def test_the_overview_gives_address_scheme_and_errors() -> None:
    data = document(*SERVER)
    assert (data["info"]["title"], data["servers"][0]["url"]) == ("Server", "https://ncloud.apigw.ntruss.com")
    assert data["security"] == [{"NcpSignature": []}]
    responses = data["paths"]["/vserver/v2/deleteLoginKeys"]["get"]["responses"]
    assert list(responses) == ["200", "400", "401", "429"]
    assert responses["401"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ErrorResponse"}
    assert list(data["components"]["schemas"]["ErrorResponse"]["properties"]) == ["error", "responseError"]


def test_a_service_with_a_bearer_key() -> None:
    about = overview(
        "shop-overview", "Shop", "https://shop.apigw.ntruss.com/vshop/v2", [("Authorization", "Required", "Key")]
    )
    data = document(about, page(slug="shop-getthing"))
    assert (data["security"], list(data["components"]["securitySchemes"])) == ([{"ApiKey": []}], ["ApiKey"])


def test_paths_without_their_base_get_it_from_the_overview() -> None:
    about = overview(
        "nks-overview",
        "Kubernetes",
        "Korea: https://nks.apigw.ntruss.com/vnks/v2\nJapan: https://nks.apigw.ntruss.com/vnks/jpn-v2",
    )
    older = page(
        fields("path", [("uuid", "String", "R", "Cluster")]),
        slug="nks-getcluster",
        title="Get cluster",
        uri="/clusters/{uuid}",
    )
    data = document(about, older)
    assert (list(data["paths"]), data["info"]["x-service"]) == (["/vnks/v2/clusters/{uuid}"], "vnks")
    assert problems(older) == [
        "the path '/clusters/{uuid}' is without its base, and no overview beside the page tells it"
    ]


def test_what_is_not_understood_is_refused_with_its_place() -> None:
    row = ("id", "String", "Requirement", "An id")
    assert problems(page(fields("query", [row]))) == ["row 'id': unknown word for required: 'Requirement'"]
    assert problems(page(fields("query", [("id", "some text", "R", "x")]))) == ["row 'id': unknown type 'some text'"]
    assert problems(page(Part(heading="query", text="about"))) == ["table missing under 'Request query parameters'"]
    assert problems(
        page(fields("query", [("a.N", "Array", "R", "x")]), fields("b", [("c", "String", "R", "x")], 4))
    ) == ["no field is named like the table 'b'"]
    odd = Part(heading="query", columns=("field", "type", "Requirement"), rows=[("id", "String", "Required")])
    assert problems(page(odd)) == ["unknown column 'Requirement'"]
    assert problems(page(fields("path", [("id", "String", "R", "x")]))) == [
        "path parameter 'id' is not in the path of line 1"
    ]


def test_vectors_by_hand() -> None:
    recipe = document(*SERVER)["components"]["securitySchemes"]["NcpSignature"]["x-signing"]
    assert len(recipe["vectors"]) == 4
    for vector in recipe["vectors"]:
        address = urlsplit(vector["url"])
        target = address.path + (f"?{address.query}" if address.query else "")
        known = vector["credentials"]
        message = f"{vector['method']} {target}\n{vector['timestamp']}\n{known['access_key']}"
        digest = hmac.new(known["secret_key"].encode(), message.encode(), hashlib.sha256).digest()
        assert b64encode(digest).decode() == vector["signature"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_and_html_say_the_same(language: str) -> None:
    for docs in (SERVER, SMS, *((doc,) for doc in CAPTURES.values())):
        assert contract(document(*docs, form="md", language=language)) == contract(document(*docs))


def test_all_forms_and_languages_of_the_same_pages_agree_in_any_order() -> None:
    pages = [render(doc, form, language) for doc in SERVER for form in ("html", "md") for language in LANGUAGES]
    captured = capture_pages(*pages)
    assert captured.diagnostics == ()
    assert contract(captured.documents[0].data) == contract(document(*SERVER))
    assert capture_pages(*reversed(pages)) == captured


LOSSY = """Send message
VPC
Prev Next
Sends.
Request
Method | URI
POST | /sms/v2/services/{serviceId}/messages
Request path parameters
serviceId |
String | Required | Project
Response
"""


def test_a_page_that_lost_its_bullets_says_nothing_of_values() -> None:
    rows = (
        "Request body\nThe following describes it.\nField | Type | Required | Description\n"
        "type |\nString | Required | Type\n"
        "contentType |\nString | Optional | Kind\n"
    )
    path = "Request path parameters\nField | Type | Required | Description\n"
    text = LOSSY.replace("Request path parameters\n", path).replace("Response\n", rows + "Response\n")
    (one,) = (captured := capture_pages(("sens-sms-send.txt", text.encode()))).documents
    operation = one.data["paths"]["/sms/v2/services/{serviceId}/messages"]["post"]
    assert (operation["description"], operation["x-unknown"]) == ("Sends.", ["values", "bounds", "defaults"])
    assert one.data["components"]["schemas"]["SendRequest"]["properties"]["type"]["type"] == "string"
    assert captured.diagnostics[0].message == (
        "bullets missing: values, bounds and defaults of post /sms/v2/services/{serviceId}/messages 2; "
        "no page that was given has it, so it stays unknown"
    )
    # Beside a page that has them, it takes them from there.
    whole = capture_pages(("sens-sms-send.txt", text.encode()), render(SEND)).documents[0].data
    assert whole["components"]["schemas"]["SendRequest"]["properties"]["type"]["enum"] == ["SMS", "LMS", "MMS"]

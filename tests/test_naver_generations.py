"""Older and generated pages of a second portal: each generation's columns and words come to the same facts."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from .naver_generations import BODY, GENERATED, classic_server, legacy_send
from .naver_pages import Doc, Part, call, capture_pages, document, fields, render
from .naver_services import SERVER
from .test_naver_pages import contract, page, parameters

FORMS = pytest.mark.parametrize("form", ["html", "md"])
LEGACY = pytest.mark.parametrize("language", ["ko", "ja"])


@FORMS
@LEGACY
def test_a_classic_action_gives_every_fact_of_its_rows(form: str, language: str) -> None:
    data = document(*classic_server(language), form=form, language=language)
    validate(data)
    path = "/server/v2/createServerInstances"
    found = parameters(data, path)
    schemas = {name: one["schema"] for name, one in found.items()}
    assert schemas == {
        "serverImageProductCode": {"type": "string", "minLength": 1, "maxLength": 20},
        "memberServerImageNo": {"type": "string"},
        "serverName": {"type": "string", "minLength": 3, "maxLength": 30},
        "serverCreateCount": {"type": "integer", "minimum": 1, "maximum": 20, "default": 1},
        "serverCreateStartNo": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 0},
        "feeSystemTypeCode": {"type": "string", "enum": ["MTRAT", "FXSUM"], "default": "MTRAT"},
        "isProtectServerTermination": {"type": "boolean", "default": False},
        "userData": {"type": "string", "maxLength": 21847},
        "accessControlGroupConfigurationNoList": {"type": "array", "items": {}, "minItems": 1, "maxItems": 5},
        "loginKeyNameList": {"type": "array", "items": {"type": "string", "minLength": 3, "maxLength": 30}},
        "instanceTagList": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/CreateServerInstancesParameterInstanceTagList"},
        },
        "responseFormatType": {"type": "string", "const": "json"},
    }
    assert [name for name, one in found.items() if one.get("required")] == ["responseFormatType"]
    assert [name for name, one in found.items() if one.get("x-style") == "indexed"] == [
        "accessControlGroupConfigurationNoList",
        "loginKeyNameList",
        "instanceTagList",
    ]
    assert found["userData"]["x-length-unit"] == "octets"
    reason = {"ko": "필수: no member image", "ja": "必須: no member image"}[language]
    assert found["serverImageProductCode"]["x-required-when"] == reason
    operation = data["paths"][path]["get"]
    assert (operation["operationId"], operation["x-alternatives"]) == (
        "createServerInstances",
        [{"method": "post", "path": path}],
    )
    models = data["components"]["schemas"]
    tags = models["CreateServerInstancesParameterInstanceTagList"]
    assert ("required" in tags, list(tags["properties"])) == (False, ["tagKey", "tagValue"])
    assert models["CreateServerInstancesResponseEnvelope"]["required"] == ["createServerInstancesResponse"]
    answer = models["CreateServerInstancesResponse"]
    assert answer["required"] == ["requestId", "returnCode", "totalRows"]
    assert answer["properties"]["loginKeyList"]["items"] == {"$ref": "#/components/schemas/LoginKey"}
    assert list(models["LoginKey"]["properties"]) == ["fingerprint", "createDate"]


def test_both_languages_of_a_classic_action_agree_in_both_forms() -> None:
    pages = [
        render(doc, form, language)
        for language in ("ko", "ja")
        for form in ("html", "md")
        for doc in classic_server(language)
    ]
    captured = capture_pages(*pages)
    assert [one.message for one in captured.diagnostics] == []
    assert contract(captured.documents[0].data) == contract(document(*classic_server("ko"), language="ko"))


def test_bounds_in_several_pieces_are_joined_unless_they_stand_under_conditions() -> None:
    def schema(text: str, kind: str = "String") -> object:
        docs = page(fields("query", [("size", kind, "O", text)]))
        return parameters(document(docs), "/vshop/v2/getThing")["size"]["schema"]

    assert schema("Size\n- Min: 1\n- Max: 20") == {"type": "string", "minLength": 1, "maxLength": 20}
    assert schema("Size\n- at least 2, at most 5", "Integer") == {"type": "integer", "minimum": 2, "maximum": 5}
    assert schema("Size\n- SMS: at least 1\n- LMS: at most 20") == {"type": "string"}
    assert schema("Size\n- SMS: 1~90\n- Max: 20") == {"type": "string", "maxLength": 90}


@FORMS
def test_a_legacy_service_gives_values_and_lists_out_of_its_skeleton(form: str) -> None:
    data = document(legacy_send(), form=form, language="ko")
    validate(data)
    models = data["components"]["schemas"]
    body = models["SendRequest"]
    assert body["required"] == ["type", "from", "content", "messages"]
    found = contract(body["properties"])
    assert found["type"] == {"type": "string", "enum": ["SMS", "LMS", "MMS"]}
    assert found["contentType"] == {"type": "string", "enum": ["COMM", "AD"], "default": "COMM"}
    assert found["content"] == {"type": "string", "maxLength": 2000, "x-length-unit": "octets"}
    assert found["messages"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/SendRequestMessages"},
        "maxItems": 100,
    }
    assert models["SendRequestMessages"]["required"] == ["to"]
    status = models["SendResponseMessages"]["properties"]["status"]
    assert status["enum"] == ["READY", "PROCESSING", "COMPLETED"]
    operation = data["paths"]["/sms/v2/services/{serviceId}/messages"]["post"]
    assert list(operation["responses"]) == ["202"]


def test_a_skeleton_that_lists_other_values_than_its_table_is_reported() -> None:
    doc = legacy_send(BODY.replace("| MMS", "| RCS").replace('"from": String,', '"from": String, "extra": Integer,'))
    found = capture_pages(render(doc, "md", "ko"))
    assert [one.message for one in found.diagnostics] == [
        "'extra' of SendRequest is in the sample and in no table",
        "'type' is one of SMS, LMS, MMS in the table, one of SMS, LMS, RCS in the sample: taken as in the table",
    ]
    schema = found.documents[0].data["components"]["schemas"]["SendRequest"]["properties"]["type"]
    assert schema["enum"] == ["SMS", "LMS", "MMS"]


def test_an_example_with_a_slip_is_no_skeleton() -> None:
    shown = Part(heading="request example", code='{"name": "a",}')
    doc = page(fields("body", [("name", "String", "R", "Name")]), shown)
    (found,) = capture_pages(render(doc)).diagnostics
    assert found.message.startswith("the JSON of this sample is broken")


@FORMS
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_a_page_generated_from_a_specification(form: str, language: str) -> None:
    data = document(GENERATED, form=form, language=language)
    validate(data)
    found = contract(data["components"]["schemas"]["CreateSubAccountRequest"])
    assert (found["required"], found["properties"]) == (
        ["loginId"],
        {
            "loginId": {"type": "string", "minLength": 3, "maxLength": 60, "examples": ["sub01"]},
            "email": {
                "type": "string",
                "format": "email",
                "minLength": 6,
                "maxLength": 100,
                "examples": ["a@example.com"],
            },
            "isMfaMandatory": {"type": "boolean", "default": False},
        },
    )
    responses = data["paths"]["/api/v2/sub-accounts"]["post"]["responses"]
    assert responses["400"]["description"] == "BadRequest: Wrong; CannotDelete: In use"
    assert list(responses) == ["200", "400"]


def test_a_syntax_that_disagrees_with_the_fields_is_told_with_both_places() -> None:
    code = (
        "private String fingerprint;\nprivate CommonCode createDate;\nprivate List keyList;\n"
        "private Integer old = 0;\nprivate List<String> names;"
    )
    rows = [
        ("fingerprint", "String", "R", "Print"),
        ("createDate", "Date", "R", "When"),
        ("keyList", "List<LoginKey>", "O", "Keys"),
        ("names", "List<Integer>", "O", "Names"),
        ("fresh", "String", "O", "New"),
    ]
    doc = Doc(
        slug="common-vapidatatype-loginkey",
        title="LoginKey",
        parts=(Part(heading="model syntax", level=2, code=code), fields("fields", rows, 2)),
    )
    found = capture_pages(*(render(one, "md") for one in (*SERVER[:2], doc))).diagnostics
    behind = "in the table: taken as in the table"
    assert [(one.message, one.origin.line) for one in found if one.origin.file.endswith("loginkey.md")] == [
        (f"'createDate' is declared as 'CommonCode' at line 18, typed string {behind}", 31),
        ("'old' is declared as 'Integer' and has no row in the table: left out", 20),
        (f"'names' is declared as 'List<String>' at line 21, typed array of integer {behind}", 33),
        ("'fresh' is in the table and not declared", 34),
    ]


def test_models_of_one_name_stay_apart_in_both_platforms() -> None:
    pages = [render(doc, "html", "ko") for doc in (*SERVER, *classic_server("ko"))]
    captured = capture_pages(*pages)
    found = {
        one.service: list(one.data["components"]["schemas"]["LoginKey"]["properties"]) for one in captured.documents
    }
    assert found == {"server": ["fingerprint", "createDate"], "vserver": ["fingerprint", "keyName", "createDate"]}


def test_an_address_that_names_something_else_than_the_title_is_told() -> None:
    model = Doc(slug="common-vapidatatype-flowlogconfiguration", title="LoginKey", parts=SERVER[-1].parts)
    action = Doc(slug="shop-getother", title="getThing", parts=(call("GET", "/vshop/v2/getThing"),))
    found = capture_pages(*(render(doc) for doc in (*SERVER[:-1], model, action))).diagnostics
    assert [one.message for one in found if "the address says" in one.message] == [
        "the address says 'common-vapidatatype-flowlogconfiguration', the title 'LoginKey'",
        "the address says 'shop-getother', the title 'getThing'",
    ]

"""Older and generated pages of a second portal: each generation's columns and words come to the same facts."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from .naver_generations import classic_server
from .naver_pages import capture_pages, document, fields, render
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

"""What OpenAPI 3.2 adds: more methods, whole query strings, named media types, a default member, an own address."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from apiscribe.document.resolve import Resolver
from apiscribe.document.skip import leave_out
from apiscribe.errors import line_of

from .client_room import BOTH, run
from .generation import built, headed, imported
from .loopback import Answer, Received, json_answer, loopback
from .test_document_rules import checked, lines, with_head

DOCUMENT = headed(
    """
$self: https://shop.example/api/shop.yaml
tags: [{name: pets, summary: Pets, kind: nav, parent: shop}, {name: shop}]
paths:
  /pets:
    query:
      operationId: search_pets
      requestBody: {required: true, content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}}
      responses: {'200': {description: ok, content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}}}
    additionalOperations:
      COPY: {operationId: copy_pets, responses: {'204': {description: copied}}}
    get:
      operationId: list_pets
      parameters:
        - in: querystring
          name: asked
          required: true
          content:
            application/x-www-form-urlencoded:
              schema:
                $ref: 'https://shop.example/api/shop.yaml#/components/schemas/Asked'
      responses: {'204': {description: none}}
components:
  mediaTypes:
    Pet:
      schema: {$ref: '#/components/schemas/Pet'}
      examples: {tom: {dataValue: {kind: cat, name: Tom}}}
  schemas:
    Asked:
      type: object
      required: [text]
      properties: {text: {type: string}, sizes: {type: array, items: {type: integer}}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat}, defaultMapping: Dog}
    Cat: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}
""",
    "3.2.0",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    result = built(DOCUMENT)
    assert result.diagnostics == ()
    with imported(result.texts, tmp_path_factory.mktemp("additions")) as package:
        yield package


def sent(kind: str, shop: ModuleType, work: Any, *answers: Answer) -> tuple[Any, list[Received]]:
    with loopback(*answers) as server:
        value = run(kind, "Shop", work, package=shop, base_url=server.url, credentials=None)
        return value, server.received


@BOTH
def test_a_query_has_a_body_and_is_sent_again_as_any_safe_request_is(kind: str, shop: ModuleType) -> None:
    answers = Answer(503, headers={"Retry-After": "0"}), json_answer('{"kind": "cat", "name": "Tom"}')
    value, requests = sent(kind, shop, lambda client: client.search_pets(body={"kind": "cat"}), *answers)
    assert (type(value).__name__, value.name) == ("Cat", "Tom")
    assert [(item.method, item.target, item.body) for item in requests] == [("QUERY", "/pets", b'{"kind":"cat"}')] * 2


@BOTH
@pytest.mark.parametrize("answer", ['{"kind": "wolf", "name": "Rex"}', '{"name": "Rex"}'])
def test_what_no_value_of_a_discriminator_means_is_its_default(kind: str, shop: ModuleType, answer: str) -> None:
    value, _ = sent(kind, shop, lambda client: client.search_pets(body={}), json_answer(answer))
    assert (type(value).__name__, value.name) == ("Dog", "Rex")


@BOTH
def test_a_method_of_additional_operations_is_sent(kind: str, shop: ModuleType) -> None:
    value, (request,) = sent(kind, shop, lambda client: client.copy_pets(), Answer(204))
    assert (value, request.method, request.target) == (None, "COPY", "/pets")


@BOTH
def test_the_fields_of_a_whole_query_string_are_arguments(kind: str, shop: ModuleType) -> None:
    _, (request,) = sent(kind, shop, lambda client: client.list_pets(text="a b&c", sizes=[1, 2]), Answer(204))
    assert request.target == "/pets?text=a%20b%26c&sizes=1&sizes=2"
    with pytest.raises(TypeError, match="text"):
        sent(kind, shop, lambda client: client.list_pets(), Answer(204))


@pytest.mark.parametrize(
    "content",
    [
        "application/json: {schema: {type: object, properties: {a: {type: string}}}}",
        "application/x-www-form-urlencoded: {schema: {type: object}}",
        "application/x-www-form-urlencoded: {schema: {type: string}}",
    ],
)
def test_a_query_string_of_another_form_is_refused(content: str) -> None:
    parameter = f"{{in: querystring, name: q, content: {{{content}}}}}"
    assert lines(
        with_head(
            f"paths: {{/x: {{get: {{parameters: [{parameter}], responses: {{default: {{description: ok}}}}}}}}}}",
            "3.2.0",
        )
    ) == [
        "error: a.yaml:3: /paths/~1x/get/parameters/0: a query string is sent as application/x-www-form-urlencoded, "
        "of an object with 'properties'; no other is"
    ]


def test_an_additional_operation_is_left_out_alone() -> None:
    broken = "{responses: {'200': {$ref: '#/components/responses/None'}}}"
    fine = "{responses: {'200': {description: ok}}}"
    item = f"{{get: {fine}, additionalOperations: {{COPY: {broken}, MOVE: {fine}}}}}"
    document, _ = checked(with_head(f"paths: {{/x: {item}}}", "3.2.0"))
    skipped = leave_out(document)
    assert skipped.operations == ("/paths/~1x/additionalOperations/COPY",)
    kept = skipped.document.root.at(("paths", "/x", "additionalOperations"))
    assert kept is not None
    assert [name for name, _ in kept.items()] == ["MOVE"]


def test_files_beside_the_address_of_a_document_lie_beside_its_file() -> None:
    reference = "https://x.example/api/parts/more.yaml#/A"
    text = f"$self: https://x.example/api/a.yaml\npaths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}"
    document, _ = checked(with_head(text, "3.2.0"))
    read: list[str] = []

    def reader(name: str) -> bytes:
        read.append(name)
        return b"A: {type: string}"

    place = document.root.at(("components", "schemas", "A"))
    assert place is not None
    assert Resolver(document, reader).follow(place).plain == {"type": "string"}
    assert read == ["parts/more.yaml"]


def test_items_of_what_is_no_stream_are_told_to_be_unused() -> None:
    media = "{multipart/mixed: {itemSchema: {type: object}}}"
    result = built(
        headed(f"paths: {{/x: {{get: {{responses: {{'200': {{description: ok, content: {media}}}}}}}}}}}", "3.2.0")
    )
    assert [line_of(item) for item in result.diagnostics] == [
        "warning: a.yaml:3: /paths/~1x/get/responses/200/content/multipart~1mixed: "
        "'itemSchema' of multipart/mixed is not used"
    ]

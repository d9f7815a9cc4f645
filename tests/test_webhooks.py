"""Webhooks and callbacks: what a service sends of its own accord is read by a function for each."""

from __future__ import annotations

import importlib
import inspect
import json
import logging
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from .generation import built, headed, imported, lowered, warnings
from .loopback import Answer, Received, loopback_function

PETS = headed("""
paths:
  /subscriptions:
    post:
      operationId: subscribe
      responses: {'201': {description: ok}}
      callbacks:
        done:
          '{$request.body#/url}':
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Done'}}}}
              responses: {'204': {description: thanks}}
webhooks:
  newPet:
    post:
      summary: A pet is born.
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: thanks}}
  event:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}
      responses: {'200': {description: thanks}}
  pets:
    put:
      x-python-name: parse_all
      requestBody: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
      responses: {'200': {description: thanks}}
    post:
      requestBody: {content: {application/json: {schema: {type: string, format: uuid}}}}
      responses: {'200': {description: thanks}}
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties: {id: {type: integer}, kind: {enum: [cat, dog]}, born: {type: string, format: date}}
    Event:
      oneOf: [{$ref: '#/components/schemas/Born'}, {$ref: '#/components/schemas/Sold'}]
      discriminator: {propertyName: type}
    Born:
      type: object
      required: [type, pet]
      properties: {type: {const: Born}, pet: {$ref: '#/components/schemas/Pet'}}
    Sold: {type: object, required: [type], properties: {type: {const: Sold}, price: {type: number}}}
    Done: {type: object, required: [ok], properties: {ok: {type: boolean}}}
""")


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(PETS, package="pets")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("pets"), "pets"):
        yield importlib.import_module("pets.shop.v1.webhooks")


def test_every_request_of_the_service_has_a_function(pets: ModuleType) -> None:
    functions = {name: value for name, value in vars(pets).items() if inspect.isfunction(value)}
    assert {name: inspect.signature(value).return_annotation for name, value in functions.items()} == {
        "parse_new_pet": "Pet",
        "parse_event": "Event",
        "parse_all": "list[Pet]",
        "parse_pets_post": "_formats.Uuid",
        "parse_subscribe_done": "Done",
    }
    assert (inspect.getdoc(pets.parse_new_pet) or "").splitlines()[:3] == [
        "Read the body of a request of newPet: Pet.",
        "",
        "A pet is born.",
    ]


def test_a_body_becomes_its_model(pets: ModuleType) -> None:
    pet = pets.parse_new_pet(b'{"id": 7, "kind": "cat", "born": "2025-01-02", "new": [1]}')
    assert (type(pet).__name__, pet.id_, pet.kind, pet.born.year, pet.model_extra) == (
        *("Pet", 7, "cat", 2025),
        {"new": [1]},
    )
    assert [one.id_ for one in pets.parse_all('[{"id": 1}, {"id": 2}]')] == [1, 2]
    assert pets.parse_subscribe_done(b'{"ok": true}').ok is True
    assert pets.parse_new_pet(b'\xef\xbb\xbf{"id": 7}') == pets.parse_new_pet('\ufeff{"id": 7}')


def test_what_differs_is_kept_and_logged_or_refused(pets: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        pet = pets.parse_new_pet(b'{"id": "7", "kind": "axolotl"}')
    assert (pet.id_, pet.kind) == ("7", "axolotl")
    assert [record.getMessage() for record in caplog.records] == [
        "newPet: the request differs from its documentation: Pet.id_: text is not what is documented"
    ]
    error = importlib.import_module("pets").RequestValidationError
    with pytest.raises(error, match=r"^newPet: id: Input should be a valid integer"):
        pets.parse_new_pet(b'{"id": "7"}', validate="strict")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'\xef\xbb\xbf\xef\xbb\xbf{"id": 1}', "not JSON"),
        ('{"id": 1}'.encode("utf-16"), "not JSON"),
        (b'{"id": 1} {"id": 2}', "not JSON"),
        (b'{"id": NaN}', "not JSON"),
        (b'{"id": 1, "new": -Infinity}', "not JSON"),
        (b'{"id": 1, "new": "\\ud800"}', "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"id": 1, "new": [1e999]}', "a number is larger than any that Python counts with"),
        (b'{"id": 1, "id": 2}', "an object has 'id' more than once"),
        (b'{"id": 1, "new": [{"a\\n": 1, "a\\n": 1}]}', "an object has 'a\\n' more than once"),
        ("\ud800", "not JSON"),
        (b"[" * 200, "nested deeper than 100 levels"),
        (b"[1]", "body: Input should be an object"),
        (b"null", "body: Input should be an object"),
    ],
)
def test_what_is_no_such_body_is_refused_in_one_line(pets: ModuleType, body: Any, told: str) -> None:
    with pytest.raises(importlib.import_module("pets").RequestValidationError) as caught:
        pets.parse_new_pet(body)
    assert str(caught.value) == f"newPet: {told}"


def test_an_event_that_nobody_documented_is_none_of_those_that_are(pets: ModuleType) -> None:
    assert type(pets.parse_event(b'{"type": "Sold", "price": 3}')).__name__ == "Sold"
    unknown = pets.parse_event(b'{"type": "Eaten", "by": "cat"}')
    assert (type(unknown).__name__, unknown.model_dump()) == ("UnknownMember", {"type": "Eaten", "by": "cat"})
    error = importlib.import_module("pets").RequestValidationError
    with pytest.raises(error, match=r"^event: unknown member: type is none of Born, Sold$"):
        pets.parse_event(b'{"type": "Eaten", "by": "cat"}', validate="strict")


@pytest.mark.parametrize("body", [None, 5, {"id": 1}, ["{}"]])
def test_what_is_no_body_at_all_is_an_error_of_the_program(pets: ModuleType, body: Any) -> None:
    with pytest.raises(TypeError, match="newPet: body is the bytes or the text of a request, not"):
        pets.parse_new_pet(body)


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_other_bytes_are_bytes(pets: ModuleType, kind: Any) -> None:
    assert pets.parse_new_pet(kind(b'{"id": 7}')).id_ == 7


def test_large_bodies_are_checked_in_parts(pets: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    many = [{"id": number} for number in range(30_000)]
    assert len(pets.parse_all(json.dumps(many), validate="strict")) == 30_000
    many[7]["id"] = "seven"  # type: ignore[assignment]
    with caplog.at_level(logging.WARNING):
        assert pets.parse_all(json.dumps(many))[7].id_ == "seven"
    assert len(caplog.records) == 1
    error = importlib.import_module("pets").RequestValidationError
    with pytest.raises(error, match=r"^pets put: Pet\.id_: text is not what is documented$"):
        pets.parse_all(json.dumps(many), validate="strict")
    with pytest.raises(error, match=r"^newPet: of another kind$"):
        pets.parse_new_pet(json.dumps(many))


def test_a_body_that_is_no_json_has_no_function() -> None:
    form = "{content: {application/x-www-form-urlencoded: {}}}"
    result = lowered(f"webhooks: {{a: {{post: {{requestBody: {form}, responses: {{'200': {{description: ok}}}}}}}}}}\n")
    assert result.api.webhooks == ()
    assert warnings(result.diagnostics) == [
        "warning: a.yaml:4: /webhooks/a/post: application/x-www-form-urlencoded has no function that reads it"
    ]


def test_the_reference_lists_the_functions() -> None:
    page = built(PETS, package="pets").texts["reference/shop-1.md"]
    assert "from pets.shop.v1 import webhooks\n" in page
    assert "| `parse_new_pet` | [`Pet`](#pet) | A pet is born. |" in page


def test_the_program_of_the_readme_answers_requests(pets: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    readme = built(PETS, package="pets").texts["README.md"]
    (program,) = (found for found in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "def receive(" in found)
    names: dict[str, Any] = {}
    exec(program, names)
    receive = names["receive"]

    def answer(request: Received) -> Answer:
        return Answer(receive(request.body))

    with loopback_function(answer) as server, httpx.Client(base_url=server.url) as service:
        bodies = [b'{"id": 7, "kind": "cat"}', b'{"id": 7, "id": 8}', b"[" * 500]
        assert [service.post("/", content=body).status_code for body in bodies] == [204, 400, 400]
    assert capsys.readouterr().out == (
        "7 cat\nrefused: newPet: an object has 'id' more than once\n" "refused: newPet: nested deeper than 100 levels\n"
    )


def test_a_document_without_them_has_no_such_module() -> None:
    texts = built(headed("")).texts
    assert "webhooks" not in texts["README.md"]
    assert not [path for path in texts if path.endswith("webhooks.py")]
    assert "What the service sends" not in texts["reference/shop-1.md"]

"""What one direction alone carries: what serves both has a twin for requests, and each demands what it carries."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from .client_room import BOTH, Answer, LoopbackServer, run
from .generation import built, headed, imported, warnings

OBJECT = "type: object, required: [id, pin, name]"
MEMBERS = "id: {type: integer, readOnly: true}, pin: {type: string, writeOnly: true}, name: {type: string}"
ACCOUNTS = headed(f"""
paths:
  /both: {{put: {{operationId: put, requestBody: {{content: {{application/json: {{schema:
    {{$ref: '#/components/schemas/Both'}}}}}}}}, responses: {{'200': {{description: ok, content:
    {{application/json: {{schema: {{$ref: '#/components/schemas/Both'}}}}}}}}}}}}}}
  /one: {{put: {{operationId: one, requestBody: {{content: {{application/json: {{schema:
    {{$ref: '#/components/schemas/Sent'}}}}}}}}, responses: {{'200': {{description: ok, content:
    {{application/json: {{schema: {{$ref: '#/components/schemas/Read'}}}}}}}}}}}}}}
components:
  schemas:
    Both: {{{OBJECT}, properties: {{{MEMBERS}}}}}
    Sent: {{{OBJECT}, properties: {{{MEMBERS}}}}}
    Read: {{{OBJECT}, properties: {{{MEMBERS}}}}}
    Unused: {{{OBJECT}, properties: {{{MEMBERS}}}}}
""")


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(ACCOUNTS, package="accounts")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("accounts"), "accounts") as package:
        yield package


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("Both", {"id_", "name"}),
        ("BothRequest", {"pin", "name"}),
        ("Sent", {"pin", "name"}),
        ("Read", {"id_", "name"}),
        ("Unused", {"name"}),
    ],
)
def test_what_a_model_demands(accounts: ModuleType, name: str, required: set[str]) -> None:
    fields = getattr(importlib.import_module(f"{accounts.__name__}.shop.v1.models"), name).model_fields
    assert {key for key, field in fields.items() if field.is_required()} == required


@BOTH
def test_what_was_read_can_be_sent_again(accounts: ModuleType, kind: str) -> None:
    with LoopbackServer(default=Answer(json={"id": 7, "name": "a"})) as server:

        def work(client: object) -> object:
            return client.put(pin="0000", name="a")  # type: ignore[attr-defined]

        settings = {"package": accounts, "credentials": None, "base_url": server.base_url}
        account = run(kind, "Shop", work, validate="strict", **settings)
        account.name = "b"
        run(kind, "Shop", lambda client: client.put(body=account), **settings)
        sent = [request.json() for request in server.requests]
    assert sent == [{"pin": "0000", "name": "a"}, {"name": "b"}]


@BOTH
def test_what_only_requests_carry_is_demanded_of_them(accounts: ModuleType, kind: str) -> None:
    settings = {"package": accounts, "credentials": None, "base_url": "http://127.0.0.1:1"}
    with pytest.raises(accounts.RequestValidationError, match="one: pin: Field required"):
        run(kind, "Shop", lambda client: client.one(body={"name": "a"}), **settings)


REFERRED = headed("""
paths:
  /notes: {put: {operationId: put, requestBody: {required: true, content: {application/json: {schema:
    {$ref: '#/components/schemas/Note'}}}}, responses: {'200': {description: ok, content: {application/json: {schema:
    {$ref: '#/components/schemas/Note'}}}}}}}
components:
  schemas:
    Note: {type: object, required: [made, pin, text], properties: {made: {$ref: '#/components/schemas/Made'},
      pin: {$ref: '#/components/schemas/Pin'}, text: {type: string}}}
    Made: {type: object, readOnly: true, properties: {by: {type: string}}}
    Pin: {type: string, writeOnly: true}
""")


def test_what_a_schema_says_of_its_direction_counts_where_it_is_referred_to(tmp_path: Path) -> None:
    with imported(built(REFERRED, package="notes").texts, tmp_path, "notes") as package:
        models = importlib.import_module(f"{package.__name__}.shop.v1.models")
        assert set(models.NoteRequest.model_fields) == {"pin", "text"}
        assert {key for key, field in models.Note.model_fields.items() if field.is_required()} == {"made", "text"}


CHOICES = headed("""
paths:
  /keys: {put: {operationId: put, requestBody: {required: true, content: {
    application/json: {schema: {$ref: '#/components/schemas/Key'}},
    application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Pin'}}}},
    responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}}}
components:
  schemas:
    Key: {oneOf: [{$ref: '#/components/schemas/Pin'}, {$ref: '#/components/schemas/Card'}],
      discriminator: {propertyName: kind, mapping: {pin: Pin, card: Card}}}
    Pin: {type: object, required: [id, kind, pin], properties: {id: {type: integer, readOnly: true}, kind: {const: pin},
      pin: {type: string, writeOnly: true}, spare: {$ref: '#/components/schemas/Card'}}}
    Card: {type: object, required: [id, kind], properties: {id: {type: integer, readOnly: true}, kind: {const: card}}}
""")


@BOTH
@pytest.mark.parametrize(
    ("options", "body"),
    [
        ({}, b'{"kind":"pin","spare":{"kind":"card"}}'),
        ({"content_type": "application/x-www-form-urlencoded"}, b"kind=pin&spare=%7B%22kind%22%3A%22card%22%7D"),
    ],
)
def test_a_member_of_a_choice_that_was_read_can_be_sent_again(
    tmp_path: Path, kind: str, options: dict[str, str], body: bytes
) -> None:
    key = {"id": 7, "kind": "pin", "spare": {"id": 8, "kind": "card"}}
    with (
        imported(built(CHOICES, package="keys").texts, tmp_path, "keys") as package,
        LoopbackServer(default=Answer(json=key)) as server,
    ):
        settings = {"package": package, "credentials": None, "base_url": server.base_url}
        read = run(kind, "Shop", lambda client: client.put(body={"kind": "card"}), **settings)
        run(kind, "Shop", lambda client: client.put(body=read, **options), **settings)
        sent = [request.body for request in server.requests]
    assert sent == [b'{"kind":"card"}', body]

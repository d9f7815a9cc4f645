"""What one direction alone carries: what serves both has a twin for requests, and each demands what it carries."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
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

"""What one direction alone carries: what serves both has a twin for requests, and each demands what it carries."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from .client_room import BOTH, Answer, LoopbackServer, run
from .generation import built, headed, imported, warnings
from .loopback import Answer as Done
from .loopback import json_answer, loopback

ROOT = Path(__file__).parent.parent

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
  /forms: {put: {operationId: fill, requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema:
    {oneOf: [{$ref: '#/components/schemas/Pin'}, {$ref: '#/components/schemas/Card'}]}}}},
    responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}}}
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


@BOTH
def test_what_was_read_fills_a_form_that_is_a_choice(tmp_path: Path, kind: str) -> None:
    with (
        imported(built(CHOICES, package="keys").texts, tmp_path, "keys") as package,
        LoopbackServer(default=Answer(json={"id": 7, "kind": "card"})) as server,
    ):
        settings = {"package": package, "credentials": None, "base_url": server.base_url}
        read = run(kind, "Shop", lambda client: client.put(body={"kind": "card"}), **settings)
        run(kind, "Shop", lambda client: client.fill(body=read), **settings)
        assert server.requests[-1].body == b"kind=card"


@BOTH
def test_what_no_member_of_a_choice_takes_is_told_by_the_names_of_models(tmp_path: Path, kind: str) -> None:
    with imported(built(CHOICES, package="keys").texts, tmp_path, "keys") as package:
        settings = {"package": package, "credentials": None, "base_url": "http://127.0.0.1:9"}
        with pytest.raises(package.RequestValidationError) as caught:
            run(kind, "Shop", lambda client: client.put(body={"id": 7}), **settings)
    assert str(caught.value) == (
        "put: PinRequest.kind: Field required; PinRequest.pin: Field required; PinRequest.id: Extra inputs are not "
        "permitted; CardRequest.kind: Field required; CardRequest.id: Extra inputs are not permitted"
    )


def test_a_circle_in_a_schema_of_both_directions_is_told_once() -> None:
    listed = "application/json: {schema: {$ref: '#/components/schemas/L'}}"
    made = built(headed(f"""
paths: {{/l: {{put: {{operationId: put, requestBody: {{content: {{{listed}}}}},
  responses: {{'200': {{description: ok, content: {{{listed}}}}}}}}}}}}}
components:
  schemas:
    L: {{type: array, items: {{oneOf: [{{$ref: '#/components/schemas/N'}}, {{$ref: '#/components/schemas/L'}}]}}}}
    N: {{type: object, properties: {{id: {{type: integer, readOnly: true}}}}}}
"""))
    (line,) = warnings(made.diagnostics)
    assert "L leads back to itself without an object in between" in line


NESTED = headed("""
paths:
  /carts/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getCart, responses: {'200': {description: ok, content: {application/json: {schema:
      {$ref: '#/components/schemas/Cart'}}}}}}
    put: {operationId: putCart, requestBody: {required: true, content: {application/json: {schema:
      {$ref: '#/components/schemas/Cart'}}}}, responses: {'204': {description: kept}}}
  /orders:
    post: {operationId: order, requestBody: {required: true, content: {application/json: {schema:
      {type: object, required: [lines], properties: {lines: {type: array, items: {$ref: '#/components/schemas/Line'}},
      first: {$ref: '#/components/schemas/Line'}, byName: {type: object, additionalProperties:
      {$ref: '#/components/schemas/Line'}}}}}}}, responses: {'204': {description: made}}}
  /lines:
    put: {operationId: putLines, requestBody: {required: true, content: {application/json: {schema:
      {type: array, items: {$ref: '#/components/schemas/Line'}}}}}, responses: {'204': {description: kept}}}
components:
  schemas:
    Cart: {type: object, required: [lines], properties: {id: {type: string, readOnly: true},
      lines: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Line'}},
      best: {$ref: '#/components/schemas/Line'}}}
    Line: {type: object, required: [id, what], properties: {id: {type: integer, readOnly: true}, what: {type: string}}}
""")
# Each call takes what was read where requests have models of their own; `made` are made for them.
RESENDING = """\
from carts import Shop
from carts.shop.v1.models import CartRequest, LineRequest


def send(client: Shop) -> None:
    read = client.get_cart("a")
    made = [LineRequest(what="new")]
    client.put_cart("a", body=read)
    client.put_cart("a", lines=read.lines, best=read.lines[0])
    client.put_cart("a", lines=made, best=made[0])
    client.put_cart("a", lines=[*read.lines, *made])
    client.put_cart("a", body=CartRequest(lines=read.lines, best=read.lines[0]))
    client.put_cart("a", body=CartRequest(lines=made))
    client.order(lines=read.lines, first=read.lines[0], by_name={"x": read.lines[0]})
    client.put_lines(body=read.lines)
"""
WRONG = """
    client.put_cart("a", lines=[read])
    client.order(lines=read.lines, first=read)
"""
OLD, NEW = {"what": "old"}, {"what": "new"}


@pytest.fixture(scope="module")
def carts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("carts")
    made = built(NESTED, package="carts")
    assert warnings(made.diagnostics) == []
    for name, text in made.texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "right.py").write_text(RESENDING, encoding="utf-8")
    (folder / "wrong.py").write_text(RESENDING + WRONG, encoding="utf-8")
    return folder


@BOTH
def test_what_was_read_within_something_is_sent_without_what_only_the_service_tells(carts: Path, kind: str) -> None:
    cart = {"id": "a", "lines": [{"id": 1, "what": "old"}]}
    lines = RESENDING.partition("def send")[2].splitlines()[3:]
    with (
        imported({}, carts, "carts") as package,
        loopback(json_answer(json.dumps(cart)), *[Done(204)] * len(lines)) as server,
    ):
        models = importlib.import_module("carts.shop.v1.models")
        settings = {"package": package, "credentials": None, "base_url": server.url}
        read = run(kind, "Shop", lambda client: client.get_cart("a"), **settings)
        names = {"read": read, "made": [models.LineRequest(what="new")], "CartRequest": models.CartRequest}
        for line in lines:
            code = compile(line.strip(), "right.py", "eval")
            run(kind, "Shop", lambda client, code=code: eval(code, {**names, "client": client}), **settings)
        sent = [json.loads(request.body) for request in server.received[1:]]
    assert sent == [
        {"lines": [OLD]},
        {"lines": [OLD], "best": OLD},
        {"lines": [NEW], "best": NEW},
        {"lines": [OLD, NEW]},
        {"lines": [OLD], "best": OLD},
        {"lines": [NEW]},
        {"lines": [OLD], "first": OLD, "byName": {"x": OLD}},
        [OLD],
    ]


def test_mypy_takes_what_was_read_and_nothing_else(carts: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--no-error-summary", "--cache-dir"]
    options = [str(ROOT / ".mypy_cache" / "consumer"), "right.py", "wrong.py"]
    result = subprocess.run([*command, *options], cwd=carts, capture_output=True, text=True, check=False)
    lines = [line.split(":")[:3] for line in result.stdout.splitlines() if " error:" in line]
    assert [(file, int(number)) for file, number, _ in lines] == [("wrong.py", 17), ("wrong.py", 18)], result.stdout


def test_basedpyright_takes_what_was_read_and_nothing_else(carts: Path) -> None:
    settings = {"include": ["right.py", "wrong.py", "carts/shop"], "typeCheckingMode": "standard"}
    (carts / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--project", str(carts)]
    result = subprocess.run([*command, "--pythonpath", sys.executable], capture_output=True, text=True, check=False)
    found = json.loads(result.stdout)["generalDiagnostics"]
    told = {(Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in found}
    assert told == {("wrong.py", 17), ("wrong.py", 18)}, found

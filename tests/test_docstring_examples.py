"""Docstrings' examples: each is run as it stands, in both clients, against a server on loopback."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import textwrap
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from .client_room import BOTH
from .generation import built, headed, imported
from .loopback import Answer, loopback

HOSTILE = r"""'"\""" # \ \u202e ${x} {{ y }} \N{BULLET}'"""
DOCUMENT = headed(r"""
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, required: true, schema: {type: integer, minimum: 5}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses: {'204': {description: none}}
    post:
      operationId: createPet
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: HOSTILE, note: quick}}
      responses: {'204': {description: made}}
  /pets/{pet_id}:
    parameters: [{name: pet_id, in: path, required: true, schema: {type: string}, example: "7"}]
    delete:
      operationId: deletePet
      responses:
        '204': {description: gone}
        '404': {description: No pet has this number any more. It was taken home by somebody who did not leave a name.}
        '409': {description: the pet sleeps}
  /photo:
    put:
      operationId: putPhoto
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: {'204': {description: kept}}
  /wide:
    post:
      operationId: wide
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [a, pet]
              properties: {a: {type: string, minLength: 300}, pet: {$ref: '#/components/schemas/Pet'}}
            example: {pet: {owner: {name: A name of so many words that no line has room for more}}}
      responses: {'204': {description: kept}}
components:
  schemas:
    Pet:
      type: object
      required: [name, owner]
      properties:
        name: {type: string}
        note: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner: {type: object, required: [name], properties: {name: {type: string}}}
""".replace("HOSTILE", HOSTILE))

LONG = "A name of so many words that no line has room for more"
# The method, and the request that its example makes.
EXAMPLES: list[tuple[str, str, str, Any]] = [
    ("list_pets", "GET", "/pets?limit=5", b""),
    (
        "create_pet",
        "POST",
        "/pets",
        {"name": HOSTILE[1:-1], "owner": {"name": "example"}, "note": "quick"},
    ),
    ("delete_pet", "DELETE", "/pets/7", b""),
    ("put_photo", "PUT", "/photo", b"..."),
    ("wide", "POST", "/wide", {"a": "a".ljust(300, "x"), "pet": {"name": "example", "owner": {"name": LONG}}}),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, tmp_path_factory.mktemp("examples")) as package:
        yield package


def client_class(shop: ModuleType, kind: str) -> Any:
    (name,) = (name for name in shop.__all__ if name == ("Shop" if kind == "sync" else "AsyncShop"))
    return getattr(shop, name)


def example(method: Any) -> str:
    _, _, shown = (inspect.getdoc(method) or "").partition("\nExample:\n")
    return textwrap.dedent(shown)


def execute(program: str, client: Any) -> None:
    code: CodeType = compile(program, "example", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    made = FunctionType(code, {"client": client})()
    assert (made is not None) == ("await " in program)
    if made is not None:
        asyncio.run(_closing(made, client))


async def _closing(made: Any, client: Any) -> None:
    async with client:
        await made


@BOTH
@pytest.mark.parametrize(("method", "verb", "target", "body"), EXAMPLES)
def test_an_example_is_a_call_that_works(
    kind: str, method: str, verb: str, target: str, body: Any, shop: ModuleType
) -> None:
    with loopback(Answer(204)) as server:
        client = client_class(shop, kind)(base_url=server.url)
        execute(example(getattr(client, method)), client)
        (request,) = server.received
    sent = request.body if isinstance(body, bytes) else json.loads(request.body)
    assert (request.method, request.target, sent) == (verb, target, body)
    if kind == "sync":
        client.close()


@BOTH
def test_a_wide_call_is_broken_into_lines(kind: str, shop: ModuleType) -> None:
    shown = example(client_class(shop, kind).wide)
    assert max(map(len, shown.splitlines())) < 100
    assert shown.splitlines()[:4] == [
        "from shopping.shop.v1.models import Owner, Pet",
        f"{'' if kind == 'sync' else 'await '}client.wide(",
        "    a=(",
        f'        "{"a".ljust(72, "x")}"',
    ]
    assert shown.splitlines()[-6:] == [
        "    ),",
        "    pet=Pet(",
        '        name="example",',
        f'        owner=Owner(name="{LONG}"),',
        "    ),",
        ")",
    ]


def test_errors_are_sentences_of_one_end_and_of_lines_further_in(shop: ModuleType) -> None:
    told = (inspect.getdoc(client_class(shop, "sync").delete_pet) or "").partition("Raises:\n")[2]
    assert told.partition("\n\n")[0].splitlines() == [
        "    NotFoundError: 404 No pet has this number any more. It was taken home by somebody who did",
        "        not leave a name.",
        "    ConflictError: 409 the pet sleeps.",
    ]

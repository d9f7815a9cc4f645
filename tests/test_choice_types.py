"""What type checkers know of choices: the members, the one that no document knows, and the answers of each status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .generation import built, headed, warnings

ROOT = Path(__file__).parents[1]
ZOO = headed("""
servers: [{url: 'https://zoo.example'}]
paths:
  /pets:
    get: {operationId: getPet, responses: {'200': {description: ok, content: {application/json: {schema:
      {$ref: '#/components/schemas/Pet'}}}}}}
    put:
      operationId: putPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200': {description: kept, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}
        '202': {description: later, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        '204': {description: nothing}
  /signs:
    get: {operationId: getSign, responses: {'200': {description: ok, content: {application/json: {schema:
      {$ref: '#/components/schemas/Sign'}}}}}}
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat:
      type: object
      required: [kind, name]
      properties: {kind: {const: cat}, name: {type: string}, lives: {type: integer}}
    Dog: {type: object, required: [kind, name], properties: {kind: {const: dog}, name: {type: string}}}
    Sign:
      oneOf: [{$ref: '#/components/schemas/Arrow'}, {$ref: '#/components/schemas/Board'}]
      discriminator: {propertyName: type}
    Arrow: {type: object, properties: {type: {type: string}, to: {type: string}}}
    Board: {type: object, properties: {type: {type: string}, says: {type: string}}}
""")
RIGHT = """\
from typing import assert_never

from zoo import UnknownMember
from zoo.shop.v1 import Shop
from zoo.shop.v1.models import Arrow, Board, Cat, Dog


def described(client: Shop) -> str:
    pet = client.get_pet()
    print(pet.name.upper(), pet.kind)
    match pet:
        case Cat():
            return f"{(pet.lives or 0) + 1}"
        case Dog(name=name):
            return name
        case UnknownMember():
            return str(pet.kind)
        case _:
            assert_never(pet)


def sent(client: Shop) -> str:
    answer = client.put_pet(body=UnknownMember(kind="bird"))
    if answer is None:
        return ""
    if isinstance(answer, list):
        return ", ".join(answer)
    client.put_pet(body=client.get_pet())
    client.put_pet(body={"kind": "cat", "name": "Tom"})
    return answer.name


def read(client: Shop) -> str:
    sign = client.get_sign()
    match sign:
        case Arrow():
            return sign.to or ""
        case Board():
            return sign.says or ""
        case _:
            assert_never(sign)
"""
TOLD = """\
from zoo.shop.v1 import Shop


def lives(client: Shop) -> int:
    pet = client.get_pet()
    if pet.kind == "cat":
        return pet.lives or 0
    return pet.lives
"""
WRONG = """\
from typing import assert_never

from zoo.shop.v1 import Shop
from zoo.shop.v1.models import Cat, Dog


def described(client: Shop) -> str:
    pet = client.get_pet()
    match pet:
        case Cat() | Dog():
            return pet.name
        case _:
            assert_never(pet)


def sent(client: Shop) -> str:
    return client.put_pet(body=Cat(kind="cat", name="Tom")).name


def listed(client: Shop) -> None:
    client.put_pet(body=["cat"])
"""


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zoo")
    made = built(ZOO, package="zoo")
    assert warnings(made.diagnostics) == []
    for name, text in {**made.texts, "right.py": RIGHT, "told.py": TOLD, "wrong.py": WRONG}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_mypy_knows_the_unknown_member_and_each_answer(zoo: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--no-error-summary", "--cache-dir"]
    options = [str(ROOT / ".mypy_cache" / "consumer"), "right.py", "wrong.py"]
    result = subprocess.run([*command, *options], cwd=zoo, capture_output=True, text=True, check=False)
    lines = [line.split(":")[:2] for line in result.stdout.splitlines() if " error:" in line]
    assert {(file, int(number)) for file, number in lines} == {
        ("wrong.py", 13),
        ("wrong.py", 17),
        ("wrong.py", 21),
    }, result.stdout


def test_basedpyright_knows_the_unknown_member_and_each_answer(zoo: Path) -> None:
    settings = {"include": ["right.py", "told.py", "wrong.py", "zoo/shop"], "typeCheckingMode": "standard"}
    (zoo / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--project", str(zoo)]
    result = subprocess.run([*command, "--pythonpath", sys.executable], capture_output=True, text=True, check=False)
    found = json.loads(result.stdout)["generalDiagnostics"]
    told = {(Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in found}
    # A value of the property that tells them apart tells the member: a dog has no lives.
    assert told == {("told.py", 8), ("wrong.py", 13), ("wrong.py", 17), ("wrong.py", 21)}, found

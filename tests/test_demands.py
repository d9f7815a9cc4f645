"""What goes together: a model refuses exactly those sets of fields that an independent validator refuses."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest
import yaml
from pydantic import ValidationError

from .generation import built, headed, imported

NAMES = ("a", "b", "c", "d")
DEMANDS = {
    "Any": "anyOf: [{required: [a]}, {required: [b, c]}]",
    "One": "oneOf: [{required: [a]}, {required: [b]}, {required: [c, d]}]",
    "Dependent": "dependentRequired: {a: [b, c], d: [a], c: []}",
    "Schemas": "dependentSchemas: {a: {required: [b], title: With a}}",
    "Not": "not: {required: [a, b]}",
    "None": "not: {anyOf: [{required: [a]}, {required: [b, c], description: Or both}]}",
    "Few": "minProperties: 1, maxProperties: 2",
    "Parts": "allOf: [{anyOf: [{required: [a]}, {required: [b]}]}, {not: {required: [c, d]}}, {maxProperties: 3}]",
    "Both": "anyOf: [{required: [a]}, {required: [b]}], oneOf: [{required: [c]}, {required: [d]}], minProperties: 3",
}
PROPERTIES = ", ".join(f"{name}: {{type: integer}}" for name in NAMES)
SCHEMAS = {name: f"{{type: object, properties: {{{PROPERTIES}}}, {said}}}" for name, said in DEMANDS.items()}
SENT = "\n".join(
    f"  /{name}: {{post: {{operationId: send{name}, requestBody: {{required: true, content: {{application/json: "
    f"{{schema: {{$ref: '#/components/schemas/{name}Things'}}}}}}}}, responses: {{'204': {{description: ok}}}}}}}}"
    for name in DEMANDS
)
LISTED = "\n".join(f"    {name}Things: {schema}" for name, schema in SCHEMAS.items())


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    texts = built(headed(f"paths:\n{SENT}\ncomponents:\n  schemas:\n{LISTED}\n"), package="demanding").texts
    with imported(texts, tmp_path_factory.mktemp("demanding"), "demanding"):
        yield importlib.import_module("demanding.shop.v1.models")


def is_taken(model: Any, fields: dict[str, int]) -> bool:
    try:
        model(**fields)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", DEMANDS)
def test_a_model_refuses_what_the_schema_refuses_and_nothing_else(models: ModuleType, name: str) -> None:
    oracle = jsonschema_rs.Draft202012Validator(yaml.safe_load(SCHEMAS[name]))
    sets = [dict.fromkeys(chosen, 1) for size in range(5) for chosen in combinations(NAMES, size)]
    taken = [fields for fields in sets if is_taken(getattr(models, f"{name}Things"), fields)]
    assert taken == [fields for fields in sets if oracle.is_valid(fields)]
    assert 0 < len(taken) < len(sets)


def test_a_service_may_answer_what_no_request_may_hold(models: ModuleType) -> None:
    assert models.OneThings.model_validate_json('{"a": 1, "b": 1}').model_dump(exclude_unset=True) == {"a": 1, "b": 1}


def test_either_of_two_where_one_has_the_other_within_is_any_of_both(tmp_path: Path) -> None:
    said = "{type: object, properties: {a: {}, b: {}}, oneOf: [{required: [a]}, {required: [a, b]}]}"
    document = headed(f"""
paths:
  /a:
    post:
      operationId: send
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
      responses: {{'204': {{description: ok}}}}
components: {{schemas: {{Thing: {said}}}}}
""")
    with imported(built(document, package="either").texts, tmp_path, "either"):
        thing = importlib.import_module("either.shop.v1.models").Thing
        assert [is_taken(thing, dict.fromkeys(names, 1)) for names in ("", "a", "b", "ab")] == [
            False,
            True,
            False,
            True,
        ]

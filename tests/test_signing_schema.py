"""The JSON Schema for editors: it takes every recipe, refuses what the reader refuses by form, and knows all words."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
import yaml

from apiscribe.errors import ApiscribeError
from apiscribe.signing import library
from apiscribe.signing.selections import SELECTION_KEYS, SORTS, SOURCES
from apiscribe.signing.words import BARE, LANGUAGES, TRANSFORMS

from .signing_room import ROOT, VECTORS, read

SIGNING = ROOT / "generator" / "apiscribe" / "signing"
SCHEMA = json.loads((SIGNING / "recipe.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)
FILES = [*sorted((SIGNING / "library").glob("*.yaml")), VECTORS / "recipe.yaml"]


def data(name: str) -> Any:
    return yaml.safe_load((SIGNING / "library" / f"{name}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_recipe_is_valid_as_written_and_as_data(path: Any) -> None:
    text = path.read_text("utf-8")
    assert [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))] == []
    assert [error.message for error in VALIDATOR.iter_errors(read(text).to_data())] == []


def test_the_other_two_forms_are_valid() -> None:
    VALIDATOR.validate({"use": "aws-sigv4", "options": {"service": "s3"}, "name": "own"})
    VALIDATOR.validate({"$ref": "recipes/own.yaml"})
    assert not VALIDATOR.is_valid({"use": "nothing"})


def test_the_schema_knows_the_words_of_the_language() -> None:
    defined = SCHEMA["$defs"]
    assert defined["recipe"]["properties"]["language"]["enum"] == list(LANGUAGES)
    assert defined["use"]["properties"]["use"]["enum"] == list(library.names())
    selection = defined["selection"]["properties"]
    assert set(selection) == {"name", "separator", *SELECTION_KEYS}
    assert selection["sort"]["enum"] == list(SORTS)
    assert defined["source"]["oneOf"][0]["enum"] == list(SOURCES)
    description = defined["template"]["description"]
    assert [word for word in (*BARE[2], *TRANSFORMS) if word not in description] == []


def without_name(recipe: Any) -> None:
    del recipe["name"]


MISTAKES: dict[str, Callable[[Any], Any]] = {
    "another version": lambda recipe: recipe.update(language=3),
    "no name": without_name,
    "an unknown key": lambda recipe: recipe.update(stepz=[]),
    "a name of other characters": lambda recipe: recipe.update(name="De mo"),
    "a flag that is text": lambda recipe: recipe["credentials"]["access_key_id"].update(secret="yes"),
    "a step without parts": lambda recipe: recipe["steps"].append({"name": "a", "parts": []}),
    "parts beside over": lambda recipe: recipe["steps"][0].update(parts=["x"]),
    "an unknown order": lambda recipe: recipe["steps"][0].update(sort="up"),
    "an unknown source": lambda recipe: recipe["steps"][0].update(over="cookies"),
    "an unknown condition": lambda recipe: recipe["emit"]["headers"].update(A={"when": "maybe", "value": "x"}),
    "a condition without value": lambda recipe: recipe["emit"]["headers"].update(A={"when": "body"}),
    "an option with two values": lambda recipe: recipe["options"].update(region={"value": "a", "default": "b"}),
    "an unknown policy": lambda recipe: recipe["policy"].update(attempts="reuse"),
    "nothing emitted": lambda recipe: recipe.update(emit={}),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_schema_refuses_what_the_reader_refuses(mistake: str) -> None:
    recipe = copy.deepcopy(data("aws-sigv4"))
    VALIDATOR.validate(recipe)
    MISTAKES[mistake](recipe)
    assert not VALIDATOR.is_valid(recipe)
    with pytest.raises(ApiscribeError):
        read(recipe)

"""The library: every recipe is whole, signs its vectors step by step, and its signature is accepted by a verifier."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.signing import compile_module, library

from .client_room import BOTH, run
from .signing_room import (
    ROOT,
    judge_of,
    read,
    recorded_steps,
    runtime,
    signed_of,
    signer,
    vector_of,
    verifier,
    wire_of,
)
from .test_client_signing import make_package

FOLDER = ROOT / "tests" / "vectors"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/request.json"))
loopback = runtime("stubs.loopback")
verifier_keys = runtime("stubs.recipe_keys")


def case_id(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def test_every_recipe_has_vectors_and_every_vector_its_recipe() -> None:
    assert sorted({case.parent.name for case in CASES}) == list(library.names())
    assert len(library.names()) >= 31


@pytest.mark.parametrize("name", library.names())
def test_a_recipe_says_what_it_is_and_reads_back(name: str) -> None:
    recipe = library.recipe(name)
    assert (recipe.name, recipe.language) == (name, 2)
    assert recipe.title
    assert recipe.source.startswith("https://")
    assert read(recipe.to_data()).to_data() == recipe.to_data()


@pytest.mark.parametrize("folder", CASES, ids=case_id)
def test_a_vector_stage_by_stage(folder: Path) -> None:
    recipe, vector = library.recipe(folder.parent.name), vector_of(folder)
    signed, steps = signed_of(recipe, vector, signer(recipe, explain=True))
    values = {name: value.encode() if isinstance(value, str) else value for name, value in steps}
    for number, name in enumerate(recorded_steps(recipe), 1):
        assert (name, values[name]) == (name, (folder / f"{number:02}-{name}").read_bytes())
    for name, text in vector.published.items():
        assert values[name].decode() == text
    assert judge_of(recipe, vector).verify(wire_of(vector, signed), vector.timestamp / 1000) is None


@pytest.mark.parametrize("folder", CASES, ids=case_id)
def test_explaining_changes_nothing(folder: Path) -> None:
    recipe, vector = library.recipe(folder.parent.name), vector_of(folder)
    one, (other, _) = signed_of(recipe, vector, signer(recipe)), signed_of(recipe, vector, signer(recipe, explain=True))
    if len(recorded_steps(recipe)) == len(recorded_steps_with_chance(recipe)):
        assert one == other
    assert [name for name, _ in (*one.headers, *one.query)] == [name for name, _ in (*other.headers, *other.query)]


def recorded_steps_with_chance(recipe: Any) -> list[str]:
    keys = {item.key.name for piece in recipe.expressions() for item in piece.transforms if item.key is not None}
    return [step.name for step in recipe.steps if step.name not in keys]


CHANGES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "another method": lambda wire: {"method": "PATCH"},
    "another path": lambda wire: {"target": wire.target.replace("/v1/things", "/v1/other")},
    "another query": lambda wire: {"target": wire.target + ("&" if "?" in wire.target else "?") + "added=1"},
    "another body": lambda wire: {"body": b"other"},
}
# What a scheme leaves unsigned by its own design.
UNSIGNED = {
    "another method": ("cloudstack", "binance", "kraken"),
    "another path": ("alibaba-rpc-v1", "cloudstack", "binance"),
    "another query": ("kraken",),
    "another body": (
        *("samsungcloud-v2", "samsungcloud-cmp", "naver-v2", "coupang", "alibaba-rpc-v1", "cloudstack"),
        *("aws-sigv4-s3-query", "oauth1-hmac-sha1", "oauth1-hmac-sha256"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", library.names())
def test_a_changed_request_is_refused(name: str, change: str) -> None:
    recipe, vector = library.recipe(name), vector_of(FOLDER / name / "post-body")
    wire = wire_of(vector, signed_of(recipe, vector, signer(recipe)))
    changed = replace(wire, **CHANGES[change](wire))
    problem = judge_of(recipe, vector).verify(changed, vector.timestamp / 1000)
    assert (problem is None) == (name in UNSIGNED[change])


USES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "aws-sigv4": ({"options": {"service": "things"}}, {"region": "eu-west-1"}),
    "aws-sigv4-query": ({"options": {"service": "things"}}, {"region": "eu-west-1"}),
    "rfc9421-ed25519": ({"name": "own-name"}, {}),
    "oauth1-hmac-sha1": ({}, {}),
    "binance": ({}, {}),
}


def document(signing: dict[str, Any]) -> str:
    operation = {
        "operationId": "SendThing",
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
        "responses": {"204": {"description": "Done."}},
    }
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Things", "version": "1.0"},
            "servers": [{"url": "https://things.example.com"}],
            "security": [{"signed": []}],
            "paths": {"/v1/things": {"put": operation}},
            "components": {"securitySchemes": {"signed": {"type": "http", "scheme": "signed", "x-signing": signing}}},
        }
    )


@BOTH
@pytest.mark.parametrize("name", USES)
def test_a_document_uses_the_library(kind: str, name: str, tmp_path: Path) -> None:
    use, options = USES[name]
    package = make_package(tmp_path, f"uses_{name.replace('-', '_')}_{kind}", document({"use": name, **use}))
    recipe = library.recipe(name)
    keys = {"private_key": verifier_keys.private_key("ed25519")}
    known = {field.name: keys.get(field.name, f"an-{field.name}") for field in recipe.credentials}
    fixed = {**use.get("options", {}), **options}
    with loopback.LoopbackServer(
        verifiers=verifier.verifiers_of([recipe.to_data()], known, fixed), default=loopback.Answer(status=204)
    ) as server:
        run(
            kind,
            "Things",
            lambda client: client.send_thing(q="한글 a+b", body={"name": "x"}),
            package=package,
            base_url=server.base_url,
            credentials=package.Credentials(**known),
            **options,
        )
    (received,) = server.requests
    assert received.problem is None


def test_a_missing_option_is_told(tmp_path: Path) -> None:
    package = make_package(tmp_path, "uses_no_region", document({"use": "aws-sigv4"}))
    known = package.Credentials(access_key_id="a", secret_access_key="s")
    with pytest.raises(package.ConfigurationError, match=r"region is missing, and requests are signed with it"):
        package.Things(credentials=known, service="things")


WRONG_USES = {
    "a name that is none": ({"use": "aws-sigv5"}, "the library has no recipe 'aws-sigv5'; did you mean 'aws-sigv4'?"),
    "another key": ({"use": "hawk", "steps": []}, "unknown key 'steps' in a recipe of the library"),
    "an option it has not": ({"use": "hawk", "options": {"a": "b"}}, "hawk has no option 'a'; it has none"),
    "a wrong name": ({"use": "hawk", "name": "A B"}, "not a name for a recipe: 'A B'"),
}


@pytest.mark.parametrize(("signing", "message"), WRONG_USES.values(), ids=WRONG_USES)
def test_a_wrong_use_is_located(signing: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(ApiscribeError) as caught:
        make_package(tmp_path, "wrong_use", document(signing))
    (found,) = caught.value.diagnostics
    assert message in found.message
    assert (found.origin.pointer or "").startswith("/components/securitySchemes/signed/x-signing")


def test_an_asymmetric_recipe_says_so() -> None:
    assert [name for name in library.names() if compile_module(library.recipe(name)).is_asymmetric] == [
        "cavage-rsa-sha256", "rfc9421-ecdsa-p256-sha256", "rfc9421-ed25519", "rfc9421-rsa-pss-sha512",
    ]  # fmt: skip

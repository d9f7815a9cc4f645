"""The signing room: the golden vectors, through the compiled function and through the verifier apart from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from apiscribe.capture.profiles.samsungcloud.signing import RECIPE as RECIPE_DATA

from .signing_room import VECTORS, WireRequest, credentials, first_recipe, read, signer, verifier

RECIPE = first_recipe()
SIGN = signer(RECIPE)
FILES = sorted(VECTORS.glob("*.json"))


def test_there_are_seven_vectors() -> None:
    assert len(FILES) == 7


def test_captured_documents_hold_this_recipe_and_these_vectors() -> None:
    captured = read(json.dumps(RECIPE_DATA))
    vectors = [json.loads(file.read_text("utf-8")) for file in FILES]
    assert replace(captured, vectors=()) == RECIPE
    assert [(vector.method, vector.url, vector.timestamp) for vector in captured.vectors] == [
        (vector["method"], vector["url"], vector["timestamp"]) for vector in vectors
    ]
    assert [dict(vector.expected)["signature"] for vector in captured.vectors] == [
        vector["signature"] for vector in vectors
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_compiled_function_gives_the_signature(file: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))
    signed = SIGN(
        vector["method"], vector["url"], {}, b"", credentials(RECIPE, vector["credentials"]), vector["timestamp"] / 1000
    )
    assert signed.headers == (
        ("Scp-Accesskey", vector["credentials"]["access_key"]),
        ("Scp-Signature", vector["signature"]),
        ("Scp-Timestamp", str(vector["timestamp"])),
        ("Scp-ClientType", "Openapi"),
    )
    assert signed.query == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_verifier_computes_and_accepts_the_signature(file: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))
    address = urlsplit(vector["url"])
    target = address.path + (f"?{address.query}" if address.query else "")
    request = WireRequest(
        method=vector["method"],
        target=target,
        scheme=address.scheme,
        headers=(
            ("Host", address.netloc),
            ("scp-accesskey", vector["credentials"]["access_key"]),
            ("scp-signature", vector["signature"]),
            ("scp-timestamp", str(vector["timestamp"])),
            ("scp-clienttype", "Openapi"),
        ),
    )
    judge = verifier.RecipeVerifier(RECIPE.to_data(), vector["credentials"])
    values = judge.values(request, vector["timestamp"])
    assert values["signature"] == vector["signature"].encode()
    assert values["message"].decode() == vector.get("message", values["message"].decode())
    assert judge.verify(request, vector["timestamp"] / 1000) is None

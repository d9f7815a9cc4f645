"""The signing room: API keys, bearer tokens and passwords are recipes that sign nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apiscribe import signing
from apiscribe.document.load import load
from apiscribe.errors import ApiscribeError

from .signing_room import WireRequest, credentials, first_recipe, read, signer, verifier

SPELLED = {"where": "in", "x_signing": "x-signing"}


def scheme(title: str, /, *, qualified: bool = False, **fields: object) -> signing.Recipe:
    data = {SPELLED.get(key, key): value for key, value in fields.items()}
    node = load(json.dumps(data).encode(), file="api.json").root
    return signing.read_scheme(title, node, names={"api_key": title.lower()} if qualified else {})


HEADER = scheme("ApiKeyAuth", type="apiKey", name="X-API-Key", where="header")
QUERY = scheme("key", type="apiKey", name="api key&", where="query")
COOKIE = scheme("session", type="apiKey", name="SID", where="cookie")
BEARER = scheme("bearerAuth", type="http", scheme="Bearer")
BASIC = scheme("basic", type="http", scheme="basic")
OAUTH = scheme("login", type="oauth2", flows={})
APART = scheme("api_key_auth", type="apiKey", name="K", qualified=True, where="header")


@pytest.mark.parametrize(
    ("recipe", "known", "headers", "query"),
    [
        (HEADER, {"api_key": "k1"}, (("X-API-Key", "k1"),), ()),
        (QUERY, {"api_key": "k1"}, (), (("api key&", "k1"),)),
        (COOKIE, {"api_key": "k1"}, (("Cookie", "SID=k1"),), ()),
        (BEARER, {"token": "t1"}, (("Authorization", "Bearer t1"),), ()),
        (BASIC, {"username": "Aladdin", "password": "open sesame"},
         (("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),), ()),
        (OAUTH, {"token": "t1"}, (("Authorization", "Bearer t1"),), ()),
        (APART, {"api_key_auth": "k1"}, (("K", "k1"),), ()),
    ],
)  # fmt: skip
def test_what_a_static_scheme_sends(recipe: signing.Recipe, known: dict[str, str], headers: Any, query: Any) -> None:
    signed = signer(recipe)("GET", "http://h/", {}, b"", credentials(recipe, known), 1.0)
    assert signed == (headers, query, ())
    target = "/?api+key%26=k1" if query else "/"
    request = WireRequest(method="GET", target=target, headers=(("Host", "h"), *headers))
    judge = verifier.RecipeVerifier(recipe.to_data(), known)
    assert judge.verify(request, 1.0) is None
    assert judge.verify(request, 1.0) is None  # without a timestamp nothing is a replay
    bare = WireRequest(method="GET", target="/", headers=(("Host", "h"),))
    assert judge.verify(bare, 1.0).endswith(" is missing")
    assert read(recipe.to_data()) == recipe


def test_the_secrets_of_static_schemes() -> None:
    fields = [(item.name, item.secret) for recipe in (HEADER, BEARER, BASIC) for item in recipe.credentials]
    assert fields == [("api_key", True), ("token", True), ("username", False), ("password", True)]


def test_long_names_still_make_functions() -> None:
    recipe = scheme("Scheme" * 30, type="http", scheme="bearer", qualified=True)
    assert len(signing.compile_module(recipe).function) <= 80
    assert len(recipe.credentials[0].name) <= 80


def test_a_recipe_on_a_scheme_comes_first() -> None:
    recipe = scheme("s", type="apiKey", name="X", where="header", x_signing=first_recipe().to_data())
    assert recipe == first_recipe()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"type": "http", "scheme": "digest"}, "type 'http digest' is not supported without x-signing"),
        ({"type": "mutualTLS"}, "type 'mutualTLS' is not supported"),
        ({"type": "apiKey", "where": "header", "name": "a b"}, "not a name for a header: 'a b'"),
        ({"type": "apiKey", "where": "header", "name": "Host"}, "not a name for a header: 'Host'"),
        ({"type": "apiKey", "where": "cookie", "name": "a;b"}, "not a name for a cookie: 'a;b'"),
        ({"type": "apiKey", "where": "query", "name": ""}, "not a name for a query parameter: ''"),
        (
            {"type": "apiKey", "where": "body", "name": "x"},
            "an API key is in a header, the query or a cookie, not 'body'",
        ),
        ({}, "type '' is not supported"),
    ],
)
def test_schemes_that_cannot_be_expressed(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiscribeError, match=r"api\.json:1") as caught:
        scheme("s", **data)
    assert message in str(caught.value)

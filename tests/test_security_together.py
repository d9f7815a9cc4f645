"""Recipes that one request needs together: each signs what the others added, or the document is refused."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError, line_of

from .generation import imported
from .loopback import Received
from .test_security_schemes import KINDS, built, called
from .test_stubs import generate, run_stubs

RECIPE = """\
    {name}:
      type: apiKey
      in: header
      name: X-{name}
      x-signing:
        language: 1
        name: {lower}
        credentials: {{{lower}_key: {{secret: true}}}}
        steps:
          - {{name: message, separator: "\\n", parts: ["{{method}}", {signed}, "{{timestamp(unix-ms)}}"]}}
          - {{name: proof, parts: ["{{message | hmac(sha256, credential.{lower}_key) | hex}}"]}}
        emit: {{{emitted}}}
"""
NONE = '{"204": {description: ok}}'
HEADERS = 'headers: {{X-{name}: "{{proof}}", X-{name}-Time: "{{timestamp(unix-ms)}}"}}'
QUERY = 'query: {{{name}: "{{proof}}", {name}-time: "{{timestamp(unix-ms)}}"}}'
SAME = 'headers: {{X-Same: "{{proof}}", X-{name}-Time: "{{timestamp(unix-ms)}}"}}'


def recipe(name: str, signed: str, emitted: str = HEADERS) -> str:
    return RECIPE.format(name=name, lower=name.lower(), signed=signed, emitted=emitted.format(name=name))


def document(*recipes: str) -> str:
    return f"""\
openapi: 3.1.0
info: {{title: Shop, version: "1"}}
servers: [{{url: "https://shop.example.com"}}]
security: [{{Outer: [], Inner: []}}]
paths:
  /two:
    post:
      operationId: sendTwo
      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}
      responses: {{"204": {{description: ok}}}}
  /only: {{get: {{operationId: getOnly, security: [{{Inner: []}}], responses: {{"204": {{description: ok}}}}}}}}
  /key: {{get: {{operationId: getKey, security: [{{Inner: [], Key: []}}], responses: {{"204": {{description: ok}}}}}}}}
  /user: {{get: {{operationId: getUser, security: [{{Inner: [], User: []}}], responses: {NONE}}}}}
  /token: {{get: {{operationId: getToken, security: [{{Inner: [], Token: []}}], responses: {NONE}}}}}
  /maybe: {{get: {{operationId: getMaybe, security: [{{}}, {{Outer: [], Inner: []}}], responses: {NONE}}}}}
  /open: {{get: {{operationId: getOpen, security: [], responses: {{"204": {{description: ok}}}}}}}}
components:
  securitySchemes:
    Key: {{type: apiKey, in: query, name: key}}
    User: {{type: http, scheme: basic}}
    Token: {{type: http, scheme: bearer}}
{"".join(recipes)}"""


# Inner stands first and signs the address, to which Outer adds: it has to be applied after it.
CROSSED = document(
    recipe("Inner", '"{url}", "{body | hash(sha256) | hex}", "{headers[authorization]}"'),
    recipe("Outer", '"{path}"', QUERY),
)
ALL = {
    "inner_key": "inner-1", "outer_key": "outer-2", "api_key": "key-3",
    "username": "user", "password": "pass-4", "token": "token-5",
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(CROSSED)
    assert made.diagnostics == ()
    with imported(made.texts, tmp_path_factory.mktemp("imported"), "shop") as module:
        yield module


def verdict(package: ModuleType, request: Received, scheme: str, **given: str) -> bool:
    url = f"http://{request.header('Host')}{request.target}"
    verifier: Any = importlib.import_module("shop.testing").verifier(
        [package.Credentials(**{"inner_key": "unused", **given})], scheme=scheme
    )
    return bool(verifier.verify(request.method, url, request.headers, request.body))


@KINDS
@pytest.mark.parametrize(
    ("method", "schemes"),
    [
        ("send_two", {"outer": ["outer_key"], "inner": ["inner_key"]}),
        ("get_only", {"inner": ["inner_key"]}),
        ("get_key", {"inner": ["inner_key"], "key": ["api_key"]}),
        ("get_user", {"inner": ["inner_key"], "user": ["username", "password"]}),
        ("get_token", {"inner": ["inner_key"], "token": ["token"]}),
        ("get_maybe", {"outer": ["outer_key"], "inner": ["inner_key"]}),
    ],
)
def test_every_scheme_of_a_request_holds(
    package: ModuleType, kind: str, method: str, schemes: dict[str, list[str]]
) -> None:
    request = called(package, kind, "Shop", method, package.Credentials(**ALL))
    for scheme, names in schemes.items():
        known = {name: ALL[name] for name in names}
        assert verdict(package, request, scheme, **known)
        assert not verdict(package, request, scheme, **{name: f"{text}-wrong" for name, text in known.items()})
    assert ("X-Inner" in dict(request.headers), "Outer=" in request.target) == ("inner" in schemes, "outer" in schemes)


@KINDS
@pytest.mark.parametrize("method", ["get_open", "get_maybe"])
def test_nothing_is_sent_where_nothing_is_needed(package: ModuleType, kind: str, method: str) -> None:
    given = ALL if method == "get_open" else {"inner_key": "inner-1"}  # of two that are needed one is not enough
    request = called(package, kind, "Shop", method, package.Credentials(**given))
    assert [name for name, _ in request.headers if name.startswith(("X-", "Authorization"))] == []
    assert "?" not in request.target


@KINDS
def test_half_of_what_is_needed_is_not_enough(package: ModuleType, kind: str) -> None:
    with pytest.raises(package.CredentialsError, match=r"sendTwo|send_two: no credentials for it: give outer_key"):
        called(package, kind, "Shop", "send_two", package.Credentials(inner_key="inner-1"))


def test_their_stubs_run_as_they_stand(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, CROSSED))
    assert code == 0, printed


@KINDS
@pytest.mark.parametrize("chosen", ["names: [page]", "except: [Inner, Inner-time, Outer, Outer-time]"])
def test_parameters_that_no_recipe_signs_do_not_matter(tmp_path: Path, kind: str, chosen: str) -> None:
    step = f'steps:\n          - {{name: pairs, over: query, {chosen}, separator: "&"}}'
    recipes = [recipe(name, '"{path}", "{pairs}"', QUERY).replace("steps:", step) for name in ("Inner", "Outer")]
    recipes = [text.replace("language: 1", "language: 2") for text in recipes]
    with imported(built(document(*recipes)).texts, tmp_path, "shop") as package:
        request = called(package, kind, "Shop", "send_two", package.Credentials(**ALL))
        for scheme in ("inner", "outer"):
            assert verdict(package, request, scheme, **{f"{scheme}_key": ALL[f"{scheme}_key"]})
            assert not verdict(package, request, scheme, **{f"{scheme}_key": "wrong"})


@pytest.mark.parametrize(
    ("recipes", "problem"),
    [
        (
            [recipe("Inner", '"{url}"', QUERY), recipe("Outer", '"{url}"', QUERY)],
            "Outer and Inner cannot be sent together, since each signs what the other adds to the request: let one of "
            "their recipes leave that out",
        ),
        (
            [recipe("Inner", '"{path}", "{headers[x-outer]}"'), recipe("Outer", '"{path}", "{headers[X-Inner]}"')],
            "Outer and Inner cannot be sent together, since each signs what the other adds to the request: let one of "
            "their recipes leave that out",
        ),
        (
            [recipe("Inner", '"{path}"', SAME), recipe("Outer", '"{path}"', SAME)],
            "Outer and Inner cannot be sent together, both are the header x-same: give them other names in their "
            "recipes, or make them alternatives",
        ),
    ],
    ids=["query", "headers", "same header"],
)
def test_what_cannot_be_in_one_request_is_refused_with_its_place(recipes: list[str], problem: str) -> None:
    with pytest.raises(ApiscribeError) as caught:
        built(document(*recipes))
    assert [line_of(found) for found in caught.value.diagnostics] == [f"error: 0.yaml:7: /paths/~1two/post: {problem}"]

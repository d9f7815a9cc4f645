"""Documents with OAuth 2.0, OpenID Connect and digest to packages: stubs run, clients fetch tokens by themselves."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from apiscribe.errors import line_of

from .generation import imported
from .loopback import Answer, Received, json_answer, loopback_function
from .test_security_schemes import built, call
from .test_stubs import generate, run_stubs

OPERATION = '{{operationId: {name}, security: [{security}], responses: {{"204": {{description: ok}}}}}}'
SCHEMES = {
    "Machine": "{type: oauth2, flows: {clientCredentials: {tokenUrl: /login/token, scopes: {read: reads}}}}",
    "Person": "{type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://login.example.com/', "
    "tokenUrl: 'https://login.example.com/token', scopes: {}}, implicit: {authorizationUrl: 'https://a.example.com/', "
    "scopes: {}}}}",
    "Old": "{type: oauth2, flows: {password: {tokenUrl: 'https://login.example.com/old', scopes: {}}}}",
    "Discovered": "{type: openIdConnect, openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration'}",
    "Proof": "{type: http, scheme: digest}",
    "Browser": "{type: oauth2, flows: {implicit: {authorizationUrl: 'https://a.example.com/', scopes: {}}}}",
}


def document(*names: str, **others: str) -> str:
    schemes = {**{name: SCHEMES[name] for name in names}, **others}
    paths = (
        f"  /{name.lower()}: {{get: {OPERATION.format(name=f'get_{name.lower()}', security=f'{{{name}: [read]}}')}}}\n"
        for name in schemes
    )
    listed = (f"    {name}: {text}\n" for name, text in schemes.items())
    head = 'openapi: 3.1.0\ninfo: {title: Shop, version: "1", x-service: shop}\nservers: [{url: "https://shop.example.com"}]\n'
    return f"{head}paths:\n{''.join(paths)}components:\n  securitySchemes:\n{''.join(listed)}"


@pytest.mark.parametrize("names", [[name] for name in SCHEMES] + [list(SCHEMES)], ids=",".join)
def test_their_stubs_run_as_they_stand(names: list[str], tmp_path: Path) -> None:
    assert built(document(*names)).diagnostics == ()
    code, printed = run_stubs(generate(tmp_path, document(*names)))
    assert code == 0, printed


def test_a_token_is_not_fetched_where_anybody_can_read_along() -> None:
    plain = "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'http://login.example.com/t', scopes: {}}}}"
    assert [line_of(found) for found in built(document(Plain=plain)).diagnostics] == [
        "warning: 0.yaml:8: /components/securitySchemes/Plain: no token is fetched by the flow clientCredentials: "
        "its tokenUrl is http://, which is not encrypted"
    ]


@pytest.fixture(scope="module", params=[["Machine"], ["Machine", "Discovered", "Proof"]], ids=["one", "several"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    texts = built(document(*request.param)).texts
    with imported(texts, tmp_path_factory.mktemp("imported"), "shop") as made:
        yield made


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_client_fetches_its_token_from_beside_the_service(
    package: ModuleType, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = [field.name for field in importlib.import_module("shop._signing").Credentials.fields]
    names = ("machine_client_id", "machine_client_secret") if "machine_client_id" in fields else fields[1:3]
    for name, value in zip(names, ("my-client", "my-secret"), strict=True):
        monkeypatch.setenv(f"SHOP_{name.upper()}", value)

    def answer(request: Received) -> Answer:
        if request.target == "/v1/login/token":
            return json_answer("{}", 404)
        if request.target == "/login/token":
            return json_answer(json.dumps({"access_token": "token-1", "token_type": "bearer"}))
        return Answer(204 if request.header("Authorization") == "Bearer token-1" else 401)

    with loopback_function(answer) as server:
        call(package, kind, "Shop", "get_machine", base_url=server.url)
        assert [request.target for request in server.received] == ["/login/token", "/machine"]
        assert b"scope=read" in server.received[0].body


def test_logins_are_offered_where_a_person_may_log_in() -> None:
    exported = {name: '"AuthorizationCode"' in built(document(name)).texts["shop/__init__.py"] for name in SCHEMES}
    wanted = {"Person", "Discovered"}
    assert {name for name, is_there in exported.items() if is_there} == wanted

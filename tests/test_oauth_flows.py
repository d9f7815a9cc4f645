"""OAuth 2.0 flows of a generated package: authlib's server judges every request, authlib's client sends the like."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from .generation import built, imported
from .loopback import Answer, Loopback, Received, json_answer, loopback_function
from .oauth_authority import BACK, App, Server, browser

DOCUMENT = """\
openapi: 3.2.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
paths:
  /thing: {get: {operationId: getThing, security: [{Login: [read, admin]}], responses: {"204": {description: ok}}}}
components:
  securitySchemes:
    Login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: /machines/token, scopes: {read: reads}}
        authorizationCode:
          authorizationUrl: /people/authorize
          tokenUrl: /people/token
          refreshUrl: /people/refresh
          scopes: {read: reads, admin: is in charge}
        deviceAuthorization:
          deviceAuthorizationUrl: /tv/device
          tokenUrl: /tv/token
          scopes: {read: reads}
"""
KINDS = pytest.mark.parametrize("kind", ["sync", "async"])
BASIC = App("my-app", "my-secret", "client_secret_basic")
POST = App("my-app", "my-secret", "client_secret_post")
PUBLIC = App("my-app", "", "none")
APPS = pytest.mark.parametrize("app", [BASIC, POST, PUBLIC], ids=["basic", "post", "public"])


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT, package="shop").texts, tmp_path_factory.mktemp("imported"), "shop") as made:
        yield made


class Client:
    """A generated client of either kind; `run` gives what a method gives, awaited where it has to be."""

    def __init__(self, made: Any, runner: asyncio.Runner | None) -> None:
        self.made, self._runner = made, runner

    def run(self, given: Any) -> Any:
        async def wait() -> Any:
            return await given

        return given if self._runner is None else self._runner.run(wait())


@contextmanager
def opened(package: ModuleType, kind: str, **settings: Any) -> Iterator[Client]:
    if kind == "sync":
        with package.Shop(**settings) as made:
            yield Client(made, None)
        return
    with asyncio.Runner() as runner:
        client = Client(package.AsyncShop(**settings), runner)
        try:
            yield client
        finally:
            client.run(client.made.aclose())


@contextmanager
def authority(app: App) -> Iterator[tuple[Server, Loopback]]:
    judge = Server(app)
    with loopback_function(judge) as server:
        yield judge, server


def targets(server: Loopback) -> list[str]:
    return [urlsplit(request.target).path for request in server.received]


def form(request: Received) -> dict[str, str]:
    return dict(parse_qsl(request.body.decode(), strict_parsing=True))


@KINDS
@pytest.mark.parametrize("app", [BASIC, POST], ids=["basic", "post"])
def test_a_machine_asks_where_its_flow_has_tokens(package: ModuleType, kind: str, app: App) -> None:
    with authority(app) as (_, server):
        credentials = package.Credentials(client_id=app.id_, client_secret=app.secret)
        with opened(package, kind, base_url=server.url, credentials=credentials) as client:
            client.run(client.made.get_thing())
        asked = [request for request in server.received if request.target == "/machines/token"]
        assert set(targets(server)) == {"/machines/token", "/thing"}
    assert len(asked) == (1 if app is BASIC else 2)  # the second has the secret in its body
    assert form(asked[-1])["scope"] == "read"  # admin is a scope of people alone


@KINDS
@APPS
def test_a_person_with_a_browser(package: ModuleType, kind: str, app: App) -> None:
    with authority(app) as (judge, server):
        login = package.AuthorizationCode(
            client_id=app.id_, client_secret=app.secret or None, redirect_uri=BACK, scopes=["read"]
        )
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            address = client.run(login.begin(client.made))
            client.run(login.finish(client.made, browser(judge)(address)))
            client.run(client.made.get_thing())
            judge.state.access.clear()  # revoked, well before its time
            client.run(client.made.get_thing())
            judge.state.access.clear()
            client.run(client.made.get_thing())
        assert set(targets(server)) == {"/people/token", "/people/refresh", "/thing"}
        renewed = [form(request)["refresh_token"] for request in server.received if request.target == "/people/refresh"]
    assert len(renewed) == len(set(renewed)) + (app is POST)  # each token of the server's is good once


@KINDS
@APPS
def test_a_person_with_another_device(package: ModuleType, kind: str, app: App) -> None:
    with authority(app) as (judge, server):
        login = package.DeviceAuthorization(
            client_id=app.id_,
            client_secret=app.secret or None,
            scopes=["read"],
            prompt=lambda told: judge.state.approved.update({told.user_code: True}),
        )
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            _be_quick(client, kind)
            client.run(login.login(client.made))
            client.run(client.made.get_thing())
            judge.state.access.clear()
            client.run(client.made.get_thing())
        assert set(targets(server)) == {"/tv/device", "/tv/token", "/thing"}


@KINDS
@pytest.mark.parametrize("broken", [Answer(drop=True), Answer(raw=b"nonsense\r\n\r\n")], ids=["closed", "malformed"])
def test_a_device_asks_on_where_a_connection_breaks(package: ModuleType, kind: str, broken: Answer) -> None:
    judge, fails = Server(PUBLIC), [broken]

    def answer(request: Received) -> Answer:
        return fails.pop() if fails and request.target == "/tv/token" else judge(request)

    with loopback_function(answer) as server:
        login = package.DeviceAuthorization(
            client_id="my-app", prompt=lambda told: judge.state.approved.update({told.user_code: True})
        )
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            slept = _be_quick(client, kind)
            client.run(login.login(client.made))
            client.run(client.made.get_thing())
    assert slept == [5.0, 10.0]


@KINDS
def test_a_refusal_of_a_person_is_told(package: ModuleType, kind: str) -> None:
    with authority(PUBLIC) as (judge, server):
        login = package.DeviceAuthorization(
            client_id="my-app", prompt=lambda told: judge.state.approved.update({told.user_code: False})
        )
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            _be_quick(client, kind)
            with pytest.raises(package.AuthenticationError) as caught:
                client.run(login.login(client.made))
    assert caught.value.code == "access_denied"


@KINDS
def test_a_login_that_is_over_is_an_error_of_its_own(package: ModuleType, kind: str) -> None:
    with authority(PUBLIC) as (judge, server):
        login = package.AuthorizationCode(client_id="my-app", redirect_uri=BACK)
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            client.run(login.finish(client.made, browser(judge)(client.run(login.begin(client.made)))))
            (kept,) = judge.state.refresh
            judge.state.access.clear()
            judge.state.refresh.clear()
            with pytest.raises(package.AuthenticationError) as caught:
                client.run(client.made.get_thing())
    assert caught.value.code == "invalid_grant"
    assert kept not in f"{caught.value!r}{caught.value}{vars(caught.value)}"


@KINDS
def test_the_same_requests_as_another_client_makes(package: ModuleType, kind: str) -> None:
    """authlib's client logs in beside ours: the same parameters in address and forms, the same proof of the client."""
    with authority(BASIC) as (judge, server):
        login = package.AuthorizationCode(
            client_id="my-app", client_secret="my-secret", redirect_uri=BACK, scopes=["read"]
        )
        with opened(package, kind, base_url=server.url, credentials=login) as client:
            ours = client.run(login.begin(client.made))
            client.run(login.finish(client.made, browser(judge)(ours)))
        mine = server.received.pop()
        told = {name: values[0] for name, values in parse_qs(urlsplit(ours).query).items()}
        verifier = form(mine)["code_verifier"]
        with OAuth2Client(
            "my-app", "my-secret", redirect_uri=BACK, scope="read", code_challenge_method="S256"
        ) as other:
            theirs, _ = other.create_authorization_url(
                f"{server.url}/people/authorize", state=told["state"], code_verifier=verifier
            )
            other.fetch_token(
                f"{server.url}/people/token", authorization_response=browser(judge)(theirs), code_verifier=verifier
            )
        its = server.received.pop()
    assert parse_qs(urlsplit(theirs).query) == parse_qs(urlsplit(ours).query)
    assert told["code_challenge"] == create_s256_code_challenge(verifier)
    assert {**form(mine), "code": ""} == {**form(its), "code": ""}
    assert (mine.method, mine.target, mine.header("Authorization")) == (
        its.method,
        its.target,
        its.header("Authorization"),
    )


def _be_quick(client: Client, kind: str) -> list[float]:
    """Let a client not really wait; give how long it would have."""
    slept: list[float] = []

    async def wait(seconds: float) -> None:
        slept.append(seconds)

    client.made._sleep = slept.append if kind == "sync" else wait
    return slept


@KINDS
@pytest.mark.parametrize(
    "changed",
    [
        {"device_code": "d\ud800"},
        {"device_code": ["d"]},
        {"user_code": "\x1b[2J"},
        {"verification_uri": "javascript:alert(1)"},
        {"verification_uri": 7},
    ],
    ids=["half a character", "a list", "a control character", "no page", "a number"],
)
def test_nobody_is_shown_what_is_no_page_and_code(package: ModuleType, kind: str, changed: dict[str, Any]) -> None:
    told = {"device_code": "d", "user_code": "ABCD", "verification_uri": "https://id.example.com/tv", **changed}
    shown: list[Any] = []
    login = package.DeviceAuthorization(client_id="my-tv", prompt=shown.append)
    with loopback_function(lambda request: json_answer(json.dumps(told))) as server:
        refused = pytest.raises(package.CredentialsError, match="names no device_code, user_code or verification_uri")
        with opened(package, kind, base_url=server.url, credentials=login) as client, refused:
            client.run(login.login(client.made))
        assert targets(server) == ["/tv/device"]
    assert shown == []

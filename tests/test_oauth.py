"""OAuth 2.0 and OpenID Connect: credentials and a server's answers go in, token requests and what is sent come out."""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import pytest

from . import runtime_package  # noqa: F401  (makes apiscribe_runtime importable)

# isort: split
from apiscribe_runtime.credentials import CredentialField, CredentialsBase
from apiscribe_runtime.errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AuthenticationError,
    CredentialsError,
    ResponseTooLargeError,
    ResponseValidationError,
    ServerError,
)
from apiscribe_runtime.oauth_discovery import checked
from apiscribe_runtime.oauth_request import Client
from apiscribe_runtime.security import Scheme
from apiscribe_runtime.service import Service

from .loopback import Answer, Received, json_answer, loopback_function
from .runtime_sample import Caller, operation

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
THING = '{"id":"t1","name":"nightly"}'
NAMES = ("token", "client_id", "client_secret", "refresh_token", "username", "password")
FACTS = {"flows": {"clientCredentials": {"token_url": "/token"}}}
NEEDS = (("token",), ("client_id", "client_secret"), ("client_id", "refresh_token"), ("username", "password"))


class Keys(CredentialsBase):
    fields = (
        *(CredentialField(name=name, secret=name not in ("client_id", "username"), optional=True) for name in NAMES),
        *(CredentialField(name=name, optional=True) for name in ("token_url", "scope", "audience", "resource")),
    )


def service(kind: str = "oauth2", facts: Mapping[str, Any] = FACTS) -> Service:
    scheme = Scheme("Login", kind, NEEDS, facts=facts)
    return Service(
        name="things", environment_prefix="TSTOA", profile_folder="tstoa", credentials_type=Keys, schemes=(scheme,),
        needs=NEEDS,
    )  # fmt: skip


def shown(*scopes: str) -> Any:
    return operation(security=((("Login", scopes),),), signed=True)


class Authority:
    """A token endpoint and a service that takes the token issued last."""

    def __init__(self, **extra: object) -> None:
        self.extra, self.issued, self.asked = extra, 0, list[Received]()
        self.valid: Callable[[str], bool] = lambda token: token == f"access-token-{self.issued}"

    def __call__(self, request: Received) -> Answer:
        if request.target == "/token":
            self.asked.append(request)
            self.issued += 1
            token = {"access_token": f"access-token-{self.issued}", "token_type": "Bearer", **self.extra}
            return json_answer(json.dumps(token))
        token = (request.header("Authorization") or "").removeprefix("Bearer ")
        return json_answer(THING) if self.valid(token) else json_answer(f'{{"message":"not {token}"}}', 401)

    @property
    def forms(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(request.body.decode(), strict_parsing=True)) for request in self.asked]


CLIENT = {"client_id": "my client", "client_secret": "s3cret:/+ä"}


@BOTH
@pytest.mark.parametrize(
    ("given", "scopes", "form"),
    [
        (CLIENT, ("read", "write"), {"grant_type": "client_credentials", "scope": "read write"}),
        (CLIENT, (), {"grant_type": "client_credentials"}),
        ({**CLIENT, "scope": "all", "audience": "https://api"}, ("read",),
         {"grant_type": "client_credentials", "audience": "https://api", "scope": "all"}),
        ({**CLIENT, "username": "user", "password": "pass word"}, ("read",),
         {"grant_type": "password", "username": "user", "password": "pass word", "scope": "read"}),
        ({"client_id": "public", "refresh_token": "refresh-0"}, ("read",),
         {"grant_type": "refresh_token", "refresh_token": "refresh-0", "client_id": "public"}),
    ],
)  # fmt: skip
def test_each_grant_is_asked_for_once(
    kind: str, given: dict[str, str], scopes: tuple[str, ...], form: dict[str, str]
) -> None:
    authority = Authority(expires_in=3600)
    with loopback_function(authority) as server:
        with Caller(kind, service(), base_url=server.url, credentials=Keys(**given)) as caller:
            for _ in range(2):
                assert caller.call(shown(*scopes), {"thing_id": "t1"}).name == "nightly"
        assert [request.header("Authorization") for request in server.received if request.target != "/token"] == [
            "Bearer access-token-1"
        ] * 2
    assert authority.forms == [form]
    proof = authority.asked[0].header("Authorization")
    secret = "my+client:s3cret%3A%2F%2B%C3%A4" if "client_secret" in given else None
    assert (b64decode(proof.removeprefix("Basic ")).decode() if proof else None) == secret


@BOTH
def test_a_token_of_the_callers_own_is_sent_as_it_is(kind: str) -> None:
    authority = Authority()
    authority.valid = lambda token: token == "mine"
    with loopback_function(authority) as server:
        with Caller(kind, service(), base_url=server.url, credentials=Keys(token="mine", **CLIENT)) as caller:
            caller.call(shown(), {"thing_id": "t1"})
            authority.valid = lambda token: False
            with pytest.raises(AuthenticationError):
                caller.call(shown(), {"thing_id": "t1"})
        assert len(server.received) == 2
    assert authority.asked == []


@BOTH
@pytest.mark.parametrize(("passes", "requests"), [(47, 1), (49, 2)])
def test_a_token_is_renewed_a_fifth_of_its_life_before_it_ends(kind: str, passes: int, requests: int) -> None:
    moments = [1000.0]
    authority = Authority(expires_in="60")
    with loopback_function(authority) as server:
        given = Keys(**CLIENT)
        with Caller(kind, service(), base_url=server.url, credentials=given, clock=lambda: moments[0]) as caller:
            caller.call(shown(), {"thing_id": "t1"})
            moments[0] += passes
            caller.call(shown(), {"thing_id": "t1"})
    assert len(authority.asked) == requests


@BOTH
def test_a_token_that_is_refused_is_fetched_anew_once(kind: str) -> None:
    authority = Authority(expires_in=3600)
    with (
        loopback_function(authority) as server,
        Caller(kind, service(), base_url=server.url, credentials=Keys(**CLIENT)) as caller,
    ):
        authority.valid = lambda token: token == "access-token-2"
        caller.call(shown(), {"thing_id": "t1"})
        authority.valid = lambda token: False
        with pytest.raises(AuthenticationError) as caught:
            caller.call(shown(), {"thing_id": "t1"})
    assert len(authority.asked) == 3
    assert caught.value.body == b'{"message":"not ***"}'


@BOTH
def test_refresh_tokens_are_rotated(kind: str) -> None:
    authority = Authority(expires_in=0, refresh_token="refresh-1")
    with loopback_function(authority) as server:
        given = Keys(client_id="public", refresh_token="refresh-0")
        with Caller(kind, service(), base_url=server.url, credentials=given) as caller:
            for _ in range(2):
                caller.call(shown(), {"thing_id": "t1"})
    assert [form["refresh_token"] for form in authority.forms] == ["refresh-0", "refresh-1"]


@BOTH
def test_a_token_that_is_answered_as_made_is_one(kind: str) -> None:
    authority = Authority()

    def made(request: Received) -> Answer:
        answer = authority(request)
        return json_answer(answer.body.decode(), 201) if request.target == "/token" else answer

    with loopback_function(made) as server:
        settings = {"base_url": server.url, "credentials": Keys(**CLIENT)}
        with Caller(kind, service(), **settings) as caller:
            assert caller.call(shown(), {"thing_id": "t1"}).name == "nightly"
        assert [request.target for request in server.received][:1] == ["/token"]


@BOTH
def test_a_server_that_reads_the_secret_in_the_body_alone(kind: str) -> None:
    authority = Authority(expires_in=0)

    def strict(request: Received) -> Answer:
        if request.target == "/token" and request.header("Authorization") is not None:
            return json_answer('{"error":"invalid_client"}', 401)
        return authority(request)

    with loopback_function(strict) as server:
        with Caller(kind, service(), base_url=server.url, credentials=Keys(**CLIENT)) as caller:
            for _ in range(2):
                caller.call(shown(), {"thing_id": "t1"})
        assert [request.target for request in server.received].count("/token") == 3
    assert authority.forms == [{"grant_type": "client_credentials", **CLIENT}] * 2


@BOTH
@pytest.mark.parametrize(
    ("answer", "cls", "told"),
    [
        (json_answer('{"error":"invalid_scope","error_description":"s3cret:/+ä is no scope"}', 400),
         AuthenticationError, "ShowThing: no token from {host}: invalid_scope: *** is no scope"),
        (json_answer('{"detail":["NotValid","s3cret:/+ä is wrong"]}', 401), AuthenticationError,
         "ShowThing: no token from {host}: NotValid; *** is wrong"),
        (json_answer("[]", 401), AuthenticationError, "ShowThing: no token from {host}: status 401"),
        (json_answer("{}", 200), ResponseValidationError,
         "ShowThing: the answer of {host} is no token: there is no access_token in it"),
        (json_answer('{"access_token": "a b"}', 200), ResponseValidationError,
         "ShowThing: the answer of {host} is no token: there is no access_token in it"),
        (json_answer("<html>", 200), ResponseValidationError,
         "ShowThing: the answer of {host} is no token: there is no access_token in it"),
        (json_answer('{"access_token": "abc", "token_type": "mac"}', 200), ResponseValidationError,
         "ShowThing: the answer of {host} is no token: its token_type is not bearer"),
        (json_answer('{"access_token": "abc", "refresh_token": "a\\ud800"}', 200), ResponseValidationError,
         "ShowThing: the answer of {host} is no token: its refresh_token cannot be sent"),
        (Answer(503), ServerError, None),
        (Answer(302, headers={"Location": "http://127.0.0.2:1/"}), APIError, None),
    ],
)  # fmt: skip
def test_what_is_no_token_is_an_error_without_the_secret(
    kind: str, answer: Answer, cls: type[APIError], told: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), loopback_function(lambda request: answer) as server:
        with (
            Caller(kind, service(), base_url=server.url, credentials=Keys(**CLIENT)) as caller,
            pytest.raises(cls) as caught,
        ):
            caller.call(shown(), {"thing_id": "t1"})
        assert len(server.received) == 1
        if told is not None:
            assert str(caught.value) == told.format(host=server.host)
    texts = [
        str(caught.value),
        repr(caught.value),
        repr(caught.value.__dict__),
        *(r.getMessage() for r in caplog.records),
    ]
    assert [text for text in texts if "s3cret" in text] == []


@BOTH
def test_a_slow_token_endpoint_ends_with_the_time_of_the_call(kind: str) -> None:
    released = threading.Event()

    def slow(request: Received) -> Answer:
        released.wait(10)
        return Answer(drop=True)

    with loopback_function(slow) as server:
        with (
            Caller(kind, service(), base_url=server.url, credentials=Keys(**CLIENT), timeout=0.2) as caller,
            pytest.raises(APITimeoutError),
        ):
            caller.call(shown(), {"thing_id": "t1"})
        released.set()


@pytest.mark.parametrize("refuses", [False, True])
def test_of_fifty_threads_one_asks(refuses: bool) -> None:
    authority, started = Authority(expires_in=3600), threading.Barrier(50)
    outcomes: list[object] = []
    asked: list[int] = []

    def answer(request: Received) -> Answer:
        if request.target == "/token" and refuses:
            asked.append(1)
            return json_answer('{"error":"invalid_client"}', 400)
        return authority(request)

    with loopback_function(answer) as server:
        # a public client is refused with one request, whatever it could try
        given = Keys(client_id="public", refresh_token="refresh-0")
        with Caller("sync", service(), base_url=server.url, credentials=given, max_concurrency=50) as caller:

            def work() -> None:
                started.wait()
                try:
                    outcomes.append(caller.call(shown(), {"thing_id": "t1"}).name)
                except AuthenticationError as error:
                    outcomes.append(error.code)

            threads = [threading.Thread(target=work) for _ in range(50)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    if refuses:
        assert outcomes == ["invalid_client"] * 50
        assert len(asked) < 50  # who came after the answer asks again
    else:
        assert (outcomes, len(authority.asked)) == (["nightly"] * 50, 1)


def test_of_fifty_tasks_one_asks() -> None:
    authority = Authority(expires_in=3600)
    with loopback_function(authority) as server:
        with Caller("async", service(), base_url=server.url, credentials=Keys(**CLIENT)) as caller:

            async def all_at_once() -> None:
                await asyncio.gather(*(caller.client._call(shown(), {"thing_id": "t1"}) for _ in range(50)))

            caller.run(all_at_once())
        assert len(server.received) == 51
    assert len(authority.asked) == 1


@BOTH
@pytest.mark.parametrize(
    ("path", "issuer", "problem"),
    [
        ("/.well-known/openid-configuration", "{url}", None),
        ("/tenant/.well-known/openid-configuration", "{url}/tenant", None),
        ("/.well-known/oauth-authorization-server/tenant", "{url}/tenant", None),
        ("/tenant", "{url}/tenant", None),
        ("/.well-known/openid-configuration", "https://evil.example.com", "is of another issuer"),
        ("/tenant/.well-known/openid-configuration", "{url}", "is of another issuer"),
    ],
)
def test_a_provider_is_discovered_once_and_believed_where_its_issuer_is(
    kind: str, path: str, issuer: str, problem: str | None
) -> None:
    authority, looked = Authority(expires_in=0), list[str]()

    def answer(request: Received) -> Answer:
        if "/.well-known/" in request.target:
            looked.append(request.target)
            url = f"http://{request.header('Host')}"
            return json_answer(json.dumps({"issuer": issuer.format(url=url), "token_endpoint": f"{url}/token"}))
        return authority(request)

    with loopback_function(answer) as server:
        told = service("openIdConnect", {"metadata_url": f"{server.url}{path}"})
        with Caller(kind, told, base_url=server.url, credentials=Keys(**CLIENT)) as caller:
            if problem is None:
                for _ in range(2):
                    caller.call(shown(), {"thing_id": "t1"})
            else:
                with pytest.raises(CredentialsError, match=problem):
                    caller.call(shown(), {"thing_id": "t1"})
    assert (len(looked), len(authority.asked)) == ((1, 2) if problem is None else (1, 0))


def metadata(**changes: object) -> Callable[[str], Answer]:
    """Answer as a provider whose metadata is right but for what is changed."""

    def answer(url: str) -> Answer:
        return json_answer(json.dumps({"issuer": url, "token_endpoint": f"{url}/token", **changes}))

    return answer


@BOTH
@pytest.mark.parametrize(
    ("answer", "cls", "told"),
    [
        (metadata(issuer=["a"]), CredentialsError, "is of another issuer"),
        (metadata(issuer="https://[bad"), CredentialsError, "is of another issuer"),
        (metadata(token_endpoint="http://login.example.com/token"), CredentialsError, "not encrypted"),
        (metadata(token_endpoint="file:///etc/passwd"), CredentialsError, "not an http"),
        (metadata(token_endpoint="/token"), CredentialsError, "not an http"),
        (metadata(token_endpoint="https://a.example\r\nX: y"), CredentialsError, "not an http"),
        (metadata(token_endpoint=7), CredentialsError, "names no token_endpoint"),
        (lambda url: Answer(302, headers={"Location": f"{url}/.well-known/other"}), CredentialsError, "status 302"),
        (lambda url: Answer(500), CredentialsError, "status 500"),
        (lambda url: json_answer("[]"), CredentialsError, "no metadata of a provider"),
        (lambda url: json_answer("[" * 100_000), CredentialsError, "no metadata of a provider"),
        (lambda url: json_answer(b" " * (1024 * 1024 + 1)), ResponseTooLargeError, "larger than the client takes"),
        (lambda url: Answer(drop=True), APIConnectionError, "no answer"),
    ],
)  # fmt: skip
def test_a_provider_that_says_something_odd_is_given_no_secret(
    kind: str, answer: Callable[[str], Answer], cls: type[APIError], told: str
) -> None:
    def answered(request: Received) -> Answer:
        return answer(f"http://{request.header('Host')}")

    with loopback_function(answered) as server:
        service_told = service("openIdConnect", {"metadata_url": f"{server.url}/.well-known/openid-configuration"})
        caller = Caller(kind, service_told, base_url=server.url, credentials=Keys(**CLIENT), max_retries=0)
        with caller, pytest.raises(cls, match=told) as caught:
            caller.call(shown(), {"thing_id": "t1"})
        assert {request.target for request in server.received} == {"/.well-known/openid-configuration"}
    assert "s3cret" not in f"{caught.value!r}{caught.value.__cause__!r}"


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://login.example.com/token", "Login: token_url is http:// to login.example.com, which is not encrypted: "
         "secrets are not sent there"),
        ("ftp://login.example.com/token", "Login: token_url is not an http(s) address"),
        ("https://user@login.example.com/token", "Login: token_url is not an http(s) address"),
        ("https://login.example.com:x/token", "Login: token_url is not an http(s) address"),
        ("https://[login.example.com/token", "Login: token_url is not an http(s) address"),
        ("https://login.example.com/to ken", "Login: token_url is not an http(s) address"),
        ("https://login.example.com/\u2028", "Login: token_url is not an http(s) address"),
        ("https://l\u00f6gin.example.com/token", "Login: token_url is not an http(s) address"),
    ],
)  # fmt: skip
def test_secrets_are_not_sent_everywhere(address: str, problem: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        checked("Login", "token_url", address, "https://shop.example.com/")
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("address", "sent_to"),
    [
        ("/token", "https://shop.example.com/token"),
        ("https://login.example.com", "https://login.example.com/"),
        ("https://login.example.com?tenant=a", "https://login.example.com/?tenant=a"),
        ("HTTPS://login.example.com/token", "https://login.example.com/token"),
    ],
)
def test_an_address_is_written_out(address: str, sent_to: str) -> None:
    assert checked("Login", "token_url", address, "https://shop.example.com/") == sent_to


@BOTH
def test_a_token_url_that_is_none_is_an_error_of_its_own(kind: str) -> None:
    told = service("oauth2", FACTS)
    credentials = Keys(**CLIENT, token_url="https://[login.example.com")
    caller = Caller(kind, told, base_url="http://127.0.0.1:1", credentials=credentials)
    with caller, pytest.raises(CredentialsError, match="token_url is not an http"):
        caller.call(shown(), {"thing_id": "t1"})


def test_who_asks_for_tokens_shows_no_secret() -> None:
    client = Client("me", "s3cret", set())
    assert "s3cret" not in f"{client!r}{client}{[client]}"

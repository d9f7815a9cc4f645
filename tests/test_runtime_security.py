"""Security of single operations: alternatives and credentials go in, what arrives at a server comes out."""

from __future__ import annotations

import asyncio
import sys
import threading
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from . import runtime_package  # noqa: F401  (makes apiscribe_runtime importable)

# isort: split
from apiscribe_runtime import security
from apiscribe_runtime.authorizer import Authorizer, Gate, Outgoing, Scopes, Steps, entered, fetched
from apiscribe_runtime.credentials import CredentialField, CredentialsBase, TemporaryCredentials
from apiscribe_runtime.errors import APIConnectionError, APIStatusError, AuthenticationError, CredentialsError
from apiscribe_runtime.exchange import Head, Send
from apiscribe_runtime.flow import Call
from apiscribe_runtime.operation import Operation, Types
from apiscribe_runtime.secret import Secret
from apiscribe_runtime.security import Scheme
from apiscribe_runtime.service import Service
from apiscribe_runtime.signing import Signed

from .loopback import Answer, Received, json_answer, loopback, loopback_function
from .runtime_sample import Caller, operation

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
THING = '{"id":"t1","name":"nightly"}'


class Keys(CredentialsBase):
    fields = (
        CredentialField(name="api_key", secret=True, optional=True),
        CredentialField(name="app_key", secret=True, optional=True),
        CredentialField(name="user", optional=True),
        CredentialField(name="password", secret=True, optional=True),
    )
    api_key: Secret | None
    app_key: Secret | None
    user: str | None
    password: Secret | None


def plain(place: str, name: str, field: str) -> Any:
    """Give a signer that sends one credential as it is."""

    def sign(
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        credentials: Any,
        now: float,
        nonce: str | None = None,
    ) -> Signed:
        pair = (name, getattr(credentials, field).reveal())
        return Signed((), (pair,)) if place == "query" else Signed((pair,))

    sign.reads_body = False  # type: ignore[attr-defined]
    return sign


def basic(method: str, url: str, headers: Any, body: bytes, credentials: Any, now: float, nonce: Any = None) -> Signed:
    pair = f"{credentials.user}:{credentials.password.reveal()}"
    return Signed((("Authorization", f"Basic {b64encode(pair.encode()).decode()}"),))


def proof(method: str, url: str, headers: Any, body: bytes, credentials: Any, now: float, nonce: Any = None) -> Signed:
    """Show what a signer sees that is applied last."""
    return Signed((("X-Seen", f"{url.partition('/v1/')[2]} {headers.get('x-app')} {len(body)}"),))


class Tokens(Authorizer):
    """Fetches a token from beside the service and keeps it until it is refused."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(scheme)
        self._gate, self._token = Gate(), ""

    def prepare(self, call: Call, scopes: Scopes) -> Steps:
        if self._token:
            return
        leave = yield from entered(call, self._gate)
        try:
            if self._token:
                return
            address = f"{call.url.partition('/v1/')[0]}{self.scheme.facts['token_url']}?scope={'+'.join(scopes)}"
            headers = (("Host", address.split("/", 3)[2]), ("Content-Length", "0"))
            send = Send("POST", address, headers, b"", call.deadline, redactor=call.redactor)
            head, body = yield from fetched(call, send)
            if head.status != 200:
                raise CredentialsError(f"{self.scheme.name}: no token: {head.status}")
            self._token = body.decode()
        finally:
            leave()

    def sign(self, request: Outgoing) -> Signed:
        return Signed((("Authorization", f"Bearer {self._token}"),), secrets=(self._token,))

    def refused(self, call: Call, scopes: Scopes, head: Head) -> bool:
        self._token = ""
        return True


sys.modules["tokens_of_the_tests"] = sys.modules[__name__]
security.AUTHORIZERS["tokens"] = ("tokens_of_the_tests", "Tokens")

KEY: Any = ("Key", ())
APP: Any = ("App", ())
USER: Any = ("User", ())
LOGIN: Any = ("Login", ("read", "write"))
SERVICE = Service(
    name="things",
    environment_prefix="TSTSEC",
    profile_folder="tstsec",
    credentials_type=Keys,
    schemes=(
        Scheme("Key", "apiKey", (("api_key",),), plain("header", "X-Key", "api_key")),
        Scheme("App", "apiKey", (("app_key",),), plain("query", "app", "app_key")),
        Scheme("Header", "apiKey", (("app_key",),), plain("header", "X-App", "app_key")),
        Scheme("Jar", "apiKey", (("api_key",),), plain("header", "Cookie", "api_key")),
        Scheme("Tin", "apiKey", (("app_key",),), plain("header", "Cookie", "app_key")),
        Scheme("User", "basic", (("user", "password"),), basic),
        Scheme("Proof", "x-signing", (("api_key",),), proof),
        Scheme("Login", "tokens", (("user", "password"), ("api_key",)), facts={"token_url": "/token"}),
    ),
    needs=(("api_key",), ("user", "password")),
)


def secured(*alternatives: tuple[Any, ...], **changes: Any) -> Operation[Any]:
    return operation(**{"security": alternatives, "signed": any(alternatives), **changes})


def asked(kind: str, wanted: Operation[Any], given: Any, **settings: Any) -> Received:
    """Call once, and give the request as it arrived."""
    with loopback(json_answer(THING)) as server:
        with Caller(kind, SERVICE, base_url=server.url, credentials=given, **settings) as caller:
            caller.call(wanted, {"thing_id": "t1"})
        return server.received[-1]


def shown(request: Received) -> dict[str, str | None]:
    """Give what of a request proves who calls."""
    names = {"key": "X-Key", "app": "X-App", "authorization": "Authorization", "cookie": "Cookie"}
    found = {name: request.header(header) for name, header in names.items()}
    found["query"] = request.target.partition("?")[2] or None
    return {name: value for name, value in found.items() if value is not None}


PAIR = "Basic dXNlcjpwYXNzd29yZA=="


@BOTH
@pytest.mark.parametrize(
    ("alternatives", "given", "sent"),
    [
        ([(KEY,), (USER,)], {"api_key": "key-1", "user": "user", "password": "password"}, {"key": "key-1"}),
        ([(USER,), (KEY,)], {"api_key": "key-1", "user": "user", "password": "password"}, {"authorization": PAIR}),
        ([(KEY,), (USER,)], {"user": "user", "password": "password"}, {"authorization": PAIR}),
        ([(KEY, APP)], {"api_key": "key-1", "app_key": "app 2"}, {"key": "key-1", "query": "app=app%202"}),
        ([(KEY, APP), (KEY,)], {"api_key": "key-1"}, {"key": "key-1"}),
        ([(KEY, USER)], {"api_key": "key-1", "user": "user", "password": "password"},
         {"key": "key-1", "authorization": PAIR}),
        ([(("Jar", ()), ("Tin", ()))], {"api_key": "a=1", "app_key": "b=2"}, {"cookie": "a=1; b=2"}),
        ([(), (USER,)], {"api_key": "key-1"}, {}),
        ([(), (KEY,)], {"api_key": "key-1"}, {"key": "key-1"}),
        ([()], {"api_key": "key-1"}, {}),
        ([], {"api_key": "key-1"}, {}),
    ],
)  # fmt: skip
def test_the_first_alternative_with_credentials_is_sent(
    kind: str, alternatives: list[Any], given: dict[str, str], sent: dict[str, str]
) -> None:
    assert shown(asked(kind, secured(*alternatives), Keys(**given))) == sent


@BOTH
def test_who_signs_last_sees_what_the_others_added(kind: str) -> None:
    wanted = secured((APP, ("Header", ()), ("Proof", ())))
    request = asked(kind, wanted, Keys(api_key="key-1", app_key="app2"))
    assert request.header("X-Seen") == "things/t1?app=app2 app2 0"


@BOTH
def test_a_cookie_of_a_scheme_stands_beside_those_of_the_operation(kind: str) -> None:
    wanted = secured((("Jar", ()),), constants=(("Cookie", "mine=1"),))
    assert asked(kind, wanted, Keys(api_key="a=1")).header("Cookie") == "mine=1; a=1"


@BOTH
def test_without_credentials_for_any_alternative_nothing_is_sent(kind: str) -> None:
    with loopback(json_answer(THING)) as server:
        given = Keys(api_key="key-1")
        with (
            Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller,
            pytest.raises(CredentialsError) as caught,
        ):
            caller.call(secured((KEY, APP), (USER,)), {"thing_id": "t1"})
        assert server.received == []
    assert str(caught.value) == (
        "show_thing: no credentials for it: give api_key (TSTSEC_API_KEY) with app_key (TSTSEC_APP_KEY), "
        "or user (TSTSEC_USER) with password (TSTSEC_PASSWORD)"
    )


@BOTH
def test_credentials_that_are_of_no_use_are_refused_at_once(kind: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        Caller(kind, SERVICE, base_url="https://things.example.com", credentials=Keys(user="user"))
    assert str(caught.value) == "credentials: password missing: give Keys(api_key=…) or Keys(user=…, password=…)"


@BOTH
@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({}, "no credentials: pass credentials=Keys(api_key=…) or Keys(user=…, password=…), or set TSTSEC_API_KEY, "
         "or TSTSEC_USER, TSTSEC_PASSWORD, or write api_key, or user, password under [default] in "
         "~/.tstsec/credentials.toml (mode 0600)"),
        ({"TSTSEC_USER": "user"}, "incomplete credentials in the environment: TSTSEC_PASSWORD missing"),
    ],
)  # fmt: skip
def test_what_could_be_given_is_named(
    kind: str, variables: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CredentialsError) as caught:
        Caller(kind, SERVICE, base_url="https://things.example.com", credentials=None)
    assert str(caught.value) == problem


@BOTH
def test_a_client_with_something_to_do_without_credentials_needs_none(kind: str) -> None:
    service = SERVICE.changed(anonymous=True)
    with loopback(json_answer(THING)) as server:
        with Caller(kind, service, base_url=server.url, credentials=None) as caller:
            caller.call(secured((), (KEY,)), {"thing_id": "t1"})
            with pytest.raises(CredentialsError):
                caller.call(secured((KEY,)), {"thing_id": "t1"})
        assert [shown(request) for request in server.received] == [{}]


@BOTH
def test_credentials_of_the_environment_are_chosen_by_as_they_are_now(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSTSEC_API_KEY", "key-1")
    with loopback(json_answer(THING)) as server:
        with Caller(kind, SERVICE, base_url=server.url, credentials=None) as caller:
            caller.call(secured((USER,), (KEY,)), {"thing_id": "t1"})
            monkeypatch.setenv("TSTSEC_USER", "user")
            monkeypatch.setenv("TSTSEC_PASSWORD", "password")
            caller.call(secured((USER,), (KEY,)), {"thing_id": "t1"})
        assert [shown(request) for request in server.received] == [{"key": "key-1"}, {"authorization": PAIR}]


@BOTH
def test_a_function_is_not_asked_where_nothing_is_sent(kind: str) -> None:
    calls: list[int] = []

    def give() -> TemporaryCredentials:
        calls.append(1)
        return TemporaryCredentials(Keys(api_key="key-1"), 4e9)

    with loopback(json_answer(THING)) as server:
        with Caller(kind, SERVICE, base_url=server.url, credentials=give) as caller:
            caller.call(secured(), {"thing_id": "t1"})
            assert calls == []
            caller.call(secured((KEY,)), {"thing_id": "t1"})
        assert [shown(request) for request in server.received] == [{}, {"key": "key-1"}]
    assert calls == [1]


@BOTH
def test_a_signer_of_the_callers_own_signs_whatever_is_signed(kind: str) -> None:
    with loopback(json_answer(THING)) as server:
        with Caller(kind, SERVICE, base_url=server.url, credentials=Keys(), signer=proof) as caller:
            caller.call(secured((USER,), (KEY,)), {"thing_id": "t1"})
            caller.call(secured(), {"thing_id": "t1"})
        assert [request.header("X-Seen") is not None for request in server.received] == [True, False]


def service_with_tokens(tokens: list[str], valid: set[str]) -> Any:
    """Give the script of a server that hands out tokens in order, and takes valid ones."""

    def answer(request: Received) -> Answer:
        if request.target.startswith("/token"):
            return Answer(200, tokens.pop(0).encode())
        token = (request.header("Authorization") or "").removeprefix("Bearer ")
        return json_answer(THING) if token in valid else json_answer(f'{{"message":"not {token}"}}', 401)

    return answer


@BOTH
def test_an_authorizer_may_ask_the_network_and_answer_a_refusal_once(kind: str) -> None:
    tokens = ["token-1", "token-2", "token-3"]
    with loopback_function(service_with_tokens(tokens, {"token-2"})) as server:
        with Caller(kind, SERVICE, base_url=server.url, credentials=Keys(api_key="key-1")) as caller:
            for _ in range(2):
                assert caller.call(secured((LOGIN,)), {"thing_id": "t1"}).name == "nightly"
        assert [(request.method, request.target) for request in server.received] == [
            ("POST", "/token?scope=read+write"),
            ("GET", "/v1/things/t1"),
            ("POST", "/token?scope=read+write"),
            ("GET", "/v1/things/t1"),
            ("GET", "/v1/things/t1"),
        ]
    assert tokens == ["token-3"]


@BOTH
def test_a_second_refusal_is_an_error_without_the_token(kind: str) -> None:
    with loopback_function(service_with_tokens(["token-1", "token-2"], set())) as server:
        given = Keys(api_key="key-1")
        with (
            Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller,
            pytest.raises(AuthenticationError) as caught,
        ):
            caller.call(secured((LOGIN,)), {"thing_id": "t1"})
        assert len(server.received) == 4
    error = caught.value
    assert isinstance(error, APIStatusError)
    assert error.body == b'{"message":"not ***"}'
    assert "token-" not in repr(error)


@BOTH
def test_what_an_authorizer_raises_is_raised_by_the_call(kind: str) -> None:
    given = Keys(api_key="key-1")
    with loopback(Answer(403)) as server, Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller:
        for _ in range(2):  # the gate is open again
            with pytest.raises(CredentialsError, match="Login: no token: 403"):
                caller.call(secured((LOGIN,)), {"thing_id": "t1"})


@BOTH
def test_an_authorizer_without_an_answer(kind: str) -> None:
    given = Keys(api_key="key-1")
    with (
        loopback(Answer(drop=True)) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller,
        pytest.raises(APIConnectionError, match="ShowThing: no answer from"),
    ):
        caller.call(secured((LOGIN,)), {"thing_id": "t1"})


def test_of_many_threads_one_fetches_the_token() -> None:
    with loopback_function(service_with_tokens(["token-1"], {"token-1"})) as server:
        with Caller("sync", SERVICE, base_url=server.url, credentials=Keys(api_key="key-1")) as caller:
            work = [
                threading.Thread(target=caller.call, args=(secured((LOGIN,)), {"thing_id": "t1"})) for _ in range(20)
            ]
            for thread in work:
                thread.start()
            for thread in work:
                thread.join()
        assert len(server.received) == 21


def test_of_many_tasks_one_fetches_the_token() -> None:
    with loopback_function(service_with_tokens(["token-1"], {"token-1"})) as server:
        with Caller("async", SERVICE, base_url=server.url, credentials=Keys(api_key="key-1")) as caller:

            async def all_at_once() -> None:
                wanted = secured((LOGIN,))
                await asyncio.gather(*(caller.client._call(wanted, {"thing_id": "t1"}) for _ in range(20)))

            caller.run(all_at_once())
        assert len(server.received) == 21


@BOTH
@pytest.mark.parametrize(
    ("alternatives", "gathers"), [([(KEY,)], False), ([(KEY, USER)], True), ([(LOGIN,)], False), ([()], False)]
)
def test_a_streamed_body_is_gathered_only_for_who_reads_it(kind: str, alternatives: list[Any], gathers: bool) -> None:
    from apiscribe_runtime.operation import Body

    wanted = secured(
        *alternatives, method="PUT", body=Body(media_type="application/octet-stream"), types=lambda: Types()
    )
    pieces = iter([b"one", b"two"])
    with loopback_function(service_with_tokens(["token-1"], {"token-1", "", PAIR})) as server:
        given = Keys(api_key="key-1", user="user", password="password")
        with Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller:
            caller.call(wanted, {"thing_id": "t1"}, body=pieces)
        request = server.received[-1]
    assert request.body == b"onetwo"
    assert (request.header("Transfer-Encoding") is None) == gathers

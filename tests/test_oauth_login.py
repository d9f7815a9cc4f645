"""Logins of people: what a browser or a device brings goes in, kept and renewed tokens come out, with both clients."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from . import runtime_package  # noqa: F401  (makes apiscribe_runtime importable)

# isort: split
from apiscribe_runtime.errors import APITimeoutError, AuthenticationError, CredentialsError
from apiscribe_runtime.oauth_login import AuthorizationCode, DeviceAuthorization, DevicePrompt, challenge_of

from .loopback import Answer, Received, json_answer, loopback_function
from .runtime_sample import Caller
from .test_oauth import BOTH, THING, service, shown

BACK = "http://127.0.0.1:8400/back"
ENDPOINTS = {"token_url": "/token", "authorization_url": "/authorize", "device_authorization_url": "/device"}
SERVICE = service(facts={"flows": {"authorizationCode": ENDPOINTS}})


class Box:
    """A store in memory."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text

    def load(self) -> str | None:
        return self.text

    def save(self, text: str) -> None:
        self.text = text


class Authority:
    """Answers token requests in order, and takes the token issued last; a number is how many seconds it is good."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.forms = list(answers), list[dict[str, str]]()
        self.token = ""

    def __call__(self, request: Received) -> Answer:
        if request.target == "/v1/things/t1":
            return json_answer(THING, 200 if request.header("Authorization") == f"Bearer {self.token}" else 401)
        self.forms.append(dict(parse_qsl(request.body.decode())))
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            return json_answer(json.dumps({"error": answer}), 400)
        if isinstance(answer, dict):
            return json_answer(json.dumps(answer))
        number = len(self.forms)
        self.token = f"access-{number}"
        told = {"access_token": self.token, "refresh_token": f"refresh-{number}", "expires_in": answer}
        return json_answer(json.dumps(told))


def code_login(store: Box | None = None, **changes: Any) -> AuthorizationCode:
    return AuthorizationCode(client_id="my-app", redirect_uri=BACK, scopes=["read", "write"], store=store, **changes)


@BOTH
def test_a_code_becomes_tokens_that_are_stored_and_renewed(kind: str) -> None:
    authority, box = Authority(3600, 3600), Box()
    login = code_login(box)
    with (
        loopback_function(authority) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
    ):
        with pytest.raises(CredentialsError, match="log in first"):
            caller.call(shown(), {"thing_id": "t1"})
        address = caller.run(login.begin(caller.client))
        told = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{server.url}/authorize?")
        caller.run(login.finish(caller.client, f"{BACK}?code=the-code&state={told['state']}"))
        caller.call(shown(), {"thing_id": "t1"})
        authority.token = "another"  # the service takes the first one no more
        caller.call(shown(), {"thing_id": "t1"})
    verifier = authority.forms[0].pop("code_verifier")
    assert told["code_challenge"] == challenge_of(verifier)
    assert {name: told[name] for name in ("response_type", "client_id", "redirect_uri", "scope")} == {
        "response_type": "code", "client_id": "my-app", "redirect_uri": BACK, "scope": "read write",
    }  # fmt: skip
    assert told["code_challenge_method"] == "S256"
    assert authority.forms == [
        {"grant_type": "authorization_code", "code": "the-code", "redirect_uri": BACK, "client_id": "my-app"},
        {"grant_type": "refresh_token", "refresh_token": "refresh-1", "client_id": "my-app"},
    ]
    assert json.loads(box.text or "")["refresh_token"] == "refresh-2"
    assert repr(login) == "<AuthorizationCode ***>"


@BOTH
def test_a_stored_login_needs_nobody(kind: str) -> None:
    authority = Authority(3600, 3600)
    text = json.dumps({"access_token": "access-0", "refresh_token": "refresh-0", "renew_at": 5})
    login = code_login(Box(text))
    with (
        loopback_function(authority) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
    ):
        for _ in range(2):
            caller.call(shown(), {"thing_id": "t1"})
    assert [form["refresh_token"] for form in authority.forms] == ["refresh-0"]


@BOTH
@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (f"{BACK}?code=c&state=other", "another state"),
        (f"{BACK}?code=c", "another state"),
        (f"{BACK}?error=access_denied&state={{state}}", "the login was refused: 'access_denied'"),
        (f"{BACK}?state={{state}}", "without a code"),
        ("https://evil.example.com/back?code=c&state={state}", "did not come back to redirect_uri"),
    ],
)
def test_what_is_no_answer_to_this_login_is_not_exchanged(kind: str, address: str, problem: str) -> None:
    authority, login = Authority(), code_login()
    with (
        loopback_function(authority) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
    ):
        told = dict(parse_qsl(urlsplit(caller.run(login.begin(caller.client))).query))
        with pytest.raises(CredentialsError, match=problem):
            caller.run(login.finish(caller.client, address.format(state=told["state"])))
    assert authority.forms == []


@BOTH
def test_a_state_is_good_once(kind: str) -> None:
    login = code_login()
    with (
        loopback_function(Authority("invalid_grant")) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
    ):
        state = dict(parse_qsl(urlsplit(caller.run(login.begin(caller.client))).query))["state"]
        with pytest.raises(AuthenticationError, match="invalid_grant"):
            caller.run(login.finish(caller.client, f"{BACK}?code=c&state={state}"))
        with pytest.raises(CredentialsError, match="another state"):
            caller.run(login.finish(caller.client, f"{BACK}?code=c&state={state}"))


DEVICE = {
    "device_code": "device-1",
    "user_code": "ABCD",
    "verification_uri": "https://a.example.com",
    "expires_in": 900,
}


@BOTH
@pytest.mark.parametrize(
    ("answers", "slept", "outcome"),
    [
        (["authorization_pending", "slow_down", 3600], [5.0, 5.0, 10.0], None),
        (["access_denied"], [5.0], AuthenticationError),
    ],
)
def test_a_device_waits_for_its_person(kind: str, answers: list[Any], slept: list[float], outcome: Any) -> None:
    authority, prompts = Authority(DEVICE, *answers), list[DevicePrompt]()
    login = DeviceAuthorization(client_id="tv", prompt=prompts.append)
    with (
        loopback_function(authority) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
    ):
        if outcome is None:
            caller.run(login.login(caller.client))
            caller.call(shown(), {"thing_id": "t1"})
        else:
            with pytest.raises(outcome, match="access_denied"):
                caller.run(login.login(caller.client))
    assert caller.slept == slept
    assert prompts == [("https://a.example.com", "ABCD", None)]
    assert authority.forms[1]["device_code"] == "device-1"


@BOTH
@pytest.mark.parametrize(("timeout", "expires"), [(4.0, 900), (None, 4)])
def test_a_device_does_not_wait_for_ever(kind: str, timeout: float | None, expires: int) -> None:
    authority = Authority({**DEVICE, "expires_in": expires})
    login = DeviceAuthorization(client_id="tv", prompt=lambda prompt: None)
    with (
        loopback_function(authority) as server,
        Caller(kind, SERVICE, base_url=server.url, credentials=login) as caller,
        pytest.raises(APITimeoutError, match="nobody logged in in time"),
    ):
        caller.run(login.login(caller.client, timeout=timeout))
    assert caller.slept == []

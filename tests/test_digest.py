"""HTTP digest: challenges go in, the answers of RFC 7616 and what a real server verifies come out."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import httpx
import pytest

from . import runtime_package  # noqa: F401  (makes apiscribe_runtime importable)

# isort: split
from apiscribe_runtime.credentials import CredentialField, CredentialsBase
from apiscribe_runtime.digest import answer, challenges, strongest
from apiscribe_runtime.errors import AuthenticationError
from apiscribe_runtime.headers import Headers
from apiscribe_runtime.operation import Body, Types
from apiscribe_runtime.security import Scheme
from apiscribe_runtime.service import Service

from .loopback import Answer, Received, json_answer, loopback_function
from .runtime_sample import Caller, operation

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


class Login(CredentialsBase):
    fields = (CredentialField(name="username"), CredentialField(name="password", secret=True))


SERVICE = Service(
    name="things", environment_prefix="TSTDG", profile_folder="tstdg", credentials_type=Login,
    schemes=(Scheme("Login", "digest", (("username", "password"),)),), needs=(("username", "password"),),
)  # fmt: skip


def wanted(**changes: Any) -> Any:
    return operation(security=((("Login", ()),),), signed=True, **changes)


def chosen(*values: str) -> Any:
    return strongest(challenges(Headers([("WWW-Authenticate", value) for value in values])))


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_vectors_of_the_standard(algorithm: str, response: str) -> None:
    challenge = chosen(
        f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, nonce="{NONCE}", '
        f'opaque="{OPAQUE}"'
    )
    value = answer(challenge, ("Mufasa", "Circle of Life"), "GET", "/dir/index.html", b"", 1, CNONCE)
    assert value == (
        f'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm={algorithm}, '
        f'nonce="{NONCE}", nc=00000001, cnonce="{CNONCE}", qop=auth, response="{response}", opaque="{OPAQUE}"'
    )


def test_the_user_is_hidden_where_the_server_asks_for_that() -> None:
    """RFC 7616, 3.9.2, with SHA-256 for its SHA-512-256."""
    challenge = chosen('Digest realm="api@example.org", qop="auth", algorithm=SHA-256, nonce="n", userhash=true')
    value = answer(challenge, ("Jäsøn Doe", "secret"), "GET", "/", b"", 1, "c")
    assert f'username="{hashlib.sha256("Jäsøn Doe:api@example.org".encode()).hexdigest()}"' in value
    assert value.endswith("userhash=true")


@pytest.mark.parametrize(
    ("values", "algorithm"),
    [
        (['Digest realm="r", nonce="n", algorithm=MD5, qop="auth"', 'Digest realm="r", nonce="n", algorithm=SHA-256'],
         "SHA-256"),
        (['Basic realm="a, b", Digest realm="r", nonce="n", Bearer realm="c"'], "MD5"),
        (['Digest realm="r", nonce="n", algorithm=SHA-9'], None),
        (['Digest realm="r", nonce="n", qop="else"'], None),
        (["Digest nonsense"], None),
        (['Basic realm="r"'], None),
    ],
)  # fmt: skip
def test_the_strongest_challenge_that_is_known_is_answered(values: list[str], algorithm: str | None) -> None:
    found = chosen(*values)
    assert (found.algorithm if found is not None else None) == algorithm


class Guard:
    """A server that verifies answers by itself, and gives a new nonce after so many."""

    def __init__(self, algorithm: str = "SHA-256", qop: str = "auth", lasts: int = 100) -> None:
        self.algorithm, self.qop, self.lasts = algorithm, qop, lasts
        self.nonce, self.count = 1, 0

    def __call__(self, request: Received) -> Answer:
        told = dict(re.findall(r'(\w+)="?([^",]*)"?', request.header("Authorization") or ""))
        stale = bool(told) and (told["nonce"] != f"nonce-{self.nonce}" or self.count >= self.lasts)
        if stale:
            self.nonce, self.count = self.nonce + 1, 0
        elif told and self.is_right(request, told):
            self.count += 1
            return json_answer('{"id":"t1","name":"nightly"}')
        challenge = f'Digest realm="r", nonce="nonce-{self.nonce}", algorithm={self.algorithm}'
        challenge += f', qop="{self.qop}"' if self.qop else ""
        return Answer(401, headers={"WWW-Authenticate": challenge + (", stale=true" if stale else "")})

    def is_right(self, request: Received, told: dict[str, str]) -> bool:
        kind = hashlib.sha256 if self.algorithm.startswith("SHA") else hashlib.md5

        def hashed(data: bytes) -> bytes:
            return kind(data).hexdigest().encode()

        nonce = told["nonce"].encode()
        a1 = b"user:r:pass-word"
        if self.algorithm.endswith("-sess"):
            a1 = b":".join([hashed(a1), nonce, told["cnonce"].encode()])
        a2 = f"{request.method}:{request.target}".encode()
        if self.qop == "auth-int":
            a2 += b":" + hashed(request.body)
        middle = [nonce]
        if self.qop:
            middle += [told["nc"].encode(), told["cnonce"].encode(), self.qop.encode()]
            if told["nc"] != f"{self.count + 1:08x}":
                return False
        return told["response"].encode() == hashed(b":".join([hashed(a1), *middle, hashed(a2)]))


PUT = {
    "method": "PUT",
    "body": Body(media_type="application/octet-stream"),
    "types": lambda: Types(),
}


@BOTH
@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
@pytest.mark.parametrize("qop", ["", "auth", "auth-int"])
def test_one_challenge_is_good_for_many_calls(kind: str, algorithm: str, qop: str) -> None:
    with loopback_function(Guard(algorithm, qop)) as server:
        given = Login(username="user", password="pass-word")
        with Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller:
            for _ in range(3):
                caller.call(wanted(**PUT), {"thing_id": "t1"}, body=b"one")
        assert len(server.received) == 4


@BOTH
def test_a_nonce_that_is_stale_is_replaced_without_asking(kind: str) -> None:
    with loopback_function(Guard(lasts=2)) as server:
        given = Login(username="user", password="pass-word")
        with Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller:
            for _ in range(4):
                assert caller.call(wanted(), {"thing_id": "t1"}).name == "nightly"
        assert len(server.received) == 6


@BOTH
def test_a_wrong_password_is_not_tried_again(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), loopback_function(Guard()) as server:
        given = Login(username="user", password="pass-wrong")
        with (
            Caller(kind, SERVICE, base_url=server.url, credentials=given) as caller,
            pytest.raises(AuthenticationError) as caught,
        ):
            caller.call(wanted(), {"thing_id": "t1"})
        assert len(server.received) == 2
    texts = [repr(caught.value), *(record.getMessage() for record in caplog.records)]
    assert [text for text in texts if "pass-wrong" in text] == []


def test_the_answer_is_that_of_another_implementation() -> None:
    """Sent without chance: httpx's own digest, with the nonce of its client put into ours."""
    header = f'Digest realm="r", qop="auth", algorithm=SHA-256, nonce="{NONCE}", opaque="{OPAQUE}"'
    flow = httpx.DigestAuth("user", "pass-word").auth_flow(httpx.Request("GET", "https://a.example.com/x?y=1"))
    request = next(flow)
    theirs = flow.send(httpx.Response(401, headers={"WWW-Authenticate": header}, request=request))
    found = dict(re.findall(r'(\w+)="?([^",]*)"?', theirs.headers["Authorization"]))
    ours = answer(chosen(header), ("user", "pass-word"), "GET", "/x?y=1", b"", 1, found["cnonce"])
    assert dict(re.findall(r'(\w+)="?([^",]*)"?', ours)) == found

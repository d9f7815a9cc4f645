"""The server of the generated stubs: what it records, what it refuses, and that it tells no secrets."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from .signing_room import CREDENTIALS, SECRET_KEY, WireRequest, credentials, first_recipe, loopback, signer, verifier

RECIPE = first_recipe()
SIGN = signer(RECIPE)
DATA = RECIPE.to_data()
Answer, LoopbackServer = loopback.Answer, loopback.LoopbackServer


def signed(method: str, url: str, now: float, known: dict[str, str] = CREDENTIALS) -> dict[str, str]:
    return dict(SIGN(method, url, {}, b"", credentials(RECIPE, known), now).headers)


def raw(server: Any, *requests: bytes) -> list[bytes]:
    """Send bytes over one connection and give what comes back for each until the server has nothing to say."""
    address = urlsplit(server.base_url)
    answers = []
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        for request in requests:
            connection.sendall(request)
            answers.append(connection.recv(65_536))
    return answers


def test_requests_are_recorded_as_they_were_on_the_wire() -> None:
    with LoopbackServer(default=Answer(json={"ok": True})) as server:
        lines = [
            b"PUT /a%20b/\xc3?q=+'[~:&q=&q HTTP/1.1",
            b"Host: H",
            b"X-B:  two ",
            b"x-a: 1",
            b"X-B: 3",
            b"Content-Length: 3",
        ]
        text = b"\r\n".join([*lines, b"", b"\x00{}"])
        assert raw(server, text)[0].startswith(b"HTTP/1.1 200 OK\r\n")
        (received,) = server.requests
    assert (received.method, received.target) == ("PUT", "/a%20b/\xc3?q=+'[~:&q=&q")
    assert (received.path, received.query) == ("/a%20b/\xc3", "q=+'[~:&q=&q")
    assert received.headers == (("Host", "H"), ("X-B", "two"), ("x-a", "1"), ("X-B", "3"), ("Content-Length", "3"))
    assert received.header("x-b") == "two, 3"
    assert received.body == b"\x00{}"
    assert (received.signature_valid, received.problem) == (True, None)


def test_answers_come_in_order_and_then_500() -> None:
    with LoopbackServer() as server, httpx.Client(base_url=server.base_url) as client:
        server.queue(Answer(status=503, headers=(("Retry-After", "1"),)), Answer(json=None), Answer(status=204))
        server.queue(Answer(status=599, body=b"<p>", headers=(("Content-Type", "text/html"),)))
        answers = [client.get("/") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [503, 200, 204, 599, 500]
    assert answers[0].headers["retry-after"] == "1"
    assert (answers[1].content, answers[1].headers["content-type"]) == (b"null", "application/json")
    assert (answers[3].content, answers[3].headers["content-type"]) == (b"<p>", "text/html")


def test_bodies_of_every_framing() -> None:
    with LoopbackServer(default=Answer(json={})) as server, httpx.Client(base_url=server.base_url) as client:
        client.post("/", json={"이름": None})
        client.post("/", content=iter([b"a" * 70_000, b"b"]))
        head = client.head("/")
    assert server.requests[0].json() == {"이름": None}
    assert server.requests[1].body == b"a" * 70_000 + b"b"
    assert (head.headers["content-length"], head.content) == ("2", b"")


URLS = [
    "/", "/v1/x?name=%ED%95%9C%EA%B8%80%20a", "/v1/x?q=a+b&q=&q", "/v1/x?q=%25%5B%27:~", "/%ED%95%9C?", "/v1/x?a=b?c=d",
]  # fmt: skip


@pytest.mark.parametrize("target", URLS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_right_signature_is_accepted(method: str, target: str) -> None:
    with LoopbackServer(verifiers=[verifier.RecipeVerifier(DATA, CREDENTIALS)], default=Answer(json={})) as server:
        address = urlsplit(server.base_url)
        connection = http.client.HTTPConnection(address.hostname, address.port)
        connection.request(method, target, headers=signed(method, server.base_url + target, time.time()))
        assert connection.getresponse().status == 200
        connection.close()
    assert server.requests[0].problem is None


def test_a_proxied_request_is_signed_over_its_own_address() -> None:
    url = "http://DATA-OPS.Example.com:80/v1/x?q=1"
    with LoopbackServer(verifiers=[verifier.RecipeVerifier(DATA, CREDENTIALS)], default=Answer(json={})) as server:
        lines = [
            f"GET {url} HTTP/1.1",
            "Host: data-ops.example.com",
            *map(": ".join, signed("GET", url, time.time()).items()),
        ]
        raw(server, "\r\n".join([*lines, "", ""]).encode())
    assert server.requests[0].problem is None


NOW = 1_700_000_000.0
URL = "http://h/v1/x?a=1"
RIGHT = {"Host": "h", **signed("GET", URL, NOW)}
REFUSALS: dict[str, tuple[dict[str, str | None], str]] = {
    "another signature": (
        {"Scp-Signature": signed("GET", URL + "&b", NOW)["Scp-Signature"]},
        "Scp-Signature is not right",
    ),
    "no signature": ({"Scp-Signature": None}, "Scp-Signature is missing"),
    "an empty signature": ({"Scp-Signature": ""}, "Scp-Signature is not right"),
    "characters beyond ASCII": ({"Scp-Signature": "é"}, "Scp-Signature is not right"),
    "another access key": ({"Scp-Accesskey": "f" * 32}, "Scp-Accesskey is not right"),
    "another client type": ({"Scp-ClientType": "Console"}, "Scp-ClientType is not right"),
    "another host": ({"Host": "H"}, "Scp-Signature is not right"),
    "another time": ({"Scp-Timestamp": str(int(NOW * 1000) + 1)}, "Scp-Signature is not right"),
    "no time": ({"Scp-Timestamp": None}, "Scp-Timestamp is missing"),
    "a time that is none": ({"Scp-Timestamp": "1700000000000 "}, "Scp-Timestamp is malformed"),
    "Arabic digits": ({"Scp-Timestamp": "\xb9" * 13}, "Scp-Timestamp is malformed"),
    "a token that nobody has": ({"X-Auth-Token": "t"}, "X-Auth-Token is not expected"),
}


@pytest.mark.parametrize(("change", "problem"), REFUSALS.values(), ids=REFUSALS)
def test_a_wrong_request_is_refused(change: dict[str, str | None], problem: str) -> None:
    headers = tuple((name, value) for name, value in {**RIGHT, **change}.items() if value is not None)
    judge = verifier.RecipeVerifier(DATA, CREDENTIALS)
    request = WireRequest(method="GET", target="/v1/x?a=1", headers=headers)
    assert judge.verify(request, NOW) == f"header {problem}"


def wire(now: float, target: str = "/v1/x?a=1", extra: tuple[tuple[str, str], ...] = ()) -> Any:
    headers = (("Host", "h"), *signed("GET", "http://h" + target, now).items(), *extra)
    return WireRequest(method="GET", target=target, headers=headers)


def test_a_header_sent_twice_is_refused() -> None:
    judge = verifier.RecipeVerifier(DATA, CREDENTIALS)
    again = (("scp-signature", RIGHT["Scp-Signature"]),)
    assert judge.verify(wire(NOW, extra=again), NOW) == "header Scp-Signature is sent 2 times"


@pytest.mark.parametrize(("skew", "accepted"), [(-300, True), (300, True), (-301, False), (301, False)])
def test_the_window(skew: float, accepted: bool) -> None:
    problem = verifier.RecipeVerifier(DATA, CREDENTIALS).verify(wire(NOW + skew), NOW)
    assert problem == (None if accepted else "the timestamp is outside the window")


def test_replays_are_refused_and_the_memory_of_them_is_bounded() -> None:
    judge = verifier.RecipeVerifier(DATA, CREDENTIALS, replay_limit=2)
    first, second, third = (wire(NOW, f"/{number}") for number in range(3))
    assert [judge.verify(request, NOW) for request in (first, second, first)] == [
        None, None, "the request was seen before",
    ]  # fmt: skip
    assert [judge.verify(request, NOW) for request in (third, first)] == [None, None]
    assert verifier.RecipeVerifier(DATA, CREDENTIALS, replay_limit=0).verify(first, NOW) is None


def test_a_refused_request_is_not_remembered() -> None:
    judge = verifier.RecipeVerifier(DATA, CREDENTIALS)
    assert judge.verify(wire(NOW), NOW + 900) is not None
    assert judge.verify(wire(NOW), NOW) is None


def test_a_refusal_tells_no_signature_and_leaves_the_queue_alone() -> None:
    with LoopbackServer(verifiers=[verifier.RecipeVerifier(DATA, CREDENTIALS)], clock=lambda: NOW) as server:
        server.queue(Answer(json="kept"))
        url = server.base_url + "/x"
        wrong = signed("GET", url, NOW, {**CREDENTIALS, "secret_key": "wrong"})
        right = signed("GET", url, NOW)
        refused, served = httpx.get(url, headers=wrong), httpx.get(url, headers=right)
    assert (refused.status_code, served.status_code, served.json()) == (401, 200, "kept")
    assert [received.signature_valid for received in server.requests] == [False, True]
    for told in (str(refused.headers), refused.text, repr(server.requests[0].problem)):
        assert right["Scp-Signature"] not in told
        assert SECRET_KEY not in told
    assert json.loads(refused.text)["reason"] == "header Scp-Signature is not right"


@pytest.mark.parametrize(
    "text",
    [b"GET /\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\n\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
     b"GET / HTTP/1.1\r\nA : b\r\n\r\n", b"GET / HTTP/1.1\r\n folded\r\n\r\n", b"\x16\x03\x01\r\n",
     b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
     b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_request_is_answered_with_400(text: bytes) -> None:
    with LoopbackServer() as server:
        assert raw(server, text)[0].startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert httpx.get(server.base_url).status_code == 500
    assert len(server.requests) == 1


def test_a_connection_that_breaks_off_leaves_the_server_well() -> None:
    with LoopbackServer(default=Answer(json=1)) as server:
        address = urlsplit(server.base_url)
        for text in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"):
            with socket.create_connection((address.hostname, address.port)) as connection:
                connection.sendall(text)
        assert httpx.get(server.base_url).json() == 1


def test_open_connections_do_not_hold_the_end_up() -> None:
    with LoopbackServer(default=Answer(json=1)) as server:
        client = httpx.Client(base_url=server.base_url)
        client.get("/")
        start = time.monotonic()
    assert time.monotonic() - start < 2
    client.close()


def test_an_answer_may_close_the_connection() -> None:
    with LoopbackServer(default=Answer(json=1, close=True)) as server, httpx.Client(base_url=server.base_url) as client:
        answers = [client.get("/") for _ in range(2)]
    assert [answer.headers["connection"] for answer in answers] == ["close", "close"]


def test_many_connections_at_once() -> None:
    async def calls(url: str) -> list[int]:
        limits = httpx.Limits(max_connections=50)
        async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
            return [answer.status_code for answer in await asyncio.gather(*(client.get(f"/{n}") for n in range(200)))]

    with LoopbackServer(default=Answer(json={})) as server:
        assert asyncio.run(calls(server.base_url)) == [200] * 200
    assert {received.target for received in server.requests} == {f"/{number}" for number in range(200)}

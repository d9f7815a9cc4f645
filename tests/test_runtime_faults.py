"""Servers that misbehave: slow, endless, broken, deep or lying answers end in one error of the family, in time."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import asyncio
import gzip
import itertools
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from .loopback import Answer, json_answer, loopback
from .runtime_sample import LIST, SHOW, THING, AsyncThingsClient, Caller, ThingsClient, credentials, operation, verifies

# isort: split
from apiscribe_runtime import exchange
from apiscribe_runtime.core import CallOptions
from apiscribe_runtime.depth import too_deep
from apiscribe_runtime.errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    RequestValidationError,
    ResponseTooLargeError,
    ResponseValidationError,
    ServerError,
)
from apiscribe_runtime.operation import Types
from apiscribe_runtime.views import as_streaming, as_streaming_async

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}
HEAD = b"HTTP/1.1 200 OK\r\n"
MIB = 1024 * 1024


def drip(before: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    """Send a piece every 20 ms until the other side is gone."""

    def pieces() -> Iterator[bytes]:
        yield before
        pause = threading.Event()
        while not pause.wait(0.02):
            yield piece

    return pieces


@pytest.mark.parametrize(
    "pieces",
    [
        drip(b"", b"H"),
        drip(HEAD + b"X-Slow: ", b"x"),
        drip(HEAD + b"Content-Length: 100000\r\n\r\n", b"1"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n1\r\n"),
    ],
    ids=["status", "headers", "body", "chunks"],
)
@BOTH
def test_the_deadline_is_total(kind: str, pieces: Callable[[], Iterator[bytes]]) -> None:
    with loopback(Answer(pieces=pieces)) as server, Caller(kind, base_url=server.url, timeout=0.3) as caller:
        begun = time.monotonic()
        with pytest.raises(APITimeoutError) as caught:
            caller.call(SHOW, ID)
        assert time.monotonic() - begun < 2
    assert isinstance(caught.value.__cause__, Exception)
    assert caught.value.__cause__.__cause__ is None
    assert len(server.received) == 1


@BOTH
def test_silence_is_a_timeout_of_the_call(kind: str) -> None:
    with loopback(Answer(pieces=drip(b"", b""))) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(APITimeoutError, match="ShowThing: no answer in time"):
            caller.call(SHOW, ID, options=CallOptions(timeout=0.2))
        for bad in (0, -1, float("nan"), float("inf"), True, "1"):
            with pytest.raises(RequestValidationError, match="timeout"):
                caller.call(SHOW, ID, options=CallOptions(timeout=bad))


def test_waiting_for_a_place_counts() -> None:
    with loopback(Answer(pieces=drip(b"", b""))) as server:

        async def run() -> None:
            async with AsyncThingsClient(
                credentials=credentials(), base_url=server.url, timeout=0.3, max_concurrency=1
            ) as client:
                results = await asyncio.gather(*(client._call(SHOW, ID) for _ in range(5)), return_exceptions=True)
                assert [type(result) for result in results] == [APITimeoutError] * 5

        begun = time.monotonic()
        asyncio.run(run())
        assert time.monotonic() - begun < 2
        with ThingsClient(credentials=credentials(), base_url=server.url, timeout=0.3, max_concurrency=1) as client:
            stream = as_streaming(client._streaming_view()._call)
            server.script = [Answer(raw=HEAD + b"Content-Length: 5\r\n\r\n12345")]
            with stream(SHOW, ID), pytest.raises(APITimeoutError):
                client._call(SHOW, ID)


def test_who_waits_for_a_place_signs_with_the_time_of_sending() -> None:
    class Places(threading.BoundedSemaphore):
        def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
            if blocking:
                response.close()  # only now: the second call has to wait, and gets the place of the first
            return super().acquire(blocking, timeout)

    def options(url: str) -> dict[str, Any]:
        moments = itertools.count(1.6e9, 600.0)  # ten minutes between any two signatures
        return {
            "credentials": credentials(),
            "base_url": url,
            "max_concurrency": 1,
            "clock": lambda: float(next(moments)),
        }

    async def run(url: str) -> None:
        async with AsyncThingsClient(**options(url)) as client:
            await asyncio.gather(client._call(SHOW, ID), client._call(SHOW, ID))

    with loopback(json_answer(THING)) as server:
        with ThingsClient(**options(server.url)) as client:
            transport = client._transport
            transport._rooms[os.getpid(), False] = transport._open(os.getpid(), False).changed(places=Places(1))
            with as_streaming(client._streaming_view()._call)(SHOW, ID) as response:
                assert client._call(SHOW, ID).name == "nightly"
        asyncio.run(run(server.url))
        times = [request.header("scp-timestamp") for request in server.received]
        assert times == ["1600000000000", "1600001200000"] * 2
        assert all(verifies(request, server.url) for request in server.received)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Length: 99999999999\r\n\r\n",
        HEAD + b"Content-Length: %d\r\n\r\n" % (32 * MIB + 1),
        HEAD + b"Connection: close\r\n\r\n" + b"1" * (32 * MIB + 1),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"100000\r\n%s\r\n" % (b" " * MIB) * 33,
        HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(101)) + b"Content-Length: 2\r\n\r\n{}",
        HEAD + b"X-A: %s\r\nContent-Length: 2\r\n\r\n{}" % (b"x" * 65_536),
        HEAD + b"X-A: %s\r\n\r\n" % (b"x" * 200_000),
        b"HTTP/1.1 500 No\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(101)) + b"Content-Length: 0\r\n\r\n",
    ],
    ids=["lying length", "length", "plain", "chunks", "many headers", "large headers", "huge headers", "error headers"],
)
@BOTH
def test_what_is_too_large_is_refused(kind: str, raw: bytes) -> None:
    with loopback(Answer(raw=raw)) as server, Caller(kind, base_url=server.url, max_retries=0) as caller:
        with pytest.raises(ResponseTooLargeError, match="ShowThing"):
            caller.call(SHOW, ID)


def body_answer(data: bytes, coding: str) -> Answer:
    return Answer(200, data, {"Content-Type": "application/json", "Content-Encoding": coding})


@BOTH
def test_a_compressed_body_is_bounded_by_what_it_becomes(kind: str) -> None:
    bomb = gzip.compress(b"1" * (64 * MIB))
    assert len(bomb) < MIB
    with loopback(body_answer(bomb, "gzip")) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(ResponseTooLargeError):
            caller.call(SHOW, ID)


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (gzip.compress(THING.encode()), "gzip"),
        (gzip.compress(THING[:20].encode()) + gzip.compress(THING[20:].encode()), "gzip"),
        (zlib.compress(THING.encode()), "deflate"),
        (zlib.compress(THING.encode(), wbits=-15), "deflate"),
        (THING.encode(), "identity"),
    ],
)
@BOTH
def test_codings(kind: str, data: bytes, coding: str) -> None:
    with loopback(body_answer(data, coding)) as server, Caller(kind, base_url=server.url) as caller:
        assert caller.call(SHOW, ID).name == "nightly"
        assert caller.raw(SHOW, ID).content == THING.encode()


@pytest.mark.parametrize(
    ("data", "coding"),
    [(b"not gzip", "gzip"), (b"\xff\xff", "deflate"), (THING.encode(), "br"), (b"x", "gzip, gzip")],
)
@BOTH
def test_codings_that_are_broken_or_were_not_asked_for(kind: str, data: bytes, coding: str) -> None:
    with loopback(body_answer(data, coding)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(ResponseValidationError):
            caller.call(SHOW, ID)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b'{"id":"1","name":"n"} x',
        b"[]",
        b"null",
        b'"text"',
        b"12",
        b"\xff",
        b'{"id":' + b"[" * 101 + b"]" * 101 + b"}",
        b'{"id":"1","name":"n","x":' + b"[" * 100 + b"]" * 100 + b"}",
        b'{"id":"1","name":"n","x":' + b'{"a":[' * 5_000 + b"]}" * 5_000 + b"}",
        b'{"id":"1","name":"n","x":' + b"9" * 4301 + b"}",
        b'{"id":"1","name":1,"x":' + b"9" * 4301 + b"}",
        b"[" * 3_000_000,
    ],
    ids=lambda body: body[:24].decode("latin-1") + str(len(body)),
)
@pytest.mark.parametrize("validate", ["tolerant", "strict"])
@BOTH
def test_a_success_that_is_not_the_right_json(kind: str, validate: Any, body: bytes) -> None:
    with loopback(json_answer(body)) as server, Caller(kind, base_url=server.url, validate=validate) as caller:
        with pytest.raises(ResponseValidationError, match=r"ShowThing: the answer 200 is not") as caught:
            caller.call(SHOW, ID)
    assert caught.value.status_code == 200
    assert caught.value.body == body[:2048]
    assert len(str(caught.value)) < 3000


@pytest.mark.parametrize("depth", [99, 4_000])
def test_brackets_in_strings_are_no_depth(depth: int) -> None:
    body = b'{"id":"%s","name":"\\"[[\\\\","x":[%s]}' % (b"[{" * depth, b"[]," * 500 + b"1")
    with loopback(json_answer(body)) as server, Caller("sync", base_url=server.url) as caller:
        assert caller.call(SHOW, ID).id == "[{" * depth


def test_depth_is_measured_in_linear_time() -> None:
    assert not too_deep(b'"' + b'\\"' * 2_000_000 + b"[" * 200)
    assert too_deep(b"[[]" * 2_000_000)
    assert not too_deep(b"[" + b"[]," * 2_000_000 + b"1]")
    assert not too_deep((b'["' + b"\\" * 101 + b'"]') * 10_000)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/9.9 banana\r\n\r\n",
        b"\x16\x03\x01\x00",
        HEAD + b"Content-Length: 10\r\n\r\n123",
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n123",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"\0bad: 1\r\n\r\n",
        b"",
    ],
    ids=lambda raw: repr(raw[:50]),
)
@BOTH
def test_broken_http(kind: str, raw: bytes) -> None:
    with loopback(Answer(raw=raw)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(APIConnectionError) as caught:
            caller.call(SHOW, ID)
    assert isinstance(caught.value.__cause__, httpx.HTTPError)
    assert caught.value.__cause__._request is None
    assert caught.value.__context__ is None
    assert 1 <= len(server.received) <= 3


@BOTH
def test_an_answer_that_breaks_off_is_not_asked_for_again(kind: str) -> None:
    with (
        loopback(Answer(raw=HEAD + b"Content-Length: 10\r\n\r\n123")) as server,
        Caller(kind, base_url=server.url) as caller,
        pytest.raises(APIConnectionError),
    ):
        caller.call(SHOW, ID)
    assert len(server.received) == 1


@BOTH
def test_failures_of_injected_clients_carry_no_request(kind: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("broke at " + request.headers["scp-signature"])

    client_class: Any = httpx.AsyncClient if kind == "async" else httpx.Client
    http_client = client_class(transport=httpx.MockTransport(handler))
    with Caller(kind, base_url="https://things.example.com", http_client=http_client) as caller:
        with pytest.raises(APIConnectionError, match=r"broke at \*\*\*") as caught:
            caller.call(SHOW, ID)
        caller.run(http_client.aclose() if kind == "async" else http_client.close())
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.ReadError)
    assert cause._request is None
    assert str(cause) == "broke at ***"
    assert len(caller.slept) == 2


def test_streams_that_fail() -> None:
    cut = Answer(raw=HEAD + b"Content-Length: 10\r\n\r\n123")
    slow = Answer(pieces=drip(HEAD + b"Content-Length: 100000\r\n\r\n", b"1"))
    coded = Answer(raw=HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n12345")

    async def run(url: str) -> list[type]:
        found = []
        async with AsyncThingsClient(credentials=credentials(), base_url=url, timeout=0.3) as client:
            for _ in range(3):
                async with as_streaming_async(client._streaming_view()._call)(SHOW, ID) as response:
                    try:
                        [piece async for piece in response.iter_bytes()]
                    except APIError as error:
                        found.append(type(error))
        return found

    expected = [APIConnectionError, APITimeoutError, ResponseValidationError]
    with loopback(cut, slow, coded) as server:
        assert asyncio.run(run(server.url)) == expected
    with loopback(cut, slow, coded) as server:
        with ThingsClient(credentials=credentials(), base_url=server.url, timeout=0.3) as client:
            for error in expected:
                with as_streaming(client._streaming_view()._call)(SHOW, ID) as response, pytest.raises(error):
                    list(response.iter_bytes())


def test_a_streamed_bomb_comes_in_bounded_pieces() -> None:
    bomb = gzip.compress(b"\0" * (40 * MIB))
    with loopback(body_answer(bomb, "gzip")) as server:
        with ThingsClient(credentials=credentials(), base_url=server.url) as client:
            with as_streaming(client._streaming_view()._call)(SHOW, ID) as response:
                sizes = [len(piece) for piece in response.iter_bytes()]
            with as_streaming(client._streaming_view()._call)(SHOW, ID) as response:
                with pytest.raises(ResponseTooLargeError):
                    response.read()
    assert sum(sizes) == 40 * MIB
    assert max(sizes) <= MIB


@BOTH
def test_a_body_of_the_largest_size_is_taken(kind: str) -> None:
    body = b'"' + b"x" * (exchange.MAX_BODY - 2) + b'"'
    text = operation(types=lambda: Types(responses={"200": str}))
    with loopback(json_answer(body)) as server, Caller(kind, base_url=server.url) as caller:
        assert len(caller.call(text, ID)) == exchange.MAX_BODY - 2


@BOTH
def test_an_error_with_an_endless_body_is_still_that_error(kind: str) -> None:
    raw = b"HTTP/1.1 500 No\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (3 * MIB)
    with loopback(Answer(raw=raw)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(ServerError) as caught:
            caller.call(SHOW, ID)
    assert len(caught.value.body) == 64 * 1024


@BOTH
def test_no_cookie_comes_back(kind: str) -> None:
    with (
        loopback(json_answer('{"contents":[]}', Set_Cookie="id=1; Path=/")) as server,
        Caller(kind, base_url=server.url) as caller,
    ):
        caller.call(LIST)
        caller.call(LIST)
    assert [request.header("cookie") for request in server.received] == [None, None]


@BOTH
def test_proxies_and_netrc_of_the_environment_are_ignored(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with loopback(json_answer(THING)) as server:
        with Caller(kind, base_url=server.url) as caller:
            caller.call(SHOW, ID)
        with Caller(kind, base_url=server.url, trust_env=True, max_retries=0) as caller:
            with pytest.raises(APIConnectionError):
                caller.call(SHOW, ID)
    assert len(server.received) == 1
    assert server.received[0].header("authorization") is None

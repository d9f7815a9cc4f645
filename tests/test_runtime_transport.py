"""Connections: TLS that is verified, places that are given back, addresses that stay as they were signed."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import asyncio
import doctest
import importlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from .loopback import Answer, Loopback, json_answer, loopback
from .runtime_package import FOLDER
from .runtime_sample import SHOW, THING, UPDATE, AsyncThingsClient, Caller, credentials, operation

# isort: split
from apiscribe_runtime import library, transport
from apiscribe_runtime.deadline import bounded
from apiscribe_runtime.errors import APIConnectionError, RequestValidationError, ServerError
from apiscribe_runtime.exchange import Failure, Send
from apiscribe_runtime.hooks import Hooks
from apiscribe_runtime.operation import Parameter
from apiscribe_runtime.wire import parts, path

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}

# For localhost only, made for these tests, signed by nobody.
PAIR = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgz9n7qTYbfyC+9+q/
H/176/yFnmQYYc/NUJrE/Xm5O9ChRANCAAR8jBKsY4a/RfAZnBKikLcIvoXEYAcv
zW98fDDQRLbCNT3cT+Q2K+RCfm3lbh1MQQ5KN5ZF017hjp9Y/qYmJJCM
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUcH3IQGRp7tOvwVaUZ81tXsvn3lwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjExMjM0MFoYDzIxMjYxMDI5
MTEyMzQwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR8jBKsY4a/RfAZnBKikLcIvoXEYAcvzW98fDDQRLbCNT3cT+Q2K+RC
fm3lbh1MQQ5KN5ZF017hjp9Y/qYmJJCMo28wbTAdBgNVHQ4EFgQUl59riyOVOmla
Nq/C1gi6ONd1SYAwHwYDVR0jBBgwFoAUl59riyOVOmlaNq/C1gi6ONd1SYAwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAKDs5ZmfSDC1GsFkSTxnE7ZYAxSDqCx2kEWoVHUGAyI3AiAa
5Cd8L+KNZs/pxa616ji6Wv4PwQ2iGMa+x0cCOQFoWw==
-----END CERTIFICATE-----
"""


@contextmanager
def tls_server(tmp_path: Path) -> Iterator[tuple[Loopback, str]]:
    """Serve over TLS with a certificate that no authority signed."""
    pair = tmp_path / "pair.pem"
    pair.write_text(PAIR)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    server = Loopback([json_answer(THING)], context)
    try:
        yield server, f"https://localhost:{server.port}"
    finally:
        server.close()


@BOTH
def test_tls_is_verified_whatever_the_environment_says(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tls_server(tmp_path) as (server, url):
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pair.pem"))
        monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
        for trust_env in (False, True):
            with Caller(kind, base_url=url, trust_env=trust_env) as caller:
                with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
                    caller.call(SHOW, ID)
            assert caller.slept == []  # a certificate that is not trusted is not tried again
        assert server.received == []
        trusting = ssl.create_default_context(cadata=PAIR[PAIR.index("-----BEGIN CERT") :])
        client_class: Any = httpx.AsyncClient if kind == "async" else httpx.Client
        http_client = client_class(verify=trusting)
        with Caller(kind, base_url=url, http_client=http_client) as caller:
            assert caller.call(SHOW, ID).id == "t1"
            caller.run(http_client.aclose() if kind == "async" else http_client.close())
    assert len(server.received) == 1


def test_the_tls_context_is_shared_and_only_for_https() -> None:
    assert library._tls_context() is library._tls_context()
    for context in (library._tls_context(), library._no_tls_context()):
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname
    assert library._no_tls_context().cert_store_stats()["x509_ca"] == 0


@BOTH
def test_a_hook_that_fails_gives_its_place_back(kind: str) -> None:
    def fail(view: object) -> None:
        raise LookupError("hook")

    for hooks in (Hooks(request=fail), Hooks(response=fail)):
        with loopback(json_answer(THING)) as server:
            with Caller(kind, base_url=server.url, hooks=hooks, max_concurrency=1, timeout=5) as caller:
                for _ in range(3):
                    with pytest.raises(LookupError):
                        caller.call(SHOW, ID)


def test_a_cancelled_call_gives_its_place_back() -> None:
    release = threading.Event()

    def slow() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        release.wait(10)

    async def run(url: str) -> str:
        options: dict[str, Any] = {"credentials": credentials(), "base_url": url, "max_concurrency": 1, "timeout": 5}
        async with AsyncThingsClient(**options) as client:
            first = asyncio.ensure_future(client._call(SHOW, ID))
            waiting = asyncio.ensure_future(client._call(SHOW, ID))
            while not server.received:
                await asyncio.sleep(0)
            waiting.cancel()
            first.cancel()
            results = await asyncio.gather(first, waiting, return_exceptions=True)
            assert [type(result) for result in results] == [asyncio.CancelledError] * 2
            return (await client._call(SHOW, ID)).id

    with loopback(Answer(pieces=slow), json_answer(THING)) as server:
        assert asyncio.run(run(server.url)) == "t1"
        release.set()


@BOTH
def test_failed_calls_give_their_places_back(kind: str) -> None:
    script = [Answer(503), Answer(404), Answer(drop=True), json_answer("no json"), json_answer(THING)]
    with loopback(*script) as server:
        with Caller(kind, base_url=server.url, max_concurrency=1, max_retries=0, timeout=5) as caller:
            for _ in range(4):
                with pytest.raises(Exception, match="ShowThing"):
                    caller.call(SHOW, ID)
            assert caller.call(SHOW, ID).id == "t1"
            with pytest.raises(RequestValidationError):
                caller.call(SHOW, {"thing_id": ".."})
            assert caller.call(SHOW, ID).id == "t1"


@BOTH
def test_connections_are_used_again(kind: str) -> None:
    with loopback(json_answer(THING), Answer(503), json_answer(THING)) as server:
        with Caller(kind, base_url=server.url) as caller:
            for _ in range(4):
                caller.call(SHOW, ID)
        assert server.connections == 1


def test_an_address_that_would_change_on_the_wire_is_not_sent() -> None:
    sender = transport.SyncTransport(client=None, concurrency=1, trust_env=False)
    for url in ("http://127.0.0.1:9/a b", "http://127.0.0.1:9/a/../b", "http://127.0.0.1:80/", "http://A.example/x"):
        answer = sender.send(Send("GET", url, (), b"", None))
        assert isinstance(answer, Failure)
        assert (answer.kind, answer.text) == ("local", "the request cannot be sent")
    sender.close()


@given(st.text(), st.text(min_size=1))
def test_any_text_is_encoded_once_and_left_alone_by_the_library(query: str, segment: str) -> None:
    described = operation(
        parameters=(
            Parameter(name="thing_id", argument="thing_id", location="path"),
            Parameter(name="q", argument="q", location="query"),
        )
    )
    arguments = {"thing_id": segment, "q": query}
    if segment in (".", ".."):
        with pytest.raises(RequestValidationError):
            path(described, arguments)
        return
    route, text = path(described, arguments), parts(described, arguments)[0]
    url = f"https://things.example.com{route}?{text}"
    assert str(httpx.URL(url)) == url
    assert httpx.URL(url).raw_path.decode() == f"{route}?{text}"
    assert route.count("/") == 3
    assert unquote(route.removeprefix("/v1/things/")) == segment
    assert unquote(text.removeprefix("q=")) == query
    assert not set(text) & set(" \"'<>[]{}|\\^`#+;&")


@BOTH
def test_other_mappings_are_bodies_too(kind: str) -> None:
    with loopback(json_answer(THING, 202)) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(UPDATE, ID, body=MappingProxyType({"description": "x"}))
    assert server.received[0].body == b'{"description":"x"}'


@BOTH
def test_a_large_body_arrives_whole(kind: str) -> None:
    text = "가" * 1_000_000
    with loopback(json_answer(THING, 202)) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(UPDATE, ID, fields={"description": text})
    assert server.received[0].body == f'{{"description":"{text}"}}'.encode()


@BOTH
def test_a_server_error_keeps_the_connection_error_apart(kind: str) -> None:
    with loopback(Answer(503), Answer(drop=True), Answer(503)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(ServerError):
            caller.call(SHOW, ID)
    assert len(server.received) == 3


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__"))
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(f"apiscribe_runtime.{name}")
    assert doctest.testmod(module).failed == 0


def test_where_all_that_was_asked_for_was_there_more_is_read_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        stream = bounded(httpcore.SyncBackend()).connect_tcp(*server.getsockname())
        theirs, _ = server.accept()
    with theirs:
        theirs.sendall(b"a" * 10 + b"b" * 15)
        assert (stream.read(10), stream.read(10)) == (b"a" * 10, b"b" * 15)
        theirs.sendall(b"c" * 25)
        assert stream.read(10) == b"c" * 25
        theirs.sendall(b"d")
        assert stream.read(10) == b"d"
        theirs.sendall(b"e" * 25)
        assert stream.read(10) == b"e" * 10
    stream.close()

"""Calls over real sockets, through both clients: bodies, retries, views, hooks, injected clients, concurrency."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import asyncio
import inspect
import json
import logging
import warnings
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from .loopback import Answer, Received, json_answer, loopback, loopback_function
from .runtime_sample import (
    ACCESS,
    CREATE,
    DELETE,
    LIST,
    PATCH,
    SECRET,
    SHOW,
    THING,
    TOKEN,
    UPDATE,
    AsyncThingsClient,
    Caller,
    Tag,
    ThingsClient,
    Update,
    credentials,
    operation,
    verifies,
)

# isort: split
from apiscribe_runtime.body import encode_body
from apiscribe_runtime.core import CallOptions
from apiscribe_runtime.errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    RateLimitError,
    RequestValidationError,
    ServerError,
)
from apiscribe_runtime.hooks import Hooks
from apiscribe_runtime.model import Model
from apiscribe_runtime.operation import Body, Types
from apiscribe_runtime.signing import Signed
from apiscribe_runtime.unset import UNSET
from apiscribe_runtime.views import as_raw, as_raw_async, as_streaming, as_streaming_async
from apiscribe_runtime.warn import DeprecatedOperationWarning, SupportedUntilWarning

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}


@BOTH
def test_fields_absent_null_and_aliased(kind: str) -> None:
    fields = {
        "description": None,
        "worker_type": "Celery",
        "count": UNSET,
        "k8s_version": "1.30",
        "tags": [Tag(key="a")],
    }
    with loopback(json_answer(THING, 202)) as server, Caller(kind, base_url=server.url) as caller:
        thing = caller.call(UPDATE, {**ID, "scp_request_path": UNSET}, fields=fields)
    request = server.received[0]
    assert json.loads(request.body) == {
        "description": None,
        "worker_type": "Celery",
        "tags": [{"key": "a"}],
        "k8s.version": "1.30",
    }
    assert request.method == "PUT"
    assert request.header("content-type") == "application/json"
    assert request.header("scp-request-path") is None
    assert verifies(request, server.url)
    assert (thing.name, thing.k8s_version) == ("nightly", "1.30")


@pytest.mark.parametrize(
    "body",
    [
        Update(description="x", k8s_version="1"),
        {"description": "x", "k8s.version": "1"},
        {"description": "x", "k8s_version": "1", "count": UNSET},
    ],
)
@BOTH
def test_body_as_model_or_mapping(kind: str, body: object) -> None:
    with loopback(json_answer(THING, 202)) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(UPDATE, ID, body=body)
    assert json.loads(server.received[0].body) == {"description": "x", "k8s.version": "1"}


@pytest.mark.parametrize(
    ("fields", "body", "error", "text"),
    [
        ({"description": "x"}, {"description": "y"}, TypeError, "not both"),
        ({}, UNSET, TypeError, "needs a body"),
        ({"other": 1}, UNSET, TypeError, "no body field other"),
        ({"count": "5"}, UNSET, RequestValidationError, "UpdateThing: count: Input should be a valid integer"),
        ({"count": True}, UNSET, RequestValidationError, "count"),
        ({"count": float("nan")}, UNSET, RequestValidationError, "count"),
        ({"at": "soon"}, UNSET, RequestValidationError, "at: "),
        ({"description": object()}, UNSET, RequestValidationError, "cannot be written as JSON"),
        (None, {"unknown": 1}, RequestValidationError, "unknown: Extra inputs are not permitted"),
        (None, {"tags": [{"key": 1}]}, RequestValidationError, "tags.0.key"),
        (None, [1], RequestValidationError, "UpdateThing: "),
        (None, None, RequestValidationError, "UpdateThing: "),
    ],
)
def test_bodies_that_are_refused_before_sending(fields: Any, body: Any, error: type[Exception], text: str) -> None:
    with loopback(json_answer(THING, 202)) as server, Caller("sync", base_url=server.url) as caller:
        with pytest.raises(error, match=text):
            caller.call(UPDATE, ID, fields=fields, body=body)
    assert server.received == []


def test_refused_values_are_not_shown() -> None:
    with Caller("sync", base_url="http://127.0.0.1:9") as caller, pytest.raises(RequestValidationError) as caught:
        caller.call(UPDATE, ID, fields={"admin_password": 1234567, "count": "hunter2"})
    assert "hunter2" not in f"{caught.value!r}{caught.value}{vars(caught.value)}"
    assert "1234567" not in f"{caught.value!r}{caught.value}{vars(caught.value)}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("media_type", "body", "sent"),
    [
        ("application/merge-patch+json", {"a": None}, b'{"a":null}'),
        ("application/x-www-form-urlencoded", {"a": "x y&z", "b": [1, True], "c": None}, b"a=x+y%26z&b=1&b=true"),
        ("application/octet-stream", b"\x00\x01", b"\x00\x01"),
        ("text/plain; charset=utf-8", "가", "가".encode()),
    ],
)
@BOTH
def test_other_media_types(kind: str, media_type: str, body: object, sent: bytes) -> None:
    upload = operation(method="POST", path=("/up",), parameters=(), body=Body(media_type=media_type), types=Types)
    with loopback(Answer(202)) as server, Caller(kind, base_url=server.url) as caller:
        assert caller.call(upload, body=body) is None
    assert server.received[0].body == sent
    assert server.received[0].header("content-type") == media_type
    assert server.received[0].header("content-length") == str(len(sent))


class Order(Model):
    seconds: float | None = None
    parts: list[float] | None = None
    inner: Order | None = None
    free: Any = None


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"seconds": 3600}, b'{"seconds":3600}'),
        ({"seconds": 3600.0}, b'{"seconds":3600.0}'),
        ({"seconds": 2**60}, b'{"seconds":1152921504606846976}'),
        ({"seconds": 0.5, "free": 1.0}, b'{"seconds":0.5,"free":1.0}'),
        ({"parts": [1, 2.0, 2.5], "inner": {"seconds": 1}}, b'{"parts":[1,2.0,2.5],"inner":{"seconds":1}}'),
        (Order(seconds=3600), b'{"seconds":3600.0}'),
    ],
)
def test_numbers_are_sent_as_they_were_given(body: object, sent: bytes) -> None:
    declared = Body(media_type="application/json")
    order = operation(method="POST", path=("/orders",), parameters=(), body=declared, types=lambda: Types(body=Order))
    assert encode_body(order, None, body) == (sent, "application/json")


def test_multipart() -> None:
    upload = operation(
        method="POST", path=("/up",), parameters=(), body=Body(media_type="multipart/form-data"), types=Types
    )
    with loopback(Answer(202)) as server, Caller("sync", base_url=server.url) as caller:
        caller.call(upload, body={"name": "n", "file": ('a"b\r\n.txt', b"data", "text/plain"), "none": None})
    request = server.received[0]
    boundary = (request.header("content-type") or "").removeprefix("multipart/form-data; boundary=")
    assert request.body.split(f"--{boundary}".encode()) == [
        b"",
        b'\r\nContent-Disposition: form-data; name="name"\r\n\r\nn\r\n',
        b'\r\nContent-Disposition: form-data; name="file"; filename="a%22b%0D%0A.txt"'
        b"\r\nContent-Type: text/plain\r\n\r\ndata\r\n",
        b"--\r\n",
    ]


@BOTH
def test_no_body(kind: str) -> None:
    with loopback(Answer(202)) as server, Caller(kind, base_url=server.url) as caller:
        assert caller.call(DELETE, ID) is None
        with pytest.raises(TypeError, match="takes no body"):
            caller.call(DELETE, ID, body={})
        with pytest.raises(TypeError, match="no argument other"):
            caller.call(DELETE, {**ID, "other": 1})
        caller.call(operation(method="POST", body=Body(), types=Types), ID)
    assert server.received[0].header("content-length") is None
    assert server.received[1].header("content-length") == "0"
    assert server.received[1].header("content-type") is None


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@BOTH
def test_idempotent_calls_are_sent_again_and_signed_again(kind: str, status: int) -> None:
    script = [Answer(status), Answer(status), json_answer(THING, 202)]
    with loopback(*script) as server, Caller(kind, base_url=server.url, clock=lambda: 1.6e9) as caller:
        assert caller.call(UPDATE, ID, fields={"description": "x"}).id == "t1"
    assert len(server.received) == 3
    assert len({request.header("scp-timestamp") for request in server.received}) == 3
    assert len({request.header("scp-signature") for request in server.received}) == 3
    assert all(verifies(request, server.url) for request in server.received)
    assert len({request.body for request in server.received}) == 1
    assert len(caller.slept) == 2
    assert 0.25 <= caller.slept[0] <= 0.5 <= caller.slept[1] <= 1.0


@BOTH
def test_at_most_three_sends(kind: str) -> None:
    with loopback(Answer(503)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(ServerError):
            caller.call(SHOW, ID)
        assert len(server.received) == 3
        with pytest.raises(ServerError):
            caller.call(SHOW, ID, options=CallOptions(max_retries=0))
        assert len(server.received) == 4
        with pytest.raises(RequestValidationError, match="at most 3"):
            caller.call(SHOW, ID, options=CallOptions(max_retries=3))
    with pytest.raises(RequestValidationError, match="at most 3"):
        Caller(kind, base_url=server.url, max_retries=7)


@pytest.mark.parametrize("described", [CREATE, PATCH])
@pytest.mark.parametrize("answer", [Answer(503), Answer(429, headers={"Retry-After": "0"}), Answer(drop=True)])
@BOTH
def test_post_and_patch_are_sent_once(kind: str, answer: Answer, described: Any) -> None:
    arguments = ID if described is PATCH else {}
    with loopback(answer) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises((ServerError, RateLimitError, APIConnectionError)):
            caller.call(described, arguments, fields={"description": "x"})
    assert len(server.received) == 1
    assert caller.slept == []


@pytest.mark.parametrize("status", [400, 401, 404, 409, 500, 501])
@BOTH
def test_other_statuses_are_final(kind: str, status: int) -> None:
    with (
        loopback(Answer(status)) as server,
        Caller(kind, base_url=server.url) as caller,
        pytest.raises(APIStatusError, match=f"ShowThing: {status}"),
    ):
        caller.call(SHOW, ID)
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("value", "slept"),
    [
        ("2", 2.0),
        ("0", 0.0),
        ("60", 60.0),
        ("100000", 60.0),
        (formatdate(1.6e9 + 7, usegmt=True), 7.0),
        (formatdate(1.6e9 + 7000, usegmt=True), 60.0),
        (formatdate(1.6e9 - 7, usegmt=True), None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e3", None),
        ("\u00b2", None),
        ("soon", None),
        ("", None),
        ("Mon, 99 Foo 2024 99:99:99 GMT", None),
        ("9" * 400, None),
    ],
)
@BOTH
def test_retry_after(kind: str, value: str, slept: float | None) -> None:
    script = [Answer(503, headers={"Retry-After": value}), json_answer(THING)]
    with loopback(*script) as server, Caller(kind, base_url=server.url, timeout=None, clock=lambda: 1.6e9) as caller:
        caller.call(SHOW, ID)
    assert len(caller.slept) == 1
    assert caller.slept[0] == slept if slept is not None else 0.25 <= caller.slept[0] <= 0.5


@BOTH
def test_a_wait_beyond_the_deadline_is_not_begun(kind: str) -> None:
    with loopback(Answer(503, headers={"Retry-After": "30"})) as server:
        with Caller(kind, base_url=server.url, timeout=5) as caller, pytest.raises(ServerError):
            caller.call(SHOW, ID)
    assert len(server.received) == 1
    assert caller.slept == []


@BOTH
def test_broken_connections_are_tried_again(kind: str) -> None:
    with loopback(Answer(drop=True), json_answer(THING)) as server, Caller(kind, base_url=server.url) as caller:
        assert caller.call(SHOW, ID).id == "t1"
    assert len(server.received) == 2
    with Caller(kind, base_url="http://127.0.0.1:9") as caller, pytest.raises(APIConnectionError) as caught:
        caller.call(SHOW, ID)
    assert len(caller.slept) == 2
    assert "127.0.0.1:9" in str(caught.value)
    assert isinstance(caught.value.__cause__, httpx.ConnectError)


@BOTH
def test_raw_responses(kind: str) -> None:
    with loopback(json_answer(THING, X_Request_Id="r1"), Answer(404)) as server:
        with Caller(kind, base_url=server.url) as caller:
            raw = caller.raw(SHOW, ID)
            assert (raw.status_code, raw.headers["x-REQUEST-id"], raw.content) == (200, "r1", THING.encode())
            assert raw.parse().name == "nightly"
            assert caller.client._mode == "value"
            with pytest.raises(Exception, match="404"):
                caller.raw(SHOW, ID)


def test_streaming_views() -> None:
    pieces = [b"x" * 1000] * 300

    def answer(request: Received) -> Answer:
        if request.target.endswith("/missing"):
            return Answer(404)
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"
        return Answer(pieces=lambda: iter([head, *pieces]))

    with loopback_function(answer) as server:
        with ThingsClient(credentials=credentials(), base_url=server.url, max_concurrency=1) as client:
            show = as_streaming(client._streaming_view()._call)
            with show(SHOW, ID) as response:
                assert b"".join(response.iter_bytes()) == b"".join(pieces)
            with show(SHOW, ID) as response:
                assert len(response.read()) == 300_000
                assert len(response.read()) == 300_000
            with show(SHOW, ID) as response:
                assert response.status_code == 200  # left unread: its place is free again
            with pytest.raises(Exception, match="404"), show(SHOW, {"thing_id": "missing"}):
                pass

        async def run() -> None:
            async with AsyncThingsClient(credentials=credentials(), base_url=server.url, max_concurrency=1) as client:
                show = as_streaming_async(client._streaming_view()._call)
                async with show(SHOW, ID) as response:
                    assert b"".join([piece async for piece in response.iter_bytes()]) == b"".join(pieces)
                async with show(SHOW, ID) as response:
                    assert len(await response.read()) == 300_000
                async with show(SHOW, ID) as response:
                    assert response.status_code == 200
                raw = await as_raw_async(client._raw_view()._call)(SHOW, ID)
                assert len(raw.content) == 300_000

        asyncio.run(run())
        with ThingsClient(credentials=credentials(), base_url=server.url) as client:
            assert len(as_raw(client._raw_view()._call)(SHOW, ID).content) == 300_000


@BOTH
def test_hooks_and_logs_show_nothing_secret(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[Any] = []
    hooks = Hooks(request=seen.append, response=seen.append)
    echo = {"X-Echo": SECRET, "X-Key": ACCESS}
    script = [Answer(503, headers=echo), json_answer(THING, 200, **echo)]
    caplog.set_level(logging.DEBUG)
    with (
        loopback(*script) as server,
        Caller(kind, base_url=server.url, hooks=hooks, credentials=credentials(TOKEN)) as caller,
    ):
        caller.call(SHOW, {"thing_id": SECRET})
    assert [view.attempt for view in seen] == [1, 1, 2, 2]
    assert [getattr(view, "status_code", None) for view in seen] == [None, 503, None, 200]
    assert dict(seen[0].headers)["Scp-Signature"] == "***"
    assert dict(seen[0].headers)["Scp-Api-Version"] == "things 1.1"
    ours = [record for record in caplog.records if record.name == "apiscribe_runtime"]
    assert len(ours) == 4
    assert "GET" in ours[0].getMessage()
    assert "/v1/things/***" in ours[0].getMessage()
    shown = repr(seen) + "".join(record.getMessage() for record in ours)
    for hidden in (
        ACCESS,
        SECRET,
        TOKEN,
        *(server.received[0].header(n) or "" for n in ("scp-signature", "scp-timestamp")),
    ):
        assert hidden not in shown


@BOTH
def test_signed_query_parameters_stay_out_of_every_log(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    def query_signer(*_: Any, **__: Any) -> Signed:
        return Signed((), (("api key", "very/secret+value"),))

    caplog.set_level(logging.DEBUG)
    client_class: Any = httpx.AsyncClient if kind == "async" else httpx.Client
    for http_client in (None, client_class()):
        with loopback(json_answer('{"contents":[]}')) as server:
            with Caller(kind, base_url=server.url, http_client=http_client, signer=query_signer) as caller:
                caller.call(LIST, {"size": 1})
                assert server.received[0].target == "/v1/things?size=1&api%20key=very%2Fsecret%2Bvalue"
                if http_client is not None:
                    closing = http_client.aclose() if kind == "async" else http_client.close()
                    caller.run(closing)
    assert caplog.records
    assert "very" not in caplog.text


@BOTH
def test_injected_clients_keep_their_habits_out_of_our_requests(kind: str) -> None:
    client_class: Any = httpx.AsyncClient if kind == "async" else httpx.Client
    script = [json_answer(THING), Answer(302, headers={"Location": "http://other.example/"}), json_answer(THING)]
    with loopback(*script) as server:
        http_client = client_class(
            auth=("user", "pass"), follow_redirects=True, cookies={"a": "b"}, headers={"X-Theirs": "1"}
        )
        with Caller(kind, base_url=server.url, http_client=http_client) as caller:
            assert caller.call(SHOW, ID).id == "t1"
            with pytest.raises(Exception, match=r"302.*other\.example"):
                caller.call(SHOW, ID)
            caller.run(caller.client.close())
            assert not http_client.is_closed
            caller.run(http_client.aclose() if kind == "async" else http_client.close())
    assert len(server.received) == 2
    for request in server.received:
        assert verifies(request, server.url)
        for name in ("authorization", "cookie", "x-theirs"):
            assert request.header(name) is None


def test_an_injected_client_of_the_wrong_kind_is_refused() -> None:
    with httpx.Client() as http_client, pytest.raises(TypeError, match="AsyncClient"):
        Caller("async", base_url="http://127.0.0.1:9", http_client=http_client)


@BOTH
def test_mock_transports_work(kind: str) -> None:
    client_class: Any = httpx.AsyncClient if kind == "async" else httpx.Client
    http_client = client_class(transport=httpx.MockTransport(lambda request: httpx.Response(200, text=THING)))
    with Caller(kind, base_url="https://things.example.com", http_client=http_client) as caller:
        assert caller.call(SHOW, ID).id == "t1"
        caller.run(http_client.aclose() if kind == "async" else http_client.close())


def test_a_closed_client_says_so() -> None:
    with Caller("sync", base_url="http://127.0.0.1:9") as caller:
        caller.client.close()
        with pytest.raises(RuntimeError, match="closed"):
            caller.call(SHOW, ID)


@BOTH
def test_warnings_of_deprecation_and_of_the_supported_date(kind: str) -> None:
    old = operation(deprecated=True, supported_until="2026-07-01", api_version="1.0")
    dated = operation(supported_until="2026-07-01", api_version="1.0")
    july_1, july_2 = 1782864000.0, 1782950400.0
    now = july_1
    with loopback(json_answer(THING)) as server, Caller(kind, base_url=server.url, clock=lambda: now) as caller:
        caller.call(dated, ID)
        now = july_2
        with pytest.warns(SupportedUntilWarning, match=r"Things 1\.0 was supported until 2026-07-01"):
            caller.call(dated, ID)
        caller.call(dated, ID)
        with pytest.warns(DeprecatedOperationWarning, match="ShowThing is deprecated"):
            caller.call(old, ID)
        with warnings.catch_warnings(record=True) as again:
            warnings.simplefilter("always")
            caller.call(old, ID)
    assert [item.category for item in again] == [DeprecatedOperationWarning]
    if kind == "sync":
        assert again[0].filename == inspect.getfile(Caller)  # the first line outside of the package


@pytest.mark.parametrize(
    ("ahead", "correct", "sends"), [(300, True, 2), (-300, True, 2), (300, False, 1), (30, True, 1), (3600, True, 1)]
)
@BOTH
def test_a_skewed_clock_is_corrected_once_by_choice(kind: str, ahead: int, correct: bool, sends: int) -> None:
    def answer(request: Received) -> Answer:
        sent = int(request.header("scp-timestamp") or 0) / 1000
        if abs(sent - (1.6e9 + ahead)) < 5:
            return json_answer(THING)
        return Answer(401, headers={"Date": formatdate(1.6e9 + ahead, usegmt=True)})

    options = {"correct_clock_skew": correct, "clock": lambda: 1.6e9}
    with loopback_function(answer) as server, Caller(kind, base_url=server.url, **options) as caller:
        if sends == 2:
            assert caller.call(SHOW, ID).id == "t1"
            caller.call(SHOW, ID)
            assert len(server.received) == 3  # remembered
        else:
            with pytest.raises(AuthenticationError):
                caller.call(SHOW, ID)
            assert len(server.received) == 1


@BOTH
def test_a_401_that_stays_is_not_a_loop(kind: str) -> None:
    with loopback(Answer(401, headers={"Date": formatdate(1.6e9 + 300, usegmt=True)})) as server:
        with Caller(kind, base_url=server.url, correct_clock_skew=True, clock=lambda: 1.6e9) as caller:
            with pytest.raises(AuthenticationError):
                caller.call(SHOW, ID)
            assert len(server.received) == 2
            with pytest.raises(AuthenticationError):
                caller.call(CREATE, {}, fields={"description": "x"})
    assert len(server.received) == 3


@BOTH
def test_unsigned_operations(kind: str) -> None:
    with loopback(json_answer(THING)) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(operation(signed=False), ID)
    assert server.received[0].header("scp-signature") is None


@BOTH
def test_a_signer_cannot_split_headers(kind: str) -> None:
    def splitting(*_: Any, **__: Any) -> Signed:
        return Signed((("X-A", "1\r\nX-B: 2"),))

    with loopback(json_answer(THING)) as server, Caller(kind, base_url=server.url, signer=splitting) as caller:
        with pytest.raises(RequestValidationError):
            caller.call(SHOW, ID)
    assert server.received == []

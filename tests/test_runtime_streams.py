"""Answers that are read as they arrive: events, JSON lines and files, through both clients, over real connections."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from .loopback import Answer, Received, loopback, loopback_function
from .runtime_sample import SHOW, Caller, Tag, operation, sign, verifies

# isort: split
from apiscribe_runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    RequestValidationError,
    ResponseTooLargeError,
    ResponseValidationError,
)
from apiscribe_runtime.events import MAX_ITEM, Event, Events, JsonTexts
from apiscribe_runtime.operation import Body, Types
from apiscribe_runtime.options import CallOptions
from apiscribe_runtime.signing import Signed, leaves_body
from apiscribe_runtime.views import as_streaming, as_streaming_async

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}
FILE = bytes(range(256)) * 2000
FILE_OF = operation(id="FetchThing", name="fetch_thing", types=lambda: Types(responses={"200": bytes}))

STREAM = (
    '\ufeff: a comment\r\nid: 7\r\nevent: note\r\nretry: 250\r\ndata: {"key":\rdata:"값"}\n\n'
    "data\n\nretry: soon\nid: a\0b\nunknown: x\ndata:  two\r\rid\ndata: [DONE]\n\ndata: cut"
).encode()
EVENTS = [
    Event('{"key":\n"값"}', "note", "7", 250),
    Event("", "message", "7", 250),
    Event(" two", "message", "7", 250),
    Event("[DONE]", "message", "", 250),
]


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_events_are_the_same_wherever_the_stream_is_cut(cut: int) -> None:
    events = Events()
    assert [event for piece in (STREAM[:cut], b"", STREAM[cut:]) for event in events.feed(piece)] == EVENTS


def test_events_come_byte_by_byte() -> None:
    events = Events()
    assert [event for byte in STREAM for event in events.feed(bytes([byte]))] == EVENTS


@pytest.mark.parametrize(
    ("content_type", "body", "texts"),
    [
        ("application/jsonl", '\ufeff{"a":1}\r\n\n"é"\n12', ['{"a":1}', '"é"', "12"]),
        ("application/x-ndjson; charset=utf-8", "[1,\r2]\n", ["[1,\r2]"]),
        ("application/json-seq", '\x1e{"a":\n1}\n\x1e\x1e12\n\x1e[]', ['{"a":\n1}', "12", "[]"]),
    ],
)
def test_json_texts_are_the_same_wherever_the_stream_is_cut(content_type: str, body: str, texts: list[str]) -> None:
    data = body.encode()
    for cut in range(len(data) + 1):
        reader = JsonTexts(content_type)
        found = [text for piece in (data[:cut], data[cut:]) for text in reader.feed(piece)]
        assert [text.decode() for text in [*found, *reader.finish()]] == texts


def test_a_cut_record_is_refused() -> None:
    reader = JsonTexts("application/json-seq")
    assert list(reader.feed(b"\x1e12\n\x1e12")) == [b"12"]
    with pytest.raises(ResponseValidationError, match="cut"):
        list(reader.finish())


@pytest.mark.parametrize("reader", [Events(), JsonTexts("application/jsonl")])
def test_an_endless_line_is_refused(reader: Any) -> None:
    pieces = [b"x" * 65536] * (MAX_ITEM // 65536 + 1)
    with pytest.raises(ResponseTooLargeError):
        list(chain.from_iterable(map(reader.feed, pieces)))


def test_an_endless_event_is_refused() -> None:
    events = Events()
    pieces = [b"data:" + b"x" * 65536 + b"\n"] * (MAX_ITEM // 65536 + 1)
    with pytest.raises(ResponseTooLargeError):
        list(chain.from_iterable(map(events.feed, pieces)))


def chunked(content_type: str, pieces: list[bytes], *, ends: bool = True) -> Answer:
    """Give an answer in chunks; one that does not end is closed in the middle."""

    def sent() -> Iterator[bytes]:
        yield f"HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        for piece in pieces:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
        if ends:
            yield b"0\r\n\r\n"

    return Answer(pieces=sent)


def collect(caller: Caller, method: str, *arguments: Any, most: int = 1000, **options: Any) -> tuple[list[Any], Any]:
    """Read at most so many items of a streamed answer; give them, and the error that ended them."""
    view = caller.client._streaming_view()
    found: list[Any] = []

    async def read() -> None:
        async with as_streaming_async(view._call)(SHOW, ID) as stream:
            async for item in getattr(stream, method)(*arguments, **options):
                found.append(item)
                if len(found) == most:
                    break

    try:
        if caller.is_async:
            caller.run(read())
            return found, None
        with as_streaming(view._call)(SHOW, ID) as stream:
            for item in getattr(stream, method)(*arguments, **options):
                found.append(item)
                if len(found) == most:
                    break
    except APIError as error:
        return found, error
    return found, None


@BOTH
def test_events_of_a_service(kind: str) -> None:
    answer = chunked("text/event-stream; charset=utf-8", [STREAM[:20], STREAM[20:21], STREAM[21:]])
    with loopback(answer) as server, Caller(kind, base_url=server.url) as caller:
        assert collect(caller, "iter_events") == (EVENTS, None)
        assert collect(caller, "iter_events", until="[DONE]") == (EVENTS[:3], None)
        (event,), error = collect(caller, "iter_events", Tag, most=1)
    assert error is None
    assert (event.data.key, type(event.data), event.event) == ("값", Tag, "note")


@BOTH
@pytest.mark.parametrize("content_type", ["application/jsonl", "application/x-ndjson", "application/x-jsonlines"])
def test_values_of_json_lines(kind: str, content_type: str) -> None:
    answer = chunked(content_type, [b'{"key":"a"}\n{"ke', b'y":"b","new":1}\n', b'{"key":"c"}'])
    with loopback(answer) as server, Caller(kind, base_url=server.url) as caller:
        tags, error = collect(caller, "iter_json", Tag)
        plain, _ = collect(caller, "iter_json")
    assert error is None
    assert [(type(tag), tag.key) for tag in tags] == [(Tag, "a"), (Tag, "b"), (Tag, "c")]
    assert plain == [{"key": "a"}, {"key": "b", "new": 1}, {"key": "c"}]


@BOTH
def test_a_value_that_is_no_json_ends_the_stream_with_an_error(kind: str) -> None:
    answer = chunked("application/jsonl", [b'{"key":"a"}\n{"key":\n'])
    with loopback(answer) as server, Caller(kind, base_url=server.url) as caller:
        found, error = collect(caller, "iter_json", Tag)
    assert [tag.key for tag in found] == ["a"]
    assert isinstance(error, ResponseValidationError)


@BOTH
def test_a_strict_client_refuses_an_item_of_another_type(kind: str) -> None:
    answer = chunked("application/jsonl", [b'{"key":"a"}\n{"key":5}\n'])
    with loopback(answer) as server, Caller(kind, base_url=server.url, validate="strict") as caller:
        found, error = collect(caller, "iter_json", Tag)
    assert [tag.key for tag in found] == ["a"]
    assert isinstance(error, ResponseValidationError)
    assert "key" in str(error)


@BOTH
def test_a_stream_that_breaks_gives_what_came_and_then_an_error(kind: str) -> None:
    answer = chunked("text/event-stream", [b"data: 1\n\ndata: 2"], ends=False)
    with loopback(answer) as server, Caller(kind, base_url=server.url) as caller:
        found, error = collect(caller, "iter_events")
    assert found == [Event("1")]
    assert isinstance(error, APIConnectionError)


@BOTH
def test_an_answer_of_another_kind_is_refused(kind: str) -> None:
    with (
        loopback(Answer(200, b"{}", {"Content-Type": "application/json"})) as server,
        Caller(kind, base_url=server.url) as caller,
    ):
        for method in ("iter_events", "iter_json"):
            found, error = collect(caller, method)
            assert found == []
            assert isinstance(error, ResponseValidationError)
            assert "application/json" in str(error)


@BOTH
def test_leaving_a_stream_gives_its_place_to_the_next_call(kind: str) -> None:
    answer = chunked("text/event-stream", [b"data: 1\n\n" * 100])
    with loopback(answer) as server, Caller(kind, base_url=server.url, max_concurrency=1) as caller:
        for _ in range(3):
            assert collect(caller, "iter_events", most=1) == ([Event("1")], None)


def save(caller: Caller, path: Path, **options: Any) -> int:
    """Fetch the file to a path, with the client's own kind of call."""
    view = caller.client._streaming_view()

    def call(headers: Any = None) -> Any:
        return view._call(FILE_OF, ID, None, None, CallOptions(headers=headers))

    wrapper: Any = as_streaming_async if caller.is_async else as_streaming
    length: int = caller.run(wrapper(call)().to_file(path, **options))
    return length


class Store:
    """A service that keeps one file: it breaks the first answers off, and knows ranges."""

    def __init__(self, breaks: int = 0, etag: str = '"v1"', ranges: bool = True, **headers: str) -> None:
        self.data, self.breaks, self.etag, self.ranges, self.headers = FILE, breaks, etag, ranges, headers

    def __call__(self, request: Received) -> Answer:
        start = 0
        asked = request.header("range")
        if asked and self.ranges and request.header("if-range") == self.etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        body = self.data[start:]
        head = [f"HTTP/1.1 {206 if start else 200} X", f"Content-Length: {len(body)}", f"ETag: {self.etag}"]
        head += [f"{name.replace('_', '-')}: {value}" for name, value in self.headers.items()]
        if start:
            head.append(f"Content-Range: bytes {start}-{len(self.data) - 1}/{len(self.data)}")
        if self.breaks:
            self.breaks -= 1
            body = body[: len(body) // 2]
        return Answer(raw="\r\n".join([*head, "", ""]).encode() + body)


@contextmanager
def stored(kind: str, store: Any, **options: Any) -> Iterator[tuple[Caller, Any]]:
    with loopback_function(store) as server, Caller(kind, base_url=server.url, **options) as caller:
        yield caller, server


@BOTH
def test_a_file_is_fetched_with_progress_and_digests(kind: str, tmp_path: Path) -> None:
    digest = hashlib.sha256(FILE)
    told = base64.b64encode(digest.digest()).decode()
    seen: list[tuple[int, int | None]] = []
    checksum = hashlib.sha1(usedforsecurity=False)
    store = Store(
        Repr_Digest=f"sha-256=:{told}:, other=:AA==:",
        Content_MD5=base64.b64encode(hashlib.md5(FILE, usedforsecurity=False).digest()).decode(),
    )
    with stored(kind, store) as (caller, server):
        length = save(
            caller,
            tmp_path / "f",
            progress=lambda done, total: seen.append((done, total)),
            checksum=checksum,
            sha256=digest.hexdigest(),
        )
    assert length == len(FILE)
    assert (tmp_path / "f").read_bytes() == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert seen[-1] == (len(FILE), len(FILE))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert checksum.digest() == hashlib.sha1(FILE, usedforsecurity=False).digest()
    assert server.received[0].header("accept-encoding") == "identity"


@BOTH
def test_a_broken_file_is_continued_and_each_request_signed(kind: str, tmp_path: Path) -> None:
    with stored(kind, Store(breaks=2)) as (caller, server):
        assert save(caller, tmp_path / "f") == len(FILE)
        requests = server.received
        assert [request.header("range") for request in requests] == [None, "bytes=256000-", "bytes=384000-"]
        assert all(verifies(request, server.url) for request in requests)
    assert [request.header("if-range") for request in requests] == [None, '"v1"', '"v1"']
    assert (tmp_path / "f").read_bytes() == FILE


@BOTH
def test_a_later_call_continues_what_an_earlier_one_left(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"old")
    with stored(kind, Store(breaks=1)) as (caller, server):
        with pytest.raises(APIConnectionError):
            save(caller, tmp_path / "f", resumes=0)
        assert (tmp_path / "f").read_bytes() == b"old"
        assert save(caller, tmp_path / "f") == len(FILE)
        assert server.received[1].header("range") == "bytes=256000-"
    assert (tmp_path / "f").read_bytes() == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


@BOTH
@pytest.mark.parametrize("change", ["version", "ranges"])
def test_a_file_that_cannot_be_continued_starts_anew(kind: str, change: str, tmp_path: Path) -> None:
    store = Store(breaks=1)
    with stored(kind, store) as (caller, _):
        with pytest.raises(APIConnectionError):
            save(caller, tmp_path / "f", resumes=0)
        if change == "version":
            store.etag, store.data = '"v2"', FILE[::-1]
        else:
            store.ranges = False
        assert save(caller, tmp_path / "f") == len(FILE)
    assert (tmp_path / "f").read_bytes() == store.data


@BOTH
def test_without_a_strong_validator_nothing_is_continued(kind: str, tmp_path: Path) -> None:
    with stored(kind, Store(breaks=1, etag='W/"v1"')) as (caller, server):
        with pytest.raises(APIConnectionError):
            save(caller, tmp_path / "f")
        assert len(server.received) == 1
        assert save(caller, tmp_path / "f") == len(FILE)
        assert server.received[1].header("range") is None


@BOTH
@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"Content-Range": "bytes 5-511999/512000"}),
        (206, {"Content-Range": "bytes 256000-511999/999999"}),
        (206, {"Content-Range": "bytes 256000-511999/512000", "ETag": '"v2"'}),
        (206, {"Content-Range": "bytes 256000-511999/512000", "Content-Encoding": "gzip"}),
        (206, {}),
    ],
)
def test_another_part_than_asked_for_is_refused_and_the_file_starts_anew_once(
    kind: str, status: int, headers: dict[str, str], tmp_path: Path
) -> None:
    wrong = Answer(status, FILE[256000:], headers)
    first = Store(breaks=1)
    with stored(kind, lambda request: wrong if request.header("range") else first(request)) as (caller, server):
        assert save(caller, tmp_path / "f") == len(FILE)
        assert [request.header("range") for request in server.received] == [None, "bytes=256000-", None]
    assert (tmp_path / "f").read_bytes() == FILE
    answers = iter([Store(breaks=1), lambda request: wrong, lambda request: wrong])
    with stored(kind, lambda request: next(answers)(request)) as (caller, _), pytest.raises(ResponseValidationError):
        save(caller, tmp_path / "g")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


@BOTH
def test_a_few_bytes_that_came_are_continued_as_well(kind: str, tmp_path: Path) -> None:
    store = Store(breaks=1)
    store.data = FILE[:100]
    with stored(kind, store) as (caller, server):
        assert save(caller, tmp_path / "f") == 100
        assert [request.header("range") for request in server.received] == [None, "bytes=50-"]
    assert (tmp_path / "f").read_bytes() == FILE[:100]


@BOTH
def test_a_range_that_is_refused_starts_anew_once(kind: str, tmp_path: Path) -> None:
    store = Store(breaks=1)
    refused = Answer(416, b"", {"Content-Range": "bytes */9"})
    with stored(kind, lambda request: refused if request.header("range") else store(request)) as (caller, server):
        assert save(caller, tmp_path / "f") == len(FILE)
        assert [request.header("range") for request in server.received] == [None, "bytes=256000-", None]
    with stored(kind, lambda request: refused) as (caller, server):
        with pytest.raises(APIStatusError):
            save(caller, tmp_path / "g")
        assert len(server.received) == 2


@BOTH
@pytest.mark.parametrize("where", ["argument", "header"])
def test_a_wrong_digest_leaves_nothing(kind: str, where: str, tmp_path: Path) -> None:
    wrong = hashlib.sha256(b"other")
    told = {"Digest": f"SHA-256={base64.b64encode(wrong.digest()).decode()}"} if where == "header" else {}
    options = {"sha256": wrong.hexdigest()} if where == "argument" else {}
    with stored(kind, Store(**told)) as (caller, _), pytest.raises(ResponseValidationError, match="sha256"):
        save(caller, tmp_path / "f", **options)
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_a_digest_that_is_none_is_refused_before_anything_is_sent(kind: str, tmp_path: Path) -> None:
    with stored(kind, Store()) as (caller, server):
        with pytest.raises(RequestValidationError, match="64 hexadecimal digits"):
            save(caller, tmp_path / "f", sha256="abc")
        assert server.received == []


@BOTH
@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
def test_streams_over_a_client_of_the_callers(kind: str, library: Any, tmp_path: Path) -> None:
    injected = library.Client() if kind == "sync" else library.AsyncClient()
    events = chunked("text/event-stream", [b"data: 1\n\n", b"data: 2\n\n"])
    store = Store(breaks=1)
    answers = iter([lambda request: events, store, store])
    with stored(kind, lambda request: next(answers)(request), http_client=injected) as (caller, _):
        assert collect(caller, "iter_events") == ([Event("1"), Event("2")], None)
        assert save(caller, tmp_path / "f") == len(FILE)
        caller.run(injected.close() if kind == "sync" else injected.aclose())
    assert (tmp_path / "f").read_bytes() == FILE


def test_a_file_that_is_sent_does_not_hold_up_the_event_loop() -> None:
    """The iterable waits for what only the loop can do: read on the loop it would wait for ever."""
    upload = operation(method="PUT", body=Body(media_type="application/octet-stream"), types=lambda: Types())
    reached = threading.Event()

    def pieces(loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
        yield b"one"
        loop.call_soon_threadsafe(reached.set)
        yield b"two" if reached.wait(10) else b"the loop stood still"

    @leaves_body
    def leaving(*arguments: Any, **options: Any) -> Signed:
        return sign(*arguments, **options)

    with (
        loopback(Answer(200, b"{}", {"Content-Type": "application/json"})) as server,
        Caller("async", base_url=server.url, signer=leaving) as caller,
    ):

        async def sending() -> None:
            await caller.client._call(upload, ID, body=pieces(asyncio.get_running_loop()))

        caller.run(sending())
        assert server.received[0].body == b"onetwo"

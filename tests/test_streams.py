"""Streams that a document describes: typed items, errors in the middle, limits of time, through both clients."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apiscribe import ir

from .client_room import BOTH, run
from .generation import built, headed, imported, lowered
from .loopback import Answer, loopback

DOCUMENT = Path(__file__).parent / "cases" / "streams" / "openapi.yaml"
TICKS = (
    'id: 1\nevent: tick\ndata: {"at": 1}\n\nevent: count\ndata: 2\n\nevent: note\ndata: {"as": "it came"}\n\n'
    "event: unheard\ndata: of\n\nevent: done\ndata: [DONE]\n\nevent: count\ndata: 3\n\n"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    texts = built(DOCUMENT.read_text("utf-8"), package="streaming").texts
    with imported(texts, tmp_path_factory.mktemp("streaming"), "streaming") as module:
        yield module


@pytest.fixture(scope="module")
def models(package: ModuleType) -> ModuleType:
    return importlib.import_module(f"{package.__name__}.streams.v1.models")


async def gathered(stream: Any, read: str) -> list[Any]:
    """Enter what a method of the asynchronous view gave, and read its items."""
    async with stream as response:
        return [item async for item in getattr(response, read)()]


def read_all(package: ModuleType, kind: str, answer: Answer, operation: str, read: str, **settings: Any) -> list[Any]:
    """Read the items of a streamed answer by a method of its response."""

    def work(client: Any) -> Any:
        stream = getattr(client.with_streaming_response, operation)()
        if kind == "async":
            return gathered(stream, read)
        with stream as response:
            return list(getattr(response, read)())

    with loopback(answer) as server:
        found: list[Any] = run(
            kind, "Streams", work, package=package, credentials=None, base_url=server.url, max_retries=0, **settings
        )
    return found


def answer_of(text: str, content_type: str = "text/event-stream") -> Answer:
    """Give a streamed answer that is there at once."""
    return Answer(body=text.encode(), headers={"Content-Type": content_type})


@BOTH
def test_events_are_of_the_type_that_their_name_has(package: ModuleType, models: ModuleType, kind: str) -> None:
    found = read_all(package, kind, answer_of(TICKS), "watch_ticks", "iter_events")
    assert [(item.event, item.id, item.data) for item in found] == [
        ("tick", "1", models.Tick(at=1)),
        ("count", "1", 2),
        ("note", "1", '{"as": "it came"}'),
        ("unheard", "1", "of"),
    ]


@BOTH
@pytest.mark.parametrize(
    ("operation", "read", "content_type", "text", "items"),
    [
        ("read_log", "iter_json", "application/x-ndjson", '{"at":1}\n{"at":2}', "[Tick(at=1), Tick(at=2)]"),
        ("read_log", "iter_items", "application/jsonl", '{"at":1}\n', "[Tick(at=1)]"),
        ("read_records", "iter_items", "application/json-seq", '\x1e{"at":1}\n', "[Tick(at=1)]"),
        (
            "read_words",
            "iter_items",
            "text/event-stream",
            'data: a\n\ndata: "b"\n\ndata: [DONE]\n\n',
            "['a', '\"b\"', '[DONE]']",
        ),
    ],
)
def test_items_are_what_the_document_says(
    package: ModuleType, kind: str, operation: str, read: str, content_type: str, text: str, items: str
) -> None:
    assert repr(read_all(package, kind, answer_of(text, content_type), operation, read)) == items


def test_another_type_can_be_asked_for(package: ModuleType, models: ModuleType) -> None:
    with loopback(answer_of('data: {"delta": "a"}\n\nevent: error\ndata: {"delta": "b"}\n\n')) as server:
        settings = {"credentials": None, "base_url": server.url}
        with package.Streams(**settings) as client, client.with_streaming_response.read_words() as response:
            found = list(response.iter_events(models.Chunk))
    assert [(event.event, event.data.delta) for event in found] == [("message", "a"), ("error", "b")]


@BOTH
def test_an_item_of_another_kind_is_an_error_where_answers_are_strict(package: ModuleType, kind: str) -> None:
    answer = answer_of('{"at":1}\n{"at":"soon"}\n', "application/x-ndjson")
    assert repr(read_all(package, kind, answer, "read_log", "iter_json")) == "[Tick(at=1), Tick(at='soon')]"
    with pytest.raises(package.ResponseValidationError, match="at: "):
        read_all(package, kind, answer, "read_log", "iter_json", validate="strict")


@BOTH
def test_a_value_that_is_no_json_is_told_with_its_media_type(package: ModuleType, kind: str) -> None:
    def work(client: Any) -> Any:
        return client.read_log_stream()

    text = b'{"at":1}\n{"at":2,"as":"\xff"}\n'
    said = "not JSON: its content type is application/x-ndjson"
    with (
        loopback(Answer(200, text, {"Content-Type": "application/x-ndjson"})) as server,
        pytest.raises(package.ResponseValidationError, match=said),
    ):
        run(kind, "Streams", work, package=package, credentials=None, base_url=server.url)


def test_an_error_in_a_stream_keeps_what_came_and_names_its_event(package: ModuleType) -> None:
    with pytest.raises(package.StreamError) as caught:
        read_all(package, "sync", answer_of('event: error\ndata: {"code": 7}\n\n'), "watch_ticks", "iter_events")
    assert (caught.value.event, caught.value.body, caught.value.operation) == ("error", b'{"code": 7}', "watchTicks")


def slow(pauses: list[float]) -> Answer:
    """Give an answer whose events come after so many seconds each, and that never ends."""

    def sent() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n"
        for number, seconds in enumerate(pauses):
            threading.Event().wait(seconds)
            yield b'data: {"delta": "%d"}\n\n' % number

    return Answer(pieces=sent, stay=True)


@BOTH
def test_the_limit_of_time_is_for_each_wait(package: ModuleType, kind: str) -> None:
    found: list[str] = []

    def work(client: Any) -> Any:
        stream = client.create_completion_stream(prompt="a", timeout=0.4)
        if kind == "sync":
            for item in stream:
                found.append(item.delta)
            return None

        async def read() -> None:
            async for item in stream:
                found.append(item.delta)

        return read()

    with loopback(slow([0.25, 0.25, 0.25, 2])) as server, pytest.raises(package.APITimeoutError):
        run(kind, "Streams", work, package=package, credentials=None, base_url=server.url)
    assert found == ["0", "1", "2"]


@BOTH
def test_the_call_is_made_when_it_is_entered_and_closed_when_it_is_left(package: ModuleType, kind: str) -> None:
    with loopback(slow([0] * 9), answer_of("data: {}\n\n")) as server:

        def work(client: Any) -> Any:
            made = client.create_completion_stream(prompt="a")
            assert server.received == []
            if kind == "sync":
                with made as stream:
                    assert stream.open().status_code == 200
                    first = next(stream)
                return first.delta, client.create_completion(prompt="b", stream=False)

            async def read() -> Any:
                async with made as stream:
                    assert (await stream.open()).status_code == 200
                    first = await anext(stream)
                return first.delta, await client.create_completion(prompt="b", stream=False)

            return read()

        # One place among the calls: the second is made only if the first has given its own back.
        settings = {"base_url": server.url, "max_concurrency": 1, "timeout": 5.0, "credentials": None}
        with pytest.raises(package.ResponseValidationError, match="text/event-stream"):
            run(kind, "Streams", work, package=package, **settings)
        assert len(server.received) == 2


@BOTH
@pytest.mark.parametrize("place", ["{}.create_completion_stream", "completions.{}.create_stream"])
@pytest.mark.parametrize("view", ["with_raw_response", "with_streaming_response"])
def test_a_view_gives_the_status_of_a_stream_and_then_its_items(
    package: ModuleType, models: ModuleType, kind: str, view: str, place: str
) -> None:
    def work(client: Any) -> Any:
        made = attrgetter(place.format(view))(client)(prompt="a", headers={"X-A": "b"})
        if kind == "async":
            return entered(made)
        with made as answer:
            items = answer.parse() if view == "with_raw_response" else answer.iter_items()
            return answer.status_code, answer.headers["x-id"], list(items)

    async def entered(made: Any) -> Any:
        async with await made if view == "with_raw_response" else made as answer:
            items = answer.parse() if view == "with_raw_response" else answer.iter_items()
            return answer.status_code, answer.headers["x-id"], [item async for item in items]

    given = answer_of('data: {"delta": "a"}\n\n')
    with loopback(Answer(203, given.body, {**given.headers, "X-Id": "7"})) as server:
        found = run(kind, "Streams", work, package=package, credentials=None, base_url=server.url)
    assert found == (203, "7", [models.Chunk(delta="a")])
    (request,) = server.received
    assert (request.header("accept"), request.header("x-a"), request.body) == (
        *("text/event-stream", "b"),
        b'{"prompt":"a","stream":true}',
    )


@BOTH
@pytest.mark.parametrize("status", [204, 205])
@pytest.mark.parametrize(("operation", "read"), [("watch_ticks", "iter_events"), ("read_log", "iter_json")])
def test_an_answer_without_content_has_no_items(
    package: ModuleType, kind: str, operation: str, read: str, status: int
) -> None:
    assert read_all(package, kind, Answer(status), operation, read) == []


@BOTH
def test_a_raw_view_raises_before_any_item_is_read(package: ModuleType, kind: str) -> None:
    with loopback(Answer(429)) as server, pytest.raises(package.RateLimitError):
        run(
            kind,
            "Streams",
            lambda client: client.with_raw_response.create_completion_stream(prompt="a"),
            package=package,
            credentials=None,
            base_url=server.url,
            max_retries=0,
        )


ASKED = """
paths:
  /made:
    post:
      operationId: make
      requestBody: {required: true, content: {application/json: {schema: {type: object, %s
        properties: {text: {type: string}, stream: {type: boolean, example: true}}}}}}
      responses: &both {'200': {description: ok, content: {
        application/json: {schema: {type: object, properties: {a: {type: string}}}},
        text/event-stream: {schema: {type: object, properties: {a: {type: string}}}}}}}
  /found:
    get:
      operationId: find
      parameters: [{name: stream, in: query, required: %s, schema: {type: boolean}}]
      responses: *both
"""


@pytest.mark.parametrize(
    ("needed", "make", "find"),
    [
        (("", "false"), 'make(text="text")', "find()"),
        (("required: [stream],", "true"), 'make(text="text", stream=False)', "find(stream=False)"),
    ],
)
def test_examples_of_the_plain_method_ask_for_no_stream(needed: tuple[str, str], make: str, find: str) -> None:
    texts = built(headed(ASKED % needed)).texts
    shown = "".join(text for path, text in texts.items() if path.endswith((".md", "/client.py")))
    assert "stream=True" not in shown
    assert all(f"client.{call}" in shown for call in (make, find, 'make_stream(text="text")', "find_stream()"))


def stream_of(content: str, version: str = "3.1.0", operation: str = "") -> ir.Stream | None:
    """Lower the stream of an operation's only answer."""
    paths = f"paths: {{/x: {{get: {{{operation}responses: {{'200': {{description: ok, content: {content}}}}}}}}}}}\n"
    schemas = "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}"
    (read,) = lowered(paths + schemas, version).api.operations
    media_type = read.responses[0].content
    assert media_type is not None
    return media_type.stream


def kind_of(schema: ir.Schema) -> str:
    """Name a kind of schema, and what it refers to."""
    return schema.name if isinstance(schema, ir.RefSchema) else type(schema).__name__


A = "{$ref: '#/components/schemas/A'}"


@pytest.mark.parametrize(
    ("schema", "item", "events", "until"),
    [
        (f"schema: {A}", "A", [], ""),
        (f"schema: {{type: array, items: {A}}}", "A", [], ""),
        ("schema: {type: string}", "StringSchema", [], ""),
        (f"x-speakeasy-sse-sentinel: end, schema: {A}", "A", [], "end"),
        (f"schema: {{type: object, properties: {{event: {{const: a}}, data: {A}}}}}", "A", [("a", "A")], ""),
        (f"schema: {{type: object, properties: {{id: {{}}, data: {A}}}}}", "A", [], ""),
        # One member called data makes no event: an answer that wraps what it says does the same.
        (f"schema: {{type: object, properties: {{data: {A}}}}}", "list_x/response event", [], ""),
        (f"itemSchema: {{properties: {{data: {{type: string, contentSchema: {A}}}}}}}", "A", [], ""),
        ("itemSchema: {properties: {data: {type: string}}}", "StringSchema", [], ""),
        ("itemSchema: {properties: {data: {type: string, contentMediaType: application/json}}}", "AnySchema", [], ""),
        (f"itemSchema: {A}", "A", [], ""),
        (
            f"itemSchema: {{oneOf: [{{properties: {{event: {{enum: [a, b]}}, data: {{contentSchema: {A}}}}}}},"
            " {properties: {event: {const: c}, data: {type: string}}},"
            " {properties: {data: {type: string, const: '[DONE]'}}}]}",
            "UnionSchema",
            [("a", "A"), ("b", "A"), ("c", "StringSchema")],
            "[DONE]",
        ),
    ],
)
def test_what_documents_say_of_events(schema: str, item: str, events: list[tuple[str, str]], until: str) -> None:
    found = stream_of(f"{{text/event-stream: {{{schema}}}}}", "3.2.0")
    assert found is not None
    assert (kind_of(found.item), found.until) == (item, until)
    assert [(name, kind_of(held)) for name, held in found.events] == events


@pytest.mark.parametrize("name", ["application/jsonl", "application/x-ndjson; charset=utf-8", "application/json-seq"])
def test_what_documents_say_of_json_lines(name: str) -> None:
    found = stream_of(f"{{'{name}': {{schema: {A}}}}}")
    assert found is not None
    assert kind_of(found.item) == "A"


@pytest.mark.parametrize("name", ["application/json", "application/pdf", "text/plain"])
def test_other_media_types_are_no_streams(name: str) -> None:
    assert stream_of(f"{{'{name}': {{schema: {A}}}}}") is None


@pytest.mark.parametrize(
    ("operation_id", "content", "names"),
    [
        ("ask", "{application/json: {}, text/event-stream: {}}", ["ask", "ask_stream"]),
        ("stream", "{application/json: {}, text/event-stream: {}}", ["iter_stream", "stream"]),
        ("ask", "{text/event-stream: {}}", ["ask", "ask_stream"]),
        ("ask", "{application/json: {}}", ["ask"]),
    ],
)
def test_what_streams_has_a_method_that_asks_for_its_items(operation_id: str, content: str, names: list[str]) -> None:
    responses = f"{{'200': {{description: ok, content: {content}}}}}"
    paths = f"paths: {{/x: {{get: {{operationId: {operation_id}, responses: {responses}}}}}}}"
    text = built(headed(paths)).texts["shopping/shop/v1/client.py"]
    assert (
        sorted(name for name in ("ask", "ask_stream", "stream", "iter_stream") if f"    def {name}(" in text) == names
    )

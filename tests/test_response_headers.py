"""Typed response headers: what a server sends comes out as documented when it is asked for, or it is said why not."""

from __future__ import annotations

import ast
import importlib
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from apiscribe.plan.uses import headers_of

from .client_room import BOTH, run
from .generation import built, headed, imported, lowered
from .loopback import Answer, json_answer, loopback
from .test_stubs import generate, run_stubs

PACKAGE = "heading"
DOCUMENT = (Path(__file__).parent / "cases" / "headers" / "openapi.yaml").read_text("utf-8")
STREAM = """\
  /lines:
    get:
      operationId: watch
      responses:
        '200':
          description: ok
          headers: {X-Lines: {schema: {type: integer}}}
          content: {application/jsonl: {itemSchema: {type: object, properties: {a: {type: integer}}}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    document = DOCUMENT.replace("openapi: 3.1.0", "openapi: 3.2.0").replace("paths:\n", f"paths:\n{STREAM}")
    with imported(built(document, package=PACKAGE).texts, tmp_path_factory.mktemp("heading"), PACKAGE) as module:
        yield module


def came(package: ModuleType, kind: str, work: Callable[[Any], Any], answer: Answer) -> Any:
    with loopback(answer) as server:
        return run(kind, "Headers", work, package=package, credentials=None, base_url=server.url, max_retries=0)


def things(package: ModuleType, kind: str = "sync", **headers: str) -> Any:
    answer = json_answer("[]", **headers)
    return came(package, kind, lambda client: client.with_raw_response.list_things(), answer)


def test_a_header_is_called_alike_whichever_response_comes_first() -> None:
    stated = [
        "{description: ok, headers: {x-ratelimit-left: {schema: {type: integer}}}}",
        "{description: ok, headers: {X-RateLimit-Left: {schema: {type: integer}}}}",
    ]
    for first, second in (stated, stated[::-1]):
        body = f"paths: {{/a: {{get: {{operationId: a, responses: {{'200': {first}, '429': {second}}}}}}}}}\n"
        texts = built(headed(body), package=PACKAGE).texts
        assert (
            'x_rate_limit_left: _typed.Header[int] = _typed.Header("X-RateLimit-Left", int)'
            in texts[f"{PACKAGE}/shop/v1/headers.py"]
        )


READ = [
    ("Date", "2024-07-30T04:54:33Z", "date", datetime(2024, 7, 30, 4, 54, 33, tzinfo=UTC)),
    ("Date", "Sun, 06 Nov 1994 08:49:37 GMT", "date", datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)),
    ("X-Tags", "1, 2,3", "x_tags", [1, 2, 3]),
    ("X-Tags", "", "x_tags", []),
    ("X-State", "on", "x_state", "on"),
    ("X-State", "broken", "x_state", "broken"),
    ("X-Done", "true", "x_done", True),
    ("X-Done", "0", "x_done", False),
    ("X-Next", "", "x_next", ""),
    ("X-Id", "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "x_id", UUID("2a9be312-5d4b-4bc8-b2ae-35100fa9241f")),
    ("X-Rate-Limit", "10", "x_rate_limit", 10),
    ("Retry-After", "3", "retry_after", 3),
    ("x-RETRY", "3", "x_tags", None),
]


@pytest.mark.parametrize(("name", "text", "attribute", "value"), READ)
def test_a_header_is_read_as_documented(
    name: str, text: str, attribute: str, value: object, package: ModuleType
) -> None:
    answer = things(package, **{name: text})
    found = getattr(answer.typed_headers, attribute)
    assert (found, type(found) is bool) == (value, type(value) is bool)
    assert answer.headers[name] == text


@BOTH
def test_models_are_read_from_their_styles(kind: str, package: ModuleType) -> None:
    answer = things(package, kind, X_Point="x,1,z,3", X_Pair="one=1,when=2025-01-02", X_Json='{"a": true, "b": 1}')
    typed = answer.typed_headers
    assert (typed.x_point.x, typed.x_point.y, typed.x_point.model_extra) == (1, None, {"z": "3"})
    assert (typed.x_pair.one, typed.x_pair.when.isoformat()) == (1, "2025-01-02")
    assert typed.x_json.model_dump() == {"a": True, "b": 1}


def test_a_header_that_came_twice_is_one_list(package: ModuleType) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nX-Tags: 1\r\nX-Tags: 2\r\n\r\n[]"
    answer = came(package, "sync", lambda client: client.with_raw_response.list_things(), Answer(raw=head))
    assert answer.typed_headers.x_tags == [1, 2]


WRONG = [
    ("X-Rate-Limit", "ten", "x_rate_limit", "Input should be a valid integer"),
    ("X-Tags", "1,b", "x_tags", "Input should be a valid integer"),
    ("X-Done", "perhaps", "x_done", "Input should be a valid boolean"),
    ("Date", "yesterday", "date", "not a date-time"),
    ("Date", "Sun, 99 Nov 1994 08:49:37 GMT", "date", "not a date-time"),
    ("X-Point", "x,1,y", "x_point", "no list of names with values"),
    ("X-Pair", "one,1", "x_pair", "no list of name=value"),
    ("X-Json", '{"a": tru', "x_json", ""),
    ("X-Json", "[" * 5000, "x_json", ""),
    ("X-Id", "secret-value", "x_id", ""),
]


@pytest.mark.parametrize(("name", "text", "attribute", "said"), WRONG)
def test_a_header_that_is_not_as_documented_says_so_when_it_is_asked_for(
    name: str, text: str, attribute: str, said: str, package: ModuleType
) -> None:
    answer = things(package, **{name: text})
    assert answer.parse() == []
    with pytest.raises(package.ResponseValidationError) as caught:
        getattr(answer.typed_headers, attribute)
    assert str(caught.value).startswith(f"listThings: the header {name} is not what is documented: {said}")
    assert "secret-value" not in str(caught.value)
    assert answer.headers[name] == text


@BOTH
def test_streams_and_files_have_them(kind: str, package: ModuleType) -> None:
    async def opened(view: Any) -> Any:
        async with view as answer:
            return answer.typed_headers

    def work(client: Any, name: str) -> Any:
        view = getattr(client.with_streaming_response, name)()
        if kind == "async":
            return opened(view)
        with view as answer:
            return answer.typed_headers

    file = came(package, kind, lambda client: work(client, "get_file"), Answer(200, b"abc", {"ETag": '"a"'}))
    assert (file.e_tag, file.content_length) == ('"a"', 3)
    lines = Answer(200, b"{}\n", {"Content-Type": "application/jsonl", "X-Lines": "7"})
    assert came(package, kind, lambda client: work(client, "watch"), lines).x_lines == 7


@BOTH
def test_errors_have_them(kind: str, package: ModuleType) -> None:
    with pytest.raises(package.RateLimitError) as caught:
        came(
            package,
            kind,
            lambda client: client.list_things(),
            Answer(429, b"", {"Retry-After": "30", "X-Rate-Limit": "10"}),
        )
    told = importlib.import_module(f"{PACKAGE}.headers.v1.headers").ListThingsHeaders
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert isinstance(error.typed_headers, told)
        assert (error.typed_headers.retry_after, told.of(error).retry_after) == (30, 30)
        assert error.typed_headers.x_tags is None
        assert error.typed_headers.x_rate_limit == told.of(error).x_rate_limit == "10"


@BOTH
def test_an_operation_without_documented_headers_has_none(kind: str, package: ModuleType) -> None:
    answer = came(package, kind, lambda client: client.with_raw_response.none(), Answer(204, b"", {"X-Tags": "1"}))
    assert type(answer.typed_headers).__name__ == "ResponseHeaders"
    assert answer.typed_headers.headers["x-tags"] == "1"
    assert "1" not in repr(answer.typed_headers)


RANGES = """
openapi: 3.1.0
info: {title: Headers, version: '1'}
paths:
  /a:
    get:
      operationId: one
      responses:
        '200': {description: ok, headers: {X-A: {schema: {type: integer}}}}
        2XX: {description: ok, headers: {x-a: {schema: {type: array, items: {type: integer}}}}}
        '404': {description: no, headers: {X-A: {schema: {type: integer}}}}
        default: {description: no, headers: {X-A: {content: {application/json: {schema: {type: [object, string]}}}}}}
"""


@BOTH
@pytest.mark.parametrize(
    ("status", "text", "value"),
    [(200, "1", 1), (201, "1,2", [1, 2]), (404, "3", 3), (409, '{"a":1}', {"a": 1}), (418, '"b"', "b")],
)
def test_a_header_that_statuses_describe_differently_is_read_by_the_status_that_came(
    kind: str, status: int, text: str, value: object, ranges: ModuleType
) -> None:
    answer = Answer(status, b"", {"X-A": text})
    try:
        found = came(ranges, kind, lambda client: client.with_raw_response.one(), answer)
    except ranges.APIStatusError as error:
        found = error
    assert found.typed_headers.x_a == value


@pytest.fixture(scope="module")
def ranges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(RANGES, package="ranging").texts, tmp_path_factory.mktemp("ranging"), "ranging") as module:
        yield module


PROGRAM = """
import sys, {package}.headers.v1 as version
from {package} import Headers
from {package}._runtime.raw import RawResponse
RawResponse[int]
client = Headers(base_url="{url}")
assert client.list_things() == []
raw = client.with_raw_response.list_things()
assert "{package}.headers.v1.headers" not in sys.modules and "{package}._runtime.typed_headers" not in sys.modules
assert raw.typed_headers.x_tags == [1]
client.close()
"""


def test_nothing_is_imported_for_those_who_do_not_ask(tmp_path: Path) -> None:
    folder = generate(tmp_path, DOCUMENT)
    with loopback(json_answer("[]", X_Tags="1")) as server:
        program = PROGRAM.format(package="stubbed", url=server.url)
        done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


SAID = [
    ("{X-A: {schema: {type: integer}}}", "{x-a: {schema: {type: integer}}}", [("X-A", "NumberSchema")]),
    ("{X-A: {schema: {type: integer}}}", "{x-a: {schema: {type: string}}}", [("X-A", "UnionSchema")]),
    (
        "{X-A: {schema: {type: integer}}}",
        "{X-B: {schema: {type: boolean}}}",
        [("X-A", "NumberSchema"), ("X-B", "BooleanSchema")],
    ),
    ("{Content-Type: {schema: {type: string}}}", "{}", []),
    ("{X-A: {schema: {}}}", "{}", [("X-A", "AnySchema")]),
    ("{X-A: {content: {text/csv: {schema: {type: integer}}}}}", "{}", [("X-A", "StringSchema")]),
]


@pytest.mark.parametrize(("one", "other", "headers"), SAID)
def test_the_headers_of_all_responses_are_one_set(one: str, other: str, headers: list[tuple[str, str]]) -> None:
    responses = f"'200': {{description: a, headers: {one}}}, '404': {{description: b, headers: {other}}}"
    (operation,) = lowered(f"paths: {{/a: {{get: {{responses: {{{responses}}}}}}}}}\n").api.operations
    assert [(item.name, type(item.schema).__name__) for item in headers_of(operation)] == headers


def test_hostile_names_become_attributes_and_nothing_else() -> None:
    names = ["of", "headers", "operation", "class", "X-A", "x_a", "__init__", "1st", "int", "a.b~c|d`e"]
    listed = ", ".join(f'"{name}": {{schema: {{type: integer}}}}' for name in names)
    responses = f"responses: {{'200': {{description: ok, headers: {{{listed}}}}}}}"
    document = (
        f"openapi: 3.1.0\ninfo: {{title: H, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, {responses}}}}}}}\n"
    )
    text = built(document, package=PACKAGE).texts[f"{PACKAGE}/h/v1/headers.py"]
    tree = ast.parse(text)
    (kind,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    fields = [
        node.target.id for node in kind.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    assert len(set(fields)) == len(names)
    assert not {"of", "headers", "operation", "class", "__init__", "int"} & set(fields)


def test_docstring_and_reference_list_them() -> None:
    texts = built(DOCUMENT, package=PACKAGE).texts
    client, page = texts[f"{PACKAGE}/headers/v1/client.py"], texts["reference/headers-1.md"]
    assert "Raw and streamed answers have `typed_headers`: `x_rate_limit`, `x_next`, `date`" in client
    assert "Typed headers, `headers.ListThingsHeaders`:" in page
    assert "- `retry_after` (`Retry-After`): integer" in page
    assert f"{PACKAGE}/_runtime/typed_headers.py" in texts


def test_the_stubs_assert_the_values(tmp_path: Path) -> None:
    folder = generate(tmp_path, DOCUMENT)
    code, printed = run_stubs(folder, "-W", "error")
    assert code == 0, printed
    runtime = folder / "stubbed" / "_runtime" / "typed_headers.py"
    runtime.write_text(runtime.read_text("utf-8").replace('text.split(",")', "[text]"), "utf-8")
    code, printed = run_stubs(folder)
    assert code == 1
    assert "::test_list_things__gives_typed_headers[" in printed

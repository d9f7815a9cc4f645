"""What goes on the wire: encoding of paths, queries and headers, and that the signed string is the sent one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest
from pydantic import create_model

from .loopback import json_answer, loopback
from .runtime_sample import LIST, SHOW, UPDATE, Caller, Credentials, operation, sign, verifies

# isort: split
from apiscribe_runtime.errors import RequestValidationError
from apiscribe_runtime.forms import wire_fields
from apiscribe_runtime.model import SENT, Model
from apiscribe_runtime.operation import Parameter
from apiscribe_runtime.unset import UNSET
from apiscribe_runtime.wire import parts, path, scalar

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])

# value as given -> as it stands in the address
QUERY = [
    ("한글 이름", "%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84"),
    ("a b", "a%20b"),
    ("a+b", "a%2Bb"),
    ("100%", "100%25"),
    ("%41", "%2541"),
    ("a[0]", "a%5B0%5D"),
    ("it's", "it%27s"),
    ("created_dt:desc", "created_dt:desc"),
    ("~user", "~user"),
    ("a&b=c#d", "a%26b%3Dc%23d"),
    ("a;b", "a%3Bb"),
    ("a/b?c@d,e", "a/b?c@d,e"),
    ('<"{|}^`\\>', "%3C%22%7B%7C%7D%5E%60%5C%3E"),
    ("", ""),
    ("\r\n\0", "%0D%0A%00"),
]


@pytest.mark.parametrize(("value", "text"), QUERY)
@BOTH
def test_query_is_encoded_once_and_signed_as_sent(kind: str, value: str, text: str) -> None:
    with loopback(json_answer('{"contents":[]}')) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(LIST, {"name": value})
    request = server.received[0]
    assert request.target == f"/v1/things?name={text}"
    assert verifies(request, server.url)


@BOTH
def test_upper_case_host_and_default_port_are_signed_as_sent(kind: str) -> None:
    with loopback(json_answer('{"contents":[]}')) as server:
        upper = f"HTTP://LOCALHOST:{server.port}/"
        with Caller(kind, base_url=upper) as caller:
            caller.call(LIST, {"ids": ["1", "1", ""]})
            assert caller.client._core.base == f"http://localhost:{server.port}"
    request = server.received[0]
    assert request.header("host") == f"localhost:{server.port}"
    assert request.target == "/v1/things?ids=1&ids=1&ids="
    assert verifies(request, f"http://localhost:{server.port}")
    with Caller(kind, base_url="https://Things.EXAMPLE.com:443/api/") as caller:
        assert caller.client._core.base == "https://things.example.com/api"


def test_documented_signatures() -> None:
    key, secret = "0123456789abcdef0123456789abcdef", "11111111-2222-3333-4444-555555555555"
    url = "https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops"
    vectors = [
        ({"size": 20, "page": 0, "sort": "created_dt:desc"}, "jPrDBuxfdB+KtSolSqPkDnTnrB0leJgpj+h1hGw0BLU="),
        ({"data_ops_name": "한글 이름"}, "+Zj6z/j7aoMSqhlEx8mtJkpbTxeUKs4tAh1oO3J7bCM="),
        ({"data_ops_name": "a+b%c"}, "qOltyzsxemEn2A9RdtQnjSU6AtGIN8vGFTFzIAtF5XY="),
    ]
    for arguments, signature in vectors:
        names = tuple(Parameter(name=name, argument=name, location="query") for name in arguments)
        query, _ = parts(operation(path=("/v1/data-ops",), parameters=names), arguments)
        signed = sign("GET", f"{url}?{query}", {}, b"", Credentials(key, secret), 1605290625.682)
        assert dict(signed.headers)["Scp-Signature"] == signature


class Color(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("parameter", "value", "query"),
    [
        ({}, None, ""),
        ({}, UNSET, ""),
        ({}, True, "p=true"),
        ({}, 0, "p=0"),
        ({}, 1.5, "p=1.5"),
        ({}, Color.RED, "p=red"),
        ({}, datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "p=2024-01-02T03:04:05Z"),
        ({}, date(2024, 1, 2), "p=2024-01-02"),
        ({}, ["a", None, "b,c"], "p=a&p=b,c"),
        ({}, [], ""),
        ({"explode": False}, ["a", "b,c"], "p=a,b%2Cc"),
        ({"style": "spaceDelimited", "explode": False}, ["a", "b"], "p=a%20b"),
        ({"style": "pipeDelimited", "explode": False}, ["a", "b|c"], "p=a%7Cb%7Cc"),
        ({"style": "pipeDelimited"}, ["a", "b"], "p=a%7Cb"),
        ({"style": "deepObject"}, {"x": 1, "y": ["a", "b"], "z": None}, "p%5Bx%5D=1&p%5By%5D=a&p%5By%5D=b"),
        ({"style": "deepObject"}, {"a": {"b": 1}}, "p%5Ba%5D%5Bb%5D=1"),
        ({"style": "deepObject"}, [{"a": 1}, {"a": 2}], "p%5B0%5D%5Ba%5D=1&p%5B1%5D%5Ba%5D=2"),
        ({"reserved": True}, "a/b?c=d&e#f+g%2Fh%[]", "p=a/b?c=d%26e%23f%2Bg%2Fh%25%5B%5D"),
        ({"media_type": "application/json"}, {"k": "é&", "n": 1}, "p=%7B%22k%22:%22%C3%A9%26%22,%22n%22:1%7D"),
        ({"style": "indexed"}, ["a&b", True, None], "p.1=a%26b&p.2=true"),
        ({"style": "indexed"}, [{"x": 1, "y": None}, {"x": 2, "z": "c"}], "p.1.x=1&p.2.x=2&p.2.z=c"),
        ({"explode": True}, {"x": 1, "y": "a&b"}, "x=1&y=a%26b"),
        ({"explode": False}, {"x": 1, "y": "b"}, "p=x,1,y,b"),
    ],
)
def test_query_styles(parameter: dict[str, Any], value: object, query: str) -> None:
    described = Parameter(name="p", argument="p", location="query", **parameter)
    assert parts(operation(path=("/",), parameters=(described,)), {"p": value})[0] == query


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"x", object, "\ud800"])
def test_query_values_without_text_are_refused(value: object) -> None:
    described = Parameter(name="p", argument="p", location="query", style="deepObject")
    if value is object:
        value = {"a": b"x"}
    with pytest.raises(RequestValidationError, match=r"^p: "):
        parts(operation(path=("/",), parameters=(described,)), {"p": value})


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("a/b", "/v1/things/a%2Fb"),
        ("a?b#c", "/v1/things/a%3Fb%23c"),
        ("../x", "/v1/things/..%2Fx"),
        ("...", "/v1/things/..."),
        ("%2e%2e", "/v1/things/%252e%252e"),
        ("가 나", "/v1/things/%EA%B0%80%20%EB%82%98"),
        ("a\\b;c=d+e", "/v1/things/a%5Cb%3Bc%3Dd%2Be"),
        (7, "/v1/things/7"),
        (["a", "b/c"], "/v1/things/a,b%2Fc"),
    ],
)
@BOTH
def test_path_parameters_keep_the_route(kind: str, value: object, target: str) -> None:
    with loopback(json_answer('{"id":"1","name":"n"}')) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(SHOW, {"thing_id": value})
    assert server.received[0].target == target
    assert verifies(server.received[0], server.url)


@pytest.mark.parametrize("value", ["", ".", "..", None, UNSET, [], [""], "\udfff", b"x"])
def test_path_parameters_that_change_the_route_are_refused(value: object) -> None:
    with pytest.raises(RequestValidationError, match="thing_id"):
        path(SHOW, {"thing_id": value})


def test_dot_segments_made_of_two_parameters_are_refused() -> None:
    two = tuple(Parameter(name=name, argument=name, location="path") for name in "ab")
    assert path(operation(path=("/v1/", "-", "/x"), parameters=two), {"a": "p", "b": "q"}) == "/v1/p-q/x"
    with pytest.raises(RequestValidationError):
        path(operation(path=("/v1/.", "", "/x"), parameters=two[:1]), {"a": "."})
    hidden = Parameter(name="a", argument="a", location="path", style="label")
    with pytest.raises(RequestValidationError):
        path(operation(path=("/v1/", ""), parameters=(hidden,)), {"a": "."})


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("label", False, "a", ".a"),
        ("matrix", False, "a", ";p=a"),
        ("label", False, ["a", "b"], ".a,b"),
        ("label", True, ["a", "b"], ".a.b"),
        ("matrix", False, ["a", "b"], ";p=a,b"),
        ("matrix", True, ["a", "b"], ";p=a;p=b"),
        ("matrix", True, {"x": 1, "y": 2}, ";x=1;y=2"),
        ("simple", True, {"x": 1}, "x=1"),
        ("simple", False, {"x": 1}, "x,1"),
    ],
)
def test_path_styles(style: str, explode: bool, value: object, text: str) -> None:
    described = Parameter(name="p", argument="p", location="path", style=style, explode=explode)
    assert path(operation(path=("/v1/", ""), parameters=(described,)), {"p": value}) == f"/v1/{text}"


@pytest.mark.parametrize("bad", ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\x7f", " a", "a ", "\ud800"])
@BOTH
def test_header_values_are_refused_before_signing(kind: str, bad: str) -> None:
    with loopback(json_answer("{}")) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(RequestValidationError, match="Scp-Request-Path") as caught:
            caller.call(UPDATE, {"thing_id": "1", "scp_request_path": bad}, fields={"description": "x"})
        assert "Evil" not in str(caught.value)
        with pytest.raises(RequestValidationError):
            caller.call(SHOW, {"thing_id": "1"}, options=_options({"X-Mine": bad}))
    assert server.received == []


@pytest.mark.parametrize(
    "name", ["", "a b", "a:b", "a\n", "é", "Host", "content-length", "Transfer-Encoding", "connection"]
)
def test_header_names_that_are_no_tokens_or_frame_the_request_are_refused(name: str) -> None:
    with Caller("sync", base_url="http://127.0.0.1:9") as caller, pytest.raises(RequestValidationError):
        caller.call(SHOW, {"thing_id": "1"}, options=_options({name: "x"}))


@BOTH
def test_headers_cookies_and_who_overrides_whom(kind: str) -> None:
    described = operation(
        path=("/v1/x",),
        parameters=(
            Parameter(name="X-List", argument="many", location="header"),
            Parameter(name="X-Name", argument="name", location="header"),
            Parameter(name="flavour", argument="flavour", location="cookie"),
        ),
    )
    with (
        loopback(json_answer('{"id":"1","name":"n"}', Set_Cookie="a=b")) as server,
        Caller(kind, base_url=server.url, options={"language": "ko-KR"}) as caller,
    ):
        caller.call(described, {"many": ["a", "b"], "name": "이름", "flavour": "x; y"})
        caller.call(described, {}, options=_options({"accept-language": "de", "Scp-Signature": "forged"}))
    first, second = server.received
    assert first.header("x-list") == "a,b"
    assert first.header("x-name") == "이름"
    assert first.header("cookie") == "flavour=x%3B%20y"
    assert first.header("accept-language") == "ko-KR"
    assert first.header("scp-api-version") == "things 1.1"
    assert first.header("content-length") is None
    assert second.header("cookie") is None
    assert second.header("accept-language") == "de"
    assert verifies(second, server.url)
    assert server.connections == 1


def _options(headers: dict[str, str]) -> Any:
    from apiscribe_runtime.core import CallOptions

    return CallOptions(headers=headers)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (-2.0, "-2"), (1.5, "1.5"), (1e22, "1e+22"), (1e-7, "1e-07"), (3, "3"), ("3.0", "3.0")],
)
def test_a_whole_number_is_written_without_a_point(value: float | str, text: str) -> None:
    assert scalar("count", value) == text


def test_the_fields_of_a_form_are_in_the_order_of_the_model() -> None:
    names = [f"field_{letter}" for letter in "hgfedcba"]
    form = create_model("Form", __base__=Model, **dict.fromkeys(names, (int, ...)))
    assert list(wire_fields(form(**dict.fromkeys(sorted(names), 1)), SENT)) == names

"""Answers that are no success: the exception for each, what it says, and what it does not show."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import copy
import json
import pickle
import traceback
from typing import Any

import pytest

from .loopback import Answer, Received, json_answer, loopback, loopback_function
from .runtime_sample import ACCESS, SECRET, SHOW, TOKEN, Caller, credentials

# isort: split
from apiscribe_runtime import errors
from apiscribe_runtime.headers import Headers

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}
PRODUCT = {
    "errors": [
        {
            "code": "ValidationError",
            "title": "Bad Request",
            "status": 400,
            "detail": ["Field required", "Input should be a valid string"],
            "request_id": "req-1",
            "global_request_id": "global-1",
            "links": [],
            "related_resources": [],
            "response": None,
        },
        {"code": "Other", "detail": "more", "request_id": "req-1"},
    ]
}
UNSIGNED = {
    "timestamp": "2026-01-01T00:00:00.000+00:00",
    "path": "/v1/things/t1",
    "status": 404,
    "error": "Not Found",
    "requestId": "abc-1",
}
GATEWAY = {"status": "UNAUTHORIZED", "name": "Unauthorized", "message": "service is not enabled"}
MONITORING = {
    "message": "Invalid parameter",
    "code": "InvalidInputValue",
    "service": "cloudmonitoring",
    "path": "/v1/x",
    "requestId": "mon-1",
    "timestamp": 1700000000,
    "params": [{"name": "period", "value": "0"}],
}


def failing(kind: str, answer: Answer, **options: Any) -> errors.APIStatusError:
    with loopback(answer) as server, Caller(kind, base_url=server.url, max_retries=0, **options) as caller:
        with pytest.raises(errors.APIStatusError) as caught:
            caller.call(SHOW, ID)
    return caught.value


@pytest.mark.parametrize(
    ("status", "cls"),
    [
        (300, errors.APIStatusError),
        (304, errors.APIStatusError),
        (400, errors.BadRequestError),
        (401, errors.AuthenticationError),
        (402, errors.APIStatusError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (406, errors.NotAcceptableError),
        (409, errors.ConflictError),
        (418, errors.APIStatusError),
        (422, errors.UnprocessableEntityError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (503, errors.ServerError),
        (599, errors.ServerError),
    ],
)
@BOTH
def test_classes(kind: str, status: int, cls: type[errors.APIStatusError]) -> None:
    error = failing(kind, Answer(status))
    assert type(error) is cls
    assert isinstance(error, errors.APIError)
    assert (error.status_code, error.status, error.operation) == (status, status, "ShowThing")
    assert str(error).startswith(f"ShowThing: {status}")


@pytest.mark.parametrize(
    ("status", "body", "cls", "code", "details", "ids"),
    [
        (
            400,
            PRODUCT,
            errors.BadRequestError,
            "ValidationError",
            ("Field required", "Input should be a valid string", "more"),
            ("req-1", "global-1"),
        ),
        (404, UNSIGNED, errors.UnsignedRequestError, None, ("Not Found",), ("abc-1",)),
        (404, PRODUCT, errors.NotFoundError, "ValidationError", None, ("req-1", "global-1")),
        (404, {"message": "gone"}, errors.NotFoundError, None, ("gone",), ()),
        (401, GATEWAY, errors.AuthenticationError, "UNAUTHORIZED", ("service is not enabled",), ()),
        (
            400,
            MONITORING,
            errors.BadRequestError,
            "InvalidInputValue",
            ("Invalid parameter", "period: 0"),
            ("mon-1",),
        ),
        (400, {"error": {"code": 7, "message": "m"}}, errors.BadRequestError, "7", ("m",), ()),
        (
            401,
            {"error": {"errorCode": "200", "message": "m", "details": "d"}},
            errors.AuthenticationError,
            "200",
            ("d", "m"),
            (),
        ),
        (400, {"responseError": {"returnCode": 9, "returnMessage": "m"}}, errors.BadRequestError, "9", ("m",), ()),
        (400, {"detail": [{"msg": "a"}, {"message": "b"}]}, errors.BadRequestError, None, ("a", "b"), ()),
        (400, {"errors": []}, errors.BadRequestError, None, (), ()),
        (
            422,
            {"message": "Validation Failed", "errors": [{"resource": "Issue", "field": "title", "code": "missing"}]},
            errors.UnprocessableEntityError,
            "missing",
            ("Validation Failed",),
            (),
        ),
        (400, [1, 2], errors.BadRequestError, None, ("1", "2"), ()),
        (400, "no such thing", errors.BadRequestError, None, ("no such thing",), ()),
        (400, ["a", "b"], errors.BadRequestError, None, ("a", "b"), ()),
        (
            422,
            {"detail": [{"loc": ["body", "tags", 0], "msg": "a text"}]},
            errors.UnprocessableEntityError,
            None,
            ("body.tags.0: a text",),
            (),
        ),
        (400, {"title": ["too long"], "n": 1}, errors.BadRequestError, None, ("title: too long",), ()),
        (
            422,
            {"code": 422, "errors": {"json": {"name": ["Too short."], "tags": {"0": ["No text."]}}}, "status": "No"},
            errors.UnprocessableEntityError,
            "422",
            ("json.name: Too short.", "json.tags.0: No text."),
            (),
        ),
        (400, {"non_field_errors": ["they differ"]}, errors.BadRequestError, None, ("they differ",), ()),
        (
            400,
            {"detail": "Validation error", "validation_errors": {"title": ["too long", "no vowel"]}},
            errors.BadRequestError,
            None,
            ("Validation error", "title: too long", "title: no vowel"),
            (),
        ),
        (
            400,
            {"title": "One or more errors", "errors": {"Name": ["required"]}},
            errors.BadRequestError,
            None,
            ("Name: required",),
            (),
        ),
        (
            403,
            {"errors": [{"message": "no access", "extensions": {"code": "FORBIDDEN"}}]},
            errors.PermissionDeniedError,
            "FORBIDDEN",
            ("no access",),
            (),
        ),
        (400, {"errors": "text", "code": None}, errors.BadRequestError, None, ("text",), ()),
    ],
)
@BOTH
def test_shapes(kind: str, status: int, body: Any, cls: type, code: str, details: Any, ids: Any) -> None:
    error = failing(kind, json_answer(json.dumps(body), status))
    assert type(error) is cls
    assert error.code == code
    if details is not None:
        assert error.details == details
        assert error.detail == ("; ".join(details) or None)
    assert error.request_ids == ids
    assert error.request_id == (ids[0] if ids else None)
    assert json.loads(error.body) == body
    assert str(error).count(str(status)) == 1
    assert error.headers is not None
    assert error.headers["content-type"] == "application/json"


@BOTH
def test_an_error_in_plain_text_is_told(kind: str) -> None:
    error = failing(kind, Answer(400, b"no such\nthing " + SECRET.encode(), {"Content-Type": "text/plain"}))
    assert error.detail == "no such thing ***"
    assert str(error) == "ShowThing: 400 Bad Request: no such thing ***"
    page = failing(kind, Answer(502, b"<h1>Bad Gateway</h1>", {"Content-Type": "text/html"}))
    assert (page.detail, str(page)) == (None, "ShowThing: 502 Bad Gateway")


def test_messages_are_one_line_and_say_what_matters() -> None:
    assert str(failing("sync", json_answer(json.dumps(PRODUCT), 400))) == (
        "ShowThing: 400 Bad Request: ValidationError: Field required; Input should be a valid string; more "
        "(request id req-1)"
    )
    unsigned = str(failing("sync", json_answer(json.dumps(UNSIGNED), 404)))
    assert "did not accept the signature" in unsigned
    hostile = failing("sync", json_answer(json.dumps({"message": "a\r\nb\x1b[31m\u202ec" + "x" * 10_000}), 400))
    assert len(str(hostile)) < 2200
    assert not any(c in str(hostile) for c in "\r\n\x1b\u202e")


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://evil.example/x?token=1", "evil.example"),
        ("/elsewhere", "the same host"),
        ("http://[bad", "cannot be read"),
        (None, "no target given"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@BOTH
def test_redirects_are_errors_that_name_the_host(kind: str, status: int, location: str | None, said: str) -> None:
    error = failing(kind, Answer(status, headers={"Location": location} if location else {}))
    assert type(error) is errors.APIStatusError
    assert f"{status}" in str(error)
    assert said in str(error)
    assert "token" not in str(error)


def echo(request: Received) -> Answer:
    """Give back everything that must not be shown, in every spelling."""
    values = [value for name, value in request.headers if name.lower().startswith(("scp-", "x-auth", "x-mine"))]
    values += [SECRET, TOKEN]
    escaped = "".join(f"\\u{ord(c):04x}" for c in SECRET)
    body = json.dumps(
        {"message": " ".join(values), "code": SECRET, "errors": [{"detail": values, "request_id": SECRET}]}
    )
    body = body[:-1] + f',"x":"{escaped}", "y": "{values[1]}"'.replace("/", "\\/") + "}"
    return json_answer(body, 400, X_Echo=SECRET, X_Sign=values[2], Set_Cookie="a=b", Scp_Signature="x")


@BOTH
def test_nothing_of_ours_is_in_an_error(kind: str) -> None:
    from apiscribe_runtime.core import CallOptions

    mine = "a-private-header-value"
    with loopback_function(echo) as server, Caller(kind, base_url=server.url, credentials=credentials(TOKEN)) as caller:
        with pytest.raises(errors.BadRequestError) as caught:
            caller.call(SHOW, ID, options=CallOptions(headers={"X-Mine": mine}))
    error = caught.value
    request = server.received[0]
    signature = request.header("scp-signature") or ""
    shown = [
        str(error),
        repr(error),
        repr(vars(error)),
        pickle.dumps(error).decode("latin-1"),
        error.body.decode(),
        repr(error.headers),
        "".join(traceback.format_exception(error)),
        json.dumps(json.loads(error.body), ensure_ascii=False),
    ]
    for text in shown:
        for hidden in (ACCESS, SECRET, TOKEN, mine, signature, request.header("scp-timestamp") or "?"):
            assert hidden not in text
            assert hidden.replace("/", "\\/") not in text
    assert error.headers is not None
    assert error.headers["set-cookie"] == "***"
    assert "things 1.1" in error.body.decode()  # a constant is no secret


@BOTH
def test_a_long_error_body_is_cut_without_half_a_secret(kind: str) -> None:
    filler = SECRET * 40_000
    error = failing(kind, Answer(500, b"x" * 7 + filler.encode()))
    assert len(error.body) <= 64 * 1024
    for length in range(4, len(SECRET)):
        assert SECRET[:length].encode() not in error.body[-200:]


@BOTH
def test_deep_and_broken_error_bodies(kind: str) -> None:
    for body in (b"[" * 100_000, b'{"message": "x', b"\xff\xfe{}", b'{"a":' * 101 + b"1" + b"}" * 101):
        error = failing(kind, Answer(400, body))
        assert type(error) is errors.BadRequestError
        assert error.details == ()


ALL = [
    errors.APIError("m", operation="X"),
    errors.RequestValidationError("m"),
    errors.ConfigurationError("m"),
    errors.CredentialsError("m"),
    errors.APIConnectionError("m", operation="X"),
    errors.APITimeoutError("m", operation="X"),
    errors.ResponseTooLargeError("m", operation="X"),
    errors.ResponseValidationError("m", operation="X", status_code=200, body=b"x"),
    errors.StreamError("m", operation="o", event="error", body=b"b"),
    errors.PaginationError("m"),
    errors.WaitError("m", state="FAILED", value=1),
    errors.WaitTimeoutError("m"),
    errors.UnsignedRequestError("m", status_code=404),
    errors.ServerError(
        "m",
        status_code=500,
        operation="X",
        code="c",
        title="t",
        details=("d",),
        request_ids=("r",),
        body=b"b",
        headers=Headers([("A", "1")]),
    ),
]


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_every_error_can_be_pickled_and_copied(error: errors.APIError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert twin.args == error.args == ("m",)
        assert vars(twin) == vars(error)
        assert str(twin) == "m" == twin.message


def test_the_tree() -> None:
    names = {cls.__name__ for cls in errors.APIStatusError.__subclasses__()}
    assert names == {
        "BadRequestError",
        "AuthenticationError",
        "UnsignedRequestError",
        "PermissionDeniedError",
        "NotFoundError",
        "NotAcceptableError",
        "ConflictError",
        "UnprocessableEntityError",
        "RateLimitError",
        "ServerError",
    }
    for name in ("APIConnectionError", "APITimeoutError", "ResponseValidationError", "ResponseTooLargeError"):
        assert getattr(errors, name).__bases__ == (errors.APIError,)

"""Refusals and failures of generated calls: every documented shape as its type, and nothing secret in any of them."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import socket
import traceback
from typing import Any

import pytest
import samsungcloud
from samsungcloud import (
    APIConnectionError,
    APIError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    Credentials,
    Hooks,
    NotAcceptableError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseValidationError,
    ServerError,
    UnprocessableEntityError,
    UnsignedRequestError,
)

from .client_room import ACCESS_KEY, BOTH, KNOWN, SECRET_KEY, Answer, LoopbackServer, credentials, run, verifying

TOKEN = "token-of-a-session-0123456789"
OWN = "value-of-an-own-header"
TYPED = "value-that-is-not-for-a-log"
PRODUCT = {
    "errors": [
        {
            "code": "ValidationError",
            "title": "Validation Error",
            "status": 400,
            "detail": ["Field required", "domain: too short"],
            "request_id": "req-1",
            "global_request_id": "req-2",
            "links": [],
            "related_resources": [],
            "response": None,
        }
    ]
}
UNSIGNED = {
    "timestamp": "2026-01-01T00:00:00.000+00:00",
    "path": "/v1/data-ops/x",
    "status": 404,
    "error": "Not Found",
    "requestId": "abc-1",
}
GATEWAY = {"status": "UNAUTHORIZED", "name": "ServiceNotEnabled", "message": "the service is not enabled"}
MONITORING = {
    "message": "invalid period",
    "code": "INVALID",
    "service": "cloudmonitoring",
    "path": "/v1/x",
    "requestId": "m-1",
    "timestamp": "2026-01-01",
    "params": [{"name": "period", "value": "0"}],
}


def show(client: Any) -> Any:
    return client.show_data_ops("x")


def refused(kind: str, status: int, body: Any, **settings: Any) -> APIStatusError:
    """Give the exception for an answer."""
    answer = Answer(status=status, json=body) if body is not None else Answer(status=status)
    with verifying(default=answer) as server, pytest.raises(APIStatusError) as caught:
        run(kind, "DataOps", show, base_url=server.base_url, max_retries=0, **settings)
    return caught.value


STATUSES = {
    301: APIStatusError,
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    406: NotAcceptableError,
    409: ConflictError,
    418: APIStatusError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    500: ServerError,
    503: ServerError,
    599: ServerError,
}


@BOTH
@pytest.mark.parametrize(("status", "cls"), STATUSES.items())
def test_statuses_have_types(kind: str, status: int, cls: type[APIStatusError]) -> None:
    error = refused(kind, status, {**PRODUCT})
    assert type(error) is cls
    assert (error.status_code, error.code, error.operation) == (status, "ValidationError", "ShowDataOps")


SHAPES = {
    "product": (
        400,
        PRODUCT,
        BadRequestError,
        "ValidationError",
        ("Field required", "domain: too short"),
        ("req-1", "req-2"),
    ),
    "product, one detail": (
        403,
        {"errors": [{"code": "Forbidden", "detail": "no"}]},
        PermissionDeniedError,
        "Forbidden",
        ("no",),
        (),
    ),
    "unsigned": (404, UNSIGNED, UnsignedRequestError, None, ("Not Found",), ("abc-1",)),
    "gateway": (401, GATEWAY, AuthenticationError, "UNAUTHORIZED", ("the service is not enabled",), ()),
    "monitoring": (400, MONITORING, BadRequestError, "INVALID", ("invalid period", "period: 0"), ("m-1",)),
    "none": (404, None, NotFoundError, None, (), ()),
}


@BOTH
@pytest.mark.parametrize(("status", "body", "cls", "code", "details", "ids"), SHAPES.values(), ids=SHAPES)
def test_shapes_become_one_tree(
    kind: str, status: int, body: Any, cls: type, code: str | None, details: tuple[str, ...], ids: tuple[str, ...]
) -> None:
    error = refused(kind, status, body)
    assert type(error) is cls
    assert (error.code, error.details, error.request_ids) == (code, details, ids)
    assert error.detail == ("; ".join(details) or None)
    assert error.request_id == (ids[0] if ids else None)
    assert (json.loads(error.body) if error.body else None) == body
    assert str(error).startswith(f"ShowDataOps: {status} ")


def test_an_unsigned_404_is_told_from_a_real_one() -> None:
    assert not issubclass(UnsignedRequestError, NotFoundError)
    assert "did not accept the signature" in str(refused("sync", 404, UNSIGNED))


@BOTH
def test_a_redirect_is_an_error_that_names_its_host(kind: str) -> None:
    away = Answer(status=307, headers=(("Location", "https://elsewhere.example/steal?x=1"),))
    with verifying(default=away) as server, pytest.raises(APIStatusError, match=r"\(to elsewhere\.example\)"):
        run(kind, "DataOps", show, base_url=server.base_url)
    assert len(server.requests) == 1


@BOTH
def test_no_answer(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(APIConnectionError, match=f"ShowDataOps: no answer from 127.0.0.1:{port}"):
        run(kind, "DataOps", show, base_url=f"http://127.0.0.1:{port}", max_retries=0)


def test_the_tree() -> None:
    names = [name for name in samsungcloud.__all__ if name.endswith("Error")]
    assert len(names) > 20
    for name in names:
        assert issubclass(getattr(samsungcloud, name), APIError)


def hidden(server: Any) -> list[str]:
    """List what must not be shown: the secret, the key, the token, and every signature that was sent."""
    sent = [request.header("scp-signature") for request in server.requests]
    return [SECRET_KEY, ACCESS_KEY, TOKEN, *(value for value in sent if value)]


def shown(error: BaseException) -> str:
    """Print everything that an exception could tell."""
    texts = [str(error), repr(error), repr(vars(error)), repr(error.args), *traceback.format_exception(error)]
    if isinstance(error, APIError):
        texts.append(repr(pickle.dumps(error)))
    for link in (error.__cause__, error.__context__):
        if link is not None:
            texts.append(shown(link))
    return "\n".join(texts)


def echo(server: Any) -> Answer:
    """Give what a hostile or careless service answers: all that it was sent."""
    sent = [list(request.headers) for request in server.requests]
    return Answer(status=400, json={"message": f"bad {SECRET_KEY} {TOKEN} {sent}", "code": ACCESS_KEY})


@BOTH
def test_nothing_secret_is_told_by_errors_or_logs(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    temporary = Credentials(**KNOWN, session_token=TOKEN)
    with LoopbackServer() as server:
        # The first attempt is sent away; the second is answered with all that came with the first.
        server.queue(Answer(status=503, headers=(("Retry-After", "0"),)))
        hooks = Hooks(response=lambda view: server.queue(echo(server)))
        own = {"X-Own-Secret": OWN}
        settings: dict[str, Any] = {"base_url": server.base_url, "credentials": temporary, "hooks": hooks}
        with pytest.raises(APIStatusError) as caught:
            run(kind, "DataOps", lambda c: c.show_data_ops("x", headers=own), **settings)
    told = shown(caught.value) + caplog.text + repr([record.__dict__ for record in caplog.records])
    assert len(server.requests) == 2
    for value in (*hidden(server), OWN):
        assert value not in told
    assert "ShowDataOps: 400 Bad Request" in str(caught.value)
    assert "ShowDataOps" in caplog.text


@BOTH
def test_headers_that_come_back_are_masked(kind: str) -> None:
    with LoopbackServer() as server:
        temporary = Credentials(**KNOWN, session_token=TOKEN)
        body = json.dumps({"message": f"{SECRET_KEY} {ACCESS_KEY} {TOKEN}"}).encode()
        server.queue(Answer(status=400, body=body, headers=(("Scp-Signature", "x"), ("X-Echo", TOKEN))))
        with pytest.raises(BadRequestError) as caught:
            run(kind, "DataOps", show, base_url=server.base_url, credentials=temporary)
    told = shown(caught.value)
    for value in hidden(server):
        assert value not in told
    assert caught.value.headers is not None
    assert (caught.value.headers["scp-signature"], caught.value.headers["x-echo"]) == ("***", "***")


@BOTH
def test_a_refused_value_is_not_shown(kind: str) -> None:
    with pytest.raises(APIError) as caught:
        run(
            kind,
            "DataOps",
            lambda c: c.update_data_ops_service("x", description={"password": TYPED}),
            base_url="http://127.0.0.1:1",
        )
    assert TYPED not in shown(caught.value)


@BOTH
def test_a_refused_answer_shows_nothing_of_ours(kind: str) -> None:
    with verifying(default=Answer(body=f"no JSON {SECRET_KEY}".encode())) as server:
        with pytest.raises(ResponseValidationError) as caught:
            run(kind, "DataOps", show, base_url=server.base_url)
        told = shown(caught.value)
        assert all(value not in told for value in hidden(server))


@BOTH
def test_errors_survive_pickling_and_copying(kind: str) -> None:
    error = refused(kind, 400, PRODUCT)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert (str(twin), twin.details, twin.body, twin.headers) == (
            str(error),
            error.details,
            error.body,
            error.headers,
        )


def test_credentials_and_clients_tell_nothing() -> None:
    temporary = Credentials(**KNOWN, session_token=TOKEN)
    client = samsungcloud.DataOps(credentials=temporary, base_url="https://ops.example.com")
    for value in (temporary, temporary.secret_key, client, client.with_raw_response, vars(temporary)):
        for text in (repr(value), str(value), f"{value}"):
            assert SECRET_KEY not in text
            assert TOKEN not in text
    assert repr(temporary) == "Credentials(access_key=***, secret_key=***, session_token=***)"
    for value in (temporary, temporary.secret_key, client):
        with pytest.raises(TypeError):
            pickle.dumps(value)
    with pytest.raises(AttributeError):
        temporary.access_key = "other"
    client.close()


@pytest.mark.parametrize("changes", [{"access_key": ""}, {"secret_key": " x"}, {"secret_key": "a\nb"}])
def test_credentials_that_cannot_be_sent_are_refused(changes: dict[str, str]) -> None:
    with pytest.raises(samsungcloud.CredentialsError) as caught:
        credentials(**changes)
    assert all(value not in str(caught.value) for value in changes.values() if value)

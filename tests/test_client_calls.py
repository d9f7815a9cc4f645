"""Generated methods: what keyword arguments, bodies, options and settings of a call become on the wire."""

from __future__ import annotations

import copy
import inspect
import pickle
import socket
import warnings
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import samsungcloud
from samsungcloud import (
    UNSET,
    APITimeoutError,
    AsyncDataFlow,
    AsyncDataOps,
    ConfigurationError,
    DataFlow,
    DataOps,
    RequestValidationError,
    ServerError,
    SupportedUntilWarning,
)
from samsungcloud.data_flow import v1_0, v1_1
from samsungcloud.data_ops.v1_1.models import DataOpsServiceUpdateRequest
from samsungcloud.data_ops.v1_1.models.data_ops_service_create_request import DataOpsServiceCreateRequest
from samsungcloud.data_ops.v1_1.models.tag import Tag

from .client_room import BOTH, SERVICE_ID, Answer, credentials, run, verifying

CLASSES = [(DataOps, AsyncDataOps), (DataFlow, AsyncDataFlow), (v1_0.DataFlow, v1_0.AsyncDataFlow)]
CREATE = {
    "data_ops_id": "d",
    "data_ops_service_name": "nightly",
    "domain": "example.com",
    "host_alias": {},
    "service_workload": {},
    "storage_class_name": "nfs",
    "worker_type": "Celery",
}


def sent(kind: str, service: str, *works: Any, **settings: Any) -> Any:
    """Do the works against a server that answers with an empty object, and give the only request."""
    with verifying(default=Answer(status=202, json={}), window=1e12) as server:
        run(kind, service, *works, base_url=server.base_url, **settings)
    (received,) = server.requests
    assert received.problem is None
    return received


def created(client: Any, **changes: Any) -> Any:
    return client.create_data_ops_service(**{**CREATE, **changes})


@pytest.mark.parametrize(("blocking", "awaited"), CLASSES)
def test_both_clients_have_the_same_surface(blocking: type, awaited: type) -> None:
    names = [name for name in dir(blocking) if not name.startswith("_") and name != "close"]
    assert [name for name in dir(awaited) if not name.startswith("_") and name not in ("close", "aclose")] == names
    methods = [name for name in vars(blocking) if inspect.isfunction(vars(blocking)[name]) and name[0] != "_"]
    assert methods
    for name in methods:
        plain, other = inspect.signature(getattr(blocking, name)), inspect.signature(getattr(awaited, name))
        assert plain.parameters == other.parameters
        if name.startswith("iter_"):
            assert other.return_annotation == f"Async{plain.return_annotation}"
            continue
        assert plain.return_annotation == other.return_annotation
        assert inspect.iscoroutinefunction(getattr(awaited, name))
        for argument in ("timeout", "headers", "max_retries"):
            assert plain.parameters[argument].kind is inspect.Parameter.KEYWORD_ONLY
        assert _told(getattr(blocking, name)) == _told(getattr(awaited, name))


def _told(method: object) -> str:
    # The examples differ in one word, and in how the call is laid out with it.
    words = (inspect.getdoc(method) or "").replace("await client.", "client.").split()
    return "".join(words).replace(",)", ")")


def test_both_clients_take_the_same_settings() -> None:
    for blocking, awaited in CLASSES:
        ours, theirs = (inspect.signature(cls.__init__).parameters for cls in (blocking, awaited))
        assert list(ours) == list(theirs)
        for name in ("credentials", "region", "environment", "base_url", "language", "timeout", "max_retries"):
            assert ours[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert {"http_client", "validate", "hooks", "clock"} < set(ours)


def test_all_operations_are_there() -> None:
    def count(cls: type) -> int:
        return sum(inspect.isfunction(value) and name[0] != "_" for name, value in vars(cls).items())

    assert [count(cls) for cls, _ in CLASSES] == [19, 19, 1]  # 17 operations and the iterators of two lists; one


@BOTH
def test_absent_null_and_given_differ(kind: str) -> None:
    received = sent(
        kind,
        "DataOps",
        lambda c: c.update_data_ops_service(SERVICE_ID, description=None, worker_type="Celery", domain=UNSET),
    )
    assert (received.method, received.target) == ("PUT", f"/v1/data-ops-services/{SERVICE_ID}")
    assert received.body == b'{"description":null,"worker_type":"Celery"}'
    assert received.header("content-type") == "application/json"


@BOTH
def test_korean_text_in_a_body_is_utf_8(kind: str) -> None:
    received = sent(kind, "DataOps", lambda c: c.update_data_ops_service(SERVICE_ID, description="매일 밤"))
    assert received.json() == {"description": "매일 밤"}


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        {"description": None, "worker_type": "Celery"},
        DataOpsServiceUpdateRequest(description=None, worker_type="Celery"),
        DataOpsServiceUpdateRequest.model_validate({"description": None, "worker_type": "Celery"}),
    ],
    ids=["mapping", "model", "validated"],
)
def test_a_body_is_a_model_or_a_mapping(kind: str, body: Any) -> None:
    received = sent(kind, "DataOps", lambda c: c.update_data_ops_service(SERVICE_ID, body=body))
    assert received.json() == {"description": None, "worker_type": "Celery"}


@BOTH
@pytest.mark.parametrize("tags", [[{"key": "a", "value": "b"}], [Tag(key="a", value="b")]], ids=["mapping", "model"])
def test_models_inside_a_body(kind: str, tags: Any) -> None:
    received = sent(kind, "DataOps", partial(created, tags=tags))
    assert received.json()["tags"] == [{"key": "a", "value": "b"}]


def test_an_empty_body_is_an_object_and_no_body_is_refused() -> None:
    received = sent("sync", "DataOps", lambda c: c.update_data_ops_service(SERVICE_ID, body={}))
    assert received.body == b"{}"


REFUSED_CALLS: dict[str, tuple[Any, type[Exception], str]] = {
    "body and fields": (
        lambda c: c.update_data_ops_service(SERVICE_ID, body={}, description="x"),
        TypeError,
        "body= or fields",
    ),
    "neither": (lambda c: c.create_data_ops_service(), TypeError, "needs a body"),
    "unknown keyword": (
        lambda c: c.update_data_ops_service(SERVICE_ID, descripton="x"),
        TypeError,
        "descripton",
    ),
    "unknown key": (
        lambda c: c.update_data_ops_service(SERVICE_ID, body={"descripton": "x"}),
        RequestValidationError,
        "descripton",
    ),
    "another type": (
        lambda c: c.update_data_ops_service(SERVICE_ID, description=7),
        RequestValidationError,
        "description",
    ),
    "a required field is missing": (
        lambda c: c.create_data_ops_service(data_ops_id="d"),
        RequestValidationError,
        "domain",
    ),
    "beyond a documented bound": (partial(created, domain="x"), RequestValidationError, "at least 3"),
    "an empty path value": (lambda c: c.show_data_ops(""), RequestValidationError, "data_ops_id"),
    "a path value that changes the route": (lambda c: c.show_data_ops(".."), RequestValidationError, "data_ops_id"),
    "no path value": (lambda c: c.show_data_ops(None), RequestValidationError, "data_ops_id is required"),
    "a timeout that is none": (lambda c: c.show_data_ops("x", timeout=-1), RequestValidationError, "timeout"),
    "too many retries": (lambda c: c.show_data_ops("x", max_retries=9), RequestValidationError, "max_retries"),
    "a header that frames": (
        lambda c: c.show_data_ops("x", headers={"Host": "evil"}),
        RequestValidationError,
        "Host",
    ),
    "a header of two lines": (
        lambda c: c.show_data_ops("x", headers={"X-A": "b\r\nX-B: c"}),
        RequestValidationError,
        "control character",
    ),
}


@BOTH
@pytest.mark.parametrize(("work", "error", "said"), REFUSED_CALLS.values(), ids=REFUSED_CALLS)
def test_what_does_not_fit_is_refused_before_anything_is_sent(
    kind: str, work: Any, error: type[Exception], said: str
) -> None:
    with verifying() as server, pytest.raises(error, match=said):
        run(kind, "DataOps", work, base_url=server.base_url)
    assert server.requests == []


def test_positional_fields_are_refused() -> None:
    with verifying() as server, pytest.raises(TypeError, match="positional"):
        run("sync", "DataOps", lambda c: c.update_data_ops_service(SERVICE_ID, "text"), base_url=server.base_url)


@BOTH
def test_query_arguments(kind: str) -> None:
    received = sent(
        kind, "DataOps", lambda c: c.list_data_ops(size=20, page=0, state="RUNNING", created_by=None, cluster_id=UNSET)
    )
    assert received.target == "/v1/data-ops?state=RUNNING&size=20&page=0"
    assert (received.body, received.header("content-type"), received.header("content-length")) == (b"", None, None)


OWN_VERSION = {
    "data-ops 1.1": ("DataOps", lambda c: c.show_data_ops_service("x"), samsungcloud),
    "data-flow 1.1": ("DataFlow", lambda c: c.show_data_flow_service("x"), v1_1),
    "data-flow 1.0": ("DataFlow", lambda c: c.update_data_flow_service("x", description="y"), v1_0),
}


@BOTH
@pytest.mark.filterwarnings("ignore::samsungcloud.SupportedUntilWarning")
@pytest.mark.parametrize("version", OWN_VERSION)
def test_each_version_sends_its_own(kind: str, version: str) -> None:
    service, work, package = OWN_VERSION[version]
    received = sent(kind, service, work, package=package)
    assert received.header("scp-api-version") == version


@BOTH
def test_the_fixed_headers_of_a_call(kind: str) -> None:
    received = sent(kind, "DataOps", lambda c: c.show_data_ops("x", scp_request_path="openapi"))
    assert received.header("scp-request-path") == "openapi"
    assert received.header("accept-language") == "en-US"
    assert received.header("accept") == "application/json"
    assert sent(kind, "DataOps", lambda c: c.show_data_ops("x")).header("scp-request-path") is None


@BOTH
@pytest.mark.parametrize("language", ["ko-KR", "en-US", None])
def test_the_language_is_a_setting_of_the_client(kind: str, language: str | None) -> None:
    received = sent(kind, "DataOps", lambda c: c.show_data_ops("x"), language=language)
    assert received.header("accept-language") == (language or "en-US")


def test_another_language_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="language='fr'"):
        DataOps(credentials=credentials(), region="kr-west1", environment="e", language="fr")  # type: ignore[arg-type]


@BOTH
def test_headers_of_one_call(kind: str) -> None:
    work = lambda c: c.show_data_ops("x", headers={"X-Reason": "test", "accept-language": "ko-KR"})  # noqa: E731
    received = sent(kind, "DataOps", work)
    assert (received.header("x-reason"), received.header("accept-language")) == ("test", "ko-KR")


@BOTH
def test_the_timeout_of_one_call(kind: str) -> None:
    # The connection is made by the system, and nobody ever reads from it.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base_url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(APITimeoutError, match="ShowDataOps"):
            run(kind, "DataOps", lambda c: c.show_data_ops("x", timeout=0.05), base_url=base_url)


@BOTH
@pytest.mark.parametrize(
    ("client", "call", "sends"), [(None, None, 3), (None, 0, 1), (0, None, 1), (0, 1, 2), (2, 1, 2)]
)
def test_retries_of_client_and_call(kind: str, client: int | None, call: int | None, sends: int) -> None:
    busy = Answer(status=503, headers=(("Retry-After", "0"),))
    with verifying(default=busy) as server, pytest.raises(ServerError):
        run(
            kind,
            "DataOps",
            lambda c: c.show_data_ops("x", max_retries=call),
            base_url=server.base_url,
            max_retries=client,
        )
    assert [received.problem for received in server.requests] == [None] * sends


@BOTH
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_post_is_sent_once(kind: str, status: int) -> None:
    with verifying(default=Answer(status=status)) as server, pytest.raises(samsungcloud.APIStatusError):
        run(kind, "DataOps", created, base_url=server.base_url)
    assert len(server.requests) == 1


@BOTH
def test_an_injected_client_is_used_and_stays_open(kind: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(202)

    transport = httpx.MockTransport(answer)
    made: Any = httpx.Client(transport=transport) if kind == "sync" else httpx.AsyncClient(transport=transport)
    place: dict[str, Any] = {"region": "kr-west1", "environment": "e"}
    run(kind, "DataOps", lambda c: c.delete_data_ops("x"), http_client=made, **place)
    assert seen == ["https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops/x"]
    assert not made.is_closed


def test_a_client_of_its_own_is_closed() -> None:
    with verifying(default=Answer(status=202)) as server:
        with DataOps(credentials=credentials(), base_url=server.base_url) as client:
            client.delete_data_ops("x")
        with pytest.raises(RuntimeError, match="closed"):
            client.delete_data_ops("x")


LAST_DAY = datetime(2026, 7, 1, 23, 59, tzinfo=UTC).timestamp()


@BOTH
@pytest.mark.parametrize(("now", "warned"), [(LAST_DAY, 0), (LAST_DAY + 60, 1)])
def test_a_version_past_its_date_warns_once(kind: str, now: float, warned: int) -> None:
    update = lambda c: c.update_data_flow_service("x", description="y")  # noqa: E731
    with (
        verifying(default=Answer(status=202, json={}), window=1e12) as server,
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        clock = iter(now + step for step in range(100))
        run(kind, "DataFlow", update, update, package=v1_0, base_url=server.base_url, clock=lambda: next(clock))
    told = [warning for warning in caught if warning.category is SupportedUntilWarning]
    assert len(told) == warned
    for warning in told:
        assert str(warning.message) == "Data Flow 1.0 was supported until 2026-07-01"
        # At the line that calls the method; the coroutine of the async client is awaited in the module beside this one.
        assert Path(warning.filename).name == ("test_client_calls.py" if kind == "sync" else "client_room.py")


@BOTH
def test_the_newest_version_does_not_warn(kind: str) -> None:
    received = sent(kind, "DataFlow", lambda c: c.delete_data_flow("x"), clock=lambda: LAST_DAY * 2)
    assert received.method == "DELETE"


@BOTH
@pytest.mark.filterwarnings("ignore::samsungcloud.SupportedUntilWarning")
def test_two_versions_side_by_side(kind: str) -> None:
    assert v1_0.DataFlow is not v1_1.DataFlow
    assert samsungcloud.DataFlow is v1_1.DataFlow
    old = sent(kind, "DataFlow", lambda c: c.update_data_flow_service("x", description="y"), package=v1_0)
    new = sent(kind, "DataFlow", lambda c: c.update_data_flow_service("x", description="y"), package=v1_1)
    assert (old.target, old.body) == (new.target, new.body)


def test_unset_is_one_value() -> None:
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert copy.deepcopy(UNSET) is UNSET
    assert (bool(UNSET), repr(UNSET)) == (False, "UNSET")


def test_create_models_are_strict_and_refuse_unknown_names() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        DataOpsServiceCreateRequest(**CREATE, unknown=1)

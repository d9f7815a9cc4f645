"""Answers to generated methods: values, what differs from the documents, lists, raw and streamed answers, hooks."""

from __future__ import annotations

import asyncio
import json
import logging
from inspect import isfunction
from typing import Any

import pytest
from samsungcloud import (
    AsyncDataOps,
    DataOps,
    Hooks,
    RawResponse,
    RequestValidationError,
    ResponseValidationError,
)
from samsungcloud.data_ops.v1_1.models import DataOpsServiceUpdateResponse

from .client_room import ACCESS_KEY, BOTH, SECRET_KEY, SERVICE_ID, Answer, credentials, run, verifying

UPDATED: dict[str, Any] = {
    "account": {"name": "admin", "password": "hidden-password"},
    "cluster_id": "c",
    "created_dt": "2024-07-30T04:54:33.219373",
    "data_ops_id": "d",
    "data_ops_name": "ops",
    "data_ops_service_id": SERVICE_ID,
    "data_ops_service_name": "nightly",
    "http_port": 8080,
    "image_id": "i",
    "instance_id": None,
    "modified_dt": "2025-01-01 00:00:00 UTC+0",
    "namespace_name": "n",
    "state": "RUNNING",
    "storage_class_name": "nfs",
    "version": "2.9",
}


def update(client: Any, **options: Any) -> Any:
    return client.update_data_ops_service(SERVICE_ID, description="x", **options)


def answered(kind: str, body: Any, *works: Any, status: int = 202, **settings: Any) -> Any:
    """Do the works (an update if none is given) against a server that gives one answer to all of them."""
    with verifying(default=Answer(status=status, json=body)) as server:
        return run(kind, "DataOps", *(works or (update,)), base_url=server.base_url, **settings)


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@BOTH
def test_a_value_is_a_typed_model_that_dumps_back_equal(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    value = answered(kind, UPDATED)
    assert type(value) is DataOpsServiceUpdateResponse
    assert (value.state, value.http_port, value.web_url) == ("RUNNING", 8080, None)
    assert (value.created_dt.year, value.created_dt.tzinfo) == (2024, None)
    assert value.modified_dt.isoformat() == "2025-01-01T00:00:00+00:00"
    assert json.loads(value.model_dump_json(exclude_unset=True)) == UPDATED
    assert warnings_of(caplog) == []


@BOTH
@pytest.mark.parametrize("validate", ["tolerant", "strict"])
def test_unknown_keys_and_states_are_kept(kind: str, validate: str, caplog: pytest.LogCaptureFixture) -> None:
    changed = {**UPDATED, "state": "HIBERNATING", "new_field": {"deep": [1]}}
    value = answered(kind, changed, validate=validate)
    assert (value.state, value.model_extra) == ("HIBERNATING", {"new_field": {"deep": [1]}})
    assert value.model_dump(mode="json", exclude_unset=True) == changed
    assert warnings_of(caplog) == []


@BOTH
def test_wrong_and_missing_fields_are_kept_and_told_once(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    changed = {**UPDATED, "http_port": "8080", "version": 2.9}
    del changed["namespace_name"]
    value = answered(kind, changed, update, update, update)
    assert (value.http_port, value.version, value.namespace_name) == ("8080", 2.9, None)
    assert value.model_dump(mode="json", exclude_unset=True) == changed
    start = "UpdateDataOpsService: response differs from its documentation: DataOpsServiceUpdateResponse."
    assert warnings_of(caplog) == [
        f"{start}http_port: text is not what is documented",
        f"{start}namespace_name: missing",
        f"{start}version: a number is not what is documented",
    ]


@BOTH
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"http_port": "8080"}, "http_port: Input should be a valid integer"),
        ({"state": None}, "state: Input should be a valid string"),
        ({"created_dt": "yesterday"}, "created_dt: "),
    ],
)
def test_strict_clients_refuse_what_differs(kind: str, change: dict[str, Any], said: str) -> None:
    with pytest.raises(ResponseValidationError, match=said) as caught:
        answered(kind, {**UPDATED, **change}, validate="strict")
    assert (caught.value.operation, caught.value.status_code) == ("UpdateDataOpsService", 202)


@BOTH
@pytest.mark.parametrize("body", [[UPDATED], "text", 7, None], ids=["list", "text", "number", "null"])
def test_json_of_another_kind_is_refused_always(kind: str, body: Any) -> None:
    with pytest.raises(ResponseValidationError, match="the answer 202 is not what the operation returns"):
        answered(kind, body)


@BOTH
@pytest.mark.parametrize("body", [b"", b"<html>busy</html>", b'{"state": "RUN'])
def test_a_success_that_is_not_json_is_refused_always(kind: str, body: bytes) -> None:
    with (
        verifying(default=Answer(status=202, body=body, headers=(("Content-Type", "text/html"),))) as server,
        pytest.raises(ResponseValidationError),
    ):
        run(kind, "DataOps", update, base_url=server.base_url)


@BOTH
@pytest.mark.parametrize("body", [b"", b'{"request_id": "r"}'])
def test_a_success_without_schema_is_none(kind: str, body: bytes) -> None:
    with verifying(default=Answer(status=202, body=body)) as server:
        assert run(kind, "DataOps", lambda c: c.delete_data_ops("x"), base_url=server.base_url) is None


@BOTH
def test_raw_answers(kind: str) -> None:
    with verifying(default=Answer(status=202, json=UPDATED, headers=(("X-Trace", "t"),))) as server:
        raw = run(kind, "DataOps", lambda c: update(c.with_raw_response), base_url=server.base_url)
    assert isinstance(raw, RawResponse)
    assert (raw.status_code, raw.headers["x-trace"], json.loads(raw.content)) == (202, "t", UPDATED)
    assert raw.parse() == DataOpsServiceUpdateResponse.model_validate_json(json.dumps(UPDATED))
    assert repr(raw) == f"<RawResponse 202, {len(raw.content)} bytes>"


def test_every_method_has_its_raw_and_streaming_twin() -> None:
    with DataOps(credentials=credentials(), base_url="http://127.0.0.1:1") as client:
        methods = [name for name, value in vars(DataOps).items() if isfunction(value) and name[0] != "_"]
        names = [name for name in methods if not name.startswith("iter_")]
        assert len(names) == 17
        for view in (client.with_raw_response, client.with_streaming_response):
            assert sorted(vars(view)) == sorted(names)
        assert client.with_raw_response is client.with_raw_response


def test_streamed_answers() -> None:
    with (
        verifying(default=Answer(status=202, json=UPDATED)) as server,
        DataOps(credentials=credentials(), base_url=server.base_url) as client,
    ):
        with update(client.with_streaming_response) as response:
            assert response.status_code == 202
            assert json.loads(b"".join(response.iter_bytes())) == UPDATED
        with update(client.with_streaming_response) as response:
            assert response.parse().state == "RUNNING"
        assert len(server.requests) == 2


def test_streamed_answers_async() -> None:
    async def done(base_url: str) -> None:
        async with AsyncDataOps(credentials=credentials(), base_url=base_url) as client:
            async with update(client.with_streaming_response) as response:
                assert json.loads(b"".join([piece async for piece in response.iter_bytes()])) == UPDATED
            async with update(client.with_streaming_response) as response:
                assert (await response.parse()).state == "RUNNING"

    with verifying(default=Answer(status=202, json=UPDATED)) as server:
        asyncio.run(done(server.base_url))
        assert len(server.requests) == 2


@BOTH
def test_hooks_see_every_attempt_and_nothing_secret(kind: str) -> None:
    seen: list[Any] = []
    with verifying(default=Answer(status=202, json=UPDATED)) as server:
        server.queue(Answer(status=503, headers=(("Retry-After", "0"),)))
        run(kind, "DataOps", update, base_url=server.base_url, hooks=Hooks(request=seen.append, response=seen.append))
        url = f"{server.base_url}/v1/data-ops-services/{SERVICE_ID}"
        proofs = [request.header("scp-signature") for request in server.requests]
    assert [(view.operation, view.method, view.url, view.attempt) for view in seen] == [
        ("UpdateDataOpsService", "PUT", url, attempt) for attempt in (1, 1, 2, 2)
    ]
    assert [view.status_code for view in seen[1::2]] == [503, 202]
    assert ("Scp-Api-Version", "data-ops 1.1") in seen[0].headers
    for hidden in (SECRET_KEY, ACCESS_KEY, *proofs):
        assert hidden not in repr(seen)


def test_an_exception_in_a_hook_ends_the_call() -> None:
    def refuse(view: Any) -> None:
        raise PermissionError(view.operation)

    with verifying() as server, pytest.raises(PermissionError, match="UpdateDataOpsService"):
        run("sync", "DataOps", update, base_url=server.base_url, hooks=Hooks(request=refuse))
    assert server.requests == []


LISTS = {
    "data-ops": ("DataOps", "iter_data_ops", "data_ops_id"),
    "data-ops services": ("DataOps", "iter_data_ops_service", "data_ops_service_id"),
    "data-flow": ("DataFlow", "iter_data_flows", "data_flow_id"),
    "data-flow services": ("DataFlow", "iter_data_flow_service", "data_flow_service_id"),
}
EVERY_LIST = pytest.mark.parametrize(("service", "method", "key"), LISTS.values(), ids=LISTS)


def page(key: str, numbers: range, total: int) -> Any:
    return Answer(json={"contents": [{key: str(number)} for number in numbers], "total_count": total})


@BOTH
@EVERY_LIST
def test_iterators_go_on_to_the_total(kind: str, service: str, method: str, key: str) -> None:
    with verifying() as server:
        server.queue(*(page(key, range(start, min(start + 2, 5)), 5) for start in (0, 2, 4)))
        items = run(
            kind, service, lambda c: getattr(c, method)(size=2, sort="created_dt:desc"), base_url=server.base_url
        )
    assert [getattr(item, key) for item in items] == ["0", "1", "2", "3", "4"]
    queries = [dict(pair.split("=") for pair in request.query.split("&")) for request in server.requests]
    assert queries == [{"size": "2", "page": str(number), "sort": "created_dt:desc"} for number in range(3)]
    assert [request.problem for request in server.requests] == [None] * 3


@BOTH
@EVERY_LIST
@pytest.mark.parametrize("total", [5, 0, 99])
def test_iterators_of_services_that_ignore_size(kind: str, service: str, method: str, key: str, total: int) -> None:
    with verifying(default=page(key, range(5), total)) as server:
        items = run(kind, service, lambda c: getattr(c, method)(size=1), base_url=server.base_url)
    assert [getattr(item, key) for item in items] == ["0", "1", "2", "3", "4"]
    assert len(server.requests) == (1 if total == 5 else 2)


@BOTH
@EVERY_LIST
@pytest.mark.parametrize("body", [{"contents": [], "total_count": 9}, {"contents": None, "total_count": 9}, {}])
def test_iterators_over_nothing(kind: str, service: str, method: str, key: str, body: Any) -> None:
    with verifying(default=Answer(json=body)) as server:
        assert run(kind, service, lambda c: getattr(c, method)(), base_url=server.base_url) == []
    assert len(server.requests) == 1


@BOTH
def test_an_iterator_chooses_the_pages_itself(kind: str) -> None:
    with pytest.raises(TypeError, match="'page'"):
        run(kind, "DataOps", lambda c: c.iter_data_ops(page=2), base_url="http://127.0.0.1:1")


def test_an_iterator_asks_when_it_is_used() -> None:
    with (
        verifying(default=page("data_ops_id", range(2), 100)) as server,
        DataOps(credentials=credentials(), base_url=server.base_url) as client,
    ):
        iterator = client.iter_data_ops()
        assert server.requests == []
        assert next(iterator).data_ops_id == "0"
        assert len(server.requests) == 1


@BOTH
def test_an_iterator_retries_and_fails_as_its_list_does(kind: str) -> None:
    with verifying() as server:
        server.queue(
            page("data_ops_id", range(2), 4),
            Answer(status=503, headers=(("Retry-After", "0"),)),
            page("data_ops_id", range(2, 4), 4),
        )
        items = run(kind, "DataOps", lambda c: c.iter_data_ops(), base_url=server.base_url)
    assert len(items) == 4
    with pytest.raises(RequestValidationError, match="timeout"):
        run(kind, "DataOps", lambda c: c.iter_data_ops(timeout=0), base_url="http://127.0.0.1:1")


@BOTH
def test_a_list_method_gives_one_page(kind: str) -> None:
    with verifying(default=page("data_ops_id", range(2), 100)) as server:
        value = run(kind, "DataOps", lambda c: c.list_data_ops(size=2), base_url=server.base_url)
    assert (len(value.contents), value.total_count, len(server.requests)) == (2, 100, 1)

"""Every fault of the table, over both clients and both HTTP libraries: the exact outcome, and nothing of ours in it."""

from __future__ import annotations

import logging
import pickle
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import httpx2
import pytest

from .fault_scenarios import BACKOFF, NOW, TABLE, Scenario, http
from .fault_server import FaultServer, fault_server, hidden_values, play
from .loopback import Received
from .runtime_sample import ACCESS, CREATE, PATCH, SECRET, SHOW, TOKEN, UPDATE, Caller, credentials, verifies

# isort: split
from apiscribe_runtime import errors
from apiscribe_runtime.hooks import Hooks

AFTER = play(http("200 OK", b'{"id":"after","name":"after"}'))
CALLS: dict[str, tuple[Any, dict[str, str], dict[str, Any]]] = {
    "show": (SHOW, {"thing_id": "t1"}, {}),
    "create": (CREATE, {}, {"fields": {"description": "x"}}),
    "patch": (PATCH, {"thing_id": "t1"}, {"fields": {"description": "x"}}),
    "update": (UPDATE, {"thing_id": "t1"}, {"fields": {"description": "x"}}),
    "upload": (UPDATE, {"thing_id": "t1"}, {"fields": {"description": "x" * 8_000_000}}),
}
TESTS = str(Path(__file__).parent)


def http_client(kind: str, library: str) -> Any:
    """Give what is injected: nothing, a client or a transport."""
    if library == "httpx":
        return None
    module: Any = httpx2 if library.startswith("httpx2") else httpx
    what = "HTTPTransport" if library.endswith("transport") else "Client"
    return getattr(module, f"Async{what}" if kind == "async" else what)()


@contextmanager
def calling(kind: str, library: str, **options: Any) -> Iterator[Caller]:
    """Give a caller that has one place: a place that is not given back is noticed at the next call."""
    injected = http_client(kind, library)
    options = {"credentials": credentials(TOKEN), "max_concurrency": 1, "clock": lambda: NOW, **options}
    with Caller(kind, http_client=injected, **options) as caller:
        try:
            yield caller
        finally:
            if injected is not None:
                caller.run(injected.aclose() if kind == "async" else injected.close())


def outcome(caller: Caller, operation: str) -> Any:
    """Call, and give the value or the error."""
    described, arguments, rest = CALLS[operation]
    try:
        return caller.call(described, arguments, **rest)
    except Exception as error:
        return error


def secrets(received: list[Received]) -> set[str]:
    """List what may be seen nowhere, as it is and as URLs spell it."""
    plain = {ACCESS, SECRET, TOKEN, *(value for request in received for value in hidden_values(request))}
    return plain | {quote(value, safe="") for value in plain}


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and all that it carries along."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def shown(error: BaseException) -> Iterator[str]:
    """Give every text in which an exception shows something, the variables of our own frames among them."""
    for each in chain(error):
        yield from (str(each), repr(each), repr(each.args), repr(vars(each)), repr(getattr(each, "__notes__", None)))
    yield pickle.dumps(error).decode("latin-1")
    yield "".join(traceback.format_exception(error))
    whole: traceback.TracebackException | None = traceback.TracebackException.from_exception(error, capture_locals=True)
    while whole is not None:
        yield from (repr(frame.locals) for frame in whole.stack if not frame.filename.startswith(TESTS))
        whole = whole.__cause__ or whole.__context__
    if isinstance(error, errors.APIStatusError | errors.ResponseValidationError):
        yield error.body.decode("latin-1")
    if isinstance(error, errors.APIStatusError):
        yield f"{error.headers!r} {error.details} {error.code} {error.title} {error.request_ids}"


def check_outcome(scenario: Scenario, result: Any) -> None:
    """Hold an outcome against what the table says."""
    if scenario.error is None:
        assert not isinstance(result, Exception), repr(result)
        assert result.name == scenario.value
        return
    assert type(result).__name__ == scenario.error, repr(result)
    assert type(result) is getattr(errors, scenario.error)
    assert scenario.says in str(result)
    assert getattr(result, "status_code", scenario.status) in (scenario.status, None)
    assert result.__context__ is None or result.__context__ is result.__cause__
    if scenario.cause:
        assert result.__cause__ is not None
        assert getattr(result.__cause__, "_request", None) is None
        assert result.__cause__.__cause__ is result.__cause__.__context__ is None


def check_sends(scenario: Scenario, server: FaultServer, caller: Caller) -> None:
    """Hold the attempts against the table: their number, the waits, a fresh and right signature for each."""
    assert len(server.received) == scenario.sends
    assert len(caller.slept) == len(scenario.slept)
    for attempt, (slept, expected) in enumerate(zip(caller.slept, scenario.slept, strict=True)):
        assert slept == expected if expected != BACKOFF else 0.25 * 2**attempt <= slept <= 0.5 * 2**attempt
    assert all(verifies(request, server.url) for request in server.received)
    for name in ("scp-timestamp", "scp-signature"):
        assert len({request.header(name) for request in server.received}) == scenario.sends


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("scenario", TABLE, ids=lambda scenario: scenario.name)
def test_fault(scenario: Scenario, kind: str, library: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    views: list[Any] = []
    with (
        fault_server(AFTER) as trap,
        fault_server(*scenario.plays, AFTER, secret=SECRET.encode(), trap=str(trap.port).encode()) as server,
        calling(
            kind,
            library,
            base_url=server.url,
            timeout=scenario.timeout,
            hooks=Hooks(request=views.append, response=views.append),
            **scenario.options,
        ) as caller,
    ):
        begun = time.monotonic()
        result = outcome(caller, scenario.operation)
        assert time.monotonic() - begun < min(scenario.timeout, 20) + 1
        check_outcome(scenario, result)
        check_sends(scenario, server, caller)
        assert outcome(caller, "show").name == "after"
        assert trap.connections == 0
        assert [request.header("cookie") for request in server.received] == [None] * len(server.received)
        texts = [caplog.text, repr(views), repr(caller.client), *(map(str, caplog.records))]
        if isinstance(result, Exception):
            texts += shown(result)
        for value in secrets(server.received):
            assert not any(value in text for text in texts), value

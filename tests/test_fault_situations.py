"""Where a client must stay right: cancelled anywhere, in crowds, over threads and forks, on any transport."""

from __future__ import annotations

import asyncio
import copy
import itertools
import pickle
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from . import test_fault_scenarios as faults
from .fault_scenarios import TABLE, http
from .fault_server import Drip, Hold, Play, Reset, choosing_server, fault_server, play
from .loopback import Received
from .runtime_sample import ACCESS, LIST, SECRET, SHOW, AsyncThingsClient, Caller, ThingsClient, credentials

# isort: split
from apiscribe_runtime.errors import APIConnectionError, APITimeoutError, ConfigurationError
from apiscribe_runtime.exchange import Collector, TooLargeError
from apiscribe_runtime.headers import Headers
from apiscribe_runtime.views import as_streaming_async

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
INJECTED = pytest.mark.parametrize("library", ["httpx", "httpx2", "httpx client", "httpx2 transport"])
ID = {"thing_id": "t1"}
ROOT = Path(__file__).parents[1]


def named(received: Received) -> bytes:
    """Answer with a thing that is called as the request asks."""
    name = received.target.rpartition("/")[2]
    return http("200 OK", f'{{"id":"{name}","name":"{name}"}}'.encode())


# Cancellation


class CancelledAt:
    """Awaits a coroutine and cancels it at one of its suspensions: before it, or as soon as it is over."""

    def __init__(self, coroutine: Any, step: int, *, before: bool) -> None:
        self._inner, self._step, self._before = coroutine.__await__(), step, before

    def __await__(self) -> Generator[Any, Any, Any]:
        thrown: BaseException | None = None
        for step in itertools.count():
            try:
                awaited = next(self._inner) if thrown is None else self._inner.throw(thrown)
            except StopIteration as stop:
                return stop.value
            thrown = None
            if step == self._step:
                self._cancel(awaited)
            try:
                yield awaited
            except BaseException as error:
                thrown = error
        return None

    def _cancel(self, awaited: Any) -> None:
        task = asyncio.current_task()
        assert task is not None
        if self._before:
            task.cancel()
        elif awaited is None:
            asyncio.get_running_loop().call_soon(task.cancel)
        else:
            awaited.add_done_callback(lambda _: task.cancel())


def pool_of(client: AsyncThingsClient, injected: Any) -> Any:
    """Give the pool of connections below a client."""
    whole = next(iter(client._transport._rooms.values())).sender.whole
    return whole._pool if injected is None else whole._transport._pool


async def cancelled_at(url: str, library: Any, work: Any, step: int, before: bool) -> bool:
    """Cancel at one step, check that nothing is left behind, and say whether the step was there."""
    injected = None if library is httpx else library.AsyncClient()
    options: dict[str, Any] = {"credentials": credentials(), "base_url": url, "max_concurrency": 2, "timeout": 5}
    async with AsyncThingsClient(http_client=injected, **options) as client:
        reached = True

        async def work_and_note() -> None:
            nonlocal reached
            await CancelledAt(work(client), step, before=before)
            reached = False

        results = await asyncio.gather(asyncio.ensure_future(work_and_note()), return_exceptions=True)
        if reached:
            assert [type(result) for result in results] == [asyncio.CancelledError]
        assert asyncio.all_tasks() == {asyncio.current_task()}
        room = next(iter(client._transport._rooms.values()))
        assert room.places._value == 2
        pool = pool_of(client, injected)
        assert [each for each in pool.connections if not (each.is_idle() or each.is_closed())] == []
        assert (await client._call(SHOW, {"thing_id": "after"})).id == "after"
        if injected is not None:
            await injected.aclose()
    return reached


async def call(client: AsyncThingsClient) -> None:
    assert (await client._call(SHOW, ID)).id == "t1"


async def stream(client: AsyncThingsClient) -> None:
    async with as_streaming_async(client._streaming_view()._call)(SHOW, ID) as response:
        assert b"".join([piece async for piece in response.iter_bytes()])


def twice_busy() -> Callable[[Received], Play]:
    """Be busy for every first request, so that a cancelled call may be at any point of two attempts."""
    count = itertools.count()

    def choose(received: Received) -> Play:
        if not received.target.endswith("/after") and next(count) % 2 == 0:
            return play(http(503, b"{}", "Retry-After: 0"))
        answer = named(received)
        return play(answer[:30], answer[30:-9], answer[-9:])

    return choose


@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("work", [call, stream])
def test_cancellation_at_every_await_leaves_nothing_behind(work: Any, before: bool, library: Any) -> None:
    steps = 0
    for step in itertools.count():
        with choosing_server(twice_busy()) as server:
            if not asyncio.run(cancelled_at(server.url, library, work, step, before)):
                break
            steps += 1
    assert steps >= 6


# Crowds


def resetting(reset: int) -> Callable[[Received], Play]:
    """Reset the first attempt of so many things, at different points."""
    seen: set[str] = set()

    def choose(received: Received) -> Play:
        number = int(received.target.rpartition("/")[2])
        if number < reset and received.target not in seen:
            seen.add(received.target)
            return play(b"HTTP/1.1 200 OK\r\nX-A: "[: number % 20], Reset())
        return play(named(received))

    return choose


def check_crowd(server: Any, names: list[str], places: int) -> None:
    """Check that everybody got the answer that was for them, over few connections."""
    assert names == [str(number) for number in range(1000)]
    assert len(server.received) == 1300
    assert len({request.header("scp-signature") for request in server.received}) == 1300
    assert server.peak <= 2 * places  # a connection that was reset may still be on the server's list


@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
def test_a_thousand_calls_at_once_of_which_300_are_reset(library: Any) -> None:
    async def run(url: str) -> list[str]:
        injected = None if library is httpx else library.AsyncClient()
        options: dict[str, Any] = {"credentials": credentials(), "base_url": url, "max_concurrency": 8}
        async with AsyncThingsClient(http_client=injected, sleep=lambda _: asyncio.sleep(0), **options) as client:
            calls = (client._call(SHOW, {"thing_id": str(number)}) for number in range(1000))
            names = [thing.name for thing in await asyncio.gather(*calls)]
        if injected is not None:
            await injected.aclose()
        return names

    with choosing_server(resetting(300)) as server:
        check_crowd(server, asyncio.run(run(server.url)), 8)


def test_threads_share_a_client_while_connections_are_reset() -> None:
    with choosing_server(resetting(300)) as server, ThreadPoolExecutor(16) as threads:
        options: dict[str, Any] = {"credentials": credentials(), "base_url": server.url, "max_concurrency": 4}
        with ThingsClient(sleep=lambda _: None, **options) as client:

            def name_of(number: int) -> str:
                found: str = client._call(SHOW, {"thing_id": str(number)}).name
                return found

            check_crowd(server, list(threads.map(name_of, range(1000))), 4)


@pytest.mark.parametrize("concurrency", [0, -1, True, 1.5, "8"])
@BOTH
def test_the_number_of_places_is_checked(kind: str, concurrency: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_concurrency"):
        Caller(kind, base_url="http://127.0.0.1:9", max_concurrency=concurrency)


# Threads, loops and processes


def test_an_async_client_serves_one_loop_after_another_and_several_at_once() -> None:
    with choosing_server(lambda received: play(named(received))) as server:
        client = AsyncThingsClient(credentials=credentials(), base_url=server.url)

        async def work(number: int) -> str:
            things = await asyncio.gather(*(client._call(SHOW, {"thing_id": f"{number}-{n}"}) for n in range(20)))
            await next(iter([client._transport._rooms[asyncio.get_running_loop(), False].sender.close]))()
            return " ".join(thing.id for thing in things)

        def run(number: int) -> str:
            return asyncio.run(work(number))

        wanted = [" ".join(f"{number}-{n}" for n in range(20)) for number in range(4)]
        assert [run(number) for number in range(4)] == wanted
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(run, range(4))) == wanted
        asyncio.run(client.aclose())
        with pytest.raises(RuntimeError, match="closed"):
            run(0)


FORKING = """
import os, sys
sys.path.insert(0, sys.argv[2])
from tests.runtime_sample import SHOW, ThingsClient, credentials
client = ThingsClient(credentials=credentials(), base_url=sys.argv[1])
client._call(SHOW, {"thing_id": "before"})
child = os.fork()
who = "parent" if child else "child"
for number in range(200):
    name = f"{who}-{number}"
    assert client._call(SHOW, {"thing_id": name}).id == name
if child:
    _, status = os.waitpid(child, 0)
    client.close()
    sys.exit(os.waitstatus_to_exitcode(status))
client.close()
os._exit(0)
"""


def test_a_forked_process_does_not_share_connections() -> None:
    with choosing_server(lambda received: play(named(received))) as server:
        command = [sys.executable, "-W", "error", "-c", FORKING, server.url, str(ROOT)]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert (run.returncode, run.stderr) == (0, "")
    assert len(server.received) == 401
    assert server.connections == 2


@BOTH
def test_clients_are_copied_but_never_pickled(kind: str) -> None:
    with fault_server(faults.AFTER) as server, Caller(kind, base_url=server.url) as caller:
        caller.call(SHOW, ID)
        raw = caller.raw(SHOW, ID)
        view = caller.client._raw_view()
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            for held in (caller.client, view, caller.client._core._held):
                with pytest.raises(TypeError, match="not pickled"):
                    pickle.dumps(held, protocol)
            with pytest.raises((TypeError, AttributeError)):
                pickle.dumps(raw, protocol)
        with pytest.raises(TypeError, match="not pickled"):
            copy.deepcopy(caller.client)
        twin = copy.copy(caller.client)
        assert caller.run(twin._call(SHOW, ID)).id == "after"
        assert not any(secret in repr(twin) for secret in (ACCESS, SECRET))


# The deadline, where only a socket knows


@INJECTED
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_deadline_holds_on_a_connection_that_is_used_again(kind: str, library: str) -> None:
    for slow in (play(Drip(b"H")), play(http("200 OK", length=99_999)[:-30], Drip(b"x")), play(Hold())):
        with (
            fault_server(faults.AFTER, slow, faults.AFTER) as server,
            faults.calling(kind, library, base_url=server.url, timeout=0.2) as caller,
        ):
            assert faults.outcome(caller, "show").id == "after"
            begun = time.monotonic()
            assert type(faults.outcome(caller, "show")) is APITimeoutError
            assert time.monotonic() - begun < 1
            assert faults.outcome(caller, "show").id == "after"
            assert server.connections == 2


@contextmanager
def full_backlog() -> Iterator[str]:
    """Listen where nobody accepts: connections beyond the first few get no answer at all."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for each in waiting:
            each.close()


@INJECTED
@BOTH
def test_connecting_counts_against_the_deadline(kind: str, library: str) -> None:
    with full_backlog() as url, faults.calling(kind, library, base_url=url, timeout=0.2) as caller:
        begun = time.monotonic()
        assert type(faults.outcome(caller, "show")) is APITimeoutError
        assert time.monotonic() - begun < 1
        assert caller.slept == []


@INJECTED
@BOTH
def test_looking_up_a_name_counts_against_the_deadline(
    kind: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    asked = socket.getaddrinfo

    def stuck(*arguments: Any, **options: Any) -> Any:
        over.wait(10)
        return asked(*arguments, **options)

    with fault_server(faults.AFTER) as server, monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", stuck)
        with faults.calling(kind, library, base_url=f"http://localhost:{server.port}", timeout=0.2) as caller:
            begun = time.monotonic()
            assert type(faults.outcome(caller, "show")) is APITimeoutError
            assert time.monotonic() - begun < 1
            over.set()
    assert server.received == []


@BOTH
def test_every_address_of_a_name_is_tried(kind: str) -> None:
    with (
        fault_server(faults.AFTER) as server,
        faults.calling(kind, "httpx", base_url=f"http://localhost:{server.port}") as caller,
    ):
        assert faults.outcome(caller, "show").id == "after"
    with faults.calling(kind, "httpx", base_url="https://name.invalid", max_retries=0) as caller:
        error = faults.outcome(caller, "show")
    assert type(error) is APIConnectionError
    assert type(error.__cause__) is httpx.ConnectError


# Other transports


SOME = ("closed before the answer", "reset in the body", "a slow body", "a bomb, gzip", "20,000 headers, 200 OK")
SOME += ("302 to another host", "307, POST", "corrected by 300 s", "a page of HTML", "bytes after the answer")
SOME += ("503 for ever", "gzip, cut", "an answer such as b'SSH-2.0-x\\r\\n\\r\\n'", "our own values sent back, strict")


@pytest.mark.parametrize("library", ["httpx client", "httpx transport", "httpx2 transport"])
@BOTH
@pytest.mark.parametrize("name", SOME)
def test_other_ways_in(name: str, kind: str, library: str, caplog: pytest.LogCaptureFixture) -> None:
    scenario = next(scenario for scenario in TABLE if scenario.name == name)
    faults.test_fault(scenario, kind, library, caplog)


class Failing:
    """A transport of nobody's library, which fails in a way of its own."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def handle_request(self, request: Any) -> Any:
        raise self._error

    async def handle_async_request(self, request: Any) -> Any:
        raise self._error

    def close(self) -> None:
        return

    async def aclose(self) -> None:
        return


class PickyError(httpx.ReadError):
    """An exception that cannot be made from a text alone."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} {second} {SECRET}")


@pytest.mark.parametrize(
    ("error", "raised", "sends", "cause"),
    [
        (ValueError(f"quotes {SECRET}"), APIConnectionError, 1, RuntimeError),
        (KeyError(SECRET), APIConnectionError, 1, RuntimeError),
        (ConnectionResetError(SECRET), APIConnectionError, 3, httpx.NetworkError),
        (socket.gaierror(-2, SECRET), APIConnectionError, 3, httpx.ConnectError),
        (PickyError(1, 2), APIConnectionError, 3, httpx.ReadError),
        (httpx.StreamConsumed(), APIConnectionError, 1, RuntimeError),
        (TimeoutError(SECRET), APITimeoutError, 1, TimeoutError),
        (httpx.PoolTimeout(SECRET), APITimeoutError, 1, httpx.PoolTimeout),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
@BOTH
def test_failures_of_a_transport_of_any_kind(kind: str, error: Exception, raised: Any, sends: int, cause: Any) -> None:
    with Caller(kind, base_url="https://things.example.com", http_client=Failing(error)) as caller:
        with pytest.raises(raised) as caught:
            caller.call(SHOW, ID)
        assert len(caller.slept) == sends - 1
    assert SECRET not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.__cause__}"
    assert type(caught.value.__cause__) is cause


@pytest.mark.parametrize("given", [object(), "http://proxy", httpx.Limits(), 5])
@BOTH
def test_what_is_no_client_is_refused(kind: str, given: Any) -> None:
    with pytest.raises(TypeError, match="http_client is not an httpx"):
        Caller(kind, base_url="http://127.0.0.1:9", http_client=given)


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
def test_clients_of_the_other_kind_are_refused(module: Any) -> None:
    for kind, given in (("async", module.Client()), ("async", module.HTTPTransport())):
        with pytest.raises(TypeError, match="http_client is not an httpx AsyncClient"):
            Caller(kind, base_url="http://127.0.0.1:9", http_client=given)
        given.close()
    for given in (module.AsyncClient(), module.AsyncHTTPTransport()):
        with pytest.raises(TypeError, match="http_client is not an httpx Client"):
            Caller("sync", base_url="http://127.0.0.1:9", http_client=given)


def test_a_body_in_tiny_pieces_takes_no_more_memory_than_itself() -> None:
    pieces = [bytes((number % 256,)) for number in range(256)]
    tracemalloc.start()
    try:
        collector = Collector(Headers(), 8 * 1024 * 1024, cut=False)
        for number in range(200_000):
            collector.add(pieces[number % 256])
        size = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert size < 400_000
    assert len(collector.body()) == 200_000


@pytest.mark.parametrize("sizes", [(0,), (3,), (5_000,), (5_000, 3, 70_000, 1), (1, 70_000, 70_000), (70_000, 0, 9)])
@pytest.mark.parametrize("cut", [False, True])
def test_a_body_is_the_sum_of_its_pieces(sizes: tuple[int, ...], cut: bool) -> None:
    pieces = [bytes((number,)) * size for number, size in enumerate(sizes)]
    whole = b"".join(pieces)
    collector = Collector(Headers(), len(whole), cut)
    assert all(map(collector.add, pieces))
    assert collector.body() == whole
    if cut:
        assert not collector.add(b"more")
        assert collector.body() == whole
    else:
        with pytest.raises(TooLargeError):
            collector.add(b"more")


@BOTH
def test_pages_go_on_after_a_fault(kind: str) -> None:
    def page(*names: str) -> Play:
        things = ",".join(f'{{"id":"{name}","name":"{name}"}}' for name in names)
        return play(http("200 OK", f'{{"contents":[{things}]}}'.encode()))

    plays = (page("a", "b"), play(Reset()), page("c"), play(http("200 OK", b'{"contents":[]}')))
    with fault_server(*plays) as server, Caller(kind, base_url=server.url) as caller:
        assert [thing.id for thing in caller.items(LIST, {"size": 2})] == ["a", "b", "c"]
    assert [request.target for request in server.received] == [
        f"/v1/things?size=2&page={number}" for number in (0, 1, 1, 2)
    ]

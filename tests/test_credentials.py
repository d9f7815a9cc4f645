"""Where credentials come from while a client lives: sources asked at every attempt, renewed early and by one alone."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .loopback import Answer, Loopback, Received, json_answer, loopback, loopback_function
from .runtime_sample import SHOW, THING, AsyncThingsClient, Caller, Credentials, ThingsClient, verifies

# isort: split
from apiscribe_runtime.client import CallOptions
from apiscribe_runtime.credential_process import MAX_OUTPUT, ProcessCredentials
from apiscribe_runtime.credential_sources import CredentialsChain, EnvironmentCredentials, ProfileCredentials
from apiscribe_runtime.credentials import CredentialField, CredentialsBase, Wanted
from apiscribe_runtime.credentials import TemporaryCredentials as Temporary
from apiscribe_runtime.errors import APITimeoutError, CredentialsError, ServerError
from apiscribe_runtime.profile import Settings
from apiscribe_runtime.renewal import FunctionCredentials, moment_of
from apiscribe_runtime.secret import Secret

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}
NOW = 1_900_000_000.0
HIDDEN = "hunter2-very-secret"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("TSTSVC_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(json_answer(THING)) as made:
        yield made


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def keys(number: int) -> Credentials:
    return Credentials(f"access-{number}", f"{HIDDEN}-{number}")


def used(server: Loopback) -> list[str]:
    """Name the access keys of the requests, each of which is signed with the secret that belongs to it."""
    names = [request.header("scp-accesskey") or "" for request in server.received]
    for request, name in zip(server.received, names, strict=True):
        assert verifies(request, server.url, f"{HIDDEN}-{name.rpartition('-')[2]}")
    return names


def write_profile(home: Path, text: str, mode: int = 0o600) -> Path:
    folder = home / ".tstsvc"
    folder.mkdir(exist_ok=True)
    fresh = folder / "fresh"
    fresh.write_text(text)
    fresh.chmod(mode)
    return fresh.rename(folder / "credentials.toml")


def profile(number: int, name: str = "default", more: str = "") -> str:
    return f"[{name}]\naccess_key = 'access-{number}'\nsecret_key = '{HIDDEN}-{number}'\n{more}\n"


def wanted(kind: type[CredentialsBase] = Credentials, **variables: str) -> Wanted:
    return Wanted(kind, Settings(prefix="TSTSVC", folder="tstsvc", variables=variables))


def program(home: Path, body: str) -> list[str]:
    path = home / "give-credentials.py"
    path.write_text(f"import json, os, sys, time\n{body}\n")
    return [sys.executable, str(path)]


def printing(**values: object) -> str:
    return f"print(json.dumps({values!r}))"


def hidden_from(error: BaseException) -> None:
    """Search everything that an exception shows for the secret."""
    links = [error, error.__cause__, error.__context__]
    shown = "".join(f"{link!r}{link}{vars(link)}" for link in links if link is not None)
    shown += "".join(traceback.format_exception(error))
    assert HIDDEN not in shown


# Rotation


@BOTH
def test_a_client_signs_with_the_file_as_it_is(kind: str, home: Path, server: Loopback) -> None:
    write_profile(home, profile(1))
    with Caller(kind, base_url=server.url, credentials=None) as caller:
        caller.call(SHOW, ID)
        caller.call(SHOW, ID)
        write_profile(home, profile(2))
        caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-1", "access-2"]


@BOTH
def test_a_client_signs_with_the_environment_as_it_is(
    kind: str, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        monkeypatch.setenv("TSTSVC_ACCESS_KEY", f"access-{number}")
        monkeypatch.setenv("TSTSVC_SECRET_KEY", f"{HIDDEN}-{number}")
        if number == 1:
            caller = Caller(kind, base_url=server.url, credentials=None)
        caller.call(SHOW, ID)
    monkeypatch.delenv("TSTSVC_ACCESS_KEY")
    with caller, pytest.raises(CredentialsError, match="incomplete credentials in the environment: TSTSVC_ACCESS_KEY"):
        caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-2"]


@BOTH
def test_every_attempt_asks(kind: str) -> None:
    given = iter(range(1, 9))
    with loopback(Answer(503), Answer(503), json_answer(THING)) as server:
        with Caller(kind, base_url=server.url, credentials=lambda: keys(next(given))) as caller:
            caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-2", "access-3"]


@BOTH
def test_secrets_of_earlier_attempts_stay_out_of_sight(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    given = iter(range(1, 9))

    def echo(request: Received) -> Answer:
        text = json.dumps({"message": f"{HIDDEN}-1 {HIDDEN}-2 {request.header('scp-signature')} access-1 access-2"})
        return json_answer(text, 503)

    caplog.set_level(logging.DEBUG)
    with loopback_function(echo) as server:
        with Caller(kind, base_url=server.url, credentials=lambda: keys(next(given)), max_retries=1) as caller:
            with pytest.raises(ServerError) as caught:
                caller.call(SHOW, ID)
    hidden_from(caught.value)
    assert "access-1" not in f"{caught.value!r}{caught.value.body!r}"
    assert HIDDEN not in caplog.text


FAULTS = [
    ("not toml = = " + HIDDEN, 0o600, "not valid TOML"),
    (profile(2), 0o644, "can be read by others"),
    ("[default]\naccess_key = 'access-2'", 0o600, "incomplete credentials"),
    ("[other]\nx = 1", 0o600, "any more"),
    (f"[default]\naccess_key = 'access-2'\nsecret_key = ' {HIDDEN}'", 0o600, "blank at an end"),
]


@BOTH
@pytest.mark.parametrize(("text", "mode", "said"), FAULTS)
def test_a_file_that_became_unusable_leaves_what_was_read_in_force(
    kind: str, text: str, mode: int, said: str, home: Path, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    write_profile(home, profile(1))
    with Caller(kind, base_url=server.url, credentials=None) as caller:
        write_profile(home, text, mode)
        caller.call(SHOW, ID)
        caller.call(SHOW, ID)
        warned = [record.getMessage() for record in caplog.records]
        write_profile(home, profile(3))
        caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-1", "access-3"]
    assert len(warned) == 1
    assert said in warned[0]
    assert HIDDEN not in caplog.text


def test_a_profile_with_an_end(home: Path) -> None:
    clock = Clock()
    source, want = ProfileCredentials(clock=clock), wanted()
    write_profile(home, profile(1, more="expiration = 2030-03-17T17:47:00Z"))  # 20 seconds after NOW
    first = source.current(want)
    assert first is not None
    assert first is source.get(want)
    clock.now = NOW + 20
    with pytest.raises(CredentialsError, match=r"in \[default\] of ~/.tstsvc/credentials.toml have ended"):
        source.current(want)
    write_profile(home, profile(2, more="expiration = '2030-03-17T18:00:00+00:00'"))
    assert source.get(want) != first
    for wrong in ("expiration = 'tomorrow'", "expiration = 2030-03-17T17:47:00", "expiration = true"):
        write_profile(home, profile(3, more=wrong))
        with pytest.raises(CredentialsError, match="no moment with an offset"):
            ProfileCredentials(clock=clock).has(want)


# The chain


def test_the_chain_says_what_was_looked_for_and_where(home: Path) -> None:
    chain = CredentialsChain(
        EnvironmentCredentials(), ProfileCredentials("work"), ProfileCredentials(path=str(home / "other.toml"))
    )
    write_profile(home, profile(1, "work").replace("access_key", "something"))
    with pytest.raises(CredentialsError, match=r"incomplete credentials in \[work\] of ~/.tstsvc/credentials.toml"):
        ThingsClient(credentials=chain, base_url="http://localhost")
    write_profile(home, "[work]")
    with pytest.raises(CredentialsError) as caught:
        ThingsClient(credentials=chain, base_url="http://localhost")
    assert str(caught.value) == (
        "no credentials: pass credentials=Credentials(access_key=…, secret_key=…), or set TSTSVC_ACCESS_KEY, "
        "TSTSVC_SECRET_KEY, or write access_key, secret_key under [work] in ~/.tstsvc/credentials.toml (mode 0600), "
        f"or write access_key, secret_key under [default] in {home}/other.toml (mode 0600)"
    )


def test_the_chain_keeps_its_choice_and_mixes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain, want = CredentialsChain(EnvironmentCredentials(), ProfileCredentials()), wanted()
    write_profile(home, profile(1))
    assert chain.get(want) == chain.current(want)
    later = wanted(TSTSVC_ACCESS_KEY="access-2")
    assert chain.get(later).revealed() == ("access-1", f"{HIDDEN}-1")
    with pytest.raises(CredentialsError, match=r"no credentials: $"):
        CredentialsChain().get(want)


def test_names_of_credentials_and_the_prefix_come_from_the_document(home: Path) -> None:
    class Token(CredentialsBase):
        fields = (CredentialField(name="id"), CredentialField(name="app_token", secret=True))

    found = EnvironmentCredentials().get(wanted(Token, TSTSVC_ID="7", TSTSVC_APP_TOKEN="t"))
    assert found.revealed() == ("7", "t")
    command = program(home, printing(version=1, id="8", app_token="u"))
    assert ProcessCredentials(command).get(wanted(Token)).revealed() == ("8", "u")


@pytest.mark.parametrize("given", [5, "key:secret", {"access_key": "a"}])
def test_what_gives_no_credentials(given: Any) -> None:
    with pytest.raises(TypeError, match="credentials is not a Credentials"):
        ThingsClient(credentials=given, base_url="http://localhost")


# Renewal


@BOTH
def test_temporary_credentials_are_renewed_before_they_end(kind: str, server: Loopback) -> None:
    clock, asked = Clock(), []

    def give() -> Temporary:
        asked.append(clock.now)
        return Temporary(keys(len(asked)), clock.now + 3600)

    source = FunctionCredentials(give, clock=clock)
    with Caller(kind, base_url=server.url, credentials=source) as caller:
        for moment in (0, 3299, 3301, 3302, 6601):
            clock.now = NOW + moment
            caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-1", "access-2", "access-2", "access-3"]
    assert [moment - NOW for moment in asked] == [0, 3301, 6601]


@BOTH
def test_short_lives_are_not_renewed_at_every_call(kind: str, server: Loopback) -> None:
    clock, asked = Clock(), []

    def give() -> Temporary:
        asked.append(clock.now - NOW)
        return Temporary(keys(1), datetime.fromtimestamp(clock.now + 60, UTC))

    with Caller(kind, base_url=server.url, credentials=FunctionCredentials(give, clock=clock)) as caller:
        for moment in (0, 20, 47, 49):
            clock.now = NOW + moment
            caller.call(SHOW, ID)
    assert asked == [0, 49]


@BOTH
def test_a_renewal_that_fails_leaves_the_old_ones_until_they_end(
    kind: str, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    clock, asked = Clock(), []

    def give() -> Temporary:
        asked.append(clock.now - NOW)
        if len(asked) > 1:
            raise OSError(HIDDEN)
        return Temporary(keys(1), NOW + 3600)

    with Caller(kind, base_url=server.url, credentials=FunctionCredentials(give, clock=clock)) as caller:
        for moment in (0, 3400, 3401, 3409, 3411, 3599):
            clock.now = NOW + moment
            caller.call(SHOW, ID)
        clock.now = NOW + 3600
        with pytest.raises(CredentialsError, match=r"from the function .*give: it raised OSError$") as caught:
            caller.call(SHOW, ID)
    assert asked == [0, 3400, 3411, 3599, 3600]
    assert used(server) == ["access-1"] * 6
    assert len(caplog.records) == 3
    assert HIDDEN not in caplog.text
    hidden_from(caught.value)


@pytest.mark.parametrize("fails", [False, True])
def test_many_threads_ask_once(fails: bool) -> None:
    asked, looked = [], []
    now = [NOW]

    def clock() -> float:
        looked.append(1)
        return now[0]

    def give() -> Temporary:
        asked.append(1)
        if len(asked) > 1:
            # Each thread looks at the clock twice before it waits for its turn.
            wait_until(lambda: len(looked) >= 40)
            if fails:
                raise CredentialsError("the vault is sealed")
        return Temporary(keys(len(asked)), now[0] + 3600)

    source, want = FunctionCredentials(give, clock=clock), wanted()
    source.get(want)
    now[0] += 3600
    looked.clear()

    def ask(_: int) -> str:
        try:
            return source.get(want).revealed()[0]
        except CredentialsError as error:
            return error.message

    with ThreadPoolExecutor(20) as pool:
        found = set(pool.map(ask, range(20)))
    assert found == ({f"no credentials from {source.sought(want)}: the vault is sealed"} if fails else {"access-2"})
    assert len(asked) == 2


def wait_until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2000):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("it did not come to pass")


@pytest.mark.parametrize("blocking", [True, False])
def test_many_coroutines_ask_once(blocking: bool, server: Loopback) -> None:
    asked = []

    async def give() -> Temporary:
        asked.append(1)
        await asyncio.sleep(0)
        return Temporary(keys(1), 1e10)

    def give_blocking() -> Temporary:
        asked.append(1)
        return Temporary(keys(1), 1e10)

    async def main() -> None:
        source = give_blocking if blocking else give
        async with AsyncThingsClient(base_url=server.url, credentials=source) as client:
            await asyncio.gather(*(client._call(SHOW, ID) for _ in range(50)))

    asyncio.run(main())
    assert len(asked) == 1
    assert used(server) == ["access-1"] * 50


def test_others_go_on_with_the_old_ones_while_one_asks() -> None:
    clock, asked, go_on = Clock(), [], threading.Event()

    def give() -> Temporary:
        asked.append(1)
        number = len(asked)
        if number == 2:
            assert go_on.wait(10)
        return Temporary(keys(number), clock.now + 3600)

    async def one() -> str:
        return (await source.aget(want)).revealed()[0]

    source, want = FunctionCredentials(give, clock=clock), wanted()
    source.get(want)
    clock.now += 3500
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(source.get, want)
        wait_until(lambda: len(asked) == 2)
        assert source.get(want).revealed()[0] == "access-1"
        # An event loop does not wait for a thread, nor for another loop: it asks for itself.
        assert asyncio.run(one()) == "access-3"
        go_on.set()
        assert renewing.result().revealed()[0] == "access-2"


def test_cancelling_one_does_not_cancel_the_asking() -> None:
    asked = []

    async def main() -> str:
        released = asyncio.Event()

        async def give() -> Temporary:
            asked.append(1)
            await released.wait()
            return Temporary(keys(1), 1e10)

        source, want = FunctionCredentials(give), wanted()
        tasks = [asyncio.ensure_future(source.aget(want)) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.sleep(0)
        released.set()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(done[0], asyncio.CancelledError)
        assert done[1] is done[2]
        return (await source.aget(want)).revealed()[0]

    assert asyncio.run(main()) == "access-1"
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("kind", "expected", "said"),
    [
        ("sync", CredentialsError, r"did not end within 0\.\d+"),
        ("async", APITimeoutError, "no answer in time"),
    ],
)
def test_waiting_for_credentials_has_the_deadline_of_the_call(
    kind: str, expected: type[Exception], said: str, home: Path, server: Loopback
) -> None:
    source = ProcessCredentials(program(home, "time.sleep(60)"), timeout=1.0 if kind == "async" else 30.0)
    with Caller(kind, base_url=server.url, credentials=source) as caller:
        with pytest.raises(expected, match=said):
            caller.call(SHOW, ID, options=CallOptions(timeout=0.2))
    assert server.received == []


def test_an_async_function_is_for_the_async_client(server: Loopback) -> None:
    async def give() -> Credentials:
        return keys(1)

    with ThingsClient(base_url=server.url, credentials=give) as client:
        with pytest.raises(CredentialsError, match="it is asynchronous: use it with the async client"):
            client._call(SHOW, ID)


class Giver:
    async def __call__(self) -> Credentials:
        return keys(1)


def test_an_object_that_is_called(server: Loopback) -> None:
    with Caller("async", base_url=server.url, credentials=Giver()) as caller:
        caller.call(SHOW, ID)
    assert used(server) == ["access-1"]


@BOTH
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "it gave no Credentials"),
        (("access", HIDDEN), "it gave no Credentials"),
        (Temporary(keys(1), NOW - 1), "it gave credentials that have ended"),
        (Temporary(keys(1), datetime(2030, 1, 1)), "it gave no moment with an offset"),
        (Temporary(keys(1), float("nan")), "it gave no moment with an offset"),
    ],
)
def test_functions_that_give_something_else(kind: str, given: Any, said: str, server: Loopback) -> None:
    source = FunctionCredentials(lambda: given, clock=Clock())
    with Caller(kind, base_url=server.url, credentials=source) as caller:
        with pytest.raises(CredentialsError, match=said) as caught:
            caller.call(SHOW, ID)
    hidden_from(caught.value)
    assert server.received == []


# A program


@BOTH
@pytest.mark.parametrize("as_text", [False, True])
def test_a_program_gives_credentials(kind: str, as_text: bool, home: Path, server: Loopback) -> None:
    command = program(home, printing(version=1, access_key="access-1", secret_key=f"{HIDDEN}-1"))
    source = ProcessCredentials(f"'{command[0]}' {command[1]}" if as_text else command)
    with Caller(kind, base_url=server.url, credentials=source) as caller:
        caller.call(SHOW, ID)
        Path(command[1]).unlink()
        caller.call(SHOW, ID)  # it ended nowhere, so it is not asked again
    assert used(server) == ["access-1", "access-1"]


@BOTH
def test_a_program_is_asked_again_before_the_end(kind: str, home: Path, server: Loopback) -> None:
    clock = Clock()
    values = {"version": 1, "access_key": "access-1", "secret_key": f"{HIDDEN}-1"}
    command = program(home, printing(**values, expiration="2030-03-17T18:46:40+01:00"))  # at NOW
    clock.now = NOW - 3600
    with Caller(kind, base_url=server.url, credentials=ProcessCredentials(command, clock=clock)) as caller:
        caller.call(SHOW, ID)
        program(home, printing(version=1, access_key="access-2", secret_key=f"{HIDDEN}-2"))
        clock.now = NOW - 301
        caller.call(SHOW, ID)
        clock.now = NOW - 299
        caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-1", "access-2"]


@BOTH
def test_the_profile_names_a_program(kind: str, home: Path, server: Loopback) -> None:
    command = program(home, printing(version=1, access_key="access-1", secret_key=f"{HIDDEN}-1"))
    write_profile(home, f"[default]\ncredential_process = {json.dumps(command)}\n")
    with Caller(kind, base_url=server.url, credentials=None) as caller:
        caller.call(SHOW, ID)
        write_profile(home, profile(2))
        caller.call(SHOW, ID)
    assert used(server) == ["access-1", "access-2"]


GOOD = {"version": 1, "access_key": "a", "secret_key": HIDDEN}
OUTPUTS = [
    ("print('')", "did not print one JSON object"),
    (f"print('{HIDDEN}')", "did not print one JSON object"),
    (f"print('[\"{HIDDEN}\"]')", "did not print one JSON object"),
    (f'print(\'{{"version": 1, "version": 1, "a": "{HIDDEN}"}}\')', "each key once"),
    ("print('[' * 60000)", "did not print one JSON object"),
    ("sys.stdout.buffer.write(b'\\xff\\xfe')", "did not print one JSON object"),
    (printing(**{**GOOD, "version": 2}), 'no "version": 1'),
    (printing(**{**GOOD, "version": True}), 'no "version": 1'),
    (printing(access_key="a", secret_key=HIDDEN), 'no "version": 1'),
    (printing(**GOOD, password=HIDDEN), "printed 1 unknown keys; known are version, expiration, access_key"),
    (printing(**{**GOOD, "secret_key": 5}), "a credential that is not text"),
    (printing(version=1, access_key="a"), "it printed no secret_key"),
    (printing(**{**GOOD, "access_key": f"{HIDDEN}\n"}), "access_key has a blank"),
    (printing(**GOOD, expiration="2030-03-17T17:46:40"), "expiration is not RFC 3339"),
    (printing(**GOOD, expiration=1900000000), "expiration is not RFC 3339"),
    (printing(**GOOD, expiration="2001-01-01T00:00:00Z"), "it gave credentials that have ended"),
    (f"sys.stderr.write('{HIDDEN}'); sys.exit(3)", "ended with exit code 3"),
    ("os.kill(os.getpid(), 9)", "ended with exit code -9"),
    (f"print('x' * {MAX_OUTPUT + 1})", f"printed more than {MAX_OUTPUT} bytes"),
    ("while True: print('x' * 1000)", f"printed more than {MAX_OUTPUT} bytes"),
]


@pytest.mark.parametrize(("body", "said"), OUTPUTS, ids=[said for _, said in OUTPUTS])
def test_programs_that_give_no_credentials(body: str, said: str, home: Path, capfd: Any) -> None:
    source, want = ProcessCredentials(program(home, body)), wanted()
    with pytest.raises(CredentialsError, match="no credentials from the program python") as caught:
        source.get(want)
    assert said in str(caught.value)
    hidden_from(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_program_that_does_not_end_leaves_nothing_behind(home: Path) -> None:
    mark = home / "pid"
    body = f"child = os.fork()\nif not child:\n    open({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    with pytest.raises(CredentialsError, match="did not end within 1 seconds"):
        ProcessCredentials(program(home, body), timeout=1.0).get(wanted())
    child = int(mark.read_text())
    wait_until(lambda: not alive(child))


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("command", ["", "   ", [], [""], "unclosed 'quote", ["a", 5], ["a\0b"]])
def test_commands_that_are_none(command: Any) -> None:
    with pytest.raises(CredentialsError, match="a credential process is a command"):
        ProcessCredentials(command)


def test_commands_that_cannot_be_started(home: Path) -> None:
    secret_argument = ["/nonexistent/vault", HIDDEN]
    with pytest.raises(CredentialsError, match="from the program vault: it cannot be started: No such file") as caught:
        ProcessCredentials(secret_argument).get(wanted())
    hidden_from(caught.value)
    write_profile(home, "[default]\ncredential_process = 5\n")
    with pytest.raises(CredentialsError, match=r"credential_process under \[default\] is neither a command nor a list"):
        ProfileCredentials().has(wanted())


def test_no_shell_runs(home: Path) -> None:
    mark = home / "touched"
    command = f"{sys.executable} -c 'import sys; print(sys.argv)' ; touch {mark} $(touch {mark})"
    with pytest.raises(CredentialsError, match="did not print one JSON object"):
        ProcessCredentials(command).get(wanted())
    assert not mark.exists()


# Forks


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_during_a_renewal_does_not_wait_for_the_parents_lock() -> None:
    source, want = FunctionCredentials(lambda: Temporary(keys(1), 1e10)), wanted()
    with source._turn:
        child = os.fork()
        if not child:
            os._exit(0 if source.get(want, 5.0).revealed()[0] == "access-1" else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("1970-01-01T00:00:01Z", 1.0),
        ("1970-01-01T09:00:01+09:00", 1.0),
        ("1970-01-01T00:00:01", None),
        ("soon", None),
        ("", None),
        (datetime.fromtimestamp(1, UTC), 1.0),
        (1, 1.0),
        (-1, None),
        ("9999-12-31T23:59:59Z", 253402300799.0),
        (253402300799, 253402300799.0),
        (1e12, None),
        (True, None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_moments(value: object, moment: float | None) -> None:
    assert moment_of(value) == moment


def test_a_secret_stays_one() -> None:
    held = keys(1)
    for shown in (repr(held), str(held), f"{held}", repr(Temporary(held, 1.0)), repr(vars(held)), f"{held.secret_key}"):
        assert HIDDEN not in shown
    assert isinstance(held.secret_key, Secret)

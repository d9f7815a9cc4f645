"""Credentials from a program: it is started without a shell, and the JSON object that it prints becomes credentials."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from math import inf
from threading import Thread
from typing import TYPE_CHECKING

from .credentials import CredentialsBase, TemporaryCredentials, Wanted
from .errors import CredentialsError
from .renewal import RENEW_BEFORE, RenewedCredentials, moment_of
from .secret import Secret

if TYPE_CHECKING:
    import subprocess

TIMEOUT = 30.0
MAX_OUTPUT = 64 * 1024
_VERSION = 1


class ProcessCredentials(RenewedCredentials):
    """Runs a program that prints `{"version": 1, "access_key": "…", …, "expiration": "2030-01-31T12:00:00Z"}`.

    `command` is the list of its words, or one text that is split as a POSIX shell does; no shell runs. The keys are the
    names of the credentials. With `expiration` (RFC 3339 with an offset) the program runs again shortly before that
    moment, without it once. It has `timeout` seconds and 64 KiB; what it writes on stderr is shown nowhere.
    """

    def __init__(
        self,
        command: str | Sequence[str],
        *,
        timeout: float = TIMEOUT,
        renew_before: float = RENEW_BEFORE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(renew_before=renew_before, clock=clock)
        self._words = _words(command)
        self._timeout = timeout

    def sought(self, wanted: Wanted) -> str:
        """Name the program; its arguments may be secret."""
        return f"the program {os.path.basename(self._words[0])}"

    def _fetch(self, wanted: Wanted, within: float | None) -> object:
        output = _run(self._words, self._timeout if within is None else min(within, self._timeout))
        return _read(output, wanted)

    async def _afetch(self, wanted: Wanted) -> object:
        from asyncio import to_thread

        return await to_thread(self._fetch, wanted, None)


def _words(command: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(command, str):
        import shlex

        try:
            words = tuple(shlex.split(command))
        except ValueError:
            words = ()
    else:
        words = tuple(command)
    if not words or not words[0] or not all(isinstance(word, str) and "\0" not in word for word in words):
        raise CredentialsError("a credential process is a command, or the list of a command's words")
    return words


def _run(words: tuple[str, ...], timeout: float) -> bytes:
    import subprocess  # only here: most programs start none

    try:
        process = subprocess.Popen(  # noqa: S603
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
    else:
        output: list[bytes] = []
        assert process.stdout is not None
        stream = process.stdout
        reader = Thread(target=lambda: output.append(stream.read(MAX_OUTPUT + 1)), daemon=True)
        reader.start()
        return _result(process, reader, output, timeout)
    raise CredentialsError(f"it cannot be started: {reason}")


def _result(process: subprocess.Popen[bytes], reader: Thread, output: list[bytes], timeout: float) -> bytes:
    from subprocess import TimeoutExpired

    end = time.monotonic() + timeout
    try:
        reader.join(timeout)
        if reader.is_alive():
            raise CredentialsError(f"it did not end within {timeout:g} seconds")
        if len(output[0]) > MAX_OUTPUT:
            raise CredentialsError(f"it printed more than {MAX_OUTPUT} bytes")
        try:
            code: int | None = process.wait(max(0.1, end - time.monotonic()))
        except TimeoutExpired:
            code = None
        if code is None:
            raise CredentialsError(f"it did not end within {timeout:g} seconds")
        if code:
            raise CredentialsError(f"it ended with exit code {code}; run it by hand to see why")
        return output[0]
    finally:
        _end(process, reader)


def _end(process: subprocess.Popen[bytes], reader: Thread) -> None:
    """Leave nothing of the program behind, what it started included."""
    import signal
    from contextlib import suppress

    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    assert process.stdout is not None
    reader.join(1.0)
    process.stdout.close()


def _read(output: bytes, wanted: Wanted) -> CredentialsBase | TemporaryCredentials:
    try:
        data = json.loads(output.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError):
        data = None  # the parser's message and its cause quote the output
    if not isinstance(data, dict):
        raise CredentialsError("it did not print one JSON object, each key once")
    version = data.pop("version", None)
    if version != _VERSION or isinstance(version, bool):
        raise CredentialsError(f'it printed no "version": {_VERSION}, the only one there is')
    expiration = data.pop("expiration", None)
    names = [field.name for field in wanted.kind.fields]
    unknown = sum(key not in names for key in data)
    if unknown:
        raise CredentialsError(f"it printed {unknown} unknown keys; known are version, expiration, {', '.join(names)}")
    if not all(isinstance(value, str | None) for value in data.values()):
        raise CredentialsError("it printed a credential that is not text")
    missing = wanted.missing(name for name, value in data.items() if value)
    if missing is None or missing:
        raise CredentialsError(f"it printed no {', '.join(missing or ()) or wanted.told()}")
    values: dict[str, str | Secret | None] = data
    credentials = wanted.kind(**values)
    if expiration is None:
        return TemporaryCredentials(credentials, inf)
    moment = moment_of(expiration) if isinstance(expiration, str) else None
    if moment is None:
        raise CredentialsError("expiration is not RFC 3339 with an offset, such as 2030-01-31T12:00:00Z")
    return TemporaryCredentials(credentials, moment)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found

"""The total deadline of a blocking call: every read and write on a connection gets only the time that is left.

Timeouts of sockets bound one read each, so a peer that sends a byte now and then could hold a call forever.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SLICE = 16 * 1024  # one system call each: a peer that reads slowly does not stretch a timeout
_LARGE_READ = 512 * 1024
_current = threading.local()


@contextmanager
def deadline(moment: float | None) -> Iterator[None]:
    """Bound what this thread does on bounded connections until the given monotonic time."""
    _current.moment = moment
    try:
        yield
    finally:
        _current.moment = None


def time_left(timeout: float | None) -> float | None:
    """Cut a timeout to what is left of the call.

    Raises:
        TimeoutError: nothing is left.
    """
    moment: float | None = getattr(_current, "moment", None)
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the call is up")
    return left if timeout is None else min(left, timeout)


class _Stream:
    """A connection's byte stream whose operations end with the call."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._is_full = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # Where all that was asked for was there, more is: each piece costs the library several times its copying.
        most = max(max_bytes, _LARGE_READ) if self._is_full else max_bytes
        data: bytes = self._stream.read(most, time_left(timeout))
        self._is_full = len(data) >= max_bytes
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if len(buffer) <= _SLICE:
            self._stream.write(buffer, time_left(timeout))
            return
        for start in range(0, len(buffer), _SLICE):
            self._stream.write(buffer[start : start + _SLICE], time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend:
    """Makes connections whose streams end with the call."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        error: Exception | None = None
        for address in _addresses(host, port, time_left(None)):
            try:
                return _Stream(self._backend.connect_tcp(address, port, timeout=time_left(timeout), **options))
            except Exception as refused:  # of several addresses the first that answers counts
                error = refused
        raise error or OSError(f"{host} has no address")

    def connect_unix_socket(self, *arguments: Any, timeout: float | None = None, **options: Any) -> _Stream:
        return _Stream(self._backend.connect_unix_socket(*arguments, timeout=time_left(timeout), **options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def _addresses(host: str, port: int, left: float | None) -> list[str]:
    """Look a name up in the time that is left: the system's own look-up knows no timeout, so a thread waits for it.

    Raises:
        OSError: the name has no address.
        TimeoutError: nothing came in time.
    """
    if left is None or _is_address(host):
        return [host]
    import queue  # only here: an address needs no look-up

    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(entry[4][0]) for entry in entries])
        except (OSError, UnicodeError) as error:
            found.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = found.get(timeout=left)
    except queue.Empty:
        raise TimeoutError("the name was not looked up in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def bounded(backend: Any) -> Any:
    """Give what makes the connections of a backend such that they end with the call; once is enough."""
    return backend if isinstance(backend, _Backend) else _Backend(backend)

"""The total deadline of a blocking call: every read and write on a connection gets only the time that is left.

Timeouts of sockets bound one read each, so a peer that sends a byte now and then could hold a call forever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SLICE = 64 * 1024
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

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, time_left(timeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if len(buffer) <= _SLICE:
            self._stream.write(buffer, time_left(timeout))
            return
        for start in range(0, len(buffer), _SLICE):
            self._stream.write(buffer[start : start + _SLICE], time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend:
    """Makes connections whose streams end with the call."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(self, *arguments: Any, timeout: float | None = None, **options: Any) -> _Stream:
        return _Stream(self._backend.connect_tcp(*arguments, timeout=time_left(timeout), **options))

    def connect_unix_socket(
        self, *arguments: Any, timeout: float | None = None, **options: Any
    ) -> _Stream:
        return _Stream(
            self._backend.connect_unix_socket(*arguments, timeout=time_left(timeout), **options)
        )

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def bound_streams(transport: Any) -> None:
    """Bound the connections of an httpx transport; one that is built differently keeps its timeouts per read.

    httpx offers no public place for this. The test of a dripping server tells when a new httpx moves it.
    """
    pool = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if pool is not None and backend is not None:
        pool._network_backend = _Backend(backend)

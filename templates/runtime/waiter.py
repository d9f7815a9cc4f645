"""Waiting for a state: a call and how to read its state go in, the value that is in a wanted state comes out."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Generator, Mapping
from typing import Any, TypeVar

from .errors import NotFoundError, RequestValidationError, WaitError, WaitTimeoutError

T = TypeVar("T")
Read = Callable[[T], object] | str
"""How the state is found in a value: by a function, or by attributes joined by dots."""
_LONGEST = 1e9  # seconds


def _wait(
    read: Read[T],
    success: Collection[str],
    failure: Collection[str],
    interval: float,
    timeout: float | None,
    monotonic: Callable[[], float],
    missing_ends: bool,
) -> Generator[float, T | NotFoundError, T | None]:
    """Yield 0 to ask for the value and a number of seconds to wait; states are compared without case."""
    if not 0 <= interval < _LONGEST:
        raise RequestValidationError("interval is a number of seconds, 0 or more")
    wanted = {state.casefold() for state in success}
    failed = {state.casefold() for state in failure}
    end = None if timeout is None else monotonic() + timeout
    while True:
        value = yield 0.0
        if isinstance(value, NotFoundError):
            if missing_ends:
                return None
            raise value
        state = _at(value, read) if isinstance(read, str) else read(value)
        text = str(getattr(state, "value", state)).casefold()
        if text in wanted:
            return value
        if text in failed:
            raise WaitError(f"the state became {str(state)[:200]!r}", state=state, value=value)
        if end is not None and monotonic() + interval > end:
            raise WaitTimeoutError(f"the state is still {str(state)[:200]!r}", state=state, value=value)
        yield interval


def _at(value: object, place: str) -> object:
    """Read a state; None where it is not there, as in an answer that only says that there is nothing to tell yet."""
    found: Any = value
    for name in place.split("."):
        found = found.get(name) if isinstance(found, Mapping) else getattr(found, name, None)
    return found


def wait_for(
    call: Callable[[], T],
    read: Read[T],
    success: Collection[str],
    failure: Collection[str] = (),
    interval: float = 5.0,
    timeout: float | None = 1800.0,
    *,
    missing_ends: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> T | None:
    """Call until the state that `read` gives is one of `success`, and give the value.

    With `missing_ends` a NotFoundError is the end that is waited for (a deletion), and the value is None.

    Raises:
        RequestValidationError: an interval that is none.
        WaitError: the state is one of `failure`.
        WaitTimeoutError: it did not come in time.
    """
    flow = _wait(read, success, failure, interval, timeout, monotonic, missing_ends)
    try:
        seconds = next(flow)
        while True:
            try:
                value: T | NotFoundError = call()
            except NotFoundError as error:
                value = error
            seconds = flow.send(value)
            sleep(seconds)
            next(flow)
    except StopIteration as stop:
        result: T | None = stop.value
        return result


async def wait_for_async(
    call: Callable[[], Awaitable[T]],
    read: Read[T],
    success: Collection[str],
    failure: Collection[str] = (),
    interval: float = 5.0,
    timeout: float | None = 1800.0,
    *,
    missing_ends: bool = False,
    sleep: Callable[[float], Awaitable[None]] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> T | None:
    """As `wait_for`, for `await`."""
    if sleep is None:
        import asyncio

        sleep = asyncio.sleep
    flow = _wait(read, success, failure, interval, timeout, monotonic, missing_ends)
    try:
        seconds = next(flow)
        while True:
            try:
                value: T | NotFoundError = await call()
            except NotFoundError as error:
                value = error
            seconds = flow.send(value)
            await sleep(seconds)
            next(flow)
    except StopIteration as stop:
        result: T | None = stop.value
        return result

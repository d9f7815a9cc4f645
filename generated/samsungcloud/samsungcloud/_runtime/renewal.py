"""Temporary credentials: something that gives new ones comes in, and is asked once, early, however many are waiting."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from .credentials import CredentialsBase, CredentialsFunction, CredentialsSource, TemporaryCredentials, Wanted
from .errors import CredentialsError

if TYPE_CHECKING:
    import asyncio

RENEW_BEFORE = 300.0
_OF_LIFETIME = 0.2  # credentials that live for a minute are not renewed at every call
_PAUSE = 10.0
_LAST = 253402300800.0  # the end of year 9999, which programs write for "never"; milliseconds are larger


class _Held(NamedTuple):
    """Credentials, when to ask for the next ones, and when these end; both are 0 where every attempt asks anew."""

    credentials: CredentialsBase
    renew_at: float
    ends: float


class RenewedCredentials(CredentialsSource):
    """Asks for credentials where there are none or they are about to end, one asking at a time.

    Whoever finds that credentials end within `renew_before` seconds (at most a fifth of their life) asks for new ones;
    all others go on with the old ones. If that fails, the old ones stay in force until they end, and after a pause it
    is tried again. With none in force everybody waits for the one who asks, and gets what comes of it.
    """

    def __init__(self, *, renew_before: float = RENEW_BEFORE, clock: Callable[[], float] = time.time) -> None:
        self._renew_before, self._clock = renew_before, clock
        self._held: _Held | None = None
        self._failure: CredentialsError | None = None
        self._rounds = 0
        self._turn, self._process = threading.Lock(), os.getpid()
        self._tasks: dict[asyncio.AbstractEventLoop, asyncio.Task[CredentialsBase]] = {}

    def has(self, wanted: Wanted) -> bool:
        """Say yes: only asking tells more."""
        return True

    def current(self, wanted: Wanted) -> CredentialsBase | None:
        """Give the credentials in force if nobody needs to ask for new ones."""
        held = self._held
        if held is None or self._clock() >= held.renew_at:
            return None
        return _of_kind(held.credentials, wanted)

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give the credentials in force, or ask for them.

        Raises:
            CredentialsError: there are none, or not in time.
        """
        if self._process != os.getpid():  # a fork may have copied a lock that somebody held
            self._turn, self._process = threading.Lock(), os.getpid()
        if (fresh := self.current(wanted)) is not None:
            return fresh
        rounds, usable = self._rounds, self._usable()
        if usable is not None:
            taken = self._turn.acquire(blocking=False)
        else:
            taken = self._turn.acquire(timeout=-1 if within is None else max(0.0, within))
        if not taken:
            if usable is not None:
                return _of_kind(usable, wanted)
            raise CredentialsError(f"no credentials in time: {self.sought(wanted)}")
        try:
            if self._rounds != rounds:
                return self._outcome(wanted)
            try:
                found = self._fetch(wanted, within)
            except Exception as error:
                self._failed(error, wanted)
            else:
                self._keep(found, wanted)
            return self._outcome(wanted)
        finally:
            self._turn.release()

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials in force, or ask for them; being cancelled does not end the asking for others.

        Raises:
            CredentialsError: there are none.
        """
        if (fresh := self.current(wanted)) is not None:
            return fresh
        import asyncio

        loop, usable = asyncio.get_running_loop(), self._usable()
        task = self._tasks.get(loop)
        if task is not None and usable is not None:
            return _of_kind(usable, wanted)
        if task is None:
            task = self._tasks[loop] = loop.create_task(self._ask(wanted))
            task.add_done_callback(self._asked)
        return await asyncio.shield(task)

    def _asked(self, task: asyncio.Task[CredentialsBase]) -> None:
        self._tasks.pop(task.get_loop(), None)
        if not task.cancelled():
            task.exception()  # whoever waited may be gone

    async def _ask(self, wanted: Wanted) -> CredentialsBase:
        try:
            found = await self._afetch(wanted)
        except Exception as error:
            self._failed(error, wanted)
        else:
            self._keep(found, wanted)
        return self._outcome(wanted)

    def _fetch(self, wanted: Wanted, within: float | None) -> object:
        raise NotImplementedError

    async def _afetch(self, wanted: Wanted) -> object:
        raise NotImplementedError

    def _usable(self) -> CredentialsBase | None:
        held = self._held
        return held.credentials if held is not None and self._clock() < held.ends else None

    def _keep(self, found: object, wanted: Wanted) -> None:
        now = self._clock()
        try:
            self._held = self._checked(found, wanted, now)
            self._failure = None
        except CredentialsError as error:
            self._failed(error, wanted)
        else:
            self._rounds += 1

    def _checked(self, found: object, wanted: Wanted, now: float) -> _Held:
        held = found.credentials if isinstance(found, TemporaryCredentials) else found
        if not isinstance(held, wanted.kind):
            raise CredentialsError(f"it gave no {wanted.kind.__name__}")
        if not isinstance(found, TemporaryCredentials):
            return _Held(held, 0.0, 0.0)
        ends = moment_of(found.expires)
        if ends is None:
            raise CredentialsError("it gave no moment with an offset at which the credentials end")
        if ends <= now:
            raise CredentialsError("it gave credentials that have ended")
        return _Held(held, ends - min(self._renew_before, (ends - now) * _OF_LIFETIME), ends)

    def _failed(self, error: Exception, wanted: Wanted) -> None:
        # What others raise may quote what it was about: only its type is told, and a message that was meant for it.
        reason = error.message if isinstance(error, CredentialsError) else f"it raised {type(error).__name__}"
        self._failure = CredentialsError(f"no credentials from {self.sought(wanted)}: {reason}")
        self._rounds += 1
        held, now = self._held, self._clock()
        if held is not None and now < held.ends:
            self._held = held._replace(renew_at=now + min(_PAUSE, (held.ends - now) / 2))
            from .parse import LOGGER  # only here: it brings pydantic

            LOGGER.warning("credentials are not renewed and stay in force until they end: %s", self._failure.message)

    def _outcome(self, wanted: Wanted) -> CredentialsBase:
        held = self._held
        if held is not None and (self._failure is None or self._clock() < held.ends):
            return _of_kind(held.credentials, wanted)
        raise CredentialsError(self._failure.message if self._failure is not None else "no credentials")


class FunctionCredentials(RenewedCredentials):
    """Credentials from a function, sync or async.

    What it gives as `TemporaryCredentials` is kept until shortly before its end; plain credentials are for one attempt,
    and every attempt asks.
    A blocking function runs in a thread of its own under an async client. An async one needs an async client.
    """

    def __init__(
        self,
        function: CredentialsFunction,
        *,
        renew_before: float = RENEW_BEFORE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(renew_before=renew_before, clock=clock)
        self._function = function

    def sought(self, wanted: Wanted) -> str:
        """Name the function."""
        return f"the function {getattr(self._function, '__qualname__', type(self._function).__name__)}"

    def _fetch(self, wanted: Wanted, within: float | None) -> object:
        found: Any = self._function()
        if isinstance(found, Awaitable):
            getattr(found, "close", lambda: None)()
            raise CredentialsError("it is asynchronous: use it with the async client")
        return found

    async def _afetch(self, wanted: Wanted) -> object:
        from asyncio import to_thread
        from inspect import iscoroutinefunction

        function: Any = self._function
        call = getattr(function, "__call__", None)  # noqa: B004 (an object with an async __call__)
        found = function() if iscoroutinefunction(function) or iscoroutinefunction(call) else await to_thread(function)
        return await found if isinstance(found, Awaitable) else found


def moment_of(value: object) -> float | None:
    """Give a moment as Unix time: an aware datetime, RFC 3339 text with its offset, or the number itself.

    >>> moment_of("1970-01-01T00:01:00Z"), moment_of("1970-01-01T00:01:00"), moment_of(60)
    (60.0, None, 60.0)
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value.timestamp() if value.tzinfo is not None else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not (0 <= value < _LAST or value == inf):
        return None
    return float(value)


def _of_kind(held: CredentialsBase, wanted: Wanted) -> CredentialsBase:
    if not isinstance(held, wanted.kind):
        raise CredentialsError(f"the credentials are not a {wanted.kind.__name__}")
    return held

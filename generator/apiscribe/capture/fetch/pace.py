"""The pace room: when the next request may start, and how long to wait before asking again."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0


class Pace:
    """Keeps to so many requests at a time, and so long between the starts of two; a busy server makes all wait."""

    def __init__(self, *, concurrency: int, delay: float) -> None:
        self.delay = delay
        self._slots = asyncio.Semaphore(concurrency)
        self._next = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it as long as the request takes."""
        async with self._slots:
            loop = asyncio.get_running_loop()
            while (wait := self._next - loop.time()) > 0:
                await asyncio.sleep(wait)
            self._next = max(self._next, loop.time()) + self.delay
            yield

    def hold(self, seconds: float) -> None:
        """Let no request start for so many seconds."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


def backoff(attempt: int, first: float) -> float:
    """Choose how long to wait after so many failed attempts: up to a bound that doubles, so that clients spread.

    >>> 0.25 <= backoff(1, 0.5) <= 0.5 and 1.0 <= backoff(3, 0.5) <= 2.0 and backoff(99, 0.5) <= LONGEST_WAIT
    True
    """
    bound = min(LONGEST_WAIT, first * 2.0 ** min(attempt - 1, 30))
    return random.uniform(bound / 2, bound)  # noqa: S311  no secret depends on it


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or a date, as seconds from now; None for what is neither.

    >>> retry_after("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    >>> retry_after("soon", datetime(2026, 1, 1, tzinfo=UTC)), retry_after("-1", datetime(2026, 1, 1, tzinfo=UTC))
    (None, None)
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())

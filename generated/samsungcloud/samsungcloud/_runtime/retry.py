"""When a request is sent again: what a service says of it goes in, a number of seconds to wait comes out."""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_RETRIES = 2
RETRIED_STATUSES = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 60.0
_FIRST_WAIT = 0.5
_LONGEST_BACKOFF = 8.0
_SECONDS = r"\d{1,9}(?:\.\d{1,9})?"


def retry_after(value: str | None, now: float) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date, at most 60 seconds; None if it says nothing usable.

    >>> retry_after("2", 0.0), retry_after("-1", 0.0), retry_after("nan", 0.0), retry_after("86400", 0.0)
    (2.0, None, None, 60.0)
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and re.fullmatch(_SECONDS, value) is not None:
        return min(float(value), LONGEST_WAIT)
    moment = http_date(value)
    if moment is None or moment < now:
        return None
    return min(moment - now, LONGEST_WAIT)


def http_date(value: str | None) -> float | None:
    """Read an HTTP date as Unix seconds; None if it is none.

    >>> http_date("Sun, 06 Nov 1994 08:49:37 GMT")
    784111777.0
    """
    if value is None or not 20 <= len(value) <= 40:
        return None
    from datetime import UTC
    from email.utils import parsedate_to_datetime  # only here: it is slow to import and seldom needed

    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(attempt: int, jitter: Callable[[], float]) -> float:
    """Give the wait after the given attempt (from 1): doubling, of which the jitter (0 to 1) takes up to half.

    >>> backoff(1, lambda: 0.0), backoff(2, lambda: 1.0)
    (0.25, 1.0)
    """
    longest: float = min(_LONGEST_BACKOFF, _FIRST_WAIT * 2.0 ** (attempt - 1))
    return longest * (0.5 + 0.5 * jitter())

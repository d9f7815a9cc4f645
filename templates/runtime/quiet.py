"""Log lines of the HTTP library: while a call is under way, what they quote passes through the call's redactor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar, Token
from typing import Any

from .redact import Redactor

Redacting = Callable[[], Redactor]
_under_way: ContextVar[Redacting | None] = ContextVar("under_way", default=None)
_PARTS = ("", ".connection", ".http11", ".http2", ".proxy", ".socks")


class _Filter(logging.Filter):
    """Rewrites records made during a call of ours, whose server may send back what it was sent; leaves others alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        redactor = _under_way.get()
        if redactor is not None:
            record.msg, record.args = redactor().text(record.getMessage()), ()
        return True


_FILTER = _Filter()


def quieten(*names: str) -> None:
    """Let the log lines of these libraries pass through the redactor of the call that makes them."""
    for name in names:
        for part in _PARTS:
            logging.getLogger(name + part).addFilter(_FILTER)


class quiet:  # noqa: N801  (used as a statement, like contextlib.suppress)
    """Marks that a call is under way."""

    __slots__ = ("_redactor", "_token")

    def __init__(self, redactor: Redacting | None) -> None:
        self._redactor = redactor

    def __enter__(self) -> None:
        self._token: Token[Any] = _under_way.set(self._redactor)

    def __exit__(self, *_: object) -> None:
        _under_way.reset(self._token)

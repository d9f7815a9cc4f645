"""Hooks: views of each attempt, without anything secret, go to functions of the caller's."""

from __future__ import annotations

from collections.abc import Callable

from .record import Record


class RequestView(Record):
    """A request as it is about to be sent; proofs and credentials are masked."""

    operation: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    attempt: int


class ResponseView(Record):
    """The head of a response, or what kept it from coming (`status_code` is None then, and `failure` says what)."""

    operation: str
    method: str
    url: str
    attempt: int
    status_code: int | None
    headers: tuple[tuple[str, str], ...]
    failure: str | None
    elapsed: float


class Hooks(Record):
    """Called for every attempt, before it is sent and after its head came; an exception in one ends the call."""

    request: Callable[[RequestView], None] | None = None
    response: Callable[[ResponseView], None] | None = None

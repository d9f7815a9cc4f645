"""What a scheme is that no function can say: it may ask the network before a request, and learn from a refusal.

The flow of a call runs it, blocking or with `await`: what it yields are the commands of `exchange`, so it is written
once for both clients, and its requests go over the client's own transport.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from .credentials import CredentialsBase
from .exchange import Answer, Command, Enter, Failure, Head, Read, Send
from .secret import Secret
from .signing import Signed

if TYPE_CHECKING:
    import asyncio

    from .flow import Call
    from .security import Scheme

_READ_LIMIT = 1024 * 1024
Steps = Generator[Command, Answer, None]
Scopes = tuple[str, ...]


class Outgoing(NamedTuple):
    """One attempt that is about to be authorised: what a `Signer` is given, and the scopes that its operation needs."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    credentials: CredentialsBase
    now: float
    nonce: str | None
    scopes: Scopes


class Authorizer:
    """Authorises the requests of one scheme of one client; a subclass is made once for each, at its first use.

    `reads_body` says whether `sign` looks at the body: only then a streamed one is gathered before it is sent.
    Secrets that are learnt on the way go into `Signed.secrets`, and are kept out of sight like credentials.
    """

    reads_body: ClassVar[bool] = False

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def value(self, credentials: CredentialsBase, name: str) -> str:
        """Give a credential by its plain name, though it may be called after the scheme; "" where it is not there."""
        names: Mapping[str, str] = self.scheme.facts.get("names", {})
        found = getattr(credentials, names.get(name, name), None)
        return found.reveal() if isinstance(found, Secret) else str(found or "")

    def prepare(self, call: Call, scopes: Scopes) -> Steps:
        """Do before an attempt whatever waits: fetch a token, discover an address; nothing if all is at hand.

        Raises:
            APIError: the network did not give what is needed.
            CredentialsError: with these credentials there is nothing to be had.
        """
        yield from ()

    def sign(self, request: Outgoing) -> Signed:
        """Give what is added to an attempt; it waits for nothing."""
        raise NotImplementedError

    def refused(self, call: Call, scopes: Scopes, head: Head) -> bool:
        """Look at a 401; say whether another attempt may succeed. A call makes at most one for that reason."""
        return False


class Bound:
    """An authorizer with the scopes of an operation, as a `Signer`."""

    __slots__ = ("authorizer", "reads_body", "scopes")

    def __init__(self, authorizer: Authorizer, scopes: Scopes) -> None:
        self.authorizer, self.scopes = authorizer, scopes
        self.reads_body = authorizer.reads_body

    def __call__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        credentials: CredentialsBase,
        now: float,
        nonce: str | None = None,
    ) -> Signed:
        """Give the headers and query parameters for this attempt."""
        return self.authorizer.sign(Outgoing(method, url, headers, body, credentials, now, nonce, self.scopes))


class Gate:
    """Lets one pass at a time: the threads of a process, or the tasks of an event loop."""

    def __init__(self) -> None:
        self._lock, self._process = threading.Lock(), os.getpid()
        self._locks: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}

    def enter(self, within: float | None) -> Callable[[], None] | None:
        """Wait for so many seconds; give what lets the next one pass, or None."""
        if self._process != os.getpid():  # a fork may have copied a lock that somebody held
            self._lock, self._process = threading.Lock(), os.getpid()
        lock = self._lock
        return lock.release if lock.acquire(timeout=-1 if within is None else max(0.0, within)) else None

    async def aenter(self) -> Callable[[], None]:
        """Wait, and give what lets the next one pass; the caller bounds the time."""
        from asyncio import Lock, get_running_loop

        for other in [other for other in self._locks.copy() if other.is_closed()]:
            self._locks.pop(other, None)
        lock = self._locks.setdefault(get_running_loop(), Lock())
        await lock.acquire()
        return lock.release


def entered(call: Call, gate: Gate) -> Generator[Command, Answer, Callable[[], None]]:
    """Pass a gate; what is given back is to be called when done, whatever happens in between.

    Raises:
        APITimeoutError: the time for the call is up.
    """
    answer = yield Enter(gate, call.deadline)
    if callable(answer):
        return answer
    raise _failure(call, answer, call.url)


def fetched(call: Call, send: Send) -> Generator[Command, Answer, tuple[Head, bytes]]:
    """Send a request of one's own, and give its answer whatever the status; at most one MiB of the body.

    Raises:
        APIConnectionError, APITimeoutError: there was no answer.
    """
    head = yield send
    if isinstance(head, Head):
        body = yield Read(_READ_LIMIT)
        if isinstance(body, bytes):
            return head, body
        raise _failure(call, body, send.url)
    raise _failure(call, head, send.url)


def _failure(call: Call, answer: Answer, url: str) -> Exception:
    from .flow import failure_error

    if isinstance(answer, Failure):
        return failure_error(call, answer, url)
    return RuntimeError("a client gave something that is no answer")


def preparing(call: Call) -> Steps:
    """Let every authorizer of a call do what it has to do before an attempt."""
    for bound in call.authorizers:
        yield from bound.authorizer.prepare(call, bound.scopes)


def may_succeed(call: Call, head: Head) -> bool:
    """Show a 401 to every authorizer of a call; say whether another attempt may succeed."""
    answers = [bound.authorizer.refused(call, bound.scopes, head) for bound in call.authorizers]
    return any(answers)

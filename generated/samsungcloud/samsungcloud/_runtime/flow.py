"""One call as a pure flow: it yields what is to be sent, read or waited for, and takes the answers; it does no I/O."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from typing import NamedTuple

from .credentials import CredentialsBase, CredentialsSource, Wanted
from .errors import APIConnectionError, APIError, APITimeoutError, ResponseTooLargeError, ResponseValidationError
from .exchange import MAX_BODY, MAX_HEADER_BYTES, MAX_HEADERS, Answer, Command, Failure, Head, Read, Renew, Send, Sleep
from .files import Content
from .headers import Headers, check_header
from .hooks import Hooks, RequestView, ResponseView
from .parse import LOGGER
from .redact import Redactor, one_line
from .retry import MAX_RETRIES, RETRIED_STATUSES, backoff, http_date, retry_after
from .signer import UNSIGNED, Chosen
from .signing import Signed
from .wire import with_query

_TICK = 0.002  # two milliseconds: a signer that cuts off fractions of one still sees another number
_READ_LIMIT = 1024 * 1024
_LONGEST_REASON = 500
_SKEW_NOTICED = 60.0
_SKEW_CORRECTED = 15 * 60.0
_UNSIGNED = Signed(())


class Reply(NamedTuple):
    """A success; `body` is None when the caller streams it."""

    status: int
    headers: Headers
    body: bytes | None

    def __repr__(self) -> str:
        return f"<Reply {self.status}>"


class Clocks:
    """The sources of time and chance of one client; `skew` is by how much the service's clock was found to be ahead."""

    __slots__ = ("correct_skew", "jitter", "monotonic", "skew", "wall")

    def __init__(
        self,
        wall: Callable[[], float],
        monotonic: Callable[[], float],
        jitter: Callable[[], float],
        correct_skew: bool = False,
    ) -> None:
        self.wall = wall
        self.monotonic = monotonic
        self.jitter = jitter
        self.correct_skew = correct_skew
        self.skew = 0.0


class Call:
    """Everything one call needs: the request before signing, how to sign it, and how patient to be."""

    __slots__ = (
        "asked",
        "authorizers",
        "body",
        "caller_headers",
        "choose",
        "clocks",
        "credentials",
        "deadline",
        "earlier",
        "earlier_credentials",
        "headers",
        "hooks",
        "idempotent",
        "idle",
        "max_retries",
        "method",
        "operation",
        "signed",
        "signed_at",
        "signer",
        "stream",
        "url",
    )

    def __init__(
        self,
        *,
        operation: str,
        method: str,
        url: str,
        headers: Sequence[tuple[str, str]],
        clocks: Clocks,
        caller_headers: tuple[str, ...] = (),
        body: bytes | Content = b"",
        chosen: Chosen = UNSIGNED,
        choose: Callable[[CredentialsBase], Chosen] | None = None,
        credentials: CredentialsBase | None = None,
        asked: tuple[CredentialsSource, Wanted] | None = None,
        hooks: Hooks | None = None,
        idempotent: bool = False,
        max_retries: int = MAX_RETRIES,
        deadline: float | None = None,
        stream: bool = False,
        idle: float | None = None,
    ) -> None:
        self.operation = operation
        self.method = method
        self.url = url
        self.headers = headers
        self.caller_headers = caller_headers
        self.body = body
        self.signer, self.authorizers = chosen.signer, chosen.authorizers
        self.choose = choose
        self.credentials, self.asked = credentials, asked
        self.clocks = clocks
        self.hooks = hooks
        self.idempotent = idempotent
        self.max_retries = max_retries
        self.deadline = deadline
        self.stream = stream
        self.idle = idle
        self.earlier: tuple[Signed, ...] = ()
        self.earlier_credentials: tuple[CredentialsBase, ...] = ()
        self.signed, self.signed_at = _UNSIGNED, 0.0

    def sign(self) -> Send:
        """Sign one attempt over the address as it will be sent, with a time later than that of the attempt before."""
        if self.signer is None:
            return Send(
                self.method, self.url, self.headers, self.body, self.deadline, False, self.redactor, None, self.idle
            )
        now = max(self.clocks.wall() + self.clocks.skew, self.signed_at + _TICK)
        self.signed_at = now
        if self.signed is not _UNSIGNED:
            self.earlier = (*self.earlier, self.signed)
        lower = {name.lower(): value for name, value in self.headers}
        signed = self.body if isinstance(self.body, bytes) else b""  # a signer that reads bodies gets them whole
        self.signed = self.signer(self.method, self.url, lower, signed, self.credentials, now)
        emitted = self.signed.headers
        for name, value in emitted:
            check_header(name, value)
        names = {name.lower() for name, _ in emitted}
        if "cookie" in names and "cookie" in lower:
            emitted = tuple((n, f"{lower['cookie']}; {v}" if n.lower() == "cookie" else v) for n, v in emitted)
        headers = [pair for pair in self.headers if pair[0].lower() not in names]
        headers += emitted
        query = self.signed.query
        url = with_query(self.url, query) if query else self.url
        hidden, again = bool(query), self.sign
        return Send(self.method, url, headers, self.body, self.deadline, hidden, self.redactor, again, self.idle)

    def use(self, credentials: CredentialsBase) -> None:
        """Sign the next attempt with these credentials; those of attempts before are kept out of sight still."""
        if self.credentials is not None and self.credentials is not credentials:
            self.earlier_credentials = (*self.earlier_credentials, self.credentials)
        self.credentials = credentials
        if self.choose is not None:
            chosen = self.choose(credentials)
            self.signer, self.authorizers = chosen.signer, chosen.authorizers

    def redactor(self) -> Redactor:
        """Give what takes our values out of texts: credentials, what the signer emitted, headers the caller added."""
        held = self.earlier_credentials if self.credentials is None else (*self.earlier_credentials, self.credentials)
        # A service may tell of an earlier attempt, whose signature is good for a while.
        proofs = (*self.earlier, self.signed)
        secrets = [value for credentials in held for value in credentials.revealed()]
        secrets += [secret for signed in proofs for secret in signed.secrets]
        values = [value for signed in proofs for _, value in (*signed.headers, *signed.query)]
        values += [value.partition(" ")[2] for value in values]  # what follows the word Bearer or Basic
        return Redactor(secrets, [*values, *self.caller_headers], [name for name, _ in self.signed.headers])


def call_flow(call: Call) -> Generator[Command, Answer, Reply]:
    """Send, send again where that is safe, and give the success.

    Raises:
        APIError: everything else; see the tree in `errors`.
    """
    attempt = 0
    reasons: set[str] = set()
    while True:
        attempt += 1
        if call.asked is not None or call.authorizers:
            yield from _ready(call)
        command = call.sign()
        watched = call.hooks is not None or LOGGER.isEnabledFor(logging.DEBUG)
        started = call.clocks.monotonic() if watched else 0.0
        if watched:
            _before(call, command, attempt)
        answer = yield command
        if watched:
            _after(call, attempt, answer, call.clocks.monotonic() - started)
        if isinstance(answer, Head):
            status = answer.status
            _check_size(call, answer.headers)
            if 200 <= status < 300:
                return (yield from _success(call, answer))
            body = yield Read(_READ_LIMIT, cut=True)
            if status == 401 and attempt <= MAX_RETRIES and _may_answer(call, answer, reasons):
                continue
            wait = _wait_after_status(call, attempt, answer)
        elif isinstance(answer, Failure):
            body = answer
            wait = _wait_after_failure(call, attempt, answer)
        else:  # a transport answers a Send with a Head or a Failure
            raise RuntimeError("a transport gave something that is no answer")
        if wait is None:
            raise _error(call, answer, body)
        yield Sleep(wait)


def _ready(call: Call) -> Generator[Command, Answer, None]:
    """Get what an attempt is signed with: credentials, and what its authorizers have to fetch."""
    if call.asked is not None:
        yield from _credentials(call, *call.asked)
    if call.authorizers:
        from .authorizer import preparing

        yield from preparing(call)


def _credentials(call: Call, source: CredentialsSource, wanted: Wanted) -> Generator[Command, Answer, None]:
    """Take the credentials as they are now; only where they have to be waited for is the client asked."""
    found: Answer = source.current(wanted)
    if found is None:
        found = yield Renew(source, wanted, call.deadline)
    if not isinstance(found, CredentialsBase):
        raise failure_error(call, found) if isinstance(found, Failure) else RuntimeError("a source gave nothing")
    call.use(found)


def _success(call: Call, head: Head) -> Generator[Command, Answer, Reply]:
    if call.stream:
        return Reply(head.status, head.headers, None)
    body = yield Read(MAX_BODY)
    if isinstance(body, bytes):
        return Reply(head.status, head.headers, body)
    raise failure_error(call, body) if isinstance(body, Failure) else RuntimeError("a transport read nothing")


def _check_size(call: Call, headers: Headers) -> None:
    if len(headers.pairs) > MAX_HEADERS or sum(len(n) + len(v) + 4 for n, v in headers.pairs) > MAX_HEADER_BYTES:
        raise ResponseTooLargeError(f"{call.operation}: too many or too large headers", operation=call.operation)


def _may_repeat(call: Call, attempt: int) -> bool:
    if isinstance(call.body, Content) and not call.body.can_be_sent:
        return False
    return call.idempotent and attempt <= min(call.max_retries, MAX_RETRIES)


def _in_time(call: Call, wait: float) -> float | None:
    """Give up now rather than wait beyond the deadline."""
    if call.deadline is not None and call.clocks.monotonic() + wait >= call.deadline:
        return None
    return wait


def _wait_after_status(call: Call, attempt: int, head: Head) -> float | None:
    if head.status not in RETRIED_STATUSES or not _may_repeat(call, attempt):
        return None
    asked = retry_after(head.headers.get("retry-after"), call.clocks.wall())
    return _in_time(call, backoff(attempt, call.clocks.jitter) if asked is None else asked)


def _wait_after_failure(call: Call, attempt: int, failure: Failure) -> float | None:
    if failure.kind not in ("connect", "broken") or not _may_repeat(call, attempt):
        return None
    return _in_time(call, backoff(attempt, call.clocks.jitter))


def _may_answer(call: Call, head: Head, reasons: set[str]) -> bool:
    """Tell whether a 401 is to be answered by another attempt at once; for each of two reasons that happens once."""
    if "clock" not in reasons and _correct_skew(call, head):
        reasons.add("clock")
        return True
    if "refusal" in reasons or not call.authorizers or (isinstance(call.body, Content) and not call.body.can_be_sent):
        return False
    reasons.add("refusal")
    from .authorizer import may_succeed

    return may_succeed(call, head)


def _correct_skew(call: Call, head: Head) -> bool:
    """Take over the service's clock if it is the likely reason for a 401; at most once a call, at most 15 minutes."""
    if not call.clocks.correct_skew or call.signer is None or not call.idempotent or call.max_retries < 1:
        return False
    theirs = http_date(head.headers.get("date"))
    if theirs is None or (isinstance(call.body, Content) and not call.body.can_be_sent):
        return False
    ours = call.clocks.wall()
    if abs(theirs - ours - call.clocks.skew) <= _SKEW_NOTICED or abs(theirs - ours) > _SKEW_CORRECTED:
        return False
    call.clocks.skew = theirs - ours
    call.signed_at = 0.0  # the corrected time may lie before the one that was refused
    return True


def _error(call: Call, answer: Head | Failure, body: Answer) -> APIError:
    if isinstance(answer, Failure):
        return failure_error(call, answer)
    text = body if isinstance(body, bytes) else b""
    from .failure import status_error  # only here: a program whose calls succeed does without it

    return status_error(
        call.operation, answer.status, answer.headers, text, call.redactor(), truncated=len(text) >= _READ_LIMIT
    )


def failure_error(call: Call, failure: Failure, url: str = "") -> APIError:
    """Make the exception for a request that was not answered; its cause is the library's, without the request.

    `url` is the address that was asked, where it is not the call's own.
    """
    text = one_line(call.redactor().text(failure.text))[:_LONGEST_REASON]
    cls: type[APIError] = {
        "timeout": APITimeoutError,
        "too-large": ResponseTooLargeError,
        "encoding": ResponseValidationError,
    }.get(failure.kind, APIConnectionError)
    if failure.kind == "timeout":
        message = "no answer in time"
    elif failure.kind == "too-large":
        message = "the response is larger than the client takes"
    else:
        message = f"no answer from {(url or call.url).split('/', 3)[2]}: {text or failure.error.__name__}"
    error = cls(f"{call.operation}: {message}", operation=call.operation)
    error.__cause__ = _cause(failure.error, text or message)
    return error


def _cause(cls: type[Exception], text: str) -> Exception:
    try:
        return cls(text)
    except TypeError:  # a few of the library's exceptions have a text of their own
        return RuntimeError(f"{cls.__name__}: {text}")


def _before(call: Call, command: Send, attempt: int) -> None:
    redactor = call.redactor()
    url = redactor.text(call.url)
    LOGGER.debug("%s: %s %s (attempt %d)", call.operation, call.method, url, attempt)
    if call.hooks is not None and call.hooks.request is not None:
        headers = redactor.headers(command.headers)
        view = RequestView(operation=call.operation, method=call.method, url=url, headers=headers, attempt=attempt)
        call.hooks.request(view)


def _after(call: Call, attempt: int, answer: Answer, elapsed: float) -> None:
    redactor = call.redactor()
    url = redactor.text(call.url)
    status = answer.status if isinstance(answer, Head) else None
    failure = answer.kind if isinstance(answer, Failure) else None
    shown = status if status is not None else failure
    LOGGER.debug("%s: %s %s -> %s (attempt %d)", call.operation, call.method, url, shown, attempt)
    if call.hooks is not None and call.hooks.response is not None:
        view = ResponseView(
            operation=call.operation,
            method=call.method,
            url=url,
            attempt=attempt,
            status_code=status,
            headers=redactor.headers(answer.headers.pairs) if isinstance(answer, Head) else (),
            failure=failure,
            elapsed=elapsed,
        )
        call.hooks.response(view)

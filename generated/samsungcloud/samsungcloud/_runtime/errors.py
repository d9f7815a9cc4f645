"""The exceptions of a client: one tree under `APIError`, all picklable, nothing secret in any of them.

APIError
    RequestValidationError       the request was not sent: an argument or the body is not what the operation takes
    ConfigurationError           the client was not made: server, region or another setting
        CredentialsError         no credentials, or a profile file that others can read
    APIConnectionError           no answer: the connection failed or broke
    APITimeoutError              no answer in time
    APIStatusError               an answer that is not a success (a redirect is one: none is followed)
        BadRequestError 400, AuthenticationError 401, PermissionDeniedError 403, NotFoundError 404,
        UnsignedRequestError 404 (the service did not accept the signature), NotAcceptableError 406,
        ConflictError 409, UnprocessableEntityError 422, RateLimitError 429, ServerError 5xx
    ResponseValidationError      a success whose body is not what the operation returns
    ResponseTooLargeError        a response beyond the limits of body or headers
    StreamError                  an error that a service told in the middle of a stream
    PaginationError              a list that does not end
    WaitError                    a wait that ended in failure; WaitTimeoutError: one that did not end in time
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .headers import Headers


def _rebuild(cls: type[APIError], arguments: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *arguments)
    error.args = arguments
    error.__dict__.update(state)
    return error


class APIError(Exception):
    """Anything that went wrong with a call; `operation` is the operation's id, if there is one."""

    operation: str | None

    def __init__(self, message: str, *, operation: str | None = None) -> None:
        super().__init__(message)
        self.operation = operation

    @property
    def message(self) -> str:
        """What went wrong, in one line."""
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.args, dict(self.__dict__)))


class RequestValidationError(APIError, ValueError):
    """An argument or the body is not what the operation takes; nothing was sent."""


class ConfigurationError(APIError, ValueError):
    """The client cannot be made from the settings it was given."""


class CredentialsError(ConfigurationError):
    """There are no credentials, or they cannot be used."""


class APIConnectionError(APIError):
    """No answer: the connection could not be made, or broke."""


class APITimeoutError(APIError):
    """No answer within the time the call was given."""


class ResponseValidationError(APIError):
    """A success whose body is not what the operation returns; `status_code` and `body` (cut) tell what came."""

    status_code: int | None
    body: bytes

    def __init__(
        self, message: str, *, operation: str | None = None, status_code: int | None = None, body: bytes = b""
    ) -> None:
        super().__init__(message, operation=operation)
        self.status_code = status_code
        self.body = body


class ResponseTooLargeError(APIError):
    """A response with more body or headers than the client takes."""


class StreamError(APIError):
    """An error that the service told in the middle of a stream; `event` names the event, `body` is what it held."""

    event: str
    body: bytes

    def __init__(self, message: str, *, operation: str | None = None, event: str = "", body: bytes = b"") -> None:
        super().__init__(message, operation=operation)
        self.event = event
        self.body = body


class PaginationError(APIError):
    """A list that goes on beyond every bound."""


class WaitError(APIError):
    """A wait that ended in a state that counts as failure; `state` and `value` are what was read last."""

    def __init__(self, message: str, *, state: object = None, value: object = None) -> None:
        super().__init__(message)
        self.state = state
        self.value = value


class WaitTimeoutError(WaitError):
    """A wait that did not end in time."""


class APIStatusError(APIError):
    """An answer that is not a success.

    `code`, `title`, `details` and `request_ids` are what the body says in any of the known shapes; `body` and `headers`
    are what came, cut, and without the values of our own headers and credentials. `model` is the body as the document
    describes it, or None where it describes none or the body is of another kind. `typed_headers` are the headers as it
    describes them: those of the operation's class in the module `headers`.
    """

    model: Any = None
    _documented: tuple[str, str] | None = None

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        operation: str | None = None,
        code: str | None = None,
        title: str | None = None,
        details: tuple[str, ...] = (),
        request_ids: tuple[str, ...] = (),
        body: bytes = b"",
        headers: Headers | None = None,
    ) -> None:
        super().__init__(message, operation=operation)
        self.status_code = status_code
        self.code = code
        self.title = title
        self.details = details
        self.request_ids = request_ids
        self.body = body
        self.headers = headers

    @property
    def status(self) -> int:
        """The status code."""
        return self.status_code

    @property
    def typed_headers(self) -> Any:
        """The headers as the operation documents them."""
        from .headers import documented  # only here: that module needs this one

        return documented(self._documented, self.headers, self.operation or "response", self.status_code)

    @property
    def detail(self) -> str | None:
        """All details in one text, or None."""
        return "; ".join(self.details) or None

    @property
    def request_id(self) -> str | None:
        """The first request id, or None."""
        return self.request_ids[0] if self.request_ids else None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r})"


class BadRequestError(APIStatusError):
    """400: the service did not accept what was asked."""


class AuthenticationError(APIStatusError):
    """401: the service does not know the caller, or is not enabled for the account."""


class PermissionDeniedError(APIStatusError):
    """403: the caller may not do this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class UnsignedRequestError(APIStatusError):
    """404 of the gateway: the request came without a signature it accepts. The thing asked for may well exist."""


class NotAcceptableError(APIStatusError):
    """406: most often a version of the API that the service does not have."""


class ConflictError(APIStatusError):
    """409: the state of the thing does not allow this now."""


class UnprocessableEntityError(APIStatusError):
    """422: understood, and refused for what it says."""


class RateLimitError(APIStatusError):
    """429: too many calls."""


class ServerError(APIStatusError):
    """5xx: the service failed."""


STATUS_ERRORS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    406: NotAcceptableError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}

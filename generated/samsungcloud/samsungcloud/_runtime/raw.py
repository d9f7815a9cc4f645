"""Responses as they came: status, headers and bytes of a success, at once or in pieces, the value on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from .exchange import MAX_BODY, Failure
from .headers import Headers

if TYPE_CHECKING:
    from .transport import AsyncExchange, Exchange

P = ParamSpec("P")
T = TypeVar("T")
Parser = Callable[[bytes], Any]
Fail = Callable[[Failure], Exception]


class RawResponse(Generic[T]):
    """A success as it came; `parse()` gives what the operation returns otherwise."""

    __slots__ = ("_parser", "content", "headers", "status_code")

    def __init__(self, status_code: int, headers: Headers, content: bytes, parser: Parser) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content
        self._parser = parser

    @property
    def status(self) -> int:
        """The status code."""
        return self.status_code

    def parse(self) -> T:
        """Give the operation's value.

        Raises:
            ResponseValidationError: the body is not what the operation returns.
        """
        return cast(T, self._parser(self.content))

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code}, {len(self.content)} bytes>"


class StreamingResponse(Generic[T]):
    """A success whose body has not been read; use it in a `with` block."""

    def __init__(
        self, status_code: int, headers: Headers, exchange: Exchange, parser: Parser, fail: Fail
    ) -> None:
        self.status_code = status_code
        self.headers = headers
        self._exchange, self._parser, self._fail = exchange, parser, fail
        self._content: bytes | None = None

    def iter_bytes(self) -> Iterator[bytes]:
        """Give the decoded body piece by piece, of any length.

        Raises:
            APIError: the body broke off, or did not come in time.
        """
        if self._content is not None:
            yield self._content
            return
        for piece in self._exchange.pieces():
            if isinstance(piece, Failure):
                raise self._fail(piece)
            yield piece

    def read(self) -> bytes:
        """Read the whole body.

        Raises:
            APIError: the body broke off, did not come in time, or is larger than the limit.
        """
        if self._content is None:
            content = self._exchange.read(MAX_BODY, cut=False)
            if isinstance(content, Failure):
                raise self._fail(content)
            self._content = content
        return self._content

    def parse(self) -> T:
        """Read the whole body and give the operation's value."""
        return cast(T, self._parser(self.read()))

    def close(self) -> None:
        """Leave the rest of the body unread."""
        self._exchange.close()


class AsyncStreamingResponse(Generic[T]):
    """As `StreamingResponse`, for `async with`."""

    def __init__(
        self,
        status_code: int,
        headers: Headers,
        exchange: AsyncExchange,
        parser: Parser,
        fail: Fail,
    ) -> None:
        self.status_code = status_code
        self.headers = headers
        self._exchange, self._parser, self._fail = exchange, parser, fail
        self._content: bytes | None = None

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """Give the decoded body piece by piece, of any length.

        Raises:
            APIError: the body broke off, or did not come in time.
        """
        if self._content is not None:
            yield self._content
            return
        async for piece in self._exchange.pieces():
            if isinstance(piece, Failure):
                raise self._fail(piece)
            yield piece

    async def read(self) -> bytes:
        """Read the whole body.

        Raises:
            APIError: the body broke off, did not come in time, or is larger than the limit.
        """
        if self._content is None:
            content = await self._exchange.read(MAX_BODY, cut=False)
            if isinstance(content, Failure):
                raise self._fail(content)
            self._content = content
        return self._content

    async def parse(self) -> T:
        """Read the whole body and give the operation's value."""
        return cast(T, self._parser(await self.read()))

    async def close(self) -> None:
        """Leave the rest of the body unread."""
        await self._exchange.close()


class Streaming(Generic[T]):
    """A call that is made on entering a `with` block, and whose response is closed on leaving it."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._response: StreamingResponse[T] | None = None

    def __enter__(self) -> StreamingResponse[T]:
        response = cast("StreamingResponse[T]", self._call())
        self._response = response
        return response

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            self._response.close()


class AsyncStreaming(Generic[T]):
    """As `Streaming`, for `async with`."""

    def __init__(self, call: Callable[[], Awaitable[Any]]) -> None:
        self._call = call
        self._response: AsyncStreamingResponse[T] | None = None

    async def __aenter__(self) -> AsyncStreamingResponse[T]:
        response = cast("AsyncStreamingResponse[T]", await self._call())
        self._response = response
        return response

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.close()


def as_raw(function: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Tell type checkers what a method of a raw view returns; nothing happens at run time."""
    return cast("Callable[P, RawResponse[T]]", function)


def as_raw_async(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """As `as_raw`, for a coroutine function."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", function)


def as_streaming(function: Callable[P, T]) -> Callable[P, Streaming[T]]:
    """Make a method of a streaming view into one that gives a context manager; the call is made on entering it."""

    def open_stream(*arguments: P.args, **options: P.kwargs) -> Streaming[T]:
        return Streaming(lambda: function(*arguments, **options))

    open_stream.__doc__ = function.__doc__
    return open_stream


def as_streaming_async(function: Callable[P, Awaitable[T]]) -> Callable[P, AsyncStreaming[T]]:
    """As `as_streaming`, for a coroutine function."""

    def open_stream(*arguments: P.args, **options: P.kwargs) -> AsyncStreaming[T]:
        return AsyncStreaming(lambda: function(*arguments, **options))

    open_stream.__doc__ = function.__doc__
    return open_stream

"""Views of streams: a method that gives items goes in, one that gives the answer with its status comes out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar, cast

from .headers import H_co, Headers
from .operation import StreamedOperation
from .raw import AsyncStreaming, Streaming
from .streams import AsyncStream, AsyncTypedStreamingResponse, Stream, TypedStreamingResponse
from .views import as_streaming as _as_streaming
from .views import as_streaming_async as _as_streaming_async
from .views import with_headers

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class _Answered(Generic[H_co]):
    """What is known of a stream before its first item."""

    def __init__(self, response: Any) -> None:
        self._response = response

    @property
    def status_code(self) -> int:
        """The status code."""
        return cast(int, self._response.status_code)

    @property
    def headers(self) -> Headers:
        """The headers as they came."""
        return cast(Headers, self._response.headers)

    @property
    def typed_headers(self) -> H_co:
        """The headers as the operation documents them, each read when it is asked for."""
        return cast(H_co, self._response.typed_headers)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status_code}>"


class RawStream(_Answered[H_co], Generic[Item, H_co]):
    """A stream whose answer has begun: status and headers at once, its items by `parse()`.

    The last item, `close()` and leaving a `with` block close the connection.
    """

    def __init__(self, stream: Stream[Item]) -> None:
        super().__init__(stream.open())
        self._stream = stream

    def parse(self) -> Stream[Item]:
        """Give the items as they arrive, always by the same iterator."""
        return self._stream

    def close(self) -> None:
        """Leave the rest unread."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncRawStream(_Answered[H_co], Generic[Item, H_co]):
    """As `RawStream`, for `await`, `async for` and `async with`."""

    def __init__(self, stream: AsyncStream[Item], response: AsyncTypedStreamingResponse[Any, Item]) -> None:
        super().__init__(response)
        self._stream = stream

    def parse(self) -> AsyncStream[Item]:
        """As `RawStream.parse`; nothing is awaited before the items are."""
        return self._stream

    async def close(self) -> None:
        """Leave the rest unread."""
        await self._stream.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def as_raw(
    function: Callable[P, Stream[Item]], operation: StreamedOperation[Any, Item, H_co]
) -> Callable[P, RawStream[Item, H_co]]:
    """Make a method that gives items into one that makes the call at once and gives its answer."""

    def begin(*arguments: P.args, **options: P.kwargs) -> RawStream[Item, H_co]:
        return RawStream(function(*arguments, **options))

    begin.__doc__ = function.__doc__
    return begin


def as_raw_async(
    function: Callable[P, AsyncStream[Item]], operation: StreamedOperation[Any, Item, H_co]
) -> Callable[P, Awaitable[AsyncRawStream[Item, H_co]]]:
    """As `as_raw`; the method that is made is awaited."""

    async def begin(*arguments: P.args, **options: P.kwargs) -> AsyncRawStream[Item, H_co]:
        stream = function(*arguments, **options)
        return AsyncRawStream(stream, await stream.open())

    begin.__doc__ = function.__doc__
    return begin


def as_opened(
    function: Callable[P, Stream[Item]], operation: StreamedOperation[T, Item, H_co]
) -> Callable[P, Streaming[TypedStreamingResponse[T, Item, H_co]]]:
    """Make a method that gives items into one that gives a context manager; the call is made on entering it."""

    def open_stream(*arguments: P.args, **options: P.kwargs) -> Streaming[TypedStreamingResponse[T, Item, H_co]]:
        asking = cast("Callable[..., Stream[Item]]", function)
        return Streaming(lambda headers: asking(*arguments, **with_headers(options, headers)).open())

    open_stream.__doc__ = function.__doc__
    return open_stream


def as_opened_async(
    function: Callable[P, AsyncStream[Item]], operation: StreamedOperation[T, Item, H_co]
) -> Callable[P, AsyncStreaming[AsyncTypedStreamingResponse[T, Item, H_co]]]:
    """As `as_opened`, for `async with`."""

    def open_stream(
        *arguments: P.args, **options: P.kwargs
    ) -> AsyncStreaming[AsyncTypedStreamingResponse[T, Item, H_co]]:
        asking = cast("Callable[..., AsyncStream[Item]]", function)
        return AsyncStreaming(lambda headers: asking(*arguments, **with_headers(options, headers)).open())

    open_stream.__doc__ = function.__doc__
    return open_stream


def as_streaming(
    function: Callable[P, T], operation: StreamedOperation[Any, Item, H_co]
) -> Callable[P, Streaming[TypedStreamingResponse[T, Item, H_co]]]:
    """As `views.as_streaming`, for an operation whose stream the document describes: it tells the type of the items."""
    return cast("Callable[P, Streaming[TypedStreamingResponse[T, Item, H_co]]]", _as_streaming(function))


def as_streaming_async(
    function: Callable[P, Awaitable[T]], operation: StreamedOperation[Any, Item, H_co]
) -> Callable[P, AsyncStreaming[AsyncTypedStreamingResponse[T, Item, H_co]]]:
    """As `as_streaming`, for a coroutine function."""
    return cast(
        "Callable[P, AsyncStreaming[AsyncTypedStreamingResponse[T, Item, H_co]]]", _as_streaming_async(function)
    )

"""Views: a method of a client goes in, one that gives its response as it came, or as it arrives, comes out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast, overload

from .headers import H_co
from .operation import Operation
from .raw import AsyncStreaming, Streaming

if TYPE_CHECKING:
    from .raw import AsyncStreamingResponse, RawResponse, StreamingResponse

P = ParamSpec("P")
T = TypeVar("T")


@overload
def as_raw(function: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Without documented headers."""


@overload
def as_raw(function: Callable[P, T], operation: Operation[Any, H_co]) -> Callable[P, RawResponse[T, H_co]]:
    """With the documented headers of its operation."""


def as_raw(function: Callable[P, T], operation: Any = None) -> Callable[P, RawResponse[T, Any]]:
    """Tell type checkers what a method of a raw view returns, and the headers of its operation; it stays as it is."""
    return cast("Callable[P, RawResponse[T, Any]]", function)


@overload
def as_raw_async(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """Without documented headers."""


@overload
def as_raw_async(
    function: Callable[P, Awaitable[T]], operation: Operation[Any, H_co]
) -> Callable[P, Awaitable[RawResponse[T, H_co]]]:
    """With the documented headers of its operation."""


def as_raw_async(
    function: Callable[P, Awaitable[T]], operation: Any = None
) -> Callable[P, Awaitable[RawResponse[T, Any]]]:
    """As `as_raw`, for a coroutine function."""
    return cast("Callable[P, Awaitable[RawResponse[T, Any]]]", function)


@overload
def as_streaming(function: Callable[P, T]) -> Callable[P, Streaming[StreamingResponse[T]]]:
    """Without documented headers."""


@overload
def as_streaming(
    function: Callable[P, T], operation: Operation[Any, H_co]
) -> Callable[P, Streaming[StreamingResponse[T, H_co]]]:
    """With the documented headers of its operation."""


def as_streaming(function: Callable[P, T], operation: Any = None) -> Callable[P, Streaming[StreamingResponse[T, Any]]]:
    """Make a method of a streaming view into one that gives a context manager; the call is made on entering it."""

    def open_stream(*arguments: P.args, **options: P.kwargs) -> Streaming[StreamingResponse[T, Any]]:
        return Streaming(lambda headers: cast(Any, function)(*arguments, **with_headers(options, headers)))

    open_stream.__doc__ = function.__doc__
    return open_stream


@overload
def as_streaming_async(
    function: Callable[P, Awaitable[T]],
) -> Callable[P, AsyncStreaming[AsyncStreamingResponse[T]]]:
    """Without documented headers."""


@overload
def as_streaming_async(
    function: Callable[P, Awaitable[T]], operation: Operation[Any, H_co]
) -> Callable[P, AsyncStreaming[AsyncStreamingResponse[T, H_co]]]:
    """With the documented headers of its operation."""


def as_streaming_async(
    function: Callable[P, Awaitable[T]], operation: Any = None
) -> Callable[P, AsyncStreaming[AsyncStreamingResponse[T, Any]]]:
    """As `as_streaming`, for a coroutine function."""

    def open_stream(*arguments: P.args, **options: P.kwargs) -> AsyncStreaming[AsyncStreamingResponse[T, Any]]:
        return AsyncStreaming(lambda headers: cast(Any, function)(*arguments, **with_headers(options, headers)))

    open_stream.__doc__ = function.__doc__
    return open_stream


def with_headers(options: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Give the options of a call with further headers."""
    return {**options, "headers": {**(options.get("headers") or {}), **headers}} if headers else options

"""Responses as they came: status, headers and bytes of a success, at once or in pieces, the value on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast, overload

from .errors import APIError
from .exchange import MAX_BODY, Failure
from .headers import H_co, Headers

if TYPE_CHECKING:
    import os

    from .download import Checksum, Progress
    from .events import Event
    from .transport import AsyncExchange, Exchange

T = TypeVar("T")
Item = TypeVar("Item")
Opened = TypeVar("Opened", bound="StreamedBody[Any]")
AsyncOpened = TypeVar("AsyncOpened", bound="AsyncStreamedBody[Any]")
Fail = Callable[[Failure], Exception]


class Parser(Protocol):
    """Reads what came as the operation documents it."""

    def __call__(self, body: bytes, kind: Any = None) -> Any:
        """Give the value of a body, or one of a type."""

    def headers(self) -> Any:
        """Give the headers."""


class RawResponse(Generic[T, H_co]):
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

    @property
    def typed_headers(self) -> H_co:
        """The headers as the operation documents them, each read when it is asked for; `headers` has all that came."""
        return cast(H_co, self._parser.headers())

    def parse(self) -> T:
        """Give the operation's value.

        Raises:
            ResponseValidationError: the body is not what the operation returns.
        """
        return cast(T, self._parser(self.content))

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code}, {len(self.content)} bytes>"


class StreamedBody(Generic[T, H_co]):
    """A success whose body has not been read; use it in a `with` block."""

    def __init__(self, status_code: int, headers: Headers, exchange: Exchange, parser: Parser, fail: Fail) -> None:
        self.status_code = status_code
        self.headers = headers
        self._exchange, self._parser, self._fail = exchange, parser, fail
        self._content: bytes | None = None

    @property
    def typed_headers(self) -> H_co:
        """The headers as the operation documents them, each read when it is asked for; `headers` has all that came."""
        return cast(H_co, self._parser.headers())

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

    def _events(self, until: str | None) -> Iterator[Event[str]]:
        from .events import events_of

        events = events_of(self.status_code, self.headers.get("content-type", ""))
        for piece in self.iter_bytes():
            for event in events.feed(piece):
                if until is not None and event.data == until:
                    self.close()
                    return
                yield event

    def _texts(self) -> Iterator[bytes]:
        from .events import texts_of

        texts = texts_of(self.status_code, self.headers.get("content-type", ""))
        for piece in self.iter_bytes():
            yield from texts.feed(piece)
        yield from texts.finish()

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


class StreamingResponse(StreamedBody[T, H_co]):
    """A streamed success of an operation of which nothing is known but that; use it in a `with` block."""

    @overload
    def iter_events(self, *, until: str | None = None) -> Iterator[Event[str]]: ...
    @overload
    def iter_events(self, kind: type[Item], *, until: str | None = None) -> Iterator[Event[Item]]: ...
    def iter_events(self, kind: Any = None, *, until: str | None = None) -> Iterator[Event[Any]]:
        """Give the server-sent events as they arrive, their data as JSON of a type or else as text.

        Data equal to `until`, such as "[DONE]", ends the stream and is not given. Nothing reconnects.

        Raises:
            APIError: the stream broke off or did not come in time, is none of events, an event is larger than
                8 MiB, or its data is not of the type.
        """
        for event in self._events(until):
            yield event if kind is None else event._replace(data=self._parser(event.data.encode(), kind))

    @overload
    def iter_json(self) -> Iterator[Any]: ...
    @overload
    def iter_json(self, kind: type[Item]) -> Iterator[Item]: ...
    def iter_json(self, kind: Any = Any) -> Iterator[Any]:
        """Give the values of JSON lines, or of a JSON text sequence, as they arrive; of a type if one is given.

        Raises:
            APIError: the stream broke off or did not come in time, is of another kind, or a value is larger than
                8 MiB or not of the type.
        """
        for text in self._texts():
            yield self._parser(text, kind)


class AsyncStreamedBody(Generic[T, H_co]):
    """As `StreamedBody`, for `async with`."""

    def __init__(self, status_code: int, headers: Headers, exchange: AsyncExchange, parser: Parser, fail: Fail) -> None:
        self.status_code = status_code
        self.headers = headers
        self._exchange, self._parser, self._fail = exchange, parser, fail
        self._content: bytes | None = None

    @property
    def typed_headers(self) -> H_co:
        """The headers as the operation documents them, each read when it is asked for; `headers` has all that came."""
        return cast(H_co, self._parser.headers())

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

    async def _events(self, until: str | None) -> AsyncIterator[Event[str]]:
        from .events import events_of

        events = events_of(self.status_code, self.headers.get("content-type", ""))
        async for piece in self.iter_bytes():
            for event in events.feed(piece):
                if until is not None and event.data == until:
                    await self.close()
                    return
                yield event

    async def _texts(self) -> AsyncIterator[bytes]:
        from .events import texts_of

        texts = texts_of(self.status_code, self.headers.get("content-type", ""))
        async for piece in self.iter_bytes():
            for text in texts.feed(piece):
                yield text
        for text in texts.finish():
            yield text

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


class AsyncStreamingResponse(AsyncStreamedBody[T, H_co]):
    """As `StreamingResponse`, for `async with`."""

    @overload
    def iter_events(self, *, until: str | None = None) -> AsyncIterator[Event[str]]: ...
    @overload
    def iter_events(self, kind: type[Item], *, until: str | None = None) -> AsyncIterator[Event[Item]]: ...
    async def iter_events(self, kind: Any = None, *, until: str | None = None) -> AsyncIterator[Event[Any]]:
        """As `StreamingResponse.iter_events`."""
        async for event in self._events(until):
            yield event if kind is None else event._replace(data=self._parser(event.data.encode(), kind))

    @overload
    def iter_json(self) -> AsyncIterator[Any]: ...
    @overload
    def iter_json(self, kind: type[Item]) -> AsyncIterator[Item]: ...
    async def iter_json(self, kind: Any = Any) -> AsyncIterator[Any]:
        """As `StreamingResponse.iter_json`."""
        async for text in self._texts():
            yield self._parser(text, kind)


class Streaming(Generic[Opened]):
    """A call that is made on entering a `with` block, and whose response is closed on leaving it."""

    def __init__(self, call: Callable[[Mapping[str, str]], Any]) -> None:
        self._call = call
        self._response: Opened | None = None

    def __enter__(self) -> Opened:
        return self._open({})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._response is not None:
            self._response.close()

    def _open(self, headers: Mapping[str, str]) -> Opened:
        response = cast(Opened, self._call(headers))
        self._response = response
        return response

    def to_file(
        self,
        path: str | os.PathLike[str],
        *,
        progress: Progress | None = None,
        checksum: Checksum | None = None,
        sha256: str | None = None,
        resumes: int = 5,
    ) -> int:
        """Make the call and write its body to a file, which appears when all of it is there; give its length.

        What a connection that breaks left in `path` + ".part" is continued, up to `resumes` times and by a later call,
        where the service told a strong ETag or Last-Modified. `progress` is called with the bytes that are there and
        their number in the end, if told. `checksum` is told every byte; digests that the service tells are compared.

        Raises:
            APIError: the call failed, the connection broke for good, or length or digest are others than told.
            OSError: the file cannot be written.
        """
        from .download import Download

        download = Download(path, progress=progress, checksum=checksum, sha256=sha256)
        while True:
            try:
                response = self._open(download.request())
                download.begin(response.status_code, response.headers)
                for piece in response.iter_bytes():
                    download.write(piece)
                return download.finish()
            except APIError as error:
                resumes -= 1
                if resumes < 0 or not download.may_go_on(error):
                    raise
            finally:
                download.pause()
                self.__exit__(None, None, None)


class AsyncStreaming(Generic[AsyncOpened]):
    """As `Streaming`, for `async with`."""

    def __init__(self, call: Callable[[Mapping[str, str]], Awaitable[Any]]) -> None:
        self._call = call
        self._response: AsyncOpened | None = None

    async def __aenter__(self) -> AsyncOpened:
        return await self._open({})

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._response is not None:
            await self._response.close()

    async def _open(self, headers: Mapping[str, str]) -> AsyncOpened:
        response = cast(AsyncOpened, await self._call(headers))
        self._response = response
        return response

    async def to_file(
        self,
        path: str | os.PathLike[str],
        *,
        progress: Progress | None = None,
        checksum: Checksum | None = None,
        sha256: str | None = None,
        resumes: int = 5,
    ) -> int:
        """As `Streaming.to_file`; files are written in another thread, which also calls `progress` and `checksum`."""
        from asyncio import to_thread

        from .download import Download

        download = Download(path, progress=progress, checksum=checksum, sha256=sha256)
        while True:
            try:
                response = await self._open(await to_thread(download.request))
                await to_thread(download.begin, response.status_code, response.headers)
                async for piece in response.iter_bytes():
                    await to_thread(download.write, piece)
                return await to_thread(download.finish)
            except APIError as error:
                resumes -= 1
                if resumes < 0 or not await to_thread(download.may_go_on, error):
                    raise
            finally:
                download.pause()
                await self.__aexit__(None, None, None)

"""Streams that a document describes: an operation is asked for one, its items come out as they arrive and typed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from types import TracebackType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Self,
    TypeVar,
    Union,
    get_args,
    get_origin,
    overload,
)

from pydantic import BaseModel

from .depth import too_deep
from .errors import StreamError
from .events import EVENT_STREAM, Event, is_texts
from .headers import H_co
from .media import plain
from .operation import ByEvent, StreamedOperation
from .options import NO_OPTIONS, CallOptions
from .parse import read_json
from .raw import AsyncStreamedBody, AsyncStreaming, StreamedBody, Streaming
from .redact import one_line
from .unset import UNSET

if TYPE_CHECKING:
    from .exchange import Failure
    from .flow import Call, Reply
    from .raw import Parser
    from .transport import AsyncExchange, Exchange

T = TypeVar("T")
Item = TypeVar("Item")
Other = TypeVar("Other")
_DONE = "[DONE]"
"""What ends a stream of JSON though no document says so: it is no JSON, and many services send it."""
_SHOWN = 200
_KEPT_BODY = 2048


class Items:
    """Reads what one answer brings as the items of its operation."""

    def __init__(self, operation: StreamedOperation[Any, Any], call: Call, reply: Reply, parser: Parser) -> None:
        declared = operation.loaded.streams
        name = plain(reply.headers.get("content-type", ""))
        kind = declared[name] if name in declared else next(iter(declared.values()), Any)
        self._kinds: Mapping[str, Any] = kind.kinds if isinstance(kind, ByEvent) else {}
        self._other: Any = kind.other if isinstance(kind, ByEvent) else kind
        if str in self._kinds.values():
            self._other = str  # an event of a name that nobody wrote down may hold text
        self._operation, self._parser, self._redactor = operation, parser, call.redactor
        self.has_events = not is_texts(name if name == EVENT_STREAM or is_texts(name) else operation.stream.media_type)
        self._may_fail = not _names_error(self._other)
        self.until = operation.stream.until or (None if self._other is str else _DONE)

    def event(self, event: Event[str], kind: Any) -> Event[Any]:
        """Give an event with its data read as documented, or as JSON of a type if one is given.

        Raises:
            StreamError: the service tells of an error that the document does not describe as an event.
            ResponseValidationError: the data is no JSON; with `validate="strict"`, also if it is of another type.
        """
        if kind is not None:
            return event._replace(data=self._parser(event.data.encode(), kind))
        is_error = event.event == "error" and event.event not in self._kinds
        if is_error and not self._operation.stream.errors_are_items:
            raise self._error(event.event, event.data)
        kind = self._kinds.get(event.event, self._other)
        return event if kind is str else event._replace(data=self._read(event.event, event.data.encode(), kind))

    def value(self, text: bytes, kind: Any) -> Any:
        """Give a value of JSON lines or of a JSON text sequence, as `event` does."""
        if kind is not None:
            return self._parser(text, kind)
        return self._read("", text, self._other)

    def _read(self, event: str, data: bytes, kind: Any) -> Any:
        if self._may_fail and b'"error"' in data and not too_deep(data):
            told = read_json(data)
            if isinstance(told, dict) and isinstance(told.get("error"), dict | str):
                raise self._error(event, data.decode("utf-8", "replace"))
        return self._parser(data, kind)

    def _error(self, event: str, data: str) -> StreamError:
        redactor = self._redactor()
        return StreamError(
            f"{self._operation.id}: the service told an error in the stream: {one_line(redactor.text(data))[:_SHOWN]}",
            operation=self._operation.id,
            event=event,
            body=redactor.data(data.encode())[:_KEPT_BODY],
        )


def _names_error(kind: Any) -> bool:
    """Say whether an object with a member `error` may be an item: a service may send such a one in place of an item."""
    if get_origin(kind) is Annotated:
        return _names_error(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return any(map(_names_error, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _field(kind, "error") in kind.model_fields
    return True


class TypedStreamingResponse(StreamedBody[T, H_co], Generic[T, Item, H_co]):
    """A streamed success of an operation whose items have a type; use it in a `with` block."""

    def __init__(
        self,
        status_code: int,
        headers: Any,
        exchange: Exchange,
        parser: Parser,
        fail: Callable[[Failure], Exception],
        items: Items,
    ) -> None:
        super().__init__(status_code, headers, exchange, parser, fail)
        self._items = items

    @overload
    def iter_events(self, *, until: str | None = None) -> Iterator[Event[Item]]: ...
    @overload
    def iter_events(self, kind: type[Other], *, until: str | None = None) -> Iterator[Event[Other]]: ...
    def iter_events(self, kind: Any = None, *, until: str | None = None) -> Iterator[Event[Any]]:
        """Give the server-sent events as they arrive, their data read as documented, or as JSON of another type.

        Data equal to `until` ends the stream and is not given; without it, what the document says, or else `[DONE]`
        where the data is JSON. Nothing reconnects.

        Raises:
            APIError: the stream broke off or did not come in time, is none of events, an event is larger than 8 MiB,
                its data is not of the type, or it tells of an error (`StreamError`).
        """
        for event in self._events(until or self._items.until):
            yield self._items.event(event, kind)

    @overload
    def iter_json(self) -> Iterator[Item]: ...
    @overload
    def iter_json(self, kind: type[Other]) -> Iterator[Other]: ...
    def iter_json(self, kind: Any = None) -> Iterator[Any]:
        """Give the values of JSON lines, or of a JSON text sequence, as they arrive, of the documented type or another.

        Raises:
            APIError: as `iter_events`.
        """
        for text in self._texts():
            yield self._items.value(text, kind)

    def iter_items(self) -> Iterator[Item]:
        """Give the values, or what the events hold, whichever the answer brings; of 204 and 205 there are none."""
        if self._items.has_events:
            for event in self.iter_events():
                yield event.data
        else:
            yield from self.iter_json()


class AsyncTypedStreamingResponse(AsyncStreamedBody[T, H_co], Generic[T, Item, H_co]):
    """As `TypedStreamingResponse`, for `async with`."""

    def __init__(
        self,
        status_code: int,
        headers: Any,
        exchange: AsyncExchange,
        parser: Parser,
        fail: Callable[[Failure], Exception],
        items: Items,
    ) -> None:
        super().__init__(status_code, headers, exchange, parser, fail)
        self._items = items

    @overload
    def iter_events(self, *, until: str | None = None) -> AsyncIterator[Event[Item]]: ...
    @overload
    def iter_events(self, kind: type[Other], *, until: str | None = None) -> AsyncIterator[Event[Other]]: ...
    async def iter_events(self, kind: Any = None, *, until: str | None = None) -> AsyncIterator[Event[Any]]:
        """As `TypedStreamingResponse.iter_events`."""
        async for event in self._events(until or self._items.until):
            yield self._items.event(event, kind)

    @overload
    def iter_json(self) -> AsyncIterator[Item]: ...
    @overload
    def iter_json(self, kind: type[Other]) -> AsyncIterator[Other]: ...
    async def iter_json(self, kind: Any = None) -> AsyncIterator[Any]:
        """As `TypedStreamingResponse.iter_json`."""
        async for text in self._texts():
            yield self._items.value(text, kind)

    async def iter_items(self) -> AsyncIterator[Item]:
        """As `TypedStreamingResponse.iter_items`."""
        if self._items.has_events:
            async for event in self.iter_events():
                yield event.data
        else:
            async for value in self.iter_json():
                yield value


class Stream(Iterator[Item]):
    """The items of a stream as they arrive: an iterator, whose call is made at the first item or on entering `with`.

    Leaving the `with` block, `close()` and the last item close the connection.
    """

    def __init__(self, call: Callable[[Mapping[str, str]], Any]) -> None:
        self._opened: Streaming[TypedStreamingResponse[Any, Item]] = Streaming(call)
        self._response: TypedStreamingResponse[Any, Item] | None = None
        self._items = self._read()

    def open(self) -> TypedStreamingResponse[Any, Item]:
        """Make the call, once, and give the answer with its status and headers."""
        if self._response is None:
            self._response = self._opened.__enter__()
        return self._response

    def _read(self) -> Iterator[Item]:
        try:
            yield from self.open().iter_items()
        finally:
            self.close()

    def events(self) -> Iterator[Event[Item]]:
        """Give the events themselves, with their names and ids."""
        return self.open().iter_events()

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        return next(self._items)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the rest unread; closing twice is closing once."""
        self._opened.__exit__(None, None, None)


class AsyncStream(AsyncIterator[Item]):
    """As `Stream`, for `async for` and `async with`."""

    def __init__(self, call: Callable[[Mapping[str, str]], Awaitable[Any]]) -> None:
        self._opened: AsyncStreaming[AsyncTypedStreamingResponse[Any, Item]] = AsyncStreaming(call)
        self._response: AsyncTypedStreamingResponse[Any, Item] | None = None
        self._items = self._read()

    async def open(self) -> AsyncTypedStreamingResponse[Any, Item]:
        """Make the call, once, and give the answer with its status and headers."""
        if self._response is None:
            self._response = await self._opened.__aenter__()
        return self._response

    async def _read(self) -> AsyncIterator[Item]:
        try:
            async for item in (await self.open()).iter_items():
                yield item
        finally:
            await self.close()

    async def events(self) -> AsyncIterator[Event[Item]]:
        """Give the events themselves, with their names and ids."""
        async for event in (await self.open()).iter_events():
            yield event

    def __aiter__(self) -> AsyncIterator[Item]:
        return self

    async def __anext__(self) -> Item:
        return await anext(self._items)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave the rest unread; closing twice is closing once."""
        await self._opened.__aexit__(None, None, None)


def stream(call: Callable[..., Any], operation: StreamedOperation[Any, Item], *given: Any) -> Stream[Item]:
    """Give the items of a stream that an operation is asked for; `call` makes calls whose answers are streamed."""
    parts = switched(operation, *given)
    return Stream(lambda headers: call(operation, *parts))


def stream_async(call: Callable[..., Any], operation: StreamedOperation[Any, Item], *given: Any) -> AsyncStream[Item]:
    """As `stream`, for a coroutine function."""
    parts = switched(operation, *given)
    return AsyncStream(lambda headers: call(operation, *parts))


def opened(
    operation: StreamedOperation[Any, Any],
    call: Call,
    reply: Reply,
    exchange: Exchange,
    parser: Parser,
    fail: Callable[[Failure], Exception],
) -> TypedStreamingResponse[Any, Any]:
    """Give the success of a call whose body is read as it arrives."""
    items = Items(operation, call, reply, parser)
    return TypedStreamingResponse(reply.status, reply.headers, exchange, parser, fail, items)


def opened_async(
    operation: StreamedOperation[Any, Any],
    call: Call,
    reply: Reply,
    exchange: AsyncExchange,
    parser: Parser,
    fail: Callable[[Failure], Exception],
) -> AsyncTypedStreamingResponse[Any, Any]:
    """As `opened`, for `async with`."""
    items = Items(operation, call, reply, parser)
    return AsyncTypedStreamingResponse(reply.status, reply.headers, exchange, parser, fail, items)


def switched(
    operation: StreamedOperation[Any, Any],
    arguments: Mapping[str, object],
    fields: Mapping[str, object] | None = None,
    body: object = UNSET,
    options: CallOptions = NO_OPTIONS,
) -> tuple[Mapping[str, object], Mapping[str, object] | None, object, CallOptions]:
    """Give what a call is made of such that it asks for a stream: by its Accept header, and a field or argument."""
    place, name = operation.stream.switch
    if place == "query":
        arguments = {**arguments, name: True}
    elif place == "body":
        if isinstance(body, BaseModel):
            body = body.model_copy(update={_field(type(body), name): True})
        elif isinstance(body, Mapping):
            body = {**body, name: True}
        elif body is UNSET:
            wire = dict(operation.body.fields) if operation.body is not None else {}
            fields = {**(fields or {}), next(argument for argument, told in wire.items() if told == name): True}
    given = options.headers or {}
    if not any(header.lower() == "accept" for header in given):
        options = options.changed(headers={**given, "Accept": operation.stream.media_type})
    return arguments, fields, body, options


def _field(model: type[BaseModel], wire: str) -> str:
    fields = model.model_fields
    return next((name for name, field in fields.items() if (field.serialization_alias or name) == wire), wire)

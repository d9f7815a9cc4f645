"""The two clients that generated ones extend: thin shells that run one flow, blocking or with `await`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn, Self, TypeVar, Unpack, cast

from .core import DEFAULT_CONCURRENCY, NO_OPTIONS, CallOptions, Core
from .errors import APIError
from .exchange import Answer, Command, Enter, Failure, Renew, Send, Sleep
from .flow import Call, Reply, call_flow
from .library import AsyncHttpClient, Certificate, HttpClient
from .operation import Operation, StreamedOperation
from .raw import AsyncStreamingResponse, RawResponse, StreamingResponse
from .service import Service
from .transport import AsyncExchange, AsyncTransport, Exchange, SyncTransport
from .unset import UNSET

if TYPE_CHECKING:
    from ssl import SSLContext

    from .core import ChangedOptions, CoreSettings

T = TypeVar("T")
_Mode = Literal["value", "raw", "streaming"]
_NOT_PICKLED = "a client is not pickled: make one where it is needed"
_NOT_IN_TIME = Failure("timeout", "no credentials in time", TimeoutError)


class SyncClient:
    """The base of generated clients."""

    service: ClassVar[Service]

    def __init__(
        self,
        *,
        http_client: HttpClient | None = None,
        sleep: Callable[[float], None] = time.sleep,
        max_concurrency: int = DEFAULT_CONCURRENCY,
        trust_env: bool = False,
        ssl_context: SSLContext | None = None,
        cert: Certificate | None = None,
        **settings: Unpack[CoreSettings],
    ) -> None:
        self._core = Core(self.service, **settings)
        self._transport = SyncTransport(
            client=http_client,
            concurrency=max_concurrency,
            trust_env=trust_env,
            context=ssl_context,
            cert=cert,
        )
        self._sleep = sleep
        self._mode: _Mode = "value"

    def _call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        fields: Mapping[str, object] | None = None,
        body: object = UNSET,
        options: CallOptions = NO_OPTIONS,
    ) -> T:
        core, mode = self._core, self._mode
        call = core.call(operation, arguments, fields, body, options, stream=mode == "streaming")
        if getattr(call.body, "is_async", False):
            raise TypeError(f"{operation.name}(): a stream that has to be awaited is sent by the asynchronous client")
        try:
            reply, exchange = self._run(call)
            if mode == "value":
                return cast(T, core.value(operation, call, reply, reply.body or b""))
        except APIError as error:
            described = core.described(operation, error)
            raise described.with_traceback(None) from error.__cause__  # frames below hold requests and answers
        parser = core.parser(operation, call, reply)
        if mode == "raw":
            return cast(T, RawResponse(reply.status, reply.headers, reply.body or b"", parser))
        if isinstance(operation, StreamedOperation):
            opened = import_module(".streams", __package__).opened  # packages without streams have no such module
            return cast(T, opened(operation, call, reply, exchange, parser, core.failure(call)))
        return cast(T, StreamingResponse(reply.status, reply.headers, exchange, parser, core.failure(call)))

    def _run(self, call: Call) -> tuple[Reply, Exchange]:
        return cast("tuple[Reply, Exchange]", self._driven(call, call_flow(call)))

    def _steps(self, call: Call, steps: Generator[Command, Answer, T]) -> T:
        return cast(T, self._driven(call, steps)[0])

    def _driven(self, call: Call, flow: Generator[Command, Answer, Any]) -> tuple[Any, Exchange | None]:
        exchange: Exchange | None = None
        finished = False
        try:
            command = next(flow)
            while True:
                answer: Answer = None
                if isinstance(command, Send):
                    sent = self._transport.send(command)
                    if isinstance(sent, Exchange):
                        exchange, answer = sent, sent.head
                    else:
                        answer = sent
                elif isinstance(command, Sleep):
                    self._sleep(command.seconds)
                elif isinstance(command, Renew | Enter):
                    answer = _waited(command)
                elif exchange is not None:
                    answer = exchange.read(command.limit, command.cut)
                command = flow.send(answer)
        except StopIteration as stop:
            finished = True
            return stop.value, exchange
        finally:
            flow.close()
            if exchange is not None and not (finished and call.stream):
                exchange.close()

    def _iterate(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        fields: Mapping[str, object] | None = None,
        options: CallOptions = NO_OPTIONS,
        body: object = UNSET,
    ) -> Iterator[Any]:
        from .pages import Pages  # only here: most programs list one page

        pages = Pages(operation, arguments, self._core.address(operation, arguments), fields, body)
        raw = self._raw_view()
        while not pages.done:
            chosen = options.changed(address=pages.address)
            answer = cast("RawResponse[Any]", raw._call(operation, pages.arguments, pages.fields, pages.body, chosen))
            yield from pages.take(answer)

    def with_options(self, **options: Unpack[ChangedOptions]) -> Self:
        """Give a client of other options that shares connections and credentials with this one.

        Args:
            timeout: seconds for a whole call, retries included; None for no limit.
            max_retries: how often a call that may be repeated is sent again.
            headers: sent with every call, besides those of this client.
            extra_query: parameters for the query of every call, besides those of this client.
            idempotency_header: where every POST and PATCH sends a key of its own, so that it may be sent again.
            validate: "tolerant" or "strict".
            hooks: functions that see each attempt, instead of those of this client.
            base_url: where calls are sent, instead of where this client sends them; they are signed as before.

        Raises:
            ConfigurationError, RequestValidationError: an option that is not as described.
        """
        view = self._view(self._mode)
        view._core = self._core.with_options(options)
        return view

    def _raw_view(self) -> Self:
        return self._view("raw")

    def _streaming_view(self) -> Self:
        return self._view("streaming")

    def _view(self, mode: _Mode) -> Self:
        view = object.__new__(type(self))
        kept = {name: value for name, value in self.__dict__.items() if not _is_made(type(self), name)}
        view.__dict__.update(kept, _mode=mode)
        return view

    def __copy__(self) -> Self:
        return self._view(self._mode)

    def __reduce__(self) -> NoReturn:
        raise TypeError(_NOT_PICKLED)

    def close(self) -> None:
        """Close the connections; an http_client that was given stays open."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.base!r})"


class AsyncClient:
    """The base of generated asynchronous clients, for asyncio."""

    service: ClassVar[Service]

    def __init__(
        self,
        *,
        http_client: AsyncHttpClient | None = None,
        sleep: Callable[[float], Awaitable[None]] | None = None,
        max_concurrency: int = DEFAULT_CONCURRENCY,
        trust_env: bool = False,
        ssl_context: SSLContext | None = None,
        cert: Certificate | None = None,
        **settings: Unpack[CoreSettings],
    ) -> None:
        self._core = Core(self.service, **settings)
        self._transport = AsyncTransport(
            client=http_client,
            concurrency=max_concurrency,
            trust_env=trust_env,
            context=ssl_context,
            cert=cert,
        )
        self._sleep = _asyncio_sleep if sleep is None else sleep
        self._mode: _Mode = "value"

    async def _call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        fields: Mapping[str, object] | None = None,
        body: object = UNSET,
        options: CallOptions = NO_OPTIONS,
    ) -> T:
        core, mode = self._core, self._mode
        call = core.call(operation, arguments, fields, body, options, stream=mode == "streaming")
        try:
            reply, exchange = await self._run(call)
            if mode == "value":
                return cast(T, core.value(operation, call, reply, reply.body or b""))
        except APIError as error:
            described = core.described(operation, error)
            raise described.with_traceback(None) from error.__cause__  # frames below hold requests and answers
        parser = core.parser(operation, call, reply)
        if mode == "raw":
            return cast(T, RawResponse(reply.status, reply.headers, reply.body or b"", parser))
        if isinstance(operation, StreamedOperation):
            opened = import_module(".streams", __package__).opened_async
            return cast(T, opened(operation, call, reply, exchange, parser, core.failure(call)))
        return cast(T, AsyncStreamingResponse(reply.status, reply.headers, exchange, parser, core.failure(call)))

    async def _run(self, call: Call) -> tuple[Reply, AsyncExchange]:
        return cast("tuple[Reply, AsyncExchange]", await self._driven(call, call_flow(call)))

    async def _steps(self, call: Call, steps: Generator[Command, Answer, T]) -> T:
        return cast(T, (await self._driven(call, steps))[0])

    async def _driven(self, call: Call, flow: Generator[Command, Answer, Any]) -> tuple[Any, AsyncExchange | None]:
        exchange: AsyncExchange | None = None
        finished = False
        try:
            command = next(flow)
            while True:
                answer: Answer = None
                if isinstance(command, Send):
                    sent = await self._transport.send(command)
                    if isinstance(sent, AsyncExchange):
                        exchange, answer = sent, sent.head
                    else:
                        answer = sent
                elif isinstance(command, Sleep):
                    await self._sleep(command.seconds)
                elif isinstance(command, Renew | Enter):
                    answer = await _awaited(command)
                elif exchange is not None:
                    answer = await exchange.read(command.limit, command.cut)
                command = flow.send(answer)
        except StopIteration as stop:
            finished = True
            return stop.value, exchange
        finally:
            flow.close()
            if exchange is not None and not (finished and call.stream):
                await exchange.close()

    async def _iterate(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        fields: Mapping[str, object] | None = None,
        options: CallOptions = NO_OPTIONS,
        body: object = UNSET,
    ) -> AsyncIterator[Any]:
        from .pages import Pages  # only here: most programs list one page

        pages = Pages(operation, arguments, self._core.address(operation, arguments), fields, body)
        raw = self._raw_view()
        while not pages.done:
            chosen = options.changed(address=pages.address)
            answer = cast(
                "RawResponse[Any]", await raw._call(operation, pages.arguments, pages.fields, pages.body, chosen)
            )
            for item in pages.take(answer):
                yield item

    def with_options(self, **options: Unpack[ChangedOptions]) -> Self:
        """Give a client of other options that shares connections and credentials with this one.

        Args:
            timeout: seconds for a whole call, retries included; None for no limit.
            max_retries: how often a call that may be repeated is sent again.
            headers: sent with every call, besides those of this client.
            extra_query: parameters for the query of every call, besides those of this client.
            idempotency_header: where every POST and PATCH sends a key of its own, so that it may be sent again.
            validate: "tolerant" or "strict".
            hooks: functions that see each attempt, instead of those of this client.
            base_url: where calls are sent, instead of where this client sends them; they are signed as before.

        Raises:
            ConfigurationError, RequestValidationError: an option that is not as described.
        """
        view = self._view(self._mode)
        view._core = self._core.with_options(options)
        return view

    def _raw_view(self) -> Self:
        return self._view("raw")

    def _streaming_view(self) -> Self:
        return self._view("streaming")

    def _view(self, mode: _Mode) -> Self:
        view = object.__new__(type(self))
        kept = {name: value for name, value in self.__dict__.items() if not _is_made(type(self), name)}
        view.__dict__.update(kept, _mode=mode)
        return view

    def __copy__(self) -> Self:
        return self._view(self._mode)

    def __reduce__(self) -> NoReturn:
        raise TypeError(_NOT_PICKLED)

    async def aclose(self) -> None:
        """Close the connections; an http_client that was given stays open."""
        await self._transport.close()

    close = aclose

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.base!r})"


def _is_made(kind: type, name: str) -> bool:
    """Say whether an attribute was made from the client that has it: a view makes its own."""
    return isinstance(getattr(kind, name, None), cached_property)


def _left(moment: float | None) -> float | None:
    return None if moment is None else moment - time.monotonic()


def _waited(command: Renew | Enter) -> Answer:
    left = _left(command.deadline)
    if left is not None and left <= 0:
        return _NOT_IN_TIME
    if isinstance(command, Enter):
        return command.gate.enter(left) or _NOT_IN_TIME
    return command.source.get(command.wanted, left)


async def _awaited(command: Renew | Enter) -> Answer:
    from asyncio import timeout

    try:
        async with timeout(_left(command.deadline)):
            if isinstance(command, Enter):
                return await command.gate.aenter()
            return await command.source.aget(command.wanted)
    except TimeoutError:
        return _NOT_IN_TIME


async def _asyncio_sleep(seconds: float) -> None:
    from asyncio import sleep

    await sleep(seconds)

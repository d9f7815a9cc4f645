"""Requests as they were signed go out over a sender, bounded in number and time; heads and bodies come back."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

from .deadline import deadline
from .errors import ConfigurationError
from .exchange import Collector, Decoder, Failure, Send
from .inside import close_lost, drop_if_more_came
from .library import (
    AsyncHttpClient,
    Certificate,
    HttpClient,
    Sender,
    checked_context,
    given_sender,
    head_of,
    own_async_sender,
    own_sender,
)
from .quiet import quiet
from .record import Record

if TYPE_CHECKING:
    import asyncio
    from ssl import SSLContext

_NO_PLACE = Failure("timeout", "no place among the calls under way", TimeoutError)


def _left(moment: float | None) -> float | None:
    if moment is None:
        return None
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the call is up")
    return left


def _next_moment(command: Send) -> float | None:
    """Give the time by which the next piece of a body has to be there."""
    return command.deadline if command.idle is None else time.monotonic() + command.idle


def _checked(concurrency: int) -> int:
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise ConfigurationError("max_concurrency is a number from 1 on")
    return concurrency


class _Room(Record):
    """A sender, and the places of those who may use it at a time."""

    sender: Sender
    places: Any


class Exchange:
    """A response whose body is still to be read; closing it gives its place to the next call."""

    __slots__ = ("_command", "_library", "_places", "_response", "head")

    def __init__(self, response: Any, room: _Room, command: Send) -> None:
        self._response, self._command = response, command
        self._library, self._places = room.sender.library, room.places
        self.head = head_of(response)

    def read(self, limit: int, cut: bool) -> bytes | Failure:
        """Read the body, at most so many bytes of it, and close."""
        moment = self._command.deadline
        try:
            collector = Collector(self.head.headers, limit, cut)
            with deadline(moment), quiet(self._command.redactor):
                for data in self._response.stream:
                    _left(moment)
                    if not collector.add(data):
                        break
                self.close()
            return collector.body()
        except Exception as error:  # whatever a library or a transport of the caller's raises
            return self._library.failure(error, moment)
        finally:
            self.close()

    def pieces(self) -> Iterator[bytes | Failure]:
        """Give the decoded body piece by piece, and close; a Failure ends it."""
        moment = _next_moment(self._command)
        try:
            decoder = Decoder(self.head.headers)
            source = iter(self._response.stream)
            while True:
                moment = _next_moment(self._command)
                with deadline(moment), quiet(self._command.redactor):
                    _left(moment)
                    data = next(source, None)
                if data is None:
                    break
                yield from decoder.feed(data)
            decoder.finish()
        except Exception as error:  # as in `read`
            yield self._library.failure(error, moment)
        finally:
            self.close()

    def close(self) -> None:
        """Close the response; closing twice is closing once."""
        places, self._places = self._places, None
        if places is not None:
            try:
                drop_if_more_came(self._response)
                self._response.close()
            except Exception:  # noqa: S110  (what was wanted of the response is there)
                pass
            finally:
                places.release()


class SyncTransport:
    """Sends requests over pools of its own, one of them for TLS, or over what was given; at most so many at a time.

    A forked process opens pools of its own: two processes on one connection would read each other's answers. The pool
    it inherited is left alone, since closing it is up to the process that opened it.
    """

    def __init__(
        self,
        *,
        client: HttpClient | None,
        concurrency: int,
        trust_env: bool,
        context: SSLContext | None = None,
        cert: Certificate | None = None,
    ) -> None:
        self._trust_env, self._concurrency = trust_env, _checked(concurrency)
        self._context = checked_context(context, client, cert)
        self._given: Sender | None = None
        if client is not None:
            self._given = given_sender(client, handle="handle_request", close="close", wanted="Client")
        self._rooms: dict[tuple[int, bool], _Room] = {}
        self._places: dict[int, threading.BoundedSemaphore] = {}
        self._closed = False

    def _open(self, process: int, is_tls: bool) -> _Room:
        sender = self._given or own_sender(is_tls, self._concurrency, self._trust_env, self._context)
        places = self._places.setdefault(process, threading.BoundedSemaphore(self._concurrency))
        # Of two threads that open at once one wins; the pool of the other has no connections yet.
        return self._rooms.setdefault((process, is_tls), _Room(sender, places))

    def send(self, command: Send) -> Exchange | Failure:
        """Send a request and give its exchange, whose head is there."""
        if self._closed:
            raise RuntimeError("the client is closed")
        process, is_tls = os.getpid(), command.url.startswith("https:")
        room = self._rooms.get((process, is_tls)) or self._open(process, is_tls)
        library = room.sender.library
        try:
            left = _left(command.deadline)
        except TimeoutError as error:
            return library.failure(error, command.deadline)
        waits = not room.places.acquire(blocking=False)
        if waits and not room.places.acquire(timeout=left):
            return _NO_PLACE
        try:
            if waits and command.again is not None:
                command = command.again()
            request = library.request(command, _left(command.deadline))
            with deadline(command.deadline), quiet(command.redactor):
                return Exchange(room.sender.send(request), room, command)
        except Exception as error:  # as in `Exchange.read`
            room.places.release()
            return library.failure(error, command.deadline)
        except BaseException as error:
            room.places.release()
            raise error.with_traceback(None) from None  # frames of the library hold the request

    def close(self) -> None:
        """Close the pool; a client that was given stays open."""
        self._closed = True
        process = os.getpid()
        for room in filter(None, (self._rooms.get((process, is_tls)) for is_tls in (False, True))):
            if room.sender.close is not None:
                room.sender.close()


class AsyncExchange:
    """As `Exchange`, for `await`."""

    __slots__ = ("_command", "_places", "_response", "_sender", "head")

    def __init__(self, response: Any, room: _Room, command: Send) -> None:
        self._response, self._command = response, command
        self._sender, self._places = room.sender, room.places
        self.head = head_of(response)

    async def read(self, limit: int, cut: bool) -> bytes | Failure:
        """Read the body, at most so many bytes of it, and close."""
        from asyncio import timeout

        moment = self._command.deadline
        try:
            collector = Collector(self.head.headers, limit, cut)
            with quiet(self._command.redactor):
                async with timeout(_left(moment)):
                    async for data in self._response.stream:
                        if not collector.add(data):
                            break
                await self.close()
            return collector.body()
        except Exception as error:  # as in `Exchange.read`
            return self._sender.library.failure(error, moment)
        finally:
            await self.close()

    async def pieces(self) -> AsyncIterator[bytes | Failure]:
        """Give the decoded body piece by piece, and close; a Failure ends it."""
        from asyncio import timeout

        moment = _next_moment(self._command)
        try:
            decoder = Decoder(self.head.headers)
            source = aiter(self._response.stream)
            while True:
                moment = _next_moment(self._command)
                with quiet(self._command.redactor):
                    async with timeout(_left(moment)):
                        data = await anext(source, None)
                if data is None:
                    break
                for piece in decoder.feed(data):
                    yield piece
            decoder.finish()
        except Exception as error:  # as in `Exchange.read`
            yield self._sender.library.failure(error, moment)
        finally:
            await self.close()

    async def close(self) -> None:
        """Close the response; closing twice is closing once."""
        places, self._places = self._places, None
        if places is not None:
            try:
                drop_if_more_came(self._response)
                await self._response.aclose()
            except Exception:  # noqa: S110  (as in `Exchange.close`)
                pass
            except BaseException:
                await close_lost(self._sender.whole, self._response)
                raise
            finally:
                places.release()


class AsyncTransport:
    """As `SyncTransport`, for `await`, under asyncio: pools for each event loop, whose connections belong to it."""

    def __init__(
        self,
        *,
        client: AsyncHttpClient | None,
        concurrency: int,
        trust_env: bool,
        context: SSLContext | None = None,
        cert: Certificate | None = None,
    ) -> None:
        self._trust_env, self._concurrency = trust_env, _checked(concurrency)
        self._context = checked_context(context, client, cert)
        self._given: Sender | None = None
        if client is not None:
            self._given = given_sender(client, handle="handle_async_request", close="aclose", wanted="AsyncClient")
        self._rooms: dict[tuple[asyncio.AbstractEventLoop, bool], _Room] = {}
        self._places: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}
        self._closed = False

    def _open(self, loop: asyncio.AbstractEventLoop, is_tls: bool) -> _Room:
        from asyncio import Semaphore

        for key in [key for key in self._rooms.copy() if key[0].is_closed()]:
            self._rooms.pop(key, None)
            self._places.pop(key[0], None)
        sender = self._given or own_async_sender(is_tls, self._concurrency, self._trust_env, self._context)
        places = self._places.setdefault(loop, Semaphore(self._concurrency))
        return self._rooms.setdefault((loop, is_tls), _Room(sender, places))

    async def send(self, command: Send) -> AsyncExchange | Failure:
        """Send a request and give its exchange, whose head is there."""
        from asyncio import get_running_loop, timeout

        if self._closed:
            raise RuntimeError("the client is closed")
        loop, is_tls = get_running_loop(), command.url.startswith("https:")
        room = self._rooms.get((loop, is_tls)) or self._open(loop, is_tls)
        library = room.sender.library
        waits = room.places.locked()
        try:
            async with timeout(_left(command.deadline)):
                await room.places.acquire()
        except TimeoutError:
            return _NO_PLACE
        try:
            if waits and command.again is not None:
                command = command.again()
            left = _left(command.deadline)
            request = library.request(command, left)
            with quiet(command.redactor):
                async with timeout(left):
                    response = await room.sender.send(request)
            return AsyncExchange(response, room, command)
        except Exception as error:  # as in `Exchange.read`
            if isinstance(error, TimeoutError):
                await close_lost(room.sender.whole)
            room.places.release()
            return library.failure(error, command.deadline)
        except BaseException as error:
            room.places.release()
            await close_lost(room.sender.whole)
            raise error.with_traceback(None) from None  # as in `SyncTransport.send`

    async def close(self) -> None:
        """Close the pool of the running loop; a client that was given stays open."""
        from asyncio import get_running_loop

        self._closed = True
        loop = get_running_loop()
        for room in filter(None, (self._rooms.get((loop, is_tls)) for is_tls in (False, True))):
            if room.sender.close is not None:
                await room.sender.close()

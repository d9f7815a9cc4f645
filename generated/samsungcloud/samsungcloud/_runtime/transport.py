"""The only room that knows httpx: requests as they were signed go out over it, status, headers and bodies come back."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import httpx

from .deadline import bound_streams, deadline
from .errors import ConfigurationError
from .exchange import (
    BadCodingError,
    Collector,
    Decoder,
    Failure,
    FailureKind,
    Head,
    Send,
    TooLargeError,
)
from .headers import Headers

if TYPE_CHECKING:
    import asyncio
    import ssl

HttpxClient = httpx.Client
HttpxAsyncClient = httpx.AsyncClient

_CONNECT_TIMEOUT = 10.0
_FAULTS = (
    httpx.HTTPError,
    httpx.StreamError,
    httpx.InvalidURL,
    TimeoutError,
    TooLargeError,
    BadCodingError,
)
_KINDS: tuple[tuple[type[Exception], FailureKind], ...] = (
    (httpx.ConnectTimeout, "connect"),
    (httpx.TimeoutException, "timeout"),
    (TimeoutError, "timeout"),
    (httpx.ConnectError, "connect"),
    (httpx.ProxyError, "connect"),
    (httpx.NetworkError, "broken"),
    (httpx.RemoteProtocolError, "broken"),
    (TooLargeError, "too-large"),
    (BadCodingError, "encoding"),
)


def _failure(error: Exception) -> Failure:
    kinds: list[FailureKind] = [kind for cls, kind in _KINDS if isinstance(error, cls)]
    kind: FailureKind = kinds[0] if kinds else "local"
    text = str(error)
    if kind == "local":
        text = "the request cannot be sent"  # the library's own text may quote a header's value
    if kind == "broken" and "too long" in text:
        kind = "too-large"  # the parser's own limit for a response's head
    known = isinstance(error, httpx.HTTPError | httpx.StreamError)
    return Failure(
        kind, text, type(error) if known else TimeoutError if kind == "timeout" else RuntimeError
    )


def normalise_base(text: str, *, allow_http: bool) -> str:
    """Bring a base URL into the form in which it goes on the wire, without a slash at its end.

    Raises:
        ConfigurationError: not http(s), user info, query, fragment, or http to another machine without leave.
    """
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, TypeError, ValueError, UnicodeError):
        raise ConfigurationError("base_url is not an address") from None
    if url.scheme not in ("https", "http") or not url.host or (url.port or 1) > 65535:
        raise ConfigurationError("base_url is not an http(s) address")
    if url.userinfo or url.query or url.fragment or "?" in text or "#" in text:
        raise ConfigurationError("base_url has user info, a query or a fragment")
    if url.scheme == "http" and not allow_http and not _loopback(url.host):
        raise ConfigurationError(
            f"base_url: http:// to {url.host} is not encrypted: use https://, or pass allow_http=True"
        )
    authority = url.netloc.decode("ascii")
    return f"{url.scheme}://{authority}{url.raw_path.decode('ascii').rstrip('/')}"


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@functools.cache
def _tls_context() -> ssl.SSLContext:
    """Make the one TLS context of the process: it costs tens of milliseconds. Nothing in the environment changes it."""
    return httpx.create_ssl_context(trust_env=False)


@functools.cache
def _no_tls_context() -> ssl.SSLContext:
    """Make a context that trusts nobody, for clients of http:// addresses."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _QuietURL(httpx.URL):
    """An address that keeps its query out of log lines: a signer put a signature there."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc.decode('ascii')}{self.path}?***"

    __repr__ = __str__


def _request(command: Send, stream: httpx.ByteStream, left: float | None) -> httpx.Request:
    url = httpx.URL(command.url)
    if str(url) != command.url:
        raise httpx.InvalidURL("the address would not go on the wire as it was signed")
    timeouts = {
        "connect": _CONNECT_TIMEOUT if left is None else min(left, _CONNECT_TIMEOUT),
        "read": left,
        "write": left,
        "pool": left,
    }
    headers = [(name.encode("ascii"), value.encode("utf-8")) for name, value in command.headers]
    request = httpx.Request(
        command.method, url, headers=headers, stream=stream, extensions={"timeout": timeouts}
    )
    if command.hidden:
        request.url = _QuietURL(url)
    return request


def _head(response: httpx.Response) -> Head:
    pairs = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw
    ]
    return Head(response.status_code, Headers(pairs))


def _left(moment: float | None) -> float | None:
    if moment is None:
        return None
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the call is up")
    return left


class Exchange:
    """A response whose body is still to be read; closing it gives its place to the next call."""

    __slots__ = ("_deadline", "_release", "_response", "head")

    def __init__(self, response: httpx.Response, release: Any, moment: float | None) -> None:
        self._response = response
        self._release = release
        self._deadline = moment
        self.head = _head(response)

    def read(self, limit: int, cut: bool) -> bytes | Failure:
        """Read the body, at most so many bytes of it, and close."""
        try:
            collector = Collector(self.head.headers, limit, cut)
            with deadline(self._deadline):
                for data in self._stream():
                    _left(self._deadline)
                    if not collector.add(data):
                        break
                self.close()
            return collector.body()
        except _FAULTS as error:
            return _failure(error)
        finally:
            self.close()

    def pieces(self) -> Iterator[bytes | Failure]:
        """Give the decoded body piece by piece, and close; a Failure ends it."""
        try:
            decoder = Decoder(self.head.headers)
            source = iter(self._stream())
            while True:
                with deadline(self._deadline):
                    _left(self._deadline)
                    data = next(source, None)
                if data is None:
                    break
                yield from decoder.feed(data)
        except _FAULTS as error:
            yield _failure(error)
        finally:
            self.close()

    def _stream(self) -> Any:
        return self._response.stream

    def close(self) -> None:
        """Close the response; closing twice is closing once."""
        release, self._release = self._release, None
        if release is not None:
            try:
                self._response.close()
            except _FAULTS:
                pass
            finally:
                release()


class SyncTransport:
    """Sends requests over a pool of its own, or over a client that was given; at most so many at a time."""

    def __init__(
        self, *, base: str, client: httpx.Client | None, concurrency: int, trust_env: bool
    ) -> None:
        if client is not None and not isinstance(client, httpx.Client):
            raise TypeError("http_client is not an httpx.Client")
        self._base, self._client, self._owned = base, client, client is None
        self._trust_env, self._concurrency = trust_env, concurrency
        self._places = threading.BoundedSemaphore(concurrency)
        self._lock = threading.Lock()
        self._pool: httpx.HTTPTransport | None = None
        self._closed = False

    def _open(self) -> None:
        with self._lock:
            if self._pool is not None or self._client is not None:
                return
            context = _tls_context() if self._base.startswith("https:") else _no_tls_context()
            limits = httpx.Limits(
                max_connections=self._concurrency, max_keepalive_connections=self._concurrency
            )
            if self._trust_env:
                self._client = httpx.Client(verify=_tls_context(), limits=limits, trust_env=True)
                return
            pool = httpx.HTTPTransport(verify=context, limits=limits, trust_env=False)
            bound_streams(pool)
            self._pool = pool

    def send(self, command: Send) -> Exchange | Failure:
        """Send a request and give its exchange, whose head is there."""
        if self._closed:
            raise RuntimeError("the client is closed")
        if self._pool is None and self._client is None:
            self._open()
        try:
            left = _left(command.deadline)
        except TimeoutError as error:
            return _failure(error)
        if not self._places.acquire(timeout=left):
            return Failure("timeout", "no place among the calls under way", TimeoutError)
        try:
            request = _request(command, httpx.ByteStream(command.body), _left(command.deadline))
            with deadline(command.deadline):
                if self._pool is not None:
                    response = self._pool.handle_request(request)
                else:
                    assert self._client is not None
                    response = self._client.send(
                        request, stream=True, auth=None, follow_redirects=False
                    )
            return Exchange(response, self._places.release, command.deadline)
        except _FAULTS as error:
            self._places.release()
            return _failure(error)
        except BaseException:
            self._places.release()
            raise

    def close(self) -> None:
        """Close the pool; a client that was given stays open."""
        self._closed = True
        if self._pool is not None:
            self._pool.close()
        if self._owned and self._client is not None:
            self._client.close()


class AsyncExchange:
    """As `Exchange`, for `await`."""

    __slots__ = ("_deadline", "_release", "_response", "head")

    def __init__(self, response: httpx.Response, release: Any, moment: float | None) -> None:
        self._response = response
        self._release = release
        self._deadline = moment
        self.head = _head(response)

    async def read(self, limit: int, cut: bool) -> bytes | Failure:
        """Read the body, at most so many bytes of it, and close."""
        from asyncio import timeout

        try:
            collector = Collector(self.head.headers, limit, cut)
            async with timeout(_left(self._deadline)):
                async for data in self._stream():
                    if not collector.add(data):
                        break
            return collector.body()
        except _FAULTS as error:
            return _failure(error)
        finally:
            await self.close()

    async def pieces(self) -> AsyncIterator[bytes | Failure]:
        """Give the decoded body piece by piece, and close; a Failure ends it."""
        from asyncio import timeout

        try:
            decoder = Decoder(self.head.headers)
            source = aiter(self._stream())
            while True:
                async with timeout(_left(self._deadline)):
                    data = await anext(source, None)
                if data is None:
                    break
                for piece in decoder.feed(data):
                    yield piece
        except _FAULTS as error:
            yield _failure(error)
        finally:
            await self.close()

    def _stream(self) -> Any:
        return self._response.stream

    async def close(self) -> None:
        """Close the response; closing twice is closing once."""
        release, self._release = self._release, None
        if release is not None:
            try:
                await self._response.aclose()
            except _FAULTS:
                pass
            finally:
                release()


class AsyncTransport:
    """As `SyncTransport`, for `await`, under asyncio."""

    def __init__(
        self, *, base: str, client: httpx.AsyncClient | None, concurrency: int, trust_env: bool
    ) -> None:
        if client is not None and not isinstance(client, httpx.AsyncClient):
            raise TypeError("http_client is not an httpx.AsyncClient")
        self._base, self._client, self._owned = base, client, client is None
        self._trust_env, self._concurrency = trust_env, concurrency
        self._places: asyncio.Semaphore | None = None
        self._pool: httpx.AsyncHTTPTransport | None = None
        self._closed = False

    def _open(self) -> asyncio.Semaphore:
        import asyncio

        self._places = asyncio.Semaphore(self._concurrency)
        if self._client is None:
            context = _tls_context() if self._base.startswith("https:") else _no_tls_context()
            limits = httpx.Limits(
                max_connections=self._concurrency, max_keepalive_connections=self._concurrency
            )
            if self._trust_env:
                self._client = httpx.AsyncClient(
                    verify=_tls_context(), limits=limits, trust_env=True
                )
            else:
                self._pool = httpx.AsyncHTTPTransport(
                    verify=context, limits=limits, trust_env=False
                )
        return self._places

    async def send(self, command: Send) -> AsyncExchange | Failure:
        """Send a request and give its exchange, whose head is there."""
        from asyncio import timeout

        if self._closed:
            raise RuntimeError("the client is closed")
        places = self._places or self._open()
        try:
            async with timeout(_left(command.deadline)):
                await places.acquire()
        except TimeoutError:
            return Failure("timeout", "no place among the calls under way", TimeoutError)
        try:
            left = _left(command.deadline)
            request = _request(command, httpx.ByteStream(command.body), left)
            async with timeout(left):
                if self._pool is not None:
                    response = await self._pool.handle_async_request(request)
                else:
                    assert self._client is not None
                    response = await self._client.send(
                        request, stream=True, auth=None, follow_redirects=False
                    )
            return AsyncExchange(response, places.release, command.deadline)
        except _FAULTS as error:
            places.release()
            return _failure(error)
        except BaseException:
            places.release()
            raise

    async def close(self) -> None:
        """Close the pool; a client that was given stays open."""
        self._closed = True
        if self._pool is not None:
            await self._pool.aclose()
        if self._owned and self._client is not None:
            await self._client.aclose()

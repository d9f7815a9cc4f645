"""The only room that knows an HTTP library: httpx, or the one of its shape whose client or transport a caller gave."""

from __future__ import annotations

import functools
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from .errors import ConfigurationError
from .exchange import BadCodingError, Failure, FailureKind, Head, Send, TooLargeError
from .headers import Headers
from .inside import bound_streams
from .quiet import quieten
from .record import Record

if TYPE_CHECKING:
    import ssl
    from ssl import SSLContext as SSLContext  # generated clients name it in their signatures

    from .files import Content

_CONNECT_TIMEOUT = 10.0
_TOLERANCE = 0.01  # a timeout that was cut to what is left may fire this much before the deadline
_SHAPE = ("URL", "Request", "ByteStream", "HTTPError", "StreamError", "InvalidURL", "TimeoutException")


class _SyncClient(Protocol):
    def send(self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...) -> Any: ...

    def close(self) -> None: ...


class _SyncHandler(Protocol):
    def handle_request(self, request: Any) -> Any: ...

    def close(self) -> None: ...


class _AsyncClient(Protocol):
    def send(self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...) -> Any: ...

    async def aclose(self) -> None: ...


class _AsyncHandler(Protocol):
    async def handle_async_request(self, request: Any) -> Any: ...

    async def aclose(self) -> None: ...


Certificate = str | os.PathLike[str] | tuple[Any, ...]
"""A certificate of a client in PEM: a path, `(path, path of the key)` or `(path, path of the key, password)`."""

HttpClient = _SyncClient | _SyncHandler
"""A client or transport of httpx, of httpx2, or of another library of their shape."""

AsyncHttpClient = _AsyncClient | _AsyncHandler
"""As `HttpClient`, for `await`."""


class Library:
    """One HTTP library: makes its requests, and says what its exceptions mean."""

    __slots__ = ("_kinds", "_module", "_quiet_url", "_stream")

    def __init__(self, module: Any) -> None:
        self._module = module
        self._kinds: tuple[tuple[type[Exception], FailureKind], ...] = (
            (module.ConnectTimeout, "connect"),
            (module.TimeoutException, "timeout"),
            (TimeoutError, "timeout"),
            (module.ConnectError, "connect"),
            (module.ProxyError, "connect"),
            (socket.gaierror, "connect"),
            (module.NetworkError, "broken"),
            (module.RemoteProtocolError, "malformed"),
            (OSError, "broken"),
            (TooLargeError, "too-large"),
            (BadCodingError, "encoding"),
        )
        self._quiet_url = _quiet_url(module.URL)
        self._stream = _stream_of(module)
        quieten(module.__name__, module.__name__.replace("httpx", "httpcore"))

    def request(self, command: Send, left: float | None) -> Any:
        """Make the library's request, which goes on the wire exactly as the command says.

        Raises:
            InvalidURL: the library would send another address than the one that was signed.
        """
        module = self._module
        url = module.URL(command.url)
        if str(url) != command.url:
            raise module.InvalidURL("the address would not go on the wire as it was signed")
        timeouts = {
            "connect": _CONNECT_TIMEOUT if left is None else min(left, _CONNECT_TIMEOUT),
            "read": left if command.idle is None else command.idle,
            "write": left,
            "pool": left,
        }
        headers = [(name.encode("ascii"), value.encode("utf-8")) for name, value in command.headers]
        body = command.body
        stream = module.ByteStream(body) if isinstance(body, bytes) else self._stream(body)
        request = module.Request(command.method, url, headers=headers, stream=stream, extensions={"timeout": timeouts})
        if command.hidden:
            request.url = self._quiet_url(url)
        return request

    def failure(self, error: Exception, moment: float | None) -> Failure:
        """Say what an exception means for a call with the given deadline."""
        kinds: list[FailureKind] = [kind for cls, kind in self._kinds if isinstance(error, cls)]
        kind: FailureKind = kinds[0] if kinds else "local"
        text = str(error)
        if isinstance(error, self._module.ConnectTimeout) and moment is not None:
            kind = "timeout" if time.monotonic() >= moment - _TOLERANCE else kind
        elif kind == "connect" and "CERTIFICATE_VERIFY_FAILED" in text:
            kind = "untrusted"  # which another attempt does not change
        elif kind == "malformed":
            kind = _kind_of_protocol_error(text)
        elif kind == "local":
            text = "the request cannot be sent"  # the library's own text may quote a header's value
        return Failure(kind, text, self._class_to_show(error, kind))

    def _class_to_show(self, error: Exception, kind: FailureKind) -> type[Exception]:
        """Give the library's own class: one of somebody else's may not be made from a text alone."""
        known = (self._module.HTTPError, self._module.StreamError)
        for cls in type(error).__mro__:
            if isinstance(error, known) and cls.__module__.partition(".")[0] == self._module.__name__:
                return cls
        if isinstance(error, OSError) and not isinstance(error, TimeoutError):
            cause: type[Exception] = self._module.NetworkError if kind == "broken" else self._module.ConnectError
            return cause
        return TimeoutError if kind == "timeout" else RuntimeError


def _kind_of_protocol_error(text: str) -> FailureKind:
    """Tell a connection that ended from an answer that cannot be read; only the texts tell."""
    if "too long" in text:
        return "too-large"  # the parser's own limit for a response's head
    ended = ("Server disconnected", "ConnectionTerminated", "StreamReset")
    return "broken" if any(mark in text for mark in ended) else "malformed"


def _quiet_url(base: Any) -> Any:
    """Make an address that keeps its query out of log lines: a signer put a signature there."""

    def shown(url: Any) -> str:
        return f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}?***"

    return type("QuietURL", (base,), {"__str__": shown, "__repr__": shown})


def _stream_of(module: Any) -> Any:
    """Make the library's kind of stream for a body that is read while it is sent, blocking or awaited."""

    def start(stream: Any, content: Content) -> None:
        stream.content = content

    def blocking(stream: Any) -> Iterator[bytes]:
        content: Content = stream.content
        return content.pieces()

    def awaited(stream: Any) -> AsyncIterator[bytes]:
        content: Content = stream.content
        return content.apieces()

    bases = (module.SyncByteStream, module.AsyncByteStream)
    return type("ContentStream", bases, {"__init__": start, "__iter__": blocking, "__aiter__": awaited})


def head_of(response: Any) -> Head:
    """Give status and headers of a response."""
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw]
    return Head(response.status_code, Headers(pairs))


class Sender(Record):
    """What requests go out over: a pool of our own, or what a caller gave, which stays open (`close` is None then)."""

    library: Library
    whole: Any
    send: Callable[[Any], Any]
    close: Callable[[], Any] | None


@functools.cache
def _library(name: str) -> Library:
    return Library(sys.modules[name])


_HTTPX = httpx.__name__


def _library_of(given: object) -> Library | None:
    """Find the library that a class comes from, its own or that of a class it extends."""
    for cls in type(given).__mro__:
        name = cls.__module__.partition(".")[0]
        module = sys.modules.get(name)
        if module is not None and all(hasattr(module, part) for part in _SHAPE):
            return _library(name)
    return None


def given_sender(given: Any, *, handle: str, close: str, wanted: str) -> Sender:
    """Give what sends over a client or transport of the caller's.

    Raises:
        TypeError: it is neither, or of the other kind (blocking, or for `await`).
    """
    library = _library_of(given)
    handler = getattr(given, handle, None)
    if callable(handler) and callable(getattr(given, close, None)):
        sender = Sender(library or _library(_HTTPX), given, handler, None)
    elif library is not None and callable(getattr(given, "send", None)) and callable(getattr(given, close, None)):
        sender = Sender(library, given, _plain_send(given), None)
    else:
        raise TypeError(f"http_client is not an httpx {wanted}, nor a client or transport of that shape")
    if close == "close":
        bound_streams(given)  # asyncio bounds the others
    return sender


def _plain_send(client: Any) -> Callable[[Any], Any]:
    return functools.partial(client.send, stream=True, auth=None, follow_redirects=False)


def own_sender(is_tls: bool, concurrency: int, trust_env: bool, context: ssl.SSLContext | None = None) -> Sender:
    """Open a pool for blocking calls over TLS, or without; with `trust_env` the environment's proxies are used."""
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    if trust_env:
        client = httpx.Client(verify=context or _tls_context(), limits=limits, trust_env=True)
        bound_streams(client)
        return Sender(_library(_HTTPX), client, _plain_send(client), client.close)
    pool = httpx.HTTPTransport(
        verify=context or (_tls_context() if is_tls else _no_tls_context()), limits=limits, trust_env=False
    )
    bound_streams(pool)
    return Sender(_library(_HTTPX), pool, pool.handle_request, pool.close)


def own_async_sender(is_tls: bool, concurrency: int, trust_env: bool, context: ssl.SSLContext | None = None) -> Sender:
    """As `own_sender`, for `await`."""
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    if trust_env:
        client = httpx.AsyncClient(verify=context or _tls_context(), limits=limits, trust_env=True)
        return Sender(_library(_HTTPX), client, _plain_send(client), client.aclose)
    pool = httpx.AsyncHTTPTransport(
        verify=context or (_tls_context() if is_tls else _no_tls_context()), limits=limits, trust_env=False
    )
    return Sender(_library(_HTTPX), pool, pool.handle_async_request, pool.aclose)


def checked_context(
    context: ssl.SSLContext | None, client: object, cert: Certificate | None = None
) -> ssl.SSLContext | None:
    """Give the TLS context of the caller's, which must be one that a client can use, or one with a certificate.

    Raises:
        ConfigurationError: it is none, is a server's, or there is an http_client, which has a context of its own; or
            the certificate cannot be used.
    """
    if cert is not None:
        from .certificate import with_certificate

        if context is not None or client is not None:
            other = "http_client, which has its own" if client is not None else "ssl_context: use its load_cert_chain()"
            raise ConfigurationError(f"cert is not taken beside {other}")
        return with_certificate(_new_context(), cert)
    if context is None:
        return None
    import ssl

    if not isinstance(context, ssl.SSLContext) or context.protocol == ssl.PROTOCOL_TLS_SERVER:
        raise ConfigurationError("ssl_context is an ssl.SSLContext for clients: ssl.create_default_context()")
    if client is not None:
        raise ConfigurationError("ssl_context and http_client exclude each other: the http_client has its own")
    return context


@functools.cache
def _tls_context() -> ssl.SSLContext:
    """Make the one TLS context of the process: it costs tens of milliseconds."""
    return _new_context()


def _new_context() -> ssl.SSLContext:
    """Make a context that trusts the authorities everybody trusts; nothing in the environment changes it."""
    context = httpx.create_ssl_context(trust_env=False)
    if getattr(context, "keylog_filename", None) is not None:
        context.keylog_filename = None  # type: ignore[assignment]  # Python took a file for the session keys from there
    return context


@functools.cache
def _no_tls_context() -> ssl.SSLContext:
    """Make a context that trusts nobody, for http:// addresses."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


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
    if url.scheme == "http" and not allow_http and not is_loopback(url.host):
        raise ConfigurationError(
            f"base_url: http:// to {url.host} is not encrypted: use https://, or pass allow_http=True"
        )
    authority = url.netloc.decode("ascii")
    return f"{url.scheme}://{authority}{url.raw_path.decode('ascii').rstrip('/')}"


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine: what is sent there is on no network."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""The portal room: one origin asked over HTTP, politely and within limits; nothing else is ever connected to."""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx
import tenacity
from protego import Protego

from apiscribe.capture.fetch.address import Alien, Site, resolve
from apiscribe.capture.fetch.pace import LONGEST_WAIT, Pace, backoff, retry_after
from apiscribe.errors import shown

MEBIBYTE = 1024 * 1024
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_REDIRECTS = 5
_CONTENT_RANGE = re.compile(r"bytes ([0-9]+)-([0-9]+)/([0-9]+|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one answer may cost: decoded bytes, seconds of transfer until it is asked again, attempts, first wait."""

    page_bytes: int = 16 * MEBIBYTE
    page_seconds: float = 120.0
    attempts: int = 5
    first_wait: float = 0.5
    connect_seconds: float = 15.0
    silence_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of the portal: the path that gave it, its status, its body decoded, what says when it changes."""

    path: str
    status: int
    data: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class FetchError(Exception):
    """A page could not be had; the message says why."""


class _AgainError(Exception):
    """An attempt failed in a way that another may not; `wait` is what the server asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Fence(httpx.AsyncBaseTransport):
    """Lets requests to one origin through, and no others: the last gate, whatever the code before it decides."""

    def __init__(self, site: Site, inner: httpx.AsyncBaseTransport) -> None:
        self._site = site
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on.

        Raises:
            FetchError: it is for another origin.
        """
        url = request.url
        port = url.port or {"http": 80, "https": 443}.get(url.scheme)
        if (url.scheme, url.raw_host.decode(), port) != (self._site.scheme, self._site.host, self._site.port):
            raise FetchError(f"a request to {shown(url.host)} was stopped")
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def open_client(site: Site, *, user_agent: str, limits: Limits, context: ssl.SSLContext | None) -> httpx.AsyncClient:
    """Make the client: no proxy or password from the environment, no cookies kept, redirects left to us."""
    return httpx.AsyncClient(
        transport=Fence(site, httpx.AsyncHTTPTransport(verify=context or httpx.create_ssl_context(trust_env=False))),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(limits.silence_seconds, connect=limits.connect_seconds),
        headers={"User-Agent": user_agent, "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"},
    )


class _Partial:
    """What has come of a body that broke, the validator that tells whether the rest fits, and the time spent."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.etag: str | None = None
        self.seconds = 0.0
        self.late = False


class Portal:
    """One portal, open for questions."""

    def __init__(self, site: Site, client: httpx.AsyncClient, pace: Pace, limits: Limits) -> None:
        self.site = site
        self.pace = pace
        self.received = 0
        self.robots: Protego | None = None
        self._client = client
        self._limits = limits

    @property
    def user_agent(self) -> str:
        """The name this client goes by."""
        return self._client.headers["User-Agent"]

    def address(self, path: str) -> str:
        """Give the whole address of a path."""
        return f"{self.site.origin}{path}"

    async def get(self, path: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """Ask for a path; with validators, on condition that it changed. Redirects are followed within the origin.

        Raises:
            FetchError: no attempt gave an answer, or one that may not be taken.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(_REDIRECTS + 1):
            if self.robots is not None and not self.robots.can_fetch(self.address(path), self.user_agent):
                raise FetchError("robots.txt disallows it")
            answer, target = await self._persist(path, headers)
            if target is None:
                return answer
            resolved = resolve(target, path, self.site)
            if isinstance(resolved, Alien):
                raise FetchError(f"redirects {resolved.value}, which is not followed: {shown(target)}")
            path, headers = resolved, {}
        raise FetchError(f"redirects more than {_REDIRECTS} times")

    async def _persist(self, path: str, headers: dict[str, str]) -> tuple[Answer, str | None]:
        """Attempt until there is an answer; a body that broke is resumed where the server allows it."""
        partial = _Partial()
        attempts = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(_AgainError),
            stop=tenacity.stop_after_attempt(self._limits.attempts),
            wait=self._wait,
            reraise=True,
        )
        try:
            return await attempts(self._attempt, path, headers, partial)
        except _AgainError as error:
            raise FetchError(f"{error} ({self._limits.attempts} attempts)") from error

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.wait if isinstance(error, _AgainError) else None
        if asked is not None:
            self.pace.hold(asked)
        # Beside what the server asked for, so that not all come back at once.
        first = self._limits.first_wait
        return backoff(state.attempt_number, first) if asked is None else asked + backoff(1, first)

    async def _attempt(self, path: str, headers: dict[str, str], partial: _Partial) -> tuple[Answer, str | None]:
        loop = asyncio.get_running_loop()
        async with self.pace.turn():
            started = loop.time()
            try:
                async with asyncio.timeout(self._limits.page_seconds * (1 + partial.late) - partial.seconds):
                    return await self._exchange(path, headers, partial)
            except TimeoutError:
                message = f"takes longer than {self._limits.page_seconds:g} s"
                if partial.late:
                    raise FetchError(f"{message}, twice") from None
                partial.late = True
                raise _AgainError(message) from None
            except httpx.TimeoutException as error:
                raise _AgainError(f"no answer in time: {type(error).__name__}") from error
            except httpx.TransportError as error:
                raise _AgainError(f"the connection failed: {shown(error) or type(error).__name__}") from error
            except httpx.InvalidURL as error:
                raise FetchError(f"is no address: {shown(error)}") from error
            finally:
                partial.seconds += loop.time() - started

    async def _exchange(self, path: str, headers: dict[str, str], partial: _Partial) -> tuple[Answer, str | None]:
        sent = {**headers, "Accept-Encoding": "gzip"}
        if partial.data and partial.etag:
            sent = {"Range": f"bytes={len(partial.data)}-", "If-Range": partial.etag, "Accept-Encoding": "identity"}
        async with self._client.stream("GET", self.address(path), headers=sent) as response:
            self._client.cookies.clear()
            self._refuse_busy(response)
            answer = _answer(path, response)
            if response.status_code in _MOVED:
                return answer, response.headers.get("location", "")
            if response.status_code == 206:
                self._check_range(response, partial)
            elif response.status_code == 416 and partial.data:
                partial.data.clear()
                raise _AgainError("the rest of a broken body was refused")
            else:
                partial.data.clear()
            if response.status_code not in (200, 206):
                return answer, None
            await self._read(response, partial)
            return replace(answer, status=200, data=bytes(partial.data)), None

    def _refuse_busy(self, response: httpx.Response) -> None:
        if response.status_code not in _BUSY:
            return
        wait = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
        if wait is not None and wait > LONGEST_WAIT:
            raise FetchError(f"answered {response.status_code} and asks to wait {wait:.0f} s: try again later")
        raise _AgainError(f"answered {response.status_code}", wait)

    def _check_range(self, response: httpx.Response, partial: _Partial) -> None:
        match = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
        fits = match is not None and int(match[1]) == len(partial.data) and partial.data
        if not fits or response.headers.get("etag") != partial.etag:
            partial.data.clear()
            raise _AgainError("the rest of a broken body does not fit")

    async def _read(self, response: httpx.Response, partial: _Partial) -> None:
        """Read a body into what has come of it, decoded no further than the limit."""
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip", "x-gzip"):
            raise FetchError(f"the body is encoded as {shown(encoding)}, which was not asked for")
        zipped = "gzip" in encoding
        decoder = zlib.decompressobj(wbits=31) if zipped else None
        etag = response.headers.get("etag", "")
        # Only a strong validator tells that the bytes are the same, and only of a plain body can a part be asked for.
        resumable = not zipped and etag.startswith('"') and response.headers.get("accept-ranges") == "bytes"
        partial.etag = etag if resumable or response.status_code == 206 else None
        async for chunk in response.aiter_raw():
            self.received += len(chunk)
            self._add(partial.data, chunk, decoder)
        if decoder is not None and not decoder.eof:
            raise _AgainError("the compressed body is cut")

    def _add(self, data: bytearray, chunk: bytes, decoder: zlib._Decompress | None) -> None:
        most = self._limits.page_bytes - len(data) + 1
        if decoder is not None:
            if decoder.eof:
                raise FetchError("bytes follow the compressed body")
            try:
                data += decoder.decompress(chunk, most)
            except zlib.error as error:
                raise FetchError(f"the compressed body is damaged: {shown(error)}") from error
        else:
            data += chunk
        if len(data) > self._limits.page_bytes:
            raise FetchError(f"has more than {self._limits.page_bytes} bytes")


def _answer(path: str, response: httpx.Response) -> Answer:
    kind = response.headers.get("content-type", "")
    charset = re.search(r"""charset\s*=\s*["']?([^\s;"']+)""", kind, re.IGNORECASE)
    return Answer(
        path=path,
        status=response.status_code,
        media_type=kind.partition(";")[0].strip().lower() or None,
        charset=charset[1].lower() if charset else None,
        etag=_validator(response.headers.get("etag")),
        last_modified=_validator(response.headers.get("last-modified")),
    )


def _validator(value: str | None) -> str | None:
    """Take a validator that can be sent back and written down; None for any other."""
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None

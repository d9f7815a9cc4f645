"""Requests as they arrive: bytes of a connection go in, a request comes out exactly as it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

MAX_LINE = 65_536
MAX_BODY = 64 * 1024 * 1024
_MAX_HEADERS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """A request exactly as it arrived; header values are the received octets as Latin-1 text."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    scheme: str = "http"

    def header(self, name: str) -> str | None:
        """Give the value of a header, several of one name joined by a comma, or None."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    @property
    def url(self) -> str:
        """The full address: as the request line of a proxied request has it, else made from the Host header."""
        if re.match(r"https?://", self.target, re.IGNORECASE):
            return self.target
        return f"{self.scheme}://{self.header('host') or ''}{self.target}"


def read_request(stream: BinaryIO) -> WireRequest | None:
    """Read one request, or None at the end of the connection.

    Raises:
        ValueError: the bytes are not an HTTP/1.1 request.
    """
    line = _line(stream)
    if line is None:
        return None
    words = line.split(" ")
    if len(words) != 3 or words[2] != "HTTP/1.1":
        raise ValueError("the request line is malformed")
    headers: list[tuple[str, str]] = []
    while line := _required_line(stream):
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or len(headers) == _MAX_HEADERS:
            raise ValueError("a header line is malformed, or there are too many")
        headers.append((name, value.strip(" \t")))
    request = WireRequest(method=words[0], target=words[1], headers=tuple(headers))
    return WireRequest(
        method=request.method, target=request.target, headers=request.headers, body=_body(stream, request)
    )


def _line(stream: BinaryIO) -> str | None:
    line = stream.readline(MAX_LINE)
    if not line:
        return None
    if not line.endswith(b"\r\n"):
        raise ValueError("a line is too long, or does not end in CR LF")
    return line[:-2].decode("latin-1")


def _required_line(stream: BinaryIO) -> str:
    line = _line(stream)
    if line is None:
        raise ValueError("the request ends too early")
    return line


def _body(stream: BinaryIO, request: WireRequest) -> bytes:
    if (request.header("transfer-encoding") or "").lower() == "chunked":
        return _chunks(stream)
    length = request.header("content-length") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise ValueError("the length of the body is malformed or too large")
    return _exactly(stream, int(length))


def _chunks(stream: BinaryIO) -> bytes:
    body = bytearray()
    while size := int(_required_line(stream).partition(";")[0], 16):
        if size < 0 or len(body) + size > MAX_BODY:
            raise ValueError("the body is too large")
        body += _exactly(stream, size)
        _required_line(stream)
    while _required_line(stream):
        pass
    return bytes(body)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    body = stream.read(size) if size else b""
    if len(body) != size:
        raise ValueError("the body ends too early")
    return body

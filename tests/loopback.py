"""Servers on loopback for tests: real sockets, requests recorded byte for byte, answers scripted."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Give the only value of a header."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} came {len(values)} times"
        return values[0] if values else None


@dataclass(slots=True)
class Answer:
    """A response to give; `raw` replaces everything, `drop` closes the connection instead, `stay` leaves it open."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    drop: bool = False
    stay: bool = False
    pieces: Callable[[], Iterator[bytes]] | None = None


def json_answer(text: str | bytes, status: int = 200, **headers: str) -> Answer:
    """Give an answer with a JSON body."""
    data = text.encode() if isinstance(text, str) else text
    return Answer(
        status, data, {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


class Loopback:
    """A server whose answers come from a script (one after the other, the last one repeated) or from a function."""

    def __init__(self, script: list[Answer] | Callable[[Received], Answer], tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.tls = tls
        self.received: list[Received] = []
        self.connections = 0
        self.peak = 0
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port: int = self._socket.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
                self.peak = max(self.peak, len(self._open))
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, accepted: socket.socket) -> None:
        connection = accepted
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as stream:
                while (request := read_request(stream)) is not None:
                    if not self._answer(connection, self._next(request)):
                        return
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(accepted)

    def _next(self, request: Received) -> Answer:
        with self._lock:
            self.received.append(request)
            if callable(self.script):
                return self.script(request)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def _answer(self, connection: socket.socket, answer: Answer) -> bool:
        if answer.drop:
            return False
        if answer.raw is not None or answer.pieces is not None:
            for piece in [answer.raw] if answer.pieces is None else answer.pieces():
                connection.sendall(piece or b"")
            return answer.stay
        head = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in answer.headers.items())]
        if answer.status != 204:
            head.append(f"Content-Length: {len(answer.body)}")
        connection.sendall("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + answer.body)
        return True

    def close(self) -> None:
        """Stop listening and end every connection."""
        # shutdown wakes a thread that is blocked in accept; close alone does not.
        for each in (self._socket, *self._open.copy()):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._socket.close()
        self._thread.join(5)


def read_request(stream: object, *, body: bool = True) -> Received | None:
    """Read a request from a file over a socket, with its body or without; None at its end."""
    readline = stream.readline  # type: ignore[attr-defined]
    line = readline(65536).decode("latin-1").rstrip("\r\n")
    if not line:
        return None
    method, target, _ = line.split(" ")
    headers: list[tuple[str, str]] = []
    while text := readline(65536).decode("utf-8").rstrip("\r\n"):
        name, _, value = text.partition(":")
        headers.append((name, value.strip()))
    if body and any(pair == ("transfer-encoding", "chunked") for pair in ((n.lower(), v) for n, v in headers)):
        return Received(method, target, tuple(headers), b"".join(_chunks(stream)))
    length = next((int(value) for name, value in headers if body and name.lower() == "content-length"), 0)
    return Received(method, target, tuple(headers), stream.read(length))  # type: ignore[attr-defined]


def _chunks(stream: object) -> Iterator[bytes]:
    while size := int(stream.readline(1024), 16):  # type: ignore[attr-defined]
        yield stream.read(size)  # type: ignore[attr-defined]
        stream.readline(1024)  # type: ignore[attr-defined]
    stream.readline(1024)  # type: ignore[attr-defined]


@contextmanager
def loopback(*script: Answer) -> Iterator[Loopback]:
    """Serve a script."""
    server = Loopback(list(script))
    try:
        yield server
    finally:
        server.close()


@contextmanager
def loopback_function(function: Callable[[Received], Answer]) -> Iterator[Loopback]:
    """Serve what a function says."""
    server = Loopback(function)
    try:
        yield server
    finally:
        server.close()

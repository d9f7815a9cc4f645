"""A real HTTP/1.1 server on this machine: records what arrives, verifies signatures, answers what a test queued."""

from __future__ import annotations

import json as json_module
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock, Thread, current_thread
from types import TracebackType
from typing import Any, BinaryIO, Protocol

from .request import MAX_BODY, MAX_LINE, WireRequest, read_request

_JOIN_SECONDS = 10.0
_LINGER_SECONDS = 1.0


class _NoContent:
    """Stands for the absence of a JSON body, since `None` is a JSON value."""


_NO_CONTENT = _NoContent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: a status, headers, and a JSON value or bytes; `close` ends the connection after it."""

    status: int = 200
    json: object = _NO_CONTENT
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    close: bool = False

    def encode(self, method: str) -> bytes:
        """Print the answer as it goes over the wire."""
        has_json = not isinstance(self.json, _NoContent)
        body = json_module.dumps(self.json, ensure_ascii=False).encode() if has_json else self.body
        headers = list(self.headers)
        given = {name.lower() for name, _ in headers}
        if has_json and "content-type" not in given:
            headers.append(("Content-Type", "application/json"))
        has_body = self.status >= 200 and self.status not in (204, 304)
        if has_body and "content-length" not in given and "transfer-encoding" not in given:
            headers.append(("Content-Length", str(len(body))))
        if self.close:
            headers.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}", *(f"{name}: {value}" for name, value in headers)]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        return head + body if has_body and method != "HEAD" else head


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request exactly as it was on the wire, and what the verifier said of it."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    signature_valid: bool
    problem: str | None

    @property
    def path(self) -> str:
        """The target up to the question mark."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target after the question mark."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """Give a header's value, several of one name joined by a comma, or None."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    def json(self) -> Any:
        """Parse the body."""
        return json_module.loads(self.body)


class Verifier(Protocol):
    """Knows what a request must prove."""

    def verify(self, request: WireRequest, now: float) -> str | None:
        """Say what is wrong with a request that came at this Unix time, or None."""
        ...


class LoopbackServer:
    """Serves on 127.0.0.1 while its `with` block runs, each connection in a thread of its own.

    A request with which any of the verifiers finds something wrong gets 401 and takes nothing from the queue. One that
    finds the queue empty gets `default`, or else 500.
    """

    def __init__(
        self,
        *,
        verifiers: Iterable[Verifier] = (),
        default: Answer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.requests: list[Received] = []
        self.base_url = ""
        self._verifiers = tuple(verifiers)
        self._default = default
        self._clock = clock
        self._answers: deque[Answer] = deque()
        self._lock = Lock()
        self._is_closing = False
        self._connections: dict[Thread, socket.socket] = {}

    def queue(self, *answers: Answer) -> None:
        """Add answers; each is given once, in order."""
        with self._lock:
            self._answers.extend(answers)

    def __enter__(self) -> LoopbackServer:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        host, port = self._listener.getsockname()
        self._address: tuple[str, int] = (host, port)
        self.base_url = f"http://{host}:{port}"
        self._acceptor = Thread(target=self._accept, name="loopback", daemon=True)
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_closing = True
        # A blocked accept() does not notice on every system that its socket was closed; a connection wakes it on all.
        with suppress(OSError):
            socket.create_connection(self._address, timeout=_JOIN_SECONDS).close()
        self._acceptor.join(_JOIN_SECONDS)
        self._listener.close()
        with self._lock:
            open_connections = dict(self._connections)
        for connection in open_connections.values():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in open_connections:
            thread.join(_JOIN_SECONDS)

    def _accept(self) -> None:
        while not self._is_closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._is_closing:
                connection.close()
                return
            thread = Thread(target=self._serve, args=(connection,), name="loopback-connection", daemon=True)
            with self._lock:
                self._connections[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection, connection.makefile("rb") as stream:
                while self._exchange(connection, stream):
                    pass
        except OSError:
            return  # the client went away, or the server is closing
        finally:
            with self._lock:
                self._connections.pop(current_thread(), None)

    def _exchange(self, connection: socket.socket, stream: BinaryIO) -> bool:
        """Serve one request; tell whether the connection goes on."""
        try:
            request = read_request(stream)
        except ValueError as error:
            _refuse(connection, str(error))
            return False
        if request is None:
            return False
        answer = self._answer(request)
        connection.sendall(answer.encode(request.method))
        return not answer.close and (request.header("connection") or "").lower() != "close"

    def _answer(self, request: WireRequest) -> Answer:
        now = self._clock() if self._verifiers else 0.0
        verdicts = [verifier.verify(request, now) for verifier in self._verifiers]
        problem = next((verdict for verdict in verdicts if verdict is not None), None)
        received = Received(
            method=request.method,
            target=request.target,
            headers=request.headers,
            body=request.body,
            signature_valid=problem is None,
            problem=problem,
        )
        with self._lock:
            self.requests.append(received)
            if problem is not None:
                return Answer(status=401, json={"message": "the signature is not valid", "reason": problem})
            if self._answers:
                return self._answers.popleft()
        return self._default or Answer(status=500, json={"message": "no answer is queued for this request"})


def _refuse(connection: socket.socket, why: str) -> None:
    connection.sendall(Answer(status=400, json={"message": why}, close=True).encode("GET"))
    # Closing while the client still sends would reset the connection, and with it the answer.
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(_LINGER_SECONDS)
    for _ in range(MAX_BODY // MAX_LINE):
        if not connection.recv(MAX_LINE):
            return


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Status"

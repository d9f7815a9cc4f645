"""A server that misbehaves as a script says: raw sockets, one play for each request, every byte under control."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .loopback import Received, read_request


class Reset:
    """End the connection with RST."""


class Close:
    """End the connection with FIN."""


class Drain:
    """Take whatever is still sent, until the other side is gone."""


class Hold:
    """Say nothing more until the other side is gone."""


@dataclass(frozen=True, slots=True)
class Drip:
    """Send a piece every now and then until the other side is gone."""

    piece: bytes
    every: float = 0.02


@dataclass(frozen=True, slots=True)
class Many:
    """Send a piece many times, as fast as it is taken."""

    piece: bytes
    times: int


Step = bytes | Reset | Close | Drain | Hold | Drip | Many


@dataclass(frozen=True, slots=True)
class Play:
    """What happens on one request; in bytes, `@echo@` becomes every value of the request that must not be shown.

    `reads` says how much of the request is read before that: all, its head, or nothing.
    """

    steps: tuple[Step, ...]
    reads: str = "all"


def play(*steps: Step, reads: str = "all") -> Play:
    """Give a play."""
    return Play(steps, reads)


SHOWN_NEVER = re.compile(r"scp-(?!api)|x-auth|authorization|x-mine", re.IGNORECASE)


def hidden_values(request: Received) -> list[str]:
    """List the header values of a request that prove who sent it."""
    found = [value for name, value in request.headers if SHOWN_NEVER.match(name)]
    return [value for value in found if value != "Openapi"]


Choice = Callable[[Received], Play]


class FaultServer:
    """Plays a script: the n-th request, over all connections, gets the n-th play; the last is for all that follow.

    Instead of a script a function may choose the play.
    """

    def __init__(self, plays: Sequence[Play] | Choice, replaced: Mapping[bytes, bytes] | None = None) -> None:
        self._choice = plays if callable(plays) else None
        self._plays = [play()] if callable(plays) else list(plays)
        self._replaced = dict(replaced or {})
        self.received: list[Received] = []
        self.connections = 0
        self.peak = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
                self.peak = max(self.peak, len(self._open))
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as stream:
                while self._request(connection, stream):
                    pass
        except (OSError, ValueError):  # the client is gone, or this side has been closed under the stream
            return
        finally:
            with self._lock:
                self._open.discard(connection)

    def _next(self, request: Received | None = None) -> Play:
        if self._choice is not None and request is not None:
            return self._choice(request)
        return self._plays.pop(0) if len(self._plays) > 1 else self._plays[0]

    def _request(self, connection: socket.socket, stream: object) -> bool:
        if self._plays[0].reads == "nothing":
            with self._lock:
                chosen = self._next()
            return self._run(connection, chosen, b"")
        request = read_request(stream, body=self._plays[0].reads == "all")
        if request is None:
            return False
        with self._lock:
            self.received.append(request)
            chosen = self._next(request)
        return self._run(connection, chosen, " ".join(hidden_values(request)).encode())

    def _run(self, connection: socket.socket, chosen: Play, echo: bytes) -> bool:
        for step in chosen.steps:
            match step:
                case bytes():
                    connection.sendall(self._filled(step, echo))
                case Many(piece, times):
                    connection.sendall(self._filled(piece, echo) * times)
                case Drip(piece, every):
                    while not _gone(connection, every):
                        connection.sendall(piece)
                    return False
                case Hold():
                    while not _gone(connection, 1):
                        pass
                    return False
                case Reset():
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self._end(connection)
                    return False
                case Drain():
                    while connection.recv(65536):
                        pass
                    return False
                case Close():
                    with contextlib.suppress(OSError):
                        connection.shutdown(socket.SHUT_WR)
                    return False
        return True

    def _end(self, connection: socket.socket) -> None:
        # The file over the socket keeps it open, so only closing its descriptor sends the RST at once.
        socket.close(connection.detach())

    def _filled(self, data: bytes, echo: bytes) -> bytes:
        for name, value in {**self._replaced, b"@echo@": echo}.items():
            data = data.replace(name, value)
        return data

    def close(self) -> None:
        """Stop listening and end every connection."""
        for each in (self._listener, *self._open.copy()):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _gone(connection: socket.socket, within: float) -> bool:
    """Wait for so long, and say whether the other side has gone."""
    connection.settimeout(within)
    try:
        return connection.recv(65536) == b""
    except TimeoutError:
        return False
    finally:
        connection.settimeout(None)


@contextmanager
def choosing_server(choice: Choice) -> Iterator[FaultServer]:
    """Serve what a function chooses."""
    server = FaultServer(choice)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def fault_server(*plays: Play, **replaced: bytes) -> Iterator[FaultServer]:
    """Serve a script; `name=value` replaces `@name@` in its bytes."""
    server = FaultServer(plays, {f"@{name}@".encode(): value for name, value in replaced.items()})
    try:
        yield server
    finally:
        server.close()

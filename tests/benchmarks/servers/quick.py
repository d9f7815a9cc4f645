"""A server for measurements, quick enough not to be measured itself: one process, one answer, 404 for `missing`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

THING = (
    b'{"account":{},"account_id":"a","cluster_id":"c","created_dt":"2026-02-11T06:41:25.347Z","data_ops_id":"d",'
    b'"data_ops_name":"ops","data_ops_service_id":"s","data_ops_service_name":"nightly","http_port":8080,'
    b'"image_id":"i","instance_id":"n","modified_dt":"2026-02-11T06:41:25.347Z","namespace_name":"n",'
    b'"state":"RUNNING","storage_class_name":"nfs","version":"2.9"}'
)


def written(status: str, body: bytes) -> bytes:
    """Write an answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


FOUND = written("200 OK", THING)
MISSING = written("404 Not Found", b'{"errors":[{"code":"NotFound","detail":"gone"}]}')


class Answering(asyncio.Protocol):
    """Answers requests without a body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._rest = transport, b""

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(MISSING if b"/missing " in request else FOUND)


async def serve() -> None:
    """Serve until stopped, and tell where."""
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


@contextmanager
def quick_server() -> Iterator[str]:
    """Run the server in a process of its own, and give its address."""
    process = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(serve())

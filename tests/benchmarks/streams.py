"""Measures streams of 100 MB over loopback: memory that grows meanwhile, and CPU time of client and server.

Prints a table; exits 1 where memory grew by more than the limit.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.loopback import Answer, loopback
from tests.runtime_sample import SHOW, Caller

# isort: split
from apiscribe_runtime.options import CallOptions
from apiscribe_runtime.views import as_streaming, as_streaming_async

LIMIT = 24.0
ID = {"thing_id": "t1"}
LINE = b'{"key":"' + b"x" * 1000 + b'"}'
ITEMS = {
    "events": ("text/event-stream", b"data: " + LINE + b"\n\n"),
    "JSON lines": ("application/jsonl", LINE + b"\n"),
    "file": ("application/octet-stream", LINE + b"\n"),
}


def answer(content_type: str, item: bytes, size: int) -> Answer:
    """Give an answer of about so many bytes, made while it is sent."""
    piece = item * 64
    count = size // len(piece)

    def pieces() -> Iterator[bytes]:
        yield f"HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\nContent-Length: {count * len(piece)}\r\n\r\n".encode()
        for _ in range(count):
            yield piece

    return Answer(pieces=pieces)


def read(caller: Caller, name: str, path: Path) -> int:
    """Read a whole stream; give the number of its items, or of the bytes of a file."""
    view = caller.client._streaming_view()
    method = "iter_events" if name == "events" else "iter_json"

    def call(headers: Any = None) -> Any:
        return view._call(SHOW, ID, None, None, CallOptions(headers=headers, timeout=None))

    wrapper: Any = as_streaming_async if caller.is_async else as_streaming
    stream = wrapper(call)()
    if name == "file":
        length: int = caller.run(stream.to_file(path))
        return length
    if not caller.is_async:
        with stream as response:
            return sum(1 for _ in getattr(response, method)())

    async def count() -> int:
        async with stream as response:
            return sum([1 async for _ in getattr(response, method)()])

    found: int = caller.run(count())
    return found


def peak() -> float:
    """Give the largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print one row for each kind of stream and client."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    size = parser.parse_args().megabytes * 1000 * 1000
    failed = False
    print("| stream | client | items or bytes | CPU s | memory grew by MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (content_type, item) in ITEMS.items():
            for kind in ("sync", "async"):
                with (
                    loopback(answer(content_type, item, 1000 * 1000), answer(content_type, item, size)) as server,
                    Caller(kind, base_url=server.url) as caller,
                ):
                    read(caller, name, Path(folder) / "file")
                    before, start = peak(), time.process_time()
                    found = read(caller, name, Path(folder) / "file")
                    grew, seconds = peak() - before, time.process_time() - start
                failed = failed or grew > LIMIT
                print(f"| {name} | {kind} | {found} | {seconds:.1f} | {grew:.1f} |")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""Checks of answers that are read as they arrive: a call is made, and what came piece by piece is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .cases import Case, Flavor
from .checks import call, dumped, serve, success
from .loopback import Answer


def check_streamed(case: Case, flavor: Flavor, media_type: str, body: str, items: Sequence[object]) -> None:
    """Answer with a stream: exactly these items come as it is read."""
    with serve(case) as server:
        server.queue(_stream(case, media_type, body))
        found = call(case, flavor, server, case.required, read="iter_items")
        assert len(server.requests) == 1
    assert dumped(found) == list(items)


def check_asked(
    case: Case,
    flavor: Flavor,
    method: str,
    arguments: Mapping[str, object],
    media_type: str,
    body: str,
    items: Sequence[object],
) -> None:
    """Call the method that asks for a stream: the request accepts its media type, and exactly these items come."""
    with serve(case) as server:
        server.queue(_stream(case, media_type, body))
        found = call(case, flavor, server, arguments, method=method)
        (received,) = server.requests
    assert received.header("accept") == media_type
    assert dumped(found) == list(items)


def check_downloaded(case: Case, flavor: Flavor) -> None:
    """Answer with bytes: they come as they are when they are read piece by piece."""
    with serve(case) as server:
        server.queue(success(case))
        pieces = call(case, flavor, server, case.required, read="iter_bytes")
        assert len(server.requests) == 1
    assert b"".join(pieces) == case.content.encode()


def _stream(case: Case, media_type: str, body: str) -> Answer:
    return Answer(status=case.status, body=body.encode(), headers=(("Content-Type", media_type),))

"""The reaches inside httpx, where it has no public place: pools, streams and parsers come in, and are put right.

Whatever is built differently is left alone. Each reach has tests that fail when a new version moves what it looks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .deadline import bounded

_LAYERS = 6  # of streams around the connection's own


def _pools(given: Any) -> Iterator[Any]:
    """Find the connection pools of a client or transport."""
    mounted = getattr(given, "_mounts", None)
    inner = mounted.values() if isinstance(mounted, dict) else ()
    for transport in (given, getattr(given, "_transport", None), *inner):
        pool = getattr(transport, "_pool", None)
        if pool is not None:
            yield pool


def bound_streams(given: Any) -> None:
    """Bound the connections of a blocking client or transport by the deadline of the call; else timeouts are per read.

    Outside a call of ours the streams do what they always did.
    """
    for pool in _pools(given):
        backend = getattr(pool, "_network_backend", None)
        if hasattr(backend, "connect_tcp"):
            pool._network_backend = bounded(backend)


def _layers(response: Any) -> Iterator[Any]:
    """Give the streams around a connection's own, from the outermost to that one."""
    node = response.stream
    for _ in range(_LAYERS):
        yield node
        node = getattr(node, "_stream", None) or getattr(node, "_httpcore_stream", None)
        if node is None:
            return


def drop_if_more_came(response: Any) -> None:
    """Let go of a connection on which more came than the answer: the next request would take that for its own."""
    for stream in _layers(response):
        parser = getattr(getattr(stream, "_connection", None), "_h11_state", None)
        if parser is not None and parser.trailing_data[0]:
            parser.send_failed()  # a connection whose parser has failed is closed, never used again


async def close_lost(given: Any, response: Any = None) -> None:
    """Close the connections that a cancellation at an unlucky moment left in the pool, where nobody uses them.

    `response` is one whose closing was cancelled: the pool holds its request for one that is still under way.
    """
    for stream in _layers(response) if response is not None else ():
        owner, request = getattr(stream, "_pool", None), getattr(stream, "_pool_request", None)
        under_way = getattr(owner, "_requests", None)
        if isinstance(under_way, list) and request in under_way:
            under_way.remove(request)
    for pool in _pools(given):
        requests = getattr(pool, "_requests", None)
        connections = getattr(pool, "_connections", None)
        if not isinstance(requests, list) or not isinstance(connections, list):
            continue
        used = {id(request.connection) for request in requests}
        for each in connections.copy():
            if id(each) not in used and not each.is_idle() and not each.is_closed():
                connections.remove(each)
                await each.aclose()

"""Where a call goes by itself: a case goes in, its call is caught on its way out, and its whole address is compared."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from .cases import Case, Flavor
from .checks import call, serve, success, target_of
from .loopback import Received


def check_address(case: Case, flavor: Flavor, address: str, *, settings: Mapping[str, str] | None = None) -> None:
    """Call with what must be given on a client without a `base_url`: exactly this address is asked for."""
    caught: list[tuple[str, Received]] = []

    def catch(request: httpx.Request) -> httpx.Response:
        origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
        caught.append((origin, _received(request)))
        answer = success(case)
        head, _, body = answer.encode(case.method).partition(b"\r\n\r\n")
        pairs = [(name, text) for name, _, text in (line.partition(b": ") for line in head.split(b"\r\n")[1:])]
        return httpx.Response(answer.status, headers=pairs, content=body)

    with serve(case) as server:
        call(
            case,
            flavor,
            server,
            case.required,
            options={"base_url": None, "http_client": httpx.MockTransport(catch), **(settings or {})},
        )
        assert server.requests == []
    ((origin, received),) = caught
    assert f"{origin}{target_of(case, received)}" == address
    assert received.header("host") == origin.partition("://")[2]


def _received(request: httpx.Request) -> Received:
    pairs = tuple((name.decode("latin-1"), text.decode("latin-1")) for name, text in request.headers.raw)
    return Received(
        method=request.method,
        target=request.url.raw_path.decode(),
        headers=pairs,
        body=b"",
        signature_valid=True,
        problem=None,
    )

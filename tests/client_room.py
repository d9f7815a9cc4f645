"""What the tests of generated clients share: the server, both kinds of client, a way onto loopback."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import importlib.util
import inspect
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import samsungcloud

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "generated" / "samsungcloud"
ACCESS_KEY = "0123456789abcdef0123456789abcdef"
SECRET_KEY = "11111111-2222-3333-4444-555555555555"
KNOWN = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
SERVICE_ID = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"
BOTH = pytest.mark.parametrize("kind", ["sync", "async"])


def _stubs(name: str) -> ModuleType:
    """Import a module of the generated stubs under a name of our own."""
    package = "samsungcloud_stubs_for_tests"
    if package not in sys.modules:
        folder = GENERATED / "stubs"
        spec = importlib.util.spec_from_file_location(
            package, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[package] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[package])
    return importlib.import_module(f"{package}.{name}")


Answer = _stubs("loopback").Answer
LoopbackServer = _stubs("loopback").LoopbackServer
RecipeVerifier = _stubs("recipe_verifier").RecipeVerifier
RECIPE = _stubs("recipes").SIGN_SAMSUNGCLOUD_V2


def verifying(*, window: float = 300.0, **options: Any) -> Any:
    """Give a server that accepts only what our credentials signed."""
    return LoopbackServer(verifiers=[RecipeVerifier(RECIPE, KNOWN, window=window)], **options)


def credentials(**changes: Any) -> samsungcloud.Credentials:
    """Give the credentials that the server knows."""
    return samsungcloud.Credentials(**{**KNOWN, **changes})


def run(
    kind: str, service: str, *works: Callable[[Any], Any], package: ModuleType = samsungcloud, **settings: Any
) -> Any:
    """Make a client, do the works one after the other, and give the value of the last; iterations give lists."""
    settings.setdefault("credentials", credentials())
    cls = getattr(package, service if kind == "sync" else f"Async{service}")
    if kind == "sync":
        with cls(**settings) as client:
            return [_listed(work(client)) for work in works][-1]

    async def done() -> Any:
        async with cls(**settings) as client:
            return [await _awaited(work(client)) for work in works][-1]

    return asyncio.run(done())


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, Iterator) else value


async def _awaited(value: Any) -> Any:
    if isinstance(value, AsyncIterator):
        return [item async for item in value]
    return await value if inspect.isawaitable(value) else value


def signature(method: str, url: str, timestamp: str, secret: str = SECRET_KEY) -> str:
    """Compute a signature from what the portal says of it, with nothing of ours."""
    message = f"{method}{url}{timestamp}{ACCESS_KEY}Openapi".encode()
    return base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()


def proves(received: Any, scheme: str) -> bool:
    """Say whether a request carries the signature of the address that its own request line and Host make."""
    url = f"{scheme}://{received.header('host')}{received.target}"
    expected = signature(received.method, url, received.header("scp-timestamp"))
    return bool(received.header("scp-signature") == expected)


def _moved(request: httpx.Request, base: str) -> httpx.Request:
    """Turn the connection to loopback, and leave request line, headers and body as they are."""
    address = urlsplit(base)
    url = httpx.URL(
        scheme=address.scheme, host=address.hostname or "", port=address.port, raw_path=request.url.raw_path
    )
    extensions = {**request.extensions, "target": request.url.raw_path}
    return httpx.Request(request.method, url, headers=request.headers.raw, stream=request.stream, extensions=extensions)


class _Rerouted(httpx.BaseTransport):
    def __init__(self, base: str) -> None:
        self._base, self._inner = base, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(_moved(request, self._base))

    def close(self) -> None:
        self._inner.close()


class _AsyncRerouted(httpx.AsyncBaseTransport):
    def __init__(self, base: str) -> None:
        self._base, self._inner = base, httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._inner.handle_async_request(_moved(request, self._base))

    async def aclose(self) -> None:
        await self._inner.aclose()


def run_elsewhere(kind: str, service: str, address: str, *works: Callable[[Any], Any], **settings: Any) -> Any:
    """As `run`, for a client of real addresses whose connections end at an address on loopback."""
    if kind == "sync":
        with httpx.Client(transport=_Rerouted(address)) as http_client:
            return run(kind, service, *works, http_client=http_client, **settings)

    async def work_and_close(client: Any) -> Any:
        try:
            return [await _awaited(work(client)) for work in works][-1]
        finally:
            await http_client.aclose()

    http_client = httpx.AsyncClient(transport=_AsyncRerouted(address))
    return run(kind, service, work_and_close, http_client=http_client, **settings)


__all__ = ["ACCESS_KEY", "BOTH", "GENERATED", "KNOWN", "ROOT", "SECRET_KEY", "SERVICE_ID", "Answer", "LoopbackServer"]

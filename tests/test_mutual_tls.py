"""Mutual TLS: a server that asks for a certificate, clients with and without one, documents that name the scheme."""

# ruff: noqa: SIM117  (a client stands before the failure that is expected of it)
from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from .generation import imported
from .loopback import Answer, Loopback, json_answer
from .runtime_sample import SHOW, THING, Caller
from .test_runtime_transport import PAIR
from .test_security_schemes import built, call
from .test_stubs import generate, run_stubs

# isort: split
from apiscribe_runtime.errors import APIConnectionError, ConfigurationError

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}
DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /only: {get: {operationId: only, security: [{Cert: []}], responses: {"204": {description: ok}}}}
  /both: {get: {operationId: both, security: [{Cert: [], Key: []}], responses: {"204": {description: ok}}}}
  /either: {get: {operationId: either, security: [{Cert: []}, {Key: []}], responses: {"204": {description: ok}}}}
components:
  securitySchemes:
    Cert: {type: mutualTLS}
    Key: {type: apiKey, in: header, name: X-Key}
"""


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    path = tmp_path / "pair.pem"
    path.write_text(PAIR)
    return path


@pytest.fixture
def server(pair: Path) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    context.load_verify_locations(pair)
    context.verify_mode = ssl.CERT_REQUIRED
    server = Loopback([json_answer(THING)], context)
    yield server
    server.close()


def trusting(pair: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=pair.read_text().partition("-----END PRIVATE KEY-----\n")[2])


@BOTH
@pytest.mark.parametrize("trust_env", [False, True])
def test_a_certificate_lets_a_client_in(kind: str, trust_env: bool, server: Loopback, pair: Path) -> None:
    context = trusting(pair)
    context.load_cert_chain(pair)
    url = f"https://localhost:{server.port}"
    with Caller(kind, base_url=url, ssl_context=context, trust_env=trust_env) as caller:
        assert caller.call(SHOW, ID).id == "t1"
    assert len(server.received) == 1


@BOTH
def test_nobody_comes_in_without_a_certificate(kind: str, server: Loopback, pair: Path) -> None:
    url = f"https://localhost:{server.port}"
    with Caller(kind, base_url=url, ssl_context=trusting(pair), max_retries=0) as caller:
        with pytest.raises(APIConnectionError):
            caller.call(SHOW, ID)
    assert server.received == []


@BOTH
@pytest.mark.parametrize("context", ["client.pem", True, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)])
def test_a_context_is_one_for_clients(kind: str, context: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"ssl\.create_default_context"):
        with Caller(kind, base_url="https://localhost:9", ssl_context=context):
            pass


@BOTH
def test_a_client_of_the_callers_has_a_context_of_its_own(kind: str) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    with (
        pytest.raises(ConfigurationError, match="exclude each other"),
        Caller(kind, base_url="https://x.example", ssl_context=ssl.create_default_context(), http_client=transport),
    ):
        pass


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, tmp_path_factory.mktemp("imported"), "shop") as made:
        yield made


@BOTH
@pytest.mark.parametrize(
    ("method", "key", "sent"),
    [
        ("only", None, None),
        ("only", "k", None),
        ("both", "k", "k"),
        ("either", None, None),
        ("either", "k", "k"),
    ],
)
def test_a_scheme_takes_nothing_of_a_request(
    kind: str, method: str, key: str | None, sent: str | None, package: ModuleType, server: Loopback, pair: Path
) -> None:
    server.script = [Answer(204)]
    context = trusting(pair)
    context.load_cert_chain(pair)
    credentials = package.Credentials(api_key=key) if key else None
    url = f"https://localhost:{server.port}"
    call(package, kind, "Shop", method, credentials=credentials, base_url=url, ssl_context=context)
    assert [request.header("X-Key") for request in server.received] == [sent]


@BOTH
def test_what_is_needed_besides_is_still_asked_for(kind: str, package: ModuleType) -> None:
    with pytest.raises(package.CredentialsError, match="both: no credentials for it: give api_key"):
        call(package, kind, "Shop", "both", base_url="https://localhost:9")


def test_generating_says_who_needs_a_certificate() -> None:
    found = [
        (line.message, line.origin.pointer) for line in built(DOCUMENT).diagnostics if "ssl_context" in line.message
    ]
    assert found == [("clients of it need ssl_context= with their certificate", "/components/securitySchemes/Cert")]


def test_stubs_run_as_they_stand(tmp_path: Path) -> None:
    code, text = run_stubs(generate(tmp_path, DOCUMENT))
    assert code == 0, text

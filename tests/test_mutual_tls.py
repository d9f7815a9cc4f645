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
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from .generation import imported
from .loopback import Answer, Loopback, json_answer
from .runtime_sample import SHOW, THING, Caller
from .test_runtime_transport import PAIR
from .test_security_schemes import built, call
from .test_stubs import generate, run_stubs

# isort: split
from apiscribe_runtime.errors import APIConnectionError, ConfigurationError
from apiscribe_runtime.secret import Secret

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


@pytest.fixture
def files(pair: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Certificate and keys as files of their own, in a world that trusts this certificate."""
    folder = pair.parent
    key, end, certificate = PAIR.partition("-----END PRIVATE KEY-----\n")
    (folder / "client.pem").write_text(certificate)
    (folder / "client.key").write_text(key + end)
    sealed = load_pem_private_key((key + end).encode(), None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"open sesame")
    )
    (folder / "sealed.key").write_bytes(sealed)
    other = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "other.key").write_bytes(other)
    monkeypatch.setattr("certifi.where", lambda: str(folder / "client.pem"))
    return folder


@BOTH
@pytest.mark.parametrize(
    "names",
    [["pair.pem"], ["client.pem", "client.key"], ["client.pem", "sealed.key", "open sesame"]],
    ids=["one file", "two files", "password"],
)
def test_a_certificate_is_told_by_its_files(kind: str, names: list[str], files: Path, server: Loopback) -> None:
    cert: Any = tuple(files / name if "." in name else Secret(name) for name in names)
    for given in [cert, str(cert[0]) if len(cert) == 1 else (*map(str, cert[:2]), *names[2:])]:
        with Caller(kind, base_url=f"https://localhost:{server.port}", cert=given) as caller:
            assert caller.call(SHOW, ID).id == "t1"
    assert len(server.received) == 2


@BOTH
@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["absent.pem"], r"^cert: .*/absent\.pem: No such file or directory$"),
        (["client.pem", "absent.key"], r"^cert: .*/absent\.key: No such file or directory$"),
        (["client.pem"], r"^cert: .*/client\.pem: no certificate with the private key that belongs to it"),
        (["client.pem", "other.key"], r"^cert: .*/other\.key: no certificate with the private key that belongs to it"),
        (["client.pem", "sealed.key"], r"^cert: .*/sealed\.key: .* or another password opens it$"),
        (["client.pem", "sealed.key", "open barley"], r"^cert: .*/sealed\.key: .* or another password opens it$"),
        (["client.pem", "sealed.key", "barley\ud800"], r"^cert: .*/sealed\.key: .* or another password opens it$"),
        ([], "cert is a path, or"),
        (["client.pem", "client.key", "a", "b"], "cert is a path, or"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_told_at_once(
    kind: str, names: list[str], problem: str, files: Path
) -> None:
    cert = tuple(files / name if "." in name else name for name in names)
    with pytest.raises(ConfigurationError, match=problem) as caught:
        with Caller(kind, base_url="https://localhost:9", cert=cert):
            pass
    assert "barley" not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.__context__!r}"


@BOTH
@pytest.mark.parametrize("cert", [7, ("a", 7), ("a", "b", 7), [("a", "b")]])
def test_what_is_no_certificate_at_all(kind: str, cert: Any) -> None:
    with pytest.raises(ConfigurationError, match="cert is a path, or"):
        with Caller(kind, base_url="https://localhost:9", cert=cert):
            pass


@BOTH
@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"ssl_context": ssl.create_default_context()}, "use its load_cert_chain"),
        ({"http_client": httpx.MockTransport(lambda request: httpx.Response(200))}, "which has its own"),
    ],
)
def test_a_certificate_goes_into_one_place(kind: str, settings: Any, problem: str, files: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"cert is not taken beside .*{problem}"):
        with Caller(kind, base_url="https://localhost:9", cert=files / "pair.pem", **settings):
            pass


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
def test_a_generated_client_takes_it(kind: str, package: ModuleType, files: Path, server: Loopback) -> None:
    server.script = [Answer(204)]
    cert = (files / "client.pem", files / "client.key")
    call(package, kind, "Shop", "only", base_url=f"https://localhost:{server.port}", cert=cert)
    assert len(server.received) == 1


@BOTH
def test_what_is_needed_besides_is_still_asked_for(kind: str, package: ModuleType) -> None:
    with pytest.raises(package.CredentialsError, match="both: no credentials for it: give api_key"):
        call(package, kind, "Shop", "both", base_url="https://localhost:9")


def test_generating_says_who_needs_a_certificate() -> None:
    found = [
        (line.message, line.origin.pointer) for line in built(DOCUMENT).diagnostics if "ssl_context" in line.message
    ]
    assert found == [
        ("clients of it need cert= or ssl_context= with their certificate", "/components/securitySchemes/Cert")
    ]


def test_stubs_run_as_they_stand(tmp_path: Path) -> None:
    code, text = run_stubs(generate(tmp_path, DOCUMENT))
    assert code == 0, text

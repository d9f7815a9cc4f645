"""Programs of READMEs that show how a client proves who calls: each runs against a server that wants just that."""

from __future__ import annotations

import hashlib
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from .generation import built
from .loopback import Answer, Loopback, Received, json_answer, loopback_function
from .test_runtime_transport import PAIR

THING = '{"name": "lamp"}'
TOKEN = '{"access_token": "t-1", "token_type": "Bearer", "expires_in": 3600}'


def readme(scheme: str, address: str) -> Mapping[str, str]:
    """Generate a package whose one operation has one scheme."""
    return built(f"""\
openapi: 3.2.0
info: {{title: Shop, version: "1"}}
servers: [{{url: {address!r}}}]
security: [{{Own: []}}]
paths:
  /thing:
    get:
      operationId: getThing
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}}}
components:
  schemas: {{Thing: {{type: object, properties: {{name: {{type: string}}}}}}}}
  securitySchemes: {{Own: {scheme}}}
""").texts


def started(texts: Mapping[str, str], folder: Path, holds: str, **environment: str) -> subprocess.Popen[str]:
    """Start the one program of the README that has these words, with values for what it leaves open."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (program,) = (
        found for found in re.findall(r"```python\n(.*?)```", texts["README.md"], re.DOTALL) if holds in found
    )
    filled = re.sub(r'(\w+)="\.\.\."', r'\1="my-\1"', program)
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", filled],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(folder), **environment},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(process: subprocess.Popen[str], given: str = "") -> tuple[str, str]:
    """Give what a program prints once it has been given its input."""
    return process.communicate(given, timeout=60)


def test_a_client_fetches_tokens(tmp_path: Path) -> None:
    def answer(request: Received) -> Answer:
        return json_answer(TOKEN if request.target == "/token" else THING)

    with loopback_function(answer) as server:
        scheme = f"{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{server.url}/token', scopes: {{}}}}}}}}"
        process = started(readme(scheme, server.url), tmp_path, "credentials = Credentials(")
        assert finished(process) == ("lamp\n", "")
        asked, called = server.received
    assert parse_qs(asked.body.decode())["grant_type"] == ["client_credentials"]
    assert called.header("authorization") == "Bearer t-1"


def test_a_client_fetches_tokens_for_a_password(tmp_path: Path) -> None:
    def answer(request: Received) -> Answer:
        return json_answer(TOKEN if request.target == "/token" else THING)

    with loopback_function(answer) as server:
        scheme = f"{{type: oauth2, flows: {{password: {{tokenUrl: '{server.url}/token', scopes: {{}}}}}}}}"
        texts = readme(scheme, server.url)
        assert finished(started(texts, tmp_path, "credentials = Credentials(")) == ("lamp\n", "")
        asked, called = server.received
    assert 'or `credentials=Credentials(username="...", password="...")`' in texts["README.md"]
    assert parse_qs(asked.body.decode())["password"] == ["my-password"]
    assert called.header("authorization") == "Bearer t-1"


def test_an_address_without_a_host_is_shown_behind_one() -> None:
    texts = readme("{type: apiKey, in: header, name: X-Key}", "/hub/api/")
    assert 'with Shop(base_url="https://api.example.com/hub/api") as client:' in texts["README.md"]
    assert "base_url" not in readme("{type: http, scheme: bearer}", "https://a.example")["README.md"].split("##")[2]


def test_a_token_of_a_person_is_not_said_to_be_fetched() -> None:
    flow = "{authorizationUrl: 'https://a.example/in', tokenUrl: 'https://a.example/token', scopes: {}}"
    shown = readme(f"{{type: oauth2, flows: {{authorizationCode: {flow}}}}}", "https://a.example")["README.md"]
    assert "A token that the program has from elsewhere:" in shown
    assert "fetches tokens" not in shown
    assert "(an authorization code with PKCE); `store=` keeps their tokens between runs:" in shown


def test_a_person_logs_in(tmp_path: Path) -> None:
    def answer(request: Received) -> Answer:
        return json_answer(TOKEN if request.target == "/token" else THING)

    with loopback_function(answer) as server:
        flow = f"{{authorizationUrl: '{server.url}/authorize', tokenUrl: '{server.url}/token', scopes: {{}}}}"
        texts = readme(f"{{type: oauth2, flows: {{authorizationCode: {flow}}}}}", server.url)
        process = started(texts, tmp_path, "AuthorizationCode(")
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().removeprefix("log in at ").strip())
        told = {name: values[0] for name, values in parse_qs(address.query).items()}
        assert (address.path, told["code_challenge_method"]) == ("/authorize", "S256")
        back = f"{told['redirect_uri']}?{urlencode({'state': told['state'], 'code': 'c-1'})}"
        printed, problem = finished(process, f"{back}\n")
        assert (printed.removeprefix("the address that the browser came back to: "), problem) == ("lamp\n", "")
        asked, called = server.received
    assert parse_qs(asked.body.decode())["code"] == ["c-1"]
    assert called.header("authorization") == "Bearer t-1"


def test_a_person_logs_in_on_another_device(tmp_path: Path) -> None:
    asked = json_answer(
        '{"device_code": "d-1", "user_code": "ABCD", "verification_uri": "https://id.example.com/tv", "interval": 1}'
    )
    scripted = [asked, json_answer('{"error": "authorization_pending"}', 400), json_answer(TOKEN), json_answer(THING)]
    with loopback_function(lambda request: scripted.pop(0)) as server:
        flow = f"{{deviceAuthorizationUrl: '{server.url}/device', tokenUrl: '{server.url}/token', scopes: {{}}}}"
        texts = readme(f"{{type: oauth2, flows: {{deviceAuthorization: {flow}}}}}", server.url)
        assert "keeps their tokens between runs:" in texts["README.md"]
        process = started(texts, tmp_path, "DeviceAuthorization(")
        assert finished(process) == ("open https://id.example.com/tv and enter ABCD\nlamp\n", "")
        assert [request.target for request in server.received] == ["/device", "/token", "/token", "/thing"]
        assert server.received[-1].header("authorization") == "Bearer t-1"
    assert "AuthorizationCode(" not in texts["README.md"]


def test_a_password_answers_a_challenge(tmp_path: Path) -> None:
    challenge = 'Digest realm="shop", nonce="n-1", qop="auth", algorithm=SHA-256'

    def answer(request: Received) -> Answer:
        if request.header("authorization") is None:
            return Answer(401, b"", {"WWW-Authenticate": challenge})
        return json_answer(THING)

    with loopback_function(answer) as server:
        process = started(readme("{type: http, scheme: digest}", server.url), tmp_path, "credentials = Credentials(")
        assert finished(process) == ("lamp\n", "")
        proof = server.received[-1].header("authorization") or ""
    told = dict(re.findall(r'(\w+)="?([^",]*)"?', proof))

    def digest(*parts: str) -> str:
        return hashlib.sha256(":".join(parts).encode()).hexdigest()

    secret, asked = digest("my-username", "shop", "my-password"), digest("GET", "/thing")
    assert told["response"] == digest(secret, "n-1", told["nc"], told["cnonce"], "auth", asked)


def test_a_client_shows_its_certificate(tmp_path: Path) -> None:
    key, end, certificate = PAIR.partition("-----END PRIVATE KEY-----\n")
    (tmp_path / "client.key").write_text(key + end)
    (tmp_path / "client.pem").write_text(certificate)
    (tmp_path / "authority.pem").write_text(certificate)
    (tmp_path / "pair.pem").write_text(PAIR)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pair.pem")
    context.load_verify_locations(tmp_path / "client.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    server = Loopback([json_answer(THING)], context)
    try:
        texts = readme("{type: mutualTLS}", f"https://localhost:{server.port}")
        process = started(texts, tmp_path, "load_cert_chain(")
        assert finished(process) == ("lamp\n", "")
    finally:
        server.close()


def test_a_package_that_asks_for_nothing_shows_no_way_in() -> None:
    texts = built("""\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {/thing: {get: {operationId: getThing, responses: {"204": {description: ok}}}}}
""").texts
    assert "## Authentication" not in texts["README.md"]
    assert "## Authentication" in readme("{type: mutualTLS}", "https://shop.example.com")["README.md"]

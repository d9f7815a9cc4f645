"""Verifying as a server does, with what a generated package brings: each reason, replays, both clients."""

from __future__ import annotations

import asyncio
import base64
import hmac
import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from samsungcloud import AsyncDataOps, AuthenticationError, Credentials, DataOps
from samsungcloud.testing import SCHEMES, Verdict, Verifier, verifier

ACCESS = "access-key-of-the-tests"
SECRET = "hunter2-secret-of-the-tests"
KNOWN = Credentials(ACCESS, SECRET)
NOW = 1_900_000_000.0
URL = "https://h.example/v1/data-ops?size=20"


def signed(
    *, access: str = ACCESS, secret: str = SECRET, url: str = URL, method: str = "GET", moment: object = int(NOW * 1000)
) -> dict[str, str]:
    """Sign by hand, with nothing of the package."""
    message = f"{method}{url}{moment}{access}Openapi".encode()
    proof = base64.b64encode(hmac.new(secret.encode(), message, "sha256").digest()).decode()
    values = (access, proof, str(moment), "Openapi")
    return dict(zip(("Scp-Accesskey", "Scp-Signature", "Scp-Timestamp", "Scp-ClientType"), values, strict=True))


def made(**options: Any) -> Verifier:
    options.setdefault("clock", lambda: NOW)
    return verifier(options.pop("credentials", KNOWN), **options)


def test_a_right_request_is_accepted_once() -> None:
    check = made()
    assert check.verify("GET", URL, signed()) == Verdict(True)
    again = check.verify("GET", URL, signed())
    assert (bool(again), again.reason, again.message) == (False, "replayed", "the request was made before")
    assert check.verify("GET", URL, signed(moment=int(NOW * 1000) + 1))


Headers = Callable[[dict[str, str]], Any]
CASES: list[tuple[str, Headers]] = [
    ("missing", lambda h: {}),
    ("missing", lambda h: {k: v for k, v in h.items() if k != "Scp-Signature"}),
    ("missing", lambda h: {k: v for k, v in h.items() if k != "Scp-Timestamp"}),
    ("missing", lambda h: {k: v for k, v in h.items() if k != "Scp-ClientType"}),
    ("duplicate", lambda h: [*h.items(), ("scp-signature", h["Scp-Signature"])]),
    ("duplicate", lambda h: [*h.items(), ("SCP-TIMESTAMP", "1")]),
    ("malformed", lambda h: {**h, "Scp-Timestamp": "now"}),
    ("malformed", lambda h: {**h, "Scp-Timestamp": ""}),
    ("malformed", lambda h: {**h, "Scp-Timestamp": "-1"}),
    ("malformed", lambda h: {**h, "Scp-Timestamp": "1e12"}),
    ("malformed", lambda h: {**h, "Scp-Timestamp": "9" * 400}),
    ("malformed", lambda h: {**h, "Scp-Timestamp": "".join(chr(0x660 + int(d)) for d in h["Scp-Timestamp"])}),
    ("malformed", lambda h: {**h, "Scp-Signature": h["Scp-Signature"] + "\r\n folded"}),
    ("malformed", lambda h: {**h, "Scp-Signature": h["Scp-Signature"] + "\0"}),
    ("malformed", lambda h: {**h, "Scp-Signature": "é" * 44}),
    ("malformed", lambda h: {**h, "Scp-Signature": "A" * 9000}),
    ("malformed", lambda h: {**h, "Scp-ClientType": "openapi"}),
    ("mismatch", lambda h: {**h, "Scp-Timestamp": "0" + h["Scp-Timestamp"]}),
    ("mismatch", lambda h: {**h, "Scp-Timestamp": str(int(h["Scp-Timestamp"]) + 1)}),
    ("mismatch", lambda h: {**h, "Scp-Signature": h["Scp-Signature"].swapcase()}),
    ("mismatch", lambda h: {**h, "Scp-Signature": h["Scp-Signature"].rstrip("=")}),
    ("mismatch", lambda h: {**h, "Scp-Signature": ""}),
    ("mismatch", lambda h: {**h, "X-Auth-Token": "token"}),
    ("mismatch", lambda h: {**h, "X-Auth-Token": ""}),
    ("mismatch", lambda h: signed(secret="another")),
    ("mismatch", lambda h: signed(secret="")),
    ("mismatch", lambda h: signed(url=URL + "&page=1")),
    ("mismatch", lambda h: signed(url=URL.replace("https", "http"))),
    ("mismatch", lambda h: signed(method="get")),
    ("unknown", lambda h: signed(access="nobody")),
    ("unknown", lambda h: signed(access=ACCESS.upper())),
    ("unknown", lambda h: signed(access="")),
    ("expired", lambda h: signed(moment=int(NOW * 1000) - 300_001)),
    ("expired", lambda h: signed(moment=int(NOW * 1000) + 300_001)),
    ("expired", lambda h: signed(moment=int(NOW))),
    ("expired", lambda h: signed(moment=0)),
]


@pytest.mark.parametrize(("reason", "change"), CASES, ids=[f"{reason}{n}" for n, (reason, _) in enumerate(CASES)])
def test_each_reason(reason: str, change: Headers) -> None:
    check, right = made(), signed()
    verdict = check.verify("GET", URL, change(right))
    assert (verdict.accepted, verdict.reason) == (False, reason)
    shown = f"{verdict!r}{verdict.message}{check!r}"
    assert [value for value in (SECRET, right["Scp-Signature"], ACCESS) if value in shown] == []
    assert check.verify("GET", URL, right)  # nothing that was refused is remembered as seen


def test_who_is_unknown_and_who_signs_wrong_look_alike() -> None:
    check = made()
    unknown, wrong = check.verify("GET", URL, signed(access="x")), check.verify("GET", URL, signed(secret="x"))
    assert unknown.message == wrong.message == "the credentials or the signature are not right"


@pytest.mark.parametrize("offset", [-300_000, -1, 0, 1, 300_000])
def test_the_edges_of_the_window_are_inside(offset: int) -> None:
    assert made().verify("GET", URL, signed(moment=int(NOW * 1000) + offset))
    assert bool(made(window=1.0).verify("GET", URL, signed(moment=int(NOW * 1000) + offset))) == (abs(offset) <= 1000)


def test_header_names_of_any_case_and_blanks_around_values() -> None:
    assert made().verify("GET", URL, [(name.upper(), f" \t{value} ") for name, value in signed().items()])


def test_sample_credentials_are_refused_unless_told() -> None:
    sample = Credentials("0123456789abcdef0123456789abcdef", "11111111-2222-3333-4444-555555555555")
    headers = signed(access=sample.access_key, secret=sample.secret_key.reveal())
    assert made(credentials=sample).verify("GET", URL, headers).reason == "sample"
    assert made(credentials=sample, allow_samples=True).verify("GET", URL, headers)
    assert not any(sample.secret_key.reveal() in digest for digest in SCHEMES["samsungcloud-v2"].samples)


def test_many_credentials_and_a_function_that_finds_them() -> None:
    many = [Credentials(f"access-{n}", f"secret-{n}") for n in range(50)]
    right = signed(access="access-7", secret="secret-7")
    assert made(credentials=many).verify("GET", URL, right)
    assert made(credentials=many).verify("GET", URL, signed(access="access-7", secret="secret-8")).reason == "mismatch"
    asked: list[dict[str, str]] = []

    def find(**names: str) -> Credentials | None:
        asked.append(names)
        return next((one for one in many if one.access_key == names["access_key"]), None)

    assert made(credentials=find).verify("GET", URL, right)
    assert asked == [{"access_key": "access-7"}]


def test_a_token_is_part_of_the_signature() -> None:
    held = Credentials(ACCESS, SECRET, "token-of-the-tests")
    headers = signed()
    assert made(credentials=held).verify("GET", URL, headers).reason == "mismatch"
    assert made(credentials=held).verify("GET", URL, {**headers, "x-auth-token": "token-of-the-tests"})


def test_replays_are_remembered_within_bounds_and_the_flood_is_refused() -> None:
    now = [NOW]
    check = made(replay_limit=100, clock=lambda: now[0])
    first = [check.verify("GET", URL, signed(moment=int(NOW * 1000) + n)) for n in range(150)]
    assert [verdict.reason for verdict in first] == [""] * 100 + ["overloaded"] * 50
    assert len(check._seen) == 100
    assert check.verify("GET", URL, signed(moment=int(NOW * 1000))).reason == "replayed"
    now[0] += 601
    assert check.verify("GET", URL, signed(moment=int(now[0] * 1000)))
    assert len(check._seen) == 1
    unlimited = made(replay_limit=0)
    assert unlimited.verify("GET", URL, signed())
    assert unlimited.verify("GET", URL, signed())


def test_requests_that_are_refused_take_no_memory() -> None:
    check = made()
    for n in range(500):
        check.verify("GET", URL, signed(secret=f"guess-{n}"))
    assert len(check._seen) == 0


def test_of_many_at_once_one_is_accepted() -> None:
    check, gate = made(), threading.Barrier(16)

    def ask(_: int) -> bool:
        gate.wait()
        return bool(check.verify("GET", URL, signed()))

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(ask, range(16))) == [False] * 15 + [True]


# Over loopback


@contextmanager
def serving(check: Verifier) -> Iterator[str]:
    """Serve with nothing but the standard library and the verifier."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            url = f"http://{self.headers.get('Host')}{self.path}"
            verdict = check.verify(self.command, url, self.headers.items(), body)
            data = {"contents": [], "total_count": 0} if verdict else {"message": verdict.message}
            text = json.dumps(data).encode()
            self.send_response(200 if verdict else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = answer  # noqa: N815 (the name that the library calls)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("client", [DataOps, AsyncDataOps])
def test_both_clients_are_accepted_and_wrong_secrets_are_not(client: Any) -> None:
    with serving(verifier(KNOWN)) as url:

        async def call(credentials: Credentials) -> Any:
            made = client(credentials=credentials, base_url=url, max_retries=0)
            try:
                answer = made.list_data_ops(page=0, size=20, sort="한 a+b/c")
                return await answer if client is AsyncDataOps else answer
            finally:
                closed = made.close()
                if client is AsyncDataOps:
                    await closed

        assert asyncio.run(call(KNOWN)).total_count == 0
        with pytest.raises(AuthenticationError, match="the credentials or the signature are not right") as caught:
            asyncio.run(call(Credentials(ACCESS, "another-secret")))
    assert SECRET not in f"{caught.value!r}{caught.value.body!r}"


def test_a_recorded_request_is_refused_the_second_time() -> None:
    with serving(verifier(KNOWN, clock=lambda: NOW)) as url:
        headers = signed(url=f"{url}/v1/data-ops")
        statuses = []
        for _ in range(2):
            connection = http.client.HTTPConnection(url.removeprefix("http://"))
            connection.request("GET", "/v1/data-ops", headers=headers)
            statuses.append(connection.getresponse().status)
            connection.close()
    assert statuses == [200, 401]


def test_the_fixture_and_what_is_imported(tmp_path: Any) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["samsungcloud.testing_pytest"]\n')
    (tmp_path / "test_it.py").write_text(
        "from samsungcloud import Credentials\n\n\n"
        "def test_it(signature_verifier):\n"
        "    check = signature_verifier(Credentials('a', 'b'))\n"
        "    assert check.verify('GET', 'http://localhost/', {}).reason == 'missing'\n"
    )
    code = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(code, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "1 passed" in done.stdout, done.stdout
    script = "import sys, samsungcloud.testing; print({'pytest', 'httpx', 'pydantic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "set()"

"""The signing room: the Python that a recipe becomes, its types, and what happens to optional credentials."""

from __future__ import annotations

import hmac
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from apiscribe import signing

from .signing_room import ROOT, credentials, first_recipe, module_source, read, runtime, signer

RICH = """\
language: 1
name: rich
credentials: {id: {}, key: {secret: true}, token: {secret: true, optional: true}, team: {optional: true}}
steps:
  - name: canonical
    separator: "\\n"
    parts:
      - "{method | lower}{scheme}{host | upper}{path | percent-encode}"
      - "{query | sort-query}"
      - "{headers[Content-Type] | lower | collapse-spaces}"
      - "{credential.token}"
      - "{body | hash(sha512) | HEX}"
  - name: raw
    separator: "/"
    parts: ["{body}", "{credential.id | upper}", "{credential.team | upper}{credential.token}"]
  - {name: day_key, parts: ["{timestamp(yyyymmdd) | hmac(sha1, credential.key)}"]}
  - {name: signature, parts: ["{canonical}{raw | base64url}{nonce}{timestamp(http-date)}"]}
emit:
  headers:
    X-Team: "{credential.team}"
    Authorization: "V1 {signature | hmac(sha256, day_key) | hex}"
    X-Token: "{credential.token}"
    X-Date: "{timestamp(iso8601-ms)} {timestamp(http-date)} {timestamp(yyyymmdd)}"
    X-Nonce: "{nonce}"
"""


def test_the_source_of_the_first_recipe() -> None:
    compiled = signing.compile_module(first_recipe())
    assert compiled.function == "sign_samsungcloud_v2"
    assert compiled.imports == (
        "from ._runtime.keyed import keyed_hash",
        "from ._runtime.signing import leaves_body",
        "from binascii import b2a_base64",
        "from collections.abc import Mapping",
    )
    assert [line.strip() for line in compiled.source.splitlines()][6:13] == [
        "credential_access_key = credentials.access_key",
        "credential_secret_key = credentials.secret_key",
        "credential_session_token = credentials.session_token",
        "milliseconds = int(now * 1000.0 + 0.5)",
        "timestamp_unix_ms = str(milliseconds)",
        'step_message = "".join((method, url, timestamp_unix_ms, credential_access_key, "Openapi"))',
        "step_signature = b2a_base64("
        'keyed_hash("sha256", credential_secret_key.key, step_message.encode()), newline=False).decode()',
    ]


@pytest.mark.parametrize(
    ("recipe", "is_read"), [("samsungcloud-v2", False), ("naver-v2", False), ("aws-sigv4", True), ("binance", True)]
)
def test_a_signer_says_whether_it_reads_the_body(recipe: str, is_read: bool) -> None:
    function = signer(signing.library.recipe(recipe))
    assert runtime("signing").reads_body(function) == is_read


def test_the_same_recipe_gives_the_same_source() -> None:
    assert signing.compile_module(read(RICH)).source == signing.compile_module(read(RICH)).source


def test_a_function_and_its_credentials_are_named_by_the_caller() -> None:
    compiled = signing.compile_module(read(RICH), function="sign", credentials_type="_types.Credentials")
    assert compiled.source.startswith("def sign(\n")
    assert "credentials: _types.Credentials," in compiled.source


@pytest.mark.parametrize(
    ("known", "emitted"),
    [
        ({}, ["Authorization", "X-Date", "X-Nonce"]),
        ({"team": "t"}, ["X-Team", "Authorization", "X-Date", "X-Nonce"]),
        ({"token": "t"}, ["Authorization", "X-Token", "X-Date", "X-Nonce"]),
        ({"team": "t", "token": "t"}, ["X-Team", "Authorization", "X-Token", "X-Date", "X-Nonce"]),
    ],
)
def test_absent_credentials_are_left_out(known: dict[str, str], emitted: list[str]) -> None:
    recipe = read(RICH)
    signed = signer(recipe)(
        "GET", "https://h", {}, b"", credentials(recipe, {"id": "i", "key": "k", **known}), 1.5, "n"
    )
    assert [name for name, _ in signed.headers] == emitted
    assert dict(signed.headers)["X-Date"] == "1970-01-01T00:00:01.500Z Thu, 01 Jan 1970 00:00:01 GMT 19700101"


def test_two_calls_have_two_nonces() -> None:
    recipe = read(RICH)
    sign, known = signer(recipe), credentials(recipe, {"id": "i", "key": "k"})
    nonces = {dict(sign("GET", "https://h/", {}, b"", known, 1.0).headers)["X-Nonce"] for _ in range(2)}
    assert len(nonces) == 2
    assert all(len(nonce) == 32 for nonce in nonces)


@pytest.mark.parametrize(
    ("now", "sent"), [(1605290625.682, "1605290625682"), (0.0004, "0"), (0.0006, "1"), (1.9996, "2000")]
)
def test_time_is_rounded_to_the_millisecond(now: float, sent: str) -> None:
    recipe = first_recipe()
    known = credentials(recipe, {"access_key": "a", "secret_key": "s"})
    assert dict(signer(recipe)("GET", "https://h/", {}, b"", known, now).headers)["Scp-Timestamp"] == sent


CREDENTIALS_MODULE = """\
from ._runtime.secret import Secret


class Credentials:
    access_key: str
    secret_key: Secret
    session_token: Secret | None
    id: str
    key: Secret
    token: Secret | None
    team: str | None
"""


def test_the_generated_module_is_strictly_typed(tmp_path: Path) -> None:
    package = tmp_path / "client"
    (package / "_runtime").mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in (
        "__init__.py",
        "asymmetric.py",
        "canonical.py",
        "errors.py",
        "headers.py",
        "keyed.py",
        "secret.py",
        "signing.py",
    ):
        shutil.copy(ROOT / "templates" / "runtime" / name, package / "_runtime" / name)
    (package / "_credentials.py").write_text(CREDENTIALS_MODULE, "utf-8")
    for compiled in map(signing.compile_module, (first_recipe(), read(RICH))):
        lines = module_source(compiled).split("\n")
        lines[1:1] = ["from ._credentials import Credentials", "from ._runtime.signing import Signed, Signer"]
        lines.append(f"CHECKED: Signer = {compiled.function}")
        (package / f"{compiled.function}.py").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir", str(tmp_path / "cache")]
    checked = subprocess.run([*command, "client"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512"])
@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 128, 129, 200])
def test_a_prepared_key_gives_the_hmac_of_the_standard_library(algorithm: str, length: int) -> None:
    keyed = runtime("keyed").keyed_hash
    key = bytes(range(200))[:length]
    for message in (b"", b"message", bytes(1000)):
        assert keyed(algorithm, key, message) == hmac.digest(key, message, algorithm)

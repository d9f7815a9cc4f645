"""The command `sign`: what it shows of a signature, and what it says of one that is another."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from apiscribe.cli import main

from .signing_room import ACCESS_KEY, ROOT, SECRET_KEY, VECTORS

DOCUMENT = ROOT / "spec/samsungcloud/data-ops-1.1.yaml"
SPEC = VECTORS / "recipe.yaml"
HOST = "data-ops.kr-west1.e.samsungsdscloud.com"
URL = f"https://{HOST}/v1/data-ops?size=20&page=0&sort=created_dt:desc"
MOMENT = 1605290625682
GIVEN = ("--credential", f"access_key={ACCESS_KEY}", "--credential", "secret_key=@env:SECRET_OF_THE_TEST")
KNOWN = "jPrDBuxfdB+KtSolSqPkDnTnrB0leJgpj+h1hGw0BLU="


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("SCP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SECRET_OF_THE_TEST", SECRET_KEY)
    return tmp_path


class Said:
    """What one run printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["sign", *map(str, arguments)])
        self.code = ended.value.code
        self.out, self.err = capsys.readouterr()


def sign(capsys: pytest.CaptureFixture[str], *arguments: object, url: str = URL, method: str = "GET") -> Said:
    return Said(capsys, "--spec", SPEC, "--timestamp", MOMENT, *GIVEN, *arguments, method, url)


def digest(text: str, key: str = SECRET_KEY, algorithm: str = "sha256") -> bytes:
    return hmac.new(key.encode(), text.encode(), algorithm).digest()


def text(
    method: str = "GET", url: str = URL, moment: object = MOMENT, access: str = ACCESS_KEY, end: str = "Openapi"
) -> str:
    return f"{method}{url}{moment}{access}{end}"


def signature(said: str, key: str = SECRET_KEY, algorithm: str = "sha256") -> str:
    return base64.b64encode(digest(said, key, algorithm)).decode()


def test_what_to_send(capsys: pytest.CaptureFixture[str]) -> None:
    said = sign(capsys)
    assert said.code == 0
    assert said.out.splitlines() == [
        f"Scp-Accesskey: {ACCESS_KEY}",
        f"Scp-Signature: {KNOWN}",
        f"Scp-Timestamp: {MOMENT}",
        "Scp-ClientType: Openapi",
    ]


def test_every_step_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    said = sign(capsys, "--explain")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == f"samsungcloud-v2: samsungcloud-v2, at {MOMENT} ms"
    assert lines[2].split(None, 5) == ["message", "=", "string", "to", "sign", f"150  {text()}"]
    assert lines[3].split() == ["signature", "44", KNOWN]
    assert f"Scp-Signature: {KNOWN}" in lines


@pytest.mark.parametrize("number", range(1, 8))
def test_the_vectors_of_the_document(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    vectors = yaml.safe_load(DOCUMENT.read_text("utf-8"))["components"]["securitySchemes"]["ScpSignature"]["x-signing"]
    vectors = vectors["vectors"]
    assert len(vectors) == 7
    vector = vectors[number - 1]
    arguments = ("--spec", DOCUMENT, "--sample", "--timestamp", vector["timestamp"], "--compare")
    right = Said(capsys, *arguments, vector["signature"], "--json", vector["method"], vector["url"])
    assert right.code == 0
    assert json.loads(right.out)["compare"]["equal"] is True
    shown = json.loads(right.out)["string_to_sign"]["text"]
    assert shown == text(vector["method"], vector["url"], vector["timestamp"])


PLUS = f"https://{HOST}/v1/a%20b?q=x%2By&z=%ED%95%9C"
MISTAKES = [
    (URL, signature(text(method="get")), "the method was in lower case"),
    (URL, signature(text(url="/v1/data-ops?size=20&page=0&sort=created_dt:desc")), "the path and query were signed"),
    (URL, signature(text(url="/v1/data-ops")), "the path alone was signed"),
    (URL, signature(text(url=f"https://{HOST}/v1/data-ops")), "the query was left out"),
    (URL, signature(text(url=URL.removeprefix("https://"))), "scheme was left out"),
    (URL, signature(text(url=URL.replace("https", "http"))), "http and https were mixed up"),
    (URL, signature(text(url=URL.replace(".com/", ".com:443/"))), "the default port was signed"),
    (URL.replace(".com/", ".com:8443/"), signature(text()), "the port was left out"),
    (URL, signature(text(url=URL.replace(HOST, HOST.upper()))), "the host was in upper case"),
    (URL, signature(text(url=URL.replace("?", "/?"))), "a slash at the path's end was added or left out"),
    (URL, signature(text(url=URL.replace(":desc", "%3Adesc"))), "the address was encoded anew"),
    (
        URL,
        signature(text(url=URL.replace("size=20&page=0&sort=created_dt:desc", "page=0&size=20&sort=created_dt:desc"))),
        "the query was sorted",
    ),
    (PLUS, signature(text(url=f"https://{HOST}/v1/a b?q=x+y&z=한")), "the address was decoded"),
    (PLUS, signature(text(url=PLUS.replace("%", "%25"))), "the address was encoded twice"),
    (PLUS, signature(text(url=PLUS.replace("%2B", "%2b").replace("%ED%95%9C", "%ed%95%9c"))), "in lower case"),
    (PLUS, signature(text(url=PLUS.replace("%20", "%20"), moment=MOMENT // 1000)), "unix-s instead of unix-ms"),
    (URL, signature(text(moment=MOMENT // 1000)), "message: the timestamp was unix-s instead of unix-ms"),
    (URL, signature(text(moment=MOMENT + 3)), "the time signed was 3 ms later than the time sent"),
    (URL, signature(text(moment=MOMENT + 9 * 3_600_000)), "the time signed was +9 hours off, a time zone"),
    (URL, signature(text(end="")), "message: 'Openapi' was left out"),
    (URL, signature(text(access="")), "access_key was empty"),
    (URL, signature(text(end="Openapi\n")), "message: a line feed at the end"),
    (URL, signature("\n".join(("GET", URL, str(MOMENT), ACCESS_KEY, "Openapi"))), "a line feed between the parts"),
    (URL, signature(f"{MOMENT}GET{URL}{ACCESS_KEY}Openapi"), "message: another order: {timestamp(unix-ms)}, {method}"),
    (URL, signature(text(), algorithm="sha1"), "sha1 was used instead of sha256"),
    (URL, signature(text(), algorithm="sha512"), "sha512 was used instead of sha256"),
    (URL, signature(text(), key=SECRET_KEY.replace("-", "")), "secret_key was without dashes"),
    (URL, signature(text(), key=SECRET_KEY + "\n"), "secret_key ended in a line feed"),
    (URL, signature(text(), key=""), "secret_key was empty"),
    (URL, signature(text(access=SECRET_KEY), key=ACCESS_KEY), "access_key and secret_key were swapped"),
    (URL, digest(text()).hex(), "the signature was written as hex instead of base64"),
    (URL, digest(text()).hex().upper(), "the signature was written as HEX instead of base64"),
    (URL, KNOWN.rstrip("="), "written as base64 without padding instead of base64"),
    (URL, base64.urlsafe_b64encode(digest(text())).decode(), "written as base64url instead of base64"),
    (URL, KNOWN.replace("+", "%2B").replace("=", "%3D"), "percent-encoded, base64 instead of base64"),
    (URL, base64.b64encode(digest(text()).hex().encode()).decode(), "written as base64 of hex instead of base64"),
    (URL, f"{KNOWN}\n", "blanks around, base64 instead of base64"),
]


@pytest.mark.parametrize(("url", "given", "said"), MISTAKES, ids=[said for _, _, said in MISTAKES])
def test_a_mistake_is_found(url: str, given: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = sign(capsys, "--compare", given, url=url)
    assert found.code == 1
    assert found.out.startswith("differs: the given signature is what comes out if\n")
    assert said in found.out.splitlines()[1]
    assert SECRET_KEY not in found.out


def test_two_mistakes_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    for given, said in (
        (signature(text(method="get", url=URL.partition("?")[0])), {"the query was left out", "lower case"}),
        (digest(text(url="/v1/data-ops", moment=MOMENT // 1000)).hex(), {"the path alone", "unix-s", "as hex"}),
    ):
        found = sign(capsys, "--compare", given)
        assert found.code == 1
        assert all(word in found.out for word in said), found.out


def test_where_it_departs(capsys: pytest.CaptureFixture[str]) -> None:
    found = sign(capsys, "--compare", signature(text(end="")))
    assert found.out.splitlines()[2:] == [
        f"what was signed then departs at byte {len(text(end=''))}:",
        f"  {text(end='')}",
    ]
    data = json.loads(sign(capsys, "--json", "--compare", signature(text(method="get"))).out)
    assert data["compare"]["departs_at_byte"] == 0
    assert data["compare"]["mistakes"] == ["the method was in lower case"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (base64.b64encode(b"x" * 32).decode(), "it stands for 32 bytes"),
        ("not a signature", "it is neither hexadecimal nor base64"),
        ("", "it stands for 0 bytes"),
    ],
)
def test_none_of_the_variations(given: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = sign(capsys, "--compare", given)
    assert found.code == 1
    assert "variations that were tried gives the given signature" in found.out
    assert said in found.out


def test_a_body_that_is_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = {
        "language": 1,
        "name": "with-body",
        "credentials": {"key": {"secret": True}},
        "steps": [{"name": "proof", "parts": ["{body | hmac(sha256, credential.key) | hex}"]}],
        "emit": {"headers": {"X-Proof": "v1={proof}"}},
    }
    spec = tmp_path / "api.yaml"
    scheme = {"type": "apiKey", "in": "header", "name": "X-Proof", "x-signing": recipe}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
    spec.write_text(json.dumps({**document, "components": {"securitySchemes": {"Proof": scheme}}}))
    (tmp_path / "key").write_text("hunter2-key\n")
    arguments = ("--spec", spec, "--credential", f"key=@file:{tmp_path}/key", "--body", '{"b": 1, "a": 2}')
    right = hmac.new(b"hunter2-key", b'{"b": 1, "a": 2}', hashlib.sha256).hexdigest()
    for given, code, said in (
        (right, 0, "equal"),
        (f"v1={right}", 0, "equal"),
        (hmac.new(b"hunter2-key", b'{"b":1,"a":2}', "sha256").hexdigest(), 1, "the body was JSON without blanks"),
        (hmac.new(b"hunter2-key", b'{"a":2,"b":1}', "sha256").hexdigest(), 1, "the body was JSON with sorted keys"),
        (hmac.new(b"hunter2-key", b"", "sha256").hexdigest(), 1, "the body was empty"),
    ):
        found = Said(capsys, *arguments, "--compare", given, "POST", "https://h.example/")
        assert (found.code, said in found.out) == (code, True), found.out


# Secrets


SECRET = "hunter2/secret+key"
SIGNING = """
language: 1
name: chain
credentials:
  id: {}
  key: {secret: true}
  password: {secret: true}
  token: {secret: true, optional: true}
steps:
  - {name: canonical, separator: "\\n", parts: ["{method}", "{path}", "token:{credential.token}"]}
  - {name: start, parts: ["AWS4{credential.key}"]}
  - {name: day, parts: ["{timestamp(yyyymmdd) | hmac(sha256, start)}"]}
  - {name: raw, parts: ["{canonical | hash(sha256)}"]}
  - {name: pair, parts: ["{credential.id}:{credential.password}"]}
  - {name: proof, parts: ["{raw | hmac(sha256, day) | hex}"]}
emit:
  headers:
    X-Proof: "{proof}"
    X-Date: "{timestamp(unix-s)}"
    X-Token: "{credential.token}"
    X-Basic: "Basic {pair | base64}"
    X-Encoded: "{credential.password | percent-encode}"
"""


@pytest.mark.parametrize("form", [(), ("--explain",), ("--json",), ("--compare", "x")])
def test_secrets_are_shown_nowhere(
    form: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_ID", "me")
    monkeypatch.setenv("T_KEY", SECRET)
    monkeypatch.setenv("T_PASSWORD", "pass/word+mine")
    monkeypatch.setenv("T_TOKEN", "token-of-mine")
    scheme = {"type": "apiKey", "in": "header", "name": "X-Proof", "x-signing": yaml.safe_load(SIGNING)}
    info = {"title": "T", "version": "1", "x-environment-prefix": "T"}
    document = {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"securitySchemes": {"S": scheme}}}
    spec = tmp_path / "api.yaml"
    spec.write_text(json.dumps(document))
    said = Said(
        capsys, "--spec", spec, *form, "--timestamp", MOMENT, "GET", f"https://h.example/{'hunter2%2Fsecret%2Bkey'}"
    )
    assert said.code in ((0,) if "--compare" not in form else (1,))
    start = hmac.new(f"AWS4{SECRET}".encode(), b"20201113", "sha256").digest()
    hidden = [
        *(SECRET, "token-of-mine", "hunter2%2Fsecret%2Bkey", start.hex(), base64.b64encode(start).decode()),
        *(
            base64.b64encode(b"me:pass/word+mine").decode(),
            "pass%2Fword%2Bmine",
            "pass/word",
            SECRET.encode().hex(),
            "hunter2",
        ),
    ]
    assert [value for value in hidden if value in said.out + said.err] == []
    if form == ("--explain",):
        canonical = hashlib.sha256(b"GET\n/hunter2%2Fsecret%2Bkey\ntoken:token-of-mine").digest()
        assert f"raw     {len(canonical)}" in " ".join(said.out.split("\n")) or canonical.hex() in said.out
        assert "X-Token: ***" in said.out
        assert "X-Basic: ***" in said.out
        assert "day" in said.out


def test_credentials_like_a_client(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    common = ("--spec", DOCUMENT, "--timestamp", MOMENT, "--compare", KNOWN)
    missing = Said(capsys, *common, "GET", URL)
    assert missing.code == 2
    assert "set SCP_ACCESS_KEY, SCP_SECRET_KEY" in missing.err
    folder = home / ".samsungcloud"
    folder.mkdir()
    file = folder / "credentials.toml"
    file.write_text(f"[default]\naccess_key = '{ACCESS_KEY}'\nsecret_key = '{SECRET_KEY}'\n")
    file.chmod(0o600)
    assert Said(capsys, *common, "--package", "samsungcloud", "GET", URL).code == 0
    file.chmod(0o644)
    assert "can be read by others" in Said(capsys, *common, "--package", "samsungcloud", "GET", URL).err
    monkeypatch.setenv("SCP_ACCESS_KEY", ACCESS_KEY)
    monkeypatch.setenv("SCP_SECRET_KEY", SECRET_KEY)
    assert Said(capsys, *common, "GET", URL).code == 0
    given = ("--credential", f"access_key={ACCESS_KEY}", "--credential", "secret_key=@env:SCP_SECRET_KEY")
    assert Said(capsys, *common, *given, "GET", URL).code == 0


# What is refused


REFUSED: list[tuple[tuple[Any, ...], str]] = [
    (("--credential", f"secret_key={SECRET_KEY}", "GET", URL), "everybody on this machine sees the arguments"),
    (("--credential", "secret_key=@env:NOT_SET", "GET", URL), "@env:NOT_SET is empty or not there"),
    (("--credential", "secret_key=@file:/nonexistent", "GET", URL), "/nonexistent: cannot be read"),
    (("--credential", f"access_key={ACCESS_KEY}", "GET", URL), "secret_key missing"),
    (("--credential", "password=x", "GET", URL), "no credential password; the recipe has: access_key, secret_key"),
    (("--sample", "--credential", "access_key=x", "GET", URL), "exclude each other"),
    (("--sample", "GET", URL), "--sample: the recipe has no vectors"),
    ((*GIVEN, "GE T", URL), "METHOD GE T is not a method"),
    ((*GIVEN, "GET", "/v1/data-ops"), "URL is not a complete address"),
    ((*GIVEN, "GET", "ftp://h.example/"), "URL is not a complete address"),
    ((*GIVEN, "GET", f"{URL}#top"), "URL is not a complete address"),
    ((*GIVEN, "GET", f"{URL}&name=한"), "does not go over the wire as it is: write %ED%95%9C"),
    ((*GIVEN, "GET", f"{URL}&name=a b"), "does not go over the wire as it is: write %20"),
    ((*GIVEN, "--header", "nothing", "GET", URL), "--header nothing: not NAME: VALUE on one line"),
    ((*GIVEN, "--header", "A: b\r\nC: d", "GET", URL), "--header A: not NAME: VALUE on one line"),
    ((*GIVEN, "--body", "@/nonexistent", "GET", URL), "/nonexistent: cannot be read"),
    ((*GIVEN, "--timestamp", "yesterday", "GET", URL), "not Unix time in seconds or milliseconds"),
    ((*GIVEN, "--timestamp", "2020-11-13T18:03:45", "GET", URL), "nor RFC 3339 with an offset"),
    ((*GIVEN, "--scheme", "Other", "GET", URL), "has no security scheme Other (it has: ScpSignature)"),
    ((*GIVEN, "--compare", KNOWN, "GET", URL), "--compare needs --timestamp"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_refused(arguments: tuple[Any, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "--spec", DOCUMENT if "--scheme" in arguments else SPEC, *arguments)
    assert said.code == 2
    assert message in said.err
    assert said.out == ""
    assert SECRET_KEY not in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("moment", ["1605290625", "2020-11-13T18:03:45Z", "2020-11-14T03:03:45+09:00"])
def test_forms_of_a_moment(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "--spec", DOCUMENT, "--sample", "--timestamp", moment, "GET", URL)
    assert "Scp-Timestamp: 1605290625000" in said.out.splitlines()


def test_a_password_scheme_has_no_string_to_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "api.yaml"
    schemes = {"B": {"type": "http", "scheme": "basic"}, "K": {"type": "apiKey", "in": "query", "name": "key"}}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
    spec.write_text(json.dumps({**document, "components": {"securitySchemes": schemes}}))
    (tmp_path / "secret").write_text("hunter2")
    secret = f"@file:{tmp_path}/secret"
    basic = ("--spec", spec, "--credential", "username=me", "--credential", f"password={secret}", "--explain")
    said = Said(capsys, *basic, "GET", "https://h.example/")
    assert said.code == 0
    assert "me:***" in said.out
    assert "Authorization: ***" in said.out
    assert "string to sign" not in said.out
    given = base64.b64encode(b"me:hunter2").decode()
    assert Said(capsys, *basic, "--compare", f"Basic {given}", "GET", "https://h.example/").code == 0
    query = Said(
        capsys, "--spec", spec, "--scheme", "K", "--credential", f"api_key={secret}", "GET", "https://h.example/"
    )
    assert query.out == "https://h.example/?key=***\n"


def test_the_page_about_signing_shows_what_comes_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/signing.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    explain, compare = (shlex.split(block.replace("\\\n", " "))[2:] for block in blocks)
    monkeypatch.chdir(ROOT)
    said = Said(capsys, *explain)
    assert said.code == 0
    assert f"```text\n{said.out}```\n" in page
    found = Said(capsys, *compare)
    assert found.code == 1
    assert "the path and query were signed, without scheme and host" in found.out

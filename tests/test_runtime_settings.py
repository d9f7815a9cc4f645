"""Where a client talks to and as whom: servers, options, environment, profile file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from .runtime_sample import ACCESS, SECRET, SERVICE, TOKEN, Credentials, ThingsClient, credentials

# isort: split
from apiscribe_runtime.credentials import CredentialField, CredentialsBase
from apiscribe_runtime.errors import APIError, ConfigurationError, CredentialsError
from apiscribe_runtime.profile import Settings
from apiscribe_runtime.service import Server, ServerVariable, server_url

PLACE = {"region": "kr-west1", "environment": "e"}
FILE = """
[default]
access_key = "file-access"
secret_key = "file-secret"
region = "kr-south1"
environment = "g"

[other]
access_key = "other-access"
secret_key = "other-secret"
session_token = "other-token"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("TSTSVC_")]:
        monkeypatch.delenv(name)
    return tmp_path


def write_profile(home: Path, text: str = FILE, mode: int = 0o600) -> Path:
    folder = home / ".tstsvc"
    folder.mkdir(exist_ok=True)
    path = folder / "credentials.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def client(**options: Any) -> ThingsClient:
    options.setdefault("variables", PLACE)
    return ThingsClient(**options)


def found(made: ThingsClient) -> tuple[str, str, str | None]:
    source, wanted = made._core._asked or (None, None)
    held: Any = made._core._held if source is None else source.current(wanted)
    return held.access_key, held.secret_key.reveal(), held.session_token and held.session_token.reveal()


def test_credentials_arguments_before_environment_before_profile(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(home)
    assert found(client()) == ("file-access", "file-secret", None)
    monkeypatch.setenv("TSTSVC_ACCESS_KEY", "env-access")
    monkeypatch.setenv("TSTSVC_SECRET_KEY", "env-secret")
    assert found(client()) == ("env-access", "env-secret", None)
    monkeypatch.setenv("TSTSVC_SESSION_TOKEN", "env-token")
    assert found(client()) == ("env-access", "env-secret", "env-token")
    assert found(client(credentials=credentials())) == (ACCESS, SECRET, None)


def test_places_are_found_in_the_same_order(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(home)
    assert repr(client(variables={})) == "ThingsClient('https://things.kr-south1.g.example.com')"
    monkeypatch.setenv("TSTSVC_REGION", "kr-west1")
    monkeypatch.setenv("TSTSVC_ENVIRONMENT", "e")
    assert repr(client(variables={})) == "ThingsClient('https://things.kr-west1.e.example.com')"
    assert "kr-south1.g" in repr(client(variables={"region": "kr-south1", "environment": "g"}))
    assert "kr-west1.e" in repr(client(variables={"region": None, "environment": None}))
    assert repr(client(variables={"region": "nowhere"}, base_url="https://x.example/api/")).endswith(
        "('https://x.example/api')"
    )


def test_profiles(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(home)
    monkeypatch.setenv("TSTSVC_PROFILE", "other")
    assert found(client()) == ("other-access", "other-secret", "other-token")
    monkeypatch.setenv("TSTSVC_PROFILE", "none")
    with pytest.raises(ConfigurationError, match=r"no table \[none\]"):
        client()
    (home / ".tstsvc" / "credentials.toml").unlink()
    with pytest.raises(
        ConfigurationError, match=r"profile 'none' is chosen, but there is no ~/\.tstsvc/credentials\.toml"
    ):
        client()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610, 0o777])
def test_a_profile_file_that_others_can_read_is_refused(home: Path, mode: int) -> None:
    write_profile(home, mode=mode)
    with pytest.raises(CredentialsError, match=r"can be read by others .*chmod 600 ~/.tstsvc/credentials.toml"):
        client()


def test_a_profile_file_is_read_only_where_something_is_looked_for(home: Path) -> None:
    write_profile(home, mode=0o644)
    assert found(client(credentials=credentials()))[0] == ACCESS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml = = hunter2", "is not valid TOML"),
        ("[default]\naccess_key = 5\nsecret_key = 'hunter2'", "access_key under .default. is not text"),
        ("default = 5", r"no table \[default\]"),
        ("[default]\naccess_key = 'a'", r"incomplete credentials in \[default\] of .*: secret_key missing"),
        ("[default]\naccess_key = ' hunter2'\nsecret_key = 'b'", "access_key has a blank"),
    ],
)
def test_profile_files_with_faults(home: Path, text: str, said: str) -> None:
    write_profile(home, text)
    with pytest.raises(ConfigurationError, match=said) as caught:
        client()
    assert "hunter2" not in f"{caught.value!r}{caught.value.__cause__}{caught.value.__context__}"


def test_other_files_in_the_place_of_the_profile(home: Path) -> None:
    path = write_profile(home)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CredentialsError, match="UTF-8"):
        client()
    path.write_text("#" * (1024 * 1024 + 1))
    with pytest.raises(CredentialsError, match="larger than"):
        client()
    path.unlink()
    path.mkdir()
    with pytest.raises(CredentialsError):
        client()
    path.rmdir()
    os.mkfifo(path, 0o600)
    with pytest.raises(CredentialsError, match="not a file"):
        client()
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("")
    with pytest.raises(CredentialsError, match="no credentials"):
        client()


def test_missing_credentials_say_what_to_set() -> None:
    with pytest.raises(CredentialsError) as caught:
        client()
    assert isinstance(caught.value, APIError)
    assert str(caught.value) == (
        "no credentials: pass credentials=Credentials(access_key=…, secret_key=…), or set TSTSVC_ACCESS_KEY, "
        "TSTSVC_SECRET_KEY, or write access_key, secret_key under [default] in ~/.tstsvc/credentials.toml (mode 0600)"
    )


def test_half_of_the_credentials_is_no_mixture(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(home)
    monkeypatch.setenv("TSTSVC_ACCESS_KEY", "env-access")
    with pytest.raises(CredentialsError, match="in the environment: TSTSVC_SECRET_KEY missing"):
        client()
    monkeypatch.delenv("TSTSVC_ACCESS_KEY")
    monkeypatch.setenv("TSTSVC_SESSION_TOKEN", TOKEN)
    assert found(client()) == ("file-access", "file-secret", None)


@pytest.mark.parametrize("value", ["", None, " hunter2", "hunter2\n", "hunter2\r\nb", "hunter2\0", "\ud800", 5])
def test_credentials_that_cannot_be_sent(value: Any) -> None:
    with pytest.raises(CredentialsError, match="access_key") as caught:
        Credentials(value, SECRET)
    assert "hunter2" not in str(caught.value)


def test_credentials_of_other_kinds() -> None:
    class Bearer(CredentialsBase):
        fields = (CredentialField(name="token", secret=True),)

    assert Bearer(token="t").revealed() == ("t",)
    with pytest.raises(TypeError, match="Bearer has no other"):
        Bearer(token="t", other="x")
    with pytest.raises(TypeError, match="credentials is not a Credentials"):
        client(credentials="key:secret")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "region is missing .*environment='e', region='kr-west1' | environment='g', region='kr-south1'"),
        ({"region": "kr-west1"}, "environment is missing .*TSTSVC_ENVIRONMENT"),
        ({"region": "mars", "environment": "e"}, "region='mars' is none of kr-west1, kr-south1"),
        (
            {"region": "kr-south1", "environment": "e"},
            "not offered with region='kr-south1', environment='e'; it is with environment='e', region='kr-west1'",
        ),
        ({**PLACE, "zone": "1"}, "no server variable zone"),
    ],
)
def test_servers_that_do_not_exist(variables: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        client(credentials=credentials(), variables=variables)


@pytest.mark.parametrize("value", ["a/b", "x@evil", "a#", "a?", "", ".", "a b", "-a", "a:1", "é", "a\n"])
def test_free_variables_stay_inside_the_host(value: str) -> None:
    service = SERVICE.changed(
        servers=(Server(url="https://{name}.example.com", variables=(ServerVariable(name="name", required=True),)),)
    )
    with pytest.raises(ConfigurationError):
        server_url(service, {"name": value}, Settings(prefix="P", folder="", variables={}))


def test_defaults_several_servers_and_none() -> None:
    settings = Settings(prefix="P", folder="", variables={"P_REGION": "b"})
    choose = ServerVariable(name="region", default="a", values=("a", "b"))
    only_a = ServerVariable(name="region", default="a", values=("a",))
    first = Server(url="https://one.{region}.example.com", variables=(only_a,))
    second = Server(url="https://two.{region}.example.com/v2", variables=(choose,))
    assert server_url(SERVICE.changed(servers=(second,)), {}, settings) == "https://two.b.example.com/v2"
    assert server_url(SERVICE.changed(servers=(first, second)), {}, settings) == "https://two.b.example.com/v2"
    assert server_url(SERVICE.changed(servers=(first,)), {"region": "a"}, settings) == "https://one.a.example.com"
    for servers in ((), (Server(url="/v1"),)):
        with pytest.raises(ConfigurationError, match="pass base_url="):
            server_url(SERVICE.changed(servers=servers), {}, settings)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example",
        "things.example.com",
        "https://user:pass@x.example",
        "https://x.example?a=1",
        "https://x.example?",
        "https://x.example#f",
        "https://",
        "https://x.example:99999",
        "https://x\n.example",
        "https://[::1",
        "file:///etc/passwd",
        "",
        5,
    ],
)
def test_base_urls_that_are_refused(url: Any) -> None:
    with pytest.raises(ConfigurationError):
        client(credentials=credentials(), base_url=url, variables={})


@pytest.mark.parametrize(
    "host", ["example.com", "10.0.0.1", "127.evil.example", "localhost.evil.example", "[fe80::1]", "0.0.0.0"]
)
def test_http_is_for_loopback_unless_it_is_chosen(host: str) -> None:
    with pytest.raises(ConfigurationError, match="not encrypted"):
        client(credentials=credentials(), base_url=f"http://{host}")
    assert client(credentials=credentials(), base_url=f"http://{host}", allow_http=True)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:80", "x.localhost"])
def test_http_to_loopback(host: str) -> None:
    assert client(credentials=credentials(), base_url=f"http://{host}")


def test_options_and_settings_that_are_refused() -> None:
    for options in (
        {"options": {"language": "fr-FR"}},
        {"options": {"tongue": "ko-KR"}},
        {"validate": "maybe"},
        {"timeout": 0},
        {"max_retries": -1},
        {"max_retries": True},
    ):
        with pytest.raises(APIError):
            client(credentials=credentials(), **options)


def test_a_client_shows_no_secret() -> None:
    made = client(credentials=credentials(TOKEN))
    assert not any(hidden in repr(made) for hidden in (ACCESS, SECRET, TOKEN))

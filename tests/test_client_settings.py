"""Where a generated client gets address and credentials: arguments, then the environment, then a private file."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path
from typing import Any

import pytest
from samsungcloud import AsyncDataOps, ConfigurationError, Credentials, CredentialsError, DataFlow, DataOps

from .client_room import ACCESS_KEY, BOTH, KNOWN, SECRET_KEY, Answer, LoopbackServer, run, run_elsewhere, verifying

PAIRS = [("s", "kr-west1"), ("s", "kr-east1"), ("e", "kr-west1"), ("e", "kr-east1")] + [
    ("g", f"kr-south{number}") for number in (1, 2, 3)
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own and an environment without settings."""
    for name in list(os.environ):
        if name.startswith("SCP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def profile(home: Path, text: str, mode: int = 0o600) -> Path:
    """Write a profile file."""
    path = home / ".samsungcloud" / "credentials.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def address(service: Any = DataOps, **settings: Any) -> str:
    """Make a client and read the address it calls."""
    client = service(**{"credentials": Credentials(**KNOWN), **settings})
    return repr(client).split("'")[1]


@pytest.mark.parametrize(("environment", "region"), PAIRS)
def test_pairs_that_exist(environment: str, region: str) -> None:
    host = f"{region}.{environment}.samsungsdscloud.com"
    assert address(environment=environment, region=region) == f"https://data-ops.{host}"
    assert address(DataFlow, environment=environment, region=region) == f"https://data-flow.{host}"


@pytest.mark.parametrize(("environment", "region"), [("g", "kr-west1"), ("e", "kr-south1"), ("s", "kr-south3")])
@pytest.mark.parametrize("service", [DataOps, AsyncDataOps])
def test_pairs_that_do_not(service: Any, environment: str, region: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        address(service, environment=environment, region=region)
    said = str(caught.value)
    assert f"data-ops is not offered with region='{region}', environment='{environment}'" in said
    assert "environment='g', region='kr-south2'" in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"environment": "x", "region": "kr-west1"}, "environment='x' is none of e, g, s"),
        ({"environment": "e", "region": "us-east1"}, "region='us-east1' is none of kr-east1,"),
        ({"environment": "e"}, "region is missing (environment='e', region='kr-east1' | "),
        ({"region": "kr-west1"}, "pass environment= or base_url=, or set SCP_ENVIRONMENT, or write environment under"),
        ({"base_url": "http://ops.example.com"}, "http:// to ops.example.com is not encrypted"),
        ({"base_url": "https://user:pw@ops.example.com"}, "base_url has user info"),
        ({"base_url": "ftp://ops.example.com"}, "base_url is not an http(s) address"),
        ({"base_url": "https://ops.example.com", "validate": "maybe"}, "validate is 'tolerant' or 'strict'"),
    ],
)
def test_settings_that_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        address(**settings)
    assert said in str(caught.value)
    assert "pw" not in str(caught.value)


def test_base_url_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCP_REGION", "kr-nowhere")
    assert address(base_url="https://ops.example.com/x/", region="kr-west1") == "https://ops.example.com/x"
    assert address(base_url="http://ops.example.com", allow_http=True) == "http://ops.example.com"


PROFILES = """
[default]
access_key = "key-of-the-file"
secret_key = "secret-of-the-file"
region = "kr-east1"
environment = "e"
[other]
access_key = "key-of-the-other"
secret_key = "secret-of-the-other"
session_token = "token-of-the-other"
region = "kr-south1"
environment = "g"
"""


def sent(kind: str, **settings: Any) -> tuple[str | None, str | None, str | None]:
    """Call, and give the host, the key and the token that arrived."""
    with LoopbackServer(default=Answer(status=202)) as server:
        run_elsewhere(
            kind, "DataOps", server.base_url, lambda c: c.delete_data_ops("x"), **{"credentials": None, **settings}
        )
    (request,) = server.requests
    return request.header("host"), request.header("scp-accesskey"), request.header("x-auth-token")


HOST = "data-ops.{}.samsungsdscloud.com"


@BOTH
def test_arguments_before_environment_before_profile(kind: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile(home, PROFILES)
    assert sent(kind) == (HOST.format("kr-east1.e"), "key-of-the-file", None)
    monkeypatch.setenv("SCP_PROFILE", "other")
    assert sent(kind) == (HOST.format("kr-south1.g"), "key-of-the-other", "token-of-the-other")
    monkeypatch.setenv("SCP_ACCESS_KEY", "key-of-the-environment")
    monkeypatch.setenv("SCP_SECRET_KEY", "secret-of-the-environment")
    monkeypatch.setenv("SCP_REGION", "kr-south2")
    assert sent(kind) == (HOST.format("kr-south2.g"), "key-of-the-environment", None)
    own = Credentials(**KNOWN, session_token="own-token")
    arguments = {"credentials": own, "region": "kr-west1", "environment": "s"}
    assert sent(kind, **arguments) == (HOST.format("kr-west1.s"), ACCESS_KEY, "own-token")


@BOTH
def test_the_signature_is_made_with_what_was_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCP_ACCESS_KEY", ACCESS_KEY)
    monkeypatch.setenv("SCP_SECRET_KEY", SECRET_KEY)
    with verifying(default=Answer(status=202)) as server:
        run(kind, "DataOps", lambda c: c.delete_data_ops("x"), base_url=server.base_url, credentials=None)
    assert server.requests[0].problem is None


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_profile_file_that_others_can_read_is_refused(home: Path, mode: int) -> None:
    profile(home, PROFILES, mode)
    with pytest.raises(CredentialsError, match=r"chmod 600 ~/\.samsungcloud/credentials\.toml") as caught:
        DataOps(base_url="https://ops.example.com")
    assert "secret-of-the-file" not in str(caught.value)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_private_profile_file_is_read(home: Path, mode: int) -> None:
    profile(home, PROFILES, mode)
    assert repr(DataOps()) == "DataOps('https://data-ops.kr-east1.e.samsungsdscloud.com')"


@pytest.mark.parametrize("service", [DataOps, AsyncDataOps])
def test_missing_credentials_say_what_to_do(service: Any) -> None:
    with pytest.raises(CredentialsError) as caught:
        service(base_url="https://ops.example.com")
    assert str(caught.value) == (
        "no credentials: pass credentials=Credentials(access_key=…, secret_key=…), "
        "or set SCP_ACCESS_KEY, SCP_SECRET_KEY, or write access_key, secret_key under [default] in "
        "~/.samsungcloud/credentials.toml (mode 0600)"
    )


def test_half_of_the_credentials_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile(home, PROFILES)
    monkeypatch.setenv("SCP_ACCESS_KEY", "key-of-the-environment")
    with pytest.raises(CredentialsError, match="in the environment: SCP_SECRET_KEY missing"):
        DataOps()


def test_credentials_of_another_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="credentials is not a Credentials"):
        DataOps(base_url="https://ops.example.com", credentials=("a", "b"))  # type: ignore[arg-type]


@pytest.mark.parametrize("client", [DataOps, AsyncDataOps])
def test_every_argument_of_a_client_is_told_of_in_its_order(client: type[object]) -> None:
    listed = (inspect.getdoc(client) or "").partition("Args:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^    (\w+): \S", listed, re.MULTILINE) == list(inspect.signature(client).parameters)

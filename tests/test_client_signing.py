"""Signatures of generated clients as they arrive: the golden vectors, and the signed text equal to the sent bytes."""

from __future__ import annotations

import importlib
import json
import sys
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from samsungcloud import UNSET, AuthenticationError, ConfigurationError, Credentials, Signed
from samsungcloud._runtime.core import NO_OPTIONS
from samsungcloud.data_ops.v1_1 import _operations

from apiscribe import pipeline
from apiscribe.location import read_templates
from apiscribe.plan.pyproject import Distribution

from .client_room import (
    ACCESS_KEY,
    BOTH,
    KNOWN,
    RECIPE,
    ROOT,
    SERVICE_ID,
    Answer,
    LoopbackServer,
    proves,
    run,
    run_elsewhere,
    verifying,
)

TIMESTAMP = 1605290625682
PLACE = {"region": "kr-west1", "environment": "e"}
EMPTY_LIST = {"contents": [], "total_count": 0}


def document(title: str, server: str, paths: dict[str, Any]) -> str:
    """Write a document whose operations are signed with the first recipe."""
    return yaml.safe_dump(
        {
            "openapi": "3.1.0",
            "info": {"title": title, "version": "1.0", "x-environment-prefix": "SCP"},
            "servers": [{"url": server, "variables": {"environment": {"default": "e", "enum": ["e", "s"]}}}],
            "security": [{"ScpSignature": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "ScpSignature": {"type": "apiKey", "in": "header", "name": "Scp-Signature", "x-signing": RECIPE}
                }
            },
        },
        sort_keys=False,
    )


def operation(name: str, *parameters: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """Write an operation without a response body."""
    made = [{"name": n, "in": place, "required": place == "path", "schema": schema} for n, place, schema in parameters]
    return {"operationId": name, "parameters": made, "responses": {"204": {"description": "No Content"}}}


def make_package(folder: Path, name: str, *documents: str) -> ModuleType:
    """Generate a package from documents, and import it."""
    texts, runtime, stubs = read_templates()
    built = pipeline.build(
        [pipeline.Source(path=f"{number}.yaml", data=text.encode()) for number, text in enumerate(documents)],
        pipeline.Settings(distribution=Distribution(package=name)),
        pipeline.Templates(texts=texts, runtime=runtime, stubs=stubs),
    )
    for path, text in built.texts.items():
        if path.startswith(f"{name}/"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


TEXT, NUMBER, TEXTS = {"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}}
OPS_SERVER = "https://data-ops.kr-west1.{environment}.samsungsdscloud.com"
QUERY = (("size", "query", NUMBER), ("page", "query", NUMBER), ("sort", "query", TEXT), ("tag", "query", TEXTS))
ORDERED = document("Ordered", OPS_SERVER, {"/v1/data-ops": {"get": operation("ListOrdered", *QUERY)}})
IAM = document(
    "Iam",
    "https://iam.{environment}.samsungsdscloud.com",
    {
        "/": {"get": operation("ShowVersions")},
        "/v1/users": {"get": operation("ListUsers", ("size", "query", NUMBER))},
        "/v1/users/{name}:{verb}": {"get": operation("ActOnUser", ("name", "path", TEXT), ("verb", "path", TEXT))},
    },
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Generate a package with the operations that the two services do not have."""
    return make_package(tmp_path_factory.mktemp("package"), "vectorcloud", ORDERED, IAM)


def settings_for(service: str, package: ModuleType, **settings: Any) -> dict[str, Any]:
    """Give what makes a client of the samsungcloud package or of our own."""
    if service == "DataOps":
        return {**PLACE, **settings}
    return {"package": package, "credentials": package.Credentials(**KNOWN), **settings}


def list_by_name(client: Any, name: str) -> Any:
    return client.list_data_ops(data_ops_name=name)


def list_in_order(client: Any) -> Any:
    return client.list_ordered(size=20, page=0, sort="created_dt:desc")


def update(client: Any) -> Any:
    return client.update_data_ops_service(SERVICE_ID, description="nightly")


def send_as_typed(client: Any) -> Any:
    """Send an address that no operation writes so (it has a bare plus) through the client's own flow."""
    call = client._core.call(_operations.list_data_ops, {}, None, UNSET, NO_OPTIONS, stream=False)
    call.url += "?data_ops_name=a+b"
    return client._run(call)


# Which call of which generated client sends the request of each row.
CALLS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "/v1/data-ops?size=20&page=0&sort=created_dt:desc": ("Ordered", list_in_order, {}),
    f"/v1/data-ops-services/{SERVICE_ID}": ("DataOps", update, {}),
    "/v1/data-ops?data_ops_name=%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84": (
        "DataOps",
        partial(list_by_name, name="한글 이름"),
        {},
    ),
    "/v1/data-ops?data_ops_name=a+b": ("DataOps", send_as_typed, {}),
    "/v1/data-ops?data_ops_name=a%2Bb%25c": ("DataOps", partial(list_by_name, name="a+b%c"), {}),
    "/v1/users?size=1": ("Iam", lambda client: client.list_users(size=1), {}),
    "/": ("Iam", lambda client: client.show_versions(), {"environment": "s"}),
}
VECTORS = sorted((ROOT / "tests" / "vectors" / "samsungcloud-v2").glob("*.json"))


def test_every_vector_has_its_call() -> None:
    targets = ["/" + json.loads(path.read_text("utf-8"))["url"].split("/", 3)[3] for path in VECTORS]
    assert sorted(targets) == sorted(CALLS)
    assert len(targets) == 7


@BOTH
@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_signature_of_a_vector_arrives(kind: str, path: Path, package: ModuleType) -> None:
    vector = json.loads(path.read_text("utf-8"))
    host, target = vector["url"].removeprefix("https://").split("/", 1)
    service, work, settings = CALLS[f"/{target}"]
    with LoopbackServer(default=Answer(json=EMPTY_LIST)) as server:
        run_elsewhere(
            kind,
            service,
            server.base_url,
            work,
            clock=lambda: vector["timestamp"] / 1000,
            **settings_for(service, package, **settings),
        )
    (received,) = server.requests
    assert (received.method, received.header("host"), received.target) == (vector["method"], host, f"/{target}")
    assert received.header("scp-signature") == vector["signature"]
    assert received.header("scp-timestamp") == str(vector["timestamp"])
    assert received.header("scp-accesskey") == ACCESS_KEY
    assert received.header("scp-clienttype") == "Openapi"
    assert received.header("x-auth-token") is None


VALUES = {
    "한글 이름": "%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84",
    "a b": "a%20b",
    "a+b": "a%2Bb",
    "100%": "100%25",
    "%41": "%2541",
    "[a]": "%5Ba%5D",
    "it's": "it%27s",
    "created_dt:desc": "created_dt:desc",
    "~a": "~a",
    "a&b=c#d": "a%26b%3Dc%23d",
    "": "",
}


@BOTH
@pytest.mark.parametrize(("value", "text"), VALUES.items(), ids=VALUES)
def test_what_is_signed_is_what_is_sent(kind: str, value: str, text: str) -> None:
    with verifying(default=Answer(json=EMPTY_LIST)) as server:
        run(kind, "DataOps", partial(list_by_name, name=value), base_url=server.base_url)
    (received,) = server.requests
    assert received.target == f"/v1/data-ops?data_ops_name={text}"
    assert received.problem is None
    assert proves(received, "http")


@BOTH
def test_path_values_are_signed_as_sent(kind: str) -> None:
    with verifying(default=Answer(status=202)) as server:
        run(kind, "DataOps", lambda c: c.delete_data_ops("a b/한?#[':+%~"), base_url=server.base_url)
    (received,) = server.requests
    assert received.target == "/v1/data-ops/a%20b%2F%ED%95%9C%3F%23%5B%27:%2B%25~"
    assert proves(received, "http")


@BOTH
def test_repeated_and_empty_values_are_signed_as_sent(kind: str, package: ModuleType) -> None:
    with verifying(default=Answer(status=204)) as server:
        settings = settings_for("Ordered", package, base_url=server.base_url)
        run(kind, "Ordered", lambda c: c.list_ordered(tag=["a", "", "a", "b,c"], sort=""), **settings)
    (received,) = server.requests
    assert received.target == "/v1/data-ops?sort=&tag=a&tag=&tag=a&tag=b,c"
    assert proves(received, "http")


@BOTH
def test_literals_between_path_values_are_signed_as_sent(kind: str, package: ModuleType) -> None:
    with verifying(default=Answer(status=204)) as server:
        settings = settings_for("Iam", package, base_url=server.base_url)
        run(kind, "Iam", lambda c: c.act_on_user(name="김", verb="lock"), **settings)
    (received,) = server.requests
    assert received.target == "/v1/users/%EA%B9%80:lock"
    assert proves(received, "http")


@BOTH
@pytest.mark.parametrize(
    ("base_url", "scheme", "host"),
    [
        ("HTTPS://DATA-OPS.KR-WEST1.E.SamsungSDScloud.com", "https", "data-ops.kr-west1.e.samsungsdscloud.com"),
        ("https://data-ops.example.com:443", "https", "data-ops.example.com"),
        ("https://Data-Ops.Example.COM:8443/", "https", "data-ops.example.com:8443"),
        ("http://LOCALHOST:80", "http", "localhost"),
    ],
)
def test_the_host_is_signed_as_sent(kind: str, base_url: str, scheme: str, host: str) -> None:
    with LoopbackServer(default=Answer(json=EMPTY_LIST)) as server:
        run_elsewhere(kind, "DataOps", server.base_url, partial(list_by_name, name="a b"), base_url=base_url)
    (received,) = server.requests
    assert received.header("host") == host
    assert proves(received, scheme)


@BOTH
def test_the_prefix_of_a_base_url_is_signed(kind: str) -> None:
    with verifying(default=Answer(json=EMPTY_LIST)) as server:
        run(kind, "DataOps", partial(list_by_name, name="x"), base_url=f"{server.base_url}/gate%20way/")
    (received,) = server.requests
    assert received.target == "/gate%20way/v1/data-ops?data_ops_name=x"
    assert proves(received, "http")


@BOTH
def test_every_attempt_has_its_own_time_and_signature(kind: str) -> None:
    with verifying(default=Answer(json=EMPTY_LIST)) as server:
        server.queue(*[Answer(status=503, headers=(("Retry-After", "0"),))] * 2)
        run(kind, "DataOps", partial(list_by_name, name="x"), base_url=server.base_url)
    assert [received.problem for received in server.requests] == [None] * 3
    for header in ("scp-timestamp", "scp-signature"):
        assert len({received.header(header) for received in server.requests}) == 3


@BOTH
def test_even_under_a_clock_that_stands_still(kind: str) -> None:
    with LoopbackServer(default=Answer(json=EMPTY_LIST)) as server:
        server.queue(*[Answer(status=429, headers=(("Retry-After", "0"),))] * 2)
        works = [partial(list_by_name, name="x")]
        run(kind, "DataOps", *works, base_url=server.base_url, clock=lambda: TIMESTAMP / 1000)
    times = [int(received.header("scp-timestamp")) for received in server.requests]
    assert times[0] == TIMESTAMP
    assert times[0] < times[1] < times[2]
    assert all(proves(received, "http") for received in server.requests)


@BOTH
def test_a_session_token_is_sent_and_not_signed(kind: str) -> None:
    temporary = Credentials(**KNOWN, session_token="token-of-a-session")
    with LoopbackServer(default=Answer(json=EMPTY_LIST)) as server:
        settings: dict[str, Any] = {"base_url": server.base_url, "credentials": temporary}
        run(kind, "DataOps", partial(list_by_name, name="x"), **settings)
    (received,) = server.requests
    assert received.header("x-auth-token") == "token-of-a-session"
    assert proves(received, "http")


@BOTH
def test_a_wrong_secret_is_refused_by_a_server_that_verifies(kind: str) -> None:
    wrong = Credentials(access_key=ACCESS_KEY, secret_key="wrong-secret")
    with (
        verifying(default=Answer(json=EMPTY_LIST)) as server,
        pytest.raises(AuthenticationError, match="signature is not valid"),
    ):
        run(kind, "DataOps", partial(list_by_name, name="x"), base_url=server.base_url, credentials=wrong)


@BOTH
def test_a_signer_of_the_callers_own_signs_instead(kind: str) -> None:
    seen: list[tuple[str, str, bytes, object]] = []

    def sign(
        method: str, url: str, headers: Any, body: bytes, credentials: Any, now: float, nonce: str | None = None
    ) -> Signed:
        seen.append((method, url, body, credentials))
        return Signed((("X-Own", f"{headers['host']} {now}"),), (("sig", "a b"),))

    with LoopbackServer(default=Answer(json=EMPTY_LIST)) as server:
        settings: dict[str, Any] = {"base_url": server.base_url, "signer": sign, "clock": lambda: 5.0}
        run(kind, "DataOps", partial(list_by_name, name="x"), **settings)
    (received,) = server.requests
    assert received.target == "/v1/data-ops?data_ops_name=x&sig=a%20b"
    assert received.header("x-own") == f"{server.base_url.removeprefix('http://')} 5.0"
    assert received.header("scp-signature") is None
    ((method, url, body, credentials),) = seen
    assert (method, url, body) == ("GET", f"{server.base_url}/v1/data-ops?data_ops_name=x", b"")
    assert isinstance(credentials, Credentials)


def test_a_signer_is_something_that_can_be_called() -> None:
    with pytest.raises(ConfigurationError, match="signer is a function"):
        run("sync", "DataOps", base_url="https://h.example.com", signer="hmac")

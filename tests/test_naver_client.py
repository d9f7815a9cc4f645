"""A second portal end to end: pages to documents, documents to a client, whose calls prove themselves by hand."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .generation import built, imported
from .naver_pages import capture_pages, render
from .naver_services import BEARER, CAPTURES, NODE_POOL, SERVER, SMS
from .signing_room import loopback

ACCESS, SECRET = "0123456789ABCDEF0123", "abcdefghijklmnopqrstuvwxyz0123456789ABCD"
PACKAGE = "navercloud_made"
BOTH = pytest.mark.parametrize("kind", ["sync", "async"])


def made(root: Path, name: str, *services: list[tuple[str, bytes]]) -> Path:
    """Generate a package from the pages of services."""
    documents = [capture_pages(*pages).documents[0].text for pages in services]
    for path, text in built(*documents, package=name).texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate a package of three signed services, from pages in three languages and two forms."""
    return made(
        tmp_path_factory.mktemp("navercloud"),
        PACKAGE,
        [render(doc, "html", "en") for doc in SERVER],
        [render(doc, "md", "ko") for doc in SMS],
        [render(CAPTURES["tables"], "html", "ja")],
    )


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[ModuleType]:
    with imported({}, folder, PACKAGE) as module:
        yield module


def stubs(folder: Path) -> tuple[int, str]:
    """Run the stubs of a package as its user does."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "pytest", "stubs", "-q", "-p", "no:cacheprovider", "--tb=line"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_stubs_of_signed_services_pass(folder: Path) -> None:
    code, printed = stubs(folder)
    assert code == 0, printed


@BOTH
def test_a_service_with_a_bearer_key(tmp_path: Path, kind: str) -> None:
    name = f"bearer_{kind}"
    folder = made(tmp_path, name, [render(doc, "md", "en") for doc in BEARER])
    if kind == "sync":
        code, printed = stubs(folder)
        assert code == 0, printed
    with imported({}, folder, name) as package, loopback.LoopbackServer() as server:
        server.queue(loopback.Answer(json={"name": "n"}))
        settings = {"credentials": package.Credentials(token="key-1"), "base_url": server.base_url}
        if kind == "sync":
            with package.Vshop(**settings) as client:
                item = client.get_item(item_id="7")
        else:
            item = asyncio.run(_waited(package.AsyncVshop, settings, lambda client: client.get_item(item_id="7")))
        (received,) = server.requests
    assert item.name == "n"
    assert (received.target, received.header("authorization")) == ("/vshop/v2/items/7", "Bearer key-1")


def proves(received: Any) -> bool:
    """Compute the signature from what the portal says of it, over the request line as it arrived."""
    stamp = received.header("x-ncp-apigw-timestamp")
    message = f"{received.method} {received.target}\n{stamp}\n{ACCESS}".encode()
    expected = base64.b64encode(hmac.new(SECRET.encode(), message, hashlib.sha256).digest()).decode()
    return bool(
        received.header("x-ncp-apigw-signature-v2") == expected and received.header("x-ncp-iam-access-key") == ACCESS
    )


def called(package: ModuleType, kind: str, service: str, work: Callable[[Any], Any], *answers: Any) -> tuple[Any, Any]:
    """Call a loopback server with one of the clients; give what came of it, and the request that arrived."""
    credentials = package.Credentials(access_key=ACCESS, secret_key=SECRET)
    with loopback.LoopbackServer() as server:
        server.queue(*answers)
        settings = {"credentials": credentials, "base_url": server.base_url, "max_retries": 0}
        if kind == "sync":
            with getattr(package, service)(**settings) as client:
                value = _outcome(lambda: work(client))
        else:
            value = _outcome(lambda: asyncio.run(_waited(getattr(package, f"Async{service}"), settings, work)))
        (received,) = server.requests
    return value, received


async def _waited(cls: Any, settings: dict[str, Any], work: Callable[[Any], Any]) -> Any:
    async with cls(**settings) as client:
        return await work(client)


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:
        return error


@BOTH
def test_an_action_is_asked_for_json_and_signed(package: ModuleType, kind: str) -> None:
    answer = {"getLoginKeyListResponse": {"totalRows": 1, "loginKeyList": [{"keyName": "한글", "fingerprint": "a"}]}}
    value, received = called(
        package,
        kind,
        "Vserver",
        lambda client: client.get_login_key_list(key_name="한글", page_no=0),
        loopback.Answer(json=answer),
    )
    assert received.target == "/vserver/v2/getLoginKeyList?responseFormatType=json&keyName=%ED%95%9C%EA%B8%80&pageNo=0"
    assert proves(received)
    assert value.get_login_key_list_response.login_key_list[0].key_name == "한글"


@BOTH
def test_lists_of_a_query_are_numbered(package: ModuleType, kind: str) -> None:
    rules = [{"protocolTypeCode": "TCP", "portRange": "22"}, {"protocolTypeCode": "ICMP", "ipBlock": "0.0.0.0/0"}]

    def add(client: Any) -> Any:
        return client.add_access_control_group_inbound_rule(vpc_no="7", access_control_group_rule_list=rules)

    _, received = called(package, kind, "Vserver", add, loopback.Answer(status=200))
    pairs = received.query.split("&")
    assert pairs[0] == "responseFormatType=json"
    assert pairs[2:] == [
        "accessControlGroupRuleList.1.protocolTypeCode=TCP",
        "accessControlGroupRuleList.1.portRange=22",
        "accessControlGroupRuleList.2.protocolTypeCode=ICMP",
        "accessControlGroupRuleList.2.ipBlock=0.0.0.0/0",
    ]
    assert proves(received)
    _, received = called(
        package, kind, "Vserver", lambda client: client.delete_login_keys(key_name_list=["a", "b"]), loopback.Answer()
    )
    assert received.query == "responseFormatType=json&keyNameList.1=a&keyNameList.2=b"


@BOTH
def test_a_body_of_nested_objects_and_a_colon_in_the_path(package: ModuleType, kind: str) -> None:
    _, received = called(
        package,
        kind,
        "Vnks",
        lambda client: client.create_node_pool(uuid="u-1", body=NODE_POOL),
        loopback.Answer(),
    )
    assert (received.method, received.target, received.json()) == ("POST", "/vnks/v2/clusters/u-1/node-pool", NODE_POOL)
    assert proves(received)

    def send(client: Any) -> Any:
        return client.create_messages_service(
            service_id="ncp:sms:kr:000000000001:demo", type_="SMS", from_="02", content="hi", messages=[{"to": "010"}]
        )

    answer = loopback.Answer(
        status=202, json={"requestId": "r", "requestTime": "t", "statusCode": "202", "statusName": "success"}
    )
    value, received = called(package, kind, "Sms", send, answer)
    assert received.path == "/sms/v2/services/ncp:sms:kr:000000000001:demo/messages"
    assert received.json() == {"type": "SMS", "from": "02", "content": "hi", "messages": [{"to": "010"}]}
    assert proves(received)
    assert value.status_name == "success"


@BOTH
@pytest.mark.parametrize(
    ("status", "body", "cls", "code", "details"),
    [
        (
            401,
            {"error": {"errorCode": "200", "message": "Authentication Failed", "details": "d"}},
            "AuthenticationError",
            "200",
            ("d", "Authentication Failed"),
        ),
        (
            429,
            {"error": {"errorCode": 410, "message": "Throttle Limited"}},
            "RateLimitError",
            "410",
            ("Throttle Limited",),
        ),
        (
            400,
            {"responseError": {"returnCode": "24073", "returnMessage": "Not yet"}},
            "BadRequestError",
            "24073",
            ("Not yet",),
        ),
    ],
)
def test_both_envelopes_of_errors_are_understood(
    package: ModuleType, kind: str, status: int, body: Any, cls: str, code: str, details: tuple[str, ...]
) -> None:
    error, _ = called(
        package, kind, "Vserver", lambda client: client.get_login_key_list(), loopback.Answer(status=status, json=body)
    )
    assert isinstance(error, getattr(package, cls))
    assert (error.code, error.details) == (code, details)

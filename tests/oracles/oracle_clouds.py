"""Clouds: the signers of Azure Storage, Alibaba, Tencent and Huawei Cloud, OVHcloud, CloudStack and EdgeGrid."""

from __future__ import annotations

import datetime
import random
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aliyunsdkcore.auth.composer.rpc_signature_composer as rpc
import ovh
import pytest
from akamai.edgegrid.edgegrid import EdgeGridAuthHeaders
from alibabacloud_tea_openapi.utils import Utils
from azure.core.pipeline import PipelineContext, PipelineRequest
from azure.core.pipeline.transport import HttpRequest
from azure.storage.blob._shared.authentication import SharedKeyCredentialPolicy
from cs import CloudStack
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from tencentcloud.common.abstract_client import AbstractClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.http.request import RequestInternal

from .room import ACCESS, SECRET, SECRET_BASE64, WORDS, Request, Shape, differences, header, ours

ENCODED = "abcXYZ019-._~"


def signature(authorization: str) -> str:
    """Give the signature, and nothing else, of an Authorization header."""
    return authorization.rpartition("ignature=")[2]


def moment(request: Request) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(int(request.now), datetime.UTC)


def test_azure() -> None:
    sign = ours("azure-sharedkey", {"account_name": "account", "account_key": SECRET_BASE64})
    policy = SharedKeyCredentialPolicy("account", SECRET_BASE64)

    def theirs(request: Request) -> str:
        made = HttpRequest(request.method, request.url)
        made.headers.update(request.headers)
        made.headers["x-ms-date"] = header(sign(request), "x-ms-date")
        if request.body:
            made.headers["Content-Length"] = str(len(request.body))
        policy.on_request(PipelineRequest(made, PipelineContext(SimpleNamespace())))
        return str(made.headers["Authorization"])

    # The SDK sorts names before it makes them lower-case, and joins no values: names are lower-case, each comes once.
    headers = ("x-ms-version", "x-ms-meta-name", "content-md5", "content-encoding", "if-match", "if-none-match")
    shape = Shape(headers=(*headers, "content-language"), repeats=False, names=WORDS.lower())
    assert differences("azure", shape, lambda r: header(sign(r), "Authorization"), theirs) == []


@pytest.mark.parametrize("token", [None, "a token"])
def test_alibaba_acs3(token: str | None) -> None:
    known = {"access_key_id": ACCESS, "access_key_secret": SECRET, **({"security_token": token} if token else {})}
    sign = ours("alibaba-acs3", known)

    def theirs(request: Request) -> str:
        emitted = dict(sign(request).headers)
        mine = {name: text for name, text in emitted.items() if name != "Authorization"}
        path = "/" + "/".join(Utils.get_encode_path(item) for item in request.segments)
        made = SimpleNamespace(
            method=request.method,
            pathname=path,
            query=dict(request.pairs),
            headers={"host": request.host, **request.headers, **mine},
        )
        payload = Utils.hex_encode(Utils.hash(request.body, "ACS3-HMAC-SHA256"))
        return str(Utils.get_authorization(made, "ACS3-HMAC-SHA256", payload, ACCESS, SECRET))

    shape = Shape(headers=("x-acs-action", "x-acs-version"), repeats=False, names=WORDS)
    assert differences("acs3", shape, lambda r: header(sign(r), "Authorization"), theirs) == []


def test_alibaba_rpc(monkeypatch: pytest.MonkeyPatch) -> None:
    sign = ours("alibaba-rpc-v1", {"access_key_id": ACCESS, "access_key_secret": SECRET})

    def theirs(request: Request) -> str:
        mine = dict(sign(request).query)
        monkeypatch.setattr(rpc.helper, "get_iso_8061_date", lambda: mine["Timestamp"])
        monkeypatch.setattr(rpc.helper, "get_uuid", lambda: mine["SignatureNonce"])
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True)) if b"=" in request.body else {}
        url, _ = rpc.get_signed_url(dict(request.pairs), ACCESS, SECRET, "JSON", request.method, form)
        return dict(parse_qsl(urlsplit(url).query))["Signature"]

    def mine(request: Request) -> str:
        # The SDK sends two parameters of its own beside those of the protocol.
        pairs = (*request.pairs, ("Format", "JSON"), ("SignatureType", ""))
        return dict(sign(replaced(request, pairs)).query)["Signature"]

    shape = Shape(methods=("GET", "POST"), bodies=("none", "form"), repeats=False, names=WORDS)
    assert differences("rpc", shape, mine, theirs) == []


def replaced(request: Request, pairs: tuple[tuple[str, str], ...]) -> Request:
    from dataclasses import replace

    return replace(request, pairs=pairs)


def test_tencent(monkeypatch: pytest.MonkeyPatch) -> None:
    sign = ours("tencent-tc3", {"secret_id": ACCESS, "secret_key": SECRET}, service="cvm", region="ap-seoul")
    client = AbstractClient(Credential(ACCESS, SECRET), "ap-seoul")
    client._service = "cvm"

    def theirs(request: Request) -> str:
        emitted = dict(sign(request).headers)
        made = RequestInternal(request.host, request.method, request.path)
        made.header = {
            "Content-Type": request.headers.get("content-type", ""),
            "Host": request.host,
            "X-TC-Timestamp": emitted["X-TC-Timestamp"],
        }
        made.data = request.query if request.method == "GET" else request.body
        date = moment(request).strftime("%Y-%m-%d")
        return str(client._get_tc3_signature({}, made, date, "cvm", SECRET))

    def mine(request: Request) -> str:
        return signature(header(sign(request), "Authorization"))

    # Both methods of the protocol: GET with a query, POST with a body; each names its media type.
    for method, bodies in (("GET", ("none",)), ("POST", ("json", "binary"))):
        shape = Shape(methods=(method,), bodies=bodies, headers=())
        requests = differences(f"tc3-{method}", shape, lambda r: mine(shaped(r)), lambda r: theirs(shaped(r)))
        assert requests == []


def shaped(request: Request) -> Request:
    from dataclasses import replace

    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    return replace(request, headers={"content-type": kind}, pairs=request.pairs if request.method == "GET" else ())


@pytest.mark.parametrize("token", [None, "a-token"])
def test_huawei(token: str | None) -> None:
    known = {"access_key": ACCESS, "secret_key": SECRET, **({"security_token": token} if token else {})}
    sign = ours("huawei-sdk", known)

    def theirs(request: Request) -> str:
        emitted = {name: text for name, text in sign(request).headers if name != "Authorization"}
        headers = {"Host": request.host, **request.headers, **emitted}
        if "content-type" in headers:
            headers["Content-Type"] = headers.pop("content-type")
        made = SdkRequest(
            method=request.method,
            host=request.host,
            resource_path="/" + "/".join(request.segments),
            query_params=list(request.pairs),
            header_params=headers,
            body=request.body,
        )
        Signer(BasicCredentials(ACCESS, SECRET, "project")).sign(made)
        return str(made.header_params["Authorization"])

    # The SDK takes the path decoded, and decodes it again; and it leaves all bodies but JSON unsigned.
    shape = Shape(headers=("x-project-id", "x-domain-id"), bodies=("none", "empty", "json"), paths=ENCODED + "한é :@+")
    assert differences("huawei", shape, lambda r: header(sign(r), "Authorization"), theirs) == []


def test_ovhcloud(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"application_key": ACCESS, "application_secret": SECRET, "consumer_key": "consumer"}
    sign = ours("ovhcloud", known)
    client = ovh.Client("ovh-eu", ACCESS, SECRET, "consumer")
    client._time_delta = 0
    sent: list[dict[str, str]] = []
    monkeypatch.setattr(client._session, "request", lambda *_, headers, **__: sent.append(headers))
    monkeypatch.setattr(type(client), "_get_target", lambda _, path: path)

    def theirs(request: Request) -> str:
        import json

        monkeypatch.setattr("ovh.client.time.time", lambda: request.now)
        client.raw_call(request.method, request.url, json.loads(request.body) if request.body else None)
        return sent.pop()["X-Ovh-Signature"]

    def mine(request: Request) -> str:
        import json
        from dataclasses import replace

        body = json.dumps(json.loads(request.body), separators=(",", ":")).encode() if request.body else b""
        return header(sign(replace(request, body=body)), "X-Ovh-Signature")

    assert differences("ovh", Shape(bodies=("none", "json")), mine, theirs) == []


def test_cloudstack() -> None:
    sign = ours("cloudstack", {"api_key": ACCESS, "secret_key": SECRET})
    client = CloudStack(endpoint="https://h/client/api", key=ACCESS, secret=SECRET)

    def theirs(request: Request) -> str:
        form = parse_qsl(request.body.decode(), keep_blank_values=True) if b"=" in request.body else ()
        data = {**dict(request.pairs), **dict(form), "apiKey": ACCESS}
        client._sign(data)
        return data["signature"]

    shape = Shape(methods=("GET", "POST"), bodies=("none", "form"), repeats=False, names=WORDS)
    assert differences("cloudstack", shape, lambda r: dict(sign(r).query)["signature"], theirs) == []


def test_edgegrid() -> None:
    sign = ours("akamai-edgegrid", {"client_token": "client", "access_token": "access", "client_secret": SECRET})
    headers = EdgeGridAuthHeaders("client", SECRET, "access")

    def theirs(request: Request) -> str:
        made = SimpleNamespace(method=request.method, url=request.url, headers={}, body=request.body)
        return str(headers.make_auth_header(made, moment(request).strftime("%Y%m%dT%H:%M:%S+0000"), request.nonce))

    assert differences("edgegrid", Shape(), lambda r: header(sign(r), "Authorization"), theirs) == []


def test_edgegrid_signs_the_beginning_of_a_large_body_only() -> None:
    from dataclasses import replace

    sign = ours("akamai-edgegrid", {"client_token": "client", "access_token": "access", "client_secret": SECRET})
    headers = EdgeGridAuthHeaders("client", SECRET, "access")
    for size in (131_071, 131_072, 131_073):
        body = random.Random(size).randbytes(size)
        request = replace(next(iter(sample())), method="POST", body=body)
        made = SimpleNamespace(method="POST", url=request.url, headers={}, body=body)
        stamp = moment(request).strftime("%Y%m%dT%H:%M:%S+0000")
        assert header(sign(request), "Authorization") == headers.make_auth_header(made, stamp, request.nonce)


def sample() -> Any:
    from .room import requests

    return requests("edgegrid", Shape(), 1)

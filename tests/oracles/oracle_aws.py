"""AWS: botocore's signers, in headers and in the query, S3 and not."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .room import ACCESS, SECRET, Request, Shape, differences, header, ours

KNOWN = {"access_key_id": ACCESS, "secret_access_key": SECRET}
PLACE = {"region": "eu-west-1", "service": "s3"}
HEADERS = ("x-amz-meta-a", "x-amz-acl", "content-md5")


def shape_of(name: str, shape: Shape) -> Shape:
    # A slash inside of one path parameter is part of the key; botocore never writes it as %2F, so it cannot be asked.
    return replace(shape, paths=shape.paths.replace("/", "")) if "s3" in name else shape


def at(monkeypatch: pytest.MonkeyPatch, request: Request) -> None:
    moment = datetime.datetime.fromtimestamp(int(request.now), datetime.UTC)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: moment.replace(tzinfo=None))


def theirs(
    kind: type[Any], token: str | None, *, is_s3: bool, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Request], Any]:
    def sign(request: Request) -> AWSRequest:
        at(monkeypatch, request)
        # botocore's own client encodes all but unreserved characters in the paths of S3.
        path = "/" + "/".join(quote(item, safe="") for item in request.segments) if is_s3 else request.path
        made = AWSRequest(
            request.method,
            f"https://{request.host}{path}",
            headers=dict(request.headers),
            data=request.body,
            params=list(request.pairs),
        )
        made.context["payload_signing_enabled"] = True
        kind(Credentials(ACCESS, SECRET, token), "s3", "eu-west-1").add_auth(made)
        return made

    return sign


@pytest.mark.parametrize("token", [None, "a-session+token/=="])
@pytest.mark.parametrize(("name", "kind"), [("aws-sigv4", "SigV4Auth"), ("aws-sigv4-s3", "S3SigV4Auth")])
def test_headers(name: str, kind: str, token: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**KNOWN, "session_token": token} if token else KNOWN
    sign = ours(name, known, **PLACE)
    other = theirs(getattr(botocore.auth, kind), token, is_s3="s3" in name, monkeypatch=monkeypatch)
    found = differences(
        name,
        shape_of(name, Shape(headers=HEADERS)),
        lambda r: header(sign(r), "Authorization"),
        lambda r: other(r).headers["Authorization"],
    )
    assert found == []


@pytest.mark.parametrize("token", [None, "a-session+token/=="])
@pytest.mark.parametrize(
    ("name", "kind"), [("aws-sigv4-query", "SigV4QueryAuth"), ("aws-sigv4-s3-query", "S3SigV4QueryAuth")]
)
def test_query(name: str, kind: str, token: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**KNOWN, "session_token": token} if token else KNOWN
    sign = ours(name, known, **PLACE, expires="300")

    def presign(credentials: Any, service: str, region: str) -> Any:
        return getattr(botocore.auth, kind)(credentials, service, region, expires=300)

    other = theirs(presign, token, is_s3="s3-" in name, monkeypatch=monkeypatch)  # type: ignore[arg-type]
    shape = Shape(headers=("x-amz-acl",), methods=("GET", "PUT", "DELETE"), bodies=("none",), repeats=False)
    found = differences(
        name,
        shape_of(name, shape),
        lambda r: dict(sign(r).query)["X-Amz-Signature"],
        lambda r: dict(parse_qsl(urlsplit(other(r).url).query))["X-Amz-Signature"],
    )
    assert found == []

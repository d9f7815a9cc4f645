"""Services: the exchanges as ccxt signs for them, Tuya's and Coupang's own code, and the two portals we began with."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import importlib
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import ccxt
import pytest
from tuya_connector import TuyaOpenAPI

from .room import ACCESS, SECRET, SECRET_BASE64, WORDS, Request, Shape, differences, header, ours

GET = Shape(methods=("GET",), repeats=False, names=WORDS)


def exchange(name: str, monkeypatch: pytest.MonkeyPatch, secret: str) -> Any:
    made = getattr(ccxt, name)({"apiKey": ACCESS, "secret": secret, "password": "a passphrase"})
    for moment in ("nonce", "milliseconds", "incrementing_nonce"):
        monkeypatch.setattr(made, moment, lambda: made.now)
    return made


def from_url(request: Request, made: dict[str, Any]) -> Request:
    """Give the request that the library made: the address and the body are its own."""
    address = urlsplit(made["url"])
    kind = (made.get("headers") or {}).get("Content-Type", "")
    return FromUrl(
        **{name: getattr(request, name) for name in ("method", "segments", "pairs", "now", "nonce")},
        host=address.netloc,
        headers={"content-type": kind} if kind else {},
        body=(made.get("body") or "").encode(),
        address=made["url"],
    )


class FromUrl(Request):
    """A request whose address is known as text."""

    __slots__ = ("address",)

    def __init__(self, *, address: str, **parts: Any) -> None:
        super().__init__(**parts)
        object.__setattr__(self, "address", address)

    @property
    def url(self) -> str:
        """The address as it was given."""
        return str(self.address)  # type: ignore[attr-defined]


EXCHANGES = {
    "coinbase-exchange": ("coinbaseexchange", "private", "orders", SECRET_BASE64, "CB-ACCESS-SIGN", 1000),
    "kucoin": ("kucoin", "private", "orders", SECRET, "KC-API-SIGN", 1),
    "okx": ("okx", "private", "trade/orders-pending", SECRET, "OK-ACCESS-SIGN", 1),
    "kraken": ("kraken", "private", "Balance", SECRET_BASE64, "API-Sign", 1),
}


@pytest.mark.parametrize("name", EXCHANGES)
def test_exchanges(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library, api, path, secret, emitted, unit = EXCHANGES[name]
    client = exchange(library, monkeypatch, secret)
    names = {"kraken": ("api_key", "private_key")}.get(name, ("key", "secret"))
    known = {names[0]: ACCESS, names[1]: secret, "passphrase": "a passphrase"}
    sign = ours(name, known)
    methods = ("POST",) if name == "kraken" else ("GET", "POST", "DELETE") if name != "okx" else ("GET", "POST")

    def made(request: Request) -> dict[str, Any]:
        client.now = request.milliseconds // unit
        found: dict[str, Any] = client.sign(path, [api], request.method, dict(request.pairs))
        return found

    def mine(request: Request) -> str:
        return header(sign(from_url(request, made(request))), emitted)

    shape = Shape(methods=methods, bodies=("none",), repeats=False, names=WORDS)
    assert differences(name, shape, mine, lambda r: made(r)["headers"][emitted]) == []


def test_binance(monkeypatch: pytest.MonkeyPatch) -> None:
    client = exchange("binance", monkeypatch, SECRET)
    client.options["recvWindow"] = None
    sign = ours("binance", {"api_key": ACCESS, "secret_key": SECRET})

    def made(request: Request) -> dict[str, str]:
        client.now = request.milliseconds
        found = client.sign("account", ["private"], "GET", dict(request.pairs))
        return dict(parse_qsl(urlsplit(found["url"]).query, keep_blank_values=True)) | {"": found["url"]}

    def mine(request: Request) -> str:
        # ccxt writes the time first; where it stands is signed, so both are asked over the order of the library.
        query = urlsplit(made(request)[""]).query.partition("&signature=")[0]
        expected = hmac.new(SECRET.encode(), query.encode(), hashlib.sha256).hexdigest()
        assert expected == made(request)["signature"]
        signed = sign(request)
        text = "&".join([*([request.query] if request.pairs else []), f"timestamp={request.milliseconds}"])
        theirs = client.hmac(client.encode(text), client.encode(SECRET), hashlib.sha256)
        return str(theirs == dict(signed.query)["signature"])

    assert differences("binance", GET, mine, lambda _: "True") == []


def test_tuya(monkeypatch: pytest.MonkeyPatch) -> None:
    sign = ours("tuya", {"client_id": ACCESS, "secret": SECRET, "access_token": "a-token"})
    client = TuyaOpenAPI("https://openapi.example.com", ACCESS, SECRET)
    client.token_info = type("Token", (), {"access_token": "a-token"})()

    def theirs(request: Request) -> str:
        monkeypatch.setattr("tuya_connector.openapi.time.time", lambda: request.milliseconds / 1000 + 0.0001)
        body = json.loads(request.body) if request.body else None
        found, _ = client._calculate_sign(request.method, request.path, dict(request.pairs), body)
        return str(found)

    def mine(request: Request) -> str:
        # The library writes the body itself, as json.dumps does.
        body = json.dumps(json.loads(request.body)).encode() if request.body else b""
        return header(sign(replace(request, body=body)), "sign")

    assert differences("tuya", Shape(bodies=("none", "json"), repeats=False, names=WORDS), mine, theirs) == []


def test_coupang(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "coupang.ini").write_text(f"[DEFAULT]\nACCESSKEY={ACCESS}\nSECRETKEY={SECRET}\n")
    monkeypatch.chdir(tmp_path)
    common = importlib.import_module("coupang.common")
    sign = ours("coupang", {"access_key": ACCESS, "secret_key": SECRET})

    def theirs(request: Request) -> str:
        moment = datetime.datetime.fromtimestamp(int(request.now), datetime.UTC)
        monkeypatch.setattr(common, "date_time", lambda: moment.strftime("%y%m%dT%H%M%SZ"))
        return str(common.auth(SECRET, ACCESS, request.method, request.path, request.query))

    assert (
        differences("coupang", Shape(bodies=("none", "json")), lambda r: header(sign(r), "Authorization"), theirs) == []
    )


def test_naver() -> None:
    sign = ours("naver-v2", {"access_key": ACCESS, "secret_key": SECRET})

    def theirs(request: Request) -> str:
        stamp = str(request.milliseconds)
        text = f"{request.method} {request.target}\n{stamp}\n{ACCESS}"
        return base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()).decode()

    assert differences("naver", Shape(), lambda r: header(sign(r), "x-ncp-apigw-signature-v2"), theirs) == []


@pytest.mark.parametrize("name", ["samsungcloud-v2", "samsungcloud-cmp"])
def test_samsungcloud(name: str) -> None:
    is_old = name.endswith("cmp")
    project = {"project_id": "PROJECT-1"} if is_old else {}
    sign = ours(name, {"access_key": ACCESS, "secret_key": SECRET, **project})

    def theirs(request: Request) -> str:
        ends = "PROJECT-1OpenApi" if is_old else "Openapi"
        text = request.method + request.url + str(request.milliseconds) + ACCESS + ends
        return base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()).decode()

    emitted = "X-Cmp-Signature" if is_old else "Scp-Signature"
    assert differences(name, Shape(), lambda r: header(sign(r), emitted), theirs) == []

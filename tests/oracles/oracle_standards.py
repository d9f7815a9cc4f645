"""Standards: RFC 9421, draft-cavage, Hawk and OAuth 1.0a, each by a library of that name."""

from __future__ import annotations

import base64
import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import http_message_signatures as hms
import mohawk
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from httpsig.sign import HeaderSigner
from oauthlib.oauth1 import Client

from ..signing_room import runtime
from .room import SECRET, SECRET_BASE64, Request, Shape, differences, header, ours, requests

KEYS = runtime("stubs.recipe_keys")
COVERED = ("@method", "@authority", "@path", "@query")


class Resolver(hms.HTTPSignatureKeyResolver):
    """Gives one key, whatever is asked for."""

    def __init__(self, private: Any, public: Any) -> None:
        self._private, self._public = private, public

    def resolve_private_key(self, key_id: str) -> Any:
        return self._private

    def resolve_public_key(self, key_id: str) -> Any:
        return self._public


def message(request: Request, signed: Any = None) -> Any:
    headers = dict(request.headers) | dict(signed.headers if signed else ())
    return SimpleNamespace(method=request.method, url=request.url, headers=headers)


def test_rfc_9421_hmac() -> None:
    sign = ours("rfc9421-hmac-sha256", {"key_id": 'a "key"', "shared_secret": SECRET_BASE64})
    secret = base64.b64decode(SECRET_BASE64)
    signer = hms.HTTPMessageSigner(
        signature_algorithm=hms.algorithms.HMAC_SHA256, key_resolver=Resolver(secret, secret)
    )

    def theirs(request: Request) -> tuple[str, str]:
        made = message(request)
        signer.sign(
            made,
            key_id='a "key"',
            created=datetime.datetime.fromtimestamp(int(request.now), datetime.UTC),
            nonce=request.nonce,
            label="sig1",
            covered_component_ids=COVERED,
            body=request.body or None,
        )
        return made.headers["Signature-Input"], made.headers["Signature"]

    def mine(request: Request) -> tuple[str, str]:
        signed = sign(request)
        return header(signed, "Signature-Input"), header(signed, "Signature")

    assert differences("rfc9421", Shape(), mine, theirs) == []


ALGORITHMS = {
    "ed25519": hms.algorithms.ED25519,
    "ecdsa-p256-sha256": hms.algorithms.ECDSA_P256_SHA256,
    "rsa-pss-sha512": hms.algorithms.RSA_PSS_SHA512,
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_rfc_9421_with_a_private_key(algorithm: str) -> None:
    pem = KEYS.private_key(algorithm)
    private = serialization.load_pem_private_key(pem.encode(), None)
    sign = ours(f"rfc9421-{algorithm}", {"key_id": "a key", "private_key": pem})
    verifier = hms.HTTPMessageVerifier(
        signature_algorithm=ALGORITHMS[algorithm], key_resolver=Resolver(private, private.public_key())
    )
    # The library refuses what was made long ago, so these are made now.
    now = datetime.datetime.now(datetime.UTC).timestamp()
    covered = 0
    for request in requests(algorithm, Shape()):
        from dataclasses import replace

        fresh = replace(request, now=now)
        made = message(fresh, sign(fresh))
        (result,) = verifier.verify(made, max_age=datetime.timedelta(minutes=5), body=fresh.body or None)
        covered += len(result.covered_components)
    assert covered > 500 * len(COVERED)


@cache
def header_signer(secret: str, algorithm: str, has_digest: bool) -> HeaderSigner:
    names = ["(request-target)", "host", "date", *(["digest"] if has_digest else [])]
    return HeaderSigner("a-key", secret, algorithm=algorithm, headers=names)


def cavage(request: Request, secret: str, algorithm: str, sign: Any) -> str:
    emitted = dict(sign(request).headers)
    signer = header_signer(secret, algorithm, bool(request.body))
    given = {"host": request.host, "date": emitted["Date"], "digest": emitted.get("Digest", "")}
    made = signer.sign(given, host=request.host, method=request.method, path=request.target)
    return str(made["authorization"])


def parts(authorization: str) -> dict[str, str]:
    """Take an Authorization header apart; the order of its parameters means nothing."""
    scheme, _, rest = authorization.partition(" ")
    pairs = (item.split("=", 1) for item in rest.split('",'))
    return {"": scheme, **{name: value.strip('"') for name, value in pairs}}


def test_cavage_hmac() -> None:
    sign = ours("cavage-hmac-sha256", {"key_id": "a-key", "secret": SECRET})
    found = differences(
        "cavage",
        Shape(),
        lambda r: parts(header(sign(r), "Authorization")),
        lambda r: parts(cavage(r, SECRET, "hmac-sha256", sign)),
    )
    assert found == []


def test_cavage_rsa() -> None:
    pem = KEYS.private_key("rsa-v1_5-sha256")
    sign = ours("cavage-rsa-sha256", {"key_id": "a-key", "private_key": pem})
    found = differences(
        "cavage-rsa",
        Shape(),
        lambda r: parts(header(sign(r), "Authorization")),
        lambda r: parts(cavage(r, pem, "rsa-sha256", sign)),
    )
    assert found == []


def test_hawk() -> None:
    sign = ours("hawk", {"id": "an-id", "key": SECRET})

    def theirs(request: Request) -> str:
        sender = mohawk.Sender(
            {"id": "an-id", "key": SECRET, "algorithm": "sha256"},
            request.url,
            request.method,
            content=request.body or mohawk.base.EmptyValue,
            content_type=request.headers.get("content-type", "") if request.body else mohawk.base.EmptyValue,
            always_hash_content=False,
            nonce=request.nonce,
            _timestamp=int(request.now),
        )
        return str(sender.request_header)

    assert (
        differences("hawk", Shape(), lambda r: hawk(header(sign(r), "Authorization")), lambda r: hawk(theirs(r))) == []
    )


def hawk(authorization: str) -> dict[str, str]:
    pairs = (item.split("=", 1) for item in authorization.removeprefix("Hawk ").split(", "))
    return {name: value.strip('"') for name, value in pairs}


@pytest.mark.parametrize("method", ["HMAC-SHA1", "HMAC-SHA256"])
@pytest.mark.parametrize("has_token", [True, False])
def test_oauth1(method: str, has_token: bool) -> None:
    token = {"token": "a token", "token_secret": "its&secret"} if has_token else {}
    sign = ours(f"oauth1-{method.lower()}", {"consumer_key": "a key", "consumer_secret": "a%secret", **token})

    def theirs(request: Request) -> str:
        client = Client(
            "a key",
            client_secret="a%secret",
            resource_owner_key=token.get("token"),
            resource_owner_secret=token.get("token_secret"),
            signature_method=method,
            nonce=request.nonce,
            timestamp=str(int(request.now)),
        )
        is_form = request.headers.get("content-type") == "application/x-www-form-urlencoded"
        body = request.body.decode() if is_form else None
        headers = {"Content-Type": request.headers["content-type"]} if is_form else {}
        _, made, _ = client.sign(encoded(request), request.method, body=body, headers=headers)
        return str(made["Authorization"])

    found = differences(
        "oauth1",
        Shape(),
        lambda r: oauth(header(sign(r), "Authorization")),
        lambda r: oauth(theirs(r)),
    )
    assert found == []


def encoded(request: Request) -> str:
    # oauthlib takes no character of a query that is not form-encoded: the same parameters, encoded in full.
    from urllib.parse import quote

    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.pairs)
    return f"https://{request.host}{request.path}" + (f"?{query}" if query else "")


def oauth(authorization: str) -> dict[str, str]:
    pairs = (item.split("=", 1) for item in authorization.removeprefix("OAuth ").split(", "))
    return {name: unquote(value.strip('"')) for name, value in pairs}


def test_a_wrong_message_is_not_verified() -> None:
    pem = KEYS.private_key("rsa-pss-sha512")
    key = serialization.load_pem_private_key(pem.encode(), None)
    signature = runtime("asymmetric").sign_message("rsa-pss-sha512", pem.encode(), b"one")
    pss = padding.PSS(padding.MGF1(hashes.SHA512()), 64)
    key.public_key().verify(signature, b"one", pss, hashes.SHA512())
    with pytest.raises(InvalidSignature):
        key.public_key().verify(signature, b"other", pss, hashes.SHA512())

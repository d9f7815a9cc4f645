"""The signing recipe of the Samsung Cloud Platform, as data, with the vectors that prove it."""

from __future__ import annotations

from apiscribe.capture.readings import Json

_ACCESS_KEY = "0123456789abcdef0123456789abcdef"
_SECRET_KEY = "11111111-2222-3333-4444-555555555555"  # noqa: S105 (a test vector)
_TIMESTAMP = 1605290625682
_HOST = "https://data-ops.kr-west1.e.samsungsdscloud.com"
_FIRST = f"{_HOST}/v1/data-ops?size=20&page=0&sort=created_dt:desc"

_SIGNATURES = (
    ("GET", _FIRST, "jPrDBuxfdB+KtSolSqPkDnTnrB0leJgpj+h1hGw0BLU="),
    (
        "PUT",
        f"{_HOST}/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        "93nTo9Nv4IGj6QZWsvIHM7Efcf99jGY77bpVz97H2Ss=",
    ),
    (
        "GET",
        f"{_HOST}/v1/data-ops?data_ops_name=%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84",
        "+Zj6z/j7aoMSqhlEx8mtJkpbTxeUKs4tAh1oO3J7bCM=",
    ),
    ("GET", f"{_HOST}/v1/data-ops?data_ops_name=a+b", "2e0gFGwIgFmutra3lCNuVwKyP56KmdfTVADTbMIGqPY="),
    ("GET", f"{_HOST}/v1/data-ops?data_ops_name=a%2Bb%25c", "qOltyzsxemEn2A9RdtQnjSU6AtGIN8vGFTFzIAtF5XY="),
    ("GET", "https://iam.e.samsungsdscloud.com/v1/users?size=1", "RpZyJkDTO1ioxnroiJaoc57RduZ8PN5ZLiOrbV1S8nc="),
    ("GET", "https://iam.s.samsungsdscloud.com/", "oOpmPN2sW84Z4nbqvx00JaGinDBhEv4tWCJsIAMO2nA="),
)


def _vector(method: str, url: str, signature: str) -> Json:
    vector: dict[str, Json] = {
        "method": method,
        "url": url,
        "timestamp": _TIMESTAMP,
        "credentials": {"access_key": _ACCESS_KEY, "secret_key": _SECRET_KEY},
    }
    if url == _FIRST:
        vector["message"] = f"{method}{url}{_TIMESTAMP}{_ACCESS_KEY}Openapi"
    return {**vector, "signature": signature}


RECIPE: Json = {
    "language": 1,
    "name": "samsungcloud-v2",
    "credentials": {
        "access_key": {},
        "secret_key": {"secret": True},
        "session_token": {"secret": True, "optional": True},
    },
    "steps": [
        {
            "name": "message",
            "separator": "",
            "parts": ["{method}", "{url}", "{timestamp(unix-ms)}", "{credential.access_key}", "Openapi"],
        },
        {"name": "signature", "parts": ["{message | hmac(sha256, credential.secret_key) | base64}"]},
    ],
    "emit": {
        "headers": {
            "Scp-Accesskey": "{credential.access_key}",
            "Scp-Signature": "{signature}",
            "Scp-Timestamp": "{timestamp(unix-ms)}",
            "Scp-ClientType": "Openapi",
            "X-Auth-Token": "{credential.session_token}",
        }
    },
    "policy": {"attempts": "resign", "redirects": "same-origin"},
    "vectors": [_vector(*row) for row in _SIGNATURES],
}

SCHEMES: dict[str, Json] = {
    "ScpSignature": {
        "type": "apiKey",
        "in": "header",
        "name": "Scp-Signature",
        "description": "Base64 of the HMAC-SHA256 over method, address as sent, timestamp, access key and client type",
        "x-signing": RECIPE,
    }
}

"""The signing recipe of NAVER Cloud Platform's API gateway, as data, with the vectors that prove it."""

from __future__ import annotations

from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.readings import Json

_ACCESS_KEY = "0123456789ABCDEF0123"
_SECRET_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCD"  # noqa: S105 (a test vector)
_TIMESTAMP = 1605290625682

_SIGNATURES = (
    (
        "GET",
        "https://ncloud.apigw.ntruss.com/vserver/v2/getLoginKeyList?regionCode=KR&responseFormatType=json",
        "LaAHHKERf1/Qd5EEBBf7zfVWj5uvDINa3BWc9viIbCg=",
    ),
    (
        "GET",
        "https://ncloud.apigw.ntruss.com/vserver/v2/getLoginKeyList?keyName=%ED%95%9C%EA%B8%80",
        "+ciRs4wEeHvlDLJhcgDk8UNhlvRkkjKPCVVpKnHXyzE=",
    ),
    (
        "POST",
        "https://sens.apigw.ntruss.com/sms/v2/services/ncp:sms:kr:000000000001:demo/messages",
        "V+5CSa4nUiD8W+XTDnCbLdTzToXtsoHWbBtl7/yhCYg=",
    ),
    (
        "DELETE",
        "https://nks.apigw.ntruss.com/vnks/v2/clusters/11111111-2222-3333-4444-555555555555/node-pool/42",
        "HIdLwtTgBVdHidw49bjrjiWuxRMoPN8V2h5EFbtvF7U=",
    ),
)

_EMITTED: dict[str, Json] = {
    "x-ncp-apigw-timestamp": "{timestamp(unix-ms)}",
    "x-ncp-iam-access-key": "{credential.access_key}",
    facts.SIGNATURE_HEADER: "{signature}",
}

RECIPE: Json = {
    "language": 1,
    "name": "navercloud-v2",
    "credentials": {"access_key": {}, "secret_key": {"secret": True}},
    "steps": [
        {
            "name": "message",
            "separator": "\n",
            "parts": ["{method} {target}", "{timestamp(unix-ms)}", "{credential.access_key}"],
        },
        {"name": "signature", "parts": ["{message | hmac(sha256, credential.secret_key) | base64}"]},
    ],
    "emit": {"headers": _EMITTED},
    "policy": {"attempts": "resign", "redirects": "same-origin"},
    "vectors": [
        {
            "method": method,
            "url": url,
            "timestamp": _TIMESTAMP,
            "credentials": {"access_key": _ACCESS_KEY, "secret_key": _SECRET_KEY},
            "signature": signature,
        }
        for method, url, signature in _SIGNATURES
    ],
}

SCHEMES: dict[str, Json] = {
    "NcpSignature": {
        "type": "apiKey",
        "in": "header",
        "name": facts.SIGNATURE_HEADER,
        "description": "Base64 of the HMAC-SHA256 over method, path with query as sent, timestamp and access key",
        "x-signing": RECIPE,
    },
    "ApiKey": {"type": "http", "scheme": "bearer", "description": "An API key that is sent as a bearer token"},
}

# Headers that the scheme or the client itself sends.
DROPPED_HEADERS = frozenset({"accept", "content-type", "authorization", *_EMITTED})

"""How requests are signed, as data for the server, and credentials that are made up."""

from typing import Any
from samsungcloud._signing import Credentials

KNOWN: dict[str, str] = {"access_key": "stub-access-key", "secret_key": "stub-secret-key"}

CREDENTIALS: Credentials = Credentials(access_key="stub-access-key", secret_key="stub-secret-key")

SIGN_SAMSUNGCLOUD_V2: dict[str, Any] = {
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
            "parts": [
                "{method}",
                "{url}",
                "{timestamp(unix-ms)}",
                "{credential.access_key}",
                "Openapi",
            ],
        },
        {
            "name": "signature",
            "separator": "",
            "parts": ["{message | hmac(sha256, credential.secret_key) | base64}"],
        },
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
}

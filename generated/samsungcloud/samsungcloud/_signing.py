"""Signs requests: straight-line code, compiled from the recipes of the documents."""

from __future__ import annotations

from ._runtime.keyed import keyed_hash
from ._runtime.signing import leaves_body
from binascii import b2a_base64
from collections.abc import Mapping
from ._runtime.credentials import CredentialField, CredentialsBase
from ._runtime.secret import Secret
from ._runtime.signing import Signed


class Credentials(CredentialsBase):
    """What requests are signed with; nothing of it is ever shown, logged or pickled.

    Args:
        access_key: text, sent or used for signing as the service describes it.
        secret_key: text, sent or used for signing as the service describes it.
        session_token: text, sent or used for signing as the service describes it.
    """

    fields = (
        CredentialField(name="access_key"),
        CredentialField(name="secret_key", secret=True),
        CredentialField(name="session_token", secret=True, optional=True),
    )
    access_key: str
    secret_key: Secret
    session_token: Secret | None

    def __init__(
        self,
        access_key: str,
        secret_key: str | Secret,
        session_token: str | Secret | None = None,
    ) -> None:
        self._fill(
            access_key=access_key,
            secret_key=secret_key,
            session_token=session_token,
        )


@leaves_body
def sign_samsungcloud_v2(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    credentials: Credentials,
    now: float,
    nonce: str | None = None,
) -> Signed:
    """Sign a request: samsungcloud-v2."""
    credential_access_key = credentials.access_key
    credential_secret_key = credentials.secret_key
    credential_session_token = credentials.session_token
    milliseconds = int(now * 1000.0 + 0.5)
    timestamp_unix_ms = str(milliseconds)
    step_message = "".join((method, url, timestamp_unix_ms, credential_access_key, "Openapi"))
    step_signature = b2a_base64(
        keyed_hash("sha256", credential_secret_key.key, step_message.encode()), newline=False
    ).decode()
    signed_headers: tuple[tuple[str, str], ...] = (
        ("Scp-Accesskey", credential_access_key),
        ("Scp-Signature", step_signature),
        ("Scp-Timestamp", timestamp_unix_ms),
        ("Scp-ClientType", "Openapi"),
    )
    if credential_session_token is not None:
        signed_headers = (*signed_headers, ("X-Auth-Token", credential_session_token.reveal()))
    return Signed(signed_headers)

"""Requests to a token endpoint (RFC 6749, 4 to 6): parameters become a request, and its answer a token."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import quote_plus, urlencode

from .authorizer import fetched
from .credentials import CredentialsSource
from .errors import APIStatusError, AuthenticationError, ResponseValidationError
from .exchange import Answer, Command, Head, Send
from .redact import Redactor, one_line

if TYPE_CHECKING:
    from .flow import Call

_RENEW_BEFORE = 60.0
_OF_LIFETIME = 0.2
_LIFETIME = 3600.0  # of a token whose answer does not say; a service that does not take it any more says so
_LONGEST_TOKEN = 16 * 1024
GRANTED = (200, 201)
"""What stands for success: RFC 6749 wants 200, and frameworks answer any POST by 201."""
_REFUSALS = (400, 401, 403)


class Token(NamedTuple):
    """An access token, the refresh token beside it, and when (Unix time) to ask for the next one."""

    value: str
    refresh: str
    renew_at: float

    def __repr__(self) -> str:
        return "<Token ***>"


class TokenKeeper(CredentialsSource):
    """A source of credentials that keeps the tokens which were fetched with them, by a flow of OpenAPI's name."""

    flow: ClassVar[str]

    def keep(self, token: Token) -> None:
        """Take over a token that was fetched."""
        raise NotImplementedError

    def used_up(self, value: str) -> bool:
        """Take note that a service does not take an access token; say whether there may be another."""
        raise NotImplementedError


class Client(NamedTuple):
    """Who asks for tokens; `in_body` are the addresses that read the client's secret in the body alone."""

    id_: str
    secret: str
    in_body: set[str]

    def __repr__(self) -> str:
        return "<Client ***>"


def asked(
    call: Call, address: str, parameters: Mapping[str, str], client: Client
) -> Generator[Command, Answer, tuple[Send, Head, bytes]]:
    """Send a request; once more with the secret in the body where a server does not take it in a header."""
    while True:
        is_shown = bool(client.secret) and address not in client.in_body
        send = _request(call, address, parameters, client.id_, client.secret, in_body=not is_shown)
        head, body = yield from fetched(call, send)
        if not is_shown or head.status not in _REFUSALS or answered(body).get("error") != "invalid_client":
            return send, head, body
        client.in_body.add(address)


def _request(
    call: Call, address: str, parameters: Mapping[str, str], client_id: str, secret: str, *, in_body: bool
) -> Send:
    """Give the request; the client shows who it is in a header, or `in_body`, or has no secret to show."""
    fields, headers = dict(parameters), []
    hidden = [
        secret,
        *(parameters.get(name, "") for name in ("refresh_token", "password", "code", "code_verifier", "device_code")),
    ]
    if secret and not in_body:
        pair = b64encode(f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()).decode()
        headers.append(("Authorization", f"Basic {pair}"))
        hidden.append(pair)
    elif client_id:
        fields["client_id"] = client_id
        if secret:
            fields["client_secret"] = secret
    body = urlencode(fields).encode()
    hidden += [quote_plus(text) for text in hidden]
    own = Redactor(filter(None, hidden))
    headers += [
        ("Host", address.split("/", 3)[2]),
        ("Accept", "application/json"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
    ]
    return Send("POST", address, headers, body, call.deadline, redactor=lambda: own)


def read_token(call: Call, send: Send, body: bytes, known: Token | None) -> Token:
    """Read a success; without a new refresh token the one that is known stays.

    Raises:
        ResponseValidationError: it holds no bearer token.
    """
    answer = answered(body)
    value = answer.get("access_token")
    if not isinstance(value, str) or not _is_token(value):
        raise _unusable(call, send, "there is no access_token in it")
    kind = answer.get("token_type", "bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _unusable(call, send, "its token_type is not bearer")
    refresh = answer.get("refresh_token")
    if isinstance(refresh, str) and not refresh.isprintable():
        raise _unusable(call, send, "its refresh_token cannot be sent")
    kept = known.refresh if known is not None else ""
    lifetime = _seconds(answer.get("expires_in"))
    renew_at = call.clocks.wall() + lifetime - min(_RENEW_BEFORE, lifetime * _OF_LIFETIME)
    return Token(value, refresh if isinstance(refresh, str) and refresh else kept, renew_at)


def refusal(call: Call, send: Send, head: Head, body: bytes) -> APIStatusError:
    """Make the exception for what is no success: what the server says of it, without what it was sent."""
    redactor = Redactor(call.credentials.revealed() if call.credentials is not None else ())
    own = send.redactor() if send.redactor is not None else redactor
    from .failure import status_error

    plain = status_error(call.operation, head.status, head.headers, own.data(body), redactor, truncated=False)
    if head.status not in _REFUSALS:
        return plain
    answer = answered(body)
    code, told = (
        one_line(redactor.text(own.text(text))) if isinstance(text := answer.get(name), str) else ""
        for name in ("error", "error_description")
    )
    if not code and not told:  # a server that has words of its own for what RFC 6749 calls error
        told = plain.detail or ""
    said = ": ".join(text for text in (code, told) if text) or f"status {head.status}"
    return AuthenticationError(
        f"{call.operation}: no token from {send.url.split('/', 3)[2]}: {said}",
        operation=call.operation,
        status_code=head.status,
        code=code or None,
        details=(told,) if told else (),
        body=redactor.data(own.data(body)),
    )


def stored(token: Token) -> str:
    """Give a token as text to be kept, which is secret."""
    return json.dumps({"access_token": token.value, "refresh_token": token.refresh, "renew_at": token.renew_at})


def token_of(text: str | None) -> Token | None:
    """Give the token that was kept as text; None where there is none, or something else."""
    found = answered(text.encode()) if text is not None else {}
    value, refresh, renew_at = (found.get(name) for name in ("access_token", "refresh_token", "renew_at"))
    if not isinstance(value, str) or not isinstance(refresh, str) or not isinstance(renew_at, int | float):
        return None
    return Token(value, refresh, renew_at) if _is_token(value) else None


def _unusable(call: Call, send: Send, reason: str) -> ResponseValidationError:
    host = send.url.split("/", 3)[2]
    return ResponseValidationError(
        f"{call.operation}: the answer of {host} is no token: {reason}", operation=call.operation, status_code=200
    )


def answered(body: bytes) -> dict[str, object]:
    """Give the JSON object that an answer is; one without members where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_token(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_TOKEN and text.isascii() and text.isprintable() and " " not in text


def _seconds(told: object) -> float:
    """Read `expires_in`; some servers send a text."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 12:
        told = int(told)
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < 1e11:
        return _LIFETIME
    return float(told)

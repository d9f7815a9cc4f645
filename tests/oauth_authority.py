"""An authorization server for tests that knows nothing of ours: authlib's, over loopback, which judges each request."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant, DeviceCredentialDict

from .loopback import Answer, Received, json_answer

BACK = "http://127.0.0.1:8400/back"
SCOPES = {"read", "write"}
AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]


@dataclass(frozen=True)
class App(ClientMixin):  # type: ignore[misc]
    """A registered client; without a secret it is a public one."""

    id_: str
    secret: str
    method: str

    def get_client_id(self) -> str:
        return self.id_

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in (scope or "").split() if one in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == BACK

    def check_client_secret(self, client_secret: str) -> bool:
        return self.secret == client_secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == self.method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return True


@dataclass
class Code:
    """An authorization code, as it was asked for."""

    code: str
    redirect_uri: str
    scope: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


@dataclass
class Kept:
    """A refresh token that was issued."""

    client_id: str
    scope: str

    def check_client(self, client: App) -> bool:
        return client.id_ == self.client_id

    def get_scope(self) -> str:
        return self.scope


@dataclass
class State:
    """All that the server remembers; a person has `approved` the user codes that are there."""

    codes: dict[str, Code] = field(default_factory=dict)
    refresh: dict[str, Kept] = field(default_factory=dict)
    devices: dict[str, Any] = field(default_factory=dict)
    approved: dict[str, bool] = field(default_factory=dict)
    access: set[str] = field(default_factory=set)


class Request(OAuth2Request):  # type: ignore[misc]
    """A request of a client as authlib takes it."""

    def __init__(self, received: Received) -> None:
        super().__init__(received.method, f"https://id.example.com{received.target}", headers=dict(received.headers))
        text = received.body.decode() if received.method == "POST" else urlsplit(received.target).query
        self.payload = BasicOAuth2Payload(dict(parse_qsl(text, strict_parsing=bool(text))))
        self.sent = self.payload.data if received.method == "POST" else {}

    @property
    def args(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.uri).query))

    @property
    def form(self) -> dict[str, str]:
        return dict(self.sent)


class Server(AuthorizationServer):  # type: ignore[misc]
    """authlib's server for one client; a code is given at once, as if a person had agreed."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app, self.state = app, State()
        numbers = iter(range(1, 100))
        self.register_token_generator(
            "default",
            BearerTokenGenerator(
                lambda **_: f"access-{next(numbers)}", lambda **_: f"refresh-{next(numbers)}", lambda *_: 3600
            ),
        )
        self.register_grant(_CodeGrant, [CodeChallenge(required=True)])
        for grant in (_RefreshGrant, _MachineGrant, _DeviceGrant):
            self.register_grant(grant)
        self.register_endpoint(_DeviceEndpoint)

    def query_client(self, client_id: str) -> App | None:
        return self.app if client_id == self.app.id_ else None

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        self.state.access.add(token["access_token"])
        if "refresh_token" in token:
            self.state.refresh[token["refresh_token"]] = Kept(request.client.id_, token.get("scope", ""))

    def create_oauth2_request(self, request: Any) -> Request:
        return request if isinstance(request, Request) else Request(request)

    def handle_response(self, status: int, body: Any, headers: Any) -> Answer:
        text = body if isinstance(body, str) else json.dumps(body)
        found = json_answer(text, status)
        return Answer(status, found.body, {**found.headers, **dict(headers)})

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        pass

    def __call__(self, received: Received) -> Answer:
        """Answer as the endpoint does that was asked; everything else is a service that takes good tokens."""
        path = urlsplit(received.target).path
        if path.endswith("/authorize"):
            request = self.create_oauth2_request(received)
            found: Answer = self.create_authorization_response(
                request, grant_user="ada", grant=self.get_consent_grant(request, "ada")
            )
            return found
        if path.endswith("/device"):
            return self.create_endpoint_response("device_authorization", received)  # type: ignore[no-any-return]
        if path.endswith(("/token", "/refresh")):
            return self.create_token_response(received)  # type: ignore[no-any-return]
        token = (received.header("Authorization") or "").removeprefix("Bearer ")
        return Answer(204 if token in self.state.access else 401)


class _CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = AUTH_METHODS

    def save_authorization_code(self, code: str, request: Request) -> None:
        told = request.payload.data
        self.server.state.codes[code] = Code(
            code, told["redirect_uri"], told.get("scope", ""), told["code_challenge"], told["code_challenge_method"]
        )

    def query_authorization_code(self, code: str, client: App) -> Code | None:
        return self.server.state.codes.get(code)  # type: ignore[no-any-return]

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.state.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> str:
        return "ada"


class _RefreshGrant(grants.RefreshTokenGrant):  # type: ignore[misc]
    """Each refresh token is good once."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = AUTH_METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Kept | None:
        return self.server.state.refresh.pop(refresh_token, None)  # type: ignore[no-any-return]

    def authenticate_user(self, refresh_token: Kept) -> str:
        return "ada"

    def revoke_old_credential(self, refresh_token: Kept) -> None:
        pass


class _MachineGrant(grants.ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = AUTH_METHODS


class _DeviceGrant(DeviceCodeGrant):  # type: ignore[misc]
    def query_device_credential(self, device_code: str) -> Any:
        return self.server.state.devices.get(device_code)

    def query_user_grant(self, user_code: str) -> tuple[str, bool] | None:
        allowed = self.server.state.approved.get(user_code)
        return None if allowed is None else ("ada", allowed)

    def should_slow_down(self, credential: Any) -> bool:
        return False


class _DeviceEndpoint(DeviceAuthorizationEndpoint):  # type: ignore[misc]
    CLIENT_AUTH_METHODS: ClassVar = AUTH_METHODS

    def get_verification_uri(self) -> str:
        return "https://id.example.com/activate"

    def save_device_credential(self, client_id: str, scope: str, data: dict[str, Any]) -> None:
        kept = DeviceCredentialDict({**data, "client_id": client_id, "scope": scope or "", "expires_at": 1e12})
        self.server.state.devices[data["device_code"]] = kept


def browser(server: Server) -> Callable[[str], str]:
    """Give what a browser does: it opens an address, and tells to which one it was sent back."""

    def opened(address: str) -> str:
        parts = urlsplit(address)
        answer = server(Received("GET", f"{parts.path}?{parts.query}", (), b""))
        assert answer.status == 302, answer.body
        return answer.headers["Location"]

    return opened

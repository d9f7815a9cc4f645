"""Schemes that need the network: OAuth 2.0, OpenID Connect and HTTP digest, as classes of the runtime read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from apiscribe import ir, signing
from apiscribe.errors import Origin
from apiscribe.ir_security import OAuthFlow, SchemeKind, SecurityScheme
from apiscribe.signing import CredentialField, Recipe

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TOKEN = CredentialField(name="token", secret=True)
_CLIENT = (CredentialField(name="client_id"), CredentialField(name="client_secret", secret=True))
_LOGIN = (CredentialField(name="username"), CredentialField(name="password", secret=True))
_REFRESH = CredentialField(name="refresh_token", secret=True)
_FLOWS = ("clientCredentials", "authorizationCode", "deviceAuthorization", "password")  # those with a token endpoint
_EXTRA = tuple(CredentialField(name=name) for name in ("token_url", "scope", "audience", "resource"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Networked:
    """What a scheme asks for, the sets of it of which any one is enough, and what its class is told."""

    credentials: tuple[CredentialField, ...]
    needs: tuple[tuple[str, ...], ...]
    facts: Mapping[str, ir.JsonValue]
    has_proof: bool = True

    def proof(self, title: str, names: Mapping[str, str], origin: Origin) -> Recipe | None:
        """Give the recipe by which a server knows a request with the first set of credentials."""
        return signing.bearer_recipe(title, names.get("token", "token"), origin) if self.has_proof else None

    def told(self, names: Mapping[str, str]) -> dict[str, ir.JsonValue]:
        """Give the facts, with the names of credentials that are called after their scheme."""
        return {**self.facts, **({"names": dict(names)} if names else {})}


def networked(scheme: SecurityScheme) -> Networked | None:
    """Read a scheme; None where straight-line code sends all that there is to send."""
    if scheme.kind is SchemeKind.DIGEST:
        return Networked(credentials=_LOGIN, needs=(("username", "password"),), facts={}, has_proof=False)
    if scheme.kind is SchemeKind.OPEN_ID:
        facts: dict[str, ir.JsonValue] = {"metadata_url": scheme.open_id_url}
        return _tokens({"clientCredentials", "authorizationCode"}, facts)
    if scheme.kind is not SchemeKind.OAUTH2:
        return None
    known = [flow for flow in scheme.flows if flow.name in _FLOWS and flow.token_url and _is_safe(flow.token_url)]
    if not known:
        return None
    told: dict[str, ir.JsonValue] = {"flows": {flow.name: _flow(flow, known) for flow in known}}
    if scheme.metadata_url:
        told["metadata_url"] = scheme.metadata_url
    return _tokens({flow.name for flow in known}, told)


def _flow(flow: OAuthFlow, known: list[OAuthFlow]) -> dict[str, ir.JsonValue]:
    """Say what the runtime needs to know of a flow; a scope that only others name is none of its own."""
    own = {name for name, _ in flow.scopes}
    foreign = {name: None for other in known for name, _ in other.scopes if name not in own}
    is_refreshed_elsewhere = _is_safe(flow.refresh_url) and flow.refresh_url != flow.token_url
    told: dict[str, ir.JsonValue] = {
        "token_url": flow.token_url,
        "refresh_url": flow.refresh_url if is_refreshed_elsewhere else "",
        "authorization_url": flow.authorization_url,
        "device_authorization_url": flow.device_authorization_url,
        "foreign_scopes": list(foreign),
    }
    return {name: value for name, value in told.items() if value}


def unsafe_flows(scheme: SecurityScheme) -> Iterable[OAuthFlow]:
    """Give the flows whose token endpoint is not encrypted: nothing secret is sent there."""
    return (flow for flow in scheme.flows if flow.token_url and not _is_safe(flow.token_url))


def _tokens(flows: set[str], facts: Mapping[str, ir.JsonValue]) -> Networked:
    """Say which grants there are: the token itself is always one."""
    needs: list[tuple[str, ...]] = [("token",)]
    fields: list[CredentialField] = [_TOKEN, *_CLIENT]
    if "clientCredentials" in flows:
        needs.append(("client_id", "client_secret"))
    if flows & {"authorizationCode", "deviceAuthorization"}:
        needs.append(("client_id", "refresh_token"))
        fields.append(_REFRESH)
    if "password" in flows:
        needs.append(("username", "password"))
        fields += _LOGIN
    return Networked(credentials=(*fields, *_EXTRA), needs=tuple(needs), facts=facts)


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme != "http" or (parts.hostname or "") in _LOOPBACK
    except ValueError:
        return False

"""The ir room, security: what a document's security schemes are, and which of them an operation asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apiscribe.errors import Origin


class SchemeKind(StrEnum):
    """The kinds of security schemes: OpenAPI's `type`, an `http` one by its scheme, and what `x-signing` describes."""

    API_KEY = "apiKey"
    BASIC = "basic"
    BEARER = "bearer"
    DIGEST = "digest"
    HTTP = "http"
    OAUTH2 = "oauth2"
    OPEN_ID = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"
    SIGNING = "x-signing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """One flow of an OAuth 2.0 scheme, by OpenAPI's name (`clientCredentials`); scopes with their descriptions."""

    name: str
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    device_authorization_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """One security scheme under its name in the document.

    `location` and `parameter` are of an API key, `open_id_url` leads to an OpenID Connect discovery document,
    `metadata_url` to the metadata of an OAuth 2.0 server.
    """

    name: str
    kind: SchemeKind
    origin: Origin
    description: str = ""
    location: str = ""
    parameter: str = ""
    open_id_url: str = ""
    metadata_url: str = ""
    flows: tuple[OAuthFlow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeUse:
    """One scheme that a request needs, with the scopes (or roles) that it needs of it."""

    scheme: str
    scopes: tuple[str, ...] = ()


Alternative = tuple[SchemeUse, ...]
"""Schemes that a request needs all; none of them: it may be anonymous."""

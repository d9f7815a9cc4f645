"""Where tokens come from: what a document says of a scheme goes in, the address of the token endpoint comes out.

A provider's metadata (OpenID Connect Discovery 1.0, RFC 8414) is believed only where its issuer says that it is.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from .authorizer import fetched
from .errors import CredentialsError
from .exchange import Answer, Command, Send
from .library import is_loopback

if TYPE_CHECKING:
    from .flow import Call
    from .security import Scheme

_WELL_KNOWN = "/.well-known/"
_OPEN_ID = "/.well-known/openid-configuration"
_Found = Generator[Command, Answer, str]


# What a document tells of a scheme, by the names in a provider's metadata.
_FACTS = {
    "token_endpoint": "token_url",
    "authorization_endpoint": "authorization_url",
    "device_authorization_endpoint": "device_authorization_url",
}


# A flow that a document leaves out has the endpoints of the one that is most like it.
_LIKE = ("authorizationCode", "deviceAuthorization", "clientCredentials", "password")


def flow_facts(scheme: Scheme, flow: str) -> Mapping[str, Any]:
    """Give what the document says of a flow, or else of the one that is most like it."""
    flows: Mapping[str, Mapping[str, Any]] = scheme.facts.get("flows", {})
    return next((flows[name] for name in (flow, *_LIKE) if name in flows), {})


def endpoint(call: Call, scheme: Scheme, flow: str, own: str = "", wanted: str = "token_endpoint") -> _Found:
    """Give the address of an endpoint of a flow: the caller's own, the document's, or that of the discovered provider.

    Raises:
        CredentialsError: there is none, or it is not to be trusted with a secret.
        APIError: the provider did not answer.
    """
    base = f"{scheme.facts.get('base', '')}/"
    fact = _FACTS[wanted]
    address = own or str(flow_facts(scheme, flow).get(fact) or "")
    if address:
        return checked(scheme.name, fact, address, base)
    metadata = str(scheme.facts.get("metadata_url") or "")
    if not metadata:
        raise CredentialsError(f"{scheme.name}: the document names no {wanted}: give {fact}")
    place = checked(scheme.name, "the provider's metadata", metadata, base)
    if _WELL_KNOWN not in place:
        place = f"{place.rstrip('/')}{_OPEN_ID}"
    return (yield from _discovered(call, scheme, place, wanted))


def _discovered(call: Call, scheme: Scheme, place: str, wanted: str) -> _Found:
    headers = (("Host", place.split("/", 3)[2]), ("Accept", "application/json"))
    head, body = yield from fetched(call, Send("GET", place, headers, b"", call.deadline, redactor=call.redactor))
    try:
        found = json.loads(body) if head.status == 200 else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CredentialsError(f"{scheme.name}: {place} has no metadata of a provider (status {head.status})")
    issuer, address = found.get("issuer"), found.get(wanted)
    if not isinstance(issuer, str) or place not in _places(issuer):
        raise CredentialsError(f"{scheme.name}: the metadata at {place} is of another issuer")
    if not isinstance(address, str):
        raise CredentialsError(f"{scheme.name}: the metadata at {place} names no {wanted}")
    return checked(scheme.name, wanted, address)


def _places(issuer: str) -> tuple[str, ...]:
    """Give where the metadata of an issuer is: OpenID Connect appends, RFC 8414 puts it before the path."""
    try:
        parts = urlsplit(issuer)
    except ValueError:
        return ()
    path = parts.path.rstrip("/")
    origin = f"{parts.scheme}://{parts.netloc}"
    return (f"{issuer.rstrip('/')}{_OPEN_ID}", f"{origin}/.well-known/oauth-authorization-server{path}")


def checked(name: str, what: str, address: str, base: str = "") -> str:
    """Give an address, or one relative to a base, to which secrets may be sent.

    Raises:
        CredentialsError: it is not encrypted and not of this machine, or is no address.
    """
    is_written = address.isascii() and address.isprintable() and " " not in address
    try:
        parts = urlsplit(urljoin(base, address) if is_written else "")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.username is not None or parts.fragment or parts.scheme not in ("https", "http"):
        raise CredentialsError(f"{name}: {what} is not an http(s) address")
    if parts.scheme == "http" and not is_loopback(host):
        raise CredentialsError(
            f"{name}: {what} is http:// to {host}, which is not encrypted: secrets are not sent there"
        )
    return parts._replace(path=parts.path or "/").geturl()

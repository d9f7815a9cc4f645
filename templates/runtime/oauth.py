"""OAuth 2.0 (RFC 6749): credentials of a client go in, tokens are fetched once, kept, and sent as bearer tokens.

The grant follows from the credentials: a `token` is sent as it is; a `refresh_token`, a `username`, or a `client_id`
alone are exchanged at the token endpoint, which the document names or its OpenID Connect provider.
"""

from __future__ import annotations

from collections.abc import Generator
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from .authorizer import Authorizer, Gate, Outgoing, Scopes, Steps, entered
from .errors import AuthenticationError
from .exchange import Answer, Command, Head
from .oauth_discovery import endpoint, flow_facts
from .oauth_request import GRANTED, Client, Token, TokenKeeper, asked, read_token, refusal
from .signing import Signed

if TYPE_CHECKING:
    from .credentials import CredentialsBase
    from .flow import Call
    from .security import Scheme

_MOST_KEPT = 64
_FLOWS = {"password": "password", "client_credentials": "clientCredentials"}


class _Grant(NamedTuple):
    """What a token is asked for with: parameters of the request besides the client, and the scopes."""

    parameters: tuple[tuple[str, str], ...]
    scopes: Scopes

    def __repr__(self) -> str:
        return "<Grant ***>"


class _Key(NamedTuple):
    """Whose token it is, and for what: everything that a request for it says."""

    client: tuple[str, str, str]
    grant: _Grant

    def __repr__(self) -> str:
        return "<Key ***>"


class OAuth2(Authorizer):
    """Sends a bearer token; where there is none in force, one call fetches it and all others wait for it.

    A refusal of the token endpoint is given to those who waited as well, so that many calls make one request. A token
    is renewed a minute before its end, at most a fifth of its life before, and once where a service does not take it.
    """

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(scheme)
        self._gate = Gate()
        self._tokens: dict[_Key, Token] = {}
        self._rounds: dict[_Key, int] = {}
        self._refusals: dict[_Key, AuthenticationError] = {}
        self._endpoints: dict[str, str] = {}
        self._in_body: set[str] = set()

    def prepare(self, call: Call, scopes: Scopes) -> Steps:
        """Fetch a token if there is none in force.

        Raises:
            AuthenticationError: the authorization server refuses; `code` is its `error`.
            APIError: it does not answer, or with what is no token.
            CredentialsError: the address of the token endpoint is not to be trusted with a secret.
        """
        if call.credentials is None or self.value(call.credentials, "token"):
            return
        key = self._key(call.credentials, scopes)
        if self._is_good(key, call):
            return
        rounds = self._rounds.get(key, 0)
        leave = yield from entered(call, self._gate)
        try:
            if self._is_good(key, call):
                return
            if self._rounds.get(key, 0) != rounds and key in self._refusals:
                raise copy(self._refusals[key])
            yield from self._renew(call, key)
        finally:
            leave()

    def sign(self, request: Outgoing) -> Signed:
        """Give the header with the token."""
        given = self.value(request.credentials, "token")
        token = None if given else self._tokens.get(self._key(request.credentials, request.scopes))
        value = given or (token.value if token is not None else "")
        others = (token.refresh,) if token is not None and token.refresh else ()
        return Signed((("Authorization", f"Bearer {value}"),), secrets=(value, *others))

    def refused(self, call: Call, scopes: Scopes, head: Head) -> bool:
        """Take the token that was sent for used up; another call may have fetched the next one already."""
        source = call.asked[0] if call.asked is not None else None
        given = self.value(call.credentials, "token") if call.credentials is not None else ""
        if call.credentials is None or given:
            return isinstance(source, TokenKeeper) and source.used_up(given)
        key = self._key(call.credentials, scopes)
        token = self._tokens.get(key)
        if token is not None and token.value in call.signed.secrets:
            self._tokens[key] = token._replace(renew_at=0.0)  # kept: another call may be about to send it
        return True

    def _is_good(self, key: _Key, call: Call) -> bool:
        token = self._tokens.get(key)
        return token is not None and call.clocks.wall() < token.renew_at

    def _key(self, credentials: CredentialsBase, scopes: Scopes) -> _Key:
        client_id, secret, token_url = (
            self.value(credentials, name) for name in ("client_id", "client_secret", "token_url")
        )
        return _Key((client_id, secret, token_url), self._grant(credentials, scopes))

    def _grant(self, credentials: CredentialsBase, scopes: Scopes) -> _Grant:
        def text(name: str) -> str:
            return self.value(credentials, name)

        own = tuple(text("scope").split())
        extra = tuple((name, text(name)) for name in ("audience", "resource") if text(name))
        if text("refresh_token"):  # it is good for the scopes it was given with
            return _Grant((("grant_type", "refresh_token"), ("refresh_token", text("refresh_token")), *extra), own)
        if text("username"):
            login = (("username", text("username")), ("password", text("password")))
            return _Grant((("grant_type", "password"), *login, *extra), own or self._scopes("password", scopes))
        own = own or self._scopes("clientCredentials", scopes)
        return _Grant((("grant_type", "client_credentials"), *extra), own)

    def _scopes(self, flow: str, scopes: Scopes) -> Scopes:
        """Leave out the scopes that only other flows have: a server would refuse them."""
        foreign = flow_facts(self.scheme, flow).get("foreign_scopes", ())
        return tuple(scope for scope in scopes if scope not in foreign)

    def _renew(self, call: Call, key: _Key) -> Steps:
        try:
            address = yield from self._token_url(call, key)
            token = yield from self._fetch(call, key, address)
        except AuthenticationError as error:
            self._refusals[key] = error
            self._rounds[key] = self._rounds.get(key, 0) + 1
            raise
        if len(self._tokens) >= _MOST_KEPT:  # credentials that change all the time leave nothing behind
            for each in (self._tokens, self._rounds, self._refusals):
                each.clear()
        self._tokens[key] = token
        if call.asked is not None and isinstance(call.asked[0], TokenKeeper):
            call.asked[0].keep(token)
        self._refusals.pop(key, None)
        self._rounds[key] = self._rounds.get(key, 0) + 1

    def _token_url(self, call: Call, key: _Key) -> Generator[Command, Answer, str]:
        own, kind = key.client[2], key.grant.parameters[0][1]
        flow = _FLOWS.get(kind, "authorizationCode")
        if call.asked is not None and isinstance(call.asked[0], TokenKeeper):
            flow = call.asked[0].flow
        if not own and kind == "refresh_token":
            own = str(flow_facts(self.scheme, flow).get("refresh_url") or "")
        if own:
            return (yield from endpoint(call, self.scheme, flow, own))
        if flow not in self._endpoints:
            self._endpoints[flow] = yield from endpoint(call, self.scheme, flow)
        return self._endpoints[flow]

    def _fetch(self, call: Call, key: _Key, address: str) -> Generator[Command, Answer, Token]:
        client_id, secret, _ = key.client
        known = self._tokens.get(key)
        parameters = dict(key.grant.parameters)
        if known is not None and known.refresh and "refresh_token" in parameters:
            parameters["refresh_token"] = known.refresh  # the one that came with the last token replaces the first
        if key.grant.scopes:
            parameters["scope"] = " ".join(key.grant.scopes)
        shown = Client(client_id, secret, self._in_body)
        send, head, body = yield from asked(call, address, parameters, shown)
        if head.status in GRANTED:
            return read_token(call, send, body, known)
        raise refusal(call, send, head, body)

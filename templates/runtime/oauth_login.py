"""Logins of people: an authorization code with PKCE (RFC 7636), or a device that shows a code (RFC 8628).

A login is given to a client as its `credentials=`. Its tokens are kept in a store of the caller's, renewed
by the client from their refresh token, and stored again whenever they change.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from .credentials import CredentialsBase, Wanted
from .errors import APIConnectionError, APITimeoutError, ConfigurationError, CredentialsError
from .exchange import Answer, Command, Sleep
from .flow import Call
from .oauth_discovery import endpoint
from .oauth_request import GRANTED, Client, Token, TokenKeeper, answered, asked, read_token, refusal, stored, token_of
from .security import Scheme

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_INTERVAL = 5.0
_DEVICE_TIME = 600.0
_MOST_PENDING = 100


class TokenStore(Protocol):
    """Where a login keeps its tokens between runs of a program; the text is secret."""

    def load(self) -> str | None:
        """Give what was saved last, or None."""
        ...

    def save(self, text: str) -> None:
        """Keep this instead."""
        ...


class DevicePrompt(NamedTuple):
    """What a person is told: open `verification_uri` and enter `user_code`, or open `verification_uri_complete`."""

    verification_uri: str
    user_code: str
    verification_uri_complete: str | None


class Login(TokenKeeper):
    """What both ways to log in share: the client, its tokens, and the credentials that follow from them.

    `scheme` names the document's scheme where a service has several; `prefix` is what its credentials are called after.
    """

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str | None = None,
        scopes: Sequence[str] = (),
        scheme: str = "",
        prefix: str = "",
        token_url: str | None = None,
        store: TokenStore | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._client = Client(client_id, client_secret or "", set())
        self._scopes, self._scheme, self._prefix = tuple(scopes), scheme, prefix
        self._token_url, self._store, self._clock = token_url, store, clock
        self._token: Token | None = None
        self._last: tuple[Token, bool, CredentialsBase] | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} ***>"

    def has(self, wanted: Wanted) -> bool:
        """Say yes: logging in is up to the program."""
        return True

    def current(self, wanted: Wanted) -> CredentialsBase:
        """Give the access token while it is good, then what it is renewed with.

        Raises:
            CredentialsError: nobody is logged in, or not any more.
        """
        token = self._token
        if token is None and self._store is not None:
            token = self._token = token_of(self._store.load())
        if token is None:
            raise CredentialsError(f"no credentials: {self.sought(wanted)}")
        is_good = self._clock() < token.renew_at
        if not is_good and not token.refresh:
            raise CredentialsError(f"the login is over: {self.sought(wanted)}")
        last = self._last
        if last is None or last[0] is not token or last[1] != is_good or type(last[2]) is not wanted.kind:
            last = self._last = (token, is_good, self._credentials(token, is_good, wanted))
        return last[2]

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give what `current` gives."""
        return self.current(wanted)

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give what `current` gives."""
        return self.current(wanted)

    def sought(self, wanted: Wanted) -> str:
        """Say that somebody has to log in."""
        return "log in first"

    def keep(self, token: Token) -> None:
        """Take over a token that was fetched, and store it."""
        self._token = token
        if self._store is not None:
            self._store.save(stored(token))

    def used_up(self, value: str) -> bool:
        """Take note that a service does not take an access token; say whether there may be another."""
        token = self._token
        if token is not None and token.value == value:
            token = self._token = token._replace(renew_at=0.0)
        return token is not None and (bool(token.refresh) or token.value != value)

    def _credentials(self, token: Token, is_good: bool, wanted: Wanted) -> CredentialsBase:
        values: dict[str, str | None] = {"token": token.value}
        if not is_good:
            values = {"client_id": self._client.id_, "client_secret": self._client.secret, "token_url": self._token_url}
            values["refresh_token"] = token.refresh
        return wanted.kind(**{f"{self._prefix}_{name}".lstrip("_"): value for name, value in values.items()})

    def _run(
        self, client: Any, steps: Callable[[Call, Scheme], Generator[Command, Answer, Any]], seconds: float | None
    ) -> Any:
        """Run steps over a client's own transport: what they give, or under an async client something to `await`."""
        core = client._core
        found = [each for each in core.service.schemes if each.kind in ("oauth2", "openIdConnect")]
        scheme = next((each for each in found if self._scheme in ("", each.name)), None)
        if scheme is None:
            raise ConfigurationError(
                f"{core.service.name} has no scheme {self._scheme or 'of OAuth 2.0'} to log in with"
            )
        told = scheme._replace(facts={**scheme.facts, "base": core.base})
        deadline = None if seconds is None else core.clocks.monotonic() + seconds
        call = Call(
            operation=scheme.name, method="POST", url=core.base, headers=(), clocks=core.clocks, deadline=deadline
        )
        return client._steps(call, steps(call, told))

    def _fetch(
        self, call: Call, address: str, parameters: dict[str, str]
    ) -> Generator[Command, Answer, Token | Exception]:
        send, head, body = yield from asked(call, address, parameters, self._client)
        if head.status not in GRANTED:
            return refusal(call, send, head, body)
        token = read_token(call, send, body, None)
        self.keep(token)
        return token


class AuthorizationCode(Login):
    """Logs a person in by a browser: `begin` gives the address to open, `finish` takes the one it came back to.

    `redirect_uri` is an address of the program's own. Under an async client both are awaited.
    """

    flow = "authorizationCode"

    def __init__(self, *, redirect_uri: str, authorization_url: str | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self._redirect_uri, self._authorization_url = redirect_uri, authorization_url
        self._pending: dict[str, str] = {}

    def begin(self, client: Any) -> Any:
        """Give the address at which the person logs in: a new state and a new challenge each time."""
        return self._run(client, self._begun, client._core.timeout)

    def finish(self, client: Any, address: str) -> Any:
        """Exchange the code in the address to which the browser was sent back.

        Raises:
            CredentialsError: it is no answer to what `begin` gave, or a refusal.
            AuthenticationError: the server does not take the code.
        """
        code, verifier = self._code(address)

        def steps(call: Call, scheme: Scheme) -> Generator[Command, Answer, None]:
            token_url = yield from endpoint(call, scheme, self.flow, self._token_url or "")
            told = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
            found = yield from self._fetch(call, token_url, {**told, "redirect_uri": self._redirect_uri})
            if isinstance(found, Exception):
                raise found

        return self._run(client, steps, client._core.timeout)

    def _begun(self, call: Call, scheme: Scheme) -> Generator[Command, Answer, str]:
        address = yield from endpoint(call, scheme, self.flow, self._authorization_url or "", "authorization_endpoint")
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        if len(self._pending) >= _MOST_PENDING:  # logins that nobody finished
            self._pending.pop(next(iter(self._pending)))
        self._pending[state] = verifier
        told = {"response_type": "code", "client_id": self._client.id_, "redirect_uri": self._redirect_uri}
        told |= {"scope": " ".join(self._scopes)} if self._scopes else {}
        told |= {"state": state, "code_challenge": challenge_of(verifier), "code_challenge_method": "S256"}
        return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"

    def _code(self, address: str) -> tuple[str, str]:
        if address.partition("?")[0] != self._redirect_uri.partition("?")[0]:
            raise CredentialsError("the login did not come back to redirect_uri")
        found = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items() if len(values) == 1}
        verifier = self._pending.pop(found.get("state", ""), None)
        if verifier is None:
            raise CredentialsError("the login has another state: it was begun elsewhere, or is finished already")
        if "error" in found:
            told = ": ".join(found[name][:200] for name in ("error", "error_description") if name in found)
            raise CredentialsError(f"the login was refused: {told!r}")
        if not found.get("code"):
            raise CredentialsError("the login came back without a code")
        return found["code"], verifier


class DeviceAuthorization(Login):
    """Logs a person in on another device: `prompt` shows them address and code, and `login` waits for them.

    Under an async client `login` is awaited, and may be cancelled.
    """

    flow = "deviceAuthorization"

    def __init__(
        self,
        *,
        prompt: Callable[[DevicePrompt], object],
        device_authorization_url: str | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._prompt, self._device_url = prompt, device_authorization_url

    def login(self, client: Any, *, timeout: float | None = _DEVICE_TIME) -> Any:
        """Wait until the person has logged in, at most so many seconds and as long as the code is good.

        Raises:
            APITimeoutError: nobody did in time.
            AuthenticationError: the person or the server refused.
        """
        return self._run(client, self._steps, timeout)

    def _steps(self, call: Call, scheme: Scheme) -> Generator[Command, Answer, None]:
        place = yield from endpoint(call, scheme, self.flow, self._device_url or "", "device_authorization_endpoint")
        token_url = yield from endpoint(call, scheme, self.flow, self._token_url or "")
        wanted = {"scope": " ".join(self._scopes)} if self._scopes else {}
        send, head, body = yield from asked(call, place, wanted, self._client)
        if head.status not in GRANTED:
            raise refusal(call, send, head, body)
        told = answered(body)
        device, user = (_shown(told.get(name)) for name in ("device_code", "user_code"))
        place, whole = (_page(told.get(f"verification_uri{ending}")) for ending in ("", "_complete"))
        if not device or not user or not place:
            raise CredentialsError(f"{scheme.name}: the answer names no device_code, user_code or verification_uri")
        self._prompt(DevicePrompt(place, user, whole or None))
        yield from self._polled(call, token_url, device, told)

    def _polled(
        self, call: Call, token_url: str, device: str, told: dict[str, object]
    ) -> Generator[Command, Answer, None]:
        interval = max(1.0, _number(told.get("interval"), _INTERVAL))
        ends = call.clocks.monotonic() + _number(told.get("expires_in"), _DEVICE_TIME)
        ends = ends if call.deadline is None else min(ends, call.deadline)
        while call.clocks.monotonic() + interval < ends:
            yield Sleep(interval)
            try:
                found = yield from self._fetch(call, token_url, {"grant_type": _DEVICE_GRANT, "device_code": device})
            except (APIConnectionError, APITimeoutError):  # the person may be logging in all the same (RFC 8628, 3.5)
                interval *= 2.0
                continue
            if isinstance(found, Token):
                return
            code = getattr(found, "code", None)
            if code == "slow_down":
                interval += 5.0
            elif code != "authorization_pending":
                raise found
        raise APITimeoutError(f"{call.operation}: nobody logged in in time", operation=call.operation)


def challenge_of(verifier: str) -> str:
    """Give the S256 challenge of a code verifier.

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _shown(told: object) -> str:
    """Read a text that people are shown, and that can be sent; nothing where it is none."""
    return told if isinstance(told, str) and told.isprintable() else ""


def _page(told: object) -> str:
    """Read the address of a page; nothing where a browser would do anything else with it."""
    text = _shown(told)
    return text if text.lower().startswith(("https://", "http://")) else ""


def _number(told: object, default: float) -> float:
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return float(told) if is_number and 0 < told < 1e6 else default  # type: ignore[arg-type, operator]

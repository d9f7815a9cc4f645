"""Which security a request is sent with: an operation's alternatives and the credentials at hand become one signer."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import CredentialsError
from .profile import Settings
from .service import Service, SigningOption
from .signer import Chosen, option_values
from .signing import Signed, Signer, reads_body, with_options
from .wire import with_query

if TYPE_CHECKING:
    from .authorizer import Authorizer
    from .credentials import CredentialsBase
    from .operation import Alternative, Operation

# The classes that authorise what a function cannot, by the kind of scheme: module, as seen from here, and class.
AUTHORIZERS: dict[str, tuple[str, str]] = {
    "digest": (".digest", "Digest"),
    "oauth2": (".oauth", "OAuth2"),
    "openIdConnect": (".oauth", "OAuth2"),
}


class Scheme(NamedTuple):
    """One security scheme of a service: its name in the document, its kind, and how requests are authorised with it.

    `needs` are sets of credentials of which any one is enough. Straight-line code is the `signer`; without one, the
    class that `AUTHORIZERS` names for the kind is given `facts`, which the document says of the scheme.
    """

    name: str
    kind: str
    needs: tuple[tuple[str, ...], ...]
    signer: Signer | None = None
    options: tuple[SigningOption, ...] = ()
    facts: Mapping[str, Any] = MappingProxyType({})


class Security:
    """The security of one client: chooses by the credentials that there are, in the document's order."""

    def __init__(self, service: Service, given: Mapping[str, str | None], settings: Settings, base: str) -> None:
        self._service, self._given, self._settings, self._base = service, given, settings, base
        self._schemes = {scheme.name: scheme for scheme in service.schemes}
        self._authorizers: dict[str, Authorizer] = {}
        self._known: tuple[CredentialsBase | None, dict[Operation[Any], Chosen]] = (None, {})

    def chosen(self, operation: Operation[Any], credentials: CredentialsBase | None) -> Chosen:
        """Give the first alternative of an operation for which there are credentials.

        Raises:
            CredentialsError: there is none, and the operation cannot do without.
        """
        known = self._known
        if known[0] is not credentials:
            known = self._known = (credentials, {})
        found = known[1].get(operation)
        if found is None:
            found = known[1][operation] = self._choose(operation, credentials)
        return found

    def reads_body(self, operation: Operation[Any]) -> bool:
        """Say whether any alternative of an operation reads the body."""
        return any(self._reads_body(self._schemes[name]) for uses in operation.security for name, _ in uses)

    def _choose(self, operation: Operation[Any], credentials: CredentialsBase | None) -> Chosen:
        for alternative in operation.security:
            if alternative and all(self._has(self._schemes[name], credentials) for name, _ in alternative):
                return self._composed(alternative)
        if not operation.security or () in operation.security:
            return Chosen(None)
        raise CredentialsError(f"{operation.name}: no credentials for it: give {self._wanted(operation)}")

    def _has(self, scheme: Scheme, credentials: CredentialsBase | None) -> bool:
        return any(all(getattr(credentials, name, None) for name in names) for names in scheme.needs)

    def _composed(self, alternative: Alternative) -> Chosen:
        parts = tuple(self._part(self._schemes[name], scopes) for name, scopes in alternative)
        bound: Any = tuple(part for part in parts if hasattr(part, "authorizer"))
        return Chosen(parts[0] if len(parts) == 1 else Together(parts), bound)

    def _part(self, scheme: Scheme, scopes: tuple[str, ...]) -> Signer:
        if scheme.signer is None:
            from .authorizer import Bound

            return Bound(self._authorizer(scheme), scopes)
        if not scheme.options:
            return scheme.signer
        return with_options(scheme.signer, option_values(self._service, scheme.options, self._given, self._settings))

    def _authorizer(self, scheme: Scheme) -> Authorizer:
        # Of two threads that make one at once one wins; what a scheme remembers is in one object.
        known = self._authorizers.get(scheme.name)
        if known is None:
            told = scheme._replace(
                facts={**scheme.facts, "base": self._base}
            )  # what relative addresses are relative to
            known = self._authorizers.setdefault(scheme.name, _class_of(scheme)(told))
        return known

    def _reads_body(self, scheme: Scheme) -> bool:
        return bool(_class_of(scheme).reads_body) if scheme.signer is None else reads_body(scheme.signer)

    def _wanted(self, operation: Operation[Any]) -> str:
        """Say what each alternative needs, with the variables of the environment."""
        sets = [
            dict.fromkeys(name for names in chosen for name in names)
            for alternative in operation.security
            for chosen in product(*(self._schemes[name].needs for name, _ in alternative))
        ]
        shown = (" with ".join(f"{name} ({self._settings.variable(name)})" for name in names) for names in sets)
        return ", or ".join(dict.fromkeys(shown))


class Together:
    """Several schemes that a request needs all: each sees what those before it added."""

    __slots__ = ("_parts", "reads_body")

    def __init__(self, parts: tuple[Signer, ...]) -> None:
        self._parts = parts
        self.reads_body = any(reads_body(part) for part in parts)

    def __call__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        credentials: CredentialsBase,
        now: float,
        nonce: str | None = None,
    ) -> Signed:
        """Give what all of them add."""
        added: list[Signed] = []
        for part in self._parts:
            signed = part(method, url, headers, body, credentials, now, nonce)
            added.append(signed)
            headers = {**headers, **{name.lower(): value for name, value in signed.headers}}
            url = with_query(url, signed.query)
        pairs = [pair for signed in added for pair in signed.headers]
        cookies = "; ".join(value for name, value in pairs if name == "Cookie")
        return Signed(
            (*(pair for pair in pairs if pair[0] != "Cookie"), *([("Cookie", cookies)] if cookies else [])),
            tuple(pair for signed in added for pair in signed.query),
            tuple(secret for signed in added for secret in signed.secrets),
        )


def _class_of(scheme: Scheme) -> Any:
    module, name = AUTHORIZERS[scheme.kind]
    return getattr(import_module(module, __package__), name)

"""What a service is, as data, and where it answers: variables from all settings become one base URL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from .credentials import CredentialsBase
from .errors import ConfigurationError
from .profile import Settings
from .record import Record
from .signing import Signer

if TYPE_CHECKING:
    from .security import Scheme

_HOST_TEXT = r"[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,251}[A-Za-z0-9])?"
_VARIABLE = r"\{([^{}]+)\}"


class ServerVariable(Record):
    """A variable of a server's address; a `required` one has no use for its default: the caller must say it."""

    name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False
    argument: str | None = None


class Server(Record):
    """A server's address with its variables in braces, and the combinations of values that exist."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    allowed: tuple[Mapping[str, str], ...] = ()


class ClientOption(Record):
    """A header that is chosen once per client."""

    argument: str
    header: str
    default: str | None = None
    values: tuple[str, ...] = ()


class SigningOption(Record):
    """A choice of the client that is part of a signature, such as a region; without a default it must be made."""

    name: str
    default: str | None = None


class Service(Record):
    """One version of one service.

    One way of signing for all operations that are signed is the `signer`; else there are `schemes`, and operations say
    which they need. `elsewhere` are servers of some operations alone. `needs` are the sets of credentials of which any
    one is of use (none named: all that are not optional), and `anonymous` says that there is something to do without.
    """

    name: str
    title: str = ""
    version: str = ""
    servers: tuple[Server, ...] = ()
    elsewhere: tuple[tuple[Server, ...], ...] = ()
    signer: Signer | None = None
    options: tuple[ClientOption, ...] = ()
    environment_prefix: str = ""
    profile_folder: str = ""
    credentials_type: type[CredentialsBase] | None = None
    signing_options: tuple[SigningOption, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    anonymous: bool = False


def is_complete(server: Server) -> bool:
    """Whether an address names its host; one that does not is on the client's own server."""
    defaults = {variable.name: variable.default or "" for variable in server.variables}
    return "://" in re.sub(_VARIABLE, lambda match: defaults.get(match[1], ""), server.url)


def server_url(
    service: Service,
    given: Mapping[str, str | None],
    settings: Settings,
    servers: tuple[Server, ...] | None = None,
    base: str = "",
) -> str:
    """Choose the first server that takes the variables' values, and fill its address in.

    Without `servers` they are those of the service; `base` is what an address without a host is relative to.

    Raises:
        ConfigurationError: a variable without a value, a value or combination that does not exist, or no server.
    """
    everywhere = (service.servers, *service.elsewhere)
    known = {name for each in everywhere for server in each for v in server.variables for name in _names(v)}
    unknown = [name for name, value in given.items() if value is not None and name not in known]
    if unknown and any(everywhere):
        raise ConfigurationError(f"{service.name} has no server variable {', '.join(sorted(unknown))}")
    refusal: ConfigurationError | None = None
    for server in service.servers if servers is None else servers:
        try:
            return _filled(service, server, given, settings, base)
        except ConfigurationError as error:
            refusal = refusal or error
    if refusal is not None:
        raise refusal
    raise ConfigurationError(f"{service.name} names no server: pass base_url=")


def _names(variable: ServerVariable) -> tuple[str, str]:
    return variable.name, variable.argument or variable.name


def _filled(service: Service, server: Server, given: Mapping[str, str | None], settings: Settings, base: str) -> str:
    values = {variable.name: _value(server, variable, given, settings) for variable in server.variables}
    if server.allowed and not any(all(values.get(k) == v for k, v in pair.items()) for pair in server.allowed):
        chosen = ", ".join(f"{name}={value!r}" for name, value in values.items())
        raise ConfigurationError(
            f"{service.name} is not offered with {chosen}; it is with {_pairs(server)}; or pass base_url="
        )
    address = re.sub(_VARIABLE, lambda match: values.get(match[1], match[0]), server.url)
    if base and "://" not in address:
        address = urljoin(f"{base}/", address)
        if address.split("/", 3)[:3] != base.split("/", 3)[:3]:
            raise ConfigurationError(f"{service.name}: an address without a host leads to another server")
    if not address.startswith(("https://", "http://")):
        raise ConfigurationError(f"{service.name} names no complete server address: pass base_url=")
    return address


def _value(server: Server, variable: ServerVariable, given: Mapping[str, str | None], settings: Settings) -> str:
    argument = variable.argument or variable.name
    value = (
        given.get(argument) or given.get(variable.name) or settings.environment(argument) or settings.profile(argument)
    )
    if value is None and not variable.required:
        value = variable.default
    if value is None:
        choice = _pairs(server) if server.allowed else ", ".join(variable.values)
        offered = f" ({choice})" if choice else ""
        raise ConfigurationError(
            f"{argument} is missing{offered}: pass {argument}= or base_url=, or set {settings.variable(argument)}, "
            f"or write {argument} under [{settings.profile_name}] in {settings.shown_path}"
        )
    if variable.values and value not in variable.values:
        raise ConfigurationError(f"{argument}={value[:80]!r} is none of {', '.join(variable.values)}")
    is_written = value == variable.default and not variable.required  # checked with the document
    if not variable.values and not is_written and re.fullmatch(_HOST_TEXT, value) is None:
        raise ConfigurationError(f"{argument}={value[:80]!r} cannot be part of a host name")
    return value


def _pairs(server: Server) -> str:
    return " | ".join(", ".join(f"{name}={value!r}" for name, value in pair.items()) for pair in server.allowed)


def option_headers(service: Service, given: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Give the headers that the client options choose.

    Raises:
        ConfigurationError: an option the service does not have, or a value it does not take.
    """
    unknown = sorted(set(given) - {option.argument for option in service.options})
    if unknown:
        raise ConfigurationError(f"{service.name} has no client option {', '.join(unknown)}")
    found: list[tuple[str, str]] = []
    for option in service.options:
        value = given.get(option.argument)
        if value is None:
            value = option.default
        elif option.values and value not in option.values:
            raise ConfigurationError(f"{option.argument}={value[:80]!r} is none of {', '.join(option.values)}")
        if value is not None:
            found.append((option.header, value))
    return tuple(found)

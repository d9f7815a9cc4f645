"""Which signer a client has: the service's own with what the client chose for it, or one that the caller wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .errors import ConfigurationError
from .profile import Settings
from .record import Record
from .service import Service, SigningOption
from .signing import Signer, with_options

if TYPE_CHECKING:
    from .authorizer import Bound


class Chosen(Record):
    """What signs the requests of an operation (None: nothing does), and the authorizers among it."""

    signer: Signer | None
    authorizers: tuple[Bound, ...] = ()


UNSIGNED = Chosen(None)


def chosen_signer(
    service: Service, own: Signer | None, given: Mapping[str, str | None], settings: Settings
) -> Signer | None:
    """Give the signer of a client; `given` are the client's arguments by name.

    Raises:
        ConfigurationError: an option of the signature is missing, or is no printable ASCII.
    """
    if own is not None:
        if not callable(own):
            raise ConfigurationError("signer is a function or an object that can be called: see Signer")
        return own
    if service.signer is None or not service.signing_options:
        return service.signer
    return with_options(service.signer, option_values(service, service.signing_options, given, settings))


def option_values(
    service: Service, options: Iterable[SigningOption], given: Mapping[str, str | None], settings: Settings
) -> Mapping[str, str]:
    """Give what the client chose for a signature, by name; `given` are the client's arguments.

    Raises:
        ConfigurationError: an option is missing, or is no printable ASCII.
    """
    return {option.name: _value(service, option, given, settings) for option in options}


def _value(service: Service, option: SigningOption, given: Mapping[str, str | None], settings: Settings) -> str:
    name = option.name
    value = given.get(name) or settings.environment(name) or settings.profile(name) or _default(service, option)
    if value is None:
        raise ConfigurationError(
            f"{name} is missing, and requests are signed with it: pass {name}=, or set {settings.variable(name)}, "
            f"or write {name} under [{settings.profile_name}] in {settings.shown_path}"
        )
    if not value.isascii() or not value.isprintable():
        raise ConfigurationError(f"{name}: only printable ASCII can be signed")
    return value


def _default(service: Service, option: SigningOption) -> str | None:
    """Give the server's default where the address has a variable of that name, else the recipe's."""
    variables = (variable for server in service.servers for variable in server.variables)
    found = next((item.default for item in variables if (item.argument or item.name) == option.name), None)
    return found or option.default

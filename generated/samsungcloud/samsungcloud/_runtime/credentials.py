"""Credentials: values come in from wherever they are kept, and leave as a checked object that does not show them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple, NoReturn, Self

from .errors import CredentialsError
from .profile import Settings
from .secret import Secret

if TYPE_CHECKING:
    from datetime import datetime

_UNUSABLE = r"[\x00-\x1f\x7f\ud800-\udfff]"


class CredentialField(NamedTuple):
    """One value of a kind of credentials."""

    name: str
    secret: bool = False
    optional: bool = False


class CredentialsBase:
    """The base of generated credentials: values are set once, checked, and never shown or pickled.

    A subclass lists its `fields` and gives what its `__init__` takes to `_fill`.
    """

    fields: ClassVar[tuple[CredentialField, ...]] = ()

    def __init__(self, **values: str | Secret | None) -> None:
        self._fill(**values)

    def _fill(self, **values: str | Secret | None) -> None:
        for field in self.fields:
            object.__setattr__(self, field.name, _checked(field, values.pop(field.name, None)))
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(values))}")

    def revealed(self) -> tuple[str, ...]:
        """Give every value as text, for redaction."""
        found = (getattr(self, field.name, None) for field in self.fields)
        return tuple(value.reveal() if isinstance(value, Secret) else str(value) for value in found if value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("credentials cannot be changed: make new ones")

    def __repr__(self) -> str:
        shown = ", ".join(f"{field.name}=***" for field in self.fields if getattr(self, field.name, None))
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled: read them again where they are needed")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


def _checked(field: CredentialField, value: str | Secret | None) -> str | Secret | None:
    text = value.reveal() if isinstance(value, Secret) else value
    if text is None or text == "":
        if field.optional:
            return None
        raise CredentialsError(f"credentials: {field.name} is missing")
    if not isinstance(text, str):
        raise CredentialsError(f"credentials: {field.name} is not text")
    is_pem = field.secret and text.startswith("-----BEGIN ")  # a private key has lines, and is never sent
    if re.search(_UNUSABLE, re.sub(r"\r?\n", "", text) if is_pem else text) or (text != text.strip() and not is_pem):
        raise CredentialsError(f"credentials: {field.name} has a blank at an end or a control character")
    if field.secret:
        return value if isinstance(value, Secret) else Secret(text)
    return text


class TemporaryCredentials(NamedTuple):
    """Credentials with an end: `expires` is an aware `datetime`, or Unix time in seconds."""

    credentials: CredentialsBase
    expires: datetime | float


class Wanted(NamedTuple):
    """What a client asks its source for: the kind of credentials, where settings are, and what of them it needs.

    `needs` are sets of names of which any one is enough; none named means all that are not optional. A client that is
    `unbound` has something to do without credentials.
    """

    kind: type[CredentialsBase]
    settings: Settings
    needs: tuple[tuple[str, ...], ...] = ()
    unbound: bool = False

    @property
    def sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of names of which any one is enough."""
        return self.needs or (tuple(field.name for field in self.kind.fields if not field.optional),)

    def missing(self, known: Iterable[str]) -> tuple[str, ...] | None:
        """Name what is lacking of the set that is nearest to complete: nothing where one is; None where none is begun.

        >>> Wanted(CredentialsBase, Settings(prefix="", folder=""), (("key",), ("user", "password"))).missing(["user"])
        ('password',)
        """
        there = frozenset(known)
        lacking = [(tuple(name for name in names if name not in there), names) for names in self.sets]
        begun = [lack for lack, names in lacking if not lack or len(lack) < len(names)]
        return min(begun, key=len, default=None)

    def told(self, shown: Callable[[str], str] = str) -> str:
        """Say what is enough, in a few words."""
        return ", or ".join(", ".join(map(shown, names)) for names in self.sets)


class CredentialsSource:
    """Where credentials come from; a client asks it before every attempt, so that new ones need no new client.

    The sources are in `credential_sources`, `credential_process` and `renewal`; a function of one's own is one too.
    """

    def has(self, wanted: Wanted) -> bool:
        """Say without waiting whether there are credentials here.

        Raises:
            CredentialsError: there are, and they cannot be used.
        """
        raise NotImplementedError

    def current(self, wanted: Wanted) -> CredentialsBase | None:
        """Give the credentials if that takes no waiting, else None.

        Raises:
            CredentialsError: there are none any more, or they cannot be used.
        """
        raise NotImplementedError

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give the credentials, waiting for them for so many seconds where they can be waited for.

        Raises:
            CredentialsError: there are none, or not in time.
        """
        raise NotImplementedError

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials; the caller bounds the time.

        Raises:
            CredentialsError: there are none.
        """
        raise NotImplementedError

    def sought(self, wanted: Wanted) -> str:
        """Say in a few words what to do so that there are credentials here."""
        raise NotImplementedError


CredentialsFunction = Callable[
    [], CredentialsBase | TemporaryCredentials | Awaitable[CredentialsBase | TemporaryCredentials]
]
CredentialsProvider = CredentialsSource | CredentialsFunction


def source_of(given: CredentialsProvider | None, wanted: Wanted) -> CredentialsSource | None:
    """Give the source that a client asks; None where it has none, and something to do all the same.

    Raises:
        CredentialsError: nothing was given and there are none, or what there is cannot be used.
        TypeError: what was given is no credentials and gives none.
    """
    was_given = given is not None
    if given is None:
        from .credential_sources import CredentialsChain, EnvironmentCredentials, ProfileCredentials

        given = CredentialsChain(EnvironmentCredentials(), ProfileCredentials())
    elif not isinstance(given, CredentialsSource):
        if not callable(given):
            raise TypeError(f"credentials is not a {wanted.kind.__name__}")
        from .renewal import FunctionCredentials

        given = FunctionCredentials(given)
    if given.has(wanted):
        return given
    if wanted.unbound and not was_given:
        return None
    raise CredentialsError(f"no credentials: pass credentials={_arguments(wanted)}, or {given.sought(wanted)}")


def check_enough(given: CredentialsBase, wanted: Wanted) -> None:
    """Hold credentials against what a client needs of them.

    Raises:
        CredentialsError: with these it could do nothing.
    """
    if wanted.needs and not wanted.unbound:
        missing = wanted.missing(name for names in wanted.needs for name in names if getattr(given, name, None))
        if missing is None or missing:
            lacking = f"{', '.join(missing)} missing" if missing else "nothing in them is of use here"
            raise CredentialsError(f"credentials: {lacking}: give {_arguments(wanted)}")


def _arguments(wanted: Wanted) -> str:
    given = (", ".join(f"{name}=…" for name in names) for names in wanted.sets)
    return " or ".join(f"{wanted.kind.__name__}({text})" for text in given)

"""Credentials: values come as arguments, from the environment or the profile file, and leave as a checked object."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple, NoReturn, Self

from .errors import CredentialsError
from .profile import Settings
from .secret import Secret

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
        return tuple(
            value.reveal() if isinstance(value, Secret) else str(value) for value in found if value
        )

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("credentials cannot be changed: make new ones")

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{field.name}=***" for field in self.fields if getattr(self, field.name, None)
        )
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
    if re.search(_UNUSABLE, text) or text != text.strip():
        raise CredentialsError(
            f"credentials: {field.name} has a blank at an end or a control character"
        )
    if field.secret:
        return value if isinstance(value, Secret) else Secret(text)
    return text


def find_credentials(kind: type[CredentialsBase], settings: Settings) -> CredentialsBase:
    """Find credentials in the environment, else in the profile file; never a mixture of both.

    Raises:
        CredentialsError: there are none, or not all that are required; the message says what to set.
    """
    required = [field.name for field in kind.fields if not field.optional]
    for source in (settings.environment, settings.profile):
        values = {field.name: found for field in kind.fields if (found := source(field.name))}
        if not any(name in values for name in required):
            continue
        missing = [name for name in required if name not in values]
        if missing:
            raise CredentialsError(
                f"incomplete credentials in {settings.place(source)}: {_names(settings, source, missing)} missing"
            )
        return kind(**values)
    variables = ", ".join(settings.variable(name) for name in required)
    arguments = ", ".join(f"{name}=…" for name in required)
    raise CredentialsError(
        f"no credentials: pass credentials={kind.__name__}({arguments}), or set {variables}, "
        f"or write {', '.join(required)} under [{settings.profile_name}] in {settings.shown_path} (mode 0600)"
    )


def _names(settings: Settings, source: object, names: list[str]) -> str:
    in_environment = source == settings.environment
    return ", ".join(settings.variable(name) if in_environment else name for name in names)

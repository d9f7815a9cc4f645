"""Warnings to callers: an operation goes in, what its documentation says against calling it is said."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable
from os.path import dirname, join
from typing import TYPE_CHECKING, Any, TypeVar

from .operation import Operation

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:
    F = TypeVar("F")

    def deprecated(message: str, *, category: None) -> Callable[[F], F]:
        """Mark a method for type checkers and editors (PEP 702); the warning itself is given by the call."""

        def mark(function: F) -> F:
            function.__deprecated__ = message
            return function

        return mark


_PACKAGE = join(dirname(dirname(__file__)), "")
_EXTENSIONS = join(_PACKAGE, "extensions", "")  # the user's own


class DeprecatedOperationWarning(DeprecationWarning):
    """The operation that is called is deprecated."""


class DeprecatedArgumentWarning(DeprecationWarning):
    """An argument that is given is deprecated."""


class SupportedUntilWarning(UserWarning):
    """The version of the service that is called is past the date until which it is supported."""


def warn_deprecated(operation: Operation[Any]) -> None:
    """Warn of a deprecated operation."""
    until = f", supported until {operation.supported_until}" if operation.supported_until else ""
    warnings.warn(f"{operation.id} is deprecated{until}", DeprecatedOperationWarning, stacklevel=_level())


def warn_deprecated_arguments(operation: Operation[Any], names: Iterable[str]) -> None:
    """Warn of deprecated arguments that are given."""
    for name in names:
        message = f"{operation.id}: the argument {name} is deprecated"
        warnings.warn(message, DeprecatedArgumentWarning, stacklevel=_level())


def is_past(date: str, clock: Callable[[], float]) -> bool:
    """Say whether a day (ISO) is over in UTC; the day itself still counts.

    >>> is_past("1970-01-01", lambda: 86399.0), is_past("1970-01-01", lambda: 86400.0)
    (False, True)
    """
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(clock(), UTC).date().isoformat() > date
    except (ValueError, OverflowError, OSError):
        return False


def warn_supported_until(service: str, operation: Operation[Any]) -> None:
    """Warn of a version past its date."""
    warnings.warn(
        f"{service} {operation.api_version or ''} was supported until {operation.supported_until}".replace("  ", " "),
        SupportedUntilWarning,
        stacklevel=_level(),
    )


def _level() -> int:
    """Count the frames up to the program: those of the package are passed over, whichever way the call took."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and _is_ours(frame.f_code.co_filename):
        frame, level = frame.f_back, level + 1
    return level


def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE) and not file.startswith(_EXTENSIONS)

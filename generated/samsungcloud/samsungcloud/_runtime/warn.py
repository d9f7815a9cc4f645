"""Warnings to callers: an operation goes in, what its documentation says against calling it is said."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from .operation import Operation

_STACK_LEVEL = 6  # the caller of the generated method


class DeprecatedOperationWarning(UserWarning):
    """The operation that is called is deprecated."""


class SupportedUntilWarning(UserWarning):
    """The version of the service that is called is past the date until which it is supported."""


def warn_deprecated(operation: Operation[Any]) -> None:
    """Warn of a deprecated operation."""
    until = f", supported until {operation.supported_until}" if operation.supported_until else ""
    warnings.warn(
        f"{operation.id} is deprecated{until}", DeprecatedOperationWarning, stacklevel=_STACK_LEVEL
    )


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
        f"{service} {operation.api_version or ''} was supported until {operation.supported_until}".replace(
            "  ", " "
        ),
        SupportedUntilWarning,
        stacklevel=_STACK_LEVEL,
    )

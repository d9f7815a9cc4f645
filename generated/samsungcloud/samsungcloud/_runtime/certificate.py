"""Certificates of clients: the files of one go in, a TLS context that shows it to servers comes out."""

from __future__ import annotations

import os
import ssl
from typing import Any

from .errors import ConfigurationError
from .secret import Secret

_WANTED = "cert is a path, or (path, path of the key), or (path, path of the key, password)"


def with_certificate(context: ssl.SSLContext, given: Any) -> ssl.SSLContext:
    """Load a certificate with its private key into a new context.

    Raises:
        ConfigurationError: it is no such thing, a file cannot be read, or key, certificate and password do not fit.
    """
    parts = (given,) if isinstance(given, str | os.PathLike) else given
    if not isinstance(parts, tuple) or not 1 <= len(parts) <= 3:
        raise ConfigurationError(_WANTED)
    file, key, password = (*parts, None, None)[:3]
    told = password.reveal() if isinstance(password, Secret) else password
    if not isinstance(file, str | os.PathLike) or not isinstance(key, str | os.PathLike | None):
        raise ConfigurationError(_WANTED)
    if not isinstance(told, str | bytes | None):
        raise ConfigurationError(_WANTED)
    for path in (file, key):
        _check_readable(path)
    if not _is_loaded(context, file, key, told or ""):
        problem = "no certificate with the private key that belongs to it"
        raise ConfigurationError(f"cert: {_name(key or file)}: {problem}, or another password opens it")
    return context


def _is_loaded(context: ssl.SSLContext, file: Any, key: Any, password: str | bytes) -> bool:
    # An exception raised for another one would hold it, and that one the password. What OpenSSL says is of no use.
    try:
        # Without any password OpenSSL would ask for one at the terminal.
        context.load_cert_chain(file, key, password)
    except (OSError, ValueError):
        return False
    return True


def _check_readable(path: str | os.PathLike[str] | None) -> None:
    if path is None:
        return
    try:
        with open(path, "rb"):
            pass
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "cannot be read"
        raise ConfigurationError(f"cert: {_name(path)}: {why}") from None


def _name(path: str | os.PathLike[str]) -> str:
    return ascii(os.fspath(path))[1:-1]

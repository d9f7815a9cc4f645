"""Asymmetric signatures: a private key as PEM and a message go in, the signature's bytes come out.

The `cryptography` package does the work; clients whose services sign so need it, and load it with their first call.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from .errors import ConfigurationError, CredentialsError

_EXPECTED: ContextVar[bytes | None] = ContextVar("expected", default=None)


@contextmanager
def expecting(signature: bytes) -> Iterator[None]:
    """Verify where else would be signed: inside, `sign_message` gives this signature, or raises ValueError.

    The key is then a public one as PEM, or a private one that stands for its public half.
    """
    token = _EXPECTED.set(signature)
    try:
        yield
    finally:
        _EXPECTED.reset(token)


@lru_cache(maxsize=256)
def _public_key(pem: bytes) -> Any:
    if b" PRIVATE KEY-----" in pem:
        return _private_key(pem).public_key()
    try:
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError as error:
        raise ConfigurationError("verifying with a public key needs the package 'cryptography'") from error
    try:
        return load_pem_public_key(pem)
    except (ValueError, TypeError):
        raise CredentialsError("credentials: the public key is no PEM") from None


def _verify(algorithm: str, pem: bytes, message: bytes, signature: bytes) -> None:
    key = _public_key(pem)
    from cryptography.exceptions import InvalidSignature

    kind = algorithm.partition("-")[0]
    try:
        if kind == "ed25519":
            key.verify(signature, message)
        elif kind == "ecdsa":
            key.verify(_as_der(key, algorithm, signature), message, *_ecdsa_terms(key, algorithm))
        else:
            key.verify(signature, message, *_rsa_terms(algorithm))
    except InvalidSignature:
        raise ValueError("another signature") from None
    except (TypeError, AttributeError):
        raise CredentialsError(f"credentials: the public key is of another kind than {algorithm} needs") from None


def _as_der(key: Any, algorithm: str, signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    size = key.curve.key_size // 8
    if algorithm.endswith("-der") or len(signature) != 2 * size:
        return signature if algorithm.endswith("-der") else b""
    return encode_dss_signature(int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))


@lru_cache(maxsize=16)
def _private_key(pem: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise ConfigurationError("signing with a private key needs the package 'cryptography'") from error
    try:
        return load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise CredentialsError("credentials: the private key is no PEM without a password") from None


def sign_message(algorithm: str, pem: bytes, message: bytes) -> bytes:
    """Sign a message.

    Args:
        algorithm: `ed25519`, `ecdsa-p256-sha256` (r and s one after the other; `-der` for DER), `rsa-pss-sha512`, ….
        pem: the private key, PKCS #8 or the format of its kind.
        message: what is signed.

    Raises:
        CredentialsError: the key cannot be read, or is of another kind.
        ConfigurationError: the `cryptography` package is missing.
    """
    candidate = _EXPECTED.get()
    if candidate is not None:
        _verify(algorithm, pem, message, candidate)
        return candidate
    key = _private_key(pem)
    kind = algorithm.partition("-")[0]
    try:
        if kind == "ed25519":
            return bytes(key.sign(message))
        if kind == "ecdsa":
            return _ecdsa(key, algorithm, message)
        return bytes(key.sign(message, *_rsa_terms(algorithm)))
    except (TypeError, AttributeError):
        raise CredentialsError(f"credentials: the private key is of another kind than {algorithm} needs") from None


def _digest(algorithm: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    kinds: dict[str, Any] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
    return kinds[algorithm.removesuffix("-der").rpartition("-")[2]]()


def _ecdsa_terms(key: Any, algorithm: str) -> tuple[Any, ...]:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

    if f"-p{key.curve.key_size}-" not in algorithm:
        raise TypeError("another curve")
    return (ECDSA(_digest(algorithm)),)


def _ecdsa(key: Any, algorithm: str, message: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    signature = bytes(key.sign(message, *_ecdsa_terms(key, algorithm)))
    if algorithm.endswith("-der"):
        return signature
    size = key.curve.key_size // 8
    return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))


def _rsa_terms(algorithm: str) -> tuple[Any, ...]:
    from cryptography.hazmat.primitives.asymmetric import padding

    digest = _digest(algorithm)
    if algorithm.startswith("rsa-pss"):
        # RFC 9421 takes a salt as long as the digest.
        return padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size), digest
    return padding.PKCS1v15(), digest

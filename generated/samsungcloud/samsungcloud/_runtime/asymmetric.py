"""Asymmetric signatures: a private key as PEM and a message go in, the signature's bytes come out.

The `cryptography` package does the work; clients whose services sign so need it, and load it with their first call.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .errors import ConfigurationError, CredentialsError


@lru_cache(maxsize=16)
def _private_key(pem: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise ConfigurationError(
            "signing with a private key needs the package 'cryptography'"
        ) from error
    try:
        return load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise CredentialsError(
            "credentials: the private key is no PEM without a password"
        ) from None


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
    key = _private_key(pem)
    kind = algorithm.partition("-")[0]
    try:
        if kind == "ed25519":
            return bytes(key.sign(message))
        if kind == "ecdsa":
            return _ecdsa(key, algorithm, message)
        return _rsa(key, algorithm, message)
    except (TypeError, AttributeError):
        raise CredentialsError(
            f"credentials: the private key is of another kind than {algorithm} needs"
        ) from None


def _digest(algorithm: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    kinds: dict[str, Any] = {
        "sha256": hashes.SHA256,
        "sha384": hashes.SHA384,
        "sha512": hashes.SHA512,
    }
    return kinds[algorithm.removesuffix("-der").rpartition("-")[2]]()


def _ecdsa(key: Any, algorithm: str, message: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    if f"-p{key.curve.key_size}-" not in algorithm:
        raise TypeError("another curve")
    signature = bytes(key.sign(message, ECDSA(_digest(algorithm))))
    if algorithm.endswith("-der"):
        return signature
    size = key.curve.key_size // 8
    return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))


def _rsa(key: Any, algorithm: str, message: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import padding

    digest = _digest(algorithm)
    if algorithm.startswith("rsa-pss"):
        # RFC 9421 takes a salt as long as the digest.
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        return bytes(key.sign(message, pss, digest))
    return bytes(key.sign(message, padding.PKCS1v15(), digest))

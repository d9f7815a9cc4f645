"""Private keys for tests: made once, used to sign as a recipe says, and their public halves to verify."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_NOT_RANDOM = ("ed25519", "rsa-v1_5")


@lru_cache(maxsize=8)
def private_key(algorithm: str) -> str:
    """Make a private key for an algorithm, as PEM; the same one for every call of a process."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if algorithm == "ed25519":
        key: Any = ed25519.Ed25519PrivateKey.generate()
    elif algorithm.startswith("ecdsa"):
        key = ec.generate_private_key(ec.SECP384R1() if "p384" in algorithm else ec.SECP256R1())
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return str(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()), "ascii")


def is_random(algorithm: str) -> bool:
    """Tell whether two signatures of one message differ."""
    return not algorithm.startswith(_NOT_RANDOM)


def _loaded(pem: bytes) -> Any:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    return load_pem_private_key(pem, None)


def _terms(algorithm: str) -> tuple[Any, ...]:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    if algorithm == "ed25519":
        return ()
    kinds: dict[str, Any] = {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}
    digest = kinds[algorithm.removesuffix("-der")[-3:]]()
    if algorithm.startswith("ecdsa"):
        return (ec.ECDSA(digest),)
    if algorithm.startswith("rsa-pss"):
        return (padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
    return (padding.PKCS1v15(), digest)


def signature_of(algorithm: str, pem: bytes, message: bytes) -> bytes:
    """Sign a message."""
    signature = bytes(_loaded(pem).sign(message, *_terms(algorithm)))
    if not algorithm.startswith("ecdsa") or algorithm.endswith("-der"):
        return signature
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    size = 48 if "p384" in algorithm else 32
    return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))


def is_signature(algorithm: str, pem: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature is right, by the public half of a private key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    if algorithm.startswith("ecdsa") and not algorithm.endswith("-der"):
        half = len(signature) // 2
        signature = encode_dss_signature(
            int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        )
    try:
        _loaded(pem).public_key().verify(signature, message, *_terms(algorithm))
    except (InvalidSignature, ValueError):
        return False
    return True

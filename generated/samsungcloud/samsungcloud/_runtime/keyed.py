"""Keyed hashes (HMAC, RFC 2104): a key that lasts is prepared once, and each message costs the two hashes alone.

What `hmac.digest` does anew for every message, setting up the key, takes most of its time for messages as short as
these. The states of at most 64 keys are kept; a key that is no longer used falls out.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

_INNER = bytes(octet ^ 0x36 for octet in range(256))
_OUTER = bytes(octet ^ 0x5C for octet in range(256))


@lru_cache(maxsize=64)
def _prepared(algorithm: str, key: bytes) -> tuple[Any, Any]:
    plain = hashlib.new(algorithm)
    if len(key) > plain.block_size:
        key = hashlib.new(algorithm, key).digest()
    key = key.ljust(plain.block_size, b"\0")
    return hashlib.new(algorithm, key.translate(_INNER)), hashlib.new(algorithm, key.translate(_OUTER))


def keyed_hash(algorithm: str, key: bytes, message: bytes) -> bytes:
    """Give the HMAC of a message.

    >>> keyed_hash("sha256", b"key", b"message").hex()[:16]
    '6e9ef29b75fffc5b'
    """
    inner, outer = _prepared(algorithm, key)
    hashed = inner.copy()
    hashed.update(message)
    whole = outer.copy()
    whole.update(hashed.digest())
    return bytes(whole.digest())

"""How deep JSON is nested, measured on its bytes before anything recursive sees it."""

from __future__ import annotations

import re

MAX_DEPTH = 100
_SPLIT_LIMIT = 1024 * 1024
# Possessive, and content with a string that does not end: linear in any input.
_STRING = rb'(?s:"[^"\\]*+(?:\\.[^"\\]*+)*+"?)'
_SQUARE = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))


def too_deep(body: bytes, limit: int = MAX_DEPTH) -> bool:
    """Say whether brackets outside strings are nested deeper than the limit.

    >>> too_deep(b"[{" * 50 + b"}]" * 50), too_deep(b"[" * 101 + b"]" * 101), too_deep(b'"' + b"[" * 101 + b'"')
    (False, True, False)
    """
    if body.count(b"[") + body.count(b"{") <= limit:
        return False
    brackets = without_strings(body).translate(_SQUARE, _NOT_BRACKETS)
    run = b"[" * (limit + 1)
    for _ in range(limit):
        if run in brackets:
            return True
        # One round takes the innermost level away, everywhere at once.
        shorter = brackets.replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return False
        brackets = shorter
    return b"[" in brackets


def without_strings(body: bytes) -> bytes:
    """Give what of JSON stands outside its strings."""
    if len(body) > _SPLIT_LIMIT:
        return re.sub(_STRING, b"", body)
    # Several times faster, and takes a multiple of the body's size in memory.
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(body.split(b'"')[::2])

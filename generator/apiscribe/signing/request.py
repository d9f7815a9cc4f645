"""A request as a signer sees it: plain values in, the same with one thing changed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """What a signature is made over: the address as it goes on the wire, lower-case header names, one moment.

    `keys` holds the credentials as bytes, so that one which is no text can be tried as well.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    keys: Mapping[str, bytes]
    milliseconds: int
    nonce: str
    options: Mapping[str, str]

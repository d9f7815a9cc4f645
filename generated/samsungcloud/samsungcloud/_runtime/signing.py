"""What a signer is: the request as it goes on the wire comes in, headers and query parameters that prove it go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

Function = TypeVar("Function", bound="Callable[..., Signed]")
NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


class Signed(NamedTuple):
    """What a signer adds to a request; every name and value here is redacted wherever requests are shown.

    `secrets` are parts of those values, or what they were made from, that are redacted by themselves as well.
    """

    headers: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()


class Signer(Protocol):
    """Signs one attempt; generated from a recipe, or written by hand for what a recipe cannot say.

    `url` is the exact wire address, ASCII. `headers` has lower-case names. `now` is Unix time in seconds and differs
    between two attempts of one call. `nonce` is random text for this attempt; without one a signer makes its own.
    """

    def __call__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        credentials: Any,
        now: float,
        nonce: str | None = None,
    ) -> Signed:
        """Give the headers and query parameters for this attempt."""
        ...


def reads_body(signer: Signer) -> bool:
    """Say whether a signature covers the body: only then a streamed one is gathered before it is sent.

    A signer says that it does not by an attribute `reads_body` that is False.
    """
    return bool(getattr(getattr(signer, "func", signer), "reads_body", True))


def leaves_body(signer: Function) -> Function:
    """Mark a signer that does not look at the body."""
    signer.__dict__["reads_body"] = False
    return signer


def with_options(signer: Callable[..., Signed], options: Mapping[str, str]) -> Signer:
    """Give a signer that knows what the client chose."""
    return partial(signer, options=options)

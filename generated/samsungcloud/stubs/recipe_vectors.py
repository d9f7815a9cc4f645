"""Golden requests: a signer and a request whose signature is known go in, and are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from .recipe_verifier import RecipeVerifier
from .request import WireRequest


def check_vector(
    sign: Callable[..., Any],
    recipe: Mapping[str, Any],
    credentials: object,
    known: Mapping[str, str],
    *,
    method: str,
    url: str,
    milliseconds: int,
    emits: Mapping[str, str],
    headers: Mapping[str, str],
    options: Mapping[str, str] | None = None,
    body: str = "",
    nonce: str | None = None,
) -> None:
    """Sign a request whose signature is known: exactly that is emitted, and an independent verifier accepts it."""
    content = body.encode()
    lower = {name.lower(): text for name, text in headers.items()}
    known_options = {"options": options} if options is not None else {}
    signed = sign(method, url, lower, content, credentials, milliseconds / 1000, nonce, **known_options)
    emitted = dict((*signed.headers, *signed.query))
    assert {name: emitted.get(name) for name in emits} == dict(emits)
    query = "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in signed.query)
    target = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
    request = WireRequest(method=method, target=target, headers=(*headers.items(), *signed.headers), body=content)
    assert RecipeVerifier(recipe, known, options=options).verify(request, milliseconds / 1000) is None

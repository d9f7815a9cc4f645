"""Options: what a caller chose for a call or for all calls of a client goes in, what is sent for it comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import RequestValidationError
from .headers import check_caller_header
from .operation import Operation, Parameter
from .record import Record
from .unset import UNSET, Unset
from .wire import query_pairs

IDEMPOTENCY_HEADER = "Idempotency-Key"
"""The header of a key for which neither the document nor the client names one."""


class CallOptions(Record):
    """What a caller may choose for one call; `address` is where a response said that the next page is."""

    timeout: float | Unset | None = UNSET
    headers: Mapping[str, str] | None = None
    max_retries: int | None = None
    content_type: str | Unset | None = None
    address: str | None = None
    extra_query: Mapping[str, object] | None = None
    idempotency_key: str | None = None
    extra_body: Mapping[str, object] | None = None


NO_OPTIONS = CallOptions()


class ClientOptions(Record):
    """What every call of a client adds to its request."""

    headers: tuple[tuple[str, str], ...] = ()
    extra_query: Mapping[str, object] | None = None
    idempotency_header: str | None = None


def added_headers(client: ClientOptions, options: CallOptions) -> tuple[tuple[str, str], ...]:
    """Give the headers that caller and client add; those of the call come last and win."""
    return (*client.headers, *options.headers.items()) if options.headers else client.headers


def added_query(url: str, query: str, client: ClientOptions, options: CallOptions) -> str:
    """Put an address and its query together, with what caller and client add; a list gives a pair for each item.

    Raises:
        RequestValidationError: a value that cannot be written.
    """
    if not client.extra_query and not options.extra_query:
        return f"{url}?{query}" if query else url
    given = {**(client.extra_query or {}), **(options.extra_query or {})}
    pairs = [
        pair
        for name, value in given.items()
        if value is not None and value is not UNSET
        for pair in query_pairs(Parameter(name, name, "query", explode=True), value)
    ]
    whole = "&".join(filter(None, (query, *pairs)))
    return f"{url}?{whole}" if whole else url


def with_key(
    operation: Operation[Any],
    arguments: Mapping[str, object],
    client: ClientOptions,
    options: CallOptions,
) -> tuple[Mapping[str, object], tuple[tuple[str, str], ...], bool]:
    """Give the arguments and headers of a call with its idempotency key, and whether it has one.

    The key is chosen once for a call, so that all its attempts have the same. It is made where the document knows such
    a key and the caller gives none; for other operations only if the client has an `idempotency_header`.
    """
    own = operation.idempotency
    if operation.idempotent:
        return arguments, (), False
    if own:
        given = arguments.get(own, UNSET)
        made = arguments if given is not UNSET else {**arguments, own: _new_key()}
        return made, (), given is not None
    header = client.idempotency_header or IDEMPOTENCY_HEADER
    if any(name.lower() == header.lower() for name, _ in added_headers(client, options)):
        return arguments, (), True
    key = options.idempotency_key
    if key is None and client.idempotency_header is None:
        return arguments, (), False
    if key == "":
        raise RequestValidationError("idempotency_key is empty: leave it out or give a key")
    return arguments, ((header, _new_key() if key is None else key),), True


def checked_headers(headers: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Check the headers that a client adds to every call.

    Raises:
        RequestValidationError: a header that callers may not set, or a value that is no line of text.
    """
    pairs = tuple((headers or {}).items())
    for name, value in pairs:
        check_caller_header(name, value)
    return pairs


def checked_name(header: str | None) -> str | None:
    """Check the name of the header in which a client sends idempotency keys.

    Raises:
        RequestValidationError: it is no name of a header, or one that callers may not set.
    """
    if header is not None:
        check_caller_header(header, "key")
    return header


def _new_key() -> str:
    from uuid import uuid4  # only here: most calls need no key

    return str(uuid4())

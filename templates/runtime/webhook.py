"""Webhooks: the body of a request that a service sent goes in, the value that the documents describe comes out."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from math import isinf
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import from_json

from .depth import too_deep
from .differences import some_of, told_by
from .direct import adapter, is_large
from .errors import RequestValidationError
from .parse import LOGGER
from .tolerant import fit, of_kind


def parse(name: str, kind: Any, body: bytes | str, validate: Literal["tolerant", "strict"]) -> Any:
    """Read what a service sent; who sent it, and whether it is signed, is for the caller to check before.

    Raises:
        RequestValidationError: the body is not JSON of the right kind, or JSON that readers take differently (a name
            that is there twice, a number too large to count with); with `strict`, also if it differs in any field.
        TypeError: the body is neither bytes nor a text.
    """
    if not isinstance(body, str | bytes | bytearray | memoryview):
        raise TypeError(f"{name}: body is the bytes or the text of a request, not {type(body).__name__}")
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
    data = data.removeprefix(BOM_UTF8)
    if too_deep(data):
        raise RequestValidationError(f"{name}: nested deeper than 100 levels", operation=name)
    value = _read(name, data)
    faults: list[str] = []
    if not is_large(data):
        try:
            return adapter(kind).validate_json(data, strict=True, extra="allow")
        except ValidationError as error:
            faults = told_by(error)
    if not of_kind(kind, value) or (faults and validate == "strict"):
        raise RequestValidationError(f"{name}: {some_of(faults) or 'of another kind'}", operation=name)

    def report(place: str, what: str) -> None:
        faults.append(f"{place}: {what}")
        if validate == "tolerant":
            LOGGER.warning("%s: the request differs from its documentation: %s: %s", name, place, what)

    faults.clear()
    fitted = fit(kind, value, name, report)
    if faults and validate == "strict":
        raise RequestValidationError(f"{name}: {some_of(faults)}", operation=name)
    return fitted


def _read(name: str, data: bytes) -> Any:
    """Read JSON of which nobody can say that it means something else: whoever may send to an address sends anything."""
    try:
        if b"\\u" in data:
            from_json(data)  # it refuses halves of characters, which nothing else can write in UTF-8
        text = data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_members, parse_float=_number, parse_constant=_constant)
    except _AmbiguousError as error:
        raise RequestValidationError(f"{name}: {error}", operation=name) from None
    except (ValueError, RecursionError):
        raise RequestValidationError(f"{name}: not JSON", operation=name) from None


class _AmbiguousError(ValueError):
    """JSON by its grammar, which readers take differently."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _AmbiguousError(f"an object has {twice[:80]!r} more than once")
    return found


def _constant(text: str) -> float:
    raise ValueError(text)  # NaN and Infinity, which JSON does not have


def _number(text: str) -> float:
    found = float(text)
    if isinf(found):
        raise _AmbiguousError("a number is larger than any that Python counts with")
    return found

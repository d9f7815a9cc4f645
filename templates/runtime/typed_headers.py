"""Typed headers: a header of a response and its documented type go in, its value comes out when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Generic, Literal, Self, TypeVar, overload

from pydantic import ValidationError
from pydantic_core import from_json

from .choice import AGAIN
from .direct import adapter
from .errors import ResponseValidationError
from .headers import ResponseHeaders
from .operation import keys_of

V = TypeVar("V")
Shape = Literal["text", "array", "object", "json"]
_HTTP_DATE = r"[A-Z][a-z]{2,8}, .* GMT"
_LONGEST_REASON = 300


class Header(Generic[V]):
    """A documented header, as an attribute of the headers of one operation; None where it did not come.

    `shape` tells how the value is written: a text; an array `a,b`; an object `x,1,y,2`, or with `explode` `x=1,y=2`; or
    JSON. Numbers, truth values and times are read as services write them, times of the form of HTTP among them. Where
    statuses describe it differently, `by_status` has what each of them says, the first for those that say nothing.
    """

    __slots__ = ("_by_status", "_explode", "_kind", "_shape", "name")

    def __init__(
        self,
        name: str,
        kind: Any,
        shape: Shape = "text",
        *,
        explode: bool = False,
        by_status: Mapping[str, Header[Any]] | None = None,
    ) -> None:
        self.name = name
        self._kind, self._shape, self._explode = kind, shape, explode
        self._by_status = by_status

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...
    @overload
    def __get__(self, holder: ResponseHeaders, owner: type) -> V | None: ...
    def __get__(self, holder: ResponseHeaders | None, owner: type) -> Self | V | None:
        if holder is None:
            return self
        text = holder.headers.get(self.name)
        if text is None:
            return None
        try:
            value: V = self._of(holder._status)._read(text.strip())
        except (ValueError, RecursionError) as error:
            raise ResponseValidationError(
                f"{holder.operation}: the header {self.name} is not what is documented: {_reason(error)}",
                operation=holder.operation,
            ) from None
        return value

    def _of(self, status: int) -> Header[Any]:
        """Give the header as a status describes it."""
        told = self._by_status
        if told is None:
            return self
        known = (key for key in keys_of(status) if key in told)
        return told[next(known, next(iter(told)))]

    def _read(self, text: str) -> Any:
        kind = adapter(self._kind)
        if self._shape == "json":
            return kind.validate_python(from_json(text, allow_inf_nan=False), extra="allow", context=AGAIN)
        if self._shape == "array":
            return kind.validate_python(_items(text))
        if self._shape == "object":
            return kind.validate_strings(_members(_items(text), self._explode), extra="allow")
        if self._kind is str:
            return text
        return kind.validate_python(_plain_time(text) if re.fullmatch(_HTTP_DATE, text) else text)


def _items(text: str) -> list[str]:
    return [item.strip(" \t") for item in text.split(",")] if text else []


def _members(items: list[str], explode: bool) -> dict[str, str]:
    if explode:
        pairs = [item.partition("=") for item in items]
        if not all(equals for _, equals, _ in pairs):
            raise ValueError("no list of name=value")
        return {name: value for name, _, value in pairs}
    if len(items) % 2:
        raise ValueError("no list of names with values")
    return dict(zip(items[::2], items[1::2], strict=True))


def _plain_time(text: str) -> str:
    """Write a time of the form of HTTP, `Sun, 06 Nov 1994 08:49:37 GMT`, as documents and models have it."""
    try:
        return parsedate_to_datetime(text).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise ValueError("not a date-time") from None


def _reason(error: Exception) -> str:
    """Say what is wrong without what came, which may be a secret."""
    if not isinstance(error, ValidationError):
        return "not JSON" if type(error).__name__ == "RecursionError" else str(error)[:_LONGEST_REASON]
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return str(first["msg"]).removeprefix("Value error, ")[:_LONGEST_REASON]


__all__ = ["Header", "ResponseHeaders"]

"""Formats: texts of a known format go in, values of Python's own types come out, and are written as texts again.

Generated code names these as `_formats.Uuid` and so on, since models may be called like that too.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, SupportsIndex
from uuid import UUID

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

if TYPE_CHECKING:
    from .files import FileInput

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_DATE = r"\d{4}-\d{2}-\d{2}"
_DECIMAL = r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?"
_DURATION = (
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d{1,8})W)?(?:(?P<days>\d{1,8})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,10})M)?(?:(?P<seconds>\d{1,12}(?:[.,]\d{1,9})?)S)?)?"
)


class WireDuration(timedelta):
    """A span of time that remembers how it was written: `text` is dumped back unchanged."""

    text: str | None = None

    @classmethod
    def of(cls, span: timedelta, text: str | None) -> WireDuration:
        """Give a span of time with its text."""
        self = cls(days=span.days, seconds=span.seconds, microseconds=span.microseconds)
        self.text = text
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        plain = timedelta(days=self.days, seconds=self.seconds, microseconds=self.microseconds)
        return (WireDuration.of, (plain, self.text))


def read_duration(text: str) -> WireDuration:
    """Read a span of time as ISO 8601 writes it; years and months have no length of their own.

    >>> read_duration("P1DT2H30M") == timedelta(days=1, hours=2, minutes=30)
    True

    Raises:
        ValueError: the text is no such span.
    """
    match = re.fullmatch(_DURATION, text, re.ASCII)
    parts = match.groupdict() if match is not None else {}
    sign = -1 if parts.pop("sign", "") == "-" else 1
    if not any(parts.values()):
        raise ValueError("not a duration of weeks, days, hours, minutes and seconds")
    try:
        span = timedelta(**{unit: sign * float(told.replace(",", ".")) for unit, told in parts.items() if told})
    except OverflowError:
        raise ValueError("longer than any duration") from None
    return WireDuration.of(span, text)


def write_duration(value: object) -> object:
    """Write a span of time as it came, or else in days and seconds; anything else is left as it is.

    >>> write_duration(timedelta(days=1, minutes=1.5)), write_duration(timedelta(0)), write_duration(-timedelta(1))
    ('P1DT90S', 'PT0S', '-P1D')
    """
    if not isinstance(value, timedelta):
        return value
    told: str | None = getattr(value, "text", None)
    if told is not None:
        return told
    sign, span = ("-", -value) if value < timedelta() else ("", value)
    seconds = f"{span.seconds}.{span.microseconds:06}".rstrip("0").rstrip(".")
    days = f"{span.days}D" if span.days else ""
    return f"{sign}P{days}T{seconds}S" if seconds != "0" or not days else f"{sign}P{days}"


def read_base64(text: str) -> bytes:
    """Read bytes from base64, in the plain or the URL-safe alphabet.

    Raises:
        ValueError: the text is none.
    """
    try:
        return b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None


def write_base64(value: object) -> object:
    """Write bytes as base64; anything else is left as it is."""
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _matching(pattern: str, what: str, make: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if re.fullmatch(pattern, text, re.ASCII) is None:
            raise ValueError(f"not a {what}")
        return make(text)

    return read


def _reader(kind: type[Any], read: Callable[[str], Any], what: str) -> Callable[[object], Any]:
    def validate(value: object) -> Any:
        if isinstance(value, kind):
            return value
        if isinstance(value, str):
            return read(value)
        raise ValueError(f"Input should be a {what}")

    return validate


def _written(value: object) -> object:
    return str(value) if isinstance(value, UUID | date | Decimal) else value


_JSON = "json"
Uuid = Annotated[
    UUID,
    PlainValidator(_reader(UUID, _matching(_UUID, "UUID", UUID), "UUID")),
    PlainSerializer(_written, when_used=_JSON),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
"""A `uuid.UUID`."""
Date = Annotated[
    date,
    PlainValidator(_reader(date, _matching(_DATE, "date", date.fromisoformat), "date")),
    PlainSerializer(_written, when_used=_JSON),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A `datetime.date`."""
Number = Annotated[
    Decimal,
    PlainValidator(_reader(Decimal, _matching(_DECIMAL, "decimal number", Decimal), "decimal number")),
    PlainSerializer(_written, when_used=_JSON),
    WithJsonSchema({"type": "string", "format": "decimal"}),
]
"""A `decimal.Decimal`, for numbers that are written as text."""
Duration = Annotated[
    timedelta,
    PlainValidator(_reader(timedelta, read_duration, "duration")),
    PlainSerializer(write_duration, when_used=_JSON),
    WithJsonSchema({"type": "string", "format": "duration"}),
]
"""A `datetime.timedelta`; see `WireDuration` for what responses bring."""
Base64 = Annotated[
    bytes,
    PlainValidator(_reader(bytes, read_base64, "base64 text")),
    PlainSerializer(write_base64, when_used=_JSON),
    WithJsonSchema({"type": "string", "format": "byte"}),
]
"""Plain `bytes`, for what is written as base64."""


def _file(value: object) -> object:
    from .files import is_file  # only here: most models have no files

    if isinstance(value, str) or is_file(value):
        return value
    raise ValueError("Input should be a file: bytes, a path, an open file, a stream, or a File")


if TYPE_CHECKING:
    Binary = FileInput
else:
    Binary = Annotated[Any, PlainValidator(_file), WithJsonSchema({"type": "string", "format": "binary"})]
    """The content of a file in a form; a `str` is text, and what a service answers."""

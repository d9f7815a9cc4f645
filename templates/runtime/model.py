"""The base of all models: what a caller gives is checked strictly, what a service answers is kept and dumped back."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, SupportsIndex

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    WithJsonSchema,
    model_serializer,
)

SENT = object()
"""The context in which a model is dumped to be sent: without what only the service tells."""
_DEEP = 20
_PRIVATE = r"(?i:passw(or)?d|secret|token|credential|private_?key|access_?key)"


class Model(BaseModel):
    """The base of all models.

    Unknown keys are refused when a caller builds one; those of a response are kept (`model_extra`) and dumped back.
    """

    model_config = ConfigDict(
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        protected_namespaces=(),
        hide_input_in_errors=True,
        ser_json_inf_nan="strings",  # pydantic would write null, which says something else
        defer_build=True,
    )

    _read_only: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _dump_with_extra(self, handler: Callable[[Any], dict[str, Any]], info: SerializationInfo) -> dict[str, Any]:
        # pydantic can keep unknown keys by a run-time choice, but dumps them only if the class allows them. It also
        # calls this for what stands in a model's place in a tolerant response: that is dumped as it came.
        if not isinstance(self, Model):
            return self
        dumped = handler(self)
        if self._read_only and info.context is SENT:
            dumped = {name: value for name, value in dumped.items() if name not in self._read_only}
        extra = self.__pydantic_extra__
        if extra:
            for name, value in extra.items():
                dumped.setdefault(name, value)
        return dumped

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            extra = self.__pydantic_extra__
            if extra and name in extra and re.search(_PRIVATE, name or ""):
                continue
            if (
                value is None
                and name in fields
                and name not in self.model_fields_set
                and not fields[name].is_required()
            ):
                continue  # it was not there, which null does not say
            yield name, value

    if TYPE_CHECKING:
        # A model that knows what its unknown keys hold says so by narrowing this.
        __pydantic_extra__: Any = Field(init=False)
    else:
        # pydantic goes from each model to those it refers to by recursion: some eighty in a row are too many for the
        # interpreter's limit, which is widened for them alone.
        @classmethod
        def model_rebuild(cls, *, _parent_namespace_depth=2, **options):
            """As pydantic's."""
            limit, depth = sys.getrecursionlimit(), _parent_namespace_depth + 1
            try:
                return super().model_rebuild(_parent_namespace_depth=depth, **options)
            except RecursionError:
                sys.setrecursionlimit(limit * _DEEP)
            try:
                return super().model_rebuild(_parent_namespace_depth=depth, **options)
            finally:
                sys.setrecursionlimit(limit)

        # A tolerant response may hold a value of another type than declared; dumping it back is no reason to warn.
        def model_dump(self, *, warnings=False, **options):
            """As pydantic's."""
            return super().model_dump(warnings=warnings, **options)

        def model_dump_json(self, *, warnings=False, **options):
            """As pydantic's."""
            return super().model_dump_json(warnings=warnings, **options)


def parts_of(value: object) -> Iterator[object]:
    """Give a value and all that it holds, at any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        yield part
        match part:
            case BaseModel() as model:
                waiting += [*vars(model).values(), *(model.__pydantic_extra__ or {}).values()]
            case Mapping() as held:
                waiting += held.values()
            case list() | tuple() as items:
                waiting += items


class WireTime(datetime):
    """A point in time that remembers how it was written: `text` is dumped back unchanged."""

    __slots__ = ("_text",)  # made in less time, and in less memory, than with a dictionary
    _text: str | None

    @property
    def text(self) -> str | None:
        """How it was written; None for a point in time that was computed."""
        return getattr(self, "_text", None)

    @classmethod
    def of(cls, moment: datetime, text: str | None) -> WireTime:
        """Give a moment with its text."""
        self = cls(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond,
            tzinfo=moment.tzinfo,
            fold=moment.fold,
        )
        self._text = text
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        plain = datetime.combine(self.date(), self.timetz())
        return (WireTime.of, (plain, self.text))


# Shapes seen under "date-time" beyond what RFC 3339 allows: no zone, a blank for the T, a zone as "UTC+0".
_ZONE_NAME = r"\s+(?:UTC|GMT)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$"
# RFC 3339 in UTC, to the second, millisecond or microsecond: what nearly all services write is told by a look.
_USUAL_LENGTHS = (20, 24, 27)
_SHAPE = r"\d{4}-?\d{2}-?\d{2}(?:[Tt ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)?)?"


def parse_time(text: str) -> WireTime:
    """Read a point in time in any of the shapes services write.

    >>> parse_time("2025-01-01 00:00:00 UTC+9").isoformat()
    '2025-01-01T00:00:00+09:00'
    >>> parse_time("2024-07-30T04:54:33.219373").text
    '2024-07-30T04:54:33.219373'

    Raises:
        ValueError: the text has none of them.
    """
    if (
        len(text) in _USUAL_LENGTHS
        and text[7] == "-"
        and text[10] == "T"
        and text[16] == ":"
        and text[19] in ".Z"
        and text[-1] == "Z"
    ):
        try:
            return _moment(text, text)
        except ValueError:
            pass  # the longer way says no, too
    zone = ""
    plain = text
    if not text.endswith(("Z", "z")) and (named := re.search(_ZONE_NAME, text[-16:])) is not None:
        plain = text[: len(text) - len(named[0])]
        sign, hours, minutes = named.groups()
        zone = f"{sign}{int(hours):02}:{minutes or '00'}" if sign else "Z"
    if len(text) > 64 or re.fullmatch(_SHAPE, plain, re.ASCII) is None:
        raise ValueError("not a date-time")
    try:
        return _moment((plain + zone).upper(), text)
    except ValueError:
        raise ValueError("not a date-time") from None


def _moment(plain: str, text: str) -> WireTime:
    moment = WireTime.fromisoformat(plain)
    moment._text = text
    return moment


def write_time(value: object) -> object:
    """Write a point in time as it came, or else in RFC 3339 with Z for UTC; anything else is left as it is."""
    if not isinstance(value, datetime):
        return value
    text: str | None = getattr(value, "text", None)
    if text is not None:
        return text
    zone: tzinfo | None = value.tzinfo
    written = value.isoformat()
    return written[:-6] + "Z" if zone is not None and written.endswith("+00:00") else written


def _read_time(value: object) -> datetime:
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, datetime):
        return value
    raise ValueError("Input should be a date-time")


DateTime = Annotated[
    datetime,
    PlainValidator(_read_time),
    PlainSerializer(write_time, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A `datetime` for type checkers and callers; see `WireTime` for what responses bring."""

__all__ = ["DateTime", "Model", "WireTime", "parse_time", "parts_of", "write_time"]

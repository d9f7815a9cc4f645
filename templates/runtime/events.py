"""Bodies that are many values: bytes go in as they arrive, server-sent events or texts of JSON come out one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from .errors import ResponseTooLargeError, ResponseValidationError
from .media import NO_CONTENT, plain

T = TypeVar("T")

MAX_ITEM = 8 * 1024 * 1024
"""Bytes of one line, event or value; what is longer is refused rather than held."""
EVENT_STREAM = "text/event-stream"
_BOM = b"\xef\xbb\xbf"
_ANY_LINE_END, _LINE_FEED, _RECORD = re.compile(rb"\r\n|\r|\n"), re.compile(rb"\n"), re.compile(rb"\x1e")
_JSON_LINES = (
    *("application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"),
    *("application/jsonlines", "application/x-jsonl", "application/json-lines"),
)
_JSON_SEQUENCES = ("application/json-seq", "application/geo+json-seq")
_CLOSED = (b"}", b"]", b'"')


class Event(NamedTuple, Generic[T]):
    """A server-sent event: its data, its type, the id that was told last, and the reconnection time in milliseconds."""

    data: T
    event: str = "message"
    id: str = ""
    retry: int | None = None


class _Split:
    """Cuts bytes at ends of lines, wherever the pieces in which they arrive are cut."""

    __slots__ = ("_after_return", "_ends", "_first", "_rest")

    def __init__(self, ends: re.Pattern[bytes]) -> None:
        self._ends = ends
        self._rest = bytearray()
        self._first = True
        self._after_return = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give the lines that these bytes complete, without their ends.

        Raises:
            ResponseTooLargeError: a line longer than `MAX_ITEM`.
        """
        if self._after_return and data:
            data = data.removeprefix(b"\n")  # the other half of an end whose first half ended the line
            self._after_return = False
        start = 0
        for end in self._ends.finditer(data):
            yield self._line(data[start : end.start()])
            start = end.end()
        self._after_return = self._ends is _ANY_LINE_END and (data.endswith(b"\r") or (not data and self._after_return))
        self._hold(data[start:])

    def rest(self) -> bytes:
        """Give what came after the last end."""
        return self._line(b"")

    def _line(self, last: bytes) -> bytes:
        self._hold(last)
        line = bytes(self._rest)
        self._rest.clear()
        if self._first:
            line, self._first = line.removeprefix(_BOM), False
        return line

    def _hold(self, data: bytes) -> None:
        if len(self._rest) + len(data) > MAX_ITEM:
            raise ResponseTooLargeError(f"a line of the stream is longer than {MAX_ITEM} bytes")
        self._rest += data


class Events:
    """Reads server-sent events as the HTML standard says; one that the stream's end cuts is none."""

    __slots__ = ("_data", "_event", "_id", "_lines", "_retry", "_size")

    def __init__(self) -> None:
        self._lines = _Split(_ANY_LINE_END)
        self._data: list[str] = []
        self._size = 0
        self._event = self._id = ""
        self._retry: int | None = None

    def feed(self, data: bytes) -> Iterator[Event[str]]:
        """Give the events that these bytes complete.

        Raises:
            ResponseTooLargeError: an event with more than `MAX_ITEM` bytes.
        """
        for line in self._lines.feed(data):
            if line:
                self._field(line)
                continue
            if self._data:
                yield Event("\n".join(self._data), self._event or "message", self._id, self._retry)
            self._data, self._size, self._event = [], 0, ""

    def _field(self, line: bytes) -> None:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._size += len(line)
            if self._size > MAX_ITEM:
                raise ResponseTooLargeError(f"an event of the stream has more than {MAX_ITEM} bytes")
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit() and len(value) < 16:
            self._retry = int(value)


class JsonTexts:
    """Reads JSON lines, or the records of a JSON text sequence (RFC 7464); empty ones are none."""

    __slots__ = ("_lines", "_sequence")

    def __init__(self, content_type: str) -> None:
        self._sequence = plain(content_type) in _JSON_SEQUENCES
        self._lines = _Split(_RECORD if self._sequence else _LINE_FEED)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give the texts that these bytes complete.

        Raises:
            ResponseTooLargeError: a text longer than `MAX_ITEM`.
            ResponseValidationError: a record that was cut.
        """
        for line in self._lines.feed(data):
            yield from self._text(line)

    def finish(self) -> Iterator[bytes]:
        """Give the last text, whose end need not be marked."""
        yield from self._text(self._lines.rest())

    def _text(self, line: bytes) -> Iterator[bytes]:
        text = line.strip(b" \t\r\n")
        if self._sequence and text == line and text and not text.endswith(_CLOSED):
            raise ResponseValidationError("a record of the JSON text sequence was cut")  # "12" may have been "123"
        if text:
            yield text


def events_of(status: int, content_type: str) -> Events:
    """Give what reads an answer's events; one without content has none.

    Raises:
        ResponseValidationError: the answer is no event stream.
    """
    if plain(content_type) != EVENT_STREAM and status not in NO_CONTENT:
        raise _other(content_type, EVENT_STREAM)
    return Events()


def is_texts(content_type: str) -> bool:
    """Tell whether an answer is JSON lines or a JSON text sequence."""
    return plain(content_type) in (*_JSON_LINES, *_JSON_SEQUENCES)


def texts_of(status: int, content_type: str) -> JsonTexts:
    """Give what reads an answer's JSON lines or records; one without content has none.

    Raises:
        ResponseValidationError: the answer is of another kind.
    """
    if not is_texts(content_type) and status not in NO_CONTENT:
        raise _other(content_type, "JSON lines (application/jsonl, application/x-ndjson, application/json-seq)")
    return JsonTexts(content_type)


def _other(content_type: str, wanted: str) -> ResponseValidationError:
    told = ascii(content_type[:80]) if content_type else "not told"
    return ResponseValidationError(f"the content type of the answer is {told}, it is read as {wanted}")

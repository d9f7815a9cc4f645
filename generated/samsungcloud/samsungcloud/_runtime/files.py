"""What is sent: bytes, text, paths, open files and streams go in, pieces come out that are never held whole."""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from .errors import RequestValidationError

_PIECE = 64 * 1024
OCTETS = "application/octet-stream"

FileContent = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
)
"""What a file is made of; a `str` is its text, never its path."""


class File(NamedTuple):
    """A file to send: what is in it, its name and media type, and further headers of its part in a form.

    Without a name a path gives its own, without a media type the name gives one.
    """

    content: FileContent
    name: str | None = None
    media_type: str | None = None
    headers: Mapping[str, str] = {}


FileInput = FileContent | File | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file to send: its content, a `File`, or a tuple of name, content and perhaps media type."""


def is_file(value: object) -> bool:
    """Say whether a value is the content of a file, rather than text or what JSON knows."""
    if isinstance(value, tuple):
        return isinstance(value, File) or (2 <= len(value) <= 3 and isinstance(value[0], str))
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike | io.IOBase | AsyncIterable):
        return True
    return callable(getattr(value, "read", None)) or isinstance(value, Iterator)


def file_of(value: Any) -> File:
    """Give a value as a `File`, with the name that it brings."""
    if isinstance(value, File):
        file = value
    elif isinstance(value, tuple):
        name, content, *rest = value
        file = File(content, str(name), str(rest[0]) if rest else None)
    else:
        file = File(value)
    content = file.content
    own = content if isinstance(content, os.PathLike) else getattr(content, "name", None)
    if file.name is None and isinstance(own, str | os.PathLike):
        file = file._replace(name=os.path.basename(os.fspath(own)))
    return file


def media_type_of(file: File, default: str = OCTETS) -> str:
    """Give the media type of a file: its own, or what its name says."""
    return file.media_type or (mimetypes.guess_type(file.name)[0] if file.name else None) or default


class _Source:
    """One stretch of a body: `length` in bytes if it is known, and whether it can be read again."""

    __slots__ = ("_content", "_name", "_start", "length", "repeats")

    def __init__(self, name: str, content: Any) -> None:
        self._name, self._content = name, content
        self._start = 0
        self.length: int | None = None
        self.repeats = True
        if isinstance(content, bytes):
            self.length = len(content)
        elif isinstance(content, os.PathLike):
            self.length = _size_of(name, content)
        elif callable(getattr(content, "read", None)):
            self._look_into(content)
        elif isinstance(content, AsyncIterable):
            self.repeats = not isinstance(content, AsyncIterator)
        else:
            self.repeats = not isinstance(content, Iterator)

    def _look_into(self, handle: Any) -> None:
        if isinstance(handle, io.TextIOBase):
            raise TypeError(f"{self._name}: a file is opened in binary mode to be sent")
        try:
            self._start = handle.tell()
            self.length = handle.seek(0, os.SEEK_END) - self._start
            handle.seek(self._start)
        except (AttributeError, OSError, ValueError):
            self.length, self.repeats = None, False

    @property
    def is_async(self) -> bool:
        """Whether it has to be awaited."""
        return isinstance(self._content, AsyncIterable)

    def pieces(self) -> Iterator[bytes]:
        """Read it from its start."""
        content = self._content
        if isinstance(content, bytes):
            yield content
        elif isinstance(content, os.PathLike):
            with open(content, "rb") as handle:
                yield from iter(lambda: handle.read(_PIECE), b"")
        elif callable(getattr(content, "read", None)):
            if self.repeats:
                content.seek(self._start)
            yield from iter(lambda: self._octets(content.read(_PIECE)), b"")
        else:
            yield from map(self._octets, content)

    async def apieces(self) -> AsyncIterator[bytes]:
        """As `pieces`, whatever it is made of."""
        if isinstance(self._content, AsyncIterable):
            async for piece in self._content:
                yield self._octets(piece)
        elif isinstance(self._content, bytes):
            yield self._content
        else:
            from asyncio import to_thread  # a disk, or whatever an iterable waits for, holds up no other call

            source = self.pieces()
            while (piece := await to_thread(next, source, None)) is not None:
                yield piece

    def _octets(self, piece: object) -> bytes:
        if isinstance(piece, bytes | bytearray | memoryview):
            return bytes(piece)
        raise TypeError(f"{self._name}: a stream gives bytes, not {type(piece).__name__}")


class Content:
    """A body that is read while it is sent; `length` is None where only its end tells how long it is."""

    __slots__ = ("_begun", "_sources", "is_async", "length")

    def __init__(self, sources: Sequence[_Source]) -> None:
        self._sources = sources
        self._begun = False
        lengths = [source.length for source in sources]
        self.length = sum(length for length in lengths if length is not None) if None not in lengths else None
        self.is_async = any(source.is_async for source in sources)

    @property
    def can_be_sent(self) -> bool:
        """Whether it can be read from its start: what was read once has to be of a kind that can be rewound."""
        return not self._begun or all(source.repeats for source in self._sources)

    def pieces(self) -> Iterator[bytes]:
        """Read it; never more than a piece of it is in memory."""
        self._begun = True
        for source in self._sources:
            yield from (piece for piece in source.pieces() if piece)

    async def apieces(self) -> AsyncIterator[bytes]:
        """As `pieces`, for `async for`."""
        self._begun = True
        for source in self._sources:
            async for piece in source.apieces():
                if piece:
                    yield piece

    def gathered(self, limit: int) -> bytes:
        """Read it whole, for a signature over it.

        Raises:
            RequestValidationError: it has to be awaited, or is longer than the limit.
        """
        if self.is_async:
            raise RequestValidationError("the body is signed: give it as bytes, a path or an open file")
        whole = bytearray()
        for piece in self.pieces():
            whole += piece
            if len(whole) > limit:
                raise RequestValidationError(f"the body is signed, and has more than the {limit} bytes that are held")
        return bytes(whole)

    def __repr__(self) -> str:
        return f"<Content of {self.length} bytes>"


def joined(name: str, parts: Iterable[FileContent]) -> bytes | Content:
    """Put a body together: bytes where all of it is in memory, else what is read while it is sent.

    Raises:
        TypeError: something that is no content of a file.
        RequestValidationError: a path that cannot be read.
    """
    sources = [_Source(name, _plain(name, part)) for part in parts]
    held = [source._content for source in sources]
    return b"".join(held) if all(isinstance(part, bytes) for part in held) else Content(sources)


def _plain(name: str, content: Any) -> Any:
    if isinstance(content, str):
        return content.encode("utf-8")
    if isinstance(content, bytearray | memoryview):
        return bytes(content)
    if isinstance(content, Mapping) or not (is_file(content) or isinstance(content, Iterable)):
        raise TypeError(
            f"{name}: bytes, text, a path, a file or a stream of bytes is sent, not {type(content).__name__}"
        )
    return content


def _size_of(name: str, path: os.PathLike[str]) -> int:
    try:
        return os.stat(path).st_size
    except OSError as error:
        raise RequestValidationError(f"{name}: {os.fspath(path)} cannot be read: {error.strerror}") from None

"""Forms: the fields of a body go in, a form of pairs or a form of parts, with files, comes out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus

from pydantic import BaseModel

from .errors import RequestValidationError
from .files import FileContent, file_of, is_file, joined, media_type_of
from .headers import check_header
from .model import SENT, Model
from .operation import Encoding, Parameter
from .unset import UNSET
from .wire import json_text, query_pairs, scalar

_BETWEEN = {"spaceDelimited": " ", "pipeDelimited": "|"}
_HELD = "file"
"""What stands for a file while the fields beside it are checked as JSON."""


def wire_fields(body: object, context: object) -> dict[str, Any]:
    """Give the fields of a model or mapping by the names they were given, absent ones apart.

    In the context `SENT` those that only the service tells are left out.
    """
    if isinstance(body, BaseModel):
        left = body._read_only if context is SENT and isinstance(body, Model) else ()
        fields = type(body).model_fields
        given = {
            fields[name].serialization_alias or name: getattr(body, name)
            for name in fields
            if name in body.model_fields_set
        }
        given |= body.__pydantic_extra__ or {}
        return {name: value for name, value in given.items() if name not in left}
    if not isinstance(body, Mapping):
        raise TypeError("a form is given as a model or a mapping of its fields")
    return {str(name): value for name, value in body.items() if value is not UNSET}


def without_files(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put texts in the place of files, so that JSON can hold the fields; give both."""
    files = {name: value for name, value in fields.items() if _has_files(value)}
    held = {name: [_HELD] * len(value) if isinstance(value, list) else _HELD for name, value in files.items()}
    return {**fields, **held}, files


def has_files(body: object) -> bool:
    """Say whether some field of a mapping is a file."""
    return isinstance(body, Mapping) and any(_has_files(value) for value in body.values())


def _has_files(value: object) -> bool:
    return is_file(value) or (isinstance(value, list) and any(is_file(item) for item in value))


def urlencoded(fields: Mapping[str, Any], encodings: Iterable[Encoding]) -> bytes:
    """Write a form without files.

    Lists repeat their name, objects are JSON, unless the field's encoding has a style for them.

    Raises:
        RequestValidationError: a value that has no text.
    """
    told = {item.name: item for item in encodings}
    pairs = [
        pair for name, value in fields.items() if value is not None for pair in _pairs(name, value, told.get(name))
    ]
    return "&".join(pairs).encode("ascii")


def _pairs(name: str, value: Any, told: Encoding | None) -> list[str]:
    if told is not None and (told.style or told.explode is not None or told.reserved):
        explode = told.explode
        return query_pairs(Parameter(name, name, "query", told.style, explode, reserved=told.reserved), value)
    if told is not None and "json" in told.media_type:
        return [_pair(name, json_text(name, value))]
    items = value if isinstance(value, list) else [value]
    texts = [_text(name, item) for item in items if item is not None]
    return [_pair(name, text) for text in texts]


def _text(name: str, value: object) -> str:
    return json_text(name, value) if isinstance(value, Mapping | list) else scalar(name, value)


def _pair(name: str, text: str) -> str:
    try:
        return f"{quote_plus(name)}={quote_plus(text)}"
    except UnicodeEncodeError:
        raise RequestValidationError(f"{name}: not encodable as UTF-8") from None


def multipart(fields: Mapping[str, Any], encodings: Iterable[Encoding]) -> tuple[Any, str]:
    """Write a form with files, which are read while it is sent; give it with its media type.

    Each item of a list is a part, unless the field's encoding has a style that joins them; an object is JSON.

    Raises:
        RequestValidationError: a value that has no text, or a header that is none.
    """
    told = {item.name: item for item in encodings}
    boundary = os.urandom(16).hex()
    pieces: list[FileContent] = []
    for name, value in fields.items():
        known = told.get(name) or Encoding(name)
        for item in _items(name, value, known) if isinstance(value, list) else [value]:
            if item is not None and item is not UNSET:
                head, content = _part(name, item, known)
                pieces += [f"--{boundary}\r\n{head}\r\n\r\n", content, "\r\n"]
    pieces.append(f"--{boundary}--\r\n")
    return joined("body", pieces), f"multipart/form-data; boundary={boundary}"


def _items(name: str, value: list[Any], told: Encoding) -> list[Any]:
    is_joined = told.explode is False or (told.explode is None and told.style in _BETWEEN)
    if not is_joined or told.media_type or any(is_file(item) or isinstance(item, Mapping | list) for item in value):
        return value
    texts = [scalar(name, item) for item in value if item is not None]
    return [_BETWEEN.get(told.style, ",").join(texts)] if texts else []


def _part(name: str, value: Any, told: Encoding) -> tuple[str, FileContent]:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    listed = [one.strip() for one in told.media_type.split(",") if one.strip()]
    chosen = listed[0] if len(listed) == 1 and "*" not in listed[0] else ""
    if is_file(value):
        file = file_of(value)
        headers = {**dict(told.headers), **file.headers}
        head += f'; filename="{_quoted(file.name or name)}"'
        media_type = file.media_type or chosen or media_type_of(file)
        content = file.content
    elif isinstance(value, Mapping) or "json" in chosen:
        headers, media_type, content = dict(told.headers), chosen or "application/json", json_text(name, value)
    else:
        headers, media_type, content = dict(told.headers), chosen, scalar(name, value)
    lines = [("Content-Type", media_type)] if media_type else []
    return "\r\n".join((head, *map(_header, (*lines, *headers.items())))), content


def _header(pair: tuple[str, str]) -> str:
    check_header(*pair)
    return f"{pair[0]}: {pair[1]}"


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00")

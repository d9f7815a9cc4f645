"""Request bodies: keyword arguments or a ready body go in, are checked, and come out as the bytes to send."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote_plus

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, from_json

from .errors import RequestValidationError
from .operation import Body, Operation
from .tolerant import adapter
from .unset import UNSET
from .wire import scalar

_SHOWN_FAULTS = 5

Encoded = tuple[bytes, str | None]
"""The bytes of a body and its media type; no body has none."""


def encode_body(operation: Operation[Any], fields: Mapping[str, object] | None, body: object) -> Encoded:
    """Give the bytes of a request's body.

    Raises:
        TypeError: a body and fields of it, a required body with nothing given, or a body where none is taken.
        RequestValidationError: a body that is not what the operation takes; it names the fields and shows no values.
    """
    declared = operation.body
    given = {} if not fields else {name: value for name, value in fields.items() if value is not UNSET}
    if declared is None:
        if given or (body is not UNSET and body is not None):
            raise TypeError(f"{operation.name}() takes no body")
        return b"", None
    if body is not UNSET and given:
        raise TypeError(f"{operation.name}() takes body= or fields of the body ({', '.join(given)}), not both")
    if body is UNSET and not given:
        if declared.required:
            raise TypeError(f"{operation.name}() needs a body: pass its fields as keyword arguments, or body=")
        return b"", None
    if body is UNSET:
        names = dict(declared.fields)
        unknown = [name for name in given if name not in names]
        if unknown:
            raise TypeError(f"{operation.name}() has no body field {', '.join(unknown)}")
        body = {names[name]: value for name, value in given.items()}
    media_type = declared.media_type.split(";")[0].strip().lower()
    if media_type == "application/json" or media_type.endswith("+json"):
        return _json(operation, body), declared.media_type
    if media_type == "application/x-www-form-urlencoded":
        return _form(_checked_mapping(operation, body)), declared.media_type
    if media_type == "multipart/form-data":
        return _multipart(body)
    return _raw(declared, body), declared.media_type


@cache
def _any() -> TypeAdapter[Any]:
    """Give what dumps whatever a caller hands over; NaN becomes a text, which no field for a number takes."""
    return TypeAdapter(Any, config=ConfigDict(ser_json_inf_nan="strings", ser_json_bytes="base64"))


def _json(operation: Operation[Any], body: object) -> bytes:
    kind = operation.loaded.body
    try:
        raw = _any().dump_json(_without_unset(body), by_alias=True, exclude_unset=True)
    except (PydanticSerializationError, RecursionError, UnicodeEncodeError):
        raw = None
    if raw is None:
        raise RequestValidationError(f"{operation.id}: the body cannot be written as JSON", operation=operation.id)
    if kind is None or kind is Any or kind is object:
        return raw
    checked = adapter(kind)
    try:
        # Strict: what is sent is what was given, never "5" made into 5. Dumped from the type: with wire names.
        value = checked.validate_json(raw, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
    else:
        return checked.dump_json(value, by_alias=True, exclude_unset=True, warnings=False)
    told = "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in faults[:_SHOWN_FAULTS]
    )
    more = f" (and {len(faults) - _SHOWN_FAULTS} more)" if len(faults) > _SHOWN_FAULTS else ""
    raise RequestValidationError(f"{operation.id}: {told}{more}", operation=operation.id)


def _without_unset(body: object) -> object:
    if isinstance(body, Mapping):
        return {name: value for name, value in body.items() if value is not UNSET}
    return body


def _checked_mapping(operation: Operation[Any], body: object) -> Mapping[str, Any]:
    data = from_json(_json(operation, body))
    if not isinstance(data, dict):
        raise RequestValidationError(f"{operation.id}: the body is not an object", operation=operation.id)
    return data


def _form(data: Mapping[str, Any]) -> bytes:
    pairs = [
        (name, scalar(name, item))
        for name, value in data.items()
        for item in (value if isinstance(value, list) else [value])
        if item is not None
    ]
    return "&".join(f"{quote_plus(name)}={quote_plus(text)}" for name, text in pairs).encode("ascii")


def _multipart(body: object) -> Encoded:
    """Write a form with files: a value is text, bytes, or `(file name, bytes)`, or `(file name, bytes, media type)`."""
    if not isinstance(body, Mapping):
        raise TypeError("a multipart body is a mapping")
    boundary = os.urandom(16).hex()
    pieces: list[bytes] = []
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None and item is not UNSET:
                pieces.append(b"--%s\r\n%s\r\n" % (boundary.encode(), _part(str(name), item)))
    pieces.append(b"--%s--\r\n" % boundary.encode())
    return b"".join(pieces), f"multipart/form-data; boundary={boundary}"


def _part(name: str, value: object) -> bytes:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if isinstance(value, tuple):
        file_name, data, *rest = value
        media_type = str(rest[0]) if rest else "application/octet-stream"
        if not media_type.isprintable():
            raise RequestValidationError(f"{name}: the media type has a control character")
        head += f'; filename="{_quoted(str(file_name))}"\r\nContent-Type: {media_type}'
    elif isinstance(value, bytes | bytearray):
        head += f'; filename="{_quoted(name)}"\r\nContent-Type: application/octet-stream'
        data = value
    else:
        data = scalar(name, value).encode("utf-8")
    if isinstance(data, str):
        data = data.encode("utf-8")
    if not isinstance(data, bytes | bytearray):
        raise TypeError(f"{name}: a file's content is bytes")
    return head.encode("utf-8") + b"\r\n\r\n" + bytes(data)


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00")


def _raw(declared: Body, body: object) -> bytes:
    if isinstance(body, str):
        return body.encode("utf-8")
    if isinstance(body, bytes | bytearray | memoryview):
        return bytes(body)
    raise TypeError(f"a body of {declared.media_type} is bytes or str")

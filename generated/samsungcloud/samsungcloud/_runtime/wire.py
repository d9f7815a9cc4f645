"""Values on the wire: arguments go in, the path and query of the address, headers and cookies come out, encoded once.

Kept as they are: RFC 3986's unreserved characters, in a query also `: / ? @ , ! $ ( ) *`, in a path segment
`: @ ! $ ( ) *`. Everything else, `+ & = # % [ ] ' ;` and blanks among it, is percent-encoded UTF-8.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import quote, unquote_plus

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic_core import PydanticSerializationError

from .errors import RequestValidationError
from .model import write_time
from .operation import Operation, Parameter
from .unset import UNSET

_PATH_SAFE = ":@!$()*"
_QUERY_SAFE = ":/?@,!$()*"
_ITEM_SAFE = ":/?@!$()*"
_RESERVED_SAFE = "%:/?@!$'()*,;="
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}

Pairs = list[tuple[str, str]]


def scalar(name: str, value: object) -> str:
    """Write one value as text.

    >>> scalar("enabled", True)
    'true'

    Raises:
        RequestValidationError: a value that has no text of its own.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise RequestValidationError(f"{name}: not a finite number")
        return repr(value).removesuffix(".0")  # a 3 that a model made 3.0 is sent as 3
    if isinstance(value, datetime):
        return str(write_time(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        from .formats import write_duration  # only here: few services take spans of time

        return str(write_duration(value))
    if value is None or isinstance(value, bytes | bytearray | Mapping | Sequence | AbstractSet | BaseModel):
        raise RequestValidationError(f"{name}: {type(value).__name__} cannot be written as text here")
    if type(value).__str__ is object.__str__:  # `<object at 0x7f...>` is no text of its own either
        raise RequestValidationError(f"{name}: {type(value).__name__} cannot be written as text here")
    return str(value)


@cache
def anything() -> TypeAdapter[Any]:
    """Give what dumps whatever a caller hands over; NaN becomes a text, which no field for a number takes."""
    return TypeAdapter(Any, config=ConfigDict(ser_json_inf_nan="strings", ser_json_bytes="base64"))


def json_text(name: str, value: object) -> str:
    """Write a value as JSON, as short as it can be.

    Raises:
        RequestValidationError: what JSON has no words for.
    """
    try:
        return anything().dump_json(value, by_alias=True, exclude_unset=True).decode()
    except (PydanticSerializationError, RecursionError, UnicodeEncodeError):
        raise RequestValidationError(f"{name}: cannot be written as JSON") from None


def encode(name: str, text: str, safe: str) -> str:
    """Percent-encode a text; where `safe` has the percent sign, what is encoded already stays as it is.

    Raises:
        RequestValidationError: a lone surrogate, which UTF-8 cannot hold.
    """
    try:
        encoded = quote(text, safe=safe)
        return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", encoded) if "%" in safe else encoded
    except UnicodeEncodeError:
        raise RequestValidationError(f"{name}: not encodable as UTF-8") from None


def _members(value: object) -> list[tuple[str, Any]] | None:
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return [(str(key), member) for key, member in value.items() if member is not None and member is not UNSET]
    return None


def _items(value: object) -> list[Any] | None:
    if isinstance(value, AbstractSet):
        return sorted(value, key=str)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return [item for item in value if item is not None]
    return None


def segment(parameter: Parameter, value: object) -> str:
    """Encode a path parameter so that it stays one segment of the path.

    Raises:
        RequestValidationError: no value, an empty one, or `.` or `..`, which would change the route.
    """
    name = parameter.argument
    if parameter.media_type and value is not None and value is not UNSET:
        text = encode(name, _content_text(parameter, value), _PATH_SAFE)
    elif type(value) is str and parameter.style in ("", "simple"):
        text = quote(value, safe=_PATH_SAFE) if value.isascii() else encode(name, value, _PATH_SAFE)
    elif value is None or value is UNSET:
        raise RequestValidationError(f"{name} is required")
    else:
        text = _simple(parameter, value)
    if text in ("", ".", ".."):
        raise RequestValidationError(f"{name}: {text!r} cannot stand in a path")
    return text


def _simple(parameter: Parameter, value: object) -> str:
    name, explode = parameter.argument, bool(parameter.explode)
    members, items = _members(value), _items(value)
    if members is None and items is None:
        parts = [encode(name, scalar(name, value), _PATH_SAFE)]
    elif members is None:
        parts = [encode(name, scalar(name, item), _PATH_SAFE) for item in items or ()]
    else:
        pairs = [(encode(name, k, _PATH_SAFE), encode(name, scalar(name, v), _PATH_SAFE)) for k, v in members]
        bare = parameter.style == "matrix"
        exploded = [_matrix(k, v) if bare else f"{k}={v}" for k, v in pairs]
        parts = exploded if explode else [text for pair in pairs for text in pair]
    if parameter.style not in ("label", "matrix") or not parts:
        return ",".join(parts)
    if parameter.style == "label":
        return "." + ("." if explode else ",").join(parts)
    if members is not None and explode:
        return "".join(parts)
    wire = encode(name, parameter.name, _PATH_SAFE)
    return "".join(_matrix(wire, part) for part in (parts if explode else [",".join(parts)]))


def _matrix(name: str, text: str) -> str:
    """Write one pair of the matrix style, in which an empty text leaves no equals sign (RFC 6570, 3.2.7)."""
    return f";{name}={text}" if text else f";{name}"


def path(operation: Operation[Any], arguments: Mapping[str, object]) -> str:
    """Put the path together, starting with `/`.

    Raises:
        RequestValidationError: see `segment`; also where a parameter and the text beside it make a dot segment.
    """
    parts = operation.path
    parameters = operation.path_parameters
    if not parameters:
        return parts[0]
    pieces = [parts[0]]
    for parameter, literal in zip(parameters, parts[1:], strict=False):
        pieces.append(segment(parameter, arguments.get(parameter.argument)))
        pieces.append(literal)
    if len(parts) == len(parameters):
        pieces.append(segment(parameters[-1], arguments.get(parameters[-1].argument)))
    whole = "".join(pieces)
    if "/." in whole and any(part in (".", "..") for part in whole.split("/")):
        raise RequestValidationError("the path parameters make a dot segment")
    return whole


def _content_text(parameter: Parameter, value: object) -> str:
    """Write a parameter that a media type describes: JSON, or else text."""
    return json_text(parameter.argument, value) if "json" in parameter.media_type else scalar(parameter.argument, value)


def query_pairs(parameter: Parameter, value: object) -> list[str]:
    """Write one parameter as `name=value` pairs, encoded.

    Raises:
        RequestValidationError: a value that cannot be written.
    """
    name, wire = parameter.argument, encode(parameter.argument, parameter.name, _QUERY_SAFE)
    safe = _RESERVED_SAFE if parameter.reserved else _QUERY_SAFE
    if parameter.media_type:
        return [f"{wire}={encode(name, _content_text(parameter, value), _QUERY_SAFE)}"]
    if type(value) is str:
        return [f"{wire}={encode(name, value, safe)}"]
    style = parameter.style or "form"
    explode = parameter.explode if parameter.explode is not None else style == "form"
    members, items = _members(value), _items(value)
    if items is not None and style == "indexed":
        return [
            pair for place, item in enumerate(items, 1) for pair in _indexed_pairs(parameter, f"{wire}.{place}", item)
        ]
    if members is not None:
        return _query_members(parameter, wire, members, style, explode)
    if items is None:
        return [f"{wire}={encode(name, scalar(name, value), safe)}"]
    if style == "deepObject":
        return _deep_pairs(parameter, wire, items)
    if explode:
        return [f"{wire}={encode(name, scalar(name, item), safe)}" for item in items]
    if not items:
        return []
    safe = safe.replace(",", "")
    return [f"{wire}=" + _DELIMITERS.get(style, ",").join(encode(name, scalar(name, i), safe) for i in items)]


def _indexed_pairs(parameter: Parameter, wire: str, item: object) -> list[str]:
    name, members = parameter.argument, _members(item)
    pairs = (
        [("", item)] if members is None else [(f".{encode(name, key, _ITEM_SAFE)}", value) for key, value in members]
    )
    return [f"{wire}{key}={encode(name, scalar(name, value), _QUERY_SAFE)}" for key, value in pairs]


def _query_members(
    parameter: Parameter, wire: str, members: list[tuple[str, Any]], style: str, explode: bool
) -> list[str]:
    name = parameter.argument
    safe = _RESERVED_SAFE if parameter.reserved else _QUERY_SAFE
    if style == "deepObject":
        return _deep_pairs(parameter, wire, dict(members))
    if explode:
        return [
            f"{encode(name, key, _ITEM_SAFE)}={encode(name, scalar(name, item), safe)}"
            for key, member in members
            for item in (_items(member) or [member])
        ]
    safe = safe.replace(",", "")
    flat = [encode(name, text, safe) for key, member in members for text in (key, scalar(name, member))]
    return [f"{wire}=" + _DELIMITERS.get(style, ",").join(flat)] if flat else []


def _deep_pairs(parameter: Parameter, wire: str, value: object) -> list[str]:
    """Write keys in brackets, deeper ones behind them: OpenAPI says nothing of those, and this is what servers read.

    A list of plain values repeats its name, as servers read both; its objects have to be numbered to be told apart.
    """
    name, members, items = parameter.argument, _members(value), _items(value)
    if members is None and items is None:
        safe = _RESERVED_SAFE if parameter.reserved else _QUERY_SAFE
        return [f"{wire}={encode(name, scalar(name, value), safe)}"]
    if members is None:
        keyed = any(_members(item) is not None for item in items or ())
        members = [(str(place) if keyed else "", item) for place, item in enumerate(items or ())]
    return [
        pair
        for key, member in members
        for pair in _deep_pairs(parameter, f"{wire}%5B{encode(name, key, _ITEM_SAFE)}%5D" if key else wire, member)
    ]


def _header_text(parameter: Parameter, value: object) -> str:
    name, explode = parameter.argument, bool(parameter.explode)
    if parameter.media_type:
        return _content_text(parameter, value)
    members, items = _members(value), _items(value)
    if members is not None:
        return ",".join(f"{k}{'=' if explode else ','}{scalar(name, v)}" for k, v in members)
    if items is not None:
        return ",".join(scalar(name, item) for item in items)
    return scalar(name, value)


def _cookie_pairs(parameter: Parameter, value: object) -> list[str]:
    """Write a cookie as a query is, or, in the style that has its name, as it stands: `;` and blanks have no place."""
    if parameter.style != "cookie":
        return query_pairs(parameter, value)
    name, explode = parameter.argument, parameter.explode is not False
    members, items = _members(value), _items(value)
    if members is not None and explode:
        pairs = [(key, scalar(name, member)) for key, member in members]
    elif members is not None:
        pairs = [(parameter.name, ",".join(text for key, item in members for text in (key, scalar(name, item))))]
    elif items is not None and explode:
        pairs = [(parameter.name, scalar(name, item)) for item in items]
    else:
        pairs = [(parameter.name, ",".join(scalar(name, item) for item in ([value] if items is None else items)))]
    if any(char in text for pair in pairs for text in pair for char in ' ;"\\'):
        raise RequestValidationError(f"{name}: a cookie holds no blank, semicolon, quote or backslash")
    return [f"{key}={text}" for key, text in pairs]


def parts(operation: Operation[Any], arguments: Mapping[str, object]) -> tuple[str, Pairs]:
    """Put together the query (without `?`) and the headers of an operation's parameters; what is None is not sent.

    Raises:
        RequestValidationError: a required parameter without a value, or a value that cannot be written.
    """
    query = [operation.constant_query] if operation.constant_query else []
    headers: Pairs = []
    cookies: list[str] = []
    for parameter in operation.other_parameters:
        value = arguments.get(parameter.argument, UNSET)
        if value is UNSET or value is None:
            if parameter.required:
                raise RequestValidationError(f"{parameter.argument} is required")
        elif parameter.location == "query":
            query += query_pairs(parameter, value)
        elif parameter.location == "header":
            headers.append((parameter.name, _header_text(parameter, value)))
        else:
            cookies += _cookie_pairs(parameter, value)
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    return "&".join(query), headers


def with_query(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Add the query parameters that a signer emitted to an address; they win over parameters of their names.

    >>> with_query("https://api.example.com/v1?a=1&key=b", (("key", "a b"),))
    'https://api.example.com/v1?a=1&key=a%20b'
    """
    if not pairs:
        return url
    front, _, query = url.partition("?")
    own = {name for name, _ in pairs}
    kept = [pair for pair in query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in own]
    added = [f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}" for name, value in pairs]
    return f"{front}?{'&'.join((*kept, *added))}"

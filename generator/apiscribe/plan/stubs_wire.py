"""The wire as the stubs expect it: parameters and their values go in, targets, headers and cookies come out.

It is written from OpenAPI's styles and RFC 3986, and shares nothing with the client's runtime, so that neither hides a
mistake of the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apiscribe import ir
from apiscribe.plan.servers import path_before


class _Styled(NamedTuple):
    """What a style is for: a field of a form that has one."""

    name: str
    style: str
    explode: bool


Values = Mapping[tuple[ir.Location, str], ir.JsonValue]
"""What is given for each parameter, by location and name on the wire."""

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_SEGMENT = _UNRESERVED | frozenset(b":@!$()*")
_IN_QUERY = _UNRESERVED | frozenset(b":/?@,!$()*")
_IN_ITEM = _UNRESERVED | frozenset(b":/?@!$()*")
_BETWEEN = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def target(operation: ir.Operation, values: Values) -> str:
    """Give the path and the query of a request."""
    path = path_of(operation, values)
    constants = ((item.name, item.constant) for item in operation.parameters if item.location is ir.Location.QUERY)
    pairs = [
        f"{_encoded(name, _UNRESERVED)}={_encoded(text, _UNRESERVED)}" for name, text in constants if text is not None
    ]
    pairs += _pairs(operation, values, ir.Location.QUERY)
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def path_of(operation: ir.Operation, values: Values) -> str:
    """Give the path of a request, with what an address of its own without a host adds to it."""
    texts = {
        item.name: segment(item, values[item.location, item.name])
        for item in operation.parameters
        if item.location is ir.Location.PATH
    }
    return path_before(operation) + _VARIABLE.sub(lambda match: texts[match[1]], operation.path)


def headers(operation: ir.Operation, values: Values) -> dict[str, str]:
    """Give the headers of the parameters, constants among them, and of the cookies; a later one wins."""
    found = {
        item.name: item.constant
        for item in operation.parameters
        if item.location is ir.Location.HEADER and item.constant is not None
    }
    for item in operation.parameters:
        if item.location is ir.Location.HEADER and (item.location, item.name) in values:
            _put(found, item.name, ",".join(_plain(item, values[item.location, item.name])))
    cookies = _pairs(operation, values, ir.Location.COOKIE)
    if cookies:
        _put(found, "Cookie", "; ".join(cookies))
    return found


def segment(item: ir.Parameter, value: ir.JsonValue) -> str:
    """Give the text of a path parameter."""
    parts = [_encoded(text, _IN_SEGMENT) for text in _flat(value)]
    if isinstance(value, dict) and item.explode:
        equals = "=" if item.style != "matrix" else ""
        pairs = zip(parts[::2], parts[1::2], strict=True)
        parts = [f"{one}={other}" if other else f"{one}{equals}" for one, other in pairs]
    if item.style == "label":
        return "." + ("." if item.explode else ",").join(parts)
    if item.style != "matrix":
        return ",".join(parts)
    name = _encoded(item.name, _IN_SEGMENT)
    if isinstance(value, dict) and item.explode:
        return "".join(f";{part}" for part in parts)
    return "".join(f";{name}={part}" if part else f";{name}" for part in (parts if item.explode else [",".join(parts)]))


def scalar_text(value: ir.JsonValue) -> str:
    """Write a scalar.

    >>> scalar_text(True), scalar_text(1.5), scalar_text(3.0)
    ('true', '1.5', '3')
    """
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def form(fields: Mapping[str, ir.JsonValue], encodings: Sequence[ir.Encoding] = ()) -> str:
    """Write a form without files, each field as its encoding says.

    >>> form({"a b": "c&d"})
    'a+b=c%26d'
    >>> form({"a": ["b", "c"]}, [ir.Encoding(property="a", style="form", explode=False)])
    'a=b,c'
    """
    told = {item.property: item for item in encodings}
    return "&".join(text for name, value in fields.items() for text in _form_pairs(name, value, told.get(name)))


def _form_pairs(name: str, value: ir.JsonValue, told: ir.Encoding | None) -> Sequence[str]:
    if told is not None and (told.style or told.explode is not None):
        style = told.style or "form"
        explode = told.explode if told.explode is not None else style == "form"
        return _pairs_of(_Styled(name=name, style=style, explode=explode), value)
    if told is not None and "json" in told.media_type:
        return [f"{_encoded(name, _UNRESERVED, '+')}={_encoded(json_text(value), _UNRESERVED, '+')}"]
    return [
        f"{_encoded(name, _UNRESERVED, '+')}={_encoded(_field_text(item), _UNRESERVED, '+')}"
        for item in (value if isinstance(value, list) else [value])
    ]


def multipart(fields: Mapping[str, ir.JsonValue], encodings: Sequence[ir.Encoding] = ()) -> str:
    """Write a form of parts, objects as JSON, the rest as its encoding says.

    Each item of a list is a part of its own, unless the encoding's style joins them.
    """
    told = {item.property: item for item in encodings}
    parts = []
    for name, value in fields.items():
        quoted = name.replace('"', "%22")
        known = told.get(name)
        single = known.media_type.strip() if known is not None else ""
        stated = "" if "," in single or "*" in single else single
        for item in _parts_of(value, known) if isinstance(value, list) else [value]:
            is_json = isinstance(item, dict) or "json" in stated
            kind = stated or ("application/json" if is_json else "")
            lines = [("Content-Type", kind)] if kind else []
            lines += known.headers if known is not None else ()
            head = "".join(f"{key}: {text}\r\n" for key, text in lines)
            body = json_text(item) if is_json else _field_text(item)
            parts.append(f'--BOUNDARY\r\nContent-Disposition: form-data; name="{quoted}"\r\n{head}\r\n{body}\r\n')
    return "".join([*parts, "--BOUNDARY--\r\n"])


def _parts_of(value: list[ir.JsonValue], told: ir.Encoding | None) -> list[ir.JsonValue]:
    if told is None or told.media_type or any(isinstance(item, dict | list) for item in value) or not value:
        return value
    explode = told.explode if told.explode is not None else told.style in ("", "form")
    between = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(told.style, ",")
    return value if explode else [between.join(scalar_text(item) for item in value if item is not None)]


def _field_text(value: ir.JsonValue) -> str:
    return json_text(value) if isinstance(value, dict | list) else scalar_text(value)


def json_text(value: ir.JsonValue) -> str:
    """Write JSON as short as it can be.

    >>> json_text({"a": [1, "\u00e9"]})
    '{"a":[1,"\u00e9"]}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _put(found: dict[str, str], name: str, text: str) -> None:
    for known in [known for known in found if known.lower() == name.lower()]:
        del found[known]
    found[name] = text


def _pairs(operation: ir.Operation, values: Values, location: ir.Location) -> list[str]:
    return [
        pair
        for item in operation.parameters
        if item.location is location and (location, item.name) in values
        for pair in _pairs_of(item, values[location, item.name])
    ]


def _pairs_of(item: ir.Parameter | _Styled, value: ir.JsonValue) -> Sequence[str]:
    name = _encoded(item.name, _IN_QUERY)
    if isinstance(value, dict | list) and item.style == "deepObject":
        return _deep_pairs(name, value)
    if isinstance(value, list) and item.style == ir.INDEXED:
        return [
            f"{name}.{place}{key}={_encoded(text, _IN_QUERY)}"
            for place, member in enumerate(value, 1)
            for key, text in _numbered(member)
        ]
    if isinstance(value, dict):
        members = [(_encoded(key, _IN_ITEM), scalar_text(member)) for key, member in value.items()]
        if item.explode:
            return [f"{key}={_encoded(text, _IN_QUERY)}" for key, text in members]
    if isinstance(value, list) and item.explode:
        return [f"{name}={_encoded(scalar_text(member), _IN_QUERY)}" for member in value]
    if isinstance(value, dict | list):
        between = _BETWEEN.get(item.style, ",")
        return [f"{name}=" + between.join(_encoded(text, _IN_ITEM) for text in _flat(value))]
    return [f"{name}={_encoded(scalar_text(value), _IN_QUERY)}"]


def _deep_pairs(name: str, value: ir.JsonValue) -> list[str]:
    """Nest names in brackets; items of a list repeat the name, but are numbered where they are objects."""
    if isinstance(value, dict):
        return [
            pair
            for key, member in value.items()
            for pair in _deep_pairs(f"{name}%5B{_encoded(key, _IN_ITEM)}%5D", member)
        ]
    if isinstance(value, list):
        numbered = any(isinstance(member, dict) for member in value)
        names = [f"{name}%5B{place}%5D" if numbered else name for place in range(len(value))]
        return [pair for one, member in zip(names, value, strict=True) for pair in _deep_pairs(one, member)]
    return [f"{name}={_encoded(scalar_text(value), _IN_QUERY)}"]


def _numbered(member: ir.JsonValue) -> list[tuple[str, str]]:
    if isinstance(member, dict):
        return [(f".{_encoded(key, _IN_ITEM)}", scalar_text(inner)) for key, inner in member.items()]
    return [("", scalar_text(member))]


def _plain(item: ir.Parameter, value: ir.JsonValue) -> list[str]:
    if isinstance(value, dict) and item.explode:
        return [f"{key}={scalar_text(member)}" for key, member in value.items()]
    return _flat(value)


def _flat(value: ir.JsonValue) -> list[str]:
    if isinstance(value, dict):
        return [text for key, member in value.items() for text in (key, scalar_text(member))]
    return [scalar_text(member) for member in value] if isinstance(value, list) else [scalar_text(value)]


def _encoded(text: str, kept: frozenset[int], blank: str = "%20") -> str:
    octets = (chr(octet) if octet in kept else f"%{octet:02X}" for octet in text.encode())
    return "".join(octets).replace("%20", blank)

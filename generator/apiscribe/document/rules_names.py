"""Rules for names: every name of a document comes in, those that hide or deceive go out as errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apiscribe.document.fields import SECTIONS
from apiscribe.document.node import Node
from apiscribe.document.walk import Visit
from apiscribe.errors import Diagnostic, shown

MAX_NAME = 200
_HOSTILE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff9-\\ufffb]"
)
_COMPONENT = re.compile(r"[A-Za-z0-9._-]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_MEDIA_TYPE = re.compile(
    r"(?:\*/\*|{t}/\*|{t}/{t})(?:[ \t]*;[ \t]*(?:{t}={v})?)*[ \t]*".replace("{t}", _TOKEN.pattern).replace(
        "{v}", rf"(?:{_TOKEN.pattern}" + r'|"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e])*")'
    )
)
_STATUS = re.compile(r"[1-5](?:XX|[0-9]{2})|default")
_DEFECTIVE = re.compile(r"([^;,]*?)[ \t]*[;,][\x20-\x7e]*")
_IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))


def name_fault(name: str) -> str | None:
    r"""Say what is wrong with a name, or None.

    >>> name_fault("a\u202eb")
    "the name 'a\\u202eb' holds the invisible character U+202E"
    >>> name_fault("이름")
    """
    if len(name) > MAX_NAME:
        return f"the name '{shown(name)}' is longer than {MAX_NAME} characters"
    match = _HOSTILE.search(name)
    if match is None:
        return None
    return f"the name '{shown(name)}' holds the invisible character U+{ord(match[0]):04X}"


def is_token(name: str) -> bool:
    """Whether a text is a token of RFC 9110, as names of headers and cookies must be."""
    return _TOKEN.fullmatch(name) is not None


def is_media_type(text: str) -> bool:
    """Whether a text is a media type or range, with or without parameters.

    >>> [is_media_type(text) for text in ("application/json; charset=utf-8", "text/*", "*/*", "json", "a/b c")]
    [True, True, True, False, False]
    """
    return len(text) <= MAX_NAME and _MEDIA_TYPE.fullmatch(text) is not None


def media_type_of(text: str) -> str:
    """Give a media type as it can be sent: without parameters that do not parse; any if empty, nothing if it is none.

    >>> [media_type_of(text) for text in ("a/b; c=d", "text/plain; utf-8", "application/json, charset=utf-8", "gzip")]
    ['a/b; c=d', 'text/plain', 'application/json', '']
    >>> media_type_of("")
    '*/*'
    """
    if not text:
        return "*/*"
    if is_media_type(text):
        return text
    parts = _DEFECTIVE.fullmatch(text)
    return parts[1] if parts is not None and is_media_type(parts[1]) else ""


def check_names(visit: Visit) -> Iterator[Diagnostic]:
    """Check the names that one object carries itself, and the keys of its maps."""
    node = visit.node
    for key in _NAMED.get(visit.kind, ()):
        yield from _named(node.get(key))
    for key in _KEYED.get(visit.kind, ()):
        held = node.get(key)
        for name, member in held.items() if held is not None else ():
            yield from _fault(member, name)
    yield from _technical(visit)


_NAMED = {
    "operation": ("operationId", "tags"),
    "tag": ("name",),
    "parameter": ("name",),
    "security scheme": ("name",),
    "schema": ("enum", "required"),
}
_KEYED = {
    "schema": ("properties", "patternProperties", "$defs", "definitions"),
    "media type": ("encoding",),
    "server": ("variables",),
    "operation": ("callbacks",),
    "response": ("links",),
    "document": ("webhooks",),
}


def _named(node: Node | None) -> Iterator[Diagnostic]:
    if node is None:
        return
    for member in node.elements() if node.is_sequence else (node,):
        if isinstance(member.plain, str):
            yield from _fault(member, member.plain)


def _fault(node: Node, name: str) -> Iterator[Diagnostic]:
    fault = name_fault(name)
    if fault is not None:
        yield node.error("name.hostile", fault)


def _technical(visit: Visit) -> Iterator[Diagnostic]:
    node = visit.node
    if visit.kind == "components":
        yield from _component_keys(node)
    elif visit.kind in ("parameter", "security scheme"):
        yield from _header_or_cookie(node)
    elif visit.kind == "operation":
        yield from _statuses(node)
    if visit.kind in ("request body", "response", "parameter", "header"):
        yield from _media_types(node)
    if visit.kind in ("response", "encoding"):
        headers = node.get("headers")
        for name, member in headers.items() if headers is not None else ():
            if not is_token(name):
                yield member.error("name.header", f"'{shown(name)}' is no header name (RFC 9110)")


def _component_keys(node: Node) -> Iterator[Diagnostic]:
    for section in SECTIONS.values():
        held = node.get(section)
        for name, member in held.items() if held is not None else ():
            if not _COMPONENT.fullmatch(name):
                allowed = "letters, digits, '.', '_' and '-'"
                yield member.error("name.component", f"the component's name '{shown(name)}' may hold {allowed} only")
            else:
                yield from _fault(member, name)


def _header_or_cookie(node: Node) -> Iterator[Diagnostic]:
    location, name = node.get("in"), node.get("name")
    if location is None or name is None or location.plain not in ("header", "cookie"):
        return
    text = name.string
    if text is not None and not is_token(text):
        yield name.error("name.header", f"'{shown(text)}' is no {location.plain} name (RFC 9110)")
    elif text is not None and location.plain == "header" and text.lower() in _IGNORED_HEADERS and "schema" in node:
        yield node.warning("name.ignored", f"a header parameter '{shown(text)}' is ignored, as OpenAPI says")


def _media_types(node: Node) -> Iterator[Diagnostic]:
    content = node.get("content")
    for name, member in content.items() if content is not None else ():
        known = media_type_of(name)
        if not known:
            yield member.error(
                "name.media-type", f"'{shown(name)}' is no media type: it would be two words, as in 'text/csv'"
            )
        elif known != name:
            fault = f"the parameters of '{shown(name)}' do not parse" if name else "the media type is empty"
            yield member.warning("name.media-type", f"{fault}; '{known}' is taken")


def _statuses(node: Node) -> Iterator[Diagnostic]:
    responses = node.get("responses")
    for name, member in responses.items() if responses is not None else ():
        if not name.startswith("x-") and not _STATUS.fullmatch(name):
            yield member.error(
                "name.status", f"'{shown(name)}' is no status: three digits, a range like '4XX', or 'default'"
            )

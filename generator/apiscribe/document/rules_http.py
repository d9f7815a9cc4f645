"""Rules for addresses: paths, their variables and servers come in, what cannot be sent goes out as errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from apiscribe.document.node import Node
from apiscribe.document.rules_names import name_fault
from apiscribe.document.walk import Visit
from apiscribe.errors import Diagnostic, shown

MAX_PATH = 2_000
MAX_ADDRESS = 2_000
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_PATH_TEXT = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")
_SERVER = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:[^:\[\]]+|\[[0-9A-Fa-f:.]+\])(?::(?:([0-9]{0,5})|x))?")
_MAX_PORT = 65_535
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`|{}]")


def path_fault(path: str) -> str | None:
    """Say what keeps a path from being sent as written, or None.

    >>> path_fault("/v1/things/{thing_id}:cancel")
    >>> path_fault("/a/%2e%2E/b")
    "the path '/a/%2e%2E/b' has a '.' or '..' segment"
    """
    where = f"the path '{shown(path)}'"
    if len(path) > MAX_PATH:
        return f"{where} is longer than {MAX_PATH} characters"
    if not path.startswith("/"):
        return f"{where} does not begin with '/'"
    for name in _VARIABLE.findall(path):
        fault = "a variable without a name" if not name else name_fault(name)
        if fault is None and re.search(r"[/?#]", name):
            fault = f"a variable '{shown(name)}' with '/', '?' or '#' in its name"
        if fault is not None:
            return f"{where} has {fault}" if fault.startswith("a ") else fault
    repeated = sorted(name for name, count in Counter(_VARIABLE.findall(path)).items() if count > 1)
    if repeated:
        return f"{where} has the variable '{shown(repeated[0])}' twice; OpenAPI allows each once"
    text = _VARIABLE.sub("", path)
    if not _PATH_TEXT.fullmatch(text):
        return f"{where} holds a character that no path can hold (RFC 3986); parameters are declared, not written in it"
    if "//" in path:
        return f"{where} holds '//'"
    if any(unquote_to_bytes(segment) in (b".", b"..") for segment in path.split("/")):
        return f"{where} has a '.' or '..' segment"
    return None


def variables_of(path: str) -> tuple[str, ...]:
    """List the variables of a path in their order.

    >>> variables_of("/a/{x}/b/{y}:do")
    ('x', 'y')
    """
    return tuple(dict.fromkeys(_VARIABLE.findall(path)))


def check_paths(root: Node) -> Iterator[Diagnostic]:
    """Check each path once."""
    paths = root.get("paths")
    shapes: dict[str, str] = {}
    for path, item in paths.items() if paths is not None else ():
        if path.startswith("x-"):
            continue
        fault = path_fault(path)
        if fault is not None:
            yield item.error("path.form", fault)
        other = shapes.setdefault(_VARIABLE.sub("{}", path), path)
        if other != path:
            yield item.warning("path.twin", f"the path differs from '{shown(other)}' in its variables' names only")


def _text(node: Node, key: str) -> str | None:
    member = node.get(key)
    return member.string if member is not None else None


def check_server(visit: Visit) -> Iterator[Diagnostic]:
    """Check a server's address, with the values that its variables may take."""
    if visit.kind != "server":
        return
    url = visit.node.get("url")
    text = url.string if url is not None else None
    if url is None or text is None:
        return  # the structure says that it is missing
    if len(text) > MAX_ADDRESS:
        yield url.error("server.address", f"an address is longer than {MAX_ADDRESS} characters")
        return
    variables = visit.node.get("variables")
    known = dict(variables.items()) if variables is not None else {}
    for name in _VARIABLE.findall(text):
        if name not in known:
            yield url.error("server.variable", f"the variable '{shown(name)}' of the address is not declared")
    for fault in _faults_of(_filled(text, known)):
        yield url.error("server.address", f"the address '{shown(text)}' {fault}")
    match = _SERVER.fullmatch(text)
    if match is not None and match[4]:
        yield url.warning("server.query", "the query of the address is left out")
    if text.startswith("//"):
        yield url.warning("server.scheme", "the address leaves http or https open: https is taken")
    yield from _check_values(text, known)


def _check_values(text: str, variables: dict[str, Node]) -> Iterator[Diagnostic]:
    for name, variable in variables.items():
        default, values = variable.get("default"), variable.get("enum")
        choices = values.elements() if values is not None else ()
        for choice in choices:
            for fault in _faults_of(_filled(text, variables, {name: choice.string or ""})):
                yield choice.error("server.address", f"with '{shown(choice.string)}' the address {fault}")
        if default is None or default.string is None:
            continue
        if default.string and is_placeholder(default.string):
            yield default.warning("server.default", f"'{shown(default.string)}' stands for a value; no default is used")
        elif choices and default.string not in [choice.string for choice in choices]:
            yield default.warning(
                "server.default", f"'{shown(default.string)}' is not one of the values; still the default"
            )


def is_placeholder(default: str) -> bool:
    """Whether a variable's default only stands for a value that the caller must give: nothing, or a name in braces.

    >>> [is_placeholder(text) for text in ("", "{account}", "<account>", "kr-west1")]
    [True, True, True, False]
    """
    return not default or re.search(r"[{}<>]", default) is not None


def _filled(text: str, variables: dict[str, Node], chosen: dict[str, str] | None = None) -> str:
    """Fill in the variables of an address; one without a usable default counts as a harmless letter."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if chosen and name in chosen:
            return chosen[name]
        default = (_text(variables[name], "default") if name in variables else None) or ""
        return "x" if is_placeholder(default) else default

    return _VARIABLE.sub(value, text)


def _faults_of_authority(authority: str) -> Iterator[str]:
    reached = _AUTHORITY.fullmatch(authority)
    if reached is None:
        yield "has no host that can be reached"
    elif int(reached[1] or 0) > _MAX_PORT:
        yield f"has the port {reached[1]}; ports end at {_MAX_PORT}"


def _faults_of(address: str) -> Iterator[str]:
    match = _SERVER.fullmatch(address)
    if match is None or _UNSAFE.search(address):
        yield "holds a character that no address can hold"
        return
    scheme, authority, path, _, fragment = match.groups()
    if scheme is not None and scheme.lower() not in ("http", "https"):
        yield "is neither http nor https"
    elif scheme is not None and not authority:
        yield "has no host"
    elif scheme is None and authority == "":
        yield "has neither a host nor http or https before it"
    if authority is not None and "@" in authority:
        yield "carries a user name"
    elif authority:
        yield from _faults_of_authority(authority)
    if fragment is not None:
        yield "carries a fragment"
    if any(unquote_to_bytes(segment) in (b".", b"..") for segment in path.split("/")[1:]):
        yield "has a '.' or '..' segment"

"""Canonical forms that signers need: texts of a request go in, pairs, parts of an address, decoded bytes come out."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import string
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import AnyStr
from urllib.parse import quote, unquote_to_bytes

from .errors import CredentialsError

Pairs = list[tuple[bytes, bytes]]
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PLAIN_PATH = re.compile("[A-Za-z0-9._~/-]*")
_FORM = "application/x-www-form-urlencoded"


def query_pairs(query: str) -> Pairs:
    """Take a query apart, percent-encoding undone; a plus is a plus, and what has no `=` has an empty value.

    >>> query_pairs("b=%20+&a")
    [(b'b', b' +'), (b'a', b'')]
    """
    if not query:
        return []
    parts = [text.partition(b"=") for text in query.encode().split(b"&") if text]
    if "%" not in query:
        return [(name, value) for name, _, value in parts]
    return [(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in parts]


def form_pairs(text: str) -> Pairs:
    """Take a form apart; a plus is a blank.

    >>> form_pairs("b=%2B+")
    [(b'b', b'+ ')]
    """
    return query_pairs(text.replace("+", "%20"))


def body_pairs(headers: Mapping[str, str], body: bytes) -> Pairs:
    """Take a body apart if it is a form; any other has no pairs."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return form_pairs(body.decode("latin-1")) if body and kind == _FORM else []


def percent_encoded(value: bytes) -> str:
    """Percent-encode all but letters, digits and `-._~`; most values are nothing else, and done at once.

    >>> percent_encoded(b"a b/~")
    'a%20b%2F~'
    """
    return value.decode() if value.isalnum() else quote(value, safe="")


def path_encoded(path: str) -> str:
    """Percent-encode all but letters, digits and `-._~/`.

    >>> path_encoded("/a b/c:d")
    '/a%20b/c%3Ad'
    """
    return path if _PLAIN_PATH.fullmatch(path) else quote(path, safe="/")


def collapsed(text: str) -> str:
    """Make runs of blanks one, and take them from both ends.

    >>> collapsed(" a  b c ")
    'a b c'
    """
    text = text.strip(" ")
    return text if "  " not in text else " ".join([word for word in text.split(" ") if word])


def parameter(pairs: Iterable[tuple[bytes, bytes]], name: str) -> bytes:
    """Find the first value of a name; b"" if there is none."""
    wanted = name.encode()
    return next((value for key, value in pairs if key == wanted), b"")


def grouped(rows: Iterable[tuple[AnyStr, AnyStr]], separator: AnyStr) -> list[tuple[AnyStr, AnyStr]]:
    """Join the values of one name, in their order.

    >>> grouped([("a", "1"), ("b", "2"), ("a", "3")], ",")
    [('a', '1,3'), ('b', '2')]
    """
    found: dict[AnyStr, AnyStr] = {}
    for name, value in rows:
        found[name] = found[name] + separator + value if name in found else value
    return list(found.items())


def normal_path(path: str) -> str:
    """Take dot segments and doubled slashes out of a path, as RFC 3986 says of the first.

    >>> [normal_path(path) for path in ("//a/./b/../c//", "/..", "")]
    ['/a/c/', '/', '/']
    """
    if "//" not in path and "/." not in path and path.startswith("/"):
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    end = "/" if kept and path.endswith(("/", "/.", "/..")) else ""
    return "/" + "/".join(kept) + end


def ending(text: AnyStr, end: AnyStr) -> AnyStr:
    """Put an end to a text that does not have it."""
    return text if text.endswith(end) else text + end


def hostname(host: str) -> str:
    """Give a host in lower case, without its port."""
    name, mark, port = host.rpartition(":")
    return (name if mark and port.isdigit() else host).lower()


def port(scheme: str, host: str) -> str:
    """Give the port, the scheme's own where the address names none."""
    _, mark, given = host.rpartition(":")
    return given if mark and given.isdigit() else _DEFAULT_PORTS.get(scheme.lower(), "")


def authority(scheme: str, host: str) -> str:
    """Give the host in lower case, with its port unless that is the scheme's own."""
    name, given = hostname(host), port(scheme, host)
    if not given or given == _DEFAULT_PORTS.get(scheme.lower()):
        return name
    return f"{name}:{given}"


def json_string(text: bytes) -> str:
    """Write a text as a JSON string in ASCII."""
    import json

    return json.dumps(text.decode("utf-8", "replace"))


def from_base64(text: bytes) -> bytes:
    """Decode Base64, of either alphabet, with padding or without.

    Raises:
        CredentialsError: it is none; a recipe decodes credentials only.
    """
    plain = text.strip().translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        raise CredentialsError("credentials: a value that must be Base64 is not") from None


def from_hex(text: bytes) -> bytes:
    """Decode hexadecimal digits.

    Raises:
        CredentialsError: it is none; a recipe decodes credentials only.
    """
    try:
        return binascii.unhexlify(text.strip())
    except binascii.Error:
        raise CredentialsError("credentials: a value that must be hexadecimal is not") from None


_ALPHABETS: Mapping[str, Sequence[str]] = {
    "hex": string.digits + "abcdef",
    "alphanumeric": string.ascii_letters + string.digits,
    "digits": string.digits,
}


def new_nonce(form: str) -> str:
    """Make a nonce: `uuid`, or `hex-8`, `alphanumeric-8`, `digits-8`, or `base64-8` for so many bytes."""
    if form == "uuid":
        return str(uuid.uuid4())
    kind, _, length = form.partition("-")
    if kind == "base64":
        return base64.b64encode(secrets.token_bytes(int(length))).decode()
    return "".join([secrets.choice(_ALPHABETS[kind]) for _ in range(int(length))])

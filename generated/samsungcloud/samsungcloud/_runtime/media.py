"""Media types: what an answer says it is, held against what is documented for it."""

from __future__ import annotations

import codecs
import re
from fnmatch import fnmatchcase
from typing import Any

from .operation import ByMedia

NO_CONTENT = (204, 205)
"""The statuses of HTTP's own that have no body, whatever is documented."""
_UTF_8 = "utf-8"
_BOM = codecs.BOM_UTF8
# Character sets that services use: among Python's other codecs are some that take hours, or read no text.
_CHARSETS = (
    r"utf[-_]?(8|16|32)([-_]?[bl]e)?|(us[-_])?ascii|(iso[-_]?8859|latin)[-_]?\d{1,2}|(windows|cp)[-_]?\d{3,4}|koi8[-_][rut]"
    r"|euc[-_](jp|kr)|gb(k|2312|18030)|big5([-_]hkscs)?|shift[-_]jis"
)
_ANY = ("", "application/octet-stream", "binary/octet-stream", "*/*")


def plain(media_type: str) -> str:
    """Give a media type without its parameters.

    >>> plain("Text/CSV; charset=utf-8")
    'text/csv'
    """
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON.

    >>> is_json("application/problem+json; charset=utf-8"), is_json("text/plain")
    (True, False)
    """
    name = plain(media_type)
    return name in ("application/json", "text/json") or name.endswith("+json")


def kinds_of(declared: Any) -> tuple[tuple[str, Any], ...]:
    """Give the types of a response by media type; where only one is documented, without the words for it."""
    if isinstance(declared, ByMedia):
        return declared.kinds
    return (("" if declared in (bytes, str) else "application/json", declared),)


def kind_for(declared: Any, content_type: str) -> Any:
    """Choose the type of an answer by its own media type, or else the preferred one.

    >>> kind_for(ByMedia((("application/json", dict), ("text/csv", str))), "text/csv; header=present").__name__
    'str'
    """
    kinds, told = kinds_of(declared), plain(content_type)
    for name, kind in kinds:
        if fnmatchcase(told, plain(name)):
            return kind
    if is_json(told):
        return next((kind for name, kind in kinds if is_json(name)), kinds[0][1])
    return kinds[0][1]


def is_other(declared: Any, content_type: str) -> bool:
    """Say whether an answer is of a kind that is not documented, as a web page in place of a picture is.

    One kind of text or picture may stand for another; octets may be anything, and an answer need not say what it is.
    """
    told = plain(content_type)
    names = [plain(name) for name, _ in kinds_of(declared)]
    if told in _ANY or any(fnmatchcase(told, name) or name in _ANY for name in names):
        return False
    if told == "text/html":
        return True
    return not any(name.partition("/")[0] == told.partition("/")[0] != "application" for name in names)


def accepted(declared: list[Any]) -> str:
    """Give the Accept header for some responses: JSON where it is documented, else everything that is."""
    names = [name for kind in declared for name, _ in kinds_of(kind)]
    wanted = [name for name in dict.fromkeys(names) if is_json(name)] or [name for name in dict.fromkeys(names) if name]
    return ", ".join(wanted) if (wanted and len(wanted) == len({*names})) or any(map(is_json, wanted)) else "*/*"


def decoded(body: bytes, content_type: str) -> str:
    """Read a text in the character set that its media type names, or else as UTF-8, without a mark of byte order.

    >>> decoded(b"\\xe9", "text/plain; charset=latin1"), decoded(b"\\xef\\xbb\\xbfa", "text/plain; charset=idna")
    ('é', 'a')
    """
    return body.decode(_charset(content_type), "replace").removeprefix("\ufeff")


def as_utf8(body: bytes, content_type: str) -> bytes:
    """Give JSON as the parser reads it, in UTF-8 without a mark of byte order, whatever character set it came in.

    What is UTF-8 is read as such even if another set is named: that of JSON has no effect (RFC 8259, 11), and many
    servers name one that they do not write.
    """
    if body.startswith(_BOM):
        return body[len(_BOM) :]
    name = _charset(content_type) if "charset" in content_type.lower() else _UTF_8
    if name == _UTF_8 or _is_utf8(body):
        return body
    try:
        return body.decode(name).removeprefix("\ufeff").encode()
    except UnicodeError:
        return body  # what it is then is no JSON, and is told so


def _is_utf8(body: bytes) -> bool:
    if b"\0" in body:  # JSON has none in UTF-8, and some in UTF-16 and UTF-32
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _charset(content_type: str) -> str:
    _, _, told = content_type.lower().partition("charset=")
    name = told.partition(";")[0].strip(" \"'")
    try:
        return codecs.lookup(name).name if re.fullmatch(_CHARSETS, name) else _UTF_8
    except LookupError:
        return _UTF_8

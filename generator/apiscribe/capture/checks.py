"""The checks room: names, paths and literals from pages that are unsafe or meaningless are found here."""

from __future__ import annotations

import re

from apiscribe.errors import shown

MAX_NAME = 200
# Controls, bidi controls, zero-width characters, line and paragraph separators.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COMPONENT = re.compile(r"[A-Za-z0-9._-]+")
_SEGMENT = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\{[A-Za-z0-9_.~-]+\})+")
VARIABLE = re.compile(r"\{([^{}/]*)\}")


def name_fault(name: str) -> str | None:
    r"""Say what is wrong with a name, if anything.

    >>> name_fault("k8s.version"), name_fault("a\u202eb")
    (None, 'holds the character U+202E')
    """
    if not name:
        return "is empty"
    if len(name) > MAX_NAME:
        return f"has {len(name)} characters; at most {MAX_NAME} are read"
    unsafe = _UNSAFE.search(name)
    return f"holds the character U+{ord(unsafe[0]):04X}" if unsafe else None


def header_fault(name: str) -> str | None:
    """Say what is wrong with the name of a header or cookie, if anything."""
    return name_fault(name) or (None if _TOKEN.fullmatch(name) else "is no HTTP token")


def component_fault(name: str) -> str | None:
    """Say what is wrong with a name under components, if anything."""
    return name_fault(name) or (
        None if _COMPONENT.fullmatch(name) else "may hold only letters, digits, '.', '_' and '-'"
    )


def path_fault(path: str) -> str | None:
    """Say what is wrong with a path template, if anything.

    >>> path_fault("/v1/a/{a_id}"), path_fault("/v1//a"), path_fault("/v1/%2e%2E")
    (None, 'has an empty segment', 'has a dot segment')
    """
    if not path.startswith("/") or len(path) > 2000:
        return "does not start with '/'" if not path.startswith("/") else "is too long"
    segments = path[1:].split("/")
    if "" in segments[:-1]:
        return "has an empty segment"
    for segment in segments:
        if re.sub("%2e", ".", segment, flags=re.IGNORECASE) in (".", ".."):
            return "has a dot segment"
        if segment and not _SEGMENT.fullmatch(segment):
            return "holds characters that a path may not hold"
    variables = VARIABLE.findall(path)
    if len(set(variables)) < len(variables):
        return "names a variable twice"
    return None


def quoted(text: str) -> str:
    r"""Quote input for a message: cut, and controls escaped once.

    >>> print(quoted("a\tb"))
    'a\tb'
    """
    return f"'{shown(text)}'"

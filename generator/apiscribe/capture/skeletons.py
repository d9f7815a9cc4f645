"""The skeletons room: bodies shown as JSON whose values are type names or lists of values, as `(A | B)`."""

from __future__ import annotations

import re

from apiscribe.capture.literals import LiteralError, read_json
from apiscribe.capture.readings import Json

_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CHOICE = r"\(\s*[\w.+-]+(?:\s*\|\s*[\w.+-]+)*\s*\)"
_PIECE = re.compile(rf"{_TEXT}|(?P<bare>{_CHOICE}|[A-Za-z]\w*(?:<\w+>)?)|(?P<comma>,)(?=\s*[}}\]])")
_LITERALS = frozenset({"true", "false", "null"})


def read_sample(text: str) -> Json:
    """Read a JSON sample, or a skeleton: bare words and lists of values count as texts there, and spare commas as none.

    >>> read_sample('{"type": (SMS | LMS), "to": String, "files": [{"name": "String",}]}')
    {'type': '(SMS | LMS)', 'to': 'String', 'files': [{'name': 'String'}]}

    Raises: LiteralError with the line inside the sample.
    """
    try:
        return read_json(text)
    except LiteralError:
        # A spare comma alone is a slip in an example, not a skeleton.
        words = {piece["bare"] for piece in _PIECE.finditer(text)} - {None}
        if not words - _LITERALS:
            raise
        return read_json(_PIECE.sub(_as_json, text))


def choices(value: Json) -> tuple[str, ...]:
    """Give the values that a skeleton lists for a field; none if it lists none.

    >>> choices("(SMS | LMS | MMS)"), choices("(a note)")
    (('SMS', 'LMS', 'MMS'), ())
    """
    if not isinstance(value, str) or "|" not in value or not re.fullmatch(_CHOICE, value.strip()):
        return ()
    return tuple(word.strip() for word in value.strip()[1:-1].split("|"))


def _as_json(piece: re.Match[str]) -> str:
    if piece["comma"]:
        return ""
    return f'"{piece["bare"]}"' if piece["bare"] and piece["bare"] not in _LITERALS else piece[0]

"""The emit room: plain values to YAML text in one spelling, easy to review, and the same to YAML 1.1 and 1.2."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from apiscribe.capture.readings import Json

WIDTH = 120
# What may stand without quotes: words that no YAML version takes for a number, a date, a flag, null or punctuation.
_PLAIN = re.compile(r"[A-Za-z_$/가-힣(][^\x00-\x1f\x7f-\xa0\"'`\\]*")
_PLAIN_IN_LIST = re.compile(r"[A-Za-z0-9_$./@ +()가-힣-]*")
_RESERVED = re.compile(r"(?:y|n|yes|no|on|off|true|false|null|nan|inf)", re.IGNORECASE)
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u0600-\u0605\u061c\u200b-\u200f\u2028-\u202f\u205f-\u206f\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def to_yaml(document: Mapping[str, Json]) -> str:
    """Print a document.

    >>> print(to_yaml({"version": "1.1", "on": True, "types": ["string", "null"], "text": "a\\nb"}), end="")
    version: "1.1"
    "on": true
    types: [string, "null"]
    text: |-
      a
      b
    """
    lines: list[str] = []
    _mapping(document, 0, lines)
    return "\n".join(lines) + "\n" if lines else "{}\n"


def _mapping(value: Mapping[str, Json], indent: int, lines: list[str]) -> None:
    for key, item in value.items():
        _entry(f"{' ' * indent}{_scalar(key)}:", item, indent, lines)


def _entry(start: str, item: Json, indent: int, lines: list[str]) -> None:
    if isinstance(item, Mapping) and item:
        lines.append(start)
        _mapping(item, indent + 2, lines)
    elif isinstance(item, list) and item:
        flow = _flow(item)
        if flow is not None and len(start) + 1 + len(flow) <= WIDTH:
            lines.append(f"{start} {flow}")
        else:
            lines.append(start)
            _sequence(item, indent + 2, lines)
    elif isinstance(item, str) and _is_block(item):
        lines.append(f"{start} {_block_mark(item)}")
        lines.extend(f"{' ' * (indent + 2)}{line}" if line else "" for line in item.rstrip("\n").split("\n"))
    else:
        lines.append(f"{start} {_value(item)}")


def _sequence(value: Sequence[Json], indent: int, lines: list[str]) -> None:
    for item in value:
        start = f"{' ' * indent}-"
        if isinstance(item, Mapping) and item:
            nested: list[str] = []
            _mapping(item, indent + 2, nested)
            lines.append(f"{start} {nested[0][indent + 2 :]}")
            lines.extend(nested[1:])
        elif isinstance(item, list) and item:
            flow = _flow(item)
            if flow is not None and len(start) + len(flow) < WIDTH:
                lines.append(f"{start} {flow}")
            else:
                lines.append(start)
                _sequence(item, indent + 2, lines)
        else:
            _entry(start, item, indent, lines)


def _flow(value: Sequence[Json]) -> str | None:
    if any(isinstance(item, Mapping | list) and item for item in value):
        return None
    if any(isinstance(item, str) and _is_block(item) for item in value):
        return None
    return f"[{', '.join(_value(item, flow=True) for item in value)}]"


def _value(item: Json, *, flow: bool = False) -> str:
    if isinstance(item, str):
        return _scalar(item, flow=flow)
    if isinstance(item, bool) or item is None:
        return {True: "true", False: "false", None: "null"}[item]
    if isinstance(item, float):
        return _number(item)
    return "{}" if isinstance(item, Mapping) else "[]" if isinstance(item, list) else str(item)


def _number(value: float) -> str:
    # YAML 1.1 wants a point before the exponent and a sign in it.
    mantissa, mark, exponent = repr(value).partition("e")
    if not mark:
        return mantissa
    sign = "" if exponent.startswith(("-", "+")) else "+"
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{sign}{exponent}"


def _scalar(text: str, *, flow: bool = False) -> str:
    if _is_plain(text, flow=flow):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(_escaped, quoted)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _RESERVED.fullmatch(text) or text != text.strip():
        return False
    if _HIDDEN.search(text) or ": " in text or " #" in text or text.endswith(":"):
        return False
    # An address holds a colon before a slash, which every reader takes as text; inside a list far more is punctuation.
    return not flow or _PLAIN_IN_LIST.fullmatch(text) is not None


def _is_block(text: str) -> bool:
    body = text.rstrip("\n")
    if "\n" not in body or body[0] in " \n" or _HIDDEN.search(text) or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        return False
    return not any(line != line.rstrip() for line in body.split("\n"))


def _block_mark(text: str) -> str:
    endings = len(text) - len(text.rstrip("\n"))
    return "|-" if endings == 0 else "|" if endings == 1 else "|+"

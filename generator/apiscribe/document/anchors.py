"""Anchors: a document comes in, the places of the schemas that an `$anchor` names go out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from apiscribe.document.node import Document, Plain

ANCHOR = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
# What stands below these is data, whatever its keys are.
_DATA = frozenset({"example", "examples", "default", "const", "enum", "value"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "schemas"})

Path = tuple[str | int, ...]


def anchors_of(document: Document) -> dict[str, list[Path]]:
    """List the places of each anchor of a document, in document order."""
    found: dict[str, list[Path]] = {}
    stack: list[tuple[Path, Plain]] = [((), document.root.plain)]
    while stack:
        path, plain = stack.pop()
        members: Iterable[tuple[str | int, Plain]] = ()
        if isinstance(plain, dict):
            # Below properties a name is only a name, and so is one that is spelled as a keyword.
            is_named = len(path) > 0 and path[-1] in _NAMED
            anchor = plain.get("$anchor")
            if isinstance(anchor, str) and not is_named:
                found.setdefault(anchor, []).append(path)
            members = [item for item in plain.items() if is_named or not _is_data(item[0])]
        elif isinstance(plain, list):
            members = list(enumerate(plain))
        stack.extend(((*path, key), value) for key, value in reversed(list(members)) if isinstance(value, dict | list))
    return found


def _is_data(key: str) -> bool:
    return key in _DATA or key.startswith("x-")

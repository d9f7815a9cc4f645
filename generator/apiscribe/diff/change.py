"""What a change is: its impact on callers, what is said of it, and where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from apiscribe.document.node import Node, Plain
from apiscribe.errors import Origin, shown

_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[.+-].*)?", re.IGNORECASE)


class Impact(StrEnum):
    """What a change does to those who call the API: the first that fits, in this order."""

    BREAKING = "breaking"
    ADDITIVE = "additive"
    EDITORIAL = "editorial"

    @property
    def rank(self) -> int:
        """Order impacts, the gravest first."""
        return list(Impact).index(self)


class Direction(StrEnum):
    """Which way a value goes: what callers send, or what they get."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def narrower(self) -> Impact:
        """The impact of allowing less: callers send what is refused now, or get less than they are ready for."""
        return Impact.BREAKING if self is Direction.REQUEST else Impact.ADDITIVE

    @property
    def wider(self) -> Impact:
        """The impact of allowing more: callers may send more, or get what they are not ready for."""
        return Impact.ADDITIVE if self is Direction.REQUEST else Impact.BREAKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change; the origin is that of the new document, or of the old one for what is gone."""

    impact: Impact
    message: str
    origin: Origin

    @property
    def pointer(self) -> str:
        """The RFC 6901 JSON pointer of what changed; empty for the whole document."""
        return self.origin.pointer or ""


def change(impact: Impact, message: str, node: Node) -> Change:
    """Make a change at a node."""
    return Change(impact=impact, message=message, origin=node.origin)


def gravest(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Keep one of the changes that say the same of the same place, the gravest, and order them: gravest first."""
    kept: dict[tuple[str, str, str], Change] = {}
    for item in changes:
        key = (item.origin.file, item.pointer, item.message)
        if key not in kept or item.impact.rank < kept[key].impact.rank:
            kept[key] = item
    return tuple(sorted(kept.values(), key=lambda item: item.impact.rank))


def impact_of(changes: Iterable[Change]) -> Impact | None:
    """Give the gravest impact of some changes; None if there are none."""
    return min((item.impact for item in changes), key=lambda impact: impact.rank, default=None)


def told(value: Plain) -> str:
    """Show a value in a message.

    >>> told(None), told(True), told("a"), told(["a", 1]), told({"a": True})
    ('null', 'true', "'a'", "['a', 1]", '{"a": true}')
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return shown(json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else repr(value), 60)


def next_version(version: str, impact: Impact | None) -> str | None:
    """Propose the version after changes of an impact, as Semantic Versioning counts; None if it is no such version.

    Before 1.0.0 everything may change: what breaks counts up the second number there, anything else the third.

    >>> [next_version("1.1", impact) for impact in (*Impact, None)]
    ['2.0.0', '1.2.0', '1.1.1', '1.1.0']
    >>> [next_version("0.3.1", impact) for impact in Impact]
    ['0.4.0', '0.3.2', '0.3.2']
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        return None
    major, minor, patch = (int(number or 0) for number in match.groups())
    if impact is None:
        return f"{major}.{minor}.{patch}"
    if impact is Impact.BREAKING:
        return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
    if impact is Impact.ADDITIVE and major:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"

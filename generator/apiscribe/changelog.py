"""The changelog room: a changelog's text and what changed come in, the text with one entry more goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apiscribe.markdown import Markdown, text

MAX_LISTED: Final = 100
_SECTION: Final = re.compile(r"^##[ \t]+\[?v?([^\s\]]+)", re.MULTILINE)
_NEXT: Final = re.compile(r"^##[ \t]", re.MULTILINE)
_HEAD: Final = """\
# Changelog

What changed for those who use this package. Entries that follow from the documents are added when it is generated; what
stands here already is never changed, so edit it as you like.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What changed in the documents: breaking changes and additions, each in words."""

    breaking: tuple[str, ...] = ()
    additive: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed for callers."""
        return not (self.breaking or self.additive)


def begun(version: str, holds: Sequence[str]) -> str:
    """Begin the changelog of a distribution; `holds` says what is in its first version.

    >>> print(begun("0.1.0", ["Shop 1: 3 operations"]).partition("\\n## ")[2], end="")
    0.1.0
    <BLANKLINE>
    - First version, with Shop 1: 3 operations.
    """
    listed = "; ".join(text(item) for item in holds)
    return f"{_HEAD}\n## {version}\n\n- First version, with {listed}.\n"


def updated(changelog: str, version: str, entry: Entry) -> str:
    """Add an entry to the section of a version, which is begun above the others if there is none yet.

    >>> updated("# Log\\n\\n## 1.0.0\\n\\n- Mine.\\n", "1.0.0", Entry(additive=("a is new",)))
    '# Log\\n\\n## 1.0.0\\n\\n- Mine.\\n- a is new.\\n'
    """
    if entry.is_empty:
        return changelog
    end = "\r\n" if "\r\n" in changelog else "\n"
    lines = end.join(f"- {line}" for line in _lines(entry))
    sections = list(_SECTION.finditer(changelog))
    own = next((match for match in sections if match[1] == version), None)
    if own is None:
        place = _NEXT.search(changelog)
        start = place.start() if place is not None else len(changelog)
        before = changelog[:start]
        gap = "" if not before or before.endswith(end * 2) else end if before.endswith(end) else end * 2
        after = f"{end}{changelog[start:]}" if start < len(changelog) else ""
        return f"{before}{gap}## {version}{end}{end}{lines}{end}{after}"
    following = _NEXT.search(changelog, own.end())
    limit = following.start() if following is not None else len(changelog)
    section = changelog[:limit].rstrip()
    rest = changelog[len(section) :]
    # A list goes on; after a paragraph or a heading one begins.
    last = section[section.rfind("\n") + 1 :]
    gap = end if re.match(r"\s*([-*+]|\d+[.)])\s|  ", last) else end * 2
    return f"{section}{gap}{lines}{rest if rest.strip() or rest.endswith(end) else end}"


def _lines(entry: Entry) -> list[Markdown | str]:
    lines = [f"**Breaking:** {text(item)}." for item in entry.breaking] + [f"{text(item)}." for item in entry.additive]
    more = len(lines) - MAX_LISTED
    return [*lines[:MAX_LISTED], f"And {more} more changes."] if more > 0 else [*lines]

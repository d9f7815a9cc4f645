"""The history room: the change log of an overview, line by line, to entries; what is not understood stays as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from apiscribe.capture.faults import Faults
from apiscribe.capture.page import Block, Heading, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.readings import ChangeReading
from apiscribe.errors import shown

_NUMBER = r"([0-9]{1,9}\.[0-9]{1,9})(?![0-9.])"
_VERSION = re.compile(
    rf"(?:(?:api\s+)?(?:version|ver\.?|v|버전)\s*)?{_NUMBER}(?:\s*[-:(].{{0,40}}|\s+[^\s\[/_]{{1,20}}.{{0,20}})?",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?:.*[^A-Za-z0-9.])?v?{_NUMBER}(?:[^0-9].*)?", re.IGNORECASE)
_GLUED = re.compile(r"v?([0-9]{1,9}\.[0-9]{1,9})\s*(?=\[)", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•·◦▪‣+]|[0-9]{1,3}[.)])\s+")
_MARK = re.compile(r"\[([^\[\]]{1,30})\]\s*")
_CALL = re.compile(
    rf"(?:\b({'|'.join(sorted(facts.METHODS))})\b[\s:`]*)?(?<![\w/.}}])(/[A-Za-z0-9{{][^\s`,;()\"']*)", re.I
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*")
_OPERATION = re.compile(r"(?:[A-Z][a-z0-9]+){2,}[A-Za-z0-9]*|[a-z]+(?:[A-Z][a-z0-9]+)+")
_FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+|`[A-Za-z_][\w.-]*`")


def read_history(blocks: Sequence[Block], faults: Faults) -> tuple[ChangeReading, ...]:
    """Read the change log: lines under a version, each with its mark; a line without a mark continues the one above."""
    entries: list[ChangeReading] = []
    version: str | None = None
    starts = True
    for text, line, is_heading in _lines(blocks):
        glued = _GLUED.match(text)
        named = (_TITLED if is_heading else _VERSION).fullmatch(text)
        if named or glued:
            version, starts = (named or glued)[1], True  # type: ignore[index]
            if named:
                continue
            text = text[glued.end() :] if glued else text
        if text in facts.HISTORY_LABELS:
            continue
        if version is None:
            faults.warn("page-history", f"a line of the change log before any version: {shown(text)}", line)
            continue
        marked = _MARK.match(text)
        if marked or starts:
            entries.append(_entry(version, text, line))
        else:
            entries[-1] = _continued(entries[-1], text)
        starts = False
    return tuple(entries)


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[str, int, bool]]:
    for block in blocks:
        if isinstance(block, Table):
            texts = [("\n".join(row.cells), row.line) for row in block.rows]
        else:
            texts = [(block.text, block.line)]
        for text, first in texts:
            for offset, part in enumerate(text.split("\n")):
                if line := _BULLET.sub("", part.strip()).strip():
                    yield line, first + offset * (not isinstance(block, Table)), isinstance(block, Heading)


def _entry(version: str, text: str, line: int) -> ChangeReading:
    marked = _MARK.match(text)
    rest = text[marked.end() :] if marked else text
    call = _CALL.search(rest)
    return replace(
        _recognized(ChangeReading(version=version, text=text, line=line), rest),
        kind=facts.HISTORY_KINDS.get(marked[1].strip().lower()) if marked else None,
        method=call[1].lower() if call and call[1] else None,
        path=call[2].rstrip(".:") if call else None,
    )


def _continued(entry: ChangeReading, text: str) -> ChangeReading:
    call = _CALL.search(text) if entry.path is None else None
    entry = _recognized(replace(entry, text=f"{entry.text}\n{text}"), text)
    if call is None:
        return entry
    return replace(entry, method=call[1].lower() if call[1] else None, path=call[2].rstrip(".:"))


def _recognized(entry: ChangeReading, text: str) -> ChangeReading:
    """Add the names a line holds; what belongs to a path is none."""
    bare = _CALL.sub(" ", text)
    words = _WORD.findall(bare)
    models = [word for word in words if facts.HISTORY_MODEL.fullmatch(word)]
    names = [word for word in words if word not in models and _OPERATION.fullmatch(word)]
    fields = [field.strip("`") for field in _FIELD.findall(bare) if field.strip("`") not in {*models, *names}]
    return replace(
        entry,
        names=tuple(dict.fromkeys([*entry.names, *names])),
        models=tuple(dict.fromkeys([*entry.models, *models])),
        fields=tuple(dict.fromkeys([*entry.fields, *fields])),
    )

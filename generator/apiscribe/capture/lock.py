"""The lock room: the list of captured pages with their digests and what each gave, as TOML text."""

from __future__ import annotations

import json
from collections.abc import Iterable

from apiscribe.capture.readings import PageReading

_HEAD = "# Written by apiscribe capture: every page it read, and what the page gave.\n"


def lock_text(readings: Iterable[PageReading]) -> str:
    """Print the lock of a capture, pages in the order of their names."""
    entries = [_entry(reading) for reading in sorted(readings, key=lambda item: (item.name, item.sha256))]
    return "\n".join([_HEAD, *entries])


def _entry(reading: PageReading) -> str:
    pairs = {
        "path": reading.name,
        "address": reading.page if reading.page != reading.name else None,
        "kind": reading.kind,
        "language": reading.language,
        "sha256": reading.sha256,
    }
    lines = [f"{name} = {_text(value)}" for name, value in pairs.items() if value is not None]
    gave = [f"operation {item.method} {item.path} {item.version}" for item in reading.operations]
    gave += [f"model {item.name}" for item in reading.models]
    gave += ["overview"] if reading.overview else []
    listed = "".join(f"    {_text(item)},\n" for item in gave)
    lines.append(f"gave = [\n{listed}]" if gave else "gave = []")
    return "\n".join(["[[page]]", *lines, ""])


def _text(value: str) -> str:
    # A JSON text is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

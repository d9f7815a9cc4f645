"""The lock room: the list of captured pages with their digests, what each gave and how it was fetched, as TOML text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apiscribe.capture.readings import PageReading

_WORDS = ("path", "sha256", "address", "kind", "form", "language", "service")
_HEAD = "# Written by apiscribe capture: every page it read, and what the page gave.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """How a page came from its portal: the address asked for, the digest of what is kept, validators, last status."""

    address: str
    sha256: str
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPage:
    """A page as a lock lists it: what identifies it, its digest, and what it gave, each as the lock writes it."""

    path: str
    sha256: str
    address: str = ""
    kind: str = ""
    form: str = ""
    language: str = ""
    service: str = ""
    gave: tuple[str, ...] = ()


def lock_text(readings: Iterable[PageReading]) -> str:
    """Print the lock of a capture, pages in the order of their names."""
    ordered = sorted(readings, key=lambda item: (item.name, item.sha256))
    return _printed(_values(reading) for reading in ordered)


def with_fetched(text: str, fetched: Mapping[str, Fetched]) -> str:
    """Add to a lock how its pages were fetched, by path; nothing is said of a page that was changed since."""
    if not fetched:
        return text
    pages = tomllib.loads(text).get("page", [])
    return _printed({**page, **_fetched_values(fetched.get(page["path"]), page["sha256"])} for page in pages)


def locked_pages(text: str) -> tuple[LockedPage, ...]:
    """Read the pages of a lock; entries of another shape, and a lock that is no TOML, say nothing."""
    found = []
    for page in _entries(text):
        words = {word: page[word] for word in _WORDS if isinstance(page.get(word), str)}
        gave = page.get("gave")
        if "path" in words and "sha256" in words and isinstance(gave, list):
            found.append(LockedPage(**words, gave=tuple(str(item) for item in gave)))
    return tuple(found)


def fetched_pages(text: str) -> dict[str, Fetched]:
    """Read how the pages of a lock were fetched, by path; entries that say nothing of it are left out.

    A lock that is no TOML, or has another shape, says nothing: its pages are then simply fetched in full.
    """
    found = {}
    for page in _entries(text):
        if isinstance(page.get("path"), str) and (one := _fetched(page)) is not None:
            found[page["path"]] = one
    return found


def _entries(text: str) -> list[dict[str, Any]]:
    try:
        pages = tomllib.loads(text).get("page", [])
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
    return [page for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []


def _values(reading: PageReading) -> dict[str, Any]:
    gave = [f"operation {item.method} {item.path} {item.version}" for item in reading.operations]
    gave += [f"model {item.name}" for item in reading.models]
    gave += ["overview" for _ in reading.overviews]
    gave += [f"name {item.display_name}" for item in reading.titles]
    return {
        "path": reading.name,
        "address": reading.page if reading.page != reading.name else None,
        "kind": reading.kind,
        "form": reading.form,
        "language": reading.language,
        "service": ", ".join(reading.services) or None,
        "sha256": reading.sha256,
        "gave": gave,
    }


def _fetched_values(fetched: Fetched | None, sha256: str) -> dict[str, Any]:
    if fetched is None or fetched.sha256 != sha256:
        return {}
    return {
        "address": fetched.address,
        "status": fetched.status,
        "etag": fetched.etag,
        "last-modified": fetched.last_modified,
    }


def _fetched(page: Mapping[str, Any]) -> Fetched | None:
    address, digest, status = page.get("address"), page.get("sha256"), page.get("status")
    if not isinstance(address, str) or not isinstance(digest, str) or not isinstance(status, int):
        return None
    etag, modified = page.get("etag"), page.get("last-modified")
    return Fetched(
        address=address,
        sha256=digest,
        status=status,
        etag=etag if isinstance(etag, str) else None,
        last_modified=modified if isinstance(modified, str) else None,
    )


def _printed(pages: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join([_HEAD, *map(_entry, pages)])


def _entry(page: Mapping[str, Any]) -> str:
    shown = ("path", "address", "kind", "form", "language", "service", "sha256", "etag", "last-modified")
    lines = [f"{name} = {_text(value)}" for name in shown if (value := page.get(name)) is not None]
    lines += [f"status = {page['status']}"] if page.get("status") is not None else []
    listed = "".join(f"    {_text(item)},\n" for item in page["gave"])
    lines.append(f"gave = [\n{listed}]" if listed else "gave = []")
    return "\n".join(["[[page]]", *lines, ""])


def _text(value: str) -> str:
    # A JSON text is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""The project room: apiscribe.toml and apiscribe.lock to values, and values to apiscribe.lock."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from typing import Any, Final

from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal, shown
from apiscribe.project_package import (
    DEFAULT_VERSION,
    FORMATTERS,
    LAYOUTS,
    PYTHONS,
    Package,
    package_name_problem,
    problem_of,
)

PROJECT_FILE: Final = "apiscribe.toml"
LOCK_FILE: Final = "apiscribe.lock"
CHANGELOG_FILE: Final = "CHANGELOG.md"
_THEIRS: Final = "theirs"  # of a file that people write in as well there is no digest
MAX_PROJECT_BYTES: Final = 1024 * 1024
LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_LOCK_FORMAT: Final = 1
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
_PACKAGE_KEYS: Final = (
    *("specs", "out", "version", "formatter", "python", "distribution", "layout", "license", "license-file"),
    *("authors", "description", "changelog"),
)
_API_KEYS: Final = ("profile", "pages", "specs", "overlays", "language", "portal", "include", "exclude")
_ADDRESS: Final = re.compile(r"https?://[^\s/]")
_TABLE: Final = re.compile(r"\s*\[\s*([^\[\]#]+?)\s*\]\s*(#.*)?")
_KEY: Final = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One `[api.NAME]` table: the pages of one portal and the documents captured from them; paths as written."""

    name: str
    profile: str
    specs: str
    pages: str | None
    overlays: str | None
    language: str | None
    portal: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A read apiscribe.toml; `file` is its path as messages show it."""

    file: str
    apis: tuple[Api, ...]
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a generated distribution was made with, made from and consists of; every digest is a sha256 in hex."""

    tools: Mapping[str, str]
    options: Mapping[str, str]
    inputs: Mapping[str, str]
    references: Mapping[str, str]
    files: Mapping[str, str]


def load_project(path: Path) -> Project:
    """Read apiscribe.toml.

    Raises:
        ApiscribeError: the file is missing or too large, is not TOML, or says something that is not understood.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_PROJECT_BYTES + 1)
    except OSError as error:
        raise refusal("project-unreadable", f"cannot be read: {error.strerror}", Origin(file=str(path))) from error
    if len(data) > MAX_PROJECT_BYTES:
        raise refusal("project-too-large", "is larger than 1 MiB", Origin(file=str(path)))
    return parse_project(data, file=str(path))


def parse_project(data: bytes, *, file: str) -> Project:
    """Turn the text of apiscribe.toml into values; all that is wrong is reported at once, each with its line.

    Raises:
        ApiscribeError: the text is not TOML, or says something that is not understood.
    """
    text = _decode(data, file)
    tables = _parse(text, file)
    reading = _Reading(file, _lines_of_keys(text))
    reading.only(tables, (), ("api", "package"))
    apis = tuple(_api(reading, name, table) for name, table in reading.named_tables(tables, "api"))
    packages = tuple(_package(reading, name, table) for name, table in reading.named_tables(tables, "package"))
    _refuse_shared_folders(reading, packages)
    if reading.found:
        raise ApiscribeError(reading.found)
    return Project(file=file, apis=apis, packages=packages)


def _api(reading: _Reading, name: str, table: Mapping[str, Any]) -> Api:
    place = ("api", name)
    if not _NAME.fullmatch(name):
        reading.report("project-name", f"the name does not match {_NAME.pattern}", place)
    reading.only(table, place, _API_KEYS)
    language = reading.text(table, place, "language", "") or None
    if language and not LANGUAGE.fullmatch(language):
        reading.report(
            "project-value", f"{shown(language)} is not the code of a language, such as en", (*place, "language")
        )
    return Api(
        name=name,
        profile=reading.text(table, place, "profile", name),
        specs=reading.path(table, place, "specs"),
        pages=reading.path(table, place, "pages", "") or None,
        overlays=reading.path(table, place, "overlays", "") or None,
        language=language,
        portal=_portal(reading, table, place),
        include=reading.texts(table, place, "include") if "include" in table else (),
        exclude=reading.texts(table, place, "exclude") if "exclude" in table else (),
    )


def _portal(reading: _Reading, table: Mapping[str, Any], place: tuple[str, ...]) -> str | None:
    """Read the address of the portal whose pages are fetched; they need a folder to be kept in."""
    portal = reading.text(table, place, "portal", "") or None
    if portal and not _ADDRESS.match(portal):
        reading.report("project-value", f"{shown(portal)} is not an address, https://HOST/PATH/", (*place, "portal"))
    for key in ("portal", "include", "exclude"):
        needed = "pages" if key == "portal" else "portal"
        if key in table and needed not in table:
            reading.report("project-missing", f"{key} is of no use without {needed}", (*place, key))
    return portal


def _package(reading: _Reading, name: str, table: Mapping[str, Any]) -> Package:
    place = ("package", name)
    if problem := package_name_problem(name):
        reading.report("project-name", f"the name {problem}", place)
    reading.only(table, place, _PACKAGE_KEYS)
    if "license-file" in table and "license" not in table:
        reading.report("project-missing", "license-file is of no use without license", (*place, "license-file"))
    return Package(
        name=name,
        specs=reading.texts(table, place, "specs"),
        out=reading.path(table, place, "out"),
        version=reading.option(table, place, "version", DEFAULT_VERSION),
        formatter=reading.choice(table, place, "formatter", FORMATTERS),
        python=reading.choice(table, place, "python", PYTHONS),
        changelog=reading.flag(table, place, "changelog", True),
        distribution=reading.option(table, place, "distribution"),
        layout=reading.choice(table, place, "layout", LAYOUTS),
        license=reading.option(table, place, "license"),
        license_file=reading.path(table, place, "license-file", ""),
        authors=_authors(reading, table, place),
        description=reading.option(table, place, "description"),
    )


def _authors(reading: _Reading, table: Mapping[str, Any], place: tuple[str, ...]) -> tuple[str, ...]:
    authors = reading.texts(table, place, "authors") if "authors" in table else ()
    for problem in (problem_of("authors", author) for author in authors):
        if problem:
            reading.report("project-value", problem, (*place, "authors"))
    return authors


def _refuse_shared_folders(reading: _Reading, packages: tuple[Package, ...]) -> None:
    """Refuse a package inside the folder of another: a folder is replaced as a whole."""
    for number, package in enumerate(packages):
        for other in packages[:number]:
            one, two = (_parts(out) for out in (package.out, other.out))
            if package.out and other.out and (one[: len(two)] == two or two[: len(one)] == one):
                message = f"{shown(package.out)} and {shown(other.out)} of package {other.name} share a folder"
                reading.report("project-out", message, ("package", package.name, "out"))


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in normpath(path).split("/") if part != ".")


class _Reading:
    """The file being read, the lines of its keys, and what was found wrong so far."""

    def __init__(self, file: str, lines: Mapping[tuple[str, ...], int]) -> None:
        self.file = file
        self.lines = lines
        self.found: list[Diagnostic] = []

    def report(self, rule: str, message: str, place: tuple[str, ...]) -> None:
        line = next((self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines), 1)
        pointer = "".join(f"/{part}" for part in place)
        self.found.append(
            Diagnostic(rule=rule, message=message, origin=Origin(file=self.file, line=line, pointer=pointer))
        )

    def only(self, table: Mapping[str, Any], place: tuple[str, ...], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self.report("project-key", f"unknown key; known here: {', '.join(known)}", (*place, key))

    def named_tables(self, tables: Mapping[str, Any], kind: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        group = tables.get(kind, {})
        if not isinstance(group, dict):
            self.report("project-type", f"must be a group of tables, each written [{kind}.NAME]", (kind,))
            return ()
        good = []
        for name, table in group.items():
            if not isinstance(table, dict):
                self.report("project-type", f"must be a table, written [{kind}.{name}]", (kind, name))
            else:
                good.append((name, table))
        return tuple(good)

    def text(self, table: Mapping[str, Any], place: tuple[str, ...], key: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if value is None:
            self.report("project-missing", f"{key} is missing", place)
            return ""
        if not isinstance(value, str) or (not value and key in table) or "\0" in value:
            self.report("project-type", "must be a text that is not empty", (*place, key))
            return ""
        return value

    def option(self, table: Mapping[str, Any], place: tuple[str, ...], key: str, default: str = "") -> str:
        value = self.text(table, place, key, default)
        problem = problem_of(key, value) if value and key in table else None
        if problem:
            self.report("project-value", problem, (*place, key))
        return default if problem else value

    def flag(self, table: Mapping[str, Any], place: tuple[str, ...], key: str, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.report("project-type", "must be true or false", (*place, key))
        return value is True

    def path(self, table: Mapping[str, Any], place: tuple[str, ...], key: str, default: str | None = None) -> str:
        value = self.text(table, place, key, default)
        if value and (value.startswith(("/", "~")) or normpath(value).split("/")[0] == ".." or not value.isprintable()):
            self.report("project-path", f"{shown(value)} is not a path below the project's folder", (*place, key))
        return value

    def texts(self, table: Mapping[str, Any], place: tuple[str, ...], key: str) -> tuple[str, ...]:
        value = table.get(key)
        if value is None:
            self.report("project-missing", f"{key} is missing", place)
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            self.report("project-type", "must be a list of texts, at least one and none empty", (*place, key))
            return ()
        return tuple(value)

    def choice(self, table: Mapping[str, Any], place: tuple[str, ...], key: str, allowed: tuple[str, ...]) -> str:
        value = table.get(key, allowed[0])
        if value not in allowed:
            self.report("project-value", f"{shown(value)} is not one of {', '.join(allowed)}", (*place, key))
            return allowed[0]
        return str(value)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        origin = Origin(file=file)
        raise refusal("project-encoding", f"is not UTF-8 at byte offset {error.start}", origin) from error


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        origin = Origin(file=file, line=int(line[1]) if line else text.count("\n") + 1)
        raise refusal("project-syntax", f"is not TOML: {what}", origin) from error
    except RecursionError as error:
        raise refusal("project-syntax", "is nested too deeply", Origin(file=file)) from error


def _lines_of_keys(text: str) -> dict[tuple[str, ...], int]:
    """Find the line of every table header and key; tomllib keeps no positions."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _TABLE.fullmatch(line.rstrip("\r")):
            table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, next(part for part in key.groups() if part is not None)), number)
    return lines


def digest(data: bytes) -> str:
    """Digest bytes as the lock file writes them.

    >>> digest(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def make_lock(
    *,
    tools: Mapping[str, str],
    options: Mapping[str, str],
    inputs: Mapping[str, bytes],
    references: Mapping[str, bytes],
    files: Mapping[str, bytes],
) -> Lock:
    """Describe one generation, digests taken and every table in order."""
    return Lock(
        tools=dict(sorted(tools.items())),
        options=dict(sorted(options.items())),
        inputs=_digests(inputs),
        references=_digests(references),
        files={path: _THEIRS if path == CHANGELOG_FILE else taken for path, taken in _digests(files).items()},
    )


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {path: digest(contents[path]) for path in sorted(contents)}


def render_lock(lock: Lock) -> bytes:
    """Print a lock file: one line for each thing, so that it merges and reviews well."""
    lines = [
        "# Written by apiscribe together with the files listed here; it tells what they were generated from.",
        f"format = {_LOCK_FORMAT}",
    ]
    for title, table in _tables(lock).items():
        lines += ["", f"[{title}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items())]
    return ("\n".join(lines) + "\n").encode()


@lru_cache(maxsize=1)  # that of a large package takes a while, and is asked for several times
def parse_lock(data: bytes) -> Lock | None:
    """Read a lock file back; None when it is not one that this version wrote."""
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return None
    titles = ("tools", "options", "inputs", "references", "files")
    if tables.get("format") != _LOCK_FORMAT or not all(_is_table(tables.get(title)) for title in titles):
        return None
    return Lock(**{title: tables[title] for title in titles})


def _tables(lock: Lock) -> dict[str, Mapping[str, str]]:
    return {
        "tools": lock.tools,
        "options": lock.options,
        "inputs": lock.inputs,
        "references": lock.references,
        "files": lock.files,
    }


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def digests_match(expected: Mapping[str, str], read: Callable[[str], bytes | None]) -> bool:
    """Tell whether every file still has the digest that was written down for it."""
    for path, wanted in expected.items():
        data = read(path)
        if wanted == _THEIRS and data is not None:
            continue
        if data is None or digest(data) != wanted:
            return False
    return True

"""The witness room: a fact of a document and the kept page it came from go in, the line and the cell come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apiscribe.capture.forms import read_page
from apiscribe.capture.page import Block, Heading, Page, PageSource, Table
from apiscribe.capture.profile import Profile
from apiscribe.capture.readings import Json
from apiscribe.capture.statements import WHOLE, Path, at, statements

REDACTED = "(not shown: a secret)"
# Which columns may decide a member of a parameter or a property; what is not listed is decided by the schema column.
_ROLES: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "required": ("required", "name"),
    "in": ("location",),
    **dict.fromkeys(("description", "example", "examples", "x-example-as-written", "pattern"), ("description",)),
    **dict.fromkeys(("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"), ("description",)),
    **dict.fromkeys(("default", "x-default-as-written"), ("default", "description")),
    "enum": ("schema", "description"),
}
_SCHEMA = ("schema",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One cell of a table, by the title of its column."""

    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Where a page states a fact: its line, the row as cells, the deciding one of them, or else the text there."""

    file: str
    line: int
    sha256: str
    row: tuple[Quoted, ...] = ()
    cell: Quoted | None = None
    text: str | None = None


def witness(
    source: PageSource, profile: Profile, document: Mapping[str, Json], path: Path, section: str | None
) -> Witness:
    """Find the place on a page that states the fact at a path, or the nearest thing around it that the page states.

    Raises: ApiscribeError if the page cannot be read.
    """
    page = read_page(source, profile.layout)
    stated = [one for one in statements(profile.read(page), document) if path[: len(one[0])] == one[0]]
    nearest, line = max(stated, key=lambda item: len(item[0]), default=(("",), 1))
    name = _name(nearest, at(document, nearest))
    row = _row(page, line, name, section)
    if row is None:
        return _text_witness(page, line, _wanted(document, path))
    cells = _without_secrets(row, profile, name)
    cell = _deciding(cells, profile, path[len(nearest) :], at(document, path))
    return Witness(file=page.file, line=line, sha256=page.sha256, row=cells, cell=cell)


def _name(path: Path, value: Json) -> str:
    # A parameter stands in a list, everything else below its name.
    return str(value.get("name", path[-1]) if isinstance(value, dict) and isinstance(path[-1], int) else path[-1])


def _without_secrets(row: tuple[Quoted, ...], profile: Profile, name: str) -> tuple[Quoted, ...]:
    """Blank the cells that may show a secret: what is quoted leaves the page."""
    if not profile.conventions.is_secret(name):
        return row
    shown = {column for column, role in profile.columns.items() if role not in ("description", "default")}
    return tuple(cell if cell.column.casefold() in shown else Quoted(column=cell.column, text=REDACTED) for cell in row)


def _text_witness(page: Page, line: int, wanted: str) -> Witness:
    """Quote the one line that holds a text, never what stands around it, since pages show sample credentials."""
    for block in page.blocks:
        for offset, text in enumerate(_text(block).split("\n")) if wanted and block.line >= line else ():
            if wanted in text:
                return Witness(file=page.file, line=block.line + offset, sha256=page.sha256, text=text.strip())
    return Witness(file=page.file, line=line, sha256=page.sha256)


def _row(page: Page, line: int, name: str, section: str | None) -> tuple[Quoted, ...] | None:
    """Find the row on a line; a minified page has all its rows on one line, so section and name count as well."""
    following = page.blocks[_start(page, section) :]
    tables = [block for block in following if isinstance(block, Table)]
    rows = [(table.columns, row.cells) for table in tables for row in table.rows if row.line == line]
    named = [(columns, cells) for columns, cells in rows if any(cell.split()[:1] == [name] for cell in cells)]
    for columns, cells in named or (rows if len(rows) == 1 else []):
        return tuple(Quoted(column=column, text=text) for column, text in zip(columns, cells, strict=False))
    return None


def _start(page: Page, section: str | None) -> int:
    """Find where a section begins: `Name 1.1` below the headings that hold its words, one after the other."""
    index = 0
    for word in (section or "").split():
        headings = enumerate(page.blocks[index:], index)
        index = next((at for at, block in headings if isinstance(block, Heading) and word in block.text.split()), index)
    return index


def _deciding(cells: tuple[Quoted, ...], profile: Profile, rest: Path, value: Json) -> Quoted | None:
    """Choose the cell that decides a member: of several that may, the one that holds the value."""
    keyword = next((str(step) for step in rest if step not in ("schema", "items", "anyOf", 0, 1)), None)
    if keyword is None:
        return None
    roles = ("description",) if keyword.startswith("x-description-") else _ROLES.get(keyword, _SCHEMA)
    fitting = [cell for role in roles for cell in cells if profile.columns.get(cell.column.casefold()) == role]
    text = str(value[0] if isinstance(value, list) and value else value)
    return next((cell for cell in fitting if text in cell.text), fitting[0] if fitting else None)


def _wanted(document: Mapping[str, Json], path: Path) -> str:
    """Find the text to look for on a page: of an operation its path, of a model its name, else the first text in it."""
    if len(path) <= WHOLE and path[:1] in (("paths",), ("components",)):
        return str(path[-2] if path[0] == "paths" else path[-1])
    value: Json = at(document, path)
    if isinstance(value, dict):
        value = value.get("const", value)
    while isinstance(value, dict | list) and value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return value.strip().split("\n")[0] if isinstance(value, str) else ""


def _text(block: Block) -> str:
    if isinstance(block, Table):
        return " | ".join(block.columns)
    return block.text

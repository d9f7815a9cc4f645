"""The sections room: the blocks of a page of the portal to its kind and its numbered or single sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from types import MappingProxyType

from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Block, Heading, Item, Page, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.errors import Diagnostic, Origin, Severity, refusal

_NUMBERED = re.compile(r"([0-9]+(?:\.[0-9]+){0,7}) - (.+)", re.DOTALL)
_LISTED = re.compile(r"([0-9]+(?:\.[0-9]+){0,7}): (.+)", re.DOTALL)
MAX_PARTS = 20_000
VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")


class Kind(StrEnum):
    """The kinds of pages."""

    ENDPOINT_VERSION = "endpoint version page"
    ENDPOINT = "endpoint page"
    ENDPOINT_PRINT = "endpoint print view"
    MODEL = "model page"
    MODELS_PRINT = "models print view"
    APIS_PRINT = "apis print view"
    SERVICE_PRINT = "service print view"
    CATEGORY_PRINT = "category print view"
    OVERVIEW = "service overview page"
    VERSION_LIST = "version list"
    COMMON = "common page"
    INDEX = "root index"
    LIST = "list of pages"


# Pages without a fact of their own: they are known, and say nothing that other pages do not.
_PARTED = frozenset({facts.APIS, facts.MODELS})
_TITLED = MappingProxyType(
    {facts.COMMON: Kind.COMMON, facts.VERSION_LIST: Kind.VERSION_LIST, facts.INDEX: Kind.INDEX}
    | dict.fromkeys(_PARTED, Kind.LIST)
)


class Role(StrEnum):
    """What stands under one number of a print view."""

    ENDPOINT = "endpoint"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a page under one number: its number, title, the title above, its blocks, and what it describes."""

    number: tuple[int, ...]
    title: str
    parent: str | None
    line: int
    last_line: int
    blocks: tuple[Block, ...]
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page taken apart: its kind, title, what stands before the first number, and the numbered parts.

    `depth` counts the numbers above a service: none on its own pages, one in the print view of a category.
    """

    kind: Kind
    title: str
    lead: tuple[Block, ...]
    parts: tuple[Part, ...]
    notice: str | None
    depth: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def outline(page: Page) -> Outline:
    """Tell what kind of page this is, and cut it into its parts.

    Raises: ApiscribeError if it is of no kind that is known.
    """
    blocks, notice = _without_notices(page.blocks)
    if not blocks:
        raise refusal("page-kind", "no content", Origin(file=page.file, line=1))
    first = blocks[0]
    title = first.text if isinstance(first, Heading | Paragraph) else ""
    # Only print views are numbered; in the description of a single version a number is text.
    lead, parts = (tuple(blocks[1:]), ()) if VERSION.fullmatch(title) else _parts(page, blocks[1:])
    parts = _with_roles(title, parts)
    kind, depth = _print_kind(page, title, parts) if parts else (_kind(page, title, lead), 0)
    return Outline(
        kind=kind,
        title=title,
        lead=lead,
        parts=parts,
        notice=notice,
        depth=depth,
        diagnostics=_listing(page, lead, parts),
    )


def _without_notices(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str | None]:
    language = None
    start = 0
    while start < len(blocks):
        block = blocks[start]
        if not isinstance(block, Paragraph) or block.text not in facts.NOTICES:
            break
        language = facts.NOTICES[block.text]
        start += 1
    return tuple(blocks[start:]), language


def _parts(page: Page, blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    found: list[tuple[re.Match[str], int]] = []
    for index, block in enumerate(blocks):
        numbered = _NUMBERED.fullmatch(block.text) if isinstance(block, Heading) else None
        if numbered:
            found.append((numbered, index))
    if len(found) > MAX_PARTS:
        origin = Origin(file=page.file, line=blocks[found[MAX_PARTS][1]].line)
        raise refusal("page-size", f"more than {MAX_PARTS} numbered sections", origin)
    titles: dict[tuple[int, ...], str] = {}
    parts = []
    for at, (match, index) in enumerate(found):
        number = tuple(int(part[:9]) for part in match[1].split("."))
        titles[number] = match[2]
        end = found[at + 1][1] if at + 1 < len(found) else len(blocks)
        parts.append(
            Part(
                number=number,
                title=match[2],
                parent=titles.get(number[:-1]),
                line=blocks[index].line,
                last_line=blocks[end].line - 1 if end < len(blocks) else page.last_line,
                blocks=tuple(blocks[index + 1 : end]),
            )
        )
    return tuple(blocks[: found[0][1]] if found else blocks), tuple(parts)


def _kind(page: Page, title: str, lead: Sequence[Block]) -> Kind:
    headings = {block.text for block in lead if isinstance(block, Heading)}
    tables = {block.columns for block in lead if isinstance(block, Table)}
    if VERSION.fullmatch(title):
        return Kind.ENDPOINT_VERSION
    if facts.OVERVIEW_URL in headings:
        return Kind.OVERVIEW
    if facts.MODEL_COLUMNS in tables and not headings:
        return Kind.MODEL
    if any(_LISTED.fullmatch(block.text) for block in lead if isinstance(block, Item)) and title in _PARTED:
        message = "the contents list sections, and the page has none of them: it is cut"
        raise refusal("page-cut", message, Origin(file=page.file, line=page.last_line))
    if title in _TITLED:
        return _TITLED[title]
    if page.address and page.address.rstrip("/").endswith(facts.ROOT):
        return Kind.INDEX
    texts = {block.text for block in lead if isinstance(block, Heading | Paragraph | Item)}
    if tables & set(facts.SUPPORT_COLUMNS) or any(map(VERSION.fullmatch, texts)):
        return Kind.ENDPOINT
    raise _unknown_kind(page, f"page of an unknown kind, titled {quoted(title)}")


def _with_roles(title: str, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Tell what each part describes: by the headings above it, and where those are lost by what it holds."""
    titles = {part.number: part.title for part in parts}

    def area(number: tuple[int, ...]) -> tuple[str, int] | None:
        if title in _PARTED:
            return title, 0
        above = ((titles.get(number[:depth]), depth) for depth in range(1, len(number)))
        return next(((name, depth) for name, depth in above if name in _PARTED), None)

    def role(part: Part) -> Role | None:
        found = area(part.number)
        if found is not None:
            wanted = found[1] + (1 if found[0] == facts.MODELS else 2)
            named = Role.MODEL if found[0] == facts.MODELS else Role.ENDPOINT
            return named if len(part.number) == wanted else None
        if VERSION.fullmatch(part.title):
            return Role.ENDPOINT
        tables = [block for block in part.blocks if isinstance(block, Table) and block.columns == facts.MODEL_COLUMNS]
        return Role.MODEL if tables else None

    return tuple(replace(part, role=role(part)) for part in parts)


def _print_kind(page: Page, title: str, parts: Sequence[Part]) -> tuple[Kind, int]:
    """Tell the kind of a print view, and how many numbers stand above a service, by how deep its parts lie."""
    if title in (facts.MODELS, facts.APIS):
        return (Kind.MODELS_PRINT if title == facts.MODELS else Kind.APIS_PRINT), 0
    depths = {len(part.number) - (3 if part.role is Role.ENDPOINT else 2) for part in parts if part.role}
    named = {len(part.number) - 1 for part in parts if part.title in _PARTED}
    if not depths:
        depths = {min(named)} if named else set()
    if len(depths) > 1:
        raise _unknown_kind(page, f"print view whose numbers do not fit together, titled {quoted(title)}")
    depth = depths.pop() if depths else None
    if depth is None or (depth == -1 and any(part.role is Role.MODEL for part in parts)):
        raise _unknown_kind(page, f"print view of an unknown kind, titled {quoted(title)}")
    kinds = {-2: Kind.ENDPOINT_PRINT, -1: Kind.APIS_PRINT, 0: Kind.SERVICE_PRINT}
    return kinds.get(depth, Kind.CATEGORY_PRINT), max(depth, 0)


def _unknown_kind(page: Page, name: str) -> Exception:
    return refusal("page-kind", f"{name}: not read", Origin(file=page.file, line=page.blocks[0].line))


def endpoints(form: Outline) -> tuple[Part, ...]:
    """List the parts of a print view that are endpoint versions; the title above each is the operation's name."""
    return tuple(part for part in form.parts if part.role is Role.ENDPOINT)


def models(form: Outline) -> tuple[Part, ...]:
    """List the parts of a print view that are models."""
    return tuple(part for part in form.parts if part.role is Role.MODEL)


def overviews(form: Outline) -> Iterator[tuple[tuple[int, ...], Outline]]:
    """List the overviews of a page, each as if it stood alone, with the number of its service."""
    if form.kind in (Kind.SERVICE_PRINT, Kind.OVERVIEW):
        yield (), form
    for part in form.parts if form.kind is Kind.CATEGORY_PRINT else ():
        if len(part.number) == form.depth and part.blocks:
            yield part.number, replace(form, kind=Kind.OVERVIEW, title=part.title, lead=part.blocks, parts=())


def stray(form: Outline) -> Iterator[tuple[Part, str]]:
    """List the parts that are none of the above, and the operations without a version, with what is wrong."""
    read = {part.number for part in form.parts if part.role}
    above = {number[:length] for number in read for length in range(1, len(number))}
    for part in form.parts:
        if part.number in read or (form.kind is Kind.CATEGORY_PRINT and len(part.number) <= form.depth):
            continue
        if part.number not in above and part.title not in _PARTED:
            yield part, f"section {quoted(part.title)} has no version below it, or is none that can be read"
        elif part.blocks:
            yield part, f"unexpected text under {quoted(part.title)}"


def _listing(page: Page, lead: Sequence[Block], parts: Sequence[Part]) -> tuple[Diagnostic, ...]:
    """Compare the list of contents with the parts, and look for jumps in the numbers."""
    there = {part.number for part in parts}
    found = []
    # The contents stand before the first heading of a print view; any other bullet is text.
    contents = list(takewhile(lambda block: not isinstance(block, Heading), lead)) if parts else []
    for block in (block for block in contents if isinstance(block, Item)):
        match = _LISTED.fullmatch(block.text)
        if match and tuple(int(part[:9]) for part in match[1].split(".")) not in there:
            message = f"the contents list {quoted(match[2])}, which the page does not have: it is cut"
            found.append(Diagnostic(rule="page-cut", message=message, origin=Origin(file=page.file, line=block.line)))
    for part in parts:
        before = (*part.number[:-1], part.number[-1] - 1)
        if part.number[-1] > 1 and before not in there:
            message = f"numbering jumps to {'.'.join(map(str, part.number))}: a section may be missing before it"
            origin = Origin(file=page.file, line=part.line)
            found.append(Diagnostic(rule="page-numbering", message=message, origin=origin, severity=Severity.WARNING))
    return tuple(found)

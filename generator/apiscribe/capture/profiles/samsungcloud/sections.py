"""The sections room: the blocks of a page of the portal to its kind and its numbered or single sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Block, Heading, Item, Page, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.errors import Diagnostic, Origin, Severity, refusal

_NUMBERED = re.compile(r"([0-9]+(?:\.[0-9]+)*) - (.+)", re.DOTALL)
_LISTED = re.compile(r"([0-9]+(?:\.[0-9]+)*): (.+)", re.DOTALL)
VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")


class Kind(StrEnum):
    """The kinds of pages that can be read."""

    ENDPOINT_VERSION = "endpoint version page"
    MODEL = "model page"
    MODELS_PRINT = "models print view"
    APIS_PRINT = "apis print view"
    SERVICE_PRINT = "service print view"
    OVERVIEW = "service overview page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a page under one number: its number, title, the title above, and its blocks."""

    number: tuple[int, ...]
    title: str
    parent: str | None
    line: int
    last_line: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page taken apart: its kind, title, what stands before the first number, and the numbered parts."""

    kind: Kind
    title: str
    lead: tuple[Block, ...]
    parts: tuple[Part, ...]
    notice: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def outline(page: Page) -> Outline:
    """Tell what kind of page this is, and cut it into its parts.

    Raises: ApiscribeError naming the kind if it is not one that can be read.
    """
    blocks, notice = _without_notices(page.blocks)
    if not blocks:
        raise refusal("page-kind", "no content", Origin(file=page.file, line=1))
    first = blocks[0]
    title = first.text if isinstance(first, Heading | Paragraph) else ""
    # Only print views are numbered; in the description of a single version a number is text.
    lead, parts = (tuple(blocks[1:]), ()) if VERSION.fullmatch(title) else _parts(blocks[1:], page.last_line)
    kind = _kind(page, title, lead, parts)
    return Outline(
        kind=kind, title=title, lead=lead, parts=parts, notice=notice, diagnostics=_listing(page, lead, parts)
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


def _parts(blocks: Sequence[Block], last_line: int) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    found: list[tuple[re.Match[str], int]] = []
    for index, block in enumerate(blocks):
        numbered = _NUMBERED.fullmatch(block.text) if isinstance(block, Heading) else None
        if numbered:
            found.append((numbered, index))
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
                last_line=blocks[end].line - 1 if end < len(blocks) else last_line,
                blocks=tuple(blocks[index + 1 : end]),
            )
        )
    return tuple(blocks[: found[0][1]] if found else blocks), tuple(parts)


def _kind(page: Page, title: str, lead: Sequence[Block], parts: Sequence[Part]) -> Kind:
    if parts:
        return _print_kind(page, title, parts)
    headings = {block.text for block in lead if isinstance(block, Heading)}
    tables = {block.columns for block in lead if isinstance(block, Table)}
    if VERSION.fullmatch(title):
        return Kind.ENDPOINT_VERSION
    if facts.OVERVIEW_URL in headings:
        return Kind.OVERVIEW
    if facts.MODEL_COLUMNS in tables and not headings:
        return Kind.MODEL
    raise _other_kind(page, _single_name(title, tables, headings))


def _single_name(title: str, tables: set[tuple[str, ...]], headings: set[str]) -> str:
    if title in facts.OTHER_TITLES:
        return facts.OTHER_TITLES[title]
    if any(columns in tables for columns in facts.SUPPORT_COLUMNS) and not headings & {facts.PARAMETERS}:
        return "endpoint page (list of versions)"
    if title == facts.MODELS:
        return "list of models"
    if title == facts.APIS:
        return "list of APIs"
    return f"page of an unknown kind, titled {quoted(title)}"


def _print_kind(page: Page, title: str, parts: Sequence[Part]) -> Kind:
    top = [part.title for part in parts if len(part.number) == 1]
    second = [part.title for part in parts if len(part.number) == 2]
    if title == facts.MODELS:
        return Kind.MODELS_PRINT
    if title == facts.APIS:
        return Kind.APIS_PRINT
    if set(top) <= {facts.APIS, facts.MODELS}:
        return Kind.SERVICE_PRINT
    if set(second) & {facts.APIS, facts.MODELS}:
        raise _other_kind(page, "category print view")
    if all(VERSION.fullmatch(name) for name in top):
        raise _other_kind(page, "endpoint print view")
    raise _other_kind(page, f"print view of an unknown kind, titled {quoted(title)}")


def _other_kind(page: Page, name: str) -> Exception:
    known = ", ".join(f"{kind}s" for kind in Kind)
    return refusal(
        "page-kind", f"{name}: not readable yet; readable are {known}", Origin(file=page.file, line=page.blocks[0].line)
    )


def endpoints(form: Outline) -> tuple[Part, ...]:
    """List the parts of a print view that are endpoint versions; the title above each is the operation's name."""
    depth = {Kind.SERVICE_PRINT: 3, Kind.APIS_PRINT: 2}.get(form.kind)
    described = _described(form)
    return tuple(part for part in form.parts if len(part.number) == depth and part.number[0] not in described)


def models(form: Outline) -> tuple[Part, ...]:
    """List the parts of a print view that are models."""
    if form.kind is Kind.MODELS_PRINT:
        return tuple(part for part in form.parts if len(part.number) == 1)
    described = _described(form)
    return tuple(part for part in form.parts if len(part.number) == 2 and part.number[0] in described)


def stray(form: Outline) -> Iterator[tuple[Part, str]]:
    """List the parts that are none of the above, and the operations without a version, with what is wrong."""
    read = {*(part.number for part in endpoints(form)), *(part.number for part in models(form))}
    above = {number[:length] for number in read for length in range(1, len(number))}
    for part in form.parts:
        if part.number in read:
            continue
        if part.number not in above and not (len(part.number) == 1 and part.title in (facts.APIS, facts.MODELS)):
            yield part, f"section {quoted(part.title)} has no version below it, or is none that can be read"
        elif part.blocks:
            yield part, f"unexpected text under {quoted(part.title)}"


def _described(form: Outline) -> frozenset[int]:
    """Find the top numbers below which models stand."""
    if form.kind is not Kind.SERVICE_PRINT:
        return frozenset()
    return frozenset(part.number[0] for part in form.parts if len(part.number) == 1 and part.title == facts.MODELS)


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

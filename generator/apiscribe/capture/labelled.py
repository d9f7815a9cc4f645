"""The labelled room: pages whose headings and columns are labels, in any language, to sections and rows by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apiscribe.capture.checks import quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import under_headings
from apiscribe.capture.literals import LiteralError
from apiscribe.capture.page import Block, Code, Heading, Paragraph, Row, Table
from apiscribe.capture.readings import Sample
from apiscribe.capture.skeletons import read_sample

# Headings from this level on are names, never labels; forms that do not show levels have level 0.
_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A portal's labels in one language: each label of a heading and of a column with its role."""

    language: str
    sections: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands below a label, and the tables below headings of their own."""

    heading: Heading
    blocks: tuple[Block, ...]
    inner: tuple[tuple[Heading, tuple[Block, ...]], ...] = ()

    def table(self) -> Table | None:
        """Give the first table."""
        return next((block for block in self.blocks if isinstance(block, Table)), None)

    def says(self, words: frozenset[str]) -> bool:
        """Tell whether all that stands here is one of some words."""
        texts = [block.text.strip() for block in self.blocks if isinstance(block, Paragraph | Code)]
        return any(text.rstrip(".。") in words for text in texts)

    def sample(self, faults: Faults) -> Sample | None:
        """Read the first JSON that stands here, by itself or as the body of a command; XML is none."""
        for code in (block for block in self.blocks if isinstance(block, Code)):
            start = min((at for mark in "{[" if (at := code.text.find(mark)) >= 0), default=-1)
            end = max(code.text.rfind("}"), code.text.rfind("]")) + 1
            if start < 0 or code.text.lstrip().startswith("<"):
                continue
            line = code.line + code.text.count("\n", 0, start)
            try:
                return Sample(value=read_sample(code.text[start:end]), line=line)
            except LiteralError as error:
                faults.warn("page-json", f"the JSON of this sample is broken: {error}", line + error.line)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """A page by its labels: title, what stands before the first label, sections by role, language."""

    title: str
    lead: tuple[Block, ...]
    sections: Mapping[str, Section]
    unknown: tuple[Heading, ...]
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRow:
    """One row by the roles of its columns: the text of each cell, and the text with its marks."""

    texts: Mapping[str, str]
    marked: Mapping[str, str]
    line: int


def read_labelled(blocks: Sequence[Block], labels: Sequence[Labels], faults: Faults) -> LabelledPage:
    """Cut a page at its labels; a heading below a section that is no label heads a table of the section's own."""
    before, groups = under_headings(blocks)
    # What stands before the title is the site's, not the page's.
    title, lead = (groups[0][0].text, groups[0][1]) if groups else ("", before)
    sections: dict[str, Section] = {}
    unknown: list[Heading] = []
    languages: Counter[str] = Counter()
    current: str | None = None
    for heading, inner in groups[1:]:
        known = [] if heading.level >= _NAMES else _roles(heading.text, labels)
        if known:
            current = known[0][1]
            languages.update({language for language, _ in known} if len(known) == 1 else ())
            if current in sections:
                faults.add("page-shape", f"section {quoted(heading.text)} stands twice", heading.line)
            sections[current] = Section(heading=heading, blocks=inner)
        elif current is not None and any(isinstance(block, Table) for block in inner):
            above = sections[current]
            sections[current] = Section(
                heading=above.heading, blocks=above.blocks, inner=(*above.inner, (heading, inner))
            )
        else:
            unknown.append(heading)
    language = languages.most_common(1)[0][0] if languages else None
    return LabelledPage(title=title, lead=lead, sections=sections, unknown=tuple(unknown), language=language)


def check_title(title: str, slug: str, faults: Faults) -> None:
    """Report an address that ends in another name than the page has."""
    if slug.rpartition("-")[2].lower() != title.lower():
        faults.warn("page-name", f"the address says {quoted(slug)}, the title {quoted(title)}", faults.place.line)


def _roles(text: str, labels: Sequence[Labels]) -> list[tuple[str, str]]:
    plain = plain_label(text)
    return [(one.language, one.sections[plain]) for one in labels if plain in one.sections]


def plain_label(text: str) -> str:
    """Reduce a label to what is compared.

    >>> plain_label(" Request  Body ")
    'request body'
    """
    return " ".join(text.split()).lower()


def columns_of(table: Table, labels: Sequence[Labels]) -> tuple[str, ...]:
    """Give the role of every column; an empty text for one that has none."""
    known = {label: role for one in labels for label, role in one.columns.items()}
    return tuple(known.get(plain_label(column), "") for column in table.columns)


def rows_of(table: Table, labels: Sequence[Labels], faults: Faults) -> tuple[LabelledRow, ...]:
    """Read the rows of a table; a column without a role and a row of too few cells are errors."""
    roles = columns_of(table, labels)
    faults.extend("page-row", table.faults)
    for column, role in zip(table.columns, roles, strict=True):
        if not role:
            faults.add("page-table", f"unknown column {quoted(column)}", table.line)
    rows = []
    for row in table.rows:
        if len(row.cells) == len(roles):
            rows.append(_row(row, roles))
        else:
            message = f"a row of {len(row.cells)} cells instead of {len(roles)}: {quoted(' | '.join(row.cells))}"
            faults.add("page-row", message, row.line)
    return tuple(rows)


def _row(row: Row, roles: Sequence[str]) -> LabelledRow:
    marked = row.marked or row.cells
    return LabelledRow(
        texts=dict(zip(roles, row.cells, strict=True)), marked=dict(zip(roles, marked, strict=True)), line=row.line
    )

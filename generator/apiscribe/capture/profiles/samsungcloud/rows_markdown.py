"""The Markdown part of rows: lines with pipes to the same cells that plain text and HTML give."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from apiscribe.capture.cells import Reference, Unstated
from apiscribe.capture.checks import quoted
from apiscribe.capture.page import Fault, Row
from apiscribe.capture.page_markdown import cells_of
from apiscribe.capture.page_text import Line
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell
from apiscribe.errors import shown

_NAMED = re.compile(rf"(\S.*) ({'|'.join(facts.FLAGS)})")
_EXAMPLE = re.compile(rf"(?:^|(?<=\s)){facts.EXAMPLE} ?:(?: |$)")
_PATTERN, *_BOUNDS = facts.CONSTRAINTS
_BOUNDED = "".join(rf"(?:{label} ?: ?(\S*?))?" for label in _BOUNDS)
_GLUED = re.compile(rf"(.*?)(?:{_PATTERN} ?: ?(.*?))?{_BOUNDED}", re.DOTALL)
_BARE = re.compile(rf"(.*?)(?:(?:^|(?<=\s)){_PATTERN} ?: ?(.*?))?{_BOUNDED}", re.DOTALL)

# A schema or a default with more pipes than this is none.
_MOST_PIPES = 12

Rows = tuple[tuple[Row, ...], tuple[Fault, ...]]
_Cells = tuple[str, ...]


def split_parameters(lines: Sequence[Line]) -> Rows:
    """Split the lines of a parameter table into rows of five cells."""
    return _split_fields(lines, _located, keeps_default=False)


def split_fields(lines: Sequence[Line]) -> Rows:
    """Split the lines of a model table into rows of four cells."""
    return _split_fields(lines, _named, keeps_default=True)


def split_plain(columns: _Cells) -> Callable[[Sequence[Line]], Rows]:
    """Make the splitter of a table whose rows are one line each; the last row may lack an empty last cell."""

    def split(lines: Sequence[Line]) -> Rows:
        rows = []
        for line in lines:
            cells = cells_of(line.text)
            if line is lines[-1] and len(cells) == len(columns) - 1 and len(columns) > 2:
                cells = (*cells, "")
            rows.append(Row(cells=cells, line=line.number))
        return tuple(rows), ()

    return split


def labelled(text: str) -> str:
    r"""Put the labels that stand glued in a description cell on lines of their own, as in the other forms.

    >>> labelled("name Example : samplePattern : ^[a-z]+$Minimum length : 3Maximum length : 30")
    'name\nExample : sample\nPattern : ^[a-z]+$\nMinimum length : 3\nMaximum length : 30'
    """
    examples = list(_EXAMPLE.finditer(text))
    head = text[: examples[-1].start()].rstrip() if examples else ""
    match = (_GLUED if examples else _BARE).fullmatch(text[examples[-1].end() :] if examples else text)
    assert match is not None  # the first group takes whatever the others do not
    example, *values = match.groups()
    lines = [head, f"{facts.EXAMPLE} : {example.strip()}".rstrip()] if examples else [example.rstrip()]
    pairs = zip(facts.CONSTRAINTS, values, strict=True)
    return "\n".join([*lines, *(f"{label} : {value}" for label, value in pairs if value is not None)]).strip("\n")


def _located(cells: _Cells) -> tuple[_Cells, _Cells] | None:
    location, *rest = cells
    named = _NAMED.fullmatch(rest[0]) if rest and location in facts.LOCATIONS else None
    return ((location, named[1], named[2]), tuple(rest[1:])) if named else None


def _named(cells: _Cells) -> tuple[_Cells, _Cells] | None:
    named = _NAMED.fullmatch(cells[0])
    return ((named[1], named[2]), cells[1:]) if named else None


def _split_fields(
    lines: Sequence[Line], head_of: Callable[[_Cells], tuple[_Cells, _Cells] | None], *, keeps_default: bool
) -> Rows:
    heads = {index: head for index, line in enumerate(lines) if (head := head_of(cells_of(line.text))) is not None}
    starts = list(heads)
    rows: list[Row] = []
    faults = [
        Fault(message=f"no row starts with {quoted(line.text)}", line=line.number)
        for line in lines[: starts[0] if starts else len(lines)]
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        (*before, name, flag), rest = heads[start]
        tail = lines[start + 1 : end]
        is_last = end == len(lines) or not keeps_default
        read = _torn(rest, tail) if tail else _from_right(rest, name, is_last=is_last)
        if read is None:
            faults.append(_incomplete(lines[start], name, rest, tail))
            continue
        description, schema, default = read
        cells = (*before, f"{name}\n{flag}", labelled(description), schema, default)
        rows.append(Row(cells=cells, line=lines[start].number))
    return tuple(rows), tuple(faults)


def _incomplete(start: Line, name: str, rest: _Cells, tail: Sequence[Line]) -> Fault:
    last = tail[-1] if tail else start
    if tail and last.text.startswith("|"):
        return Fault(
            message=f"row {shown(name)}: unknown schema cell {quoted(cells_of(last.text)[0])}", line=last.number
        )
    if not tail and rest:
        return Fault(message=f"row {shown(name)}: unknown schema cell {quoted(rest[-2:][0])}", line=last.number)
    return Fault(message=f"row {shown(name)} is incomplete: the table is cut", line=last.number)


def _torn(rest: _Cells, tail: Sequence[Line]) -> _Cells | None:
    """Read a row that a lossy page breaks behind its description: the last line holds schema and default."""
    if not tail[-1].text.startswith("|"):
        return None
    cells = cells_of(tail[-1].text)
    for count in range(1, min(len(cells), _MOST_PIPES) + 1):
        schema = " | ".join(cells[:count])
        if schema and parse_cell(schema) is not None:
            description = "\n".join([" | ".join(rest), *(line.text.strip() for line in tail[:-1])])
            return description.strip(), schema, " | ".join(cells[count:])
    return None


def _from_right(rest: _Cells, name: str, *, is_last: bool) -> _Cells | None:
    """Read a row from the right: schema and default, before them the description, where empty cells are lost.

    A description may hold pipes, and an empty one leaves no cell. An empty default of the last row leaves none either.
    """
    found = _read_at(rest, _is_piped, is_last=is_last)
    if found:
        return found
    if is_last and rest and _ends_with_schema(rest, name):
        return " | ".join(rest[:-1]), rest[-1], ""
    found = _read_at(rest, _is_likely) or _read_at(rest, _is_cell)
    if found:
        return found
    return (" | ".join(rest[:-1]), rest[-1], "") if is_last and rest and _is_schema(rest[-1]) else None


def _read_at(rest: _Cells, is_wanted: Callable[[str], bool], *, is_last: bool = False) -> _Cells | None:
    """Find the rightmost cells that are a schema as wanted; only in the last row may nothing follow them."""
    for at in range(len(rest) - 2, max(-1, len(rest) - 2 - _MOST_PIPES), -1):
        for end in range(at + 1, len(rest) + is_last):
            schema = " | ".join(rest[at:end])
            if schema and is_wanted(schema):
                return " | ".join(rest[:at]), schema, " | ".join(rest[end:])
    return None


def _is_piped(text: str) -> bool:
    """Tell a type with pipes of its own: only an enumeration has them, and no part of one is the name of a model."""
    return " | " in text and _is_type(text)


def _is_likely(text: str) -> bool:
    """Tell what is a schema and no word of a default with pipes: models are hardly ever named in lower case."""
    return _is_cell(text) and not (isinstance(parse_cell(text), Reference) and text[:1].islower())


def _is_cell(text: str) -> bool:
    return parse_cell(text) is not None


def _is_schema(text: str) -> bool:
    return bool(text) and text != facts.NOTHING and parse_cell(text) is not None


def _is_type(text: str) -> bool:
    """Tell what can be nothing but a schema; the name of a model might be any word."""
    return _is_schema(text) and not isinstance(parse_cell(text), Reference | Unstated)


def _ends_with_schema(rest: _Cells, name: str) -> bool:
    if not _is_schema(rest[-1]):
        return False
    if len(rest) == 1:
        return True
    before = rest[-2]
    if before == name or not _is_schema(before):
        return True
    if _is_type(before):
        return _is_type(rest[-1]) and before.isalpha()  # a type with brackets is no description
    return _is_type(rest[-1]) or rest[-1][:1].isupper() > before[:1].isupper()

"""The bullets room: what the bullets of a description say of a field (values, bounds, default, example, conditions).

    text
    - `A` | `B` (default)
      - `A`: meaning
    - 0~1000 (Byte)

Bullets stand on lines of their own, or behind each other with " - " in between. The words around the values are the
portal's and come as data. Whatever is taken out stays in the text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from apiscribe.capture.cells import ArrayOf, Cell, Enumeration, Primitive, Unstated
from apiscribe.capture.readings import Note, Prose

KNOWN_VALUES = "x-known-values"
LENGTH_UNIT = "x-length-unit"
TEXT_FORMAT = "x-text-format"
_BULLET = re.compile(r"\s*[-*•]\s+(\S.*)")
_FLAT = re.compile(r"\s+-\s+")
_TOKEN = r"(?:`[^`|]+`|[A-Za-z0-9_][A-Za-z0-9_.+-]*)"  # noqa: S105 (no secret: a piece of a bullet)
_RANGE = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*[~∼〜～-]\s*(-?\d[\d,]*(?:\.\d+)?|N\b)")
_FORMAT = re.compile(r"`?\b(YYYY(?:[-/.: T']|[MDHhms])+[MDHhms]{2})\b`?")
# The largest port: a text that may be anything up to it is a port or a range of ports, and no such length.
_PORTS = 65535

_Bound = int | float
_Bounds = tuple[tuple[str, _Bound], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A portal's words in bullets, in all its languages, as patterns.

    `default` and `example` come before a value, or stand in brackets behind it; `at_most` and `at_least` hold the
    number as a group; `octets` is a unit of length; `condition` tells when something is required.
    """

    default: str
    example: str
    octets: re.Pattern[str]
    at_most: re.Pattern[str]
    at_least: re.Pattern[str]
    condition: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a description gives: its prose, the type as the bullets narrow it, the default, extensions."""

    prose: Prose
    cell: Cell
    default: str | None = None
    notes: tuple[tuple[str, Note], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What bullets gave so far."""

    listed: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    constraints: _Bounds = ()
    unconditional: bool = True
    default: str | None = None
    example: str | None = None
    notes: tuple[tuple[str, Note], ...] = ()


def read_bullets(text: str, cell: Cell, words: Words) -> Described:
    """Read a description, whose bullets and code are marked as in Markdown, of a field of a type."""
    found = _Found()
    for bullet in _bullets(text):
        found = _read(bullet, cell, words, found)
    plain = re.sub(r"\n\s*\n", "\n", text).strip()
    values = tuple(dict.fromkeys(found.listed or (found.headed if len(found.headed) > 1 else ())))
    narrowed, notes = _narrowed(cell, values, found.notes)
    prose = Prose(text=plain or None, example=found.example, constraints=found.constraints)
    return Described(prose=prose, cell=narrowed, default=found.default, notes=notes)


def conditions(text: str, words: Words) -> str:
    """Give the bullets or sentences that say when a field is required; all of the text if none does.

    >>> words = Words(default="d", example="e", octets=re.compile("B"),
    ...               at_most=re.compile("<(.)"), at_least=re.compile(">(.)"), condition=re.compile("Required if"))
    >>> conditions("A name - Required if `b` is set - 1~3", words)
    'Required if `b` is set'
    """
    told = [bullet for bullet in _bullets(text) if words.condition.search(bullet)]
    return "; ".join(told) or " ".join(text.split())


def _bullets(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        marked = _BULLET.fullmatch(line)
        # A blank, a hyphen and a blank may stand in a sentence: what follows is read only if it reads like a bullet.
        yield from (piece.strip() for piece in _FLAT.split(marked[1] if marked else line) if piece.strip())


def _read(bullet: str, cell: Cell, words: Words, found: _Found) -> _Found:
    example = re.match(rf"[`<\[]*(?:{words.example})[`>\]]*\s*[::]?\s*(.*)", bullet, re.IGNORECASE | re.DOTALL)
    if example:
        return replace(found, example=found.example or _sample(example[1], cell))
    found = replace(found, default=_default(bullet, words) or found.default)
    written = _FORMAT.search(bullet)
    if written:
        found = replace(found, notes=(*found.notes, (TEXT_FORMAT, written[1])))
    values = _values(bullet, words)
    if values is not None:
        return _with_values(found, values, bullet)
    return _with_bounds(found, bullet, cell, words)


def _sample(text: str, cell: Cell) -> str | None:
    if isinstance(cell, ArrayOf):
        return None  # lists are shown the way they are sent, not as values
    code = re.search(r"`([^`]+)`", text)
    return code[1] if code else text.strip() or None


def _default(bullet: str, words: Words) -> str | None:
    behind = re.search(rf"({_TOKEN})\s*[((]\s*(?:{words.default})\s*[))]", bullet, re.IGNORECASE)
    stated = re.search(
        rf"(?:{words.default})\s*(?:[::]|\bis\b)?\s*(`[^`]+`|[^\s`,))]+)\s*(?:[))].*)?$", bullet, re.IGNORECASE
    )
    chosen = behind or stated
    return chosen[1].strip("`'\"") if chosen else None


def _values(bullet: str, words: Words) -> tuple[str, ...] | None:
    """Give the values of a bullet that lists some, or that one heads; nothing for any other bullet."""
    mark = rf"(?:\s*[((]\s*(?:{words.default})[^))]*[))])?"
    listed = re.match(rf"({_TOKEN}{mark}(?:\s*\|\s*{_TOKEN}{mark})+)", bullet, re.IGNORECASE)
    coded = re.match(
        rf"(`[^`|]+`{mark}(?:\s*[,/·、]\s*`[^`|]+`{mark})*)\s*(?:[::].*)?$", bullet, re.DOTALL | re.IGNORECASE
    )
    chosen = listed or coded
    if chosen is None:
        return None
    plain = re.sub(mark.removesuffix("?"), "", chosen[1], flags=re.IGNORECASE)
    return tuple(token.strip("`") for token in re.findall(_TOKEN, plain))


def _with_values(found: _Found, values: Sequence[str], bullet: str) -> _Found:
    if len(values) > 1:
        return replace(found, listed=(*found.listed, *values))
    # A value with a word behind it explains; alone with "(default)" it is a default and nothing else.
    explained = re.match(r"`[^`]+`\s*(?:$|[::])", bullet) or re.match(r"`[^`]+`.*[::]", bullet)
    return replace(found, headed=(*found.headed, *values)) if explained else found


def _with_bounds(found: _Found, bullet: str, cell: Cell, words: Words) -> _Found:
    span = None if re.match(r".*`[^`]*[~-][^`]*`", bullet) and _is_text(cell) else _RANGE.search(bullet)
    least, most = (None, None) if span else (words.at_least.search(bullet), words.at_most.search(bullet))
    if span:
        low, high = (_number(text) for text in span.groups())
    elif least or most:
        low, high = (_number(next(filter(None, told.groups()))) if told else None for told in (least, most))
    else:
        return found
    bounds, notes = _bounds(cell, low, high, bullet, words)
    # What stands before a bound may be the condition under which it holds.
    alone = min(told.start() for told in (span, least, most) if told) == 0
    if found.constraints and not (alone and found.unconditional and not dict(bounds).keys() & dict(found.constraints)):
        bounds = _widest(dict(found.constraints), dict(bounds))
    else:
        bounds = (*found.constraints, *bounds)
    return replace(found, constraints=bounds, unconditional=alone, notes=(*found.notes, *notes))


def _widest(one: dict[str, _Bound], other: dict[str, _Bound]) -> _Bounds:
    """Join bounds that hold under different conditions to those that hold under any."""
    shared = [name for name in one if name in other]
    widest = {name: min if name.startswith("min") else max for name in shared}
    return tuple((name, widest[name](one[name], other[name])) for name in shared)


def _number(text: str) -> _Bound | None:
    plain = text.replace(",", "")
    return None if plain == "N" else float(plain) if "." in plain else int(plain)


def _bounds(
    cell: Cell, low: _Bound | None, high: _Bound | None, bullet: str, words: Words
) -> tuple[_Bounds, tuple[tuple[str, Note], ...]]:
    notes: tuple[tuple[str, Note], ...] = ()
    if isinstance(cell, Primitive) and cell.name in ("integer", "number"):
        names = ("minimum", "maximum")
    elif isinstance(cell, ArrayOf):
        names = ("minItems", "maxItems")
    elif _is_text(cell) and high != _PORTS and isinstance(low or 0, int) and isinstance(high or 0, int):
        names = ("minLength", "maxLength")
        if words.octets.search(bullet):
            # So many octets are at most as many characters, and may be fewer than the least.
            low, notes = None if low != 1 else low, ((LENGTH_UNIT, "octets"),)
    else:
        return (), ()
    pairs = zip(names, (low, high), strict=True)
    return tuple((name, value) for name, value in pairs if value is not None and (value or "Length" not in name)), notes


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, Primitive) and cell.name == "string"


def _narrowed(
    cell: Cell, values: tuple[str, ...], notes: tuple[tuple[str, Note], ...]
) -> tuple[Cell, tuple[tuple[str, Note], ...]]:
    """Narrow a type to the values that are listed; a range among them leaves it open, and so does another type."""
    item = cell.item if isinstance(cell, ArrayOf) else cell
    notes = tuple(dict.fromkeys(notes))
    if not values or (isinstance(item, Primitive) and item.name == "boolean"):
        return cell, notes
    closed = not any(_RANGE.fullmatch(value) for value in values)
    if closed and (_is_text(item) or (isinstance(cell, ArrayOf) and isinstance(item, Unstated))):
        listed = Enumeration(values=values)
        return ArrayOf(item=listed) if isinstance(cell, ArrayOf) else listed, notes
    return cell, (*notes, (KNOWN_VALUES, values))

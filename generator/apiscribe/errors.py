"""The errors room: where something was found, what is wrong with it, and the one exception that carries it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_REPORTED = 20
MAX_INPUT = 80
FEW = 3
"""Warnings of one kind that are told one by one; more of them are one line."""
LEFT_OUT = "skip-invalid"
"""The rule of what is left out of the output, which is always told in full."""
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class Severity(StrEnum):
    """How much a finding matters: an error refuses the input, a warning states what was done instead."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A place in an input file; lines and columns count from 1, a pointer is an RFC 6901 JSON pointer."""

    file: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: the rule that found it, what is wrong and what to do, and where.

    `fact` is what it concerns in a document that is made from the place: `FILE#POINTER`. `kind` is the message without
    what is particular to the place, if there is such a thing.
    """

    rule: str
    message: str
    origin: Origin
    severity: Severity = Severity.ERROR
    fact: str | None = None
    kind: str = ""


class ApiscribeError(Exception):
    """Refused input: carries every diagnostic that one room found, and a way out where the input has one."""

    def __init__(self, diagnostics: Sequence[Diagnostic], hint: str = "") -> None:
        self.diagnostics = tuple(diagnostics)
        self.hint = hint
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Print it for a person: the diagnostics as `report` does, then the hint."""
        return [*report(self.diagnostics), *([f"hint: {self.hint}"] if self.hint else ())]


def refusal(rule: str, message: str, origin: Origin) -> ApiscribeError:
    """Make the exception for a single error."""
    return ApiscribeError((Diagnostic(rule=rule, message=message, origin=origin),))


def shown(text: object, limit: int = MAX_INPUT) -> str:
    r"""Quote input for a message: control characters escaped, cut at `limit` characters.

    >>> shown("a\nb")
    'a\\nb'
    >>> shown("x" * 90)[-3:]
    'xx…'
    """
    raw = str(text)
    cut = raw[:limit] + ("…" if len(raw) > limit else "")
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNPRINTABLE else char for char in cut
    )


def line_of(diagnostic: Diagnostic) -> str:
    """Print one diagnostic as one line.

    >>> line_of(Diagnostic(rule="x", message="no title", origin=Origin(file="a.yaml", line=3, pointer="/info")))
    'error: a.yaml:3: /info: no title'
    """
    origin = diagnostic.origin
    place = shown(origin.file, 400) + (f":{origin.line}" if origin.line is not None else "")
    pointer = f" {shown(origin.pointer or '(root)', 200)}:" if origin.pointer is not None else ""
    fact = f" [{shown(diagnostic.fact, 400)}]" if diagnostic.fact is not None else ""
    return f"{diagnostic.severity}: {place}:{pointer} {shown(diagnostic.message, 1000)}{fact}"


def report(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Print diagnostics in document order, at most 20 lines, then a count of the rest.

    Warnings of a file that say the same are one line, at the first place of it, and so are more than a few of one kind.
    What is left out of the output is told item by item, whatever its number.
    """
    groups: dict[object, list[Diagnostic]] = {}
    ordered = sorted(diagnostics, key=_order)
    kinds = Counter(map(_kind, ordered))
    for diagnostic in ordered:
        many = diagnostic.kind and kinds[_kind(diagnostic)] > FEW
        same = _kind(diagnostic) if many else (diagnostic.rule, diagnostic.message, diagnostic.origin.file)
        repeats = diagnostic.severity is Severity.WARNING and diagnostic.fact is None and diagnostic.rule != LEFT_OUT
        groups.setdefault(same if repeats else diagnostic, []).append(diagnostic)
    lines: list[str] = []
    told = rest = 0
    for first, *others in groups.values():
        if told < MAX_REPORTED or first.rule == LEFT_OUT:
            lines.append(line_of(first) + _elsewhere(others))
            told += first.rule != LEFT_OUT
        else:
            rest += 1 + len(others)
    return [*lines, f"… and {rest} more"] if rest else lines


def _kind(diagnostic: Diagnostic) -> tuple[str, str, str, Severity]:
    return diagnostic.rule, diagnostic.kind, diagnostic.origin.file, diagnostic.severity


def _elsewhere(others: Sequence[Diagnostic]) -> str:
    return f" (and {len(others)} more like it)" if others else ""


def _order(diagnostic: Diagnostic) -> tuple[bool, str, int, int]:
    origin = diagnostic.origin
    return diagnostic.severity is Severity.WARNING, origin.file, origin.line or 0, origin.column or 0

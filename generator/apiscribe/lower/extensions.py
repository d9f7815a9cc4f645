"""Extensions: the x- keys that the generator understands, each read in one place."""

from __future__ import annotations

from typing import Final

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.errors import Diagnostic
from apiscribe.lower.reading import text, texts

_PAGINATION_KEYS: Final = frozenset(
    {"style", "page", "size", "items", "total", "first", "next", "next-header", "marker", "more", "total-pages"}
)
_WAITER_KEYS: Final = frozenset({"field", "success", "failure", "gone-is-success", "interval"})
_COUNTED: Final = ("page", "offset")
# The next page has an address of its own, in the body or in the header Link; no parameter need move.
_ADDRESSED: Final = ("url", "link")
_STYLES: Final = (*_COUNTED, "marker", *_ADDRESSED)


def pagination(node: Node, method: str, asking: frozenset[str], diagnostics: list[Diagnostic]) -> ir.Pagination | None:
    """Read `x-pagination` of an operation; `asking` names what can ask for a page."""
    entry = node.get("x-pagination")
    if entry is None or not _known(entry, _PAGINATION_KEYS, "x-pagination", diagnostics):
        return None
    first = entry.get("first")
    read = ir.Pagination(
        style=text(entry, "style") or "page", page=text(entry, "page"), size=text(entry, "size"),
        items=text(entry, "items"), total=text(entry, "total"),
        first=first.plain if first is not None and isinstance(first.plain, int) else 0,
        next=text(entry, "next"), next_header=text(entry, "next-header"), marker=text(entry, "marker"),
        more=text(entry, "more"), total_pages=text(entry, "total-pages"),
    )  # fmt: skip
    problem = _problem(read, method)
    if not problem and read.page and read.page not in asking:
        problem = f"x-pagination names {read.page}, which is no query or header parameter or field of the body here"
    if problem:
        diagnostics.append(entry.error("x-pagination", problem))
    return None if problem else read


def _problem(read: ir.Pagination, method: str) -> str:
    """Tell what is missing, or what the style has no use for."""
    if read.style not in _STYLES or not read.items or not (read.page or read.style in _ADDRESSED):
        return f"x-pagination needs page and items, and a style of {', '.join(_STYLES)} (url and link need no page)"
    if read.style == "url" and not read.next:
        return "x-pagination of style url needs next, the place of the address in the response"
    if read.style in _ADDRESSED and method != "get":
        return f"x-pagination of style {read.style} is for GET: what follows is only an address"
    if read.next_header and read.style != "marker":
        return "next-header of x-pagination is for the style marker"
    if sum(map(bool, (read.next, read.next_header, read.marker))) > 1:
        return "x-pagination takes one of next, next-header and marker"
    return ""


def waiter(node: Node, diagnostics: list[Diagnostic]) -> ir.Waiter | None:
    """Read `x-waiter` of an operation."""
    entry = node.get("x-waiter")
    if entry is None or not _known(entry, _WAITER_KEYS, "x-waiter", diagnostics):
        return None
    success = texts(entry, "success")
    gone = entry.get("gone-is-success")
    if not text(entry, "field") or not (success or (gone is not None and gone.plain is True)):
        diagnostics.append(entry.error("x-waiter", "x-waiter needs a field and the values that mean success"))
        return None
    interval = entry.get("interval")
    return ir.Waiter(
        field=text(entry, "field"), success=success, failure=texts(entry, "failure"),
        gone_is_success=gone is not None and gone.plain is True,
        interval=float(interval.plain) if interval is not None and isinstance(interval.plain, int | float) else 5.0,
    )  # fmt: skip


def source_of(node: Node) -> str:
    """Give the page that `x-source` names, or nothing."""
    entry = node.get("x-source")
    return text(entry, "page") if entry is not None else ""


def _known(entry: Node, keys: frozenset[str], name: str, diagnostics: list[Diagnostic]) -> bool:
    unknown = [key for key in entry.keys() if key not in keys and not key.startswith("x-")]  # noqa: SIM118
    if unknown or not entry.is_mapping:
        diagnostics.append(entry.error(name, f"unknown in {name}: {', '.join(unknown) or 'not a mapping'}"))
    return entry.is_mapping and not unknown

"""Extensions: the x- keys that the generator understands, each read in one place."""

from __future__ import annotations

from apiscribe import ir
from apiscribe.document.node import Node
from apiscribe.errors import Diagnostic
from apiscribe.lower.reading import text, texts

_PAGINATION_KEYS = frozenset({"style", "page", "size", "items", "total", "first"})
_WAITER_KEYS = frozenset({"field", "success", "failure", "gone-is-success", "interval"})
_PAGE_STYLES = ("page", "offset", "marker")


def pagination(node: Node, diagnostics: list[Diagnostic]) -> ir.Pagination | None:
    """Read `x-pagination` of an operation."""
    entry = node.get("x-pagination")
    if entry is None or not _known(entry, _PAGINATION_KEYS, "x-pagination", diagnostics):
        return None
    style = text(entry, "style") or "page"
    items, page = text(entry, "items"), text(entry, "page")
    if style not in _PAGE_STYLES or not items or not page:
        message = f"x-pagination needs page and items, and a style of {', '.join(_PAGE_STYLES)}"
        diagnostics.append(entry.error("x-pagination", message))
        return None
    first = entry.get("first")
    return ir.Pagination(
        style=style, page=page, size=text(entry, "size"), items=items, total=text(entry, "total"),
        first=first.plain if first is not None and isinstance(first.plain, int) else 0,
    )  # fmt: skip


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

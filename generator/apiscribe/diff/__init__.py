"""The diff room: two checked documents in, every change out, classed by what it does to callers; names no portal."""

from apiscribe.diff.change import Change, Impact, next_version
from apiscribe.diff.documents import Comparison, OperationComparison, Side, compare

__all__ = ["Change", "Comparison", "Impact", "OperationComparison", "Side", "compare", "next_version"]

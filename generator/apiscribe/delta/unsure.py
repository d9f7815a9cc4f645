"""Doubt: the one exception that says a document has to be generated as a whole."""

from __future__ import annotations


class UnsureError(Exception):
    """It is not certain that only the changed operation matters; the message says why, for tests and benchmarks."""

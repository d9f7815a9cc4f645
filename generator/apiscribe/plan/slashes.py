"""Slashes: operations of one path that only the slash at its end tells apart, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apiscribe import ir


def slash_twins(operations: Iterable[ir.Operation]) -> Mapping[str, ir.Operation]:
    """Give, by the id of an operation whose path ends in a slash, the one of the same path without it."""
    told = {(item.method, item.path): item for item in operations}
    twins = ((item.id, told.get((item.method, item.path.rstrip("/")))) for item in told.values())
    return {key: twin for key, twin in twins if twin is not None and twin.id != key}


def slashed(name: str) -> str:
    """Give the name of an operation that only the slash at the end of its path tells from another.

    >>> slashed("upload_file")
    'upload_file_slash'
    """
    return f"{name}_slash"

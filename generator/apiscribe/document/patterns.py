"""Patterns: a regular expression of a document comes in, the reason why this engine cannot run it goes out."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

MAX_PATTERN = 2_000
_MAX_GROUPS = 90
_ESCAPED = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_REPEATED = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_MAX_REPEAT = 10_000


@lru_cache(maxsize=4096)
def pattern_fault(pattern: str) -> str | None:
    r"""Say why a pattern cannot be run, or None; the budgets come before the compiler sees it.

    >>> pattern_fault("^[a-z]+$")
    >>> pattern_fault(r"^\p{L}+$")
    'bad escape \\p at position 1'
    """
    if len(pattern) > MAX_PATTERN:
        return f"it is longer than {MAX_PATTERN} characters"
    bare = _ESCAPED.sub("", pattern)
    if bare.count("(") > _MAX_GROUPS:
        return f"it has more than {_MAX_GROUPS} groups"
    if any(int(bound or 0) > _MAX_REPEAT for match in _REPEATED.finditer(bare) for bound in match.groups()):
        return f"it repeats more than {_MAX_REPEAT} times"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError) as error:
        return str(error)
    return None

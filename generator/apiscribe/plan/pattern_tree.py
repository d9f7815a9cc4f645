"""Pattern trees: a regular expression goes in, what Python's own parser reads in it comes out.

That parser is not public, but nothing else reads just what `re` reads. It is named here and nowhere else, and
`tests/test_stub_patterns.py` holds the shape of every part that is worked with, on each Python that the tests run on.
"""

from __future__ import annotations

import warnings
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final

kind: Final = _constants
"""The kinds of parts, by their names in the parser: `kind.LITERAL`, `kind.MAX_REPEAT`."""


def tree_of(pattern: str) -> list[tuple[Any, Any]]:
    """Parse a pattern into pairs, each of the kind of a part and of what a part of that kind holds.

    >>> [str(code) for code, _ in tree_of("^a[b-c]{2}$")]
    ['AT', 'LITERAL', 'MAX_REPEAT', 'AT']

    Raises:
        re.error: it is no pattern.
        RecursionError: it has more groups within groups than Python takes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(_parser.parse(pattern))

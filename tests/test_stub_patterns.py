"""Texts for patterns: what stubs send where a schema has one, and that no expression of a document is run for it."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiscribe import ir
from apiscribe.errors import Origin
from apiscribe.plan.pattern_tree import tree_of
from apiscribe.plan.stubs_patterns import matching
from apiscribe.plan.stubs_scalars import text_for

KNOWN = [
    r"^[a-zA-Z0-9_-]{1,64}$",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    r"^arn:aws:iam::\d{12}:role/[\w+=,.@-]+$",
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$",
    r"^https?://[^\s/]+(/.*)?$",
    r"^\+?[1-9]\d{1,14}$",
    r"^#(?:[0-9a-fA-F]{3}){1,2}$",
    r"^([01]\d|2[0-3]):[0-5]\d$",
    r"^projects/[^/]+/locations/[^/]+$",
    r"^\S+@\S+\.\S+$",
    r"[A-Z]{2}",
    r"^.{3,}$",
    r"^[가-힣]{2}$",
    r"^(a|b)*$",
    r"^v\d+(\.\d+){2}(-[\w.]+)?$",
    r"(?i)^[a-f]+\Z",
    r"^[^a-zA-Z]+$",
    r"\/api\/[\d\w]+",
]


@pytest.mark.parametrize("pattern", KNOWN)
@pytest.mark.parametrize("name", ["", "id", "크기"])
def test_a_text_matches_its_pattern(pattern: str, name: str) -> None:
    text = matching(pattern, 0, float("inf"), name)
    assert text is not None
    assert re.search(pattern, text)
    assert text == matching.__wrapped__(pattern, 0, float("inf"), name)


@pytest.mark.parametrize(
    ("pattern", "low", "high", "length"),
    [
        ("^[a-z]+$", 0, 99, 8),
        ("^[a-z]+$", 12, 99, 12),
        ("^[a-z]+$", 0, 3, 3),
        ("^(?:ab)*$", 5, 6, 6),
        ("^[a-z]{2}$", 2, 2, 2),
        ("[a-z]{2}", 30, 40, 30),
    ],
)
def test_a_text_has_the_length_that_is_asked_for(pattern: str, low: int, high: int, length: int) -> None:
    text = matching(pattern, low, high, "name")
    assert text is not None
    assert re.search(pattern, text)
    assert len(text) == length


@pytest.mark.parametrize(
    "pattern",
    [
        "^(?=.*[A-Z])(?=.*[0-9]).{8,}$",
        r"^(a)\1$",
        r"\bword\b",
        r"^\p{L}+$",
        "a$b",
        "b^a",
        "^[a-z]{2000}$",
        "^(((a{90}){90}){90}){90}$",
        "(" * 60 + "a" + ")" * 60,
        "(?:){9999}" * 150,
        "^\x00$",
    ],
)
def test_what_has_no_text_is_left_to_the_usual_one(pattern: str) -> None:
    assert matching(pattern, 0, 99, "name") is None
    schema = ir.StringSchema(origin=Origin(file="a.yaml", pointer=""), pattern=pattern)
    assert text_for(schema, "size") == "a size"


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*b$", "^(a|aa)+$", "^([a-z]+)*!$", "^(.*)*x$"])
def test_a_pattern_that_takes_ages_is_not_run(pattern: str) -> None:
    text = matching(pattern, 100, 200, "name")
    assert text is not None
    assert 100 <= len(text) <= 200


_PARTS: Any = st.recursive(
    st.sampled_from([*string.ascii_letters, r"\d", r"\w", r"\s", r"\D", "[a-f]", "[^b-y]", r"[\w.-]", ".", r"\.", "é"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{2,}?"])).map(
            lambda it: f"(?:{it[0]}){it[1]}"
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda it: f"({'|'.join(it)})"),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    ),
    max_leaves=6,
)


@given(_PARTS, st.integers(0, 12), st.text(max_size=4))
def test_whatever_is_made_matches(part: str, low: int, name: str) -> None:
    text = matching(f"^{part}$", low, 200, name)
    assert text is None or (re.search(f"^{part}$", text) and len(text) >= low)


def shown(part: Any) -> Any:
    """Write a parsed pattern with the names of its kinds."""
    if isinstance(part, tuple):
        return tuple(shown(item) for item in part)
    if part is None or type(part) is int:
        return part
    # The parser's kinds are numbers with names.
    return str(part) if isinstance(part, int) else [shown(item) for item in part]


# Python's parser is not public: this is what has to be the same on every version.
@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a.", [("LITERAL", 97), ("ANY", None)]),
        ("[^a]", [("NOT_LITERAL", 97)]),
        ("^$", [("AT", "AT_BEGINNING"), ("AT", "AT_END")]),
        (r"\A\Z", [("AT", "AT_BEGINNING_STRING"), ("AT", "AT_END_STRING")]),
        (
            r"[^a-c_\d]",
            [("IN", [("NEGATE", None), ("RANGE", (97, 99)), ("LITERAL", 95), ("CATEGORY", "CATEGORY_DIGIT")])],
        ),
        (r"\D", [("IN", [("CATEGORY", "CATEGORY_NOT_DIGIT")])]),
        (r"\s\S", [("IN", [("CATEGORY", "CATEGORY_SPACE")]), ("IN", [("CATEGORY", "CATEGORY_NOT_SPACE")])]),
        (r"\w\W", [("IN", [("CATEGORY", "CATEGORY_WORD")]), ("IN", [("CATEGORY", "CATEGORY_NOT_WORD")])]),
        ("a|bc", [("BRANCH", (None, [[("LITERAL", 97)], [("LITERAL", 98), ("LITERAL", 99)]]))]),
        ("(a)", [("SUBPATTERN", (1, 0, 0, [("LITERAL", 97)]))]),
        ("a{2,3}", [("MAX_REPEAT", (2, 3, [("LITERAL", 97)]))]),
        ("a+?", [("MIN_REPEAT", (1, "MAXREPEAT", [("LITERAL", 97)]))]),
    ],
)
def test_patterns_are_parsed_into_the_parts_that_are_worked_with(pattern: str, parts: Any) -> None:
    assert shown(tree_of(pattern)) == parts

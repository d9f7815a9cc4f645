"""Records take their fields once each, demand what has no default, and do not change."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from . import runtime_sample as runtime_sample

# isort: split
from apiscribe_runtime.operation import Parameter

PAGE = Parameter("page", "page_", "query")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {"name": "page"}),
        (("page", "page", "query"), {"name": "page"}),
        (("page", "page", "query"), {"colour": "red"}),
        (("page", "page", "query", "form", True, False, "", False, 1), {}),
    ],
)
def test_other_fields_are_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"^Parameter takes name, argument, location, .*, each once$"):
        Parameter(*values, **named)


def test_records_are_compared_by_what_they_hold() -> None:
    assert (PAGE.style, PAGE.explode) == ("", None)
    assert Parameter(name="page", argument="page_", location="query", style="") == PAGE
    assert {PAGE, pickle.loads(pickle.dumps(PAGE))} == {PAGE}
    assert PAGE.changed(required=True) != PAGE


@pytest.mark.parametrize("name", ["name", "colour"])
def test_records_do_not_change(name: str) -> None:
    with pytest.raises(AttributeError, match=f"Parameter does not change: {name}"):
        setattr(PAGE, name, "other")

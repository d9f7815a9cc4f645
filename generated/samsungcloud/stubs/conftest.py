"""Runs every test with the client and with the async client."""

from __future__ import annotations

import pytest

from .cases import Flavor

# So that a failing check shows what differs.
pytest.register_assert_rewrite(f"{__package__}.checks", f"{__package__}.recipe_vectors")


@pytest.fixture(params=["sync", "async"])
def flavor(request: pytest.FixtureRequest) -> Flavor:
    """Give the kind of client that the test calls."""
    chosen: Flavor = request.param
    return chosen


def pytest_pycollect_makeitem(obj: object) -> list[pytest.Item] | None:
    """Collect functions alone: a client may well have a name that begins with Test."""
    return [] if isinstance(obj, type) else None

"""The pytest fixture of this package: put `pytest_plugins = ["samsungcloud.testing_pytest"]` into a conftest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .testing import Verifier, verifier


@pytest.fixture
def signature_verifier() -> Callable[..., Verifier]:
    """Give what makes a verifier of requests out of the credentials that a mock server knows."""
    return verifier

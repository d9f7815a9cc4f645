"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import apiscribe


def test_examples_in_docstrings() -> None:
    names = [module.name for module in pkgutil.walk_packages(apiscribe.__path__, "apiscribe.")]
    results = {name: doctest.testmod(import_module(name)) for name in names if not name.endswith("__main__")}
    assert {name: result.failed for name, result in results.items() if result.failed} == {}
    assert sum(result.attempted for result in results.values()) > 20

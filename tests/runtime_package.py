"""The client runtime under a package name of its own: makes `import apiscribe_runtime` load templates/runtime."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

NAME = "apiscribe_runtime"
FOLDER = Path(__file__).parents[1] / "templates" / "runtime"


def load() -> None:
    """Make `import apiscribe_runtime` work in this process."""
    if NAME in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)


load()

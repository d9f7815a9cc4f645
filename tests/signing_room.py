"""What the signing tests share: the first recipe, its vectors, and compiled functions made callable."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from apiscribe import signing
from apiscribe.document.load import load
from apiscribe.signing import Recipe

ROOT = Path(__file__).parents[1]
VECTORS = ROOT / "tests" / "vectors" / "samsungcloud-v2"
ACCESS_KEY = "0123456789abcdef0123456789abcdef"
SECRET_KEY = "11111111-2222-3333-4444-555555555555"
CREDENTIALS = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}


def runtime(name: str) -> ModuleType:
    """Import a module of templates/runtime, as a generated package would hold it."""
    package = "apiscribe_runtime_under_test"
    if package not in sys.modules:
        folder = ROOT / "templates" / "runtime"
        spec = importlib.util.spec_from_file_location(
            package, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[package] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[package])
    return importlib.import_module(f"{package}.{name}")


# What compiled functions import from a package's runtime comes from the runtime under test.
PACKAGE = "apiscribe_package_under_test"
sys.modules[PACKAGE] = ModuleType(PACKAGE)
sys.modules[f"{PACKAGE}._runtime"] = runtime("signing") and sys.modules["apiscribe_runtime_under_test"]
for _name in ("signing", "canonical", "asymmetric"):
    sys.modules[f"{PACKAGE}._runtime.{_name}"] = runtime(_name)

Secret = runtime("secret").Secret
Signed = runtime("signing").Signed
verifier = runtime("stubs.recipe_verifier")
loopback = runtime("stubs.loopback")


def read(text: str | Mapping[str, object]) -> Recipe:
    """Read a recipe from YAML text or plain data."""
    source = text if isinstance(text, str) else json.dumps(text)
    return signing.read(load(source.encode(), file="recipe.yaml").root)


def first_recipe() -> Recipe:
    """Read the recipe of the vectors."""
    return read((VECTORS / "recipe.yaml").read_text("utf-8"))


def module_source(compiled: signing.CompiledSigner) -> str:
    """Put a compiled function into a module."""
    lines = ["from __future__ import annotations", *compiled.imports, "", compiled.source]
    return "\n".join(lines)


def signer(recipe: Recipe) -> Callable[..., Any]:
    """Compile a recipe and give the function."""
    compiled = signing.compile_module(recipe)
    names: dict[str, Any] = {"Signed": Signed, "__package__": PACKAGE}
    exec(compile(module_source(compiled), "_signing.py", "exec"), names)
    function: Callable[..., Any] = names[compiled.function]
    return function


def credentials(recipe: Recipe, values: Mapping[str, str]) -> SimpleNamespace:
    """Make what a generated Credentials class would be: secrets wrapped, absent ones None."""
    made = {
        item.name: Secret(values[item.name]) if item.secret and item.name in values else values.get(item.name)
        for item in recipe.credentials
    }
    return SimpleNamespace(**made)

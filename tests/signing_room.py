"""What the signing tests share: the first recipe, its vectors, and compiled functions made callable."""

from __future__ import annotations

import base64
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from apiscribe import signing
from apiscribe.document.load import load
from apiscribe.signing import Recipe
from apiscribe.signing.words import RANDOMISED

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
for _name in ("signing", "canonical", "keyed", "asymmetric"):
    sys.modules[f"{PACKAGE}._runtime.{_name}"] = runtime(_name)

Secret = runtime("secret").Secret
Signed = runtime("signing").Signed
verifier = runtime("stubs.recipe_verifier")
WireRequest = runtime("stubs.request").WireRequest
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


def signer(recipe: Recipe, *, explain: bool = False) -> Callable[..., Any]:
    """Compile a recipe and give the function."""
    compiled = signing.compile_module(recipe, explain=explain)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A vector as its folder holds it: the request, and what is published of it."""

    method: str
    url: str
    timestamp: int
    credentials: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    body_base64: str = ""
    nonce: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    published: Mapping[str, str] = field(default_factory=dict)

    @property
    def octets(self) -> bytes:
        """The body as bytes."""
        return base64.b64decode(self.body_base64) if self.body_base64 else self.body.encode()


def vector_of(folder: Path) -> Recorded:
    """Read the request of a vector."""
    return Recorded(**json.loads((folder / "request.json").read_text("utf-8")))


def signed_of(recipe: Recipe, vector: Recorded, sign: Callable[..., Any]) -> Any:
    """Sign the request of a vector with a compiled function."""
    chosen = {"options": vector.options} if recipe.chosen_options else {}
    return sign(
        vector.method,
        vector.url,
        vector.headers,
        vector.octets,
        credentials(recipe, vector.credentials),
        vector.timestamp / 1000,
        vector.nonce,
        **chosen,
    )


def wire_of(vector: Recorded, signed: Any) -> Any:
    """Give the signed request of a vector as it arrives at a server."""
    scheme, _, rest = vector.url.partition("://")
    host = rest.partition("/")[0]
    target = runtime("wire").with_query(rest.removeprefix(host), signed.query)
    headers = (("Host", host), *vector.headers.items(), *signed.headers)
    return WireRequest(method=vector.method, target=target, headers=headers, body=vector.octets, scheme=scheme)


def judge_of(recipe: Recipe, vector: Recorded) -> Any:
    """Make the verifier that knows the credentials of a vector."""
    return verifier.RecipeVerifier(recipe.to_data(), vector.credentials, options=vector.options)


def verifier_values(recipe: Recipe, vector: Recorded) -> dict[str, bytes]:
    """Compute the steps of a vector with the interpreter of the stubs, but for secrets and what chance goes into."""
    signed = signed_of(recipe, vector, signer(recipe))
    values = judge_of(recipe, vector).values(wire_of(vector, signed), vector.timestamp, vector.nonce or "")
    return {name: value for name, value in values.items() if name in recorded_steps(recipe)}


def recorded_steps(recipe: Recipe) -> list[str]:
    """Name the steps of a recipe that have one value, which is no key."""
    keys = {key.name for piece in recipe.expressions() for item in piece.transforms if (key := item.key) is not None}
    chance = {
        step.name
        for step in recipe.steps
        for part in step.templates()
        for piece in part.pieces
        if any(item.algorithm in RANDOMISED for item in piece.transforms)
    }
    return [step.name for step in recipe.steps if step.name not in keys | chance]

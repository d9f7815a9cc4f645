"""Running a recipe's compiled code: a request in, the value of every step and what would be sent out."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any, Final

from apiscribe.location import templates_root
from apiscribe.signing import Recipe, compile_module
from apiscribe.signing.request import SignedRequest

_PACKAGE: Final = "_apiscribe_client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What the compiled code computed: the bytes of each step by name, and what it adds to the request."""

    steps: Mapping[str, bytes]
    headers: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]


class Key:
    """A credential of any bytes, with the surface of the runtime's `Secret`."""

    __slots__ = ("key",)

    def __init__(self, key: bytes) -> None:
        self.key = key

    def reveal(self) -> str:
        """Give the text; bytes that are none survive until they are encoded."""
        return self.key.decode("utf-8", "surrogateescape")

    def __repr__(self) -> str:
        return "***"


def runtime(name: str) -> ModuleType:
    """Import a module of the runtime that generated packages hold, from the templates."""
    inner = f"{_PACKAGE}._runtime"
    if inner not in sys.modules:
        folder = templates_root() / "runtime"
        outer = sys.modules.setdefault(_PACKAGE, ModuleType(_PACKAGE))
        outer.__path__ = []
        spec = importlib.util.spec_from_file_location(
            inner, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        if spec is None or spec.loader is None:
            raise ImportError(inner)
        sys.modules[inner] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[inner])
    return importlib.import_module(f"{inner}.{name}")


def evaluator(recipe: Recipe) -> Callable[[SignedRequest], Evaluated]:
    """Compile a recipe as it is compiled into packages, and give what runs it and tells every step."""
    compiled = compile_module(recipe, explain=True)
    source = "\n".join(["from __future__ import annotations", *compiled.imports, "", compiled.source])
    names: dict[str, Any] = {
        "__name__": f"{_PACKAGE}._signing",
        "__package__": _PACKAGE,
        "Signed": runtime("signing").Signed,
    }
    # The code that packages hold, made by the compiler of recipes out of literals and checked names.
    exec(compile(source, "_signing.py", "exec"), names)  # noqa: S102
    sign: Callable[..., tuple[Any, tuple[tuple[str, str | bytes], ...]]] = names[compiled.function]
    secret = {item.name: item.secret for item in recipe.credentials}

    def run(request: SignedRequest) -> Evaluated:
        held = {
            name: None if name not in request.keys else Key(request.keys[name]) if is_secret else _text(request, name)
            for name, is_secret in secret.items()
        }
        chosen = {"options": request.options} if recipe.chosen_options else {}
        signed, steps = sign(
            request.method, request.url, request.headers, request.body, SimpleNamespace(**held),
            request.milliseconds / 1000.0, request.nonce, **chosen,
        )  # fmt: skip
        found = {name: value if isinstance(value, bytes) else value.encode() for name, value in steps}
        return Evaluated(steps=found, headers=signed.headers, query=signed.query)

    return run


def _text(request: SignedRequest, name: str) -> str:
    return request.keys[name].decode("utf-8", "surrogateescape")

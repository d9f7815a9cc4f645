"""Data Flow: the clients and models of its newest version, 1.1."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .v1_1.async_client import AsyncDataFlow as AsyncDataFlow
    from .v1_1.client import DataFlow as DataFlow
    from .v1_1 import models as models


__all__: list[str] = [
    "AsyncDataFlow",
    "DataFlow",
    "models",
]

_MODULES: dict[str, str] = {
    "AsyncDataFlow": ".v1_1.async_client",
    "DataFlow": ".v1_1.client",
    "models": ".v1_1.models",
}


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = import_module(module, __name__)
    # `models` is a module, and given whole.
    value = found if module.endswith(f".{name}") else getattr(found, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})

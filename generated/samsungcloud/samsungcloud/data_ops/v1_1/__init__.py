"""Data Ops 1.1: its clients; its models are in `models`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncDataOps as AsyncDataOps
    from .client import DataOps as DataOps


__all__: list[str] = [
    "AsyncDataOps",
    "DataOps",
]

_MODULES: dict[str, str] = {
    "AsyncDataOps": ".async_client",
    "DataOps": ".client",
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

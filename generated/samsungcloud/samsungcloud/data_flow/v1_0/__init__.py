"""Data Flow 1.0: its clients; its models are in `models`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncDataFlow as AsyncDataFlow
    from .client import DataFlow as DataFlow


__all__: list[str] = [
    "AsyncDataFlow",
    "DataFlow",
]

_MODULES: dict[str, str] = {
    "AsyncDataFlow": ".async_client",
    "DataFlow": ".client",
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

"""The models of Data Flow 1.0."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .data_flow_service_update_response import (
        DataFlowServiceUpdateResponse as DataFlowServiceUpdateResponse,
    )
    from .data_flow_services_update_request import (
        DataFlowServicesUpdateRequest as DataFlowServicesUpdateRequest,
    )


__all__: list[str] = [
    "DataFlowServiceUpdateResponse",
    "DataFlowServicesUpdateRequest",
]

_MODULES: dict[str, str] = {
    "DataFlowServiceUpdateResponse": ".data_flow_service_update_response",
    "DataFlowServicesUpdateRequest": ".data_flow_services_update_request",
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

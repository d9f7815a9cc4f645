"""The models of Data Flow 1.1."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cluster_resource_check_response import (
        ClusterResourceCheckResponse as ClusterResourceCheckResponse,
    )
    from .data_flow_body_create import DataFlowBodyCreate as DataFlowBodyCreate
    from .data_flow_body_update import DataFlowBodyUpdate as DataFlowBodyUpdate
    from .data_flow_check_duplication_response import (
        DataFlowCheckDuplicationResponse as DataFlowCheckDuplicationResponse,
    )
    from .data_flow_detail_response import DataFlowDetailResponse as DataFlowDetailResponse
    from .data_flow_detail_response_v1_dot1 import (
        DataFlowDetailResponseV1Dot1 as DataFlowDetailResponseV1Dot1,
    )
    from .data_flow_image_list_response import (
        DataFlowImageListResponse as DataFlowImageListResponse,
    )
    from .data_flow_image_response import DataFlowImageResponse as DataFlowImageResponse
    from .data_flow_service_check_duplication_response import (
        DataFlowServiceCheckDuplicationResponse as DataFlowServiceCheckDuplicationResponse,
    )
    from .data_flow_service_create_request import (
        DataFlowServiceCreateRequest as DataFlowServiceCreateRequest,
    )
    from .data_flow_service_detail_response import (
        DataFlowServiceDetailResponse as DataFlowServiceDetailResponse,
    )
    from .data_flow_service_detail_response_v1_dot1 import (
        DataFlowServiceDetailResponseV1Dot1 as DataFlowServiceDetailResponseV1Dot1,
    )
    from .data_flow_service_image_response import (
        DataFlowServiceImageResponse as DataFlowServiceImageResponse,
    )
    from .data_flow_service_sub_version_response import (
        DataFlowServiceSubVersionResponse as DataFlowServiceSubVersionResponse,
    )
    from .data_flow_service_update_response import (
        DataFlowServiceUpdateResponse as DataFlowServiceUpdateResponse,
    )
    from .data_flow_service_validate_resource_request import (
        DataFlowServiceValidateResourceRequest as DataFlowServiceValidateResourceRequest,
    )
    from .data_flow_services_response import DataFlowServicesResponse as DataFlowServicesResponse
    from .data_flow_services_response_v1_dot1 import (
        DataFlowServicesResponseV1Dot1 as DataFlowServicesResponseV1Dot1,
    )
    from .data_flow_services_update_request import (
        DataFlowServicesUpdateRequest as DataFlowServicesUpdateRequest,
    )
    from .data_flow_update_response import DataFlowUpdateResponse as DataFlowUpdateResponse
    from .data_flows_console_response import DataFlowsConsoleResponse as DataFlowsConsoleResponse
    from .data_flows_console_response_v1_dot1 import (
        DataFlowsConsoleResponseV1Dot1 as DataFlowsConsoleResponseV1Dot1,
    )
    from .list_data_flow_services_console_response import (
        ListDataFlowServicesConsoleResponse as ListDataFlowServicesConsoleResponse,
    )
    from .list_data_flow_services_console_response_v1_dot1 import (
        ListDataFlowServicesConsoleResponseV1Dot1 as ListDataFlowServicesConsoleResponseV1Dot1,
    )
    from .list_data_flows_console_response import (
        ListDataFlowsConsoleResponse as ListDataFlowsConsoleResponse,
    )
    from .list_data_flows_console_response_v1_dot1 import (
        ListDataFlowsConsoleResponseV1Dot1 as ListDataFlowsConsoleResponseV1Dot1,
    )
    from .tag import Tag as Tag


__all__: list[str] = [
    "ClusterResourceCheckResponse",
    "DataFlowBodyCreate",
    "DataFlowBodyUpdate",
    "DataFlowCheckDuplicationResponse",
    "DataFlowDetailResponse",
    "DataFlowDetailResponseV1Dot1",
    "DataFlowImageListResponse",
    "DataFlowImageResponse",
    "DataFlowServiceCheckDuplicationResponse",
    "DataFlowServiceCreateRequest",
    "DataFlowServiceDetailResponse",
    "DataFlowServiceDetailResponseV1Dot1",
    "DataFlowServiceImageResponse",
    "DataFlowServiceSubVersionResponse",
    "DataFlowServiceUpdateResponse",
    "DataFlowServiceValidateResourceRequest",
    "DataFlowServicesResponse",
    "DataFlowServicesResponseV1Dot1",
    "DataFlowServicesUpdateRequest",
    "DataFlowUpdateResponse",
    "DataFlowsConsoleResponse",
    "DataFlowsConsoleResponseV1Dot1",
    "ListDataFlowServicesConsoleResponse",
    "ListDataFlowServicesConsoleResponseV1Dot1",
    "ListDataFlowsConsoleResponse",
    "ListDataFlowsConsoleResponseV1Dot1",
    "Tag",
]

_MODULES: dict[str, str] = {
    "ClusterResourceCheckResponse": ".cluster_resource_check_response",
    "DataFlowBodyCreate": ".data_flow_body_create",
    "DataFlowBodyUpdate": ".data_flow_body_update",
    "DataFlowCheckDuplicationResponse": ".data_flow_check_duplication_response",
    "DataFlowDetailResponse": ".data_flow_detail_response",
    "DataFlowDetailResponseV1Dot1": ".data_flow_detail_response_v1_dot1",
    "DataFlowImageListResponse": ".data_flow_image_list_response",
    "DataFlowImageResponse": ".data_flow_image_response",
    "DataFlowServiceCheckDuplicationResponse": ".data_flow_service_check_duplication_response",
    "DataFlowServiceCreateRequest": ".data_flow_service_create_request",
    "DataFlowServiceDetailResponse": ".data_flow_service_detail_response",
    "DataFlowServiceDetailResponseV1Dot1": ".data_flow_service_detail_response_v1_dot1",
    "DataFlowServiceImageResponse": ".data_flow_service_image_response",
    "DataFlowServiceSubVersionResponse": ".data_flow_service_sub_version_response",
    "DataFlowServiceUpdateResponse": ".data_flow_service_update_response",
    "DataFlowServiceValidateResourceRequest": ".data_flow_service_validate_resource_request",
    "DataFlowServicesResponse": ".data_flow_services_response",
    "DataFlowServicesResponseV1Dot1": ".data_flow_services_response_v1_dot1",
    "DataFlowServicesUpdateRequest": ".data_flow_services_update_request",
    "DataFlowUpdateResponse": ".data_flow_update_response",
    "DataFlowsConsoleResponse": ".data_flows_console_response",
    "DataFlowsConsoleResponseV1Dot1": ".data_flows_console_response_v1_dot1",
    "ListDataFlowServicesConsoleResponse": ".list_data_flow_services_console_response",
    "ListDataFlowServicesConsoleResponseV1Dot1": ".list_data_flow_services_console_response_v1_dot1",
    "ListDataFlowsConsoleResponse": ".list_data_flows_console_response",
    "ListDataFlowsConsoleResponseV1Dot1": ".list_data_flows_console_response_v1_dot1",
    "Tag": ".tag",
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

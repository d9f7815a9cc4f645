"""The models of Data Ops 1.1."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cluster_resource_check_response import (
        ClusterResourceCheckResponse as ClusterResourceCheckResponse,
    )
    from .data_ops_console_response import DataOpsConsoleResponse as DataOpsConsoleResponse
    from .data_ops_console_response_v1_dot1 import (
        DataOpsConsoleResponseV1Dot1 as DataOpsConsoleResponseV1Dot1,
    )
    from .data_ops_create_request import DataOpsCreateRequest as DataOpsCreateRequest
    from .data_ops_detail_response import DataOpsDetailResponse as DataOpsDetailResponse
    from .data_ops_detail_response_v1_dot1 import (
        DataOpsDetailResponseV1Dot1 as DataOpsDetailResponseV1Dot1,
    )
    from .data_ops_service_create_request import (
        DataOpsServiceCreateRequest as DataOpsServiceCreateRequest,
    )
    from .data_ops_service_detail_response import (
        DataOpsServiceDetailResponse as DataOpsServiceDetailResponse,
    )
    from .data_ops_service_detail_response_v1_dot1 import (
        DataOpsServiceDetailResponseV1Dot1 as DataOpsServiceDetailResponseV1Dot1,
    )
    from .data_ops_service_image_response import (
        DataOpsServiceImageResponse as DataOpsServiceImageResponse,
    )
    from .data_ops_service_sub_version_response import (
        DataOpsServiceSubVersionResponse as DataOpsServiceSubVersionResponse,
    )
    from .data_ops_service_update_request import (
        DataOpsServiceUpdateRequest as DataOpsServiceUpdateRequest,
    )
    from .data_ops_service_update_response import (
        DataOpsServiceUpdateResponse as DataOpsServiceUpdateResponse,
    )
    from .data_ops_service_validate_resource_request import (
        DataOpsServiceValidateResourceRequest as DataOpsServiceValidateResourceRequest,
    )
    from .data_ops_services_console_response import (
        DataOpsServicesConsoleResponse as DataOpsServicesConsoleResponse,
    )
    from .data_ops_services_console_response_v1_dot1 import (
        DataOpsServicesConsoleResponseV1Dot1 as DataOpsServicesConsoleResponseV1Dot1,
    )
    from .data_ops_update_request import DataOpsUpdateRequest as DataOpsUpdateRequest
    from .data_ops_update_response import DataOpsUpdateResponse as DataOpsUpdateResponse
    from .image_attr import ImageAttr as ImageAttr
    from .image_versions_response import ImageVersionsResponse as ImageVersionsResponse
    from .list_data_ops_console_response import (
        ListDataOpsConsoleResponse as ListDataOpsConsoleResponse,
    )
    from .list_data_ops_console_response_v1_dot1 import (
        ListDataOpsConsoleResponseV1Dot1 as ListDataOpsConsoleResponseV1Dot1,
    )
    from .list_data_ops_services_console_response import (
        ListDataOpsServicesConsoleResponse as ListDataOpsServicesConsoleResponse,
    )
    from .list_data_ops_services_console_response_v1_dot1 import (
        ListDataOpsServicesConsoleResponseV1Dot1 as ListDataOpsServicesConsoleResponseV1Dot1,
    )
    from .quick_query_image_attr import QuickQueryImageAttr as QuickQueryImageAttr
    from .tag import Tag as Tag


__all__: list[str] = [
    "ClusterResourceCheckResponse",
    "DataOpsConsoleResponse",
    "DataOpsConsoleResponseV1Dot1",
    "DataOpsCreateRequest",
    "DataOpsDetailResponse",
    "DataOpsDetailResponseV1Dot1",
    "DataOpsServiceCreateRequest",
    "DataOpsServiceDetailResponse",
    "DataOpsServiceDetailResponseV1Dot1",
    "DataOpsServiceImageResponse",
    "DataOpsServiceSubVersionResponse",
    "DataOpsServiceUpdateRequest",
    "DataOpsServiceUpdateResponse",
    "DataOpsServiceValidateResourceRequest",
    "DataOpsServicesConsoleResponse",
    "DataOpsServicesConsoleResponseV1Dot1",
    "DataOpsUpdateRequest",
    "DataOpsUpdateResponse",
    "ImageAttr",
    "ImageVersionsResponse",
    "ListDataOpsConsoleResponse",
    "ListDataOpsConsoleResponseV1Dot1",
    "ListDataOpsServicesConsoleResponse",
    "ListDataOpsServicesConsoleResponseV1Dot1",
    "QuickQueryImageAttr",
    "Tag",
]

_MODULES: dict[str, str] = {
    "ClusterResourceCheckResponse": ".cluster_resource_check_response",
    "DataOpsConsoleResponse": ".data_ops_console_response",
    "DataOpsConsoleResponseV1Dot1": ".data_ops_console_response_v1_dot1",
    "DataOpsCreateRequest": ".data_ops_create_request",
    "DataOpsDetailResponse": ".data_ops_detail_response",
    "DataOpsDetailResponseV1Dot1": ".data_ops_detail_response_v1_dot1",
    "DataOpsServiceCreateRequest": ".data_ops_service_create_request",
    "DataOpsServiceDetailResponse": ".data_ops_service_detail_response",
    "DataOpsServiceDetailResponseV1Dot1": ".data_ops_service_detail_response_v1_dot1",
    "DataOpsServiceImageResponse": ".data_ops_service_image_response",
    "DataOpsServiceSubVersionResponse": ".data_ops_service_sub_version_response",
    "DataOpsServiceUpdateRequest": ".data_ops_service_update_request",
    "DataOpsServiceUpdateResponse": ".data_ops_service_update_response",
    "DataOpsServiceValidateResourceRequest": ".data_ops_service_validate_resource_request",
    "DataOpsServicesConsoleResponse": ".data_ops_services_console_response",
    "DataOpsServicesConsoleResponseV1Dot1": ".data_ops_services_console_response_v1_dot1",
    "DataOpsUpdateRequest": ".data_ops_update_request",
    "DataOpsUpdateResponse": ".data_ops_update_response",
    "ImageAttr": ".image_attr",
    "ImageVersionsResponse": ".image_versions_response",
    "ListDataOpsConsoleResponse": ".list_data_ops_console_response",
    "ListDataOpsConsoleResponseV1Dot1": ".list_data_ops_console_response_v1_dot1",
    "ListDataOpsServicesConsoleResponse": ".list_data_ops_services_console_response",
    "ListDataOpsServicesConsoleResponseV1Dot1": ".list_data_ops_services_console_response_v1_dot1",
    "QuickQueryImageAttr": ".quick_query_image_attr",
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

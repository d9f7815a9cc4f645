"""The operations of Data Flow 1.1 as the runtime works from them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from ..._runtime import operation as _operation, service as _service
from ..._signing import Credentials, sign_samsungcloud_v2

if TYPE_CHECKING:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_flow_check_duplication_response import DataFlowCheckDuplicationResponse
    from .models.data_flow_detail_response_v1_dot1 import DataFlowDetailResponseV1Dot1
    from .models.data_flow_image_list_response import DataFlowImageListResponse
    from .models.data_flow_service_check_duplication_response import (
        DataFlowServiceCheckDuplicationResponse,
    )
    from .models.data_flow_service_detail_response_v1_dot1 import (
        DataFlowServiceDetailResponseV1Dot1,
    )
    from .models.data_flow_service_image_response import DataFlowServiceImageResponse
    from .models.data_flow_service_update_response import DataFlowServiceUpdateResponse
    from .models.data_flow_update_response import DataFlowUpdateResponse
    from .models.list_data_flow_services_console_response_v1_dot1 import (
        ListDataFlowServicesConsoleResponseV1Dot1,
    )
    from .models.list_data_flows_console_response_v1_dot1 import ListDataFlowsConsoleResponseV1Dot1

SERVICE = _service.Service(
    name="data-flow",
    title="Data Flow",
    version="1.1",
    servers=(
        _service.Server(
            url="https://data-flow.{region}.{environment}.samsungsdscloud.com",
            variables=(
                _service.ServerVariable(
                    name="region",
                    argument="region",
                    default="kr-west1",
                    values=("kr-east1", "kr-south1", "kr-south2", "kr-south3", "kr-west1"),
                    required=True,
                ),
                _service.ServerVariable(
                    name="environment",
                    argument="environment",
                    default="e",
                    values=("e", "g", "s"),
                    required=True,
                ),
            ),
            allowed=(
                {"environment": "e", "region": "kr-east1"},
                {"environment": "e", "region": "kr-west1"},
                {"environment": "g", "region": "kr-south1"},
                {"environment": "g", "region": "kr-south2"},
                {"environment": "g", "region": "kr-south3"},
                {"environment": "s", "region": "kr-east1"},
                {"environment": "s", "region": "kr-west1"},
            ),
        ),
    ),
    options=(
        _service.ClientOption(
            argument="language",
            header="Accept-Language",
            default="en-US",
            values=("ko-KR", "en-US"),
        ),
    ),
    environment_prefix="SCP",
    profile_folder="samsungcloud",
    credentials_type=Credentials,
    signer=sign_samsungcloud_v2,
)


def _types_of_list_data_flow_service() -> _operation.Types:
    from .models.list_data_flow_services_console_response_v1_dot1 import (
        ListDataFlowServicesConsoleResponseV1Dot1,
    )

    return _operation.Types(
        body=None,
        responses={"200": ListDataFlowServicesConsoleResponseV1Dot1},
    )


@_operation.Operation.late
def list_data_flow_service() -> _operation.Operation[ListDataFlowServicesConsoleResponseV1Dot1]:
    return _operation.Operation(
        id="ListDataFlowService",
        name="list_data_flow_service",
        method="GET",
        path=("/v1/data-flow-services",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
            _operation.Parameter(name="size", argument="size", location="query"),
            _operation.Parameter(name="page", argument="page", location="query"),
            _operation.Parameter(name="sort", argument="sort", location="query"),
            _operation.Parameter(name="created_by", argument="created_by", location="query"),
            _operation.Parameter(name="state", argument="state", location="query"),
            _operation.Parameter(
                name="data_flow_service_name", argument="data_flow_service_name", location="query"
            ),
            _operation.Parameter(
                name="data_flow_name", argument="data_flow_name", location="query"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        pagination=_operation.Pagination(
            style="page", page="page", size="size", first=0, items="contents", total="total_count"
        ),
        types=_types_of_list_data_flow_service,
    )


def _types_of_create_data_flow_service() -> _operation.Types:
    from .models.data_flow_service_create_request import DataFlowServiceCreateRequest

    return _operation.Types(
        body=DataFlowServiceCreateRequest,
        responses={"202": None},
    )


@_operation.Operation.late
def create_data_flow_service() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CreateDataFlowService",
        name="create_data_flow_service",
        method="POST",
        path=("/v1/data-flow-services",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("data_flow_id", "data_flow_id"),
                ("data_flow_service_name", "data_flow_service_name"),
                ("description", "description"),
                ("domain", "domain"),
                ("host_alias", "host_alias"),
                ("node_selector", "node_selector"),
                ("service_workload", "service_workload"),
                ("storage_class_name", "storage_class_name"),
                ("tags", "tags"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_create_data_flow_service,
    )


def _types_of_check_cluster_resource_size_for_data_flow_service_create() -> _operation.Types:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_flow_service_validate_resource_request import (
        DataFlowServiceValidateResourceRequest,
    )

    return _operation.Types(
        body=DataFlowServiceValidateResourceRequest,
        responses={"200": ClusterResourceCheckResponse},
    )


@_operation.Operation.late
def check_cluster_resource_size_for_data_flow_service_create() -> _operation.Operation[ClusterResourceCheckResponse]:  # fmt: skip
    return _operation.Operation(
        id="CheckClusterResourceSizeForDataFlowServiceCreate",
        name="check_cluster_resource_size_for_data_flow_service_create",
        method="POST",
        path=("/v1/data-flow-services/clusters/", "/validate-resources"),
        parameters=(
            _operation.Parameter(
                name="cluster_id", argument="cluster_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(("service_workload", "service_workload"),),
        ),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_cluster_resource_size_for_data_flow_service_create,
    )


def _types_of_show_data_flow_service_sub_versions() -> _operation.Types:
    from .models.data_flow_service_image_response import DataFlowServiceImageResponse

    return _operation.Types(
        body=None,
        responses={"200": DataFlowServiceImageResponse},
    )


@_operation.Operation.late
def show_data_flow_service_sub_versions() -> _operation.Operation[DataFlowServiceImageResponse]:
    return _operation.Operation(
        id="ShowDataFlowServiceSubVersions",
        name="show_data_flow_service_sub_versions",
        method="GET",
        path=("/v1/data-flow-services/data-flows/", "/sub-versions"),
        parameters=(
            _operation.Parameter(
                name="data_flow_id", argument="data_flow_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_show_data_flow_service_sub_versions,
    )


def _types_of_show_data_flow_service() -> _operation.Types:
    from .models.data_flow_service_detail_response_v1_dot1 import (
        DataFlowServiceDetailResponseV1Dot1,
    )

    return _operation.Types(
        body=None,
        responses={"200": DataFlowServiceDetailResponseV1Dot1},
    )


@_operation.Operation.late
def show_data_flow_service() -> _operation.Operation[DataFlowServiceDetailResponseV1Dot1]:
    return _operation.Operation(
        id="ShowDataFlowService",
        name="show_data_flow_service",
        method="GET",
        path=("/v1/data-flow-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_service_id",
                argument="data_flow_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_show_data_flow_service,
    )


def _types_of_update_data_flow_service() -> _operation.Types:
    from .models.data_flow_service_update_response import DataFlowServiceUpdateResponse
    from .models.data_flow_services_update_request import DataFlowServicesUpdateRequest

    return _operation.Types(
        body=DataFlowServicesUpdateRequest,
        responses={"202": DataFlowServiceUpdateResponse},
    )


@_operation.Operation.late
def update_data_flow_service() -> _operation.Operation[DataFlowServiceUpdateResponse]:
    return _operation.Operation(
        id="UpdateDataFlowService",
        name="update_data_flow_service",
        method="PUT",
        path=("/v1/data-flow-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_service_id",
                argument="data_flow_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("description", "description"),
                ("domain", "domain"),
                ("host_alias", "host_alias"),
                ("node_selector", "node_selector"),
                ("service_workload", "service_workload"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_update_data_flow_service,
    )


def _types_of_delete_data_flow_service() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"202": None},
    )


@_operation.Operation.late
def delete_data_flow_service() -> _operation.Operation[None]:
    return _operation.Operation(
        id="DeleteDataFlowService",
        name="delete_data_flow_service",
        method="DELETE",
        path=("/v1/data-flow-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_service_id",
                argument="data_flow_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_delete_data_flow_service,
    )


def _types_of_check_cluster_resource_size_for_data_flow_service_update() -> _operation.Types:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_flow_service_validate_resource_request import (
        DataFlowServiceValidateResourceRequest,
    )

    return _operation.Types(
        body=DataFlowServiceValidateResourceRequest,
        responses={"200": ClusterResourceCheckResponse},
    )


@_operation.Operation.late
def check_cluster_resource_size_for_data_flow_service_update() -> _operation.Operation[ClusterResourceCheckResponse]:  # fmt: skip
    return _operation.Operation(
        id="CheckClusterResourceSizeForDataFlowServiceUpdate",
        name="check_cluster_resource_size_for_data_flow_service_update",
        method="POST",
        path=("/v1/data-flow-services/", "/validate-resources"),
        parameters=(
            _operation.Parameter(
                name="data_flow_service_id",
                argument="data_flow_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(("service_workload", "service_workload"),),
        ),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_cluster_resource_size_for_data_flow_service_update,
    )


def _types_of_check_data_flow_service_name_duplication() -> _operation.Types:
    from .models.data_flow_service_check_duplication_response import (
        DataFlowServiceCheckDuplicationResponse,
    )

    return _operation.Types(
        body=None,
        responses={"200": DataFlowServiceCheckDuplicationResponse},
    )


@_operation.Operation.late
def check_data_flow_service_name_duplication() -> _operation.Operation[DataFlowServiceCheckDuplicationResponse]:  # fmt: skip
    return _operation.Operation(
        id="CheckDataFlowServiceNameDuplication",
        name="check_data_flow_service_name_duplication",
        method="GET",
        path=("/v1/data-flow-services/", "/check-duplication"),
        parameters=(
            _operation.Parameter(
                name="data_flow_service_name",
                argument="data_flow_service_name",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_data_flow_service_name_duplication,
    )


def _types_of_list_data_flows() -> _operation.Types:
    from .models.list_data_flows_console_response_v1_dot1 import ListDataFlowsConsoleResponseV1Dot1

    return _operation.Types(
        body=None,
        responses={"200": ListDataFlowsConsoleResponseV1Dot1},
    )


@_operation.Operation.late
def list_data_flows() -> _operation.Operation[ListDataFlowsConsoleResponseV1Dot1]:
    return _operation.Operation(
        id="ListDataFlows",
        name="list_data_flows",
        method="GET",
        path=("/v1/data-flows",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
            _operation.Parameter(name="sort", argument="sort", location="query"),
            _operation.Parameter(name="cluster_name", argument="cluster_name", location="query"),
            _operation.Parameter(name="created_by", argument="created_by", location="query"),
            _operation.Parameter(name="state", argument="state", location="query"),
            _operation.Parameter(name="version", argument="version", location="query"),
            _operation.Parameter(name="size", argument="size", location="query"),
            _operation.Parameter(name="page", argument="page", location="query"),
            _operation.Parameter(name="cluster_id", argument="cluster_id", location="query"),
            _operation.Parameter(
                name="data_flow_name", argument="data_flow_name", location="query"
            ),
            _operation.Parameter(name="region", argument="region", location="query"),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        pagination=_operation.Pagination(
            style="page", page="page", size="size", first=0, items="contents", total="total_count"
        ),
        types=_types_of_list_data_flows,
    )


def _types_of_create_data_flow() -> _operation.Types:
    from .models.data_flow_body_create import DataFlowBodyCreate

    return _operation.Types(
        body=DataFlowBodyCreate,
        responses={"202": None},
    )


@_operation.Operation.late
def create_data_flow() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CreateDataFlow",
        name="create_data_flow",
        method="POST",
        path=("/v1/data-flows",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("cluster_id", "cluster_id"),
                ("data_flow_name", "data_flow_name"),
                ("description", "description"),
                ("domain", "domain"),
                ("dsc_domain", "dsc_domain"),
                ("host_alias_list", "host_alias_list"),
                ("image_id", "image_id"),
                ("ingress_controller_name", "ingress_controller_name"),
                ("instance_id", "instance_id"),
                ("node_selector", "node_selector"),
                ("storage_class_name", "storage_class_name"),
                ("tags", "tags"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_create_data_flow,
    )


def _types_of_list_data_flow_ingress_controllers() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"200": None},
    )


@_operation.Operation.late
def list_data_flow_ingress_controllers() -> _operation.Operation[None]:
    return _operation.Operation(
        id="ListDataFlowIngressControllers",
        name="list_data_flow_ingress_controllers",
        method="GET",
        path=("/v1/data-flows/clusters/", "/ingress-controllers"),
        parameters=(
            _operation.Parameter(
                name="cluster_id", argument="cluster_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_list_data_flow_ingress_controllers,
    )


def _types_of_list_data_flow_images() -> _operation.Types:
    from .models.data_flow_image_list_response import DataFlowImageListResponse

    return _operation.Types(
        body=None,
        responses={"200": DataFlowImageListResponse},
    )


@_operation.Operation.late
def list_data_flow_images() -> _operation.Operation[DataFlowImageListResponse]:
    return _operation.Operation(
        id="ListDataFlowImages",
        name="list_data_flow_images",
        method="GET",
        path=("/v1/data-flows/image-versions",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_list_data_flow_images,
    )


def _types_of_show_data_flow() -> _operation.Types:
    from .models.data_flow_detail_response_v1_dot1 import DataFlowDetailResponseV1Dot1

    return _operation.Types(
        body=None,
        responses={"200": DataFlowDetailResponseV1Dot1},
    )


@_operation.Operation.late
def show_data_flow() -> _operation.Operation[DataFlowDetailResponseV1Dot1]:
    return _operation.Operation(
        id="ShowDataFlow",
        name="show_data_flow",
        method="GET",
        path=("/v1/data-flows/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_id", argument="data_flow_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_show_data_flow,
    )


def _types_of_update_data_flow() -> _operation.Types:
    from .models.data_flow_body_update import DataFlowBodyUpdate
    from .models.data_flow_update_response import DataFlowUpdateResponse

    return _operation.Types(
        body=DataFlowBodyUpdate,
        responses={"202": DataFlowUpdateResponse},
    )


@_operation.Operation.late
def update_data_flow() -> _operation.Operation[DataFlowUpdateResponse]:
    return _operation.Operation(
        id="UpdateDataFlow",
        name="update_data_flow",
        method="PUT",
        path=("/v1/data-flows/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_id", argument="data_flow_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("description", "description"),
                ("domain", "domain"),
                ("host_alias_list", "host_alias_list"),
                ("node_selector", "node_selector"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_update_data_flow,
    )


def _types_of_delete_data_flow() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"202": None},
    )


@_operation.Operation.late
def delete_data_flow() -> _operation.Operation[None]:
    return _operation.Operation(
        id="DeleteDataFlow",
        name="delete_data_flow",
        method="DELETE",
        path=("/v1/data-flows/", ""),
        parameters=(
            _operation.Parameter(
                name="data_flow_id", argument="data_flow_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_delete_data_flow,
    )


def _types_of_check_data_flow_name_duplication() -> _operation.Types:
    from .models.data_flow_check_duplication_response import DataFlowCheckDuplicationResponse

    return _operation.Types(
        body=None,
        responses={"200": DataFlowCheckDuplicationResponse},
    )


@_operation.Operation.late
def check_data_flow_name_duplication() -> _operation.Operation[DataFlowCheckDuplicationResponse]:
    return _operation.Operation(
        id="CheckDataFlowNameDuplication",
        name="check_data_flow_name_duplication",
        method="GET",
        path=("/v1/data-flows/", "/check-duplication"),
        parameters=(
            _operation.Parameter(
                name="data_flow_name", argument="data_flow_name", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-flow 1.1"),),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_data_flow_name_duplication,
    )

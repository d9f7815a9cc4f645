"""The operations of Data Ops 1.1 as the runtime works from them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from ..._runtime import operation as _operation, service as _service
from ..._signing import Credentials, sign_samsungcloud_v2

if TYPE_CHECKING:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_ops_detail_response_v1_dot1 import DataOpsDetailResponseV1Dot1
    from .models.data_ops_service_detail_response_v1_dot1 import DataOpsServiceDetailResponseV1Dot1
    from .models.data_ops_service_image_response import DataOpsServiceImageResponse
    from .models.data_ops_service_update_response import DataOpsServiceUpdateResponse
    from .models.data_ops_update_response import DataOpsUpdateResponse
    from .models.image_versions_response import ImageVersionsResponse
    from .models.list_data_ops_console_response_v1_dot1 import ListDataOpsConsoleResponseV1Dot1
    from .models.list_data_ops_services_console_response_v1_dot1 import (
        ListDataOpsServicesConsoleResponseV1Dot1,
    )

SERVICE = _service.Service(
    name="data-ops",
    title="Data Ops",
    version="1.1",
    servers=(
        _service.Server(
            url="https://data-ops.{region}.{environment}.samsungsdscloud.com",
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


def _types_of_list_data_ops() -> _operation.Types:
    from .models.list_data_ops_console_response_v1_dot1 import ListDataOpsConsoleResponseV1Dot1

    return _operation.Types(
        body=None,
        responses={"200": ListDataOpsConsoleResponseV1Dot1},
    )


@_operation.Operation.late
def list_data_ops() -> _operation.Operation[ListDataOpsConsoleResponseV1Dot1]:
    return _operation.Operation(
        id="ListDataOps",
        name="list_data_ops",
        method="GET",
        path=("/v1/data-ops",),
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
            _operation.Parameter(name="data_ops_name", argument="data_ops_name", location="query"),
            _operation.Parameter(name="region", argument="region", location="query"),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        pagination=_operation.Pagination(
            style="page", page="page", size="size", first=0, items="contents", total="total_count"
        ),
        types=_types_of_list_data_ops,
    )


def _types_of_create_data_ops() -> _operation.Types:
    from .models.data_ops_create_request import DataOpsCreateRequest

    return _operation.Types(
        body=DataOpsCreateRequest,
        responses={"202": None},
    )


@_operation.Operation.late
def create_data_ops() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CreateDataOps",
        name="create_data_ops",
        method="POST",
        path=("/v1/data-ops",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("cluster_id", "cluster_id"),
                ("data_ops_name", "data_ops_name"),
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
        types=_types_of_create_data_ops,
    )


def _types_of_list_data_ops_service() -> _operation.Types:
    from .models.list_data_ops_services_console_response_v1_dot1 import (
        ListDataOpsServicesConsoleResponseV1Dot1,
    )

    return _operation.Types(
        body=None,
        responses={"200": ListDataOpsServicesConsoleResponseV1Dot1},
    )


@_operation.Operation.late
def list_data_ops_service() -> _operation.Operation[ListDataOpsServicesConsoleResponseV1Dot1]:
    return _operation.Operation(
        id="ListDataOpsService",
        name="list_data_ops_service",
        method="GET",
        path=("/v1/data-ops-services",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
            _operation.Parameter(name="created_by", argument="created_by", location="query"),
            _operation.Parameter(name="state", argument="state", location="query"),
            _operation.Parameter(name="sort", argument="sort", location="query"),
            _operation.Parameter(name="size", argument="size", location="query"),
            _operation.Parameter(name="page", argument="page", location="query"),
            _operation.Parameter(
                name="data_ops_service_name", argument="data_ops_service_name", location="query"
            ),
            _operation.Parameter(name="data_ops_name", argument="data_ops_name", location="query"),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        pagination=_operation.Pagination(
            style="page", page="page", size="size", first=0, items="contents", total="total_count"
        ),
        types=_types_of_list_data_ops_service,
    )


def _types_of_create_data_ops_service() -> _operation.Types:
    from .models.data_ops_service_create_request import DataOpsServiceCreateRequest

    return _operation.Types(
        body=DataOpsServiceCreateRequest,
        responses={"202": None},
    )


@_operation.Operation.late
def create_data_ops_service() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CreateDataOpsService",
        name="create_data_ops_service",
        method="POST",
        path=("/v1/data-ops-services",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("account", "account"),
                ("data_ops_id", "data_ops_id"),
                ("data_ops_service_name", "data_ops_service_name"),
                ("description", "description"),
                ("domain", "domain"),
                ("host_alias", "host_alias"),
                ("node_selector", "node_selector"),
                ("service_workload", "service_workload"),
                ("storage_class_name", "storage_class_name"),
                ("tags", "tags"),
                ("worker_type", "worker_type"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_create_data_ops_service,
    )


def _types_of_check_cluster_resource_size_for_data_ops_service_create() -> _operation.Types:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_ops_service_validate_resource_request import (
        DataOpsServiceValidateResourceRequest,
    )

    return _operation.Types(
        body=DataOpsServiceValidateResourceRequest,
        responses={"200": ClusterResourceCheckResponse},
    )


@_operation.Operation.late
def check_cluster_resource_size_for_data_ops_service_create() -> _operation.Operation[ClusterResourceCheckResponse]:  # fmt: skip
    return _operation.Operation(
        id="CheckClusterResourceSizeForDataOpsServiceCreate",
        name="check_cluster_resource_size_for_data_ops_service_create",
        method="POST",
        path=("/v1/data-ops-services/clusters/", "/validate-resources"),
        parameters=(
            _operation.Parameter(
                name="cluster_id", argument="cluster_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(("service_workload", "service_workload"),),
        ),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_cluster_resource_size_for_data_ops_service_create,
    )


def _types_of_show_data_ops_service_sub_version() -> _operation.Types:
    from .models.data_ops_service_image_response import DataOpsServiceImageResponse

    return _operation.Types(
        body=None,
        responses={"200": DataOpsServiceImageResponse},
    )


@_operation.Operation.late
def show_data_ops_service_sub_version() -> _operation.Operation[DataOpsServiceImageResponse]:
    return _operation.Operation(
        id="ShowDataOpsServiceSubVersion",
        name="show_data_ops_service_sub_version",
        method="GET",
        path=("/v1/data-ops-services/data-ops/", "/sub-versions"),
        parameters=(
            _operation.Parameter(
                name="data_ops_id", argument="data_ops_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_show_data_ops_service_sub_version,
    )


def _types_of_show_data_ops_service() -> _operation.Types:
    from .models.data_ops_service_detail_response_v1_dot1 import DataOpsServiceDetailResponseV1Dot1

    return _operation.Types(
        body=None,
        responses={"200": DataOpsServiceDetailResponseV1Dot1},
    )


@_operation.Operation.late
def show_data_ops_service() -> _operation.Operation[DataOpsServiceDetailResponseV1Dot1]:
    return _operation.Operation(
        id="ShowDataOpsService",
        name="show_data_ops_service",
        method="GET",
        path=("/v1/data-ops-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_service_id",
                argument="data_ops_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_show_data_ops_service,
    )


def _types_of_update_data_ops_service() -> _operation.Types:
    from .models.data_ops_service_update_request import DataOpsServiceUpdateRequest
    from .models.data_ops_service_update_response import DataOpsServiceUpdateResponse

    return _operation.Types(
        body=DataOpsServiceUpdateRequest,
        responses={"202": DataOpsServiceUpdateResponse},
    )


@_operation.Operation.late
def update_data_ops_service() -> _operation.Operation[DataOpsServiceUpdateResponse]:
    return _operation.Operation(
        id="UpdateDataOpsService",
        name="update_data_ops_service",
        method="PUT",
        path=("/v1/data-ops-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_service_id",
                argument="data_ops_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(
                ("description", "description"),
                ("domain", "domain"),
                ("host_alias", "host_alias"),
                ("node_selector", "node_selector"),
                ("service_workload", "service_workload"),
                ("worker_type", "worker_type"),
            ),
        ),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_update_data_ops_service,
    )


def _types_of_delete_data_ops_service() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"202": None},
    )


@_operation.Operation.late
def delete_data_ops_service() -> _operation.Operation[None]:
    return _operation.Operation(
        id="DeleteDataOpsService",
        name="delete_data_ops_service",
        method="DELETE",
        path=("/v1/data-ops-services/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_service_id",
                argument="data_ops_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_delete_data_ops_service,
    )


def _types_of_check_cluster_resource_size_for_data_ops_service_update() -> _operation.Types:
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_ops_service_validate_resource_request import (
        DataOpsServiceValidateResourceRequest,
    )

    return _operation.Types(
        body=DataOpsServiceValidateResourceRequest,
        responses={"200": ClusterResourceCheckResponse},
    )


@_operation.Operation.late
def check_cluster_resource_size_for_data_ops_service_update() -> _operation.Operation[ClusterResourceCheckResponse]:  # fmt: skip
    return _operation.Operation(
        id="CheckClusterResourceSizeForDataOpsServiceUpdate",
        name="check_cluster_resource_size_for_data_ops_service_update",
        method="POST",
        path=("/v1/data-ops-services/", "/validate-resources"),
        parameters=(
            _operation.Parameter(
                name="data_ops_service_id",
                argument="data_ops_service_id",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        body=_operation.Body(
            media_type="application/json",
            required=True,
            fields=(("service_workload", "service_workload"),),
        ),
        responses=("200", "400", "403", "404"),
        api_version="1.1",
        types=_types_of_check_cluster_resource_size_for_data_ops_service_update,
    )


def _types_of_check_data_ops_service_name_duplication() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"200": None},
    )


@_operation.Operation.late
def check_data_ops_service_name_duplication() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CheckDataOpsServiceNameDuplication",
        name="check_data_ops_service_name_duplication",
        method="GET",
        path=("/v1/data-ops-services/", "/check-duplication"),
        parameters=(
            _operation.Parameter(
                name="data_ops_service_name",
                argument="data_ops_service_name",
                location="path",
                required=True,
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_check_data_ops_service_name_duplication,
    )


def _types_of_list_data_ops_ingress_controllers() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"200": None},
    )


@_operation.Operation.late
def list_data_ops_ingress_controllers() -> _operation.Operation[None]:
    return _operation.Operation(
        id="ListDataOpsIngressControllers",
        name="list_data_ops_ingress_controllers",
        method="GET",
        path=("/v1/data-ops/clusters/", "/ingress-controllers"),
        parameters=(
            _operation.Parameter(
                name="cluster_id", argument="cluster_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_list_data_ops_ingress_controllers,
    )


def _types_of_list_data_ops_image_versions() -> _operation.Types:
    from .models.image_versions_response import ImageVersionsResponse

    return _operation.Types(
        body=None,
        responses={"200": ImageVersionsResponse},
    )


@_operation.Operation.late
def list_data_ops_image_versions() -> _operation.Operation[ImageVersionsResponse]:
    return _operation.Operation(
        id="ListDataOpsImageVersions",
        name="list_data_ops_image_versions",
        method="GET",
        path=("/v1/data-ops/image-versions",),
        parameters=(
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_list_data_ops_image_versions,
    )


def _types_of_show_data_ops() -> _operation.Types:
    from .models.data_ops_detail_response_v1_dot1 import DataOpsDetailResponseV1Dot1

    return _operation.Types(
        body=None,
        responses={"200": DataOpsDetailResponseV1Dot1},
    )


@_operation.Operation.late
def show_data_ops() -> _operation.Operation[DataOpsDetailResponseV1Dot1]:
    return _operation.Operation(
        id="ShowDataOps",
        name="show_data_ops",
        method="GET",
        path=("/v1/data-ops/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_id", argument="data_ops_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_show_data_ops,
    )


def _types_of_update_data_ops() -> _operation.Types:
    from .models.data_ops_update_request import DataOpsUpdateRequest
    from .models.data_ops_update_response import DataOpsUpdateResponse

    return _operation.Types(
        body=DataOpsUpdateRequest,
        responses={"202": DataOpsUpdateResponse},
    )


@_operation.Operation.late
def update_data_ops() -> _operation.Operation[DataOpsUpdateResponse]:
    return _operation.Operation(
        id="UpdateDataOps",
        name="update_data_ops",
        method="PUT",
        path=("/v1/data-ops/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_id", argument="data_ops_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
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
        types=_types_of_update_data_ops,
    )


def _types_of_delete_data_ops() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"202": None},
    )


@_operation.Operation.late
def delete_data_ops() -> _operation.Operation[None]:
    return _operation.Operation(
        id="DeleteDataOps",
        name="delete_data_ops",
        method="DELETE",
        path=("/v1/data-ops/", ""),
        parameters=(
            _operation.Parameter(
                name="data_ops_id", argument="data_ops_id", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("202", "400", "401", "403", "404"),
        api_version="1.1",
        types=_types_of_delete_data_ops,
    )


def _types_of_check_data_ops_name_duplication() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"200": None},
    )


@_operation.Operation.late
def check_data_ops_name_duplication() -> _operation.Operation[None]:
    return _operation.Operation(
        id="CheckDataOpsNameDuplication",
        name="check_data_ops_name_duplication",
        method="GET",
        path=("/v1/data-ops/", "/check-duplication"),
        parameters=(
            _operation.Parameter(
                name="data_ops_name", argument="data_ops_name", location="path", required=True
            ),
            _operation.Parameter(
                name="Scp-Request-Path", argument="scp_request_path", location="header"
            ),
        ),
        constants=(("Scp-Api-Version", "data-ops 1.1"),),
        responses=("200", "400", "401", "404"),
        api_version="1.1",
        types=_types_of_check_data_ops_name_duplication,
    )

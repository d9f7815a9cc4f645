"""The operations of Data Flow 1.0 as the runtime works from them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from ..._runtime import operation as _operation, service as _service
from ..._signing import Credentials, sign_samsungcloud_v2

if TYPE_CHECKING:
    from .models.data_flow_service_update_response import DataFlowServiceUpdateResponse

SERVICE = _service.Service(
    name="data-flow",
    title="Data Flow",
    version="1.0",
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
        constants=(("Scp-Api-Version", "data-flow 1.0"),),
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
        api_version="1.0",
        supported_until="2026-07-01",
        types=_types_of_update_data_flow_service,
    )

"""DataFlowServicesResponse: models of Data Flow 1.1."""

from typing import Any
from ...._runtime.model import DateTime
from ...._runtime.model import Model


class DataFlowServicesResponse(Model):
    """DataFlowServicesResponse.

    Fields:
        cluster_id: string.
        cluster_name: string, optional.
        cluster_permission: object or null, optional.
        cluster_request_failed: boolean, optional.
        created_by: string.
        created_dt: string (date-time).
        data_flow_id: string.
        data_flow_name: string.
        data_flow_service_id: string.
        data_flow_service_name: string.
        description: string or null, optional.
        modified_by: string.
        modified_dt: string (date-time).
        state: string.
        version: string.
    """

    cluster_id: str
    cluster_name: str | None = None
    cluster_permission: dict[str, Any] | None = None
    cluster_request_failed: bool | None = None
    created_by: str
    created_dt: DateTime
    data_flow_id: str
    data_flow_name: str
    data_flow_service_id: str
    data_flow_service_name: str
    description: str | None = None
    modified_by: str
    modified_dt: DateTime
    state: str
    version: str

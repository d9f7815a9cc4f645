"""DataOpsServicesConsoleResponse: models of Data Ops 1.1."""

from typing import Any
from ...._runtime.model import DateTime
from ...._runtime.model import Model


class DataOpsServicesConsoleResponse(Model):
    """DataOpsServicesConsoleResponse.

    Fields:
        cluster_id: string.
        cluster_name: string, optional.
        cluster_permission: object or null, optional.
        cluster_request_failed: boolean, optional.
        created_by: string.
        created_dt: string (date-time).
        data_ops_id: string.
        data_ops_name: string.
        data_ops_service_id: string.
        data_ops_service_name: string.
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
    data_ops_id: str
    data_ops_name: str
    data_ops_service_id: str
    data_ops_service_name: str
    description: str | None = None
    modified_by: str
    modified_dt: DateTime
    state: str
    version: str

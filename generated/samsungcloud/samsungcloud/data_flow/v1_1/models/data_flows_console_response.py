"""DataFlowsConsoleResponse: models of Data Flow 1.1."""

from typing import Any
from ...._runtime.model import DateTime
from ...._runtime.model import Model


class DataFlowsConsoleResponse(Model):
    """DataFlowsConsoleResponse.

    Fields:
        cluster_id: string.
        cluster_name: string, optional.
        cluster_permission: object, optional.
        cluster_request_failed: boolean, optional.
        created_by: string.
        created_dt: string (date-time).
        data_flow_id: string.
        data_flow_name: string.
        image_id: string.
        instance_id: string or null.
        is_active_image: boolean.
        modified_by: string.
        modified_dt: string (date-time).
        namespace_name: string.
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
    image_id: str
    instance_id: str | None
    is_active_image: bool
    modified_by: str
    modified_dt: DateTime
    namespace_name: str
    state: str
    version: str

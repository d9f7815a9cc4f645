"""DataFlowServiceCreateRequest: models of Data Flow 1.1."""

from typing import Any
from pydantic import Field
from ...._runtime.model import Model
from .tag import Tag


class DataFlowServiceCreateRequest(Model):
    """DataFlowServiceCreateRequest.

    Fields:
        account: object or null, optional.
        data_flow_id: string.
        data_flow_service_name: string, 3 to 30 characters, pattern `^[a-z][a-z0-9\\-]*[a-z0-9]$`.
        description: string or null, optional.
        domain: string, 3 to 50 characters.
        host_alias: object.
        node_selector: string or null, optional.
        service_workload: object.
        storage_class_name: string.
        tags: array of Tag, optional.
    """

    account: dict[str, Any] | None = Field(default=None, repr=False)
    data_flow_id: str
    data_flow_service_name: str = Field(min_length=3, max_length=30)
    description: str | None = None
    domain: str = Field(min_length=3, max_length=50)
    host_alias: dict[str, Any]
    node_selector: str | None = None
    service_workload: dict[str, Any]
    storage_class_name: str
    tags: list[Tag] | None = None

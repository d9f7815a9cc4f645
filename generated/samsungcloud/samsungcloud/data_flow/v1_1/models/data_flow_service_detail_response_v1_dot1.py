"""DataFlowServiceDetailResponseV1Dot1: models of Data Flow 1.1."""

from typing import Any
from pydantic import Field
from ...._runtime.model import DateTime
from ...._runtime.model import Model


class DataFlowServiceDetailResponseV1Dot1(Model):
    """DataFlowServiceDetailResponseV1Dot1.

    Fields:
        account: object or null, optional.
        account_id: string.
        cluster_id: string.
        cluster_name: string, optional.
        cluster_permission: object or null, optional.
        cluster_request_failed: boolean, optional.
        created_dt: string (date-time).
        data_flow_id: string.
        data_flow_name: string.
        data_flow_service_id: string.
        data_flow_service_name: string.
        description: string or null, optional.
        domain: string or null, optional.
        host_alias: object or null, optional.
        host_file_registry: string or null, optional.
        hosts_file: string or null, optional.
        http_port: integer or null, optional.
        https_port: integer or null, optional.
        image_id: string.
        ingress_class_name: string or null, optional.
        instance_id: string or null.
        is_active_image: boolean or null, optional.
        modified_dt: string (date-time).
        namespace_name: string.
        node_selector: string or null, optional.
        service_workload: object or null, optional.
        state: string.
        storage_class_name: string.
        version: string.
        web_url_nifi: string or null, optional.
        web_url_registry: string or null, optional.
    """

    account: dict[str, Any] | None = Field(default=None, repr=False)
    account_id: str
    cluster_id: str
    cluster_name: str | None = None
    cluster_permission: dict[str, Any] | None = None
    cluster_request_failed: bool | None = None
    created_dt: DateTime
    data_flow_id: str
    data_flow_name: str
    data_flow_service_id: str
    data_flow_service_name: str
    description: str | None = None
    domain: str | None = None
    host_alias: dict[str, Any] | None = None
    host_file_registry: str | None = None
    hosts_file: str | None = None
    http_port: int | None = None
    https_port: int | None = None
    image_id: str
    ingress_class_name: str | None = None
    instance_id: str | None
    is_active_image: bool | None = None
    modified_dt: DateTime
    namespace_name: str
    node_selector: str | None = None
    service_workload: dict[str, Any] | None = None
    state: str
    storage_class_name: str
    version: str
    web_url_nifi: str | None = None
    web_url_registry: str | None = None

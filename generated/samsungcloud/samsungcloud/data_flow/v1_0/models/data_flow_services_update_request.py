"""DataFlowServicesUpdateRequest: models of Data Flow 1.0."""

from typing import Any
from pydantic import Field
from ...._runtime.model import Model


class DataFlowServicesUpdateRequest(Model):
    """DataFlowServicesUpdateRequest.

    Fields:
        account: object, optional.
        description: string or null, optional.
        domain: string or null, optional.
        host_alias: object or null, optional.
        node_selector: string or null, optional.
        service_workload: object, optional.
    """

    account: dict[str, Any] | None = Field(default=None, repr=False)
    description: str | None = None
    domain: str | None = None
    host_alias: dict[str, Any] | None = None
    node_selector: str | None = None
    service_workload: dict[str, Any] | None = None

"""DataOpsServiceUpdateRequest: models of Data Ops 1.1."""

from typing import Any
from ...._runtime.model import Model


class DataOpsServiceUpdateRequest(Model):
    """DataOpsServiceUpdateRequest.

    Fields:
        description: string or null, optional.
        domain: string or null, optional.
        host_alias: object or null, optional.
        node_selector: string or null, optional.
        service_workload: object, optional.
        worker_type: string, optional.
    """

    description: str | None = None
    domain: str | None = None
    host_alias: dict[str, Any] | None = None
    node_selector: str | None = None
    service_workload: dict[str, Any] | None = None
    worker_type: str | None = None

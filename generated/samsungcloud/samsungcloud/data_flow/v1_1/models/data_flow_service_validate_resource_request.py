"""DataFlowServiceValidateResourceRequest: models of Data Flow 1.1."""

from typing import Any
from ...._runtime.model import Model


class DataFlowServiceValidateResourceRequest(Model):
    """DataFlowServiceValidateResourceRequest.

    Fields:
        service_workload: object.
    """

    service_workload: dict[str, Any]

"""DataOpsServiceValidateResourceRequest: models of Data Ops 1.1."""

from typing import Any
from ...._runtime.model import Model


class DataOpsServiceValidateResourceRequest(Model):
    """DataOpsServiceValidateResourceRequest.

    Fields:
        service_workload: object.
    """

    service_workload: dict[str, Any]

"""ListDataFlowServicesConsoleResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flow_services_response import DataFlowServicesResponse


class ListDataFlowServicesConsoleResponse(Model):
    """ListDataFlowServicesConsoleResponse.

    Fields:
        contents: array of DataFlowServicesResponse, optional.
        total_count: integer.
    """

    contents: list[DataFlowServicesResponse] | None = None
    total_count: int

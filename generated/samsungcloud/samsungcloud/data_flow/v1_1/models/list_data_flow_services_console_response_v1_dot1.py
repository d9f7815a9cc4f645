"""ListDataFlowServicesConsoleResponseV1Dot1: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flow_services_response_v1_dot1 import DataFlowServicesResponseV1Dot1


class ListDataFlowServicesConsoleResponseV1Dot1(Model):
    """ListDataFlowServicesConsoleResponseV1Dot1.

    Fields:
        contents: array of DataFlowServicesResponseV1Dot1, optional.
        total_count: integer.
    """

    contents: list[DataFlowServicesResponseV1Dot1] | None = None
    total_count: int

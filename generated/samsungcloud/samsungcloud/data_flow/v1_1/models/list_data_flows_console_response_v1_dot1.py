"""ListDataFlowsConsoleResponseV1Dot1: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flows_console_response_v1_dot1 import DataFlowsConsoleResponseV1Dot1


class ListDataFlowsConsoleResponseV1Dot1(Model):
    """ListDataFlowsConsoleResponseV1Dot1.

    Fields:
        contents: array of DataFlowsConsoleResponseV1Dot1, optional.
        total_count: integer, optional.
    """

    contents: list[DataFlowsConsoleResponseV1Dot1] | None = None
    total_count: int | None = None

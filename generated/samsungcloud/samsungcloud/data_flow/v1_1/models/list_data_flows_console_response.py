"""ListDataFlowsConsoleResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flows_console_response import DataFlowsConsoleResponse


class ListDataFlowsConsoleResponse(Model):
    """ListDataFlowsConsoleResponse.

    Fields:
        contents: array of DataFlowsConsoleResponse, optional.
        total_count: integer, optional.
    """

    contents: list[DataFlowsConsoleResponse] | None = None
    total_count: int | None = None

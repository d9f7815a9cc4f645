"""ListDataOpsServicesConsoleResponse: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .data_ops_services_console_response import DataOpsServicesConsoleResponse


class ListDataOpsServicesConsoleResponse(Model):
    """ListDataOpsServicesConsoleResponse.

    Fields:
        contents: array of DataOpsServicesConsoleResponse, optional.
        total_count: integer.
    """

    contents: list[DataOpsServicesConsoleResponse] | None = None
    total_count: int

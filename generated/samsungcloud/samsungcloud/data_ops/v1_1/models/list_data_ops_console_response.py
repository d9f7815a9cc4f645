"""ListDataOpsConsoleResponse: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .data_ops_console_response import DataOpsConsoleResponse


class ListDataOpsConsoleResponse(Model):
    """ListDataOpsConsoleResponse.

    Fields:
        contents: array of DataOpsConsoleResponse, optional.
        total_count: integer.
    """

    contents: list[DataOpsConsoleResponse] | None = None
    total_count: int

"""ListDataOpsServicesConsoleResponseV1Dot1: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .data_ops_services_console_response_v1_dot1 import DataOpsServicesConsoleResponseV1Dot1


class ListDataOpsServicesConsoleResponseV1Dot1(Model):
    """ListDataOpsServicesConsoleResponseV1Dot1.

    Fields:
        contents: array of DataOpsServicesConsoleResponseV1Dot1, optional.
        total_count: integer.
    """

    contents: list[DataOpsServicesConsoleResponseV1Dot1] | None = None
    total_count: int

"""ListDataOpsConsoleResponseV1Dot1: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .data_ops_console_response_v1_dot1 import DataOpsConsoleResponseV1Dot1


class ListDataOpsConsoleResponseV1Dot1(Model):
    """ListDataOpsConsoleResponseV1Dot1.

    Fields:
        contents: array of DataOpsConsoleResponseV1Dot1, optional.
        total_count: integer.
    """

    contents: list[DataOpsConsoleResponseV1Dot1] | None = None
    total_count: int

"""DataOpsServiceImageResponse: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .data_ops_service_sub_version_response import DataOpsServiceSubVersionResponse


class DataOpsServiceImageResponse(Model):
    """DataOpsServiceImageResponse.

    Fields:
        data_ops_service_count: integer, optional.
        versions: DataOpsServiceSubVersionResponse, optional.
    """

    data_ops_service_count: int | None = None
    versions: DataOpsServiceSubVersionResponse | None = None

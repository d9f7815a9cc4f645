"""DataFlowServiceImageResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flow_service_sub_version_response import DataFlowServiceSubVersionResponse


class DataFlowServiceImageResponse(Model):
    """DataFlowServiceImageResponse.

    Fields:
        data_flow_service_count: integer, optional.
        versions: DataFlowServiceSubVersionResponse, optional.
    """

    data_flow_service_count: int | None = None
    versions: DataFlowServiceSubVersionResponse | None = None

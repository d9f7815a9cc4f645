"""DataFlowImageListResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model
from .data_flow_image_response import DataFlowImageResponse


class DataFlowImageListResponse(Model):
    """DataFlowImageListResponse.

    Fields:
        contents: array of DataFlowImageResponse.
        total_count: integer, optional.
    """

    contents: list[DataFlowImageResponse]
    total_count: int | None = None

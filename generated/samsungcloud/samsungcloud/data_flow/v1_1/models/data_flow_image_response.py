"""DataFlowImageResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model


class DataFlowImageResponse(Model):
    """DataFlowImageResponse.

    Fields:
        image_id: string.
        image_name: string.
        version: string.
    """

    image_id: str
    image_name: str
    version: str

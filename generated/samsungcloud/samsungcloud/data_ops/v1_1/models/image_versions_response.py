"""ImageVersionsResponse: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .image_attr import ImageAttr


class ImageVersionsResponse(Model):
    """ImageVersionsResponse.

    Fields:
        contents: array of ImageAttr.
        total_count: integer.
    """

    contents: list[ImageAttr]
    total_count: int

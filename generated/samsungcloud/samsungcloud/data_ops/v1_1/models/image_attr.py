"""ImageAttr: models of Data Ops 1.1."""

from ...._runtime.model import Model
from .quick_query_image_attr import QuickQueryImageAttr


class ImageAttr(Model):
    """ImageAttr.

    Fields:
        image_attr: QuickQueryImageAttr.
        image_id: string.
        image_name: string.
        version: string.
    """

    image_attr: QuickQueryImageAttr
    image_id: str
    image_name: str
    version: str

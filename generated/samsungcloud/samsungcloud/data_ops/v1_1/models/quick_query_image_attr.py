"""QuickQueryImageAttr: models of Data Ops 1.1."""

from pydantic import Field
from ...._runtime.model import Model


class QuickQueryImageAttr(Model):
    """QuickQueryImageAttr.

    Fields:
        k8s_version: string, optional (`k8s.version` on the wire).
        os_type: string, optional (`os.type` on the wire).
    """

    k8s_version: str | None = Field(
        default=None, validation_alias="k8s.version", serialization_alias="k8s.version"
    )
    os_type: str | None = Field(
        default=None, validation_alias="os.type", serialization_alias="os.type"
    )

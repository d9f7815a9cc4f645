"""DataOpsCreateRequest: models of Data Ops 1.1."""

from typing import Any
from pydantic import Field
from ...._runtime.model import Model
from .tag import Tag


class DataOpsCreateRequest(Model):
    """DataOpsCreateRequest.

    Fields:
        account: object or null, optional.
        cluster_id: string.
        data_ops_name: string, 3 to 30 characters, pattern `^[a-z][a-z0-9\\-]*[a-z0-9]$`.
        description: string or null, optional.
        domain: string, 3 to 50 characters.
        dsc_domain: string or null, optional.
        host_alias_list: array of object.
        image_id: string.
        ingress_controller_name: string.
        instance_id: string or null, optional.
        node_selector: string or null, optional.
        storage_class_name: string.
        tags: array of Tag, optional.
    """

    account: dict[str, Any] | None = Field(default=None, repr=False)
    cluster_id: str
    data_ops_name: str = Field(min_length=3, max_length=30)
    description: str | None = None
    domain: str = Field(min_length=3, max_length=50)
    dsc_domain: str | None = None
    host_alias_list: list[dict[str, Any]]
    image_id: str
    ingress_controller_name: str
    instance_id: str | None = None
    node_selector: str | None = None
    storage_class_name: str
    tags: list[Tag] | None = None

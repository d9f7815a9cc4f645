"""DataFlowBodyUpdate: models of Data Flow 1.1."""

from typing import Any
from pydantic import Field
from ...._runtime.model import Model


class DataFlowBodyUpdate(Model):
    """DataFlowBodyUpdate.

    Fields:
        account: object or null, optional.
        description: string or null, optional.
        domain: string or null, optional.
        host_alias_list: array of object or null, optional.
        node_selector: string or null, optional.
    """

    account: dict[str, Any] | None = Field(default=None, repr=False)
    description: str | None = None
    domain: str | None = None
    host_alias_list: list[dict[str, Any]] | None = None
    node_selector: str | None = None

"""ClusterResourceCheckResponse: models of Data Flow 1.1."""

from typing import Any
from ...._runtime.model import Model


class ClusterResourceCheckResponse(Model):
    """ClusterResourceCheckResponse.

    Fields:
        cpu: object, optional.
        err_code: string.
        memory: object, optional.
        result: boolean.
    """

    cpu: dict[str, Any] | None = None
    err_code: str
    memory: dict[str, Any] | None = None
    result: bool

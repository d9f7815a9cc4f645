"""LooseRequest: models of Undeclared 1."""

from typing import Any
from ...._runtime.model import Model


class LooseRequest(Model, extra="allow"):
    """LooseRequest.

    Fields:
        kind: any value.
    """

    kind: Any

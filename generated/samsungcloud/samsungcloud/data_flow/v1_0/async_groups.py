"""The methods of `AsyncDataFlow` by resource; imported when a group is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncDataFlow


class AsyncDataFlowServices:
    """The methods below `client.data_flow_services`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.update = client.update_data_flow_service

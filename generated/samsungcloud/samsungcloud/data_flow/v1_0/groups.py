"""The methods of `DataFlow` by resource; imported when a group is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import DataFlow


class DataFlowServices:
    """The methods below `client.data_flow_services`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.update = client.update_data_flow_service

    @cached_property
    def with_raw_response(self) -> DataFlowServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowServicesWithStreamingResponse(self._client)


class DataFlowServicesWithRawResponse:
    """The methods of `DataFlowServices`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.update = raw.update_data_flow_service


class DataFlowServicesWithStreamingResponse:
    """The methods of `DataFlowServices`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.update = streaming.update_data_flow_service

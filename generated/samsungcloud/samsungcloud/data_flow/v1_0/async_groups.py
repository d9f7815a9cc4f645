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

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowServicesWithStreamingResponse(self._client)


class AsyncDataFlowServicesWithRawResponse:
    """The methods of `AsyncDataFlowServices`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.update = raw.update_data_flow_service


class AsyncDataFlowServicesWithStreamingResponse:
    """The methods of `AsyncDataFlowServices`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.update = streaming.update_data_flow_service

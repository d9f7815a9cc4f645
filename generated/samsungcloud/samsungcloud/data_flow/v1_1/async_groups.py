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
        self.list = client.list_data_flow_service
        self.iter = client.iter_data_flow_service
        self.create = client.create_data_flow_service
        self.show = client.show_data_flow_service
        self.update = client.update_data_flow_service
        self.delete = client.delete_data_flow_service
        self.validate_resources = client.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = client.check_data_flow_service_name_duplication

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowServicesWithStreamingResponse(self._client)

    @cached_property
    def clusters(self) -> AsyncDataFlowServicesClusters:
        """validate_resources"""
        return AsyncDataFlowServicesClusters(self._client)

    @cached_property
    def data_flows(self) -> AsyncDataFlowServicesDataFlows:
        """sub_versions…"""
        return AsyncDataFlowServicesDataFlows(self._client)


class AsyncDataFlowServicesClusters:
    """The methods below `client.data_flow_services.clusters`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.validate_resources = client.check_cluster_resource_size_for_data_flow_service_create

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowServicesClustersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowServicesClustersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowServicesClustersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowServicesClustersWithStreamingResponse(self._client)


class AsyncDataFlowServicesDataFlows:
    """The methods below `client.data_flow_services.data_flows`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client

    @cached_property
    def sub_versions(self) -> AsyncDataFlowServicesDataFlowsSubVersions:
        """show"""
        return AsyncDataFlowServicesDataFlowsSubVersions(self._client)


class AsyncDataFlowServicesDataFlowsSubVersions:
    """The methods below `client.data_flow_services.data_flows.sub_versions`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.show = client.show_data_flow_service_sub_versions

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowServicesDataFlowsSubVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowServicesDataFlowsSubVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(
        self,
    ) -> AsyncDataFlowServicesDataFlowsSubVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowServicesDataFlowsSubVersionsWithStreamingResponse(self._client)


class AsyncDataFlows:
    """The methods below `client.data_flows`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.list = client.list_data_flows
        self.iter = client.iter_data_flows
        self.create = client.create_data_flow
        self.show = client.show_data_flow
        self.update = client.update_data_flow
        self.delete = client.delete_data_flow
        self.check_name_duplication = client.check_data_flow_name_duplication

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowsWithStreamingResponse(self._client)

    @cached_property
    def clusters(self) -> AsyncDataFlowsClusters:
        """ingress_controllers…"""
        return AsyncDataFlowsClusters(self._client)

    @cached_property
    def image_versions(self) -> AsyncDataFlowsImageVersions:
        """list"""
        return AsyncDataFlowsImageVersions(self._client)


class AsyncDataFlowsClusters:
    """The methods below `client.data_flows.clusters`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client

    @cached_property
    def ingress_controllers(self) -> AsyncDataFlowsClustersIngressControllers:
        """list"""
        return AsyncDataFlowsClustersIngressControllers(self._client)


class AsyncDataFlowsClustersIngressControllers:
    """The methods below `client.data_flows.clusters.ingress_controllers`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.list = client.list_data_flow_ingress_controllers

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowsClustersIngressControllersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowsClustersIngressControllersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(
        self,
    ) -> AsyncDataFlowsClustersIngressControllersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowsClustersIngressControllersWithStreamingResponse(self._client)


class AsyncDataFlowsImageVersions:
    """The methods below `client.data_flows.image_versions`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.list = client.list_data_flow_images

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowsImageVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowsImageVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowsImageVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowsImageVersionsWithStreamingResponse(self._client)


class AsyncDataFlowServicesWithRawResponse:
    """The methods of `AsyncDataFlowServices`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_service
        self.create = raw.create_data_flow_service
        self.show = raw.show_data_flow_service
        self.update = raw.update_data_flow_service
        self.delete = raw.delete_data_flow_service
        self.validate_resources = raw.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = raw.check_data_flow_service_name_duplication


class AsyncDataFlowServicesWithStreamingResponse:
    """The methods of `AsyncDataFlowServices`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_service
        self.create = streaming.create_data_flow_service
        self.show = streaming.show_data_flow_service
        self.update = streaming.update_data_flow_service
        self.delete = streaming.delete_data_flow_service
        self.validate_resources = streaming.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = streaming.check_data_flow_service_name_duplication


class AsyncDataFlowServicesClustersWithRawResponse:
    """The methods of `AsyncDataFlowServicesClusters`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.validate_resources = raw.check_cluster_resource_size_for_data_flow_service_create


class AsyncDataFlowServicesClustersWithStreamingResponse:
    """The methods of `AsyncDataFlowServicesClusters`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.validate_resources = streaming.check_cluster_resource_size_for_data_flow_service_create


class AsyncDataFlowServicesDataFlowsSubVersionsWithRawResponse:
    """The methods of `AsyncDataFlowServicesDataFlowsSubVersions`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.show = raw.show_data_flow_service_sub_versions


class AsyncDataFlowServicesDataFlowsSubVersionsWithStreamingResponse:
    """The methods of `AsyncDataFlowServicesDataFlowsSubVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.show = streaming.show_data_flow_service_sub_versions


class AsyncDataFlowsWithRawResponse:
    """The methods of `AsyncDataFlows`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flows
        self.create = raw.create_data_flow
        self.show = raw.show_data_flow
        self.update = raw.update_data_flow
        self.delete = raw.delete_data_flow
        self.check_name_duplication = raw.check_data_flow_name_duplication


class AsyncDataFlowsWithStreamingResponse:
    """The methods of `AsyncDataFlows`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flows
        self.create = streaming.create_data_flow
        self.show = streaming.show_data_flow
        self.update = streaming.update_data_flow
        self.delete = streaming.delete_data_flow
        self.check_name_duplication = streaming.check_data_flow_name_duplication


class AsyncDataFlowsClustersIngressControllersWithRawResponse:
    """The methods of `AsyncDataFlowsClustersIngressControllers`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_ingress_controllers


class AsyncDataFlowsClustersIngressControllersWithStreamingResponse:
    """The methods of `AsyncDataFlowsClustersIngressControllers`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_ingress_controllers


class AsyncDataFlowsImageVersionsWithRawResponse:
    """The methods of `AsyncDataFlowsImageVersions`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_images


class AsyncDataFlowsImageVersionsWithStreamingResponse:
    """The methods of `AsyncDataFlowsImageVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_images

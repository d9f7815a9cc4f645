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
        self.list = client.list_data_flow_service
        self.iter = client.iter_data_flow_service
        self.create = client.create_data_flow_service
        self.show = client.show_data_flow_service
        self.update = client.update_data_flow_service
        self.delete = client.delete_data_flow_service
        self.validate_resources = client.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = client.check_data_flow_service_name_duplication

    @cached_property
    def with_raw_response(self) -> DataFlowServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowServicesWithStreamingResponse(self._client)

    @cached_property
    def clusters(self) -> DataFlowServicesClusters:
        """validate_resources"""
        return DataFlowServicesClusters(self._client)

    @cached_property
    def data_flows(self) -> DataFlowServicesDataFlows:
        """sub_versions…"""
        return DataFlowServicesDataFlows(self._client)


class DataFlowServicesClusters:
    """The methods below `client.data_flow_services.clusters`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.validate_resources = client.check_cluster_resource_size_for_data_flow_service_create

    @cached_property
    def with_raw_response(self) -> DataFlowServicesClustersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowServicesClustersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowServicesClustersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowServicesClustersWithStreamingResponse(self._client)


class DataFlowServicesDataFlows:
    """The methods below `client.data_flow_services.data_flows`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client

    @cached_property
    def sub_versions(self) -> DataFlowServicesDataFlowsSubVersions:
        """show"""
        return DataFlowServicesDataFlowsSubVersions(self._client)


class DataFlowServicesDataFlowsSubVersions:
    """The methods below `client.data_flow_services.data_flows.sub_versions`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.show = client.show_data_flow_service_sub_versions

    @cached_property
    def with_raw_response(self) -> DataFlowServicesDataFlowsSubVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowServicesDataFlowsSubVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowServicesDataFlowsSubVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowServicesDataFlowsSubVersionsWithStreamingResponse(self._client)


class DataFlows:
    """The methods below `client.data_flows`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.list = client.list_data_flows
        self.iter = client.iter_data_flows
        self.create = client.create_data_flow
        self.show = client.show_data_flow
        self.update = client.update_data_flow
        self.delete = client.delete_data_flow
        self.check_name_duplication = client.check_data_flow_name_duplication

    @cached_property
    def with_raw_response(self) -> DataFlowsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowsWithStreamingResponse(self._client)

    @cached_property
    def clusters(self) -> DataFlowsClusters:
        """ingress_controllers…"""
        return DataFlowsClusters(self._client)

    @cached_property
    def image_versions(self) -> DataFlowsImageVersions:
        """list"""
        return DataFlowsImageVersions(self._client)


class DataFlowsClusters:
    """The methods below `client.data_flows.clusters`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client

    @cached_property
    def ingress_controllers(self) -> DataFlowsClustersIngressControllers:
        """list"""
        return DataFlowsClustersIngressControllers(self._client)


class DataFlowsClustersIngressControllers:
    """The methods below `client.data_flows.clusters.ingress_controllers`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.list = client.list_data_flow_ingress_controllers

    @cached_property
    def with_raw_response(self) -> DataFlowsClustersIngressControllersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowsClustersIngressControllersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowsClustersIngressControllersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowsClustersIngressControllersWithStreamingResponse(self._client)


class DataFlowsImageVersions:
    """The methods below `client.data_flows.image_versions`."""

    def __init__(self, client: DataFlow) -> None:
        self._client = client
        self.list = client.list_data_flow_images

    @cached_property
    def with_raw_response(self) -> DataFlowsImageVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataFlowsImageVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataFlowsImageVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataFlowsImageVersionsWithStreamingResponse(self._client)


class DataFlowServicesWithRawResponse:
    """The methods of `DataFlowServices`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_service
        self.create = raw.create_data_flow_service
        self.show = raw.show_data_flow_service
        self.update = raw.update_data_flow_service
        self.delete = raw.delete_data_flow_service
        self.validate_resources = raw.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = raw.check_data_flow_service_name_duplication


class DataFlowServicesWithStreamingResponse:
    """The methods of `DataFlowServices`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_service
        self.create = streaming.create_data_flow_service
        self.show = streaming.show_data_flow_service
        self.update = streaming.update_data_flow_service
        self.delete = streaming.delete_data_flow_service
        self.validate_resources = streaming.check_cluster_resource_size_for_data_flow_service_update
        self.check_name_duplication = streaming.check_data_flow_service_name_duplication


class DataFlowServicesClustersWithRawResponse:
    """The methods of `DataFlowServicesClusters`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.validate_resources = raw.check_cluster_resource_size_for_data_flow_service_create


class DataFlowServicesClustersWithStreamingResponse:
    """The methods of `DataFlowServicesClusters`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.validate_resources = streaming.check_cluster_resource_size_for_data_flow_service_create


class DataFlowServicesDataFlowsSubVersionsWithRawResponse:
    """The methods of `DataFlowServicesDataFlowsSubVersions`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.show = raw.show_data_flow_service_sub_versions


class DataFlowServicesDataFlowsSubVersionsWithStreamingResponse:
    """The methods of `DataFlowServicesDataFlowsSubVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.show = streaming.show_data_flow_service_sub_versions


class DataFlowsWithRawResponse:
    """The methods of `DataFlows`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flows
        self.create = raw.create_data_flow
        self.show = raw.show_data_flow
        self.update = raw.update_data_flow
        self.delete = raw.delete_data_flow
        self.check_name_duplication = raw.check_data_flow_name_duplication


class DataFlowsWithStreamingResponse:
    """The methods of `DataFlows`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flows
        self.create = streaming.create_data_flow
        self.show = streaming.show_data_flow
        self.update = streaming.update_data_flow
        self.delete = streaming.delete_data_flow
        self.check_name_duplication = streaming.check_data_flow_name_duplication


class DataFlowsClustersIngressControllersWithRawResponse:
    """The methods of `DataFlowsClustersIngressControllers`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_ingress_controllers


class DataFlowsClustersIngressControllersWithStreamingResponse:
    """The methods of `DataFlowsClustersIngressControllers`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_ingress_controllers


class DataFlowsImageVersionsWithRawResponse:
    """The methods of `DataFlowsImageVersions`, giving raw responses."""

    def __init__(self, client: DataFlow) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_flow_images


class DataFlowsImageVersionsWithStreamingResponse:
    """The methods of `DataFlowsImageVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: DataFlow) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_flow_images

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


class AsyncDataFlowsImageVersions:
    """The methods below `client.data_flows.image_versions`."""

    def __init__(self, client: AsyncDataFlow) -> None:
        self._client = client
        self.list = client.list_data_flow_images

"""The methods of `AsyncDataOps` by resource; imported when a group is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncDataOps


class AsyncDataOps_:
    """The methods below `client.data_ops`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.list = client.list_data_ops
        self.iter = client.iter_data_ops
        self.create = client.create_data_ops
        self.show = client.show_data_ops
        self.update = client.update_data_ops
        self.delete = client.delete_data_ops
        self.check_name_duplication = client.check_data_ops_name_duplication

    @cached_property
    def clusters(self) -> AsyncDataOpsClusters:
        """ingress_controllers…"""
        return AsyncDataOpsClusters(self._client)

    @cached_property
    def image_versions(self) -> AsyncDataOpsImageVersions:
        """list"""
        return AsyncDataOpsImageVersions(self._client)


class AsyncDataOpsClusters:
    """The methods below `client.data_ops.clusters`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client

    @cached_property
    def ingress_controllers(self) -> AsyncDataOpsClustersIngressControllers:
        """list"""
        return AsyncDataOpsClustersIngressControllers(self._client)


class AsyncDataOpsClustersIngressControllers:
    """The methods below `client.data_ops.clusters.ingress_controllers`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_ingress_controllers


class AsyncDataOpsImageVersions:
    """The methods below `client.data_ops.image_versions`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_image_versions


class AsyncDataOpsServices:
    """The methods below `client.data_ops_services`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_service
        self.iter = client.iter_data_ops_service
        self.create = client.create_data_ops_service
        self.show = client.show_data_ops_service
        self.update = client.update_data_ops_service
        self.delete = client.delete_data_ops_service
        self.validate_resources = client.check_cluster_resource_size_for_data_ops_service_update
        self.check_name_duplication = client.check_data_ops_service_name_duplication

    @cached_property
    def clusters(self) -> AsyncDataOpsServicesClusters:
        """validate_resources"""
        return AsyncDataOpsServicesClusters(self._client)

    @cached_property
    def data_ops(self) -> AsyncDataOpsServicesDataOps:
        """sub_versions…"""
        return AsyncDataOpsServicesDataOps(self._client)


class AsyncDataOpsServicesClusters:
    """The methods below `client.data_ops_services.clusters`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.validate_resources = client.check_cluster_resource_size_for_data_ops_service_create


class AsyncDataOpsServicesDataOps:
    """The methods below `client.data_ops_services.data_ops`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client

    @cached_property
    def sub_versions(self) -> AsyncDataOpsServicesDataOpsSubVersions:
        """show"""
        return AsyncDataOpsServicesDataOpsSubVersions(self._client)


class AsyncDataOpsServicesDataOpsSubVersions:
    """The methods below `client.data_ops_services.data_ops.sub_versions`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.show = client.show_data_ops_service_sub_version

"""The methods of `DataOps` by resource; imported when a group is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import DataOps


class DataOps_:
    """The methods below `client.data_ops`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.list = client.list_data_ops
        self.iter = client.iter_data_ops
        self.create = client.create_data_ops
        self.show = client.show_data_ops
        self.update = client.update_data_ops
        self.delete = client.delete_data_ops
        self.check_name_duplication = client.check_data_ops_name_duplication

    @cached_property
    def clusters(self) -> DataOpsClusters:
        """ingress_controllers…"""
        return DataOpsClusters(self._client)

    @cached_property
    def image_versions(self) -> DataOpsImageVersions:
        """list"""
        return DataOpsImageVersions(self._client)


class DataOpsClusters:
    """The methods below `client.data_ops.clusters`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client

    @cached_property
    def ingress_controllers(self) -> DataOpsClustersIngressControllers:
        """list"""
        return DataOpsClustersIngressControllers(self._client)


class DataOpsClustersIngressControllers:
    """The methods below `client.data_ops.clusters.ingress_controllers`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_ingress_controllers


class DataOpsImageVersions:
    """The methods below `client.data_ops.image_versions`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_image_versions


class DataOpsServices:
    """The methods below `client.data_ops_services`."""

    def __init__(self, client: DataOps) -> None:
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
    def clusters(self) -> DataOpsServicesClusters:
        """validate_resources"""
        return DataOpsServicesClusters(self._client)

    @cached_property
    def data_ops(self) -> DataOpsServicesDataOps:
        """sub_versions…"""
        return DataOpsServicesDataOps(self._client)


class DataOpsServicesClusters:
    """The methods below `client.data_ops_services.clusters`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.validate_resources = client.check_cluster_resource_size_for_data_ops_service_create


class DataOpsServicesDataOps:
    """The methods below `client.data_ops_services.data_ops`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client

    @cached_property
    def sub_versions(self) -> DataOpsServicesDataOpsSubVersions:
        """show"""
        return DataOpsServicesDataOpsSubVersions(self._client)


class DataOpsServicesDataOpsSubVersions:
    """The methods below `client.data_ops_services.data_ops.sub_versions`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.show = client.show_data_ops_service_sub_version

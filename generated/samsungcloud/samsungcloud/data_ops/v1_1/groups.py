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
    def with_raw_response(self) -> DataOpsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsWithStreamingResponse(self._client)

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

    @cached_property
    def with_raw_response(self) -> DataOpsClustersIngressControllersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsClustersIngressControllersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsClustersIngressControllersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsClustersIngressControllersWithStreamingResponse(self._client)


class DataOpsImageVersions:
    """The methods below `client.data_ops.image_versions`."""

    def __init__(self, client: DataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_image_versions

    @cached_property
    def with_raw_response(self) -> DataOpsImageVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsImageVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsImageVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsImageVersionsWithStreamingResponse(self._client)


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
    def with_raw_response(self) -> DataOpsServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsServicesWithStreamingResponse(self._client)

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

    @cached_property
    def with_raw_response(self) -> DataOpsServicesClustersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsServicesClustersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsServicesClustersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsServicesClustersWithStreamingResponse(self._client)


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

    @cached_property
    def with_raw_response(self) -> DataOpsServicesDataOpsSubVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return DataOpsServicesDataOpsSubVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> DataOpsServicesDataOpsSubVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return DataOpsServicesDataOpsSubVersionsWithStreamingResponse(self._client)


class DataOpsWithRawResponse:
    """The methods of `DataOps_`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops
        self.create = raw.create_data_ops
        self.show = raw.show_data_ops
        self.update = raw.update_data_ops
        self.delete = raw.delete_data_ops
        self.check_name_duplication = raw.check_data_ops_name_duplication


class DataOpsWithStreamingResponse:
    """The methods of `DataOps_`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops
        self.create = streaming.create_data_ops
        self.show = streaming.show_data_ops
        self.update = streaming.update_data_ops
        self.delete = streaming.delete_data_ops
        self.check_name_duplication = streaming.check_data_ops_name_duplication


class DataOpsClustersIngressControllersWithRawResponse:
    """The methods of `DataOpsClustersIngressControllers`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_ingress_controllers


class DataOpsClustersIngressControllersWithStreamingResponse:
    """The methods of `DataOpsClustersIngressControllers`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_ingress_controllers


class DataOpsImageVersionsWithRawResponse:
    """The methods of `DataOpsImageVersions`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_image_versions


class DataOpsImageVersionsWithStreamingResponse:
    """The methods of `DataOpsImageVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_image_versions


class DataOpsServicesWithRawResponse:
    """The methods of `DataOpsServices`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_service
        self.create = raw.create_data_ops_service
        self.show = raw.show_data_ops_service
        self.update = raw.update_data_ops_service
        self.delete = raw.delete_data_ops_service
        self.validate_resources = raw.check_cluster_resource_size_for_data_ops_service_update
        self.check_name_duplication = raw.check_data_ops_service_name_duplication


class DataOpsServicesWithStreamingResponse:
    """The methods of `DataOpsServices`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_service
        self.create = streaming.create_data_ops_service
        self.show = streaming.show_data_ops_service
        self.update = streaming.update_data_ops_service
        self.delete = streaming.delete_data_ops_service
        self.validate_resources = streaming.check_cluster_resource_size_for_data_ops_service_update
        self.check_name_duplication = streaming.check_data_ops_service_name_duplication


class DataOpsServicesClustersWithRawResponse:
    """The methods of `DataOpsServicesClusters`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.validate_resources = raw.check_cluster_resource_size_for_data_ops_service_create


class DataOpsServicesClustersWithStreamingResponse:
    """The methods of `DataOpsServicesClusters`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.validate_resources = streaming.check_cluster_resource_size_for_data_ops_service_create


class DataOpsServicesDataOpsSubVersionsWithRawResponse:
    """The methods of `DataOpsServicesDataOpsSubVersions`, giving raw responses."""

    def __init__(self, client: DataOps) -> None:
        raw = client.with_raw_response
        self.show = raw.show_data_ops_service_sub_version


class DataOpsServicesDataOpsSubVersionsWithStreamingResponse:
    """The methods of `DataOpsServicesDataOpsSubVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: DataOps) -> None:
        streaming = client.with_streaming_response
        self.show = streaming.show_data_ops_service_sub_version

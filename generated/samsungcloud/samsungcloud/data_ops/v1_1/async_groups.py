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
    def with_raw_response(self) -> AsyncDataOpsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataOpsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsWithStreamingResponse(self._client)

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

    @cached_property
    def with_raw_response(self) -> AsyncDataOpsClustersIngressControllersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsClustersIngressControllersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(
        self,
    ) -> AsyncDataOpsClustersIngressControllersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsClustersIngressControllersWithStreamingResponse(self._client)


class AsyncDataOpsImageVersions:
    """The methods below `client.data_ops.image_versions`."""

    def __init__(self, client: AsyncDataOps) -> None:
        self._client = client
        self.list = client.list_data_ops_image_versions

    @cached_property
    def with_raw_response(self) -> AsyncDataOpsImageVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsImageVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataOpsImageVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsImageVersionsWithStreamingResponse(self._client)


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
    def with_raw_response(self) -> AsyncDataOpsServicesWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsServicesWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataOpsServicesWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsServicesWithStreamingResponse(self._client)

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

    @cached_property
    def with_raw_response(self) -> AsyncDataOpsServicesClustersWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsServicesClustersWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(self) -> AsyncDataOpsServicesClustersWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsServicesClustersWithStreamingResponse(self._client)


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

    @cached_property
    def with_raw_response(self) -> AsyncDataOpsServicesDataOpsSubVersionsWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataOpsServicesDataOpsSubVersionsWithRawResponse(self._client)

    @cached_property
    def with_streaming_response(
        self,
    ) -> AsyncDataOpsServicesDataOpsSubVersionsWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataOpsServicesDataOpsSubVersionsWithStreamingResponse(self._client)


class AsyncDataOpsWithRawResponse:
    """The methods of `AsyncDataOps_`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops
        self.create = raw.create_data_ops
        self.show = raw.show_data_ops
        self.update = raw.update_data_ops
        self.delete = raw.delete_data_ops
        self.check_name_duplication = raw.check_data_ops_name_duplication


class AsyncDataOpsWithStreamingResponse:
    """The methods of `AsyncDataOps_`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops
        self.create = streaming.create_data_ops
        self.show = streaming.show_data_ops
        self.update = streaming.update_data_ops
        self.delete = streaming.delete_data_ops
        self.check_name_duplication = streaming.check_data_ops_name_duplication


class AsyncDataOpsClustersIngressControllersWithRawResponse:
    """The methods of `AsyncDataOpsClustersIngressControllers`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_ingress_controllers


class AsyncDataOpsClustersIngressControllersWithStreamingResponse:
    """The methods of `AsyncDataOpsClustersIngressControllers`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_ingress_controllers


class AsyncDataOpsImageVersionsWithRawResponse:
    """The methods of `AsyncDataOpsImageVersions`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_image_versions


class AsyncDataOpsImageVersionsWithStreamingResponse:
    """The methods of `AsyncDataOpsImageVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_image_versions


class AsyncDataOpsServicesWithRawResponse:
    """The methods of `AsyncDataOpsServices`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.list = raw.list_data_ops_service
        self.create = raw.create_data_ops_service
        self.show = raw.show_data_ops_service
        self.update = raw.update_data_ops_service
        self.delete = raw.delete_data_ops_service
        self.validate_resources = raw.check_cluster_resource_size_for_data_ops_service_update
        self.check_name_duplication = raw.check_data_ops_service_name_duplication


class AsyncDataOpsServicesWithStreamingResponse:
    """The methods of `AsyncDataOpsServices`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.list = streaming.list_data_ops_service
        self.create = streaming.create_data_ops_service
        self.show = streaming.show_data_ops_service
        self.update = streaming.update_data_ops_service
        self.delete = streaming.delete_data_ops_service
        self.validate_resources = streaming.check_cluster_resource_size_for_data_ops_service_update
        self.check_name_duplication = streaming.check_data_ops_service_name_duplication


class AsyncDataOpsServicesClustersWithRawResponse:
    """The methods of `AsyncDataOpsServicesClusters`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.validate_resources = raw.check_cluster_resource_size_for_data_ops_service_create


class AsyncDataOpsServicesClustersWithStreamingResponse:
    """The methods of `AsyncDataOpsServicesClusters`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.validate_resources = streaming.check_cluster_resource_size_for_data_ops_service_create


class AsyncDataOpsServicesDataOpsSubVersionsWithRawResponse:
    """The methods of `AsyncDataOpsServicesDataOpsSubVersions`, giving raw responses."""

    def __init__(self, client: AsyncDataOps) -> None:
        raw = client.with_raw_response
        self.show = raw.show_data_ops_service_sub_version


class AsyncDataOpsServicesDataOpsSubVersionsWithStreamingResponse:
    """The methods of `AsyncDataOpsServicesDataOpsSubVersions`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataOps) -> None:
        streaming = client.with_streaming_response
        self.show = streaming.show_data_ops_service_sub_version

"""The async client of Data Flow 1.1."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from . import _operations
from ..._runtime.client import AsyncClient
from ..._runtime.core import CallOptions, DEFAULT_CONCURRENCY, DEFAULT_TIMEOUT, Validation
from ..._runtime.hooks import Hooks
from ..._runtime.views import as_raw_async, as_streaming_async
from ..._runtime.unset import UNSET, Unset
from ..._signing import Credentials

if TYPE_CHECKING:
    from . import async_groups as _groups
    from ..._runtime.credentials import CredentialsProvider
    from ..._runtime.library import AsyncHttpClient, SSLContext
    from ..._runtime.library import Certificate as _Certificate
    from ..._runtime.signing import Signer as _Signer
    from typing import Any, Literal
    from .models.cluster_resource_check_response import ClusterResourceCheckResponse
    from .models.data_flow_body_create import DataFlowBodyCreate
    from .models.data_flow_body_update import DataFlowBodyUpdate
    from .models.data_flow_check_duplication_response import DataFlowCheckDuplicationResponse
    from .models.data_flow_detail_response_v1_dot1 import DataFlowDetailResponseV1Dot1
    from .models.data_flow_image_list_response import DataFlowImageListResponse
    from .models.data_flow_service_check_duplication_response import (
        DataFlowServiceCheckDuplicationResponse,
    )
    from .models.data_flow_service_create_request import DataFlowServiceCreateRequest
    from .models.data_flow_service_detail_response_v1_dot1 import (
        DataFlowServiceDetailResponseV1Dot1,
    )
    from .models.data_flow_service_image_response import DataFlowServiceImageResponse
    from .models.data_flow_service_update_response import DataFlowServiceUpdateResponse
    from .models.data_flow_service_validate_resource_request import (
        DataFlowServiceValidateResourceRequest,
    )
    from .models.data_flow_services_response_v1_dot1 import DataFlowServicesResponseV1Dot1
    from .models.data_flow_services_update_request import DataFlowServicesUpdateRequest
    from .models.data_flow_update_response import DataFlowUpdateResponse
    from .models.data_flows_console_response_v1_dot1 import DataFlowsConsoleResponseV1Dot1
    from .models.list_data_flow_services_console_response_v1_dot1 import (
        ListDataFlowServicesConsoleResponseV1Dot1,
    )
    from .models.list_data_flows_console_response_v1_dot1 import ListDataFlowsConsoleResponseV1Dot1
    from .models.tag import Tag


class AsyncDataFlow(AsyncClient):
    """Data Flow 1.1, async client.

    Provides an Application Programming Interface (API) that supports programmatic use of IaaS/PaaS
    products provided by SCP.

    This guide provides a brief description of Data Flow service and how to call API. The API is
    provided as a RESTful API, and it responds in JSON format.

    Args:
        credentials: found in the environment or the profile file when not given; or what gives them.
        region: part of the server's address, one of kr-east1, kr-south1, kr-south2, kr-south3, kr-west1.
        environment: part of the server's address, one of e, g, s.
        language: sent as Accept-Language.
        base_url: the server's address; it wins over everything else.
        timeout: seconds for a whole call, retries included; None for no limit.
        max_retries: how often an idempotent call is sent again.
        http_client: a client or transport of httpx, or of its shape, to send with; closing it is up to the caller.
        validate: "tolerant" keeps what a response has too much, too little or of another type; "strict" raises.
        hooks: functions that see each attempt, with secrets masked.
        signer: a function that signs requests, instead of what the document says.
        clock: gives Unix time in seconds.
        max_concurrency: how many calls run at the same time; the others wait for their turn.
        allow_http: whether addresses may begin with http:// beyond this machine.
        trust_env: whether the proxies of the environment are used.
        ssl_context: an ssl.SSLContext with the certificate of the client, or other authorities to trust.
        cert: a certificate of the client: its path (PEM), or (path, path of the key), or (path, path, password).
        correct_clock_skew: whether a call that is refused is sent once more by the server's time, if clocks differ.
        idempotency_header: the header in which every POST and PATCH sends a key, so that it may be sent again.

    Raises:
        ConfigurationError: no address or no credentials could be found, or they do not fit together.
    """

    service = _operations.SERVICE

    def __init__(
        self,
        *,
        credentials: Credentials | CredentialsProvider | None = None,
        region: (
            Literal["kr-east1", "kr-south1", "kr-south2", "kr-south3", "kr-west1"] | None
        ) = None,
        environment: Literal["e", "g", "s"] | None = None,
        language: Literal["ko-KR", "en-US"] | None = None,
        base_url: str | None = None,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int | None = None,
        http_client: AsyncHttpClient | None = None,
        validate: Validation = "tolerant",
        hooks: Hooks | None = None,
        signer: _Signer | None = None,
        clock: Callable[[], float] = time.time,
        max_concurrency: int = DEFAULT_CONCURRENCY,
        allow_http: bool = False,
        trust_env: bool = False,
        ssl_context: SSLContext | None = None,
        cert: _Certificate | None = None,
        correct_clock_skew: bool = False,
        idempotency_header: str | None = None,
    ) -> None:
        super().__init__(
            credentials=credentials,
            variables={
                "region": region,
                "environment": environment,
            },
            options={
                "language": language,
            },
            signer=signer,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            validate=validate,
            hooks=hooks,
            clock=clock,
            max_concurrency=max_concurrency,
            allow_http=allow_http,
            trust_env=trust_env,
            ssl_context=ssl_context,
            cert=cert,
            correct_clock_skew=correct_clock_skew,
            idempotency_header=idempotency_header,
        )

    @cached_property
    def with_raw_response(self) -> AsyncDataFlowWithRawResponse:
        """The same methods, giving status, headers and bytes."""
        return AsyncDataFlowWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> AsyncDataFlowWithStreamingResponse:
        """The same methods, giving the response as a context manager that is read as it arrives."""
        return AsyncDataFlowWithStreamingResponse(self)

    @cached_property
    def data_flow_services(self) -> _groups.AsyncDataFlowServices:
        """list, iter, create, show, update, delete, validate_resources, check_name_duplication, …"""
        from . import async_groups

        return async_groups.AsyncDataFlowServices(self)

    @cached_property
    def data_flows(self) -> _groups.AsyncDataFlows:
        """list, iter, create, show, update, delete, check_name_duplication, clusters…, …"""
        from . import async_groups

        return async_groups.AsyncDataFlows(self)

    async def list_data_flow_service(
        self,
        *,
        scp_request_path: str | Unset = UNSET,
        size: int | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        sort: str | Unset = UNSET,
        created_by: str | Unset = UNSET,
        state: (
            Literal[
                "ACTIVE",
                "CREATING",
                "RUNNING",
                "ERROR",
                "TERMINATING",
                "DELETED",
                "UPDATING",
                "STOPPED",
                "STARTING",
                "STOPPING",
                "RESTARTING",
                "TERMINATED",
                "EDITING",
                "DELETING",
                "UNDEPLOYED",
            ]
            | Unset
        ) = UNSET,
        data_flow_service_name: str | None | Unset = UNSET,
        data_flow_name: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> ListDataFlowServicesConsoleResponseV1Dot1:
        """List Data Flow Service.

        Args:
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            size: integer or null, default 20, optional.
            page: integer or null, default 0, optional.
            sort: string, default "created_dt:desc", optional.
            created_by: string, optional.
            state: one of ACTIVE, CREATING, RUNNING, ERROR, TERMINATING, DELETED, UPDATING, STOPPED,
                STARTING, STOPPING, RESTARTING, TERMINATED, EDITING, DELETING, UNDEPLOYED, optional.
            data_flow_service_name: string or null, optional.
            data_flow_name: string, optional.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flow-services`.

        Source: en/data-analytics/data-flow/apis/getdataflowservicelistconsole/1.1.txt

        Example:
            await client.list_data_flow_service()
        """
        return await self._call(
            _operations.list_data_flow_service,
            {
                "scp_request_path": scp_request_path,
                "size": size,
                "page": page,
                "sort": sort,
                "created_by": created_by,
                "state": state,
                "data_flow_service_name": data_flow_service_name,
                "data_flow_name": data_flow_name,
            },
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    def iter_data_flow_service(
        self,
        *,
        scp_request_path: str | Unset = UNSET,
        size: int | None | Unset = UNSET,
        sort: str | Unset = UNSET,
        created_by: str | Unset = UNSET,
        state: (
            Literal[
                "ACTIVE",
                "CREATING",
                "RUNNING",
                "ERROR",
                "TERMINATING",
                "DELETED",
                "UPDATING",
                "STOPPED",
                "STARTING",
                "STOPPING",
                "RESTARTING",
                "TERMINATED",
                "EDITING",
                "DELETING",
                "UNDEPLOYED",
            ]
            | Unset
        ) = UNSET,
        data_flow_service_name: str | None | Unset = UNSET,
        data_flow_name: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> AsyncIterator[DataFlowServicesResponseV1Dot1]:
        """Yield the items of all pages of `list_data_flow_service`.

        List Data Flow Service.
        """
        return self._iterate(
            _operations.list_data_flow_service,
            {
                "scp_request_path": scp_request_path,
                "size": size,
                "sort": sort,
                "created_by": created_by,
                "state": state,
                "data_flow_service_name": data_flow_service_name,
                "data_flow_name": data_flow_name,
            },
            None,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
            UNSET,
        )

    async def create_data_flow_service(
        self,
        *,
        account: dict[str, Any] | None | Unset = UNSET,
        data_flow_id: str | Unset = UNSET,
        data_flow_service_name: str | Unset = UNSET,
        description: str | None | Unset = UNSET,
        domain: str | Unset = UNSET,
        host_alias: dict[str, Any] | Unset = UNSET,
        node_selector: str | None | Unset = UNSET,
        service_workload: dict[str, Any] | Unset = UNSET,
        storage_class_name: str | Unset = UNSET,
        tags: list[Tag] | Unset = UNSET,
        body: DataFlowServiceCreateRequest | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Create Data Flow Service.

        Args:
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            account: object or null, optional.
            data_flow_id: string.
            data_flow_service_name: string, 3 to 30 characters, pattern `^[a-z][a-z0-9\\-]*[a-z0-9]$`.
            description: string or null, optional.
            domain: string, 3 to 50 characters.
            host_alias: object.
            node_selector: string or null, optional.
            service_workload: object.
            storage_class_name: string.
            tags: array of Tag, optional.
            body: the whole body instead of its fields: DataFlowServiceCreateRequest.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `POST /v1/data-flow-services`.

        Source: en/data-analytics/data-flow/apis/createdataflowserviceconsole/1.1.txt

        Example:
            await client.create_data_flow_service(
                data_flow_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                data_flow_service_name="example",
                description="nightly run",
                domain="example.com",
                host_alias={
                    "enabled": "true",
                    "host_alias_list": [{"hostname": "hostname", "ip": "192.0.2.1"}],
                },
                service_workload={
                    "nifi": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "nifi_registry": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "zookeeper": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "3",
                        "version": "3.9.2",
                    },
                },
                storage_class_name="example",
            )
        """
        return await self._call(
            _operations.create_data_flow_service,
            {"scp_request_path": scp_request_path},
            {
                "account": account,
                "data_flow_id": data_flow_id,
                "data_flow_service_name": data_flow_service_name,
                "description": description,
                "domain": domain,
                "host_alias": host_alias,
                "node_selector": node_selector,
                "service_workload": service_workload,
                "storage_class_name": storage_class_name,
                "tags": tags,
            },
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
                idempotency_key=idempotency_key,
            ),
        )

    async def check_cluster_resource_size_for_data_flow_service_create(
        self,
        cluster_id: str,
        *,
        service_workload: dict[str, Any] | Unset = UNSET,
        body: DataFlowServiceValidateResourceRequest | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> ClusterResourceCheckResponse:
        """Validate Cluster Resource Size for Data Flow Service Creation.

        Args:
            cluster_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            service_workload: object.
            body: the whole body instead of its fields: DataFlowServiceValidateResourceRequest.

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `POST /v1/data-flow-services/clusters/{cluster_id}/validate-resources`.

        Source: en/data-analytics/data-flow/apis/dataflowservicevalidateresourcescreation/1.1.txt

        Example:
            await client.check_cluster_resource_size_for_data_flow_service_create(
                cluster_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                service_workload={
                    "nifi": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "nifi_registry": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "zookeeper": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "3",
                        "version": "3.9.2",
                    },
                },
            )
        """
        return await self._call(
            _operations.check_cluster_resource_size_for_data_flow_service_create,
            {"cluster_id": cluster_id, "scp_request_path": scp_request_path},
            {"service_workload": service_workload},
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
                idempotency_key=idempotency_key,
            ),
        )

    async def show_data_flow_service_sub_versions(
        self,
        data_flow_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowServiceImageResponse:
        """Show Data Flow Service Sub Versions.

        Args:
            data_flow_id: string. Cluster ID
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flow-services/data-flows/{data_flow_id}/sub-versions`.

        Source: en/data-analytics/data-flow/apis/getdataflowservicesubversions/1.1.txt

        Example:
            await client.show_data_flow_service_sub_versions(
                data_flow_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            )
        """
        return await self._call(
            _operations.show_data_flow_service_sub_versions,
            {"data_flow_id": data_flow_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def show_data_flow_service(
        self,
        data_flow_service_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowServiceDetailResponseV1Dot1:
        """Show Data Flow Service.

        Args:
            data_flow_service_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flow-services/{data_flow_service_id}`.

        Source: en/data-analytics/data-flow/apis/getdataflowserviceconsole/1.1.txt

        Example:
            await client.show_data_flow_service(
                data_flow_service_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            )
        """
        return await self._call(
            _operations.show_data_flow_service,
            {"data_flow_service_id": data_flow_service_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def update_data_flow_service(
        self,
        data_flow_service_id: str,
        *,
        account: dict[str, Any] | Unset = UNSET,
        description: str | None | Unset = UNSET,
        domain: str | None | Unset = UNSET,
        host_alias: dict[str, Any] | None | Unset = UNSET,
        node_selector: str | None | Unset = UNSET,
        service_workload: dict[str, Any] | Unset = UNSET,
        body: DataFlowServicesUpdateRequest | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> DataFlowServiceUpdateResponse:
        """Update dataflow service console.

        Args:
            data_flow_service_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            account: object, optional.
            description: string or null, optional.
            domain: string or null, optional.
            host_alias: object or null, optional.
            node_selector: string or null, optional.
            service_workload: object, optional.
            body: the whole body instead of its fields: DataFlowServicesUpdateRequest.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `PUT /v1/data-flow-services/{data_flow_service_id}`.

        Source: en/data-analytics/data-flow/apis/updatedataflowserviceconsole/1.1.txt

        Example:
            await client.update_data_flow_service(
                data_flow_service_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                description="nightly run",
            )
        """
        return await self._call(
            _operations.update_data_flow_service,
            {"data_flow_service_id": data_flow_service_id, "scp_request_path": scp_request_path},
            {
                "account": account,
                "description": description,
                "domain": domain,
                "host_alias": host_alias,
                "node_selector": node_selector,
                "service_workload": service_workload,
            },
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
            ),
        )

    async def delete_data_flow_service(
        self,
        data_flow_service_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> None:
        """Delete Data Flow Service.

        Args:
            data_flow_service_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `DELETE /v1/data-flow-services/{data_flow_service_id}`.

        Source: en/data-analytics/data-flow/apis/deletedataflowserviceconsole/1.1.txt

        Example:
            await client.delete_data_flow_service(
                data_flow_service_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            )
        """
        return await self._call(
            _operations.delete_data_flow_service,
            {"data_flow_service_id": data_flow_service_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def check_cluster_resource_size_for_data_flow_service_update(
        self,
        data_flow_service_id: str,
        *,
        service_workload: dict[str, Any] | Unset = UNSET,
        body: DataFlowServiceValidateResourceRequest | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> ClusterResourceCheckResponse:
        """Check Cluster Resource Size For Data Flow Service Update.

        Args:
            data_flow_service_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            service_workload: object.
            body: the whole body instead of its fields: DataFlowServiceValidateResourceRequest.

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `POST /v1/data-flow-services/{data_flow_service_id}/validate-resources`.

        Source: en/data-analytics/data-flow/apis/dataflowservicevalidateresourcesupdate/1.1.txt

        Example:
            await client.check_cluster_resource_size_for_data_flow_service_update(
                data_flow_service_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                service_workload={
                    "nifi": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "nifi_registry": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "1",
                        "version": "1.27.1",
                    },
                    "zookeeper": {
                        "cpu": "2000",
                        "memory": "1024",
                        "replica": "3",
                        "version": "3.9.2",
                    },
                },
            )
        """
        return await self._call(
            _operations.check_cluster_resource_size_for_data_flow_service_update,
            {"data_flow_service_id": data_flow_service_id, "scp_request_path": scp_request_path},
            {"service_workload": service_workload},
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
                idempotency_key=idempotency_key,
            ),
        )

    async def check_data_flow_service_name_duplication(
        self,
        data_flow_service_name: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowServiceCheckDuplicationResponse:
        """Check Data Flow Service Name Duplication.

        Args:
            data_flow_service_name: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flow-services/{data_flow_service_name}/check-duplication`.

        Source: en/data-analytics/data-flow/apis/getdataflowservicecheckduplication/1.1.txt

        Example:
            await client.check_data_flow_service_name_duplication(
                data_flow_service_name="example",
            )
        """
        return await self._call(
            _operations.check_data_flow_service_name_duplication,
            {
                "data_flow_service_name": data_flow_service_name,
                "scp_request_path": scp_request_path,
            },
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def list_data_flows(
        self,
        *,
        scp_request_path: str | Unset = UNSET,
        sort: str | Unset = UNSET,
        cluster_name: str | Unset = UNSET,
        created_by: str | Unset = UNSET,
        state: (
            Literal[
                "ACTIVE",
                "CREATING",
                "RUNNING",
                "ERROR",
                "TERMINATING",
                "DELETED",
                "UPDATING",
                "STOPPED",
                "STARTING",
                "STOPPING",
                "RESTARTING",
                "TERMINATED",
                "EDITING",
                "DELETING",
                "UNDEPLOYED",
            ]
            | Unset
        ) = UNSET,
        version: str | Unset = UNSET,
        size: int | Unset = UNSET,
        page: int | Unset = UNSET,
        cluster_id: str | Unset = UNSET,
        data_flow_name: str | Unset = UNSET,
        region: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> ListDataFlowsConsoleResponseV1Dot1:
        """List Data Flows.

        Args:
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            sort: string, default "created_dt:desc", optional.
            cluster_name: string, optional.
            created_by: string, optional.
            state: one of ACTIVE, CREATING, RUNNING, ERROR, TERMINATING, DELETED, UPDATING, STOPPED,
                STARTING, STOPPING, RESTARTING, TERMINATED, EDITING, DELETING, UNDEPLOYED, optional.
            version: string, optional.
            size: integer, optional.
            page: integer, optional.
            cluster_id: string, optional.
            data_flow_name: string, optional.
            region: string, optional.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flows`.

        Source: en/data-analytics/data-flow/apis/getdataflowlistconsole/1.1.txt

        Example:
            await client.list_data_flows()
        """
        return await self._call(
            _operations.list_data_flows,
            {
                "scp_request_path": scp_request_path,
                "sort": sort,
                "cluster_name": cluster_name,
                "created_by": created_by,
                "state": state,
                "version": version,
                "size": size,
                "page": page,
                "cluster_id": cluster_id,
                "data_flow_name": data_flow_name,
                "region": region,
            },
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    def iter_data_flows(
        self,
        *,
        scp_request_path: str | Unset = UNSET,
        sort: str | Unset = UNSET,
        cluster_name: str | Unset = UNSET,
        created_by: str | Unset = UNSET,
        state: (
            Literal[
                "ACTIVE",
                "CREATING",
                "RUNNING",
                "ERROR",
                "TERMINATING",
                "DELETED",
                "UPDATING",
                "STOPPED",
                "STARTING",
                "STOPPING",
                "RESTARTING",
                "TERMINATED",
                "EDITING",
                "DELETING",
                "UNDEPLOYED",
            ]
            | Unset
        ) = UNSET,
        version: str | Unset = UNSET,
        size: int | Unset = UNSET,
        cluster_id: str | Unset = UNSET,
        data_flow_name: str | Unset = UNSET,
        region: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> AsyncIterator[DataFlowsConsoleResponseV1Dot1]:
        """Yield the items of all pages of `list_data_flows`.

        List Data Flows.
        """
        return self._iterate(
            _operations.list_data_flows,
            {
                "scp_request_path": scp_request_path,
                "sort": sort,
                "cluster_name": cluster_name,
                "created_by": created_by,
                "state": state,
                "version": version,
                "size": size,
                "cluster_id": cluster_id,
                "data_flow_name": data_flow_name,
                "region": region,
            },
            None,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
            UNSET,
        )

    async def create_data_flow(
        self,
        *,
        account: dict[str, Any] | None | Unset = UNSET,
        cluster_id: str | Unset = UNSET,
        data_flow_name: str | Unset = UNSET,
        description: str | None | Unset = UNSET,
        domain: str | Unset = UNSET,
        dsc_domain: str | None | Unset = UNSET,
        host_alias_list: list[dict[str, Any]] | Unset = UNSET,
        image_id: str | Unset = UNSET,
        ingress_controller_name: str | Unset = UNSET,
        instance_id: str | None | Unset = UNSET,
        node_selector: str | None | Unset = UNSET,
        storage_class_name: str | Unset = UNSET,
        tags: list[Tag] | Unset = UNSET,
        body: DataFlowBodyCreate | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Create Data Flow.

        Args:
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            account: object or null, optional.
            cluster_id: string.
            data_flow_name: string, 3 to 30 characters.
            description: string or null, optional.
            domain: string, 3 to 50 characters.
            dsc_domain: string or null, optional.
            host_alias_list: array of object.
            image_id: string.
            ingress_controller_name: string.
            instance_id: string or null, optional.
            node_selector: string or null, optional.
            storage_class_name: string.
            tags: array of Tag, optional.
            body: the whole body instead of its fields: DataFlowBodyCreate.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `POST /v1/data-flows`.

        Source: en/data-analytics/data-flow/apis/createdataflow/1.1.txt

        Example:
            await client.create_data_flow(
                cluster_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                data_flow_name="example",
                description="nightly run",
                domain="example.com",
                host_alias_list=[{"hostnames": ["hostnames"], "ip": "192.0.2.1"}],
                image_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                ingress_controller_name="example",
                storage_class_name="example",
            )
        """
        return await self._call(
            _operations.create_data_flow,
            {"scp_request_path": scp_request_path},
            {
                "account": account,
                "cluster_id": cluster_id,
                "data_flow_name": data_flow_name,
                "description": description,
                "domain": domain,
                "dsc_domain": dsc_domain,
                "host_alias_list": host_alias_list,
                "image_id": image_id,
                "ingress_controller_name": ingress_controller_name,
                "instance_id": instance_id,
                "node_selector": node_selector,
                "storage_class_name": storage_class_name,
                "tags": tags,
            },
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
                idempotency_key=idempotency_key,
            ),
        )

    async def list_data_flow_ingress_controllers(
        self,
        cluster_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> None:
        """List Data Flow Ingress Controllers.

        Args:
            cluster_id: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flows/clusters/{cluster_id}/ingress-controllers`.

        Source: en/data-analytics/data-flow/apis/ingresscluster/1.1.txt

        Example:
            await client.list_data_flow_ingress_controllers(
                cluster_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            )
        """
        return await self._call(
            _operations.list_data_flow_ingress_controllers,
            {"cluster_id": cluster_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def list_data_flow_images(
        self,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowImageListResponse:
        """List Data Flow Images.

        Args:
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flows/image-versions`.

        Source: en/data-analytics/data-flow/apis/getdataflowimages/1.1.txt

        Example:
            await client.list_data_flow_images()
        """
        return await self._call(
            _operations.list_data_flow_images,
            {"scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def show_data_flow(
        self,
        data_flow_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowDetailResponseV1Dot1:
        """Show Data Flow.

        Args:
            data_flow_id: string. Cluster ID
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flows/{data_flow_id}`.

        Source: en/data-analytics/data-flow/apis/getdataflow/1.1.txt

        Example:
            await client.show_data_flow(data_flow_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f")
        """
        return await self._call(
            _operations.show_data_flow,
            {"data_flow_id": data_flow_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def update_data_flow(
        self,
        data_flow_id: str,
        *,
        account: dict[str, Any] | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        domain: str | None | Unset = UNSET,
        host_alias_list: list[dict[str, Any]] | None | Unset = UNSET,
        node_selector: str | None | Unset = UNSET,
        body: DataFlowBodyUpdate | Mapping[str, object] | Unset = UNSET,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> DataFlowUpdateResponse:
        """Update Data Flow.

        Args:
            data_flow_id: string. Cluster ID
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).
            account: object or null, optional.
            description: string or null, optional.
            domain: string or null, optional.
            host_alias_list: array of object or null, optional.
            node_selector: string or null, optional.
            body: the whole body instead of its fields: DataFlowBodyUpdate.

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `PUT /v1/data-flows/{data_flow_id}`.

        Source: en/data-analytics/data-flow/apis/updatedataflow/1.1.txt

        Example:
            await client.update_data_flow(
                data_flow_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
                description="nightly run",
            )
        """
        return await self._call(
            _operations.update_data_flow,
            {"data_flow_id": data_flow_id, "scp_request_path": scp_request_path},
            {
                "account": account,
                "description": description,
                "domain": domain,
                "host_alias_list": host_alias_list,
                "node_selector": node_selector,
            },
            body,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
                extra_body=extra_body,
            ),
        )

    async def delete_data_flow(
        self,
        data_flow_id: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> None:
        """Get data flow.

        Args:
            data_flow_id: string. Cluster ID
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            AuthenticationError: 401 Unauthorized.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `DELETE /v1/data-flows/{data_flow_id}`.

        Source: en/data-analytics/data-flow/apis/deletedataflow/1.1.txt

        Example:
            await client.delete_data_flow(data_flow_id="2a9be312-5d4b-4bc8-b2ae-35100fa9241f")
        """
        return await self._call(
            _operations.delete_data_flow,
            {"data_flow_id": data_flow_id, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )

    async def check_data_flow_name_duplication(
        self,
        data_flow_name: str,
        *,
        scp_request_path: str | Unset = UNSET,
        timeout: float | None | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        max_retries: int | None = None,
        extra_query: Mapping[str, object] | None = None,
    ) -> DataFlowCheckDuplicationResponse:
        """Check Data Flow Name Duplication.

        Args:
            data_flow_name: string.
            scp_request_path: string, default "openapi", optional (`Scp-Request-Path` on the wire).

        Raises:
            BadRequestError: 400 Bad Request.
            PermissionDeniedError: 403 Forbidden.
            NotFoundError: 404 Not Found.

        Sends `GET /v1/data-flows/{data_flow_name}/check-duplication`.

        Source: en/data-analytics/data-flow/apis/getdataflowcheckduplication/1.1.txt

        Example:
            await client.check_data_flow_name_duplication(
                data_flow_name="2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            )
        """
        return await self._call(
            _operations.check_data_flow_name_duplication,
            {"data_flow_name": data_flow_name, "scp_request_path": scp_request_path},
            None,
            UNSET,
            CallOptions(
                timeout=timeout,
                headers=headers,
                max_retries=max_retries,
                extra_query=extra_query,
            ),
        )


class AsyncDataFlowWithRawResponse:
    """The methods of `AsyncDataFlow`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client._raw_view()
        self.list_data_flow_service = as_raw_async(raw.list_data_flow_service)
        self.create_data_flow_service = as_raw_async(raw.create_data_flow_service)
        self.check_cluster_resource_size_for_data_flow_service_create = as_raw_async(
            raw.check_cluster_resource_size_for_data_flow_service_create
        )
        self.show_data_flow_service_sub_versions = as_raw_async(
            raw.show_data_flow_service_sub_versions
        )
        self.show_data_flow_service = as_raw_async(raw.show_data_flow_service)
        self.update_data_flow_service = as_raw_async(raw.update_data_flow_service)
        self.delete_data_flow_service = as_raw_async(raw.delete_data_flow_service)
        self.check_cluster_resource_size_for_data_flow_service_update = as_raw_async(
            raw.check_cluster_resource_size_for_data_flow_service_update
        )
        self.check_data_flow_service_name_duplication = as_raw_async(
            raw.check_data_flow_service_name_duplication
        )
        self.list_data_flows = as_raw_async(raw.list_data_flows)
        self.create_data_flow = as_raw_async(raw.create_data_flow)
        self.list_data_flow_ingress_controllers = as_raw_async(
            raw.list_data_flow_ingress_controllers
        )
        self.list_data_flow_images = as_raw_async(raw.list_data_flow_images)
        self.show_data_flow = as_raw_async(raw.show_data_flow)
        self.update_data_flow = as_raw_async(raw.update_data_flow)
        self.delete_data_flow = as_raw_async(raw.delete_data_flow)
        self.check_data_flow_name_duplication = as_raw_async(raw.check_data_flow_name_duplication)


class AsyncDataFlowWithStreamingResponse:
    """The methods of `AsyncDataFlow`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client._streaming_view()
        self.list_data_flow_service = as_streaming_async(streaming.list_data_flow_service)
        self.create_data_flow_service = as_streaming_async(streaming.create_data_flow_service)
        self.check_cluster_resource_size_for_data_flow_service_create = as_streaming_async(
            streaming.check_cluster_resource_size_for_data_flow_service_create
        )
        self.show_data_flow_service_sub_versions = as_streaming_async(
            streaming.show_data_flow_service_sub_versions
        )
        self.show_data_flow_service = as_streaming_async(streaming.show_data_flow_service)
        self.update_data_flow_service = as_streaming_async(streaming.update_data_flow_service)
        self.delete_data_flow_service = as_streaming_async(streaming.delete_data_flow_service)
        self.check_cluster_resource_size_for_data_flow_service_update = as_streaming_async(
            streaming.check_cluster_resource_size_for_data_flow_service_update
        )
        self.check_data_flow_service_name_duplication = as_streaming_async(
            streaming.check_data_flow_service_name_duplication
        )
        self.list_data_flows = as_streaming_async(streaming.list_data_flows)
        self.create_data_flow = as_streaming_async(streaming.create_data_flow)
        self.list_data_flow_ingress_controllers = as_streaming_async(
            streaming.list_data_flow_ingress_controllers
        )
        self.list_data_flow_images = as_streaming_async(streaming.list_data_flow_images)
        self.show_data_flow = as_streaming_async(streaming.show_data_flow)
        self.update_data_flow = as_streaming_async(streaming.update_data_flow)
        self.delete_data_flow = as_streaming_async(streaming.delete_data_flow)
        self.check_data_flow_name_duplication = as_streaming_async(
            streaming.check_data_flow_name_duplication
        )

"""The async client of Data Flow 1.0."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
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
    from .models.data_flow_service_update_response import DataFlowServiceUpdateResponse
    from .models.data_flow_services_update_request import DataFlowServicesUpdateRequest


class AsyncDataFlow(AsyncClient):
    """Data Flow 1.0, async client.

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
        """update"""
        from . import async_groups

        return async_groups.AsyncDataFlowServices(self)

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

        Source: en/data-analytics/data-flow/apis/updatedataflowserviceconsole/1.0.txt

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


class AsyncDataFlowWithRawResponse:
    """The methods of `AsyncDataFlow`, giving raw responses."""

    def __init__(self, client: AsyncDataFlow) -> None:
        raw = client._raw_view()
        self.update_data_flow_service = as_raw_async(raw.update_data_flow_service)


class AsyncDataFlowWithStreamingResponse:
    """The methods of `AsyncDataFlow`, giving responses that are read as they arrive."""

    def __init__(self, client: AsyncDataFlow) -> None:
        streaming = client._streaming_view()
        self.update_data_flow_service = as_streaming_async(streaming.update_data_flow_service)

"""Data Flow 1.1: each operation is called against a server on this machine, with both clients."""

from __future__ import annotations

from dataclasses import replace
from samsungcloud._runtime import errors
from samsungcloud.data_flow.v1_1 import AsyncDataFlow, DataFlow, models
from .cases import Flavor, Case, Page, Sent, Target
from .checks import (
    check_body,
    check_errors,
    check_example,
    check_pages,
    check_retried,
    check_returned,
    check_sent,
    check_sent_once,
)
from .recipe_verifier import verifiers_of
from .recipes import CREDENTIALS, KNOWN, SIGN_SAMSUNGCLOUD_V2

TARGET = Target(
    client=DataFlow,
    async_client=AsyncDataFlow,
    credentials=CREDENTIALS,
    known=KNOWN,
    verifiers=verifiers_of,
    recipes={"ScpSignature": SIGN_SAMSUNGCLOUD_V2},
    fresh={"ScpSignature": ("Scp-Signature", "Scp-Timestamp")},
)

LIST_DATA_FLOW_SERVICE_CASE = Case(
    target=TARGET,
    name="list_data_flow_service",
    method="GET",
    status=200,
    answer={
        "contents": [
            {
                "cluster_permission": {},
                "cluster_request_failed": False,
                "created_dt": "2026-02-11T06:41:30.399Z",
                "modified_dt": "2026-02-11T06:41:30.399Z",
            }
        ]
    },
)


def test_list_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "size": 20,
            "page": 0,
            "sort": "created_dt:desc",
            "created_by": "a created_by",
            "state": "ACTIVE",
            "data_flow_service_name": "a data_flow_service_name",
            "data_flow_name": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        },
        Sent(
            target="/v1/data-flow-services?size=20&page=0&sort=created_dt:desc&created_by=a%20created_by&state=ACTIVE&data_flow_service_name=a%20data_flow_service_name&data_flow_name=2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_flow_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_SERVICE_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-flow-services",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_list_data_flow_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        LIST_DATA_FLOW_SERVICE_CASE,
        flavor,
        returns=models.ListDataFlowServicesConsoleResponseV1Dot1,
    )


def test_list_data_flow_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_FLOW_SERVICE_CASE,
            answer={
                "contents": [
                    {
                        "account_id": "a account_id",
                        "cluster_id": "a cluster_id",
                        "cluster_name": "a cluster_name",
                        "cluster_permission": {"key": "value"},
                        "cluster_request_failed": True,
                        "created_by": "a created_by",
                        "created_dt": "2025-01-02T03:04:05Z",
                        "data_flow_id": "a data_flow_id",
                        "data_flow_name": "a data_flow_name",
                        "data_flow_service_id": "a data_flow_service_id",
                        "data_flow_service_name": "a data_flow_service_name",
                        "description": "a description",
                        "modified_by": "a modified_by",
                        "modified_dt": "2025-01-02T03:04:05Z",
                        "state": "a state",
                        "version": "a version",
                    }
                ],
                "total_count": 2,
            },
        ),
        flavor,
        returns=models.ListDataFlowServicesConsoleResponseV1Dot1,
    )


def test_list_data_flow_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_FLOW_SERVICE_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_flow_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_FLOW_SERVICE_CASE, flavor)


def test_list_data_flow_service__iterates_over_all_pages(flavor: Flavor) -> None:
    check_pages(
        LIST_DATA_FLOW_SERVICE_CASE,
        flavor,
        "iter_data_flow_service",
        {},
        (
            Page(
                target="/v1/data-flow-services?page=0",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 1",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "data_flow_service_id": "a data_flow_service_id",
                            "data_flow_service_name": "a data_flow_service_name",
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "state": "a state",
                            "version": "a version",
                        }
                    ],
                },
            ),
            Page(
                target="/v1/data-flow-services?page=1",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 2",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "data_flow_service_id": "a data_flow_service_id",
                            "data_flow_service_name": "a data_flow_service_name",
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "state": "a state",
                            "version": "a version",
                        },
                        {
                            "account_id": "item 3",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "data_flow_service_id": "a data_flow_service_id",
                            "data_flow_service_name": "a data_flow_service_name",
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "state": "a state",
                            "version": "a version",
                        },
                    ],
                },
            ),
        ),
        [
            {
                "account_id": "item 1",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "data_flow_service_id": "a data_flow_service_id",
                "data_flow_service_name": "a data_flow_service_name",
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "state": "a state",
                "version": "a version",
            },
            {
                "account_id": "item 2",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "data_flow_service_id": "a data_flow_service_id",
                "data_flow_service_name": "a data_flow_service_name",
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "state": "a state",
                "version": "a version",
            },
            {
                "account_id": "item 3",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "data_flow_service_id": "a data_flow_service_id",
                "data_flow_service_name": "a data_flow_service_name",
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "state": "a state",
                "version": "a version",
            },
        ],
    )


CREATE_DATA_FLOW_SERVICE_CASE = Case(
    target=TARGET,
    name="create_data_flow_service",
    method="POST",
    required={
        "data_flow_id": "a data_flow_id",
        "data_flow_service_name": "wxyzabcd",
        "domain": "a domain",
        "host_alias": {"key": "value"},
        "service_workload": {"key": "value"},
        "storage_class_name": "a storage_class_name",
    },
    status=202,
)


def test_create_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "data_flow_id": "a data_flow_id",
            "data_flow_service_name": "wxyzabcd",
            "description": "a description",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "node_selector": "a node_selector",
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "a key", "value": "a value"}],
        },
        Sent(
            target="/v1/data-flow-services",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "data_flow_id": "a data_flow_id",
                "data_flow_service_name": "wxyzabcd",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
                "storage_class_name": "a storage_class_name",
                "tags": [{"key": "a key", "value": "a value"}],
            },
        ),
        options={"language": "ko-KR"},
    )


def test_create_data_flow_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "data_flow_id": "a data_flow_id",
            "data_flow_service_name": "wxyzabcd",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
        },
        Sent(
            target="/v1/data-flow-services",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={
                "data_flow_id": "a data_flow_id",
                "data_flow_service_name": "wxyzabcd",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "service_workload": {"key": "value"},
                "storage_class_name": "a storage_class_name",
            },
        ),
    )


def test_create_data_flow_service__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        CREATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "data_flow_id": "a data_flow_id",
            "data_flow_service_name": "wxyzabcd",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "account": None,
            "description": None,
            "node_selector": None,
        },
        {
            "data_flow_id": "a data_flow_id",
            "data_flow_service_name": "wxyzabcd",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "account": None,
            "description": None,
            "node_selector": None,
        },
    )


def test_create_data_flow_service__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        CREATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {},
        {
            "data_flow_id": "a data_flow_id",
            "data_flow_service_name": "wxyzabcd",
            "domain": "a domain",
            "host_alias": {"enabled": "true", "host_alias_list": [{}]},
            "service_workload": {
                "nifi": {"cpu": "2000", "memory": "1024", "replica": "1", "version": "1.27.1"},
                "nifi_registry": {
                    "cpu": "2000",
                    "memory": "1024",
                    "replica": "1",
                    "version": "1.27.1",
                },
                "zookeeper": {"cpu": "2000", "memory": "1024", "replica": "3", "version": "3.9.2"},
            },
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "Key", "value": "Value"}],
        },
    )


def test_create_data_flow_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CREATE_DATA_FLOW_SERVICE_CASE, flavor)


def test_create_data_flow_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CREATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_create_data_flow_service__is_sent_once(flavor: Flavor) -> None:
    check_sent_once(CREATE_DATA_FLOW_SERVICE_CASE, flavor, errors.ServerError)


CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE = Case(
    target=TARGET,
    name="check_cluster_resource_size_for_data_flow_service_create",
    method="POST",
    required={
        "cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        "service_workload": {"key": "value"},
    },
    status=200,
    answer={"cpu": "CPU", "memory": "Memory"},
)


def test_check_cluster_resource_size_for_data_flow_service_create__sends_every_argument(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
        flavor,
        {
            "cluster_id": "한글 50%/+",
            "scp_request_path": "openapi",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-flow-services/clusters/%ED%95%9C%EA%B8%80%2050%25%2F%2B/validate-resources",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
        options={"language": "ko-KR"},
    )


def test_check_cluster_resource_size_for_data_flow_service_create__sends_nothing_more(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
        flavor,
        {
            "cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-flow-services/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/validate-resources",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
    )


def test_check_cluster_resource_size_for_data_flow_service_create__sends_a_whole_body(
    flavor: Flavor,
) -> None:
    check_example(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        {
            "service_workload": {
                "nifi": {"cpu": "2000", "memory": "1024", "replica": "1", "version": "1.27.1"},
                "nifi_registry": {
                    "cpu": "2000",
                    "memory": "1024",
                    "replica": "1",
                    "version": "1.27.1",
                },
                "zookeeper": {"cpu": "2000", "memory": "1024", "replica": "3", "version": "3.9.2"},
            }
        },
    )


def test_check_cluster_resource_size_for_data_flow_service_create__returns_what_is_answered(
    flavor: Flavor,
) -> None:
    check_returned(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_flow_service_create__returns_every_field(
    flavor: Flavor,
) -> None:
    check_returned(
        replace(
            CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
            answer={
                "cpu": {"key": "value"},
                "err_code": "a err_code",
                "memory": {"key": "value"},
                "result": True,
            },
        ),
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_flow_service_create__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_cluster_resource_size_for_data_flow_service_create__is_sent_once(
    flavor: Flavor,
) -> None:
    check_sent_once(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_CREATE_CASE, flavor, errors.ServerError
    )


SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE = Case(
    target=TARGET,
    name="show_data_flow_service_sub_versions",
    method="GET",
    required={"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=200,
    answer={"versions": {}},
)


def test_show_data_flow_service_sub_versions__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flow-services/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/sub-versions",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_flow_service_sub_versions__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-flow-services/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/sub-versions",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_show_data_flow_service_sub_versions__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE,
        flavor,
        returns=models.DataFlowServiceImageResponse,
    )


def test_show_data_flow_service_sub_versions__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE,
            answer={
                "data_flow_service_count": 1,
                "versions": {
                    "nifi": "a nifi",
                    "nifiregistry": "a nifiregistry",
                    "zookeeper": "a zookeeper",
                },
            },
        ),
        flavor,
        returns=models.DataFlowServiceImageResponse,
    )


def test_show_data_flow_service_sub_versions__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_show_data_flow_service_sub_versions__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_FLOW_SERVICE_SUB_VERSIONS_CASE, flavor)


SHOW_DATA_FLOW_SERVICE_CASE = Case(
    target=TARGET,
    name="show_data_flow_service",
    method="GET",
    required={"data_flow_service_id": "a data_flow_service_id"},
    status=200,
    answer={
        "account": {},
        "cluster_permission": {},
        "cluster_request_failed": False,
        "created_dt": "2026-02-11T06:41:30.507Z",
        "host_alias": {"enabled": "true", "host_alias_list": [{}]},
        "modified_dt": "2026-02-11T06:41:30.507Z",
    },
)


def test_show_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_flow_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_show_data_flow_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        SHOW_DATA_FLOW_SERVICE_CASE, flavor, returns=models.DataFlowServiceDetailResponseV1Dot1
    )


def test_show_data_flow_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_FLOW_SERVICE_CASE,
            answer={
                "account": {"key": "value"},
                "account_id": "a account_id",
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "data_flow_service_id": "a data_flow_service_id",
                "data_flow_service_name": "a data_flow_service_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "host_file_registry": "a host_file_registry",
                "hosts_file": "a hosts_file",
                "http_port": 17,
                "https_port": 18,
                "image_id": "a image_id",
                "ingress_class_name": "a ingress_class_name",
                "instance_id": "a instance_id",
                "is_active_image": True,
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
                "state": "a state",
                "storage_class_name": "a storage_class_name",
                "version": "a version",
                "web_url_nifi": "a web_url_nifi",
                "web_url_registry": "a web_url_registry",
            },
        ),
        flavor,
        returns=models.DataFlowServiceDetailResponseV1Dot1,
    )


def test_show_data_flow_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_show_data_flow_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_FLOW_SERVICE_CASE, flavor)


UPDATE_DATA_FLOW_SERVICE_CASE = Case(
    target=TARGET,
    name="update_data_flow_service",
    method="PUT",
    required={"data_flow_service_id": "a data_flow_service_id", "body": {}},
    status=202,
    answer={
        "account": {},
        "cluster_permission": {},
        "cluster_request_failed": False,
        "created_dt": "2026-02-11T06:41:30.669Z",
        "host_alias": {"enabled": "true", "host_alias_list": [{}]},
        "modified_dt": "2026-02-11T06:41:30.669Z",
    },
)


def test_update_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "data_flow_service_id": "a data_flow_service_id",
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "description": "a description",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "node_selector": "a node_selector",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
            },
        ),
        options={"language": "ko-KR"},
    )


def test_update_data_flow_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id", "body": {}},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={},
        ),
    )


def test_update_data_flow_service__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "data_flow_service_id": "a data_flow_service_id",
            "description": None,
            "domain": None,
            "host_alias": None,
            "node_selector": None,
        },
        {"description": None, "domain": None, "host_alias": None, "node_selector": None},
    )


def test_update_data_flow_service__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id"},
        {
            "host_alias": {"enabled": "true", "host_alias_list": [{}]},
            "service_workload": {
                "nifi": {"cpu": "2000", "memory": "1024", "replica": "1", "version": "1.27.1"},
                "nifi_registry": {
                    "cpu": "2000",
                    "memory": "1024",
                    "replica": "1",
                    "version": "1.27.1",
                },
                "zookeeper": {"cpu": "2000", "memory": "1024", "replica": "3", "version": "3.9.2"},
            },
        },
    )


def test_update_data_flow_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        UPDATE_DATA_FLOW_SERVICE_CASE, flavor, returns=models.DataFlowServiceUpdateResponse
    )


def test_update_data_flow_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            UPDATE_DATA_FLOW_SERVICE_CASE,
            answer={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "data_flow_service_id": "a data_flow_service_id",
                "data_flow_service_name": "a data_flow_service_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "host_file_registry": "a host_file_registry",
                "hosts_file": "a hosts_file",
                "http_port": 16,
                "https_port": 17,
                "image_id": "a image_id",
                "ingress_class_name": "a ingress_class_name",
                "instance_id": "a instance_id",
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
                "state": "a state",
                "storage_class_name": "a storage_class_name",
                "version": "a version",
                "web_url_nifi": "a web_url_nifi",
                "web_url_registry": "a web_url_registry",
            },
        ),
        flavor,
        returns=models.DataFlowServiceUpdateResponse,
    )


def test_update_data_flow_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_update_data_flow_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(UPDATE_DATA_FLOW_SERVICE_CASE, flavor)


DELETE_DATA_FLOW_SERVICE_CASE = Case(
    target=TARGET,
    name="delete_data_flow_service",
    method="DELETE",
    required={"data_flow_service_id": "a data_flow_service_id"},
    status=202,
)


def test_delete_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_delete_data_flow_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_delete_data_flow_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(DELETE_DATA_FLOW_SERVICE_CASE, flavor)


def test_delete_data_flow_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        DELETE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_delete_data_flow_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(DELETE_DATA_FLOW_SERVICE_CASE, flavor)


CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE = Case(
    target=TARGET,
    name="check_cluster_resource_size_for_data_flow_service_update",
    method="POST",
    required={
        "data_flow_service_id": "a data_flow_service_id",
        "service_workload": {"key": "value"},
    },
    status=200,
    answer={"cpu": "CPU", "memory": "Memory"},
)


def test_check_cluster_resource_size_for_data_flow_service_update__sends_every_argument(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
        flavor,
        {
            "data_flow_service_id": "a data_flow_service_id",
            "scp_request_path": "openapi",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id/validate-resources",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
        options={"language": "ko-KR"},
    )


def test_check_cluster_resource_size_for_data_flow_service_update__sends_nothing_more(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id", "service_workload": {"key": "value"}},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_id/validate-resources",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
    )


def test_check_cluster_resource_size_for_data_flow_service_update__sends_a_whole_body(
    flavor: Flavor,
) -> None:
    check_example(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
        flavor,
        {"data_flow_service_id": "a data_flow_service_id"},
        {
            "service_workload": {
                "nifi": {"cpu": "2000", "memory": "1024", "replica": "1", "version": "1.27.1"},
                "nifi_registry": {
                    "cpu": "2000",
                    "memory": "1024",
                    "replica": "1",
                    "version": "1.27.1",
                },
                "zookeeper": {"cpu": "2000", "memory": "1024", "replica": "3", "version": "3.9.2"},
            }
        },
    )


def test_check_cluster_resource_size_for_data_flow_service_update__returns_what_is_answered(
    flavor: Flavor,
) -> None:
    check_returned(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_flow_service_update__returns_every_field(
    flavor: Flavor,
) -> None:
    check_returned(
        replace(
            CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
            answer={
                "cpu": {"key": "value"},
                "err_code": "a err_code",
                "memory": {"key": "value"},
                "result": True,
            },
        ),
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_flow_service_update__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_cluster_resource_size_for_data_flow_service_update__is_sent_once(
    flavor: Flavor,
) -> None:
    check_sent_once(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_FLOW_SERVICE_UPDATE_CASE, flavor, errors.ServerError
    )


CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE = Case(
    target=TARGET,
    name="check_data_flow_service_name_duplication",
    method="GET",
    required={"data_flow_service_name": "a data_flow_service_name"},
    status=200,
    answer={},
)


def test_check_data_flow_service_name_duplication__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {"data_flow_service_name": "a data_flow_service_name", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_name/check-duplication",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_check_data_flow_service_name_duplication__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {"data_flow_service_name": "a data_flow_service_name"},
        Sent(
            target="/v1/data-flow-services/a%20data_flow_service_name/check-duplication",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_check_data_flow_service_name_duplication__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        returns=models.DataFlowServiceCheckDuplicationResponse,
    )


def test_check_data_flow_service_name_duplication__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE, answer={"result": True}),
        flavor,
        returns=models.DataFlowServiceCheckDuplicationResponse,
    )


def test_check_data_flow_service_name_duplication__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_data_flow_service_name_duplication__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(CHECK_DATA_FLOW_SERVICE_NAME_DUPLICATION_CASE, flavor)


LIST_DATA_FLOWS_CASE = Case(
    target=TARGET,
    name="list_data_flows",
    method="GET",
    status=200,
    answer={
        "contents": [
            {
                "cluster_permission": {},
                "cluster_request_failed": False,
                "created_dt": "2026-02-11T06:41:30.345Z",
                "modified_dt": "2026-02-11T06:41:30.345Z",
            }
        ]
    },
)


def test_list_data_flows__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOWS_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "sort": "created_dt:desc",
            "cluster_name": "a cluster_name",
            "created_by": "a created_by",
            "state": "ACTIVE",
            "version": "a version",
            "size": 8,
            "page": 9,
            "cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "data_flow_name": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "region": "a region",
        },
        Sent(
            target="/v1/data-flows?sort=created_dt:desc&cluster_name=a%20cluster_name&created_by=a%20created_by&state=ACTIVE&version=a%20version&size=8&page=9&cluster_id=2a9be312-5d4b-4bc8-b2ae-35100fa9241f&data_flow_name=2a9be312-5d4b-4bc8-b2ae-35100fa9241f&region=a%20region",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_flows__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOWS_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-flows",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_list_data_flows__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_FLOWS_CASE, flavor, returns=models.ListDataFlowsConsoleResponseV1Dot1)


def test_list_data_flows__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_FLOWS_CASE,
            answer={
                "contents": [
                    {
                        "account_id": "a account_id",
                        "cluster_id": "a cluster_id",
                        "cluster_name": "a cluster_name",
                        "cluster_permission": {"key": "value"},
                        "cluster_request_failed": True,
                        "created_by": "a created_by",
                        "created_dt": "2025-01-02T03:04:05Z",
                        "data_flow_id": "a data_flow_id",
                        "data_flow_name": "a data_flow_name",
                        "image_id": "a image_id",
                        "instance_id": "a instance_id",
                        "is_active_image": True,
                        "modified_by": "a modified_by",
                        "modified_dt": "2025-01-02T03:04:05Z",
                        "namespace_name": "a namespace_name",
                        "state": "a state",
                        "version": "a version",
                    }
                ],
                "total_count": 2,
            },
        ),
        flavor,
        returns=models.ListDataFlowsConsoleResponseV1Dot1,
    )


def test_list_data_flows__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_FLOWS_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_flows__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_FLOWS_CASE, flavor)


def test_list_data_flows__iterates_over_all_pages(flavor: Flavor) -> None:
    check_pages(
        LIST_DATA_FLOWS_CASE,
        flavor,
        "iter_data_flows",
        {},
        (
            Page(
                target="/v1/data-flows?page=0",
                answer={
                    "contents": [
                        {
                            "account_id": "item 1",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "image_id": "a image_id",
                            "instance_id": "a instance_id",
                            "is_active_image": True,
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "namespace_name": "a namespace_name",
                            "state": "a state",
                            "version": "a version",
                        }
                    ],
                    "total_count": 3,
                },
            ),
            Page(
                target="/v1/data-flows?page=1",
                answer={
                    "contents": [
                        {
                            "account_id": "item 2",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "image_id": "a image_id",
                            "instance_id": "a instance_id",
                            "is_active_image": True,
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "namespace_name": "a namespace_name",
                            "state": "a state",
                            "version": "a version",
                        },
                        {
                            "account_id": "item 3",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_flow_id": "a data_flow_id",
                            "data_flow_name": "a data_flow_name",
                            "image_id": "a image_id",
                            "instance_id": "a instance_id",
                            "is_active_image": True,
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "namespace_name": "a namespace_name",
                            "state": "a state",
                            "version": "a version",
                        },
                    ],
                    "total_count": 3,
                },
            ),
        ),
        [
            {
                "account_id": "item 1",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "image_id": "a image_id",
                "instance_id": "a instance_id",
                "is_active_image": True,
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "state": "a state",
                "version": "a version",
            },
            {
                "account_id": "item 2",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "image_id": "a image_id",
                "instance_id": "a instance_id",
                "is_active_image": True,
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "state": "a state",
                "version": "a version",
            },
            {
                "account_id": "item 3",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "image_id": "a image_id",
                "instance_id": "a instance_id",
                "is_active_image": True,
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "state": "a state",
                "version": "a version",
            },
        ],
    )


CREATE_DATA_FLOW_CASE = Case(
    target=TARGET,
    name="create_data_flow",
    method="POST",
    required={
        "cluster_id": "a cluster_id",
        "data_flow_name": "a data_flow_name",
        "domain": "a domain",
        "host_alias_list": [{"key": "value"}],
        "image_id": "a image_id",
        "ingress_controller_name": "a ingress_controller_name",
        "storage_class_name": "a storage_class_name",
    },
    status=202,
)


def test_create_data_flow__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_FLOW_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "cluster_id": "a cluster_id",
            "data_flow_name": "a data_flow_name",
            "description": "a description",
            "domain": "a domain",
            "dsc_domain": "a dsc_domain",
            "host_alias_list": [{"key": "value"}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "instance_id": "a instance_id",
            "node_selector": "a node_selector",
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "a key", "value": "a value"}],
        },
        Sent(
            target="/v1/data-flows",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "data_flow_name": "a data_flow_name",
                "description": "a description",
                "domain": "a domain",
                "dsc_domain": "a dsc_domain",
                "host_alias_list": [{"key": "value"}],
                "image_id": "a image_id",
                "ingress_controller_name": "a ingress_controller_name",
                "instance_id": "a instance_id",
                "node_selector": "a node_selector",
                "storage_class_name": "a storage_class_name",
                "tags": [{"key": "a key", "value": "a value"}],
            },
        ),
        options={"language": "ko-KR"},
    )


def test_create_data_flow__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_FLOW_CASE,
        flavor,
        {
            "cluster_id": "a cluster_id",
            "data_flow_name": "a data_flow_name",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
        },
        Sent(
            target="/v1/data-flows",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={
                "cluster_id": "a cluster_id",
                "data_flow_name": "a data_flow_name",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "image_id": "a image_id",
                "ingress_controller_name": "a ingress_controller_name",
                "storage_class_name": "a storage_class_name",
            },
        ),
    )


def test_create_data_flow__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        CREATE_DATA_FLOW_CASE,
        flavor,
        {
            "cluster_id": "a cluster_id",
            "data_flow_name": "a data_flow_name",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
            "account": None,
            "description": None,
            "dsc_domain": None,
            "instance_id": None,
            "node_selector": None,
        },
        {
            "cluster_id": "a cluster_id",
            "data_flow_name": "a data_flow_name",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
            "account": None,
            "description": None,
            "dsc_domain": None,
            "instance_id": None,
            "node_selector": None,
        },
    )


def test_create_data_flow__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        CREATE_DATA_FLOW_CASE,
        flavor,
        {},
        {
            "cluster_id": "a cluster_id",
            "data_flow_name": "a data_flow_name",
            "domain": "a domain",
            "host_alias_list": [{"hostnames": []}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "Key", "value": "Value"}],
        },
    )


def test_create_data_flow__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CREATE_DATA_FLOW_CASE, flavor)


def test_create_data_flow__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CREATE_DATA_FLOW_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_create_data_flow__is_sent_once(flavor: Flavor) -> None:
    check_sent_once(CREATE_DATA_FLOW_CASE, flavor, errors.ServerError)


LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE = Case(
    target=TARGET,
    name="list_data_flow_ingress_controllers",
    method="GET",
    required={"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=200,
)


def test_list_data_flow_ingress_controllers__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flows/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/ingress-controllers",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_flow_ingress_controllers__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-flows/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/ingress-controllers",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_list_data_flow_ingress_controllers__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE, flavor)


def test_list_data_flow_ingress_controllers__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_flow_ingress_controllers__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_FLOW_INGRESS_CONTROLLERS_CASE, flavor)


LIST_DATA_FLOW_IMAGES_CASE = Case(
    target=TARGET,
    name="list_data_flow_images",
    method="GET",
    status=200,
    answer={"contents": [{}]},
)


def test_list_data_flow_images__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_IMAGES_CASE,
        flavor,
        {"scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flows/image-versions",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_flow_images__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_FLOW_IMAGES_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-flows/image-versions",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_list_data_flow_images__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_FLOW_IMAGES_CASE, flavor, returns=models.DataFlowImageListResponse)


def test_list_data_flow_images__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_FLOW_IMAGES_CASE,
            answer={
                "contents": [
                    {"image_id": "a image_id", "image_name": "a image_name", "version": "a version"}
                ],
                "total_count": 2,
            },
        ),
        flavor,
        returns=models.DataFlowImageListResponse,
    )


def test_list_data_flow_images__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_FLOW_IMAGES_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_list_data_flow_images__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_FLOW_IMAGES_CASE, flavor)


SHOW_DATA_FLOW_CASE = Case(
    target=TARGET,
    name="show_data_flow",
    method="GET",
    required={"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=200,
    answer={
        "account": {},
        "cluster_permission": {},
        "cluster_request_failed": False,
        "created_dt": "2026-02-11T06:41:30.453Z",
        "host_alias_list": [{"hostnames": []}],
        "modified_dt": "2026-02-11T06:41:30.453Z",
    },
)


def test_show_data_flow__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_flow__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_show_data_flow__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(SHOW_DATA_FLOW_CASE, flavor, returns=models.DataFlowDetailResponseV1Dot1)


def test_show_data_flow__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_FLOW_CASE,
            answer={
                "account": {"key": "value"},
                "account_id": "a account_id",
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "count_data_flow_service": 7,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "hosts_file": "a hosts_file",
                "http_port": 15,
                "https_port": 16,
                "image_id": "a image_id",
                "ingress_class_name": "a ingress_class_name",
                "instance_id": "a instance_id",
                "is_active_image": True,
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "node_selector": "a node_selector",
                "state": "a state",
                "storage_class_name": "a storage_class_name",
                "version": "a version",
                "web_url": "a web_url",
            },
        ),
        flavor,
        returns=models.DataFlowDetailResponseV1Dot1,
    )


def test_show_data_flow__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_FLOW_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_show_data_flow__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_FLOW_CASE, flavor)


UPDATE_DATA_FLOW_CASE = Case(
    target=TARGET,
    name="update_data_flow",
    method="PUT",
    required={"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "body": {}},
    status=202,
    answer={
        "account": {},
        "cluster_permission": {},
        "cluster_request_failed": False,
        "created_dt": "2026-02-11T06:41:30.615Z",
        "host_alias_list": [{"hostnames": []}],
        "modified_dt": "2026-02-11T06:41:30.615Z",
    },
)


def test_update_data_flow__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_FLOW_CASE,
        flavor,
        {
            "data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "description": "a description",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "node_selector": "a node_selector",
        },
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "description": "a description",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "node_selector": "a node_selector",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_update_data_flow__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "body": {}},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-flow 1.1",
                "Content-Type": "application/json",
            },
            json={},
        ),
    )


def test_update_data_flow__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        UPDATE_DATA_FLOW_CASE,
        flavor,
        {
            "data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "account": None,
            "description": None,
            "domain": None,
            "host_alias_list": None,
            "node_selector": None,
        },
        {
            "account": None,
            "description": None,
            "domain": None,
            "host_alias_list": None,
            "node_selector": None,
        },
    )


def test_update_data_flow__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        UPDATE_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        {"host_alias_list": [{"hostnames": []}]},
    )


def test_update_data_flow__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(UPDATE_DATA_FLOW_CASE, flavor, returns=models.DataFlowUpdateResponse)


def test_update_data_flow__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            UPDATE_DATA_FLOW_CASE,
            answer={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "count_data_flow_service": 6,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_flow_id": "a data_flow_id",
                "data_flow_name": "a data_flow_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "hosts_file": "a hosts_file",
                "http_port": 14,
                "https_port": 15,
                "image_id": "a image_id",
                "ingress_class_name": "a ingress_class_name",
                "instance_id": "a instance_id",
                "modified_dt": "2025-01-02T03:04:05Z",
                "namespace_name": "a namespace_name",
                "node_selector": "a node_selector",
                "state": "a state",
                "storage_class_name": "a storage_class_name",
                "version": "a version",
                "web_url": "a web_url",
            },
        ),
        flavor,
        returns=models.DataFlowUpdateResponse,
    )


def test_update_data_flow__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        UPDATE_DATA_FLOW_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_update_data_flow__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(UPDATE_DATA_FLOW_CASE, flavor)


DELETE_DATA_FLOW_CASE = Case(
    target=TARGET,
    name="delete_data_flow",
    method="DELETE",
    required={"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=202,
)


def test_delete_data_flow__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_delete_data_flow__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_FLOW_CASE,
        flavor,
        {"data_flow_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_delete_data_flow__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(DELETE_DATA_FLOW_CASE, flavor)


def test_delete_data_flow__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        DELETE_DATA_FLOW_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_delete_data_flow__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(DELETE_DATA_FLOW_CASE, flavor)


CHECK_DATA_FLOW_NAME_DUPLICATION_CASE = Case(
    target=TARGET,
    name="check_data_flow_name_duplication",
    method="GET",
    required={"data_flow_name": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=200,
    answer={},
)


def test_check_data_flow_name_duplication__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_FLOW_NAME_DUPLICATION_CASE,
        flavor,
        {"data_flow_name": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/check-duplication",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_check_data_flow_name_duplication__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_FLOW_NAME_DUPLICATION_CASE,
        flavor,
        {"data_flow_name": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-flows/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/check-duplication",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-flow 1.1"},
        ),
    )


def test_check_data_flow_name_duplication__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        CHECK_DATA_FLOW_NAME_DUPLICATION_CASE,
        flavor,
        returns=models.DataFlowCheckDuplicationResponse,
    )


def test_check_data_flow_name_duplication__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(CHECK_DATA_FLOW_NAME_DUPLICATION_CASE, answer={"result": True}),
        flavor,
        returns=models.DataFlowCheckDuplicationResponse,
    )


def test_check_data_flow_name_duplication__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CHECK_DATA_FLOW_NAME_DUPLICATION_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_data_flow_name_duplication__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(CHECK_DATA_FLOW_NAME_DUPLICATION_CASE, flavor)

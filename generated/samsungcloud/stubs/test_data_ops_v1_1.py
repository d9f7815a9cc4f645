"""Data Ops 1.1: each operation is called against a server on this machine, with both clients."""

from __future__ import annotations

from dataclasses import replace
from samsungcloud._runtime import errors
from samsungcloud.data_ops.v1_1 import AsyncDataOps, DataOps, models
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
    client=DataOps,
    async_client=AsyncDataOps,
    credentials=CREDENTIALS,
    known=KNOWN,
    verifiers=verifiers_of,
    recipes={"ScpSignature": SIGN_SAMSUNGCLOUD_V2},
    fresh={"ScpSignature": ("Scp-Signature", "Scp-Timestamp")},
)

LIST_DATA_OPS_CASE = Case(
    target=TARGET,
    name="list_data_ops",
    method="GET",
    status=200,
    answer={
        "contents": [
            {
                "cluster_permission": {},
                "cluster_request_failed": False,
                "created_dt": "2026-02-11T06:41:30.237Z",
                "modified_dt": "2026-02-11T06:41:30.237Z",
            }
        ]
    },
)


def test_list_data_ops__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_CASE,
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
            "data_ops_name": "a data_ops_name",
            "region": "a region",
        },
        Sent(
            target="/v1/data-ops?sort=created_dt:desc&cluster_name=a%20cluster_name&created_by=a%20created_by&state=ACTIVE&version=a%20version&size=8&page=9&cluster_id=2a9be312-5d4b-4bc8-b2ae-35100fa9241f&data_ops_name=a%20data_ops_name&region=a%20region",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_ops__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-ops",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_list_data_ops__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_OPS_CASE, flavor, returns=models.ListDataOpsConsoleResponseV1Dot1)


def test_list_data_ops__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_OPS_CASE,
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
                        "data_ops_id": "a data_ops_id",
                        "data_ops_name": "a data_ops_name",
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
        returns=models.ListDataOpsConsoleResponseV1Dot1,
    )


def test_list_data_ops__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_OPS_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_ops__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_OPS_CASE, flavor)


def test_list_data_ops__iterates_over_all_pages(flavor: Flavor) -> None:
    check_pages(
        LIST_DATA_OPS_CASE,
        flavor,
        "iter_data_ops",
        {},
        (
            Page(
                target="/v1/data-ops?page=0",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 1",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
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
                },
            ),
            Page(
                target="/v1/data-ops?page=1",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 2",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
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
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
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
                },
            ),
        ),
        [
            {
                "account_id": "item 1",
                "cluster_id": "a cluster_id",
                "created_by": "a created_by",
                "created_dt": "2025-01-02T03:04:05Z",
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
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
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
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
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
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


CREATE_DATA_OPS_CASE = Case(
    target=TARGET,
    name="create_data_ops",
    method="POST",
    required={
        "cluster_id": "a cluster_id",
        "data_ops_name": "xyzabcde",
        "domain": "a domain",
        "host_alias_list": [{"key": "value"}],
        "image_id": "a image_id",
        "ingress_controller_name": "a ingress_controller_name",
        "storage_class_name": "a storage_class_name",
    },
    status=202,
)


def test_create_data_ops__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_OPS_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "cluster_id": "a cluster_id",
            "data_ops_name": "xyzabcde",
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
            target="/v1/data-ops",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "data_ops_name": "xyzabcde",
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


def test_create_data_ops__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_OPS_CASE,
        flavor,
        {
            "cluster_id": "a cluster_id",
            "data_ops_name": "xyzabcde",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
        },
        Sent(
            target="/v1/data-ops",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={
                "cluster_id": "a cluster_id",
                "data_ops_name": "xyzabcde",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "image_id": "a image_id",
                "ingress_controller_name": "a ingress_controller_name",
                "storage_class_name": "a storage_class_name",
            },
        ),
    )


def test_create_data_ops__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        CREATE_DATA_OPS_CASE,
        flavor,
        {
            "cluster_id": "a cluster_id",
            "data_ops_name": "xyzabcde",
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
            "data_ops_name": "xyzabcde",
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


def test_create_data_ops__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        CREATE_DATA_OPS_CASE,
        flavor,
        {},
        {
            "cluster_id": "a cluster_id",
            "data_ops_name": "xyzabcde",
            "domain": "a domain",
            "host_alias_list": [{"hostnames": []}],
            "image_id": "a image_id",
            "ingress_controller_name": "a ingress_controller_name",
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "Key", "value": "Value"}],
        },
    )


def test_create_data_ops__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CREATE_DATA_OPS_CASE, flavor)


def test_create_data_ops__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CREATE_DATA_OPS_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_create_data_ops__is_sent_once(flavor: Flavor) -> None:
    check_sent_once(CREATE_DATA_OPS_CASE, flavor, errors.ServerError)


LIST_DATA_OPS_SERVICE_CASE = Case(
    target=TARGET,
    name="list_data_ops_service",
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


def test_list_data_ops_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "created_by": "a created_by",
            "state": "ACTIVE",
            "sort": "created_dt:desc",
            "size": 6,
            "page": 7,
            "data_ops_service_name": "a data_ops_service_name",
            "data_ops_name": "a data_ops_name",
        },
        Sent(
            target="/v1/data-ops-services?created_by=a%20created_by&state=ACTIVE&sort=created_dt:desc&size=6&page=7&data_ops_service_name=a%20data_ops_service_name&data_ops_name=a%20data_ops_name",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_ops_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_SERVICE_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-ops-services",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_list_data_ops_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        LIST_DATA_OPS_SERVICE_CASE, flavor, returns=models.ListDataOpsServicesConsoleResponseV1Dot1
    )


def test_list_data_ops_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_OPS_SERVICE_CASE,
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
                        "data_ops_id": "a data_ops_id",
                        "data_ops_name": "a data_ops_name",
                        "data_ops_service_id": "a data_ops_service_id",
                        "data_ops_service_name": "a data_ops_service_name",
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
        returns=models.ListDataOpsServicesConsoleResponseV1Dot1,
    )


def test_list_data_ops_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_OPS_SERVICE_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_ops_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_OPS_SERVICE_CASE, flavor)


def test_list_data_ops_service__iterates_over_all_pages(flavor: Flavor) -> None:
    check_pages(
        LIST_DATA_OPS_SERVICE_CASE,
        flavor,
        "iter_data_ops_service",
        {},
        (
            Page(
                target="/v1/data-ops-services?page=0",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 1",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
                            "data_ops_service_id": "a data_ops_service_id",
                            "data_ops_service_name": "a data_ops_service_name",
                            "modified_by": "a modified_by",
                            "modified_dt": "2025-01-02T03:04:05Z",
                            "state": "a state",
                            "version": "a version",
                        }
                    ],
                },
            ),
            Page(
                target="/v1/data-ops-services?page=1",
                answer={
                    "total_count": 3,
                    "contents": [
                        {
                            "account_id": "item 2",
                            "cluster_id": "a cluster_id",
                            "created_by": "a created_by",
                            "created_dt": "2025-01-02T03:04:05Z",
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
                            "data_ops_service_id": "a data_ops_service_id",
                            "data_ops_service_name": "a data_ops_service_name",
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
                            "data_ops_id": "a data_ops_id",
                            "data_ops_name": "a data_ops_name",
                            "data_ops_service_id": "a data_ops_service_id",
                            "data_ops_service_name": "a data_ops_service_name",
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
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "data_ops_service_id": "a data_ops_service_id",
                "data_ops_service_name": "a data_ops_service_name",
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
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "data_ops_service_id": "a data_ops_service_id",
                "data_ops_service_name": "a data_ops_service_name",
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
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "data_ops_service_id": "a data_ops_service_id",
                "data_ops_service_name": "a data_ops_service_name",
                "modified_by": "a modified_by",
                "modified_dt": "2025-01-02T03:04:05Z",
                "state": "a state",
                "version": "a version",
            },
        ],
    )


CREATE_DATA_OPS_SERVICE_CASE = Case(
    target=TARGET,
    name="create_data_ops_service",
    method="POST",
    required={
        "data_ops_id": "a data_ops_id",
        "data_ops_service_name": "uvwxyzab",
        "domain": "a domain",
        "host_alias": {"key": "value"},
        "service_workload": {"key": "value"},
        "storage_class_name": "a storage_class_name",
        "worker_type": "a worker_type",
    },
    status=202,
)


def test_create_data_ops_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "data_ops_id": "a data_ops_id",
            "data_ops_service_name": "uvwxyzab",
            "description": "a description",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "node_selector": "a node_selector",
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "a key", "value": "a value"}],
            "worker_type": "a worker_type",
        },
        Sent(
            target="/v1/data-ops-services",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "account": {"key": "value"},
                "data_ops_id": "a data_ops_id",
                "data_ops_service_name": "uvwxyzab",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
                "storage_class_name": "a storage_class_name",
                "tags": [{"key": "a key", "value": "a value"}],
                "worker_type": "a worker_type",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_create_data_ops_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CREATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_id": "a data_ops_id",
            "data_ops_service_name": "uvwxyzab",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "worker_type": "a worker_type",
        },
        Sent(
            target="/v1/data-ops-services",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={
                "data_ops_id": "a data_ops_id",
                "data_ops_service_name": "uvwxyzab",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "service_workload": {"key": "value"},
                "storage_class_name": "a storage_class_name",
                "worker_type": "a worker_type",
            },
        ),
    )


def test_create_data_ops_service__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        CREATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_id": "a data_ops_id",
            "data_ops_service_name": "uvwxyzab",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "worker_type": "a worker_type",
            "account": None,
            "description": None,
            "node_selector": None,
        },
        {
            "data_ops_id": "a data_ops_id",
            "data_ops_service_name": "uvwxyzab",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "service_workload": {"key": "value"},
            "storage_class_name": "a storage_class_name",
            "worker_type": "a worker_type",
            "account": None,
            "description": None,
            "node_selector": None,
        },
    )


def test_create_data_ops_service__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        CREATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {},
        {
            "data_ops_id": "a data_ops_id",
            "data_ops_service_name": "uvwxyzab",
            "domain": "a domain",
            "host_alias": {"enabled": "true", "host_alias_list": [{}]},
            "service_workload": {"scheduler": {}, "web_server": {}, "worker": {}},
            "storage_class_name": "a storage_class_name",
            "tags": [{"key": "Key", "value": "Value"}],
            "worker_type": "a worker_type",
        },
    )


def test_create_data_ops_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CREATE_DATA_OPS_SERVICE_CASE, flavor)


def test_create_data_ops_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CREATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_create_data_ops_service__is_sent_once(flavor: Flavor) -> None:
    check_sent_once(CREATE_DATA_OPS_SERVICE_CASE, flavor, errors.ServerError)


CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE = Case(
    target=TARGET,
    name="check_cluster_resource_size_for_data_ops_service_create",
    method="POST",
    required={
        "cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        "service_workload": {"key": "value"},
    },
    status=200,
    answer={"cpu": "CPU", "memory": "Memory"},
)


def test_check_cluster_resource_size_for_data_ops_service_create__sends_every_argument(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
        flavor,
        {
            "cluster_id": "한글 50%/+",
            "scp_request_path": "openapi",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-ops-services/clusters/%ED%95%9C%EA%B8%80%2050%25%2F%2B/validate-resources",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
        options={"language": "ko-KR"},
    )


def test_check_cluster_resource_size_for_data_ops_service_create__sends_nothing_more(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
        flavor,
        {
            "cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-ops-services/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/validate-resources",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
    )


def test_check_cluster_resource_size_for_data_ops_service_create__sends_a_whole_body(
    flavor: Flavor,
) -> None:
    check_example(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        {"service_workload": {"scheduler": {}, "web_server": {}, "worker": {}}},
    )


def test_check_cluster_resource_size_for_data_ops_service_create__returns_what_is_answered(
    flavor: Flavor,
) -> None:
    check_returned(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_ops_service_create__returns_every_field(
    flavor: Flavor,
) -> None:
    check_returned(
        replace(
            CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
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


def test_check_cluster_resource_size_for_data_ops_service_create__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_cluster_resource_size_for_data_ops_service_create__is_sent_once(
    flavor: Flavor,
) -> None:
    check_sent_once(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_CREATE_CASE, flavor, errors.ServerError
    )


SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE = Case(
    target=TARGET,
    name="show_data_ops_service_sub_version",
    method="GET",
    required={"data_ops_id": "a data_ops_id"},
    status=200,
    answer={"versions": {}},
)


def test_show_data_ops_service_sub_version__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops-services/data-ops/a%20data_ops_id/sub-versions",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_ops_service_sub_version__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id"},
        Sent(
            target="/v1/data-ops-services/data-ops/a%20data_ops_id/sub-versions",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_show_data_ops_service_sub_version__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE, flavor, returns=models.DataOpsServiceImageResponse
    )


def test_show_data_ops_service_sub_version__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE,
            answer={
                "data_ops_service_count": 1,
                "versions": {
                    "scheduler": "a scheduler",
                    "webserver": "a webserver",
                    "worker": "a worker",
                },
            },
        ),
        flavor,
        returns=models.DataOpsServiceImageResponse,
    )


def test_show_data_ops_service_sub_version__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_show_data_ops_service_sub_version__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_OPS_SERVICE_SUB_VERSION_CASE, flavor)


SHOW_DATA_OPS_SERVICE_CASE = Case(
    target=TARGET,
    name="show_data_ops_service",
    method="GET",
    required={"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
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


def test_show_data_ops_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "scp_request_path": "openapi",
        },
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_ops_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_SERVICE_CASE,
        flavor,
        {"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_show_data_ops_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        SHOW_DATA_OPS_SERVICE_CASE, flavor, returns=models.DataOpsServiceDetailResponseV1Dot1
    )


def test_show_data_ops_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_OPS_SERVICE_CASE,
            answer={
                "account": {"key": "value"},
                "account_id": "a account_id",
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "data_ops_service_id": "a data_ops_service_id",
                "data_ops_service_name": "a data_ops_service_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "hosts_file": "a hosts_file",
                "http_port": 16,
                "https_port": 17,
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
                "web_url": "a web_url",
            },
        ),
        flavor,
        returns=models.DataOpsServiceDetailResponseV1Dot1,
    )


def test_show_data_ops_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_show_data_ops_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_OPS_SERVICE_CASE, flavor)


UPDATE_DATA_OPS_SERVICE_CASE = Case(
    target=TARGET,
    name="update_data_ops_service",
    method="PUT",
    required={"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "body": {}},
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


def test_update_data_ops_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "scp_request_path": "openapi",
            "description": "a description",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "node_selector": "a node_selector",
            "service_workload": {"key": "value"},
            "worker_type": "a worker_type",
        },
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "node_selector": "a node_selector",
                "service_workload": {"key": "value"},
                "worker_type": "a worker_type",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_update_data_ops_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "body": {}},
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={},
        ),
    )


def test_update_data_ops_service__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        UPDATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "description": None,
            "domain": None,
            "host_alias": None,
            "node_selector": None,
        },
        {"description": None, "domain": None, "host_alias": None, "node_selector": None},
    )


def test_update_data_ops_service__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        UPDATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        {
            "host_alias": {"enabled": "true", "host_alias_list": [{}]},
            "service_workload": {"scheduler": {}, "web_server": {}, "worker": {}},
        },
    )


def test_update_data_ops_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(
        UPDATE_DATA_OPS_SERVICE_CASE, flavor, returns=models.DataOpsServiceUpdateResponse
    )


def test_update_data_ops_service__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            UPDATE_DATA_OPS_SERVICE_CASE,
            answer={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "data_ops_service_id": "a data_ops_service_id",
                "data_ops_service_name": "a data_ops_service_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias": {"key": "value"},
                "hosts_file": "a hosts_file",
                "http_port": 15,
                "https_port": 16,
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
                "web_url": "a web_url",
            },
        ),
        flavor,
        returns=models.DataOpsServiceUpdateResponse,
    )


def test_update_data_ops_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        UPDATE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_update_data_ops_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(UPDATE_DATA_OPS_SERVICE_CASE, flavor)


DELETE_DATA_OPS_SERVICE_CASE = Case(
    target=TARGET,
    name="delete_data_ops_service",
    method="DELETE",
    required={"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=202,
)


def test_delete_data_ops_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "scp_request_path": "openapi",
        },
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_delete_data_ops_service__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_OPS_SERVICE_CASE,
        flavor,
        {"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_delete_data_ops_service__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(DELETE_DATA_OPS_SERVICE_CASE, flavor)


def test_delete_data_ops_service__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        DELETE_DATA_OPS_SERVICE_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_delete_data_ops_service__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(DELETE_DATA_OPS_SERVICE_CASE, flavor)


CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE = Case(
    target=TARGET,
    name="check_cluster_resource_size_for_data_ops_service_update",
    method="POST",
    required={
        "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        "service_workload": {"key": "value"},
    },
    status=200,
    answer={"cpu": "CPU", "memory": "Memory"},
)


def test_check_cluster_resource_size_for_data_ops_service_update__sends_every_argument(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "scp_request_path": "openapi",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/validate-resources",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
        options={"language": "ko-KR"},
    )


def test_check_cluster_resource_size_for_data_ops_service_update__sends_nothing_more(
    flavor: Flavor,
) -> None:
    check_sent(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
        flavor,
        {
            "data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/validate-resources",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={"service_workload": {"key": "value"}},
        ),
    )


def test_check_cluster_resource_size_for_data_ops_service_update__sends_a_whole_body(
    flavor: Flavor,
) -> None:
    check_example(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
        flavor,
        {"data_ops_service_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        {"service_workload": {"scheduler": {}, "web_server": {}, "worker": {}}},
    )


def test_check_cluster_resource_size_for_data_ops_service_update__returns_what_is_answered(
    flavor: Flavor,
) -> None:
    check_returned(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
        flavor,
        returns=models.ClusterResourceCheckResponse,
    )


def test_check_cluster_resource_size_for_data_ops_service_update__returns_every_field(
    flavor: Flavor,
) -> None:
    check_returned(
        replace(
            CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
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


def test_check_cluster_resource_size_for_data_ops_service_update__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE,
        flavor,
        {400: errors.BadRequestError, 403: errors.PermissionDeniedError, 404: errors.NotFoundError},
    )


def test_check_cluster_resource_size_for_data_ops_service_update__is_sent_once(
    flavor: Flavor,
) -> None:
    check_sent_once(
        CHECK_CLUSTER_RESOURCE_SIZE_FOR_DATA_OPS_SERVICE_UPDATE_CASE, flavor, errors.ServerError
    )


CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE = Case(
    target=TARGET,
    name="check_data_ops_service_name_duplication",
    method="GET",
    required={"data_ops_service_name": "a data_ops_service_name"},
    status=200,
)


def test_check_data_ops_service_name_duplication__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {"data_ops_service_name": "a data_ops_service_name", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops-services/a%20data_ops_service_name/check-duplication",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_check_data_ops_service_name_duplication__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {"data_ops_service_name": "a data_ops_service_name"},
        Sent(
            target="/v1/data-ops-services/a%20data_ops_service_name/check-duplication",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_check_data_ops_service_name_duplication__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE, flavor)


def test_check_data_ops_service_name_duplication__raises_the_documented_errors(
    flavor: Flavor,
) -> None:
    check_errors(
        CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_check_data_ops_service_name_duplication__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(CHECK_DATA_OPS_SERVICE_NAME_DUPLICATION_CASE, flavor)


LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE = Case(
    target=TARGET,
    name="list_data_ops_ingress_controllers",
    method="GET",
    required={"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
    status=200,
)


def test_list_data_ops_ingress_controllers__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/ingress-controllers",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_ops_ingress_controllers__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE,
        flavor,
        {"cluster_id": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"},
        Sent(
            target="/v1/data-ops/clusters/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/ingress-controllers",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_list_data_ops_ingress_controllers__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE, flavor)


def test_list_data_ops_ingress_controllers__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_ops_ingress_controllers__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_OPS_INGRESS_CONTROLLERS_CASE, flavor)


LIST_DATA_OPS_IMAGE_VERSIONS_CASE = Case(
    target=TARGET,
    name="list_data_ops_image_versions",
    method="GET",
    status=200,
    answer={"contents": [{"image_attr": {}}]},
)


def test_list_data_ops_image_versions__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_IMAGE_VERSIONS_CASE,
        flavor,
        {"scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops/image-versions",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_list_data_ops_image_versions__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        LIST_DATA_OPS_IMAGE_VERSIONS_CASE,
        flavor,
        {},
        Sent(
            target="/v1/data-ops/image-versions",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_list_data_ops_image_versions__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(LIST_DATA_OPS_IMAGE_VERSIONS_CASE, flavor, returns=models.ImageVersionsResponse)


def test_list_data_ops_image_versions__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            LIST_DATA_OPS_IMAGE_VERSIONS_CASE,
            answer={
                "contents": [
                    {
                        "image_attr": {},
                        "image_id": "a image_id",
                        "image_name": "a image_name",
                        "version": "a version",
                    }
                ],
                "total_count": 2,
            },
        ),
        flavor,
        returns=models.ImageVersionsResponse,
    )


def test_list_data_ops_image_versions__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        LIST_DATA_OPS_IMAGE_VERSIONS_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_list_data_ops_image_versions__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(LIST_DATA_OPS_IMAGE_VERSIONS_CASE, flavor)


SHOW_DATA_OPS_CASE = Case(
    target=TARGET,
    name="show_data_ops",
    method="GET",
    required={"data_ops_id": "a data_ops_id"},
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


def test_show_data_ops__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_show_data_ops__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        SHOW_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id"},
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_show_data_ops__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(SHOW_DATA_OPS_CASE, flavor, returns=models.DataOpsDetailResponseV1Dot1)


def test_show_data_ops__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            SHOW_DATA_OPS_CASE,
            answer={
                "account": {"key": "value"},
                "account_id": "a account_id",
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "hosts_file": "a hosts_file",
                "http_port": 14,
                "https_port": 15,
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
        returns=models.DataOpsDetailResponseV1Dot1,
    )


def test_show_data_ops__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        SHOW_DATA_OPS_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_show_data_ops__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(SHOW_DATA_OPS_CASE, flavor)


UPDATE_DATA_OPS_CASE = Case(
    target=TARGET,
    name="update_data_ops",
    method="PUT",
    required={"data_ops_id": "a data_ops_id", "body": {}},
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


def test_update_data_ops__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_OPS_CASE,
        flavor,
        {
            "data_ops_id": "a data_ops_id",
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "description": "a description",
            "domain": "a domain",
            "host_alias_list": [{"key": "value"}],
            "node_selector": "a node_selector",
        },
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
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


def test_update_data_ops__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id", "body": {}},
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={
                "Accept-Language": "en-US",
                "Scp-Api-Version": "data-ops 1.1",
                "Content-Type": "application/json",
            },
            json={},
        ),
    )


def test_update_data_ops__sends_none_as_null(flavor: Flavor) -> None:
    check_body(
        UPDATE_DATA_OPS_CASE,
        flavor,
        {
            "data_ops_id": "a data_ops_id",
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


def test_update_data_ops__sends_a_whole_body(flavor: Flavor) -> None:
    check_example(
        UPDATE_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id"},
        {"host_alias_list": [{"hostnames": []}]},
    )


def test_update_data_ops__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(UPDATE_DATA_OPS_CASE, flavor, returns=models.DataOpsUpdateResponse)


def test_update_data_ops__returns_every_field(flavor: Flavor) -> None:
    check_returned(
        replace(
            UPDATE_DATA_OPS_CASE,
            answer={
                "account": {"key": "value"},
                "cluster_id": "a cluster_id",
                "cluster_name": "a cluster_name",
                "cluster_permission": {"key": "value"},
                "cluster_request_failed": True,
                "created_dt": "2025-01-02T03:04:05Z",
                "data_ops_id": "a data_ops_id",
                "data_ops_name": "a data_ops_name",
                "description": "a description",
                "domain": "a domain",
                "host_alias_list": [{"key": "value"}],
                "hosts_file": "a hosts_file",
                "http_port": 13,
                "https_port": 14,
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
        returns=models.DataOpsUpdateResponse,
    )


def test_update_data_ops__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        UPDATE_DATA_OPS_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_update_data_ops__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(UPDATE_DATA_OPS_CASE, flavor)


DELETE_DATA_OPS_CASE = Case(
    target=TARGET,
    name="delete_data_ops",
    method="DELETE",
    required={"data_ops_id": "a data_ops_id"},
    status=202,
)


def test_delete_data_ops__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_delete_data_ops__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        DELETE_DATA_OPS_CASE,
        flavor,
        {"data_ops_id": "a data_ops_id"},
        Sent(
            target="/v1/data-ops/a%20data_ops_id",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_delete_data_ops__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(DELETE_DATA_OPS_CASE, flavor)


def test_delete_data_ops__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        DELETE_DATA_OPS_CASE,
        flavor,
        {
            400: errors.BadRequestError,
            401: errors.AuthenticationError,
            403: errors.PermissionDeniedError,
            404: errors.NotFoundError,
        },
    )


def test_delete_data_ops__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(DELETE_DATA_OPS_CASE, flavor)


CHECK_DATA_OPS_NAME_DUPLICATION_CASE = Case(
    target=TARGET,
    name="check_data_ops_name_duplication",
    method="GET",
    required={"data_ops_name": "a data_ops_name"},
    status=200,
)


def test_check_data_ops_name_duplication__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_OPS_NAME_DUPLICATION_CASE,
        flavor,
        {"data_ops_name": "a data_ops_name", "scp_request_path": "openapi"},
        Sent(
            target="/v1/data-ops/a%20data_ops_name/check-duplication",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-ops 1.1",
                "Scp-Request-Path": "openapi",
            },
        ),
        options={"language": "ko-KR"},
    )


def test_check_data_ops_name_duplication__sends_nothing_more(flavor: Flavor) -> None:
    check_sent(
        CHECK_DATA_OPS_NAME_DUPLICATION_CASE,
        flavor,
        {"data_ops_name": "a data_ops_name"},
        Sent(
            target="/v1/data-ops/a%20data_ops_name/check-duplication",
            headers={"Accept-Language": "en-US", "Scp-Api-Version": "data-ops 1.1"},
        ),
    )


def test_check_data_ops_name_duplication__returns_what_is_answered(flavor: Flavor) -> None:
    check_returned(CHECK_DATA_OPS_NAME_DUPLICATION_CASE, flavor)


def test_check_data_ops_name_duplication__raises_the_documented_errors(flavor: Flavor) -> None:
    check_errors(
        CHECK_DATA_OPS_NAME_DUPLICATION_CASE,
        flavor,
        {400: errors.BadRequestError, 401: errors.AuthenticationError, 404: errors.NotFoundError},
    )


def test_check_data_ops_name_duplication__is_sent_again_after_503(flavor: Flavor) -> None:
    check_retried(CHECK_DATA_OPS_NAME_DUPLICATION_CASE, flavor)

"""Data Flow 1.0: each operation is called against a server on this machine, with both clients."""

from __future__ import annotations

from dataclasses import replace
from samsungcloud._runtime import errors, warn
from samsungcloud.data_flow.v1_0 import AsyncDataFlow, DataFlow, models
from .cases import Flavor, Case, Sent, Target
from .checks import (
    check_body,
    check_errors,
    check_example,
    check_retried,
    check_returned,
    check_sent,
    check_supported_until,
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
        "created_dt": "2026-02-11T06:41:30.723Z",
        "host_alias": {"enabled": "true", "host_alias_list": [{}]},
        "modified_dt": "2026-02-11T06:41:30.723Z",
    },
    until="2026-07-01",
)


def test_update_data_flow_service__sends_every_argument(flavor: Flavor) -> None:
    check_sent(
        UPDATE_DATA_FLOW_SERVICE_CASE,
        flavor,
        {
            "data_flow_service_id": "한글 50%/+",
            "scp_request_path": "openapi",
            "account": {"key": "value"},
            "description": "a description",
            "domain": "a domain",
            "host_alias": {"key": "value"},
            "node_selector": "a node_selector",
            "service_workload": {"key": "value"},
        },
        Sent(
            target="/v1/data-flow-services/%ED%95%9C%EA%B8%80%2050%25%2F%2B",
            headers={
                "Accept-Language": "ko-KR",
                "Scp-Api-Version": "data-flow 1.0",
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
                "Scp-Api-Version": "data-flow 1.0",
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


def test_update_data_flow_service__warns_when_no_longer_supported(flavor: Flavor) -> None:
    check_supported_until(UPDATE_DATA_FLOW_SERVICE_CASE, flavor, warn.SupportedUntilWarning)

"""Golden requests: each signer gives exactly the signature that is known for them."""

from __future__ import annotations

from samsungcloud._signing import Credentials, sign_samsungcloud_v2
from .recipe_vectors import check_vector
from .recipes import SIGN_SAMSUNGCLOUD_V2


def test_sign_samsungcloud_v2__gives_the_known_signature_1() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?size=20&page=0&sort=created_dt:desc",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "jPrDBuxfdB+KtSolSqPkDnTnrB0leJgpj+h1hGw0BLU=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_2() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="PUT",
        url="https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops-services/2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "93nTo9Nv4IGj6QZWsvIHM7Efcf99jGY77bpVz97H2Ss=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_3() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?data_ops_name=%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "+Zj6z/j7aoMSqhlEx8mtJkpbTxeUKs4tAh1oO3J7bCM=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_4() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?data_ops_name=a+b",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "2e0gFGwIgFmutra3lCNuVwKyP56KmdfTVADTbMIGqPY=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_5() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?data_ops_name=a%2Bb%25c",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "qOltyzsxemEn2A9RdtQnjSU6AtGIN8vGFTFzIAtF5XY=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_6() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://iam.e.samsungsdscloud.com/v1/users?size=1",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "RpZyJkDTO1ioxnroiJaoc57RduZ8PN5ZLiOrbV1S8nc=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )


def test_sign_samsungcloud_v2__gives_the_known_signature_7() -> None:
    check_vector(
        sign_samsungcloud_v2,
        SIGN_SAMSUNGCLOUD_V2,
        Credentials(
            access_key="0123456789abcdef0123456789abcdef",
            secret_key="11111111-2222-3333-4444-555555555555",
        ),
        {
            "access_key": "0123456789abcdef0123456789abcdef",
            "secret_key": "11111111-2222-3333-4444-555555555555",
        },
        method="GET",
        url="https://iam.s.samsungsdscloud.com/",
        milliseconds=1605290625682,
        emits={
            "Scp-Accesskey": "0123456789abcdef0123456789abcdef",
            "Scp-Signature": "oOpmPN2sW84Z4nbqvx00JaGinDBhEv4tWCJsIAMO2nA=",
            "Scp-Timestamp": "1605290625682",
            "Scp-ClientType": "Openapi",
        },
        headers={},
    )

"""A small service for tests of the runtime, written as generated code is: models, operations, two clients."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Literal

from . import runtime_package  # noqa: F401  (makes apiscribe_runtime importable)

# isort: split
from apiscribe_runtime.client import AsyncClient, SyncClient
from apiscribe_runtime.credentials import CredentialField, CredentialsBase
from apiscribe_runtime.model import DateTime, Model
from apiscribe_runtime.operation import Body, Operation, Pagination, Parameter, Types
from apiscribe_runtime.secret import Secret
from apiscribe_runtime.service import ClientOption, Server, ServerVariable, Service
from apiscribe_runtime.signing import Signed
from pydantic import Field

from .loopback import Received

ACCESS = "0123456789abcdef0123456789abcdef"
SECRET = "11111111-2222-3333-4444-555555555555"
TOKEN = "session-token-of-the-tests"


class Credentials(CredentialsBase):
    fields = (
        CredentialField(name="access_key"),
        CredentialField(name="secret_key", secret=True),
        CredentialField(name="session_token", secret=True, optional=True),
    )
    access_key: str
    secret_key: Secret
    session_token: Secret | None

    def __init__(self, access_key: str, secret_key: str | Secret, session_token: str | Secret | None = None) -> None:
        self._fill(access_key=access_key, secret_key=secret_key, session_token=session_token)


def sign(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    credentials: Credentials,
    now: float,
    nonce: str | None = None,
) -> Signed:
    timestamp = str(int(now * 1000))
    message = f"{method}{url}{timestamp}{credentials.access_key}Openapi".encode()
    proof = base64.b64encode(hmac.digest(credentials.secret_key.key, message, "sha256")).decode()
    found = [
        ("Scp-Accesskey", credentials.access_key),
        ("Scp-Signature", proof),
        ("Scp-Timestamp", timestamp),
        ("Scp-ClientType", "Openapi"),
    ]
    if credentials.session_token is not None:
        found.append(("X-Auth-Token", credentials.session_token.reveal()))
    return Signed(tuple(found))


def verifies(request: Received, base: str, secret: str = SECRET) -> bool:
    """Verify a received request with nothing but what came over the wire."""
    proven = f"{request.header('scp-timestamp')}{request.header('scp-accesskey')}"
    message = f"{request.method}{base}{request.target}{proven}Openapi"
    digest = hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()
    return request.header("scp-signature") == base64.b64encode(digest).decode()


class Tag(Model):
    key: str
    value: str | None = None


class Update(Model):
    description: str | None = None
    worker_type: str | None = None
    count: int | None = None
    at: DateTime | None = None
    tags: list[Tag] | None = None
    k8s_version: str | None = Field(default=None, validation_alias="k8s.version", serialization_alias="k8s.version")
    admin_password: str | None = Field(default=None, repr=False)


class Thing(Model):
    id: str
    name: str
    state: Literal["ACTIVE", "CREATING"] | str | None = None
    cpu: int | None = None
    created_dt: DateTime | None = None
    k8s_version: str | None = Field(default=None, validation_alias="k8s.version", serialization_alias="k8s.version")
    tags: list[Tag] = Field(default_factory=list)
    parent: Tag | None = None


class Things(Model):
    contents: list[Thing]
    total_count: int | None = None


def operation(**changes: Any) -> Operation[Any]:
    plain: dict[str, Any] = {
        "id": "ShowThing",
        "name": "show_thing",
        "method": "GET",
        "path": ("/v1/things/", ""),
        "parameters": (Parameter(name="thing_id", argument="thing_id", location="path", required=True),),
        "constants": (("Scp-Api-Version", "things 1.1"),),
        "responses": ("200",),
        "types": lambda: Types(responses={"200": Thing}),
    }
    return Operation(**{**plain, **changes})


SHOW: Operation[Thing] = operation()
UPDATE: Operation[Thing] = operation(
    id="UpdateThing",
    name="update_thing",
    method="PUT",
    parameters=(
        Parameter(name="thing_id", argument="thing_id", location="path", required=True),
        Parameter(name="Scp-Request-Path", argument="scp_request_path", location="header"),
    ),
    body=Body(
        required=True,
        fields=tuple((name, "k8s.version" if name == "k8s_version" else name) for name in Update.model_fields),
    ),
    responses=("202",),
    types=lambda: Types(body=Update, responses={"202": Thing}),
)
CREATE: Operation[None] = operation(
    id="CreateThing",
    name="create_thing",
    method="POST",
    path=("/v1/things",),
    parameters=(),
    body=UPDATE.body,
    responses=("202",),
    types=lambda: Types(body=Update),
)
PATCH: Operation[None] = operation(
    id="PatchThing",
    name="patch_thing",
    method="PATCH",
    body=UPDATE.body,
    responses=("202",),
    types=lambda: Types(body=Update),
)
DELETE: Operation[None] = operation(
    id="DeleteThing", name="delete_thing", method="DELETE", responses=("202",), types=Types
)
LIST: Operation[Things] = operation(
    id="ListThings",
    name="list_things",
    path=("/v1/things",),
    parameters=(
        Parameter(name="size", argument="size", location="query"),
        Parameter(name="page", argument="page", location="query"),
        Parameter(name="sort", argument="sort", location="query"),
        Parameter(name="name", argument="name", location="query"),
        Parameter(name="ids", argument="ids", location="query"),
    ),
    types=lambda: Types(responses={"200": Things}),
    pagination=Pagination(style="page", page="page", size="size", first=0, items="contents", total="total_count"),
)

SERVICE = Service(
    name="things",
    title="Things",
    version="1.1",
    servers=(
        Server(
            url="https://things.{region}.{environment}.example.com",
            variables=(
                ServerVariable(name="region", default="kr-west1", values=("kr-west1", "kr-south1"), required=True),
                ServerVariable(name="environment", default="e", values=("e", "g"), required=True),
            ),
            allowed=({"environment": "e", "region": "kr-west1"}, {"environment": "g", "region": "kr-south1"}),
        ),
    ),
    signer=sign,
    options=(ClientOption(argument="language", header="Accept-Language", default="en-US", values=("ko-KR", "en-US")),),
    environment_prefix="TSTSVC",
    profile_folder="tstsvc",
    credentials_type=Credentials,
)


class ThingsClient(SyncClient):
    service = SERVICE


class AsyncThingsClient(AsyncClient):
    service = SERVICE


def credentials(token: str | None = None) -> Credentials:
    return Credentials(ACCESS, SECRET, token)


THING = (
    '{"id":"t1","name":"nightly","state":"ACTIVE","cpu":4,'
    '"created_dt":"2024-07-30T04:54:33.219373","k8s.version":"1.30"}'
)


class Caller:
    """One of the two clients behind one blocking surface, so that a test states once what holds for both."""

    def __init__(self, kind: str, service: Service = SERVICE, **options: Any) -> None:
        self.slept: list[float] = []
        options.setdefault("credentials", credentials())
        self.is_async = kind == "async"
        if self.is_async:
            self._runner = asyncio.Runner()
            client: Any = type("AsyncThingsClient", (AsyncThingsClient,), {"service": service})
            self.client: Any = client(sleep=self._asleep, **options)
        else:
            client = type("ThingsClient", (ThingsClient,), {"service": service})
            self.client = client(sleep=self.slept.append, **options)

    async def _asleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def call(self, operation: Operation[Any], arguments: Mapping[str, object] | None = None, **rest: Any) -> Any:
        return self.run(self.client._call(operation, arguments or {}, **rest))

    def raw(self, operation: Operation[Any], arguments: Mapping[str, object] | None = None, **rest: Any) -> Any:
        return self.run(self.client._raw_view()._call(operation, arguments or {}, **rest))

    def items(self, operation: Operation[Any], arguments: Mapping[str, object] | None = None, **rest: Any) -> list[Any]:
        found = self.client._iterate(operation, arguments or {}, **rest)
        if not self.is_async:
            return list(found)

        async def collect() -> list[Any]:
            return [item async for item in found]

        return self.run(collect())

    def run(self, value: Any) -> Any:
        return self._runner.run(value) if asyncio.iscoroutine(value) else value

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_async:
            self._runner.run(self.client.aclose())
            self._runner.close()
        else:
            self.client.close()

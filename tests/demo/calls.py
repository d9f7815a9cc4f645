"""What a user of the generated package writes: four calls that are accepted and one that is refused, on this machine.

The demo runs this with the package it has just generated on the path: its clients, and from its stubs a server that
verifies every signature with code of its own.
"""

from __future__ import annotations

import asyncio

from samsungcloud import AsyncDataFlow, AsyncDataOps, AuthenticationError, Credentials, DataFlow, DataOps
from stubs.loopback import Answer, LoopbackServer
from stubs.recipe_verifier import verifiers_of
from stubs.recipes import CREDENTIALS, KNOWN, SIGN_SAMSUNGCLOUD_V2

SERVICE_ID = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"


def answer(service: str) -> Answer:
    """Make what the cloud would answer to an update."""
    names = ("cluster_id", "image_id", "instance_id", "namespace_name", "storage_class_name", f"{service}_id")
    more = (f"{service}_name", f"{service}_service_name")
    moments = dict.fromkeys(("created_dt", "modified_dt"), "2026-02-11T06:41:30.669Z")
    told = {"state": "UPDATING", "version": "2.10.0", f"{service}_service_id": SERVICE_ID}
    return Answer(status=202, json={**dict.fromkeys((*names, *more), "demo"), **moments, **told})


def call_sync(server: LoopbackServer) -> None:
    """Update one service of each kind."""
    server.queue(answer("data_ops"), answer("data_flow"))
    with DataOps(credentials=CREDENTIALS, base_url=server.base_url) as client:
        service = client.update_data_ops_service(SERVICE_ID, description="nightly", domain=None)
        print("DataOps        ", service.state, service.data_ops_service_id, service.modified_dt)
    with DataFlow(credentials=CREDENTIALS, base_url=server.base_url) as client:
        flow = client.update_data_flow_service(SERVICE_ID, description="hourly")
        print("DataFlow       ", flow.state, flow.data_flow_service_id, flow.modified_dt)


async def call_async(server: LoopbackServer) -> None:
    """Do the same without blocking."""
    server.queue(answer("data_ops"), answer("data_flow"))
    async with AsyncDataOps(credentials=CREDENTIALS, base_url=server.base_url) as client:
        service = await client.update_data_ops_service(SERVICE_ID, description="nightly", domain=None)
        print("AsyncDataOps   ", service.state, service.data_ops_service_id, service.modified_dt)
    async with AsyncDataFlow(credentials=CREDENTIALS, base_url=server.base_url) as client:
        flow = await client.update_data_flow_service(SERVICE_ID, description="hourly")
        print("AsyncDataFlow  ", flow.state, flow.data_flow_service_id, flow.modified_dt)


def call_with_wrong_secret(server: LoopbackServer) -> None:
    """Sign with a secret that the server does not know."""
    wrong = Credentials(access_key=KNOWN["access_key"], secret_key="a secret of somebody else")
    with DataOps(credentials=wrong, base_url=server.base_url) as client:
        try:
            client.update_data_ops_service(SERVICE_ID, description="nightly")
        except AuthenticationError as error:
            print(f"{type(error).__name__}, status {error.status_code}: {error.details[0]}")
            print("what the client shows of its credentials:", wrong)


def main() -> None:
    """Make the calls, then print what arrived."""
    with LoopbackServer(verifiers=verifiers_of([SIGN_SAMSUNGCLOUD_V2], KNOWN)) as server:
        call_sync(server)
        asyncio.run(call_async(server))
        call_with_wrong_secret(server)
        print()
        for request in server.requests:
            verdict = "signature valid  " if request.signature_valid else "signature refused"
            print(f"{verdict} {request.method} {request.path} {request.body.decode()}")
        assert [request.signature_valid for request in server.requests] == [True] * 4 + [False]
        assert server.requests[0].json() == {"description": "nightly", "domain": None}
        assert server.requests[4].json() == {"description": "nightly"}


if __name__ == "__main__":
    main()

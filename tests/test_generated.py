"""The generated package under type checkers: itself, a typical program, and mistakes that must be found."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruff import find_ruff_bin

from .client_room import GENERATED, ROOT
from .generation import built
from .stub_documents import BARE, FORMS, ODD, PAGED, SMALL, TOLD_APART

# A line that ends in `# wrong` must be an error, and no other line may be one.
PROGRAM = """
from __future__ import annotations

import asyncio
from typing import assert_type

import httpx

from samsungcloud import UNSET, APIStatusError, AsyncDataOps, Credentials, DataFlow, DataOps, Hooks, RawResponse, Unset
from samsungcloud.data_flow import v1_0
from samsungcloud.data_ops.v1_1.models import DataOpsConsoleResponseV1Dot1, DataOpsServiceUpdateResponse
from samsungcloud.data_ops.v1_1.models import DataOpsServiceUpdateRequest, ListDataOpsConsoleResponseV1Dot1


def blocking(name: str | None) -> str:
    credentials = Credentials(access_key="a", secret_key="b")
    with DataOps(credentials=credentials, region="kr-west1", environment="e", language="ko-KR") as client:
        value = client.update_data_ops_service("id", description=None, worker_type="Celery", timeout=2.5)
        assert_type(value, DataOpsServiceUpdateResponse)
        assert_type(value.http_port, int | None)
        assert_type(value.state, str)
        text: str = value.created_dt.isoformat()
        given: str | Unset = UNSET if name is None else name
        page = client.list_data_ops(size=20, page=0, state="RUNNING", data_ops_name=given)
        assert_type(page, ListDataOpsConsoleResponseV1Dot1)
        assert_type(page.contents, list[DataOpsConsoleResponseV1Dot1] | None)
        for item in client.iter_data_ops(size=20):
            assert_type(item, DataOpsConsoleResponseV1Dot1)
        raw = client.with_raw_response.update_data_ops_service("id", body={"description": "x"}, max_retries=0)
        assert_type(raw, RawResponse[DataOpsServiceUpdateResponse])
        assert_type(raw.parse(), DataOpsServiceUpdateResponse)
        with client.with_streaming_response.show_data_ops("id") as response:
            assert_type(b"".join(response.iter_bytes()), bytes)
            for event in response.iter_events(DataOpsServiceUpdateRequest, until="[DONE]"):
                assert_type(event.data, DataOpsServiceUpdateRequest)
            for told in response.iter_events():
                assert_type(told.data, str)
            for update in response.iter_json(DataOpsServiceUpdateRequest):
                assert_type(update, DataOpsServiceUpdateRequest)
        assert_type(client.with_streaming_response.show_data_ops("id").to_file("file", progress=print), int)
        client.update_data_ops_service("id", body=DataOpsServiceUpdateRequest(description="x"))
        client.delete_data_ops("id", headers={"X-Reason": "test"})
        assert_type(client.with_options(timeout=None, max_retries=1, headers={"A": "b"}), DataOps)
        client.with_options(extra_query={"a": [1]}).create_data_ops(idempotency_key="k", extra_query={"b": 2})
        assert_type(client.data_ops_services.update("id", description="x"), DataOpsServiceUpdateResponse)
        for item in client.data_ops.iter(size=20):
            assert_type(item, DataOpsConsoleResponseV1Dot1)
    return text


async def awaiting() -> None:
    async with AsyncDataOps(base_url="https://ops.example.com", http_client=httpx.AsyncClient()) as client:
        value = await client.update_data_ops_service("id", description="x")
        assert_type(value, DataOpsServiceUpdateResponse)
        async for item in client.iter_data_ops():
            assert_type(item, DataOpsConsoleResponseV1Dot1)
        assert_type(await client.data_ops_services.update("id", description="x"), DataOpsServiceUpdateResponse)
        raw = await client.with_raw_response.show_data_ops("id")
        assert_type(raw.status_code, int)
        async with client.with_streaming_response.show_data_ops("id") as response:
            async for piece in response.iter_bytes():
                assert_type(piece, bytes)
            async for event in response.iter_events(DataOpsServiceUpdateRequest):
                assert_type(event.data, DataOpsServiceUpdateRequest)
        assert_type(await client.with_streaming_response.show_data_ops("id").to_file("file", sha256="0" * 64), int)


def both_versions() -> None:
    old = v1_0.DataFlow(hooks=Hooks(request=print))
    new = DataFlow(hooks=Hooks(response=print))
    try:
        old.update_data_flow_service("id", description="x")
        new.update_data_flow_service("id", description="x")
    except APIStatusError as error:
        assert_type(error.details, tuple[str, ...])


def mistakes(client: DataOps, async_client: AsyncDataOps) -> None:
    client.update_data_ops_service("id", descripton="x")  # wrong: no such keyword
    client.update_data_ops_service("id", description=7)  # wrong: another type
    client.update_data_ops_service()  # wrong: no path value
    client.update_data_ops_service("id", "x")  # wrong: fields are keywords
    client.update_data_ops_services("id")  # wrong: no such operation
    client.list_data_ops(state="SLEEPING")  # wrong: no such state is documented
    client.list_data_ops(size="20")  # wrong: a number
    client.delete_data_ops("id").state  # wrong: nothing comes back
    client.show_data_ops("id").descripton  # wrong: no such field
    client.with_raw_response.show_data_ops(7)  # wrong: another type, in the raw view too
    client.with_streaming_response.show_data_ops("id", size=1)  # wrong: no such keyword, in the streaming view too
    client.data_ops_services.update("id", descripton="x")  # wrong: no such keyword, in a group too
    client.data_ops.clusters.list()  # wrong: that list is a group further down
    client.data_ops.image_versions.list(7)  # wrong: no such argument
    client.with_options(retries=1)  # wrong: no such option
    client.with_options(timeout="1")  # wrong: seconds
    client.show_data_ops("id", idempotency_key="k")  # wrong: a read needs no key
    DataOps(region="kr-north1")  # wrong: no such region
    DataOps(access_key="a")  # wrong: credentials are one object
    DataOps(http_client=httpx.AsyncClient())  # wrong: the other kind of client
    Credentials("a")  # wrong: half of the credentials
    DataOpsServiceUpdateRequest(descripton="x")  # wrong: no such field


async def awaited_mistakes(client: AsyncDataOps) -> None:
    value: DataOpsServiceUpdateResponse = client.update_data_ops_service("id", description="x")  # wrong: not awaited
    print(value)
    for item in client.iter_data_ops():  # wrong: needs async for
        print(item)


asyncio.run(awaiting())
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the program into a folder of its own."""
    path = tmp_path_factory.mktemp("consumer") / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def wrong_lines() -> set[int]:
    """Give the numbers of the lines that must be errors."""
    return {number for number, line in enumerate(PROGRAM.splitlines(), 1) if "# wrong" in line}


def test_mypy_takes_the_package_and_finds_the_mistakes(program: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    options = ["--config-file", "", "--cache-dir", str(ROOT / ".mypy_cache" / "consumer")]
    environment = {**os.environ, "MYPYPATH": str(GENERATED)}
    result = subprocess.run(
        [*command, *options, str(program), str(GENERATED / "samsungcloud")],
        cwd=program.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(\S+\.py):(\d+): error: (.*)$", result.stdout, re.MULTILINE)
    assert [(path, line, said) for path, line, said in found if not path.endswith("program.py")] == []
    assert {int(line) for _, line, _ in found} == wrong_lines(), result.stdout + result.stderr


def test_basedpyright_takes_the_package_and_finds_the_mistakes(program: Path) -> None:
    settings = {
        "typeCheckingMode": "standard",
        "pythonVersion": "3.11",
        "include": [str(program), str(GENERATED / "samsungcloud")],
        "extraPaths": [str(GENERATED)],
    }
    project = program.with_name("pyrightconfig.json")
    project.write_text(json.dumps(settings), encoding="utf-8")
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "basedpyright",
            "--project",
            str(project),
            "--pythonpath",
            sys.executable,
            "--outputjson",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [note for note in json.loads(result.stdout)["generalDiagnostics"] if note["severity"] == "error"]
    found = [(note["file"], note["range"]["start"]["line"] + 1, note["message"]) for note in told]
    assert [note for note in found if not note[0].endswith("program.py")] == []
    assert {line for _, line, _ in found} == wrong_lines(), found


def test_nothing_is_imported_for_nothing(tmp_path: Path) -> None:
    for number, document in enumerate((SMALL, ODD, BARE, FORMS, TOLD_APART, PAGED)):
        for path, text in built(document).texts.items():
            file = tmp_path / str(number) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    command = [find_ruff_bin(), "check", "--isolated", "--no-cache", "--select", "F", "--target-version", "py311"]
    result = subprocess.run([*command, str(tmp_path), str(GENERATED)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "All checks passed!\n")

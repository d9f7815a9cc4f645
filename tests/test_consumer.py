"""A consumer's environment: the generated distribution, httpx and pydantic, nothing else; the README's programs run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from .client_room import GENERATED, KNOWN, SERVICE_ID, Answer, LoopbackServer, proves

# The connections of the programs end at our server; everything above them is as it would be.
REROUTE = """
import os, httpx
def moved(request):
    raw_path = request.url.raw_path
    url = httpx.URL(scheme="http", host="127.0.0.1", port=int(os.environ["LOOPBACK_PORT"]), raw_path=raw_path)
    extensions = {**request.extensions, "target": raw_path}
    return httpx.Request(
        request.method, url, headers=request.headers.raw, stream=request.stream, extensions=extensions
    )
def reroute(cls, name):
    send = getattr(cls, name)
    setattr(cls, name, lambda self, request: send(self, moved(request)))
reroute(httpx.HTTPTransport, "handle_request")
reroute(httpx.AsyncHTTPTransport, "handle_async_request")
"""
START = "import sys, warnings; sys.path[:0] = [{folder!r}]; warnings.simplefilter('error')\n"
ANSWER = {
    "state": "RUNNING",
    "cluster_name": "kubernetes-1",
    "contents": [{"state": "ACTIVE", "cluster_name": "kubernetes-2"}],
    "total_count": 1,
}


def closure(*names: str) -> dict[str, Distribution]:
    """Give distributions and all that they need in turn, extras apart."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = distribution(name)
        for requirement in map(Requirement, found[name].requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel of the generated distribution beside what it needs, as pip does, without an index."""
    (wheel,) = WheelBuilder(str(GENERATED)).build(directory=str(tmp_path_factory.mktemp("wheel")))
    folder = tmp_path_factory.mktemp("environment")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), wheel]
    subprocess.run(pip, check=True, capture_output=True, text=True)
    for dist in closure("httpx", "pydantic").values():
        for name in {path.parts[0] for path in dist.files or () if path.parts[0] != ".."}:
            target = Path(str(dist.locate_file(name)))
            if name != "__pycache__" and target.exists() and not (folder / name).exists():
                (folder / name).symlink_to(target)
    return folder


def python(folder: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code with nothing on the path but the environment and the standard library."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", START.format(folder=str(folder)) + code],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def programs() -> list[tuple[str, str]]:
    """Give the README's programs with their headings."""
    found = []
    heading = ""
    readme = (GENERATED / "README.md").read_text(encoding="utf-8")
    for title, program in re.findall(r"^## ([^\n]+)$|^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL):
        heading = title or heading
        if program:
            found.append((heading, program))
    return found


def test_the_environment_has_only_what_a_consumer_has(environment: Path) -> None:
    code = (
        "import importlib.util, samsungcloud\n"
        f"assert samsungcloud.__file__.startswith({str(environment)!r})\n"
        "for name in ('apiscribe', 'jinja2', 'yaml', 'black', 'click', 'datamodel_code_generator', 'pytest'):\n"
        "    assert importlib.util.find_spec(name) is None, name\n"
    )
    result = python(environment, code)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_readme_has_programs() -> None:
    assert [heading for heading, _ in programs()] == [
        "Use",
        "Use",
        "Use",
        "Authentication",
        "Errors",
        "Time limits and retries",
        "Time limits and retries",
        "Lists",
        "Raw and streamed answers",
        "Hooks and logging",
        "A client of your own",
    ]


@pytest.mark.parametrize(("heading", "program"), programs())
def test_a_program_of_the_readme_runs(environment: Path, heading: str, program: str) -> None:
    for name, value in KNOWN.items():  # a reader puts in what the README leaves out
        program = program.replace(f'{name}="..."', f"{name}={value!r}")
    with LoopbackServer(default=Answer(json=ANSWER)) as server:
        result = python(
            environment,
            REROUTE + program,
            LOOPBACK_PORT=server.base_url.rpartition(":")[2],
            SCP_ACCESS_KEY=KNOWN["access_key"],
            SCP_SECRET_KEY=KNOWN["secret_key"],
        )
    assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
    expected = "ACTIVE kubernetes-2\n" if heading == "Lists" else "RUNNING kubernetes-1\n"
    assert expected in result.stdout
    assert server.requests
    for request in server.requests:
        assert (request.header("host") or "").endswith(".kr-west1.e.samsungsdscloud.com")
        assert proves(request, "https")
        if heading != "Lists":
            assert (request.method, request.path) == ("PUT", f"/v1/data-ops-services/{SERVICE_ID}")


def test_without_settings_a_program_says_what_is_missing(environment: Path) -> None:
    result = python(environment, programs()[0][1])
    assert result.returncode == 1
    assert "CredentialsError: no credentials: pass credentials=Credentials(access_key=" in result.stderr

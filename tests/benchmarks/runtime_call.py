"""CPU of a signed small call through the runtime against raw httpx and json.

`python tests/benchmarks/runtime_call.py` prints a table: adjacent pairs of loops over loopback in one process; first
calls and imports in fresh processes (with compiled bytecode, as an installed package has it).
"""

from __future__ import annotations

import compileall
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
CALLS = 300
PAIRS = 15


def _server() -> tuple[subprocess.Popen[str], str]:
    """Start the loopback server in a process of its own, so that its CPU is not ours."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.loopback import Loopback, json_answer\nfrom tests.runtime_sample import THING\n"
        "server = Loopback([json_answer(THING, 202)])\nprint(server.url, flush=True)\nsys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def _cpu(function: object, calls: int) -> float:
    begun = time.process_time()
    for _ in range(calls):
        function()  # type: ignore[operator]
    return (time.process_time() - begun) / calls * 1e6


def _steady(url: str) -> list[tuple[str, float, float, float]]:
    from tests.runtime_sample import SHOW, UPDATE, ThingsClient, credentials, operation

    show = operation(
        responses=("202",), types=lambda: SHOW.types().__class__(responses={"202": SHOW.types().responses["200"]})
    )
    rows = []
    with httpx.Client() as raw, ThingsClient(credentials=credentials(), base_url=url) as client:
        cases = [
            (
                "GET",
                lambda: json.loads(raw.get(f"{url}/v1/things/t1").content),
                lambda: client._call(show, {"thing_id": "t1"}),
            ),
            (
                "PUT",
                lambda: raw.put(f"{url}/v1/things/t1", json={"description": "x", "worker_type": "Celery"}).json(),
                lambda: client._call(UPDATE, {"thing_id": "t1"}, {"description": "x", "worker_type": "Celery"}),
            ),
        ]
        for name, plain, ours in cases:
            _cpu(plain, 50), _cpu(ours, 50)
            pairs = [(_cpu(plain, CALLS), _cpu(ours, CALLS)) for _ in range(PAIRS)]
            ratio = statistics.median(b / a for a, b in pairs)
            rows.append((name, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio))
    return rows


_RAW = """
import httpx, json, time, sys
t = time.process_time()
client = httpx.Client()
json.loads(client.get(sys.argv[1] + "/v1/things/t1").content)
print((time.process_time() - t) * 1000)
"""
_OURS = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from tests.runtime_sample import UPDATE, ThingsClient, credentials
t = time.process_time()
client = ThingsClient(credentials=credentials(), base_url=sys.argv[1])
client._call(UPDATE, {{"thing_id": "t1"}}, {{"description": "x"}})
print((time.process_time() - t) * 1000)
"""
_IMPORT_RAW = """
import time
t = time.process_time()
import httpx, pydantic
class Model(pydantic.BaseModel):
    name: str
print((time.process_time() - t) * 1000)
"""
_IMPORT_OURS = """
import sys, time
sys.path.insert(0, sys.argv[1])
t = time.process_time()
import httpx, pydantic, apiscribe_runtime.client, apiscribe_runtime.model, apiscribe_runtime.operation
print((time.process_time() - t) * 1000)
"""


def _fresh(code: str, argument: str) -> float:
    run = [sys.executable, "-c", code, argument]
    return statistics.median(
        float(subprocess.run(run, capture_output=True, text=True, check=True).stdout) for _ in range(9)
    )


def main() -> None:
    """Print the table."""
    process, url = _server()
    try:
        print(f"{'signed call':<14}{'raw us':>10}{'ours us':>10}{'ratio':>8}")
        for name, plain, ours, ratio in _steady(url):
            print(f"{name:<14}{plain:>10.0f}{ours:>10.0f}{ratio:>8.2f}")
        plain, ours = _fresh(_RAW, url), _fresh(_OURS, url)
        print(f"{'first call':<14}{plain:>9.1f}m{ours:>9.1f}m{ours - plain:>+7.1f} ms")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "templates" / "runtime", Path(folder) / "apiscribe_runtime")
            compileall.compile_dir(folder, quiet=1)
            plain, ours = _fresh(_IMPORT_RAW, ""), _fresh(_IMPORT_OURS, folder)
        print(f"{'import':<14}{plain:>9.1f}m{ours:>9.1f}m{ours / plain:>8.2f}")
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()

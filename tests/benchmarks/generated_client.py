"""Measures the generated package beside raw httpx, pydantic and json: importing, the first call, and calls after it.

The package is compiled to bytecode, as an installer does. The server is a process of its own; imports and first calls
run in fresh processes, calls after that in this one.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
DISTRIBUTION = ROOT / "generated" / "samsungcloud"
IMPORT, FIRST_CALL, CALL = 1.15, 15.0, 1.2

SERVER = """
import sys
sys.path.insert(0, sys.argv[1])
from stubs.loopback import Answer, LoopbackServer
answer = {"account": {}, "account_id": "a", "cluster_id": "c", "created_dt": "2026-02-11T06:41:25.347Z",
    "data_ops_id": "d", "data_ops_name": "ops", "data_ops_service_id": "s", "data_ops_service_name": "nightly",
    "http_port": 8080, "image_id": "i", "instance_id": "n",
    "modified_dt": "2026-02-11T06:41:25.347Z", "namespace_name": "n",
    "state": "RUNNING", "storage_class_name": "nfs", "version": "2.9"}
with LoopbackServer(default=Answer(status=202, json=answer)) as server:
    server.requests = type("Forgetful", (), {"append": lambda self, request: None})()
    print(server.base_url, flush=True)
    sys.stdin.read()
"""
MODEL = "import pydantic\nclass Model(pydantic.BaseModel):\n    name: str"
IMPORT_RAW = f"import httpx\n{MODEL}"
IMPORT_OURS = "from samsungcloud import Credentials, DataOps"
PLAIN = {"description": "nightly", "worker_type": "Celery"}
FIRST_RAW = f"""
client = httpx.Client(VERIFY)
json.loads(client.put(sys.argv[1] + "/v1/data-ops-services/s", json={PLAIN!r}).content)
"""
FIRST_OURS = f"""
client = DataOps(credentials=Credentials("access-key", "secret-key"), base_url=sys.argv[1])
client.update_data_ops_service("s", **{PLAIN!r})
"""


def fresh(folder: str, before: str, measured: str, *arguments: str) -> float:
    """Run code in a fresh process that finds the package in a folder; give the CPU milliseconds of what is measured."""
    begin, end = "begun = time.process_time()", "print((time.process_time() - begun) * 1e3)"
    code = "\n".join(("import sys, time", f"sys.path.insert(0, {folder!r})", before, begin, measured, end))
    # Without bytecode, what is measured is the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(run.stdout)


def microseconds(function: Callable[[], object], calls: int) -> float:
    """Give the CPU time of one call."""
    begun = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - begun) / calls * 1e6


def steady(url: str, pairs: int, calls: int) -> dict[str, list[tuple[float, float]]]:
    """Measure calls of both kinds in turns."""
    import httpx
    from samsungcloud import Credentials, DataOps

    found: dict[str, list[tuple[float, float]]] = {}
    credentials = Credentials("0123456789abcdef0123456789abcdef", "11111111-2222-3333-4444-555555555555")
    with httpx.Client() as raw, DataOps(credentials=credentials, base_url=url) as client:
        address = f"{url}/v1/data-ops-services/s"
        cases: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "GET": (lambda: json.loads(raw.get(address).content), lambda: client.show_data_ops_service("s")),
            "PUT": (
                lambda: json.loads(raw.put(address, json=PLAIN).content),
                lambda: client.update_data_ops_service("s", description="nightly", worker_type="Celery"),
            ),
        }
        for name, (theirs, ours) in cases.items():
            microseconds(theirs, 50), microseconds(ours, 50)
            found[name] = []
            for number in range(pairs):
                order = (theirs, ours) if number % 2 else (ours, theirs)
                times = {function: microseconds(function, calls) for function in order}
                found[name].append((times[theirs], times[ours]))
    return found


def row(what: str, theirs: float, ours: float, unit: str, measure: str, limit: str, holds: bool) -> bool:
    """Print a row of the table, and say whether its limit holds."""
    print(f"{what:26}{theirs:9.1f} {unit}{ours:9.1f} {unit}{measure:>10}{limit:>10}{'' if holds else '  missed'}")
    return holds


def ratio(pairs: list[tuple[float, float]]) -> float:
    """Give the median of the pairs' ratios."""
    return statistics.median(ours / theirs for theirs, ours in pairs)


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the median of each side."""
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def fresh_pairs(
    pairs: int, folder: str, theirs: tuple[str, str], ours: tuple[str, str], *arguments: str
) -> list[tuple[float, float]]:
    """Measure both sides in fresh processes, in turns which is first."""
    found = []
    for number in range(pairs):
        if number % 2:
            second, first = fresh(folder, *ours, *arguments), fresh(folder, *theirs, *arguments)
        else:
            first, second = fresh(folder, *theirs, *arguments), fresh(folder, *ours, *arguments)
        found.append((first, second))
    return found


def table(url: str, folder: str, pairs: int, calls: int) -> bool:
    """Print the table, and say whether the limits hold."""
    print(f"{'median CPU':26}{'raw':>9}   {'ours':>10}   {'measure':>10}{'limit':>10}")
    found = fresh_pairs(pairs, folder, ("", IMPORT_RAW), ("", IMPORT_OURS))
    value = ratio(found)
    held = [row("import", *medians(found), "ms", f"{value:.2f}", f"{IMPORT:.2f}", value <= IMPORT)]
    # The address is http://, so raw httpx gets a context that loads no certificates. Both sides have a model defined
    # before: with the first one pydantic searches all installed distributions for plugins.
    theirs, ours = FIRST_RAW.replace("VERIFY", "verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)"), FIRST_OURS
    before = (f"import json, ssl\n{IMPORT_RAW}", f"import ssl\n{IMPORT_OURS}\n{MODEL}")
    found = fresh_pairs(pairs, folder, (before[0], theirs), (before[1], ours), url)
    value = statistics.median(ours - theirs for theirs, ours in found)
    held.append(
        row("first call", *medians(found), "ms", f"{value:+.1f} ms", f"{FIRST_CALL:.0f} ms", value <= FIRST_CALL)
    )
    both = (f"{IMPORT_RAW}\nimport json, ssl\n{theirs}", f"{IMPORT_OURS}\n{ours}")
    found = fresh_pairs(pairs, folder, ("", both[0]), ("", both[1]), url)
    row("import and first call", *medians(found), "ms", f"{ratio(found):.2f}", "", True)
    for name, found in steady(url, pairs, calls).items():
        value = ratio(found)
        held.append(row(f"signed {name}", *medians(found), "µs", f"{value:.2f}", f"{CALL:.2f}", value <= CALL))
    return all(held)


def main() -> None:
    """Print a table of medians; the exit status tells whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, help="pairs of each kind (default %(default)s)")
    parser.add_argument("--calls", type=int, default=300, help="calls in each half of a pair (default %(default)s)")
    options = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(DISTRIBUTION)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(DISTRIBUTION / "samsungcloud", Path(folder) / "samsungcloud")
            compileall.compile_dir(folder, quiet=1)
            sys.path.insert(0, folder)
            held = table(url, folder, options.pairs, options.calls)
    finally:
        server.terminate()
        server.wait()
    sys.exit(not held)


if __name__ == "__main__":
    main()

"""Measures security: a call put together and signed, with one scheme, with the second of two, and with two together."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.generation import built, imported

DOCUMENT = """\
openapi: 3.1.0
info: {{title: Shop, version: "1"}}
servers: [{{url: "https://shop.example.com"}}]
security: {security}
paths:
  /things: {{get: {{operationId: list_things, responses: {{"204": {{description: ok}}}}}}}}
components:
  securitySchemes:
    Key: {{type: apiKey, in: header, name: X-Key}}
    App: {{type: apiKey, in: header, name: X-App}}
    User: {{type: http, scheme: basic}}
"""
ROWS = {
    "nothing": ("[]", {}),
    "one scheme": ("[{Key: []}]", {"api_key": "key-1"}),
    "the second of two": ("[{User: []}, {Key: []}]", {"api_key": "key-1"}),
    "two together": ("[{Key: [], App: []}]", {"key": "key-1", "app": "app-2"}),
}


def client_call(security: str, credentials: dict[str, str], folder: Path, package: str) -> Callable[[], object]:
    """Generate a package, and give what puts one call of its client together and signs it."""
    with imported(built(DOCUMENT.format(security=security), package=package).texts, folder, package) as module:
        given = module.Credentials(**credentials) if credentials else None
        client: Any = module.Shop(credentials=given)
        operation = sys.modules[type(client).__module__]._operations.list_things
        core = client._core
        options = sys.modules[f"{package}._runtime.core"].NO_OPTIONS
        unset = sys.modules[f"{package}._runtime.unset"].UNSET
        core.call(operation, {}, None, unset, options, stream=False).sign()
    return lambda: core.call(operation, {}, None, unset, options, stream=False).sign()


def microseconds(function: Callable[[], object], calls: int) -> float:
    """Give the CPU time of one call."""
    start = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - start) / calls * 1e6


def main() -> None:
    """Print a table of medians, all series by turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=5_000, help="calls of each series (default %(default)s)")
    parser.add_argument("--series", type=int, default=15, help="series; the median counts (default %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls = {
            name: client_call(security, given, Path(folder) / str(number), f"shop{number}")
            for number, (name, (security, given)) in enumerate(ROWS.items())
        }
        times: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(options.series):
            for name, function in calls.items():
                times[name].append(microseconds(function, options.calls))
    print(f"{'CPU time of one call until it is sent':40}{'µs':>8}")
    for name, series in times.items():
        print(f"{name:40}{statistics.median(series):8.2f}")


if __name__ == "__main__":
    main()

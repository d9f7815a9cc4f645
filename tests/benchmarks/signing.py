"""Measures signing: from the arguments of the compiled first recipe to its header values, beside the bare HMAC."""

from __future__ import annotations

import argparse
import hmac
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.signing_room import ACCESS_KEY, CREDENTIALS, SECRET_KEY, credentials, first_recipe, signer

URL = "https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?size=20&page=0&sort=created_dt:desc"
NOW = 1605290625.682


def microseconds(function: Callable[[], object], calls: int) -> float:
    """Give the CPU time of one call."""
    start = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - start) / calls * 1e6


def main() -> None:
    """Print a table of medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=50_000, help="calls of each series (default %(default)s)")
    parser.add_argument("--series", type=int, default=9, help="series; the median counts (default %(default)s)")
    parser.add_argument("--limit", type=float, default=8.0, help="microseconds allowed (default %(default)s)")
    options = parser.parse_args()
    recipe = first_recipe()
    sign = signer(recipe)
    plain = credentials(recipe, CREDENTIALS)
    temporary = credentials(recipe, {**CREDENTIALS, "session_token": "2" * 200})
    key, message = SECRET_KEY.encode(), f"GET{URL}{NOW}{ACCESS_KEY}Openapi".encode()
    rows: dict[str, Callable[[], object]] = {
        "sign, the first recipe": lambda: sign("GET", URL, {}, b"", plain, NOW),
        "sign, with a session token": lambda: sign("GET", URL, {}, b"", temporary, NOW),
        "hmac.digest alone": lambda: hmac.digest(key, message, "sha256"),
    }
    print(f"{'':30}{'µs':>8}{'limit':>8}")
    slow = False
    for name, function in rows.items():
        median = statistics.median(microseconds(function, options.calls) for _ in range(options.series))
        print(f"{name:30}{median:8.2f}{options.limit:8.1f}")
        slow = slow or median > options.limit
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()

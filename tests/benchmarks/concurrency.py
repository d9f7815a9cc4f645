"""Measures many concurrent signed calls on one async client beside raw httpx and json, bounded by a semaphore alike."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
from samsungcloud import AsyncDataOps, Credentials
from tests.benchmarks.servers.quick import quick_server

THROUGHPUT = 0.9
CREDENTIALS = Credentials("0123456789abcdef0123456789abcdef", "11111111-2222-3333-4444-555555555555")
One = Callable[[int], Awaitable[bool]]


async def timed(one: One, calls: int) -> tuple[float, float]:
    """Make the calls all at once; give wall and CPU seconds."""
    begun, cpu = time.perf_counter(), time.process_time()
    succeeded = await asyncio.gather(*(one(number) for number in range(calls)))
    took = time.perf_counter() - begun, time.process_time() - cpu
    if sum(succeeded) != calls:
        sys.exit(f"{calls - sum(succeeded)} of {calls} calls failed")
    return took


async def measured(url: str, calls: int, places: int, pairs: int) -> list[tuple[tuple[float, float], ...]]:
    """Measure both kinds in turns."""
    limits = httpx.Limits(max_connections=places, max_keepalive_connections=places)
    options = {"credentials": CREDENTIALS, "base_url": url, "max_concurrency": places}
    async with httpx.AsyncClient(limits=limits) as raw, AsyncDataOps(**options) as client:
        bound = asyncio.Semaphore(places)

        async def theirs(number: int) -> bool:
            async with bound:
                response = await raw.get(f"{url}/v1/data-ops-services/{number}")
                return bool(json.loads(response.content)["data_ops_service_name"] == "nightly")

        async def ours(number: int) -> bool:
            return (await client.show_data_ops_service(str(number))).data_ops_service_name == "nightly"

        for one in (theirs, ours):
            await timed(one, calls)
        found = []
        for number in range(pairs):
            order = (theirs, ours) if number % 2 else (ours, theirs)
            times = {one: await timed(one, calls) for one in order}
            found.append((times[theirs], times[ours]))
        return found


def main() -> None:
    """Print a table of medians; the exit status tells whether the limit holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1000, help="calls at once (default %(default)s)")
    parser.add_argument("--places", type=int, default=32, help="calls under way at a time (default %(default)s)")
    parser.add_argument("--pairs", type=int, default=11, help="pairs of runs (default %(default)s)")
    options = parser.parse_args()
    with quick_server() as url:
        found = asyncio.run(measured(url, options.calls, options.places, options.pairs))
    print(f"{options.calls} calls, {options.places} at a time{'raw httpx':>22}{'ours':>12}{'ratio':>8}{'limit':>8}")
    for what, which in (("calls per second", 0), ("calls per CPU second", 1)):
        theirs, ours = (statistics.median(options.calls / pair[side][which] for pair in found) for side in (0, 1))
        ratio = statistics.median(pair[0][which] / pair[1][which] for pair in found)
        missed = ratio < THROUGHPUT
        print(f"{what:34}{theirs:>14.0f}{ours:>12.0f}{ratio:>8.2f}{THROUGHPUT:>8.2f}{'  missed' if missed else ''}")
    sys.exit(missed)


if __name__ == "__main__":
    main()

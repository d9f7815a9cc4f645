"""Measures the memory of one client over many calls: every tenth is answered with an error, which is caught."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from samsungcloud import AsyncDataOps, Credentials, DataOps, NotFoundError
from tests.benchmarks.servers.quick import quick_server

STEPS = 10
GROWTH = 2.0
LEFT_BEHIND = 32.0
CREDENTIALS = Credentials("0123456789abcdef0123456789abcdef", "11111111-2222-3333-4444-555555555555")
Work = Callable[[int], None]


def resident() -> float:
    """Give the resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024**2


def sync_work(client: DataOps) -> Work:
    """Give what makes so many calls one after the other."""

    def work(calls: int) -> None:
        for number in range(calls):
            try:
                client.show_data_ops_service("missing" if number % 10 == 9 else str(number))
            except NotFoundError:
                continue

    return work


def async_work(client: AsyncDataOps, runner: asyncio.Runner) -> Work:
    """Give what makes so many calls, a hundred at once."""

    async def one(number: int) -> None:
        try:
            await client.show_data_ops_service("missing" if number % 10 == 9 else str(number))
        except NotFoundError:
            return

    async def all_of(calls: int) -> None:
        for begin in range(0, calls, 100):
            await asyncio.gather(*(one(number) for number in range(begin, min(begin + 100, calls))))

    return lambda calls: runner.run(all_of(calls))


def traced(work: Work, calls: int) -> float:
    """Give by how many KiB the Python objects of a client grow over so many calls."""
    tracemalloc.start()
    try:
        work(calls)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        work(calls)
        gc.collect()
        return (tracemalloc.get_traced_memory()[0] - before) / 1024
    finally:
        tracemalloc.stop()


def row(kind: str, work: Work, calls: int) -> bool:
    """Measure one kind of client, print its row, and say whether its limits hold."""
    sizes = []
    for _ in range(STEPS):
        work(calls // STEPS)
        gc.collect()
        sizes.append(resident())
    growth = max(sizes) - sizes[0]
    left = traced(work, calls // 50)
    held = growth <= GROWTH and left <= LEFT_BEHIND
    steps = " ".join(f"{size:6.1f}" for size in sizes)
    print(f"{kind:6}{steps}{growth:+8.2f} MiB{left:+8.1f} KiB{'' if held else '  missed'}", flush=True)
    return held


def main() -> None:
    """Print a row for each kind of client; the exit status tells whether memory stayed flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000, help="calls of each client (default %(default)s)")
    options = parser.parse_args()
    print(f"MiB resident after each {options.calls // STEPS} of {options.calls} calls; growth after the first of them")
    print(f"(limit {GROWTH} MiB); growth of Python objects over {options.calls // 50} calls (limit {LEFT_BEHIND} KiB)")
    with quick_server() as url, asyncio.Runner() as runner:
        with DataOps(credentials=CREDENTIALS, base_url=url) as client:
            held = [row("sync", sync_work(client), options.calls)]
        async_client = AsyncDataOps(credentials=CREDENTIALS, base_url=url)
        held.append(row("async", async_work(async_client, runner), options.calls))
        runner.run(async_client.aclose())
    sys.exit(not all(held))


if __name__ == "__main__":
    main()

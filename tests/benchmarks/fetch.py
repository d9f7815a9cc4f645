"""How many pages are fetched in a second of CPU time, what comes over the wire, and what is kept, from loopback.

The server is a process of its own; times are of the fetching process alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.portal_site import numbered_portal, portal  # noqa: E402

from apiscribe.capture.fetch import Order, Store, fetch  # noqa: E402

MENU = 4_300_000
CASES = (
    ("small pages", 2000, 0, ""),
    ("pages of 4.3 MB", 60, MENU, ""),
    ("pages of 4.3 MB, gzip", 60, MENU, "compress"),
    ("pages of 4.3 MB, ranges", 60, MENU, "ranges"),
)


def serve(count: int, padding: int, option: str) -> None:
    """Serve a portal until standard input ends."""
    with portal(numbered_portal(count, padding=padding), **({option: True} if option else {})) as here:
        print(here.address, flush=True)
        sys.stdin.read()


def measured(folder: Path, address: str) -> tuple[float, float, int, int]:
    """Fetch once: seconds, CPU seconds, bytes received, bytes kept."""
    started, cpu = time.perf_counter(), time.process_time()
    outcome = fetch(Order(address=address, user_agent="benchmark", concurrency=8), Store(folder, {}, write=True))
    assert not outcome.diagnostics, outcome.diagnostics
    stored = sum(path.stat().st_size for path in folder.rglob("*.html"))
    return time.perf_counter() - started, time.process_time() - cpu, outcome.received, stored


def main() -> None:
    """Print a table: the first run of each portal, and a second one that finds nothing changed."""
    if len(sys.argv) > 1:
        serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
        return
    print(f"{'portal':26}{'run':8}{'pages':>7}{'pages/s':>9}{'CPU ms/page':>13}{'MB received':>13}{'KB kept':>9}")
    for title, count, padding, option in CASES:
        command = [sys.executable, __file__, str(count), str(padding), option]
        with (
            tempfile.TemporaryDirectory() as folder,
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
        ):
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            for run in ("first", "again"):
                seconds, cpu, received, stored = measured(Path(folder), address)
                row = (count, count / seconds, 1000 * cpu / count, received / 1e6, stored / 1e3)
                print(f"{title:26}{run:8}{row[0]:7}{row[1]:9.1f}{row[2]:13.2f}{row[3]:13.2f}{row[4]:9.1f}")


if __name__ == "__main__":
    main()

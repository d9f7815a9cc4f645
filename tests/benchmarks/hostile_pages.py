"""What hostile pages cost: every one at its full size through capture; the slowest of them, and the memory of all.

Seconds are of the processor; memory is the most that the process ever held, the pages themselves included.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile_pages import hostile_pages  # noqa: E402
from tests.portal_pages import capture_pages  # noqa: E402

from apiscribe.errors import ApiscribeError  # noqa: E402

MAX_SECONDS = 2.0
MAX_MEGABYTES = 1024.0
SHOWN = 10


def main() -> int:
    """Print the slowest pages, and tell whether every promise is kept."""
    took: list[tuple[float, str, int]] = []
    refused = 0
    for page in hostile_pages():
        started = time.process_time()
        try:
            capture_pages((f"s/{page.file}", page.data), service="s")
        except ApiscribeError:
            refused += 1
        took.append((time.process_time() - started, page.name, len(page.data)))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'CPU s':>6} {'bytes':>10}  page")
    for seconds, name, size in sorted(took, reverse=True)[:SHOWN]:
        print(f"{seconds:>6.2f} {size:>10}  {name}")
    print(f"{len(took)} pages: {refused} refused, {len(took) - refused} read right; {megabytes:.0f} MB at most")
    return 0 if max(took)[0] <= MAX_SECONDS and megabytes <= MAX_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())

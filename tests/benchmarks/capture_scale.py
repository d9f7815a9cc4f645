"""How capture grows: HTML pages as large as a portal's, with the menu of all pages before the content of each.

Pages are written below a temporary folder and captured by the command itself, a process for each size, so that memory
is its own. Seconds are of the processor, user and system; a recapture finds the same pages and documents again.

    python tests/benchmarks/capture_scale.py [PAGES ...] [--menu BYTES] [--folder DIR]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.portal_pages import Endpoint, Service, endpoint_page, model_page  # noqa: E402

SIZES = (100, 500, 1_500)
MENU = 4_300_000
SERVICE_PAGES = 25
MIN_PAGES_PER_SECOND = 25.0
MAX_MEGABYTES = 400.0
MIN_SPEEDUP = 20.0
# The last size may cost this much more for each page than the first one; starting the command is not counted.
MAX_GROWTH = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run of the command took."""

    cpu: float
    wall: float
    megabytes: float


def service(number: int) -> Service:
    """Make a service with twelve operations in one or two versions, and with models."""
    name = f"service-{number}"
    models = {
        f"Thing{at}": [
            ("id", "required", ["id", "Example : 2a9be312-5d4b-4bc8-b2ae-35100fa9241f"], "string", ""),
            ("name", "required", ["Name", "Example : a", "Pattern : ^[a-z][a-z0-9-_]*$"], "string", ""),
            ("created_at", "optional", ["Created"], "any of [string (date-time), null]", ""),
            ("tags", "optional", ["Tags"], "array[object]", "[]"),
            ("state", "optional", ["State"], "enum (ACTIVE, STOPPED)", "ACTIVE"),
        ]
        for at in range(12)
    }
    endpoints = [
        Endpoint(
            name=f"ShowThing{at}",
            method="get",
            path=f"/v1/things-{at}/{{thing_id}}",
            rows=[
                (
                    "header",
                    "Scp-Request-Path",
                    "optional",
                    ["Scp-Request-Path", "Example : openapi"],
                    "string",
                    "openapi",
                ),
                ("path", "thing_id", "required", ["Thing", "Example : 7"], "string", "None"),
                ("query", "size", "optional", ["size", "Example : 20"], "any of [integer, null]", "20"),
            ],
            responses=[("200", "OK", f"Thing{at}"), ("403", "Forbidden", "None"), ("404", "Not Found", "None")],
            samples={"200": {"id": "", "name": "a", "created_at": "", "tags": [], "state": "ACTIVE"}},
        )
        for at in range(13)
    ]
    endpoints[12].responses[0] = ("200", "OK", "None")
    endpoints[12].samples = {}
    return Service(name=name, title=f"Service {number}", endpoints=endpoints, models=models)


def pages(count: int, menu: int) -> Iterator[tuple[str, bytes]]:
    """Give names and contents of so many pages."""
    entry = (
        '<li class="td-sidebar-nav__section-title without-child" id=m-{0}-li><input type=checkbox id=m-{0}-check>'
        '<label for=m-{0}-check><a href=/en/apireference/a/b/apis/listthings{0}/ title="List Things {0}" '
        'class="align-left ps-0 td-sidebar-link" id=m-{0}><span>List Things {0}</span></a></label></li>'
    )
    entries = "".join(entry.format(number) for number in range(menu // len(entry.format(12345)) + 1))
    before = f"<nav id=td-section-nav><a href=/>한국어</a><ul class=ul-0>{entries}</ul></nav><main ".encode()
    for number in range(count):
        at, page = divmod(number, SERVICE_PAGES)
        one = service(at)
        if page < 13:
            endpoint = one.endpoints[page]
            name = f"{one.name}/apis/{endpoint.slug}/{endpoint.version}.html"
            data = endpoint_page(one, endpoint, "d")
        else:
            model = f"Thing{page - 13}"
            name, data = f"{one.name}/models/{model.lower()}.html", model_page(one, model, "d")
        yield name, data.replace(b"<main ", before, 1)


def captured(folder: Path, out: Path, cache: Path) -> Cost:
    """Run the command, and measure it."""
    command = [sys.executable, "-m", "apiscribe", "capture", str(folder), "--out", str(out)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(said.decode())
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime, wall=time.perf_counter() - started, megabytes=usage.ru_maxrss / 1024
    )


def main() -> int:
    """Print the table, and tell whether every promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), metavar="PAGES")
    parser.add_argument("--menu", type=int, default=MENU, metavar="BYTES")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where the pages are written for a while")
    options = parser.parse_args()
    print(f"{'pages':>6} {'CPU s':>8} {'wall s':>8} {'pages/s':>8} {'MB':>7} {'again s':>8} {'faster':>7}")
    rates = []
    kept = True
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        folder, written = Path(temporary, "pages"), 0
        for size in sorted(options.sizes):
            for name, data in islice(pages(size, options.menu), written, None):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            written = size
            time.sleep(0.2)  # what was written a moment ago is not taken for settled
            first = captured(folder, Path(temporary, f"out-{size}"), Path(temporary, "cache"))
            again = captured(folder, Path(temporary, f"out-{size}"), Path(temporary, "cache"))
            rate, speedup = size / first.cpu, first.cpu / again.cpu
            rates.append(rate)
            kept = kept and rate >= MIN_PAGES_PER_SECOND and first.megabytes <= MAX_MEGABYTES
            kept = kept and (size < SIZES[-1] or speedup >= MIN_SPEEDUP)
            took = f"{size:>6} {first.cpu:>8.2f} {first.wall:>8.2f} {rate:>8.1f} {first.megabytes:>7.0f}"
            print(f"{took} {again.cpu:>8.2f} {speedup:>6.0f}x")
    return 0 if kept and rates[-1] * MAX_GROWTH >= rates[0] else 1


if __name__ == "__main__":
    sys.exit(main())

"""Generation side by side with openapi-python-client and OpenAPI Generator: CPU, wall time and memory of each document.

The peers are installed in environments of their own below the work folder, each with its default hooks; OpenAPI
Generator needs Java. Every run is cold: no cache, no output of an earlier run; bytecode is there. The runs of a round
take turns, and what is shown are medians over the rounds.

CPU is that of the whole tree of processes. Memory is the peak of the sum of the resident memory of the tree, looked at
twenty times a second; pages that two processes share count twice.
A peer that fails is shown as failed, one that leaves operations out with how many its output holds; it is a measure of
what we spend where it gives at least 95 of 100 operations.
Without `--documents` there is nothing to compare, and nothing is measured.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OURS: Final = ("ruff", "black")
PEERS: Final = {"opc": "openapi-python-client==0.29.1", "oag": "openapi-generator-cli==7.26.0"}
TURNS: Final = ("ruff", "opc", "black", "oag")
# The copy of a collection, and the official document, which is twice as long.
GITHUB: Final = ("github.com-api.github.com.json", "octokit-openapi.json")
DEFAULT: Final = (10_000, 30_000, 60_000, 100_000, 200_000, 400_000, 600_000, 900_000, 1_200_000, 2_000_000, 3_000_000)
UP_TO: Final = 3_000_000
MIN_OPERATIONS: Final = 0.95
MAX_GITHUB, MAX_MEGABYTES, MAX_BLACK_WALL = 2.0, 600.0, 0.6
# What stands once for each operation in what is generated.
OPERATIONS: Final = {
    "ruff": ("**/_operations.py", re.compile(r"return _operation\.Operation\(")),
    "black": ("**/_operations.py", re.compile(r"return _operation\.Operation\(")),
    "opc": ("**/api/*/*.py", re.compile(r"^def sync_detailed\(", re.MULTILINE)),
    "oag": ("**/api/*.py", re.compile(r"^    def \w+_with_http_info\(", re.MULTILINE)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one run took: CPU and wall seconds, megabytes, whether it failed, and the operations it gave."""

    cpu: float
    wall: float
    megabytes: float
    failed: bool
    operations: int = 0


def median_of(runs: Sequence[Spent]) -> Spent:
    """Give the medians of runs; it failed if one of them did."""
    return Spent(
        cpu=statistics.median(run.cpu for run in runs),
        wall=statistics.median(run.wall for run in runs),
        megabytes=statistics.median(run.megabytes for run in runs),
        failed=any(run.failed for run in runs),
        operations=min(run.operations for run in runs),
    )


def install(work: Path) -> None:
    """Install every peer in an environment of its own, once."""
    for name, requirement in PEERS.items():
        folder = work / "peers" / name
        if not (folder / "installed").exists():
            venv.create(folder, with_pip=True, clear=True)
            subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", requirement], check=True)
            (folder / "installed").touch()


class Watch(threading.Thread):
    """Looks at the resident memory of a tree of processes until it is told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.ended = threading.Event()
        self._pid = pid

    def run(self) -> None:
        """Keep the largest sum that is seen."""
        while not self.ended.wait(0.05):
            self.peak = max(self.peak, sum(map(resident, tree(self._pid))))


def tree(pid: int) -> list[int]:
    """List a process and those it started, as far as they still run."""
    found = [pid]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def resident(pid: int) -> float:
    """Give the resident megabytes of a process, 0 if it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def spend(command: list[str], folder: Path, path: Path | None = None) -> Spent:
    """Run a command in a folder, with the programs of an environment before all others, and measure its processes."""
    search = os.environ["PATH"] if path is None else f"{path}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PATH": search, "XDG_CACHE_HOME": str(folder / "cache")}
    with (folder / "log").open("wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        watch = Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        watch.ended.set()
        watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    # What ends between two looks is at least as large as the largest process ever was.
    megabytes = max(watch.peak, usage.ru_maxrss / 1024)
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(cpu=cpu, wall=wall, megabytes=megabytes, failed=process.returncode != 0)


def command_of(name: str, document: Path, work: Path) -> list[str]:
    """Give the command that generates from a document into `out`."""
    if name in OURS:
        options = ["--out", "out", "--package", "peer", "--skip-invalid", "--formatter", name]
        return [sys.executable, "-m", "apiscribe", "generate", str(document), *options]
    program = work / "peers" / name / "bin" / PEERS[name].partition("==")[0]
    if name == "opc":
        return [str(program), "generate", "--path", str(document), "--output-path", "out"]
    # A document that its validation refuses may still generate, and validation costs.
    return [str(program), "generate", "-g", "python", "-i", str(document), "-o", "out", "--skip-validate-spec"]


def run(name: str, document: Path, work: Path) -> Spent:
    """Generate once from a document with one of us or of the peers, in a folder that holds nothing."""
    folder = fresh(work, name)
    spent = spend(command_of(name, document, work), folder, work / "peers" / name / "bin" if name in PEERS else None)
    pattern, once = OPERATIONS[name]
    found = sum(len(once.findall(path.read_text(errors="replace"))) for path in (folder / "out").glob(pattern))
    return Spent(cpu=spent.cpu, wall=spent.wall, megabytes=spent.megabytes, failed=spent.failed, operations=found)


def fresh(work: Path, name: str) -> Path:
    """Make an empty folder for one run."""
    folder = work / "runs" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def chosen(folder: Path, names: list[str]) -> list[Path]:
    """Choose the named documents, else of every size the one that comes nearest, and GitHub's."""
    if names:
        return [folder / name for name in names]
    found = sorted(path for path in folder.iterdir() if path.suffix in {".json", ".yaml"})
    near = [min(found, key=lambda path: (abs(path.stat().st_size - size), path.name)) for size in DEFAULT]
    return [*dict.fromkeys(near), *(path for path in found if path.name in GITHUB)]


def compare(document: Path, work: Path, rounds: int) -> dict[str, Spent]:
    """Generate from one document with everything, in turns."""
    runs: dict[str, list[Spent]] = {name: [] for name in TURNS}
    for _ in range(rounds):
        for name in TURNS:
            runs[name].append(run(name, document, work))
    return {name: median_of(found) for name, found in runs.items()}


def is_measure(spent: Spent, ours: Spent) -> bool:
    """Tell whether a peer did the work, whether or not it ended well: one that gave up early has few operations."""
    return spent.operations >= MIN_OPERATIONS * ours.operations


def row(document: Path, spent: dict[str, Spent]) -> tuple[str, bool]:
    """Write a row of the table, and tell whether it keeps what is promised."""
    ruff, black = spent["ruff"], spent["black"]
    ratios = {peer: ruff.cpu / spent[peer].cpu for peer in PEERS}
    share, parallel = 1 - ruff.cpu / black.cpu, black.wall / black.cpu
    size = document.stat().st_size
    kept = not any(spent[name].failed for name in OURS) and parallel <= MAX_BLACK_WALL
    if size <= UP_TO:
        kept = kept and all(ratios[peer] < 1 for peer in PEERS if is_measure(spent[peer], ruff))
    elif document.name in GITHUB:
        kept = kept and ruff.megabytes < MAX_MEGABYTES
        kept = kept and (not is_measure(spent["opc"], ruff) or ratios["opc"] <= MAX_GITHUB)
    cells = (
        f"{document.name} | {size / 1e6:.2f} | {ruff.operations} | {ruff.cpu:.2f}",
        " | ".join(told(spent[peer], ruff) for peer in PEERS),
        f"{ratios['opc']:.2f} | {ratios['oag']:.2f} | {black.cpu:.1f} | {share:.0%} | {parallel:.2f}",
        " / ".join(f"{spent[name].megabytes:.0f}" for name in (*OURS, *PEERS)),
    )
    return f"| {' | '.join(cells)} | {'yes' if kept else 'NO'} |", kept


def told(spent: Spent, ours: Spent) -> str:
    """Write what a peer spent, and why that may be no measure."""
    fewer = f" ({spent.operations} operations)" if spent.operations < ours.operations else ""
    return f"{spent.cpu:.2f}{' FAILED' if spent.failed else ''}{fewer}"


def main() -> int:
    """Print one table; the exit status tells whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, help="folder of documents, as `make corpus` fetches them")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "apiscribe" / "peers", help="work folder")
    parser.add_argument("--only", nargs="*", default=[], help="file names of documents, in place of a choice by size")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything runs")
    options = parser.parse_args()
    if options.documents is None:
        print("peers: no --documents, nothing measured")
        return 0
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    install(work)
    print(
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores;"
    )
    print(f"{', '.join(PEERS.values())}. CPU seconds, cold, medians of {options.rounds} rounds; memory in megabytes.\n")
    print(
        "| document | MB | operations | ours, ruff | opc | oag | ours/opc | ours/oag | ours, black | of it black |",
        end="",
    )
    print(" wall/CPU with black | memory ruff / black / opc / oag | kept |")
    print("|---" * 13 + "|")
    kept, documents = True, chosen(options.documents.resolve(), options.only)
    # The first run of each leaves its bytecode behind.
    compare(min(documents, key=lambda path: path.stat().st_size), work, 1)
    for document in documents:
        text, good = row(document, compare(document, work, options.rounds))
        kept = kept and good
        print(text, flush=True)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())

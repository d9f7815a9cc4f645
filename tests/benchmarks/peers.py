"""Generation side by side with openapi-python-client and OpenAPI Generator: CPU, wall time and memory of each document.

The peers are installed in environments of their own below the work folder, each with its default hooks; OpenAPI
Generator needs Java. Every run is cold: no cache, no output of an earlier run; bytecode is there.
CPU is that of the whole tree of processes, memory that of its largest process. A peer that fails is shown as failed,
with what it had spent until then. Without `--documents` there is nothing to compare, and nothing is measured.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

OURS: Final = ("ruff", "black")
PEERS: Final = {"opc": "openapi-python-client==0.29.1", "oag": "openapi-generator-cli==7.26.0"}
GITHUB: Final = "github.com-api.github.com.json"
DEFAULT: Final = (10_000, 30_000, 60_000, 100_000, 200_000, 400_000, 600_000, 900_000, 1_200_000, 2_000_000, 3_000_000)
UP_TO: Final = 3_000_000
MAX_GITHUB, MAX_MEGABYTES, MAX_BLACK_WALL, MIN_CHANGED, MIN_UNCHANGED = 2.0, 600.0, 0.6, 10.0, 30.0


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took: CPU and wall seconds, megabytes, and whether it failed."""

    cpu: float
    wall: float
    megabytes: float
    failed: bool

    def __str__(self) -> str:
        return f"{'FAILED ' if self.failed else ''}{self.cpu:.1f}"


def install(work: Path) -> None:
    """Install every peer in an environment of its own, once."""
    for name, requirement in PEERS.items():
        folder = work / "peers" / name
        if not (folder / "installed").exists():
            venv.create(folder, with_pip=True, clear=True)
            subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", requirement], check=True)
            (folder / "installed").touch()


def spend(command: list[str], folder: Path, path: Path | None = None) -> Spent:
    """Run a command in a folder, with the programs of an environment before all others, and measure its processes."""
    search = os.environ["PATH"] if path is None else f"{path}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PATH": search, "XDG_CACHE_HOME": str(folder / "cache")}
    with (folder / "log").open("wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, process.returncode != 0)


def ours(document: Path, folder: Path, formatter: str) -> Spent:
    """Generate into a folder with `apiscribe`."""
    command = [
        "generate",
        str(document),
        "--out",
        "out",
        "--package",
        "peer",
        "--skip-invalid",
        "--formatter",
        formatter,
    ]
    return spend([sys.executable, "-m", "apiscribe", *command], folder)


def theirs(peer: str, document: Path, folder: Path, work: Path) -> Spent:
    """Generate into a folder with a peer."""
    programs = work / "peers" / peer / "bin"
    command = {
        "opc": ["openapi-python-client", "generate", "--path", str(document), "--output-path", "out"],
        "oag": ["openapi-generator-cli", "generate", "-g", "python", "-i", str(document), "-o", "out"],
    }[peer]
    command[0] = str(programs / command[0])
    # A document that its validation refuses may still generate, and validation costs.
    return spend([*command, "--skip-validate-spec"] if peer == "oag" else command, folder, programs)


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
    return [*dict.fromkeys(near), *(path for path in found if path.name == GITHUB)]


def compare(document: Path, work: Path) -> dict[str, Spent]:
    """Generate from one document with everything."""
    spent = {name: ours(document, fresh(work, name), name) for name in OURS}
    return spent | {peer: theirs(peer, document, fresh(work, peer), work) for peer in PEERS}


def row(document: Path, spent: dict[str, Spent]) -> tuple[str, bool]:
    """Write a row of the table, and tell whether it keeps what is promised."""
    ruff, black = spent["ruff"], spent["black"]
    ratios = {peer: ruff.cpu / spent[peer].cpu for peer in PEERS}
    share, parallel = 1 - ruff.cpu / black.cpu, black.wall / black.cpu
    size = document.stat().st_size
    kept = not any(spent[name].failed for name in OURS) and parallel <= MAX_BLACK_WALL
    if size <= UP_TO:
        # A peer that gave up early is no measure.
        kept = kept and all(ratios[peer] < 1 for peer in PEERS if not spent[peer].failed)
    elif document.name == GITHUB:
        kept = kept and ruff.megabytes < MAX_MEGABYTES and (spent["opc"].failed or ratios["opc"] <= MAX_GITHUB)
    cells = (
        f"{document.name} | {size / 1e6:.2f} | {ruff} | {spent['opc']} | {spent['oag']}",
        f"{ratios['opc']:.2f} | {ratios['oag']:.2f} | {black} | {share:.0%} | {parallel:.2f}",
        " / ".join(f"{spent[name].megabytes:.0f}" for name in (*OURS, *PEERS)),
    )
    return f"| {' | '.join(cells)} | {'yes' if kept else 'NO'} |", kept


def with_one_change(data: bytes) -> bytes:
    """Change the summary of one operation of a JSON document."""
    document: dict[str, Any] = json.loads(data)
    methods = {"get", "put", "post", "delete", "patch"}
    found = [item for path in document["paths"].values() for method, item in path.items() if method in methods]
    found[len(found) // 2]["summary"] = "Changed, and nothing else is"
    return json.dumps(document).encode()


def incremental(document: Path, work: Path) -> bool:
    """Measure unchanged and one changed operation beside cold."""
    folder = fresh(work, "incremental")
    copy = folder / "document.json"
    # Both texts are written alike, so that one operation is all that differs.
    copy.write_bytes(json.dumps(json.loads(document.read_bytes())).encode())
    cold, unchanged = ours(copy, folder, "ruff"), ours(copy, folder, "ruff")
    copy.write_bytes(with_one_change(copy.read_bytes()))
    changed = ours(copy, folder, "ruff")
    kept = True
    for name, spent, least in (("unchanged", unchanged, MIN_UNCHANGED), ("one changed", changed, MIN_CHANGED)):
        faster = cold.cpu / spent.cpu
        kept = kept and not spent.failed and faster >= least
        print(
            f"{document.name}, {name}: {spent.cpu:.2f} s of CPU, 1/{faster:.1f} of {cold.cpu:.2f} (at least 1/{least})"
        )
    return kept


def main() -> int:
    """Print one table; the exit status tells whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, help="folder of documents, as `make corpus` fetches them")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "apiscribe" / "peers", help="work folder")
    parser.add_argument("--only", nargs="*", default=[], help="file names of documents, in place of a choice by size")
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
    print(f"{', '.join(PEERS.values())}. CPU seconds, cold; memory in megabytes.\n")
    print("| document | MB | ours, ruff | opc | oag | ours/opc | ours/oag | ours, black | of it black |", end="")
    print(" wall/CPU with black | memory ruff / black / opc / oag | kept |")
    print("|---" * 12 + "|")
    kept, documents = True, chosen(options.documents.resolve(), options.only)
    # The first run of each leaves its bytecode behind.
    compare(min(documents, key=lambda path: path.stat().st_size), work)
    for document in documents:
        text, good = row(document, compare(document, work))
        kept = kept and good
        print(text, flush=True)
        if document.name == GITHUB:
            kept = incremental(document, work) and kept
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())

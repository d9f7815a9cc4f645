"""The main job from end to end, in under a minute: two pages, then all pages, a package, a check, signed calls.

    python tests/demo/demo.py [FOLDER]

Everything is written to FOLDER, or to a temporary folder that is removed at the end. The exit code is 0 if every step
did what it says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path("spec/samsungcloud/pages")
SEEDS = PAGES / "seeds"
SEED = SEEDS / "data-ops-update-service-1.1.txt"
SERVICES = tuple(PAGES / "en" / "data-analytics" / name for name in ("data-ops", "data-flow"))
PROJECT = """\
[api.samsungcloud]
profile = "samsungcloud"
specs = "spec"

[package.samsungcloud]
specs = ["spec/*.yaml"]
out = "client"
"""
SHOWN_WARNINGS = 2
DONE, OUT_OF_STEP = 0, 1


class DemoError(Exception):
    """A step did something else than it says."""


def main(arguments: Sequence[str]) -> int:
    """Run all steps; 1 if one of them is off."""
    began = time.monotonic()
    with folder_of(arguments) as folder:
        try:
            run_steps(folder)
        except DemoError as error:
            print(f"\nThe demo failed: {error}")
            return 1
    print(f"\nDone in {time.monotonic() - began:.0f} seconds. README.md tells the rest.")
    return 0


@contextmanager
def folder_of(arguments: Sequence[str]) -> Iterator[Path]:
    """Give the folder to write to."""
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="apiscribe-demo-") as name:
        yield Path(name).resolve()


def run_steps(folder: Path) -> None:
    """Run the steps in order."""
    run = Commands(folder)
    capture_two_pages(run)
    capture_everything(run)
    generate(run)
    check(run)
    call(folder / "client")


class Commands:
    """Runs apiscribe in a folder, and prints each command with what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, expected: int = DONE, shows_warnings: bool = False) -> str:
        """Run a command and give what it prints.

        Raises:
            DemoError: the exit code is another than the expected one.
        """
        print("$ apiscribe", " ".join(arguments), flush=True)
        command = [sys.executable, "-m", "apiscribe", *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        warnings = done.stderr.splitlines()
        shown = warnings if done.returncode != expected else warnings[:SHOWN_WARNINGS] if shows_warnings else []
        for line in shown:
            print(line.replace(f"{ROOT}/", ""))
        if len(shown) < len(warnings):
            print(f"({len(warnings) - len(shown)} {'more lines like these' if shown else 'warnings'})")
        print(done.stdout + f"exit code {done.returncode}\n", flush=True)
        expect(done.returncode == expected, f"apiscribe {arguments[0]} ended with {done.returncode}, not {expected}")
        return done.stdout


def capture_two_pages(run: Commands) -> None:
    """Capture the two pages that each describe one operation."""
    step("A documentation page, as it is saved from the portal")
    lines = (ROOT / SEED).read_text("utf-8").splitlines()
    show([line for line in lines if line][2:9], f"{SEED}, an extract")
    step(f"One page says enough for an OpenAPI document (in {run.folder})")
    run("capture", str(ROOT / SEEDS), "--out", "seeds")
    document = (run.folder / "seeds" / "data-ops-1.1.yaml").read_text("utf-8").splitlines()
    start = document.index("paths:")
    show(document[start : start + 9], "seeds/data-ops-1.1.yaml, an extract")
    expect("      operationId: update_data_ops_service" in document, "the operation has no name")


def capture_everything(run: Commands) -> None:
    """Capture all pages of both services."""
    step("All pages of two services: a document for each service and version, types from the pages' tables")
    run("capture", *(str(ROOT / pages) for pages in SERVICES), "--out", "spec", shows_warnings=True)
    names = sorted(path.name for path in (run.folder / "spec").glob("*.yaml"))
    expect(names == ["data-flow-1.0.yaml", "data-flow-1.1.yaml", "data-ops-1.1.yaml"], f"the documents are {names}")


def generate(run: Commands) -> None:
    """Generate the package."""
    step("Documents become a package: clients, models, tests and reference pages")
    (run.folder / "apiscribe.toml").write_text(PROJECT, "utf-8")
    show(PROJECT.splitlines(), "apiscribe.toml")
    run("generate", shows_warnings=True)
    client = run.folder / "client"
    show(sorted(f"{path.name}{'/' if path.is_dir() else ''}" for path in client.iterdir()), "client/")


def check(run: Commands) -> None:
    """Check, change a file by hand, check again, mend."""
    step("The check regenerates in memory and compares; in step means exit code 0")
    run("check")
    step("Somebody edits a generated file: exit code 1, and the difference")
    path = run.folder / "client" / "samsungcloud" / "data_ops" / "v1_1" / "client.py"
    path.write_text(path.read_text("utf-8").replace("def update_data_ops_service", "def change_it"), "utf-8")
    told = run("check", expected=OUT_OF_STEP)
    expect("+    def update_data_ops_service(" in told, "the difference is not shown")
    run("generate")
    run("check")


def call(client: Path) -> None:
    """Call both update operations with the generated clients."""
    step("The package is used: a server on this machine verifies each signature (tests/demo/calls.py)")
    source = (ROOT / "tests" / "demo" / "calls.py").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(source) if line.startswith("def call_sync"))
    show(source[start + 3 : start + 6], "one of the calls")
    environment = {**os.environ, "PYTHONPATH": str(client)}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "tests" / "demo" / "calls.py")],
        env=environment, cwd=client, capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(done.stdout + done.stderr, end="", flush=True)
    expect(done.returncode == DONE and not done.stderr, "a call did not do what it should")
    expect("AuthenticationError, status 401" in done.stdout, "the wrong secret was not refused")


def step(title: str) -> None:
    """Print the title of a step."""
    print(f"\n== {title}\n", flush=True)


def show(lines: Sequence[str], title: str) -> None:
    """Print some lines, set apart."""
    print(f"{title}:")
    print("\n".join(f"    {line}" for line in lines) + "\n", flush=True)


def expect(is_so: bool, problem: str) -> None:
    """Go on only if it is so.

    Raises:
        DemoError: it is not.
    """
    if not is_so:
        raise DemoError(problem)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
